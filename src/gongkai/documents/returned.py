"""Back to the sender: the organ's own Word file with a comment (批注) at each finding, nothing else changed.

Every part of the file but the text, the comments and the two lists that name them is copied byte for byte. A
comment stands at the quoted words, else at the cell, else at the title. The figure that another place contradicts is
marked in yellow; no figure is changed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from gongkai.annual.findings import GRADES, Finding, in_order
from gongkai.annual.report import At, Report
from gongkai.documents.comments import CommentList
from gongkai.documents.flow import clean
from gongkai.documents.places import Body, Element, Stretch, which_of
from gongkai.documents.word_marks import highlight, mark_comment
from gongkai.text.zips import BROKEN_ZIP

AUTHOR = "政府信息公开主管部门"

_MAIN = "/relationships/officeDocument"
_LARGEST = 400 * 1024 * 1024
"""What all parts of the file may hold together when unpacked."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


class NotWord(ValueError):
    """The file is no Word document (.docx) that comments can be set into; the message says why and what to do."""


def comment_docx(
    original: bytes, report: Report, findings: Sequence[Finding], *, written_at: datetime | None = None
) -> bytes:
    """The original with one comment for each finding, conflicts first.

    `report` must have been read from these bytes: its cells say where they stand. `written_at` is printed as the date
    of the comments; without it they have none. Raises `NotWord`.
    """
    parts = _unpacked(original)
    name = _main_part(parts)
    root = _parsed(parts[name][1])
    space = root.tag.partition("}")[0] + "}"
    found = root.find(space + "body")
    if found is None:
        raise NotWord("这不是Word文档（.docx），无法加批注。请提供报告的Word文件。")
    body = Body(found, space)
    comments = CommentList(parts, name, space)
    # Places are looked for before anything is marked; marking splits runs but keeps the text of paragraphs.
    placed = [(finding, _place(body, report, finding)) for finding in in_order(findings)]
    for finding, stretch in placed:
        number = comments.add(_lines(finding, stretch is None), AUTHOR, written_at)
        _mark_figures(body, finding, stretch)
        mark_comment(body, stretch or _title(body), number)
    parts[name] = (parts[name][0], _serialised(root))
    comments.store()
    return _packed(parts)


# ---- the file ----------------------------------------------------------------------------------------------


def _unpacked(original: bytes) -> dict[str, tuple[zipfile.ZipInfo, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            entries = archive.infolist()
            fits = sum(entry.file_size for entry in entries) <= _LARGEST
            parts = {entry.filename: (entry, archive.read(entry)) for entry in entries} if fits else {}
    except BROKEN_ZIP as error:
        raise NotWord("文件已损坏或不是Word文档（.docx），无法加批注。请另存为.docx后再试。") from error
    if not fits:
        raise NotWord("文件解压后过大，无法加批注。请压缩文件中的图片后再试。")
    return parts


def _main_part(parts: dict[str, tuple[zipfile.ZipInfo, bytes]]) -> str:
    if "word/document.xml" in parts:
        return "word/document.xml"
    if "_rels/.rels" in parts:
        for relation in _parsed(parts["_rels/.rels"][1]):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith(_MAIN) and target in parts:
                return target
    raise NotWord("这不是Word文档（.docx），无法加批注。请提供报告的Word文件。")


def _parsed(data: bytes) -> Element:
    if _DOCTYPE.search(data):
        raise NotWord("Word文档含有不应有的声明，无法加批注。请用文字处理软件打开后另存一份再试。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotWord("Word文档的内容已损坏，无法加批注。请用文字处理软件打开后另存一份再试。") from error
    return root


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: dict[str, tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.values():
            info = zipfile.ZipInfo(entry.filename, entry.date_time)
            info.external_attr = entry.external_attr
            archive.writestr(info, data, zipfile.ZIP_STORED if entry.is_dir() else zipfile.ZIP_DEFLATED)
    return held.getvalue()


# ---- the place ---------------------------------------------------------------------------------------------


def _place(body: Body, report: Report, finding: Finding) -> Stretch | None:
    """The quoted words; else the place the finding names; else the first of its cells that is in the file.

    A blank cell leaves no place: another one of its row stands for it.
    """
    near = body.element(finding.at.dom)
    paragraph = next(iter(body.paragraphs_of(near)), None) if near is not None else None
    if finding.quote:
        nth = which_of(finding.quote, report.text, finding.at.chars[0]) if finding.at.chars else None
        quoted = body.find(finding.quote, paragraph, nth)
        if quoted:
            return quoted
    beside = (_beside(report, address) for address in finding.cells)
    for place in (finding.at, *(_at(report, address) for address in finding.cells), *beside):
        element = body.element(place.dom if place else None)
        if element is not None:
            return _whole(body, element)
    return None


def _at(report: Report, address: str) -> At | None:
    if address in report.cells:
        return report.cells[address].at
    return next((unsure.at for unsure in report.unsure if unsure.address == address), None)


def _beside(report: Report, address: str) -> At | None:
    row = address.rpartition(".")[0] + "."
    return next((found.at for other, found in report.cells.items() if other.startswith(row) and found.at.dom), None)


def _whole(body: Body, element: Element) -> Stretch | None:
    paragraphs = body.paragraphs_of(element)
    if not paragraphs:
        return None
    filled = [p for p in paragraphs if body.text(p)] or paragraphs[:1]
    return Stretch(filled[0], 0, filled[-1], len(body.text(filled[-1])))


def _title(body: Body) -> Stretch:
    """The first words of the document, for what has no place of its own (a chapter that is missing)."""
    paragraphs = [p for p in body.paragraphs_of(body.body) if body.text(p).strip()]
    if paragraphs:
        return Stretch(paragraphs[0], 0, paragraphs[0], len(body.text(paragraphs[0])))
    every = body.paragraphs_of(body.body)
    if not every:
        raise NotWord("Word文档中没有可以加批注的段落。")
    return Stretch(every[0], 0, every[0], 0)


# ---- what is said ------------------------------------------------------------------------------------------


def proposal(finding: Finding) -> str:
    """What to look into, where two figures disagree: 建议核实：7 应为 8。 Empty where nothing else is expected."""
    met, expected = finding.met.strip(), finding.expected.strip()
    if not met or not expected:
        return ""
    # A relation is met as 7 + 2 ≠ 10: what is asked about is the side that was printed as the total.
    printed = met.rpartition("≠")[2].strip()
    if _FIGURE.fullmatch(printed) and _FIGURE.fullmatch(expected):
        return f"建议核实：{printed} 应为 {expected}？"
    return f"建议核实：文中为 {met}；对照为 {expected}。"


def _lines(finding: Finding, adrift: bool) -> list[str]:
    lines = [f"【{GRADES[finding.grade]}】{finding.message}", proposal(finding), finding.advice]
    if adrift and finding.where:
        lines.append(f"位置：{finding.where}")
    if finding.citation:
        lines.append(f"依据：{finding.citation}")
    return [clean(line) for line in lines if line]


def _mark_figures(body: Body, finding: Finding, stretch: Stretch | None) -> None:
    """Mark the figure in question in yellow: the cell's, or in quoted words the one that was met."""
    if not finding.expected or stretch is None or stretch.first is not stretch.last:
        return
    text = body.text(stretch.first)
    figures = list(_FIGURE.finditer(text, stretch.start, stretch.end))
    sides = (finding.met.rpartition("≠")[2], finding.met, finding.expected)
    wanted = [figure for side in sides for figure in _FIGURE.findall(side)[:1]]
    marked = next((same for w in wanted if (same := [met for met in figures if met[0] == w])), [])
    if not marked and finding.cells and not finding.quote:
        marked = figures
    for met in marked[:1]:
        highlight(body, stretch.first, met.start(), met.end())

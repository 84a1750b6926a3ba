"""The parts of a Word file in the layout of GB/T 9704-2012, put together from prepared XML in a few milliseconds.

Page A4, margins 37 / 35 / 28 / 26 mm (top, bottom, left, right), so 156 × 225 mm of type: 22 lines of 28
characters, body 仿宋_GB2312 of size 3 (16 pt), title 方正小标宋简体 of size 2 (22 pt), first level 黑体, second 楷体,
page number 宋体 of size 4 (14 pt) between one-stroke dashes, right on odd pages and left on even ones. Fonts are
named, never embedded; each has the name it is replaced by where an office does not own it. Only what WPS and Word
have had since 2007 is used.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

TITLE, FIRST, SECOND, TABLE, FOOT = "方正小标宋简体", "黑体", "楷体_GB2312", "宋体", "宋体"

WIDTH = 8844
"""Width of the type area in twentieths of a point: 156 mm."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STAMP = (1980, 1, 1, 0, 0, 0)
"""One date for every part: the same report gives the same bytes."""

# A grid of lines only: LibreOffice gives a character wider than its place two places, so 28 to the line come from
# the body style, which draws its characters a quarter of a point together.
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>@FIRST@'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1247" w:gutter="0"/>'
    '<w:cols w:space="425"/>@TITLE@<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)

_FIRST_FOOTER = '<w:footerReference w:type="first" r:id="rId6"/>'
_TITLE_PAGE = "<w:titlePg/>"
_LETTER_PARTS = {
    "</Types>": '<Override PartName="/word/footer3.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footer+xml"/>',
    "</Relationships>": '<Relationship Id="rId6" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/footer" Target="footer3.xml"/>',
}


def run(text: str, font: str | None = None, half_points: int | None = None, colour: str | None = None) -> str:
    """A run of words; `font` for letters of every script, `half_points` its size. A line feed is a line break."""
    properties = ""
    if font:
        name = quoteattr(font)
        properties += f'<w:rFonts w:ascii={name} w:eastAsia={name} w:hAnsi={name} w:cs={name} w:hint="eastAsia"/>'
    if colour:
        properties += f'<w:color w:val="{colour}"/>'
    if half_points:
        properties += f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{pieces}</w:r>"


def paragraph(runs: str, style: str | None = None, properties: str = "") -> str:
    """A paragraph of finished runs in a style of the prepared style sheet; `properties` go after the style."""
    inner = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{runs}</w:p>"


def picture(identifier: str, name: str, side: int) -> str:
    """A run with a square picture of the package's `media`, `side` twips wide; `identifier` is `rId10` for the first."""
    emu = side * 635
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{emu}" cy="{emu}"/><wp:docPr id="1" '
        f"name={quoteattr(name)} descr={quoteattr(name)}/>"
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name={quoteattr(name)}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{emu}" cy="{emu}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def cell(content: str, width: int, colspan: int = 1, merge: str | None = None, align: str = "center") -> str:
    """A table cell of paragraphs. `merge`: "restart" in the first row of a vertical merge, "continue" below.

    `align` is where the paragraphs stand in its height: `top`, `center` or `bottom`.
    """
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if colspan > 1:
        properties += f'<w:gridSpan w:val="{colspan}"/>'
    if merge:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], height: int, header: bool = False) -> str:
    """A row that is never split over pages, at least `height` twips high; a header row is repeated on each page."""
    head = "<w:tblHeader/>" if header else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Iterable[int], margin: int, ruled: bool = True, padding: int = 16) -> str:
    """A table of finished rows; column widths, the margin left and right in each cell, and that above and below, in twips."""
    line = "single" if ruled else "nil"
    rules = "".join(
        f'<w:{side} w:val="{line}" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = list(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{padding}" w:type="dxa"/><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:bottom w:w="{padding}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A page other than that of a report, in twips; its margins top, right, bottom and left. It bears no number."""

    width: int
    height: int
    margins: tuple[int, int, int, int]

    @property
    def section(self) -> str:
        """The section properties."""
        top, right, bottom, left = self.margins
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        return (
            f'<w:sectPr><w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/><w:pgMar w:top="{top}" '
            f'w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="400" w:footer="400" w:gutter="0"/>'
            "</w:sectPr>"
        )


def package(
    body: str,
    title: str,
    subject: str = "",
    letter: bool = False,
    page: PageSetup | None = None,
    media: tuple[bytes, ...] = (),
) -> bytes:
    """A whole .docx of finished body elements; the page set-up is added. The same input gives the same bytes.

    A `letter` (信函格式) has a red double rule instead of a page number at the foot of its first page. `media` are
    pictures (PNG) that `picture` refers to as `rId10` and on.
    """
    first, title_page = (_FIRST_FOOTER, _TITLE_PAGE) if letter else ("", "")
    section = page.section if page else _SECTION.replace("@FIRST@", first).replace("@TITLE@", title_page)
    document = f'{_DECLARATION}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{section}</w:body></w:document>'
    core = _part("core.xml").replace("@TITLE@", escape(title)).replace("@SUBJECT@", escape(subject))
    parts = {
        "[Content_Types].xml": _part("content_types.xml"),
        "_rels/.rels": _part("package_rels.xml"),
        "docProps/core.xml": core,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _part("document_rels.xml"),
        "word/styles.xml": _part("styles.xml"),
        "word/fontTable.xml": _part("fonts.xml"),
        "word/settings.xml": _part("settings.xml"),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }
    if letter:
        parts["word/footer3.xml"] = _rule()
        for name, mark in (("[Content_Types].xml", "</Types>"), ("word/_rels/document.xml.rels", "</Relationships>")):
            parts[name] = parts[name].replace(mark, _LETTER_PARTS[mark] + mark)
    for number, _ in enumerate(media):
        relation = f'<Relationship Id="rId{10 + number}" Type="{_R}/image" Target="media/image{number + 1}.png"/></Relationships>'
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace("</Relationships>", relation)
    if media:
        name = "[Content_Types].xml"
        parts[name] = parts[name].replace("<Override", '<Default Extension="png" ContentType="image/png"/><Override', 1)
    pictures = {f"word/media/image{number}.png": data for number, data in enumerate(media, start=1)}
    return zipped({name: data.encode() for name, data in parts.items()} | pictures)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive of the parts in their order, every one with the same date."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


@cache
def _part(name: str) -> str:
    return files("gongkai.documents.parts").joinpath(name).read_text("utf-8")


@cache
def _footer(side: str) -> str:
    indent = f'<w:ind w:{side}="280" w:{side}Chars="100"/>'
    font = (
        f'<w:rPr><w:rFonts w:ascii="{FOOT}" w:eastAsia="{FOOT}" w:hAnsi="{FOOT}" w:cs="{FOOT}"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    )
    number = f'<w:fldSimple w:instr=" PAGE "><w:r>{font}<w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'{_DECLARATION}<w:ftr xmlns:w="{_W}" xmlns:r="{_R}"><w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}'
        f'<w:jc w:val="{side}"/></w:pPr><w:r>{font}<w:t xml:space="preserve">— </w:t></w:r>{number}'
        f'<w:r>{font}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def frame(top: float) -> str:
    """The properties that lay a paragraph in a place of its own: 170 mm wide, so many millimetres below the paper's edge."""
    place = f'w:w="{_twips(170)}" w:x="{_twips(20)}" w:y="{_twips(top)}"'
    return f'<w:framePr {place} w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page"/>'


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _rule() -> str:
    """The rule at the foot: 20 mm above the edge of the paper, 170 mm long."""
    rule = '<w:pBdr><w:top w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="C00000"/></w:pBdr>'
    low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return (
        f'{_DECLARATION}<w:ftr xmlns:w="{_W}" xmlns:r="{_R}"><w:p><w:pPr><w:pStyle w:val="Footer"/>{frame(276)}{rule}{low}'
        '</w:pPr></w:p><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>'
    )

"""XLSX: every cell of every sheet, also of hidden ones, and what a workbook keeps beside its cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from gongkai.readers.formats import limits
from gongkai.readers.formats.package import Package, local
from gongkai.readers.formats.xlsx import column_name, plain_number, reference
from gongkai.readers.precheck.common import link_hit, links, name_shown, office_properties, paths
from gongkai.readers.precheck.flow import Found
from gongkai.readers.precheck.pictures import package_pictures
from gongkai.readers.precheck.values import Part, Place, hit
from gongkai.readers.precheck.word import embedded_files

MOST_CELLS = 400_000
"""Cells of one workbook: a list of 20,000 persons with 20 columns."""

_EMBEDDED = re.compile(r"^xl/embeddings/[^/]+$")
_HEAD_ROWS = 8
_MOST_COLUMNS = 16_384
Element = etree._Element  # noqa: SLF001 - lxml has no other name for its elements


@dataclass(slots=True)
class _Sheet:
    """A sheet of the workbook; `state` is visible, hidden or veryHidden."""

    name: str
    part: str
    state: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    unseen: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


class _Styles:
    """Which cell styles print nothing that can be seen: white on white, or a number format that prints nothing."""

    def __init__(self, package: Package) -> None:
        self._unseen: list[bool] = []
        if "xl/styles.xml" not in package:
            return
        root = package.xml("xl/styles.xml")
        groups = {local(group): group for group in root}
        white = [self._white(font) for font in groups.get("fonts", ())]
        filled = [
            any(local(e) == "patternFill" and e.get("patternType", "none") != "none" for e in f.iter())
            for f in groups.get("fills", ())
        ]
        nothing = {
            e.get("numFmtId", "")
            for e in groups.get("numFmts", ())
            if re.fullmatch(r';;;(?:@?"")?', e.get("formatCode", ""))
        }
        for style in groups.get("cellXfs", ()):
            font, fill = _number(style.get("fontId")), _number(style.get("fillId"))
            pale = font < len(white) and white[font] and not (fill < len(filled) and filled[fill])
            self._unseen.append(pale or style.get("numFmtId", "") in nothing)

    @staticmethod
    def _white(font: Element) -> bool:
        colour = next((e for e in font if local(e) == "color"), None)
        if colour is None:
            return False
        return (colour.get("rgb") or "").upper()[-6:] == "FFFFFF" or (
            colour.get("theme") == "0" and not colour.get("tint")
        )

    def unseen(self, style: str | None) -> bool:
        """Whether a cell of this style shows nothing."""
        index = _number(style)
        return index < len(self._unseen) and self._unseen[index]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def read_xlsx(data: bytes, again: Callable[[str, bytes], Found] | None = None) -> Found:
    """What a workbook gives. `again` reads a file embedded in it; without it embedded files are only named."""
    package = Package(data)
    if "xl/workbook.xml" not in package or "xl/_rels/workbook.xml.rels" not in package:
        raise limits.damaged()
    found = Found("xlsx")
    strings, styles, left = _strings(package), _Styles(package), MOST_CELLS
    for sheet in _sheets(package):
        _read_cells(package.xml(sheet.part), sheet, strings, styles)
        left -= len(sheet.cells) + len(sheet.unseen)
        if left < 0:
            raise limits.too_many_cells()
        _say(sheet, found)
        _beside(package, sheet, found)
    _workbook(package, found)
    office_properties(package, found)
    package_pictures(package, "xl/media/", found)
    embedded_files(package, _EMBEDDED, found, again)
    return found


def _strings(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package:
        return []
    return [_text_of(item) for item in package.xml("xl/sharedStrings.xml") if local(item) == "si"]


def _text_of(item: Element) -> str:
    return "".join(t.text or "" for t in item.iter() if local(t) == "t" and local(t.getparent()) != "rPh")  # type: ignore[arg-type]


def _targets(package: Package, rels: str) -> dict[str, tuple[str, str, bool]]:
    """Relations of a part: id → (kind, target as a name in the package or as it stands, whether outside)."""
    found = {}
    folder = rels.rpartition("_rels/")[0]
    for relation in package.xml(rels) if rels in package else ():
        target, outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
        if not outside:
            target = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target, outside)
    return found


def _joined(folder: str, target: str) -> str:
    parts: list[str] = [part for part in folder.split("/") if part]
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _sheets(package: Package) -> list[_Sheet]:
    targets = _targets(package, "xl/_rels/workbook.xml.rels")
    sheets = []
    for element in package.xml("xl/workbook.xml").iter():
        if local(element) != "sheet":
            continue
        key = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        part = targets.get(key, ("", "", False))[1]
        if part in package:
            sheets.append(_Sheet(element.get("name", ""), part, element.get("state", "visible")))
    if len(sheets) > 4 * limits.MAX_SHEETS:
        raise limits.too_large("工作簿")
    return sheets


def _read_cells(root: Element, sheet: _Sheet, strings: list[str], styles: _Styles) -> None:
    for part in root:
        name = local(part)
        if name == "cols":
            for mark in part:
                first, last = _number(mark.get("min")), _number(mark.get("max"))
                if first and (mark.get("hidden") in ("1", "true") or mark.get("width") in ("0", "0.0")):
                    sheet.columns.extend(range(first - 1, min(last, _MOST_COLUMNS)))
        elif name == "sheetData":
            row = -1
            for element in part:
                number = element.get("r", "")
                row = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1
                if element.get("hidden") in ("1", "true") or element.get("ht") in ("0", "0.0"):
                    sheet.rows.append(row)
                column = -1
                for cell in element:
                    place = reference(cell.get("r", ""))
                    column = place[1] if place else column + 1
                    text = _value(cell, strings)
                    if text:
                        (sheet.unseen if styles.unseen(cell.get("s")) else sheet.cells)[row, column] = text
                if len(sheet.cells) + len(sheet.unseen) > MOST_CELLS:
                    raise limits.too_many_cells()


def _value(cell: Element, strings: list[str]) -> str:
    kind, stored = cell.get("t", "n"), ""
    for part in cell:
        name = local(part)
        if name == "v":
            stored = part.text or ""
        elif name == "is":
            return _text_of(part)
    if kind == "s":
        return strings[int(stored)] if stored.isdecimal() and int(stored) < len(strings) else ""
    return plain_number(stored) if kind == "n" and stored else stored


def _head_row(sheet: _Sheet) -> int:
    """The row of heads: of the first rows that hold anything the one with the most short words."""
    counts: dict[int, int] = {}
    for (row, _), text in sheet.cells.items():
        counts.setdefault(row, 0)
        counts[row] += 0 < len(text) <= 20 and not re.fullmatch(r"[\d.,%\s-]+", text)
    rows = sorted(counts)[:_HEAD_ROWS]
    return max(rows, key=lambda row: (counts[row], -row), default=0)


def _say(sheet: _Sheet, found: Found) -> None:
    rows, columns = set(sheet.rows), set(sheet.columns)
    hidden_sheet = sheet.state != "visible"
    head_row = _head_row(sheet)
    heads = {column: text.strip()[:40] for (row, column), text in sheet.cells.items() if row == head_row}
    called = f"工作表“{sheet.name[:30]}”"
    hidden = {"row": set[int](), "column": set[int]()}
    for cells, seen in ((sheet.cells, True), (sheet.unseen, False)):
        for (row, column), text in cells.items():
            name = f"{column_name(column)}{row + 1}"
            why = (
                "隐藏的工作表"
                if hidden_sheet
                else "隐藏的行"
                if row in rows
                else "隐藏的列"
                if column in columns
                else ""
            )
            why = why or ("" if seen else "看不见")
            part: Part = "hidden" if why else "cell"
            place = Place(part, f"{called}{name}{f'（{why}）' if why else ''}", None, row + 1, f"{sheet.name}!{name}")
            head = heads.get(column, "") if row > head_row else ""
            found.say(text, place, head=head, column=f"{sheet.name}/{column}/{why}")
            if "\\" in text or "file:" in text:
                found.hits.extend(paths(text, place))
            if row in rows:
                hidden["row"].add(row)
            if column in columns:
                hidden["column"].add(column)
    if hidden_sheet:
        size = len(sheet.cells) + len(sheet.unseen)
        deep = "（深度隐藏，菜单里不能取消）" if sheet.state == "veryHidden" else ""
        holds = f"其中有{size}个有内容的单元格，下载的人可以取出" if size else "里面是空的"
        says = f"工作簿中有隐藏的{called}{deep}，{holds}。"
        found.hits.append(
            hit("hidden_sheet", Place("sheet", called), sheet.name[:40], says=says, grade=None if size else "note")
        )
        return
    if hidden["row"]:
        says = f"{called}中有{len(hidden['row'])}个隐藏的行写有内容，下载的人可以取消隐藏。"
        found.hits.append(hit("hidden_rows", Place("sheet", f"{called}第{_spans(hidden['row'])}行"), says=says))
    if hidden["column"]:
        names = [column_name(column) for column in sorted(hidden["column"])]
        titles = "、".join(dict.fromkeys(heads.get(c, "") for c in sorted(hidden["column"]))).strip("、")
        says = f"{called}中有{len(names)}个隐藏的列写有内容，下载的人可以取消隐藏。"
        place = Place("sheet", f"{called}{'、'.join(names[:10])}列")
        found.hits.append(hit("hidden_columns", place, titles[:60], says=says))
    if sheet.unseen:
        (row, column), text = next(iter(sheet.unseen.items()))
        name = f"{column_name(column)}{row + 1}"
        says = f"{called}中有{len(sheet.unseen)}个单元格的内容看不见（白色字或者不显示的格式），选中就能看到。"
        place = Place("hidden", f"{called}{name}", None, row + 1, f"{sheet.name}!{name}")
        found.hits.append(hit("hidden_text", place, text[:60], says=says))


def _spans(rows: set[int]) -> str:
    """Rows as they are counted: 3至7、12."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    said = [str(a + 1) if a == b else f"{a + 1}至{b + 1}" for a, b in spans[:8]]
    return "、".join(said) + ("等" if len(spans) > 8 else "")


def _beside(package: Package, sheet: _Sheet, found: Found) -> None:
    """Comments, drawings, page heads and links of a sheet."""
    folder, _, name = sheet.part.rpartition("/")
    called = f"工作表“{sheet.name[:30]}”"
    targets: list[tuple[str, Place]] = []
    for kind, target, outside in _targets(package, f"{folder}/_rels/{name}.rels").values():
        if outside:
            place = Place("link", f"{called}中的链接")
            if kind == "hyperlink":
                targets.append((target, place))
            else:
                found.hits.append(replace(link_hit(target, place, "引用的内容"), grade="doubt"))
        elif target in package and kind in ("comments", "threadedComment"):
            _comments(package.xml(target), called, found, threaded=kind != "comments")
        elif target in package and kind == "drawing":
            for element in package.xml(target).iter():
                if local(element) == "t" and element.text:
                    found.say(element.text, Place("text_box", f"{called}的文本框"))
                if local(element) == "cNvPr":
                    found.hits.extend(paths(element.get("descr", ""), Place("picture", f"{called}的图片说明")))
    links(targets, found)
    for element in package.xml(sheet.part).iter():
        if (
            local(element) in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
            and element.text
        ):
            found.say(element.text, Place("header", f"{called}的页眉页脚"))


def _comments(root: Element, called: str, found: Found, *, threaded: bool) -> None:
    names = [e.text or "" for e in root.iter() if local(e) == "author"]
    for comment in root.iter():
        if local(comment) != ("threadedComment" if threaded else "comment"):
            continue
        text = "".join(t.text or "" for t in comment.iter() if local(t) in ("t", "text"))
        if text.startswith(("[Threaded comment]", "[线程批注]")):
            continue
        index = _number(comment.get("authorId"))
        author = name_shown(names[index]) if not threaded and index < len(names) and names[index] else "未署名"
        place = Place("comment", f"{called}{comment.get('ref', '')}的批注")
        found.say(text, place)
        found.hits.append(hit("comment", place, text[:60], says=f"表中有{author}的批注。"))


_KEPT = (
    (re.compile(r"^xl/pivotCache/pivotCacheRecords[^/]*$"), "cached_data", "数据透视表的缓存", "文件里存有数据透视表的源数据。"),
    (re.compile(r"^xl/externalLinks/externalLink\d+\.xml$"), "cached_data", "外部工作簿的缓存", "文件引用了另一个工作簿，并存有其中的数据。"),
    (re.compile(r"^xl/connections\.xml$"), "external_link", "数据连接", "文件存有数据库或者其他数据源的连接。"),
    (re.compile(r"(?i)(?:^|/)vbaproject[^/]*\.bin$|^xl/macrosheets/"), "macro", "宏工程", ""),
)  # fmt: skip


def _workbook(package: Package, found: Found) -> None:
    """What belongs to the whole workbook: caches, connections, macros, files it refers to."""
    for part in package.names:
        for pattern, kind, says, sentence in _KEPT:
            if pattern.search(part):
                place = Place("code" if kind == "macro" else "file", says)
                found.hits.append(hit(kind, place, part.rpartition("/")[2], says=sentence))
        if re.match(r"^xl/pivotCache/pivotCache(?:Records|Definition)[^/]*\.xml$", part):
            for element in package.xml(part).iter():
                if local(element) == "s" and element.get("v"):
                    found.say(element.get("v", ""), Place("hidden", "数据透视表的缓存"))
        if re.match(r"^xl/externalLinks/_rels/", part):
            for _, target, outside in _targets(package, part).values():
                if outside:
                    said = link_hit(target, Place("link", "引用的工作簿"), "引用的工作簿")
                    found.hits.append(replace(said, grade="doubt"))
        if re.match(r"^xl/(?:charts/chart|diagrams/data)[^/]*\.xml$", part):
            for element in package.xml(part).iter():
                if local(element) in ("t", "v") and element.text:
                    found.say(element.text, Place("text_box", "图表"))

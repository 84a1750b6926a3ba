"""An invented report as rows with spans, and files of every format made of it by libraries that are not ours."""

from __future__ import annotations

import io
import zipfile

from gongkai.readers.content import Content, Grid

TITLE = "青禾县水务局2023年政府信息公开工作年度报告"
PROSE = "本局全年新收申请12件，已全部办结。"

# text, rowspan, colspan
Cells = list[list[tuple[str, int, int]]]

GROUND = [
    [("第二十条第（一）项", 1, 4)],
    [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
    [("规章", 1, 1), ("0", 1, 1), ("0", 1, 1), ("0", 1, 1)],
    [("行政规范性文件", 1, 1), ("3", 1, 1), ("1", 1, 1), ("27", 1, 1)],
    [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
    [("行政许可", 1, 1), ("1250", 1, 3)],
    [("行政事业性收费", 1, 1), ("24252.311082", 1, 3)],
]
NESTED = [
    [("三、本年度办理结果", 3, 1), ("（一）予以公开", 1, 2), ("8", 1, 1), ("1", 1, 1)],
    [("（三）不予公开", 2, 1), ("1.属于国家秘密", 1, 1), ("0", 1, 1), ("0", 1, 1)],
    [("2.其他法律行政法规禁止公开", 1, 1), ("2", 1, 1), ("", 1, 1)],
]

Placed = list[tuple[str, int, int, int, int]]


def placed(rows: Cells) -> Placed:
    """Cells as (text, row, column, rowspan, colspan), laid out independently of the readers: on a full map."""
    taken: set[tuple[int, int]] = set()
    cells: Placed = []
    for row, line in enumerate(rows):
        for text, rowspan, colspan in line:
            column = 0
            while (row, column) in taken:
                column += 1
            taken |= {(r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan)}
            cells.append((text, row, column, rowspan, colspan))
    return sorted(cells, key=lambda c: c[1:])


def grids(content: Content) -> list[Placed]:
    """The grids of a content in the same shape."""
    return [
        sorted(((c.text, c.row, c.col, c.rowspan, c.colspan) for c in block.cells), key=lambda c: c[1:])
        for block in content.blocks
        if isinstance(block, Grid)
    ]


def lines(content: Content) -> list[str]:
    """The lines of a content."""
    return [block.text for block in content.blocks if not isinstance(block, Grid)]


def html_table(rows: Cells, tag: str = "td") -> str:
    """A table as HTML."""
    body = "".join(
        "<tr>" + "".join(f'<{tag} rowspan="{r}" colspan="{c}">{t}</{tag}>' for t, r, c in row) + "</tr>" for row in rows
    )
    return f"<table>{body}</table>"


def html_page(body: str = "", charset: str = "utf-8") -> str:
    """A page with the invented report, and `body` behind it."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>水务局</title></head><body><h1>{TITLE}</h1>'
        f"<p>{PROSE}</p>{html_table(GROUND)}<p>三、收到和处理政府信息公开申请情况</p>{html_table(NESTED)}{body}</body></html>"
    )


def docx_file() -> bytes:
    """The invented report as python-docx writes it."""
    import docx

    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(PROSE)
    _docx_table(document, GROUND)
    document.add_paragraph("三、收到和处理政府信息公开申请情况")
    _docx_table(document, NESTED)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_table(document: object, rows: Cells) -> None:
    cells = placed(rows)
    height, width = max(c[1] + c[3] for c in cells), max(c[2] + c[4] for c in cells)
    table = document.add_table(height, width)  # type: ignore[attr-defined]
    for text, row, column, rowspan, colspan in cells:
        cell = table.cell(row, column)
        if rowspan * colspan > 1:
            cell = cell.merge(table.cell(row + rowspan - 1, column + colspan - 1))
        cell.text = text


def xlsx_file(numbers: bool = True) -> bytes:
    """The invented report as openpyxl writes it; figures as numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "年报"
    row = 1
    for text, rows in ((TITLE, None), (PROSE, None), ("", GROUND), ("三、收到和处理政府信息公开申请情况", NESTED)):
        if text:
            sheet.cell(row, 1, text)
            row += 1
        if rows is None:
            continue
        cells = placed(rows)
        for words, r, c, rowspan, colspan in cells:
            figure = numbers and words.replace(".", "").isdigit()
            if words:
                sheet.cell(row + r, c + 1, float(words) if figure else words)
            if rowspan * colspan > 1:
                sheet.merge_cells(
                    start_row=row + r, start_column=c + 1, end_row=row + r + rowspan - 1, end_column=c + colspan
                )
        row += max(c[1] + c[3] for c in cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf_file() -> bytes:
    """The invented report as typst sets it."""
    from pathlib import Path

    import pylopdf_fonts_zh_cn
    import typst

    def table(rows: Cells) -> str:
        width = max(c[2] + c[4] for c in placed(rows))
        cells = ",".join(f"table.cell(rowspan:{r},colspan:{c})[{t}]" for row in rows for t, r, c in row)
        return f"#table(columns:{width},{cells})"

    source = (
        '#set text(font:"Noto Serif SC",size:9pt)\n#set page(margin:1.5cm)\n'
        f"{TITLE}\n\n{PROSE}\n\n{table(GROUND)}\n\n三、收到和处理政府信息公开申请情况\n\n{table(NESTED)}\n"
    )
    fonts = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    return bytes(typst.compile(source.encode(), font_paths=[fonts]))


def zipped(parts: dict[str, bytes | str], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of named parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", level) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, head: str = "", extra: dict[str, bytes | str] | None = None) -> bytes:
    """A DOCX of a body written by hand."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(extra or {})})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell with its properties."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def ofd_of(objects: str, page: str = "Doc_0/Pages/Page_0/Content.xml") -> bytes:
    """An OFD of one page."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            "</ofd:Pages></ofd:Document>",
            page: f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def ofd_text(text: str, x: float, y: float, size: float = 4.0, delta: str = "") -> str:
    """A text object whose base line is `size` below `y`, in millimetres."""
    steps = f' DeltaX="{delta}"' if delta else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 80 6" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}"{steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )

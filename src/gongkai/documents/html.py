"""A report as one HTML file: accessible, without script, nothing fetched from anywhere, prints like the paper form."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from gongkai.annual.report import Report
from gongkai.documents.flow import ChapterHeading, Paragraph, Piece, Remark, Title, flow, title_of
from gongkai.documents.layout import LayoutCell, TableLayout
from gongkai.documents.values import Filled

_NUMBERS = {2: "二", 3: "三", 4: "四"}


def to_html(report: Report) -> bytes:
    """The report as a self-contained HTML document in UTF-8. Every word of the report is escaped."""
    body = "".join(_markup(piece) for piece in flow(report))
    page = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title_of(report))}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
    return page.encode()


@cache
def _style() -> str:
    return files("gongkai.documents.parts").joinpath("report.css").read_text("utf-8")


def _markup(piece: Piece) -> str:
    match piece:
        case Title(lines):
            return f"<h1>{'<br>'.join(escape(line) for line in lines)}</h1>\n"
        case ChapterHeading(number, text):
            return f'<h2 id="chapter-{number}">{escape(text)}</h2>\n'
        case Paragraph(text, level, lead):
            return _paragraph(text, level, lead)
        case Remark(text):
            return f'<p class="remark">{escape(text)}</p>\n'
        case _:
            return table_markup(piece.layout, piece.values)


def _paragraph(text: str, level: int, lead: int) -> str:
    if lead == len(text) and level == 2:
        return f"<h3>{escape(text)}</h3>\n"
    head = f'<span class="lead-{level}">{escape(text[:lead])}</span>' if lead else ""
    return f"<p>{head}{escape(text[lead:])}</p>\n"


def table_markup(layout: TableLayout, values: dict[str, Filled]) -> str:
    """A table of the form as HTML: caption, heads with scope, each figure naming its heads by `headers`."""
    columns = "".join(f'<col style="width:{width / 10:g}%">' for width in layout.widths)
    rows = ["".join(_cell(layout, cell, values) for cell in layout.row_cells(row)) for row in range(layout.rows)]
    lines = [f"<tr>{row}</tr>\n" for row in rows]
    head = f"<thead>\n{''.join(lines[: layout.header_rows])}</thead>\n" if layout.header_rows else ""
    body = f"<tbody>\n{''.join(lines[layout.header_rows :])}</tbody>\n"
    caption = f"表{_NUMBERS[layout.number]}　{layout.caption.partition('、')[2]}"
    return (
        f'<div class="table" role="region" aria-label="{escape(caption)}" tabindex="0">\n'
        f'<table id="table-{layout.number}" class="form form-{layout.number}">\n<caption>{escape(caption)}</caption>\n'
        f"<colgroup>{columns}</colgroup>\n{head}{body}</table>\n</div>\n"
    )


def _cell(layout: TableLayout, cell: LayoutCell, values: dict[str, Filled]) -> str:
    prefix = f"t{layout.number}-"
    span = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    if cell.address is None:
        scope = f' scope="{cell.scope}"' if cell.scope else ""
        tag = "th" if cell.scope else "td"
        left = ' class="item"' if cell.role == "row" and cell.text[:1].isdigit() else ""
        return f'<{tag} id="{prefix}{cell.id}"{span}{scope}{left}>{escape(cell.text)}</{tag}>'
    heads = " ".join(prefix + name for name in cell.headers)
    found = values.get(cell.address, Filled())
    text = escape(found.text)
    if found.unsure:
        text = f'<abbr title="原文中未能确认，请核实">{text}</abbr>'
    return f'<td{span} headers="{heads}" data-address="{cell.address}">{text}</td>'

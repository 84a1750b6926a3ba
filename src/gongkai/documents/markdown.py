"""A report as Markdown. Merged cells cannot be said in it, so the tables stand in it as HTML, which it allows."""

from __future__ import annotations

import re
from html import escape

from gongkai.annual.report import Report
from gongkai.documents.flow import ChapterHeading, FormTable, Paragraph, Piece, Remark, Title, flow
from gongkai.documents.layout import LayoutCell

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST = re.compile(r"^(\d+|[-+])(?=[.)\s])|^(?=[=-]{2,}\s*$)")


def to_markdown(report: Report) -> bytes:
    """The report as Markdown in UTF-8; characters that Markdown would take for marks are escaped."""
    return "\n".join(_markup(piece) for piece in flow(report)).encode()


def _markup(piece: Piece) -> str:
    match piece:
        case Title(lines):
            return f"# {_escaped(''.join(lines))}\n"
        case ChapterHeading(_, text):
            return f"## {_escaped(text)}\n"
        case Paragraph(text, 2, lead) if lead == len(text):
            return f"### {_escaped(text)}\n"
        case Paragraph(text) | Remark(text):
            return f"{_escaped(text)}\n"
        case _:
            return _table(piece)


def _table(piece: FormTable) -> str:
    rows = ["".join(_cell(cell, piece) for cell in piece.layout.row_cells(row)) for row in range(piece.layout.rows)]
    return "<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"


def _cell(cell: LayoutCell, piece: FormTable) -> str:
    tag = "th" if cell.header else "td"
    spans = (("rowspan", cell.rowspan), ("colspan", cell.colspan))
    span = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    return f"<{tag}{span}>{escape(cell.text if cell.header else piece.text(cell.address or ''))}</{tag}>"


def _escaped(text: str) -> str:
    words = _SPECIAL.sub(r"\\\1", text)
    return _LIST.sub(lambda met: f"{met[1]}\\" if met[1] and met[1].isdigit() else f"\\{met[0]}", words)

"""Printing a sheet as HTML: clean, careless, nested."""

from __future__ import annotations

from html import escape
from random import Random

from tests.mess.sheet import Sheet, Table, Words


def _cell(rng: Random, text: str, tag: str, spans: str, habit: str) -> str:
    inner = escape(text).replace("\n", "<br/>")
    if not inner and habit in ("office", "styled"):
        inner = "&nbsp;" if rng.random() < 0.7 else ""
    if habit == "office":
        inner = f'<p class="MsoNormal" align="center"><span style="font-size:12pt">{inner}</span></p>'
    elif habit == "styled":
        inner = f"<span>{inner}</span>"
    return f"<{tag}{spans}>{inner}</{tag}>"


def table_html(rng: Random, table: Table, habit: str = "plain") -> str:
    """One table with its spans."""
    lines = [{"plain": "<table>", "office": '<table class="MsoTable" border="1">', "styled": "<TABLE>"}[habit]]
    if rng.random() < 0.4:
        lines.append("<tbody>")
    for y, row in enumerate(table.rows):
        cells = []
        for cell in row:
            spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            tag = "th" if y < table.head and habit == "plain" else "td"
            cells.append(_cell(rng, cell.text, tag, spans, habit))
        lines.append("<tr>" + ("\n" if rng.random() < 0.5 else "").join(cells) + "</tr>")
    if "<tbody>" in lines:
        lines.append("</tbody>")
    return "\n".join([*lines, "</table>"])


def _words(rng: Random, block: Words, habit: str) -> str:
    text = escape(block.text)
    if habit == "plain" and block.chapter:
        return f"<h2>{text}</h2>"
    return (
        f"<p>　　{text}</p>" if habit == "office" else f"<div>{text}</div>" if rng.random() < 0.3 else f"<p>{text}</p>"
    )


def html(rng: Random, sheet: Sheet) -> str:
    """A whole page. `nested` in the sheet's log puts the tables into the cells of a layout table."""
    habit = rng.choice(("plain", "office", "styled"))
    nested = "nested" in sheet.log
    body: list[str] = []
    for block in sheet.blocks:
        if isinstance(block, Words):
            body.append(_words(rng, block, habit))
        elif nested and rng.random() < 0.5:
            body.append(f"<table><tr><td>{table_html(rng, block, habit)}</td></tr></table>")
        else:
            body.append(table_html(rng, block, habit))
    content = "\n".join(body)
    if nested:
        content = (
            f'<table width="100%"><tr><td>首页 &gt; 信息公开</td></tr><tr><td colspan="2">{content}</td></tr>'
            f"<tr><td>主办单位：{escape(sheet.report.organ)}</td></tr></table>"
        )
    noise = '<script>var a = "<td>9</td>";</script><style>td { width: 3px }</style>' if rng.random() < 0.5 else ""
    charset = "gbk" if "gbk" in sheet.log else "utf-8"
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{escape(sheet.report.title)}</title>{noise}</head>'
        f"<body>\n{content}\n</body></html>\n"
    )

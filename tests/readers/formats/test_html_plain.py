"""A plain table taken in one pass gives the same content as the long way, and what is not plain goes the long way."""

from __future__ import annotations

from random import Random

import pytest
from lxml import html as parser

from gongkai.readers.content import Content
from gongkai.readers.formats import html
from gongkai.readers.formats.html import clean
from gongkai.readers.formats.html_plain import plain_table
from tests.mess.invent import invent
from tests.mess.markup import html as printed
from tests.mess.operators import apply, chosen
from tests.mess.sheet import sheet


def pages(count: int) -> list[bytes]:
    rng = Random(4)
    made = []
    for number in range(count):
        report = sheet(invent(rng, "2019" if number % 3 else "2021", faults=False))
        messed = apply(rng, report, chosen(rng, "html", number % 4)) if number % 2 else report
        made.append(printed(rng, messed).encode())
    return made


def test_both_ways_give_the_same_content(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [html.read(page) for page in pages(40)]
    monkeypatch.setattr(html, "plain_table", lambda *_: None)
    slow = [html.read(page) for page in pages(40)]

    assert [shown(c) for c in quick] == [shown(c) for c in slow]


def shown(content: Content) -> tuple[str, list[object]]:
    return content.text, list(content.blocks)


def test_looks_and_parts_are_no_matter_and_blocks_are_counted() -> None:
    markup = (
        "<table style='width: 99%'><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody class='a' style='margin: 0'>"
        "<tr style='height: 9px'><td width='9' style='font-size: 12pt; vertical-align: middle;'><p class='b'><span style='font-family: 宋体'>丙</span></p>"
        "</td><td><p>3</p></td></tr></tbody></table>"
    )
    found = plain_table(next(iter(parser.fromstring(f"<div>{markup}</div>").iter("table"))), "table[1]", clean)

    assert found is not None
    assert [c.text for c in found[0]] == ["甲", "乙", "丙", "3"]
    assert found[1] == {"table": 1, "thead": 1, "tbody": 1, "tr": 2, "th": 2, "td": 2, "p": 2}


def test_a_cell_out_of_place_is_numbered_after_those_of_the_tables() -> None:
    page = "<html><body>{}<p>甲</p><ul><li>乙<td>丙</td></ul></body></html>"
    for cells in ("<td>1</td><td>2</td>", "<td>1<br>2</td><td>2</td>", "<td><em>1</em></td><td>2</td>"):
        last = html.read(page.format(f"<table><tr>{cells}</tr>{ROW}</table>").encode()).blocks[-1]
        assert last.at.dom == "td[5]"


def table(markup: str) -> object:
    element = next(iter(parser.fromstring(f"<div>{markup}</div>").iter("table")))
    found = plain_table(element, "table[1]", clean)
    return None if found is None else [(c.text, c.row, c.col, c.rowspan, c.colspan) for c in found[0]]


ROW = "<tr><td>规章</td><td>0</td></tr>"


def test_rows_and_spans_are_laid_out() -> None:
    markup = f'<table><tbody><tr><td rowspan="9">甲</td><td colspan="2"><p><b>乙</b></p></td></tr>{ROW}</tbody></table>'

    assert table(markup) == [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 2), ("规章", 1, 1, 1, 1), ("0", 1, 2, 1, 1)]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>一行</td><td>0</td></tr></table>",
        f"<table><caption>题</caption>{ROW}{ROW}</table>",
        f"<table>{ROW}<tr style='display:none'><td>规章</td><td>1</td></tr></table>",
        f"<table>{ROW}<tr></tr></table>",
        f"<table>字{ROW}{ROW}</table>",
        f"<table>{ROW}{ROW}字</table>",
        f"<table>{ROW}<tr><td>规<br>章</td><td>0</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td>3<sup>1</sup></td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td><span style='display: none'>3</span></td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td><span style='color:red'>3</span></td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td><font color='white'>3</font></td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td style='mso-hide: all'>3</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td style='font-size: 0'>3</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td style='margin: 0 display: none'>3</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td style='text-decoration:line-through'>3</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td><span style='vertical-align: super'>3</span></td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td style='{'margin: 0; ' * 40}'>3</td></tr></table>",
        f"<table>{ROW}<tbody hidden>{ROW}</tbody></table>",
        f"<table>{ROW}<tbody>字{ROW}</tbody></table>",
        f"<table><tr><td>规章</td><td>0</td></tr>字{ROW}{ROW}</table>",
        f"<table>{ROW}<tr><td>规章</td><td hidden>3</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td><b><b><b><b>3</b></b></b></b></td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td>字<td>3</td></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><th colspan='0'>3</th></tr></table>",
        f"<table>{ROW}<tr><td>规章</td><td colspan='100000000'>3</td></tr></table>",
        f"<table>{ROW}<tr><td>{'很长' * 41}</td><td>3</td></tr></table>",
        f"<table>{ROW}<tr><p>规章</p><td>3</td></tr></table>",
        "<table><tr><td>独列</td></tr><tr><td>独列</td></tr></table>",
        "<table><tr><td></td><td>甲</td></tr><tr><td></td><td></td></tr></table>",
        f"<table><tr><td>甲</td><td rowspan='2'>乙</td></tr><tr><td colspan='2'>丙</td></tr>{ROW}</table>",
    ],
)
def test_what_is_not_plain_goes_the_long_way(markup: str) -> None:
    assert table(markup) is None

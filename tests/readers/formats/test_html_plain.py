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
        f"<table>{ROW}<tr><td>规章</td><td><span style='color:red'>3</span></td></tr></table>",
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

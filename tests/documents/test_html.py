"""The web page: accessible, escaped, nothing fetched, tables merged as the form."""

from __future__ import annotations

import re

import pytest
from lxml import html

from gongkai.documents import write
from gongkai.documents.values import layouts
from tests.documents import samples


def page(words: str | None = None) -> html.HtmlElement:
    report = samples.report() if words is None else samples.with_words(words)
    return html.document_fromstring(write(report, "html").decode())


def test_language_headings_and_captions() -> None:
    found = page()
    assert found.get("lang") == "zh-CN"
    assert [e.tag for e in found.iter("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2", "h2", "h2", "h2", "h2"]
    assert [c.text for c in found.iter("caption")] == [
        "表二　主动公开政府信息情况",
        "表三　收到和处理政府信息公开申请情况",
        "表四　政府信息公开行政复议、行政诉讼情况",
    ]


def test_every_figure_names_heads_that_are_there() -> None:
    found = page()
    ids = [e.get("id") for e in found.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    figures = [e for e in found.iter("td") if e.get("data-address")]
    assert len(figures) == len(samples.report().addresses)
    for figure in figures:
        heads = (figure.get("headers") or "").split()
        assert heads and set(heads) <= set(ids)
    assert all(e.get("scope") in ("col", "row", "colgroup", "rowgroup") for e in found.iter("th"))


@pytest.mark.parametrize(("edition", "one_row"), [("2021", False), ("2021", True), ("2019", False)])
def test_spans_are_those_of_the_layout(edition: str, one_row: bool) -> None:
    report = samples.report(edition, one_row)
    found = html.document_fromstring(write(report, "html").decode())
    for table, layout in zip(found.iter("table"), layouts(report).values(), strict=True):
        met = [
            [(int(c.get("rowspan", "1")), int(c.get("colspan", "1"))) for c in row.iter("td", "th")]
            for row in table.iter("tr")
        ]
        assert met == [[(c.rowspan, c.colspan) for c in layout.row_cells(row)] for row in range(layout.rows)]


def test_words_are_escaped_and_nothing_is_fetched_or_run() -> None:
    data = write(samples.with_words('<script>alert(1)</script><img src=x onerror="y"> & "引"'), "html").decode()
    found = html.document_fromstring(data)
    assert not list(found.iter("script", "img", "link", "iframe"))
    assert "<script>alert(1)</script>" in "".join(p.text_content() for p in found.iter("p"))
    assert not re.search(r"https?://|@import|url\(", data)


def test_it_prints_on_the_page_of_the_standard() -> None:
    data = write(samples.report(), "html").decode()
    assert "@page { size: A4; margin: 37mm 26mm 35mm 28mm; }" in data and "@media print" in data


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. 加强领导", "1\\. 加强领导"),
        ("# 一", "\\# 一"),
        ("*重*点", "\\*重\\*点"),
        ("- 一", "\\- 一"),
        ("一|二", "一\\|二"),
    ],
)
def test_markdown_takes_no_words_for_marks(line: str, expected: str) -> None:
    lines = write(samples.with_words(line), "md").decode().splitlines()
    assert expected in lines
    assert "## 一、总体情况" in lines

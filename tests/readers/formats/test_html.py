"""HTML: what is shown is read, what is not shown is not."""

from __future__ import annotations

import pytest

from gongkai.readers import border
from gongkai.readers.content import Content, Grid
from gongkai.readers.errors import Unreadable
from tests.readers.formats import samples


def read(text: str, encoding: str = "utf-8") -> Content:
    return border.open_content(text.encode(encoding), "a.html")


def only_cell(inner: str) -> str:
    grid = next(
        b for b in read(f"<table><tr><td>{inner}</td><td>乙</td><td>丙</td></tr></table>").blocks if isinstance(b, Grid)
    )
    return grid.cells[0].text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("1.属于国<br>家秘密", "1.属于国家秘密"),
        ("<p>1.属于国家</p><p>秘密</p>", "1.属于国家秘密"),
        ("<p>22</p><p>（其中修订16件）</p>", "22（其中修订16件）"),
        ("<p>3</p><p>5</p>", "3\n5"),
        ("3<br>5", "3\n5"),
        ("<p>规章</p><p>5</p>", "规章\n5"),
        ("<span>1</span><span>2</span>", "12"),
        ("<div><p>&nbsp;</p></div>", ""),
        ("&nbsp;3&nbsp;", "3"),
        ("信息\n   内容", "信息内容"),
        ("12\n34", "12 34"),
        ("7<!-- 8 -->9", "79"),
        ("7<span style='display:none'>8</span>", "7"),
        ("7<span style='visibility: hidden'>8</span>", "7"),
        ("7<b hidden>8</b>", "7"),
        ("7<script>8</script><style>9</style>", "7"),
        ("<table><tr><td>6</td></tr></table>", "6"),
        ("&lt;5&gt;", "<5>"),
        ("３<sup>①</sup>", "３①"),
    ],
)
def test_text_of_a_cell(inner: str, text: str) -> None:
    assert only_cell(inner) == text


def test_navigation_scripts_and_choices_are_left_out() -> None:
    page = "<nav>首页</nav><select><option>链接</option></select><script>var 甲</script><p>正文一句。</p><noscript>丙</noscript>"
    assert samples.lines(read(f"<html><body>{page}</body></html>")) == ["正文一句。"]


def test_hidden_rows_are_left_out_and_the_rest_keeps_its_place() -> None:
    rows = "<tr><td>甲</td><td>1</td></tr><tr style='display:none'><td>乙</td><td>2</td></tr><tr><td>丙</td><td>3</td></tr>"
    (grid,) = samples.grids(read(f"<table>{rows}</table>"))
    assert [c[0] for c in grid] == ["甲", "1", "丙", "3"]


def test_a_table_of_data_within_a_table_of_layout_is_its_own_grid() -> None:
    page = f"<table><tr><td>栏目</td><td><p>{samples.TITLE}</p>{samples.html_table(samples.GROUND)}</td></tr></table>"
    content = read(page)
    assert samples.lines(content) == ["栏目", samples.TITLE]
    assert samples.grids(content) == [samples.placed(samples.GROUND)]


def test_places_name_table_row_and_cell() -> None:
    page = f"<table><tr><td><p>甲</p>{samples.html_table(samples.NESTED)}</td></tr></table>"
    grid = next(b for b in read(page).blocks if isinstance(b, Grid))
    assert grid.at.dom == "table[2]"
    assert {c.text: c.at.dom for c in grid.cells}["2.其他法律行政法规禁止公开"] == "table[2]/tr[3]/td[1]"


def test_a_cell_cut_up_by_an_inner_row_that_fits_becomes_its_cells() -> None:
    inner = "<table><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    rows = f"<tr><td>甲</td><td>乙</td><td>丙</td><td>丁</td></tr><tr><td>合计</td><td colspan=3>{inner}</td></tr>"
    more = "<tr><td>戊</td><td>4</td><td>5</td><td>6</td></tr>"
    (grid,) = samples.grids(read(f"<table>{rows}{more}</table>"))
    assert [c[:3] for c in grid if c[1] == 1] == [("合计", 1, 0), ("1", 1, 1), ("2", 1, 2), ("3", 1, 3)]


def test_an_inner_table_that_does_not_fit_stays_a_grid_behind_the_outer_one() -> None:
    inner = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    rows = f"<tr><td>甲</td><td>乙</td></tr><tr><td>合计</td><td>{inner}</td></tr><tr><td>戊</td><td>9</td></tr>"
    texts = [[c[0] for c in grid] for grid in samples.grids(read(f"<table>{rows}</table>"))]
    assert texts == [["甲", "乙", "合计", ""], ["1", "2", "3", "4"], ["戊", "9"]]


def test_a_paragraph_across_the_table_is_a_line_between_two_grids() -> None:
    prose = "全年工作有序推进，" * 12
    rows = f"<tr><td>甲</td><td>1</td></tr><tr><td colspan=2>{prose}</td></tr><tr><td>乙</td><td>2</td></tr>"
    content = read(f"<table>{rows}</table>")
    assert samples.lines(content) == [prose]
    assert [[c[0] for c in g] for g in samples.grids(content)] == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    ("attributes", "spans"),
    [
        ("rowspan=2", (2, 1)),
        ("rowspan='2abc'", (2, 1)),
        ("rowspan=0", (2, 1)),
        ("rowspan=-3", (1, 1)),
        ("rowspan=99999999999999999999", (2, 1)),
        ("colspan=0", (1, 1)),
        ("colspan=''", (1, 1)),
    ],
)
def test_spans_are_read_as_browsers_do(attributes: str, spans: tuple[int, int]) -> None:
    page = f"<table><tr><td {attributes}>甲</td><td>1</td></tr><tr><td>乙</td><td>丙</td></tr></table>"
    first = next(b for b in read(page).blocks if isinstance(b, Grid)).cells[0]
    assert (first.rowspan, first.colspan) == spans


def test_a_colspan_beyond_reason_is_cut_to_the_table() -> None:
    page = "<table><tr><td colspan=100000000>甲</td></tr><tr><td>乙</td><td>3</td></tr></table>"
    (grid,) = samples.grids(read(page))
    assert grid == [("甲", 0, 0, 1, 2), ("乙", 1, 0, 1, 1), ("3", 1, 1, 1, 1)]


def test_many_wide_spans_are_refused() -> None:
    page = "<table>" + "<tr><td colspan=1000>1</td><td colspan=1000>2</td></tr>" * 3000 + "</table>"
    with pytest.raises(Unreadable) as refusal:
        read(page)
    assert refusal.value.code == "too_many_cells"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    page = samples.html_page(charset="gb2312" if encoding.startswith("gb") else "utf-8")
    assert samples.TITLE in read(page, encoding).text


def test_a_wrong_declaration_is_not_believed() -> None:
    assert samples.TITLE in read(samples.html_page(charset="utf-8"), "gbk").text
    assert samples.TITLE in read(samples.html_page(charset="gbk"), "utf-8").text


def test_the_page_title_stands_first_where_the_body_has_none() -> None:
    page = f"<html><head><title>{samples.TITLE}</title></head><body><p>甲</p></body></html>"
    assert samples.lines(read(page)) == [samples.TITLE, "甲"]
    again = f"<html><head><title>{samples.TITLE}</title></head><body><h1>{samples.TITLE}</h1></body></html>"
    assert samples.lines(read(again)) == [samples.TITLE]


def test_entities_of_xml_are_not_followed() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>甲&x;乙</p></body></html>'
    assert "root:" not in read(page).text


def test_broken_markup_keeps_its_cells() -> None:
    (grid,) = samples.grids(read("<html><table><tr><td>甲<td>1<tr><td>乙<td>2"))
    assert [c[:3] for c in grid] == [("甲", 0, 0), ("1", 0, 1), ("乙", 1, 0), ("2", 1, 1)]


def test_a_page_three_hundred_deep_is_still_whole() -> None:
    content = read("<html><body>" + "<div>" * 300 + "甲" + "</div>" * 300 + "<p>乙</p></body></html>")
    assert samples.lines(content) == ["甲", "乙"]


def test_a_web_page_saved_as_one_file() -> None:
    page = samples.html_page().encode("gbk")
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    import base64

    data = head + part + base64.encodebytes(page) + b"\r\n--b--\r\n"
    content = border.open_content(data, "报告.doc")
    assert content.format == "mhtml"
    assert samples.grids(content)[0] == samples.placed(samples.GROUND)

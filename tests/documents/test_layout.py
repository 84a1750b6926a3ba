"""The grids of the form: every place covered once, every label and merge as the official form prints them."""

from __future__ import annotations

import pytest

from gongkai.annual.forms import EDITIONS, form
from gongkai.documents.layout import TableLayout, tables

ALL = [(edition, one_row) for edition in EDITIONS for one_row in (False, True)]


def spans(layout: TableLayout) -> dict[str, tuple[int, int]]:
    """Label → (rows, columns) it covers; labels that occur once only."""
    texts = [cell.text for cell in layout.cells]
    return {c.text: (c.rowspan, c.colspan) for c in layout.cells if c.header and texts.count(c.text) == 1}


@pytest.mark.parametrize(("edition", "one_row"), ALL)
def test_every_place_of_the_grid_is_covered_exactly_once(edition: str, one_row: bool) -> None:
    for layout in tables(form(edition), one_row).values():
        covered = [
            (row, col)
            for cell in layout.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        ]
        assert sorted(covered) == [(r, c) for r in range(layout.rows) for c in range(layout.columns)]
        assert len(layout.widths) == layout.columns and sum(layout.widths) == 1000


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_addresses_are_those_of_the_form_in_its_order(edition: str) -> None:
    found = tables(form(edition))
    assert [a for number in (2, 3, 4) for a in found[number].addresses] == list(form(edition).addresses)


def test_table_three_of_2021_is_merged_as_the_official_form() -> None:
    layout = tables(form("2021"))[3]
    assert (layout.rows, layout.columns, layout.header_rows) == (3 + 25, 10, 3)
    met = spans(layout)
    assert met["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"] == (3, 3)
    assert met["申请人情况"] == (1, 7)
    assert met["法人或其他组织"] == (1, 5)
    assert met["自然人"] == met["总计"] == (2, 1)
    assert met["商业企业"] == met["社会公益组织"] == (1, 1)
    assert met["一、本年新收政府信息公开申请数量"] == met["四、结转下年度继续办理"] == (1, 3)
    assert met["三、本年度办理结果"] == (22, 1)
    assert met["（一）予以公开"] == met["（七）总计"] == (1, 2)
    assert met["（三）不予公开"] == (8, 1)
    assert met["（四）无法提供"] == (3, 1)
    assert met["（五）不予处理"] == (5, 1)
    assert met["（六）其他处理"] == (3, 1)
    assert met["1.属于国家秘密"] == (1, 1)
    assert [layout.at(2, col).text for col in range(3, 10)] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]


@pytest.mark.parametrize(("edition", "one_row"), [("2019", False), ("2019", True), ("2021", True)])
def test_other_treatment_in_one_row(edition: str, one_row: bool) -> None:
    layout = tables(form(edition), one_row)[3]
    assert spans(layout)["三、本年度办理结果"] == (20, 1)
    assert spans(layout)["（六）其他处理"] == (1, 2)
    assert layout.cell_of("applications.otherwise_closed.total").col == 9
    assert not [a for a in layout.addresses if a.startswith("applications.otherwise_closed.fee")]


def test_table_four_has_one_row_of_fifteen_figures() -> None:
    layout = tables(form("2021"))[4]
    assert (layout.rows, layout.columns) == (4, 15)
    met = spans(layout)
    assert met["行政复议"] == (1, 5) and met["行政诉讼"] == (1, 10)
    assert met["未经复议直接起诉"] == met["复议后起诉"] == (1, 5)
    assert [layout.at(2, col).text for col in range(15)] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    assert [layout.at(1, col).rowspan for col in range(5)] == [2] * 5
    assert layout.at(3, 14).address == "disputes.litigation_after_reconsideration.total"


@pytest.mark.parametrize(
    ("edition", "label", "span"),
    [
        ("2021", "第二十条第（一）项", (1, 4)),
        ("2021", "本年废止件数", (1, 1)),
        ("2021", "本年收费金额（单位：万元）", (1, 3)),
        ("2019", "第二十条第（九）项", (1, 4)),
        ("2019", "采购项目数量", (1, 1)),
        ("2019", "采购总金额", (1, 2)),
    ],
)
def test_table_two_is_a_grid_of_four_columns(edition: str, label: str, span: tuple[int, int]) -> None:
    layout = tables(form(edition))[2]
    assert layout.columns == 4
    assert spans(layout)[label] == span


def test_a_figure_knows_the_heads_that_say_what_it_is() -> None:
    layout = tables(form("2021"))[3]
    words = {cell.id: cell.text for cell in layout.cells}
    value = layout.cell_of("applications.withheld.state_secret.enterprise")
    assert [words[i] for i in value.headers] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
        "申请人情况",
        "法人或其他组织",
        "商业企业",
    ]
    second = tables(form("2021"))[2]
    words = {cell.id: cell.text for cell in second.cells}
    value = second.cell_of("proactive.compulsory_measures.decisions")
    assert [words[i] for i in value.headers] == ["行政强制", "第二十条第（六）项", "本年处理决定数量"]


def test_a_place_that_is_not_there_is_refused() -> None:
    layout = tables(form("2021"))[4]
    with pytest.raises(KeyError, match="表4没有第5行"):
        layout.at(4, 0)
    with pytest.raises(KeyError, match="没有这个单元格"):
        layout.cell_of("applications.received.total")

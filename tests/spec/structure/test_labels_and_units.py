"""Labels that lost or changed characters, the single row 其他处理, units beside amounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.labels import check_labels, check_other_row, check_units
from gongkai.annual.report import Cell, LabelSeen, Report
from tests.structure.making import ids, made, verbatim, zeros

LABELS = [
    # official, printed, grade (None: no finding)
    ("2.其他法律行政法规禁止公开", "2.其他法律行政规禁公开", "doubt"),
    ("结果维持", "结果维护", "doubt"),
    ("7.属于行政执法案卷", "7.属于行政执行案卷", "doubt"),
    ("行政事业性收费", "行政事业型收费", "note"),
    ("3.其他", "3.其它", "note"),
    ("政府集中采购", "政府集中釆购", "note"),
    ("行政强制", "行政强治", "note"),
    ("规章", "规章（设区的市人民政府填写）", None),
    ("规范性文件", "规范性文件(本单位制发)", None),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开", None),
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正", None),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2.逾期不缴费", None),
    ("本年制发件数", "本年制", None),
    (
        "2.没有现成信息需要另行制作",
        "无2.没有现成信息需要另行制法作",
        None,
    ),  # the group's name printed downwards beside it
    ("行政规范性文件", "规范性文件", None),  # the other edition's words
    ("（一）予以公开", "(一) 予以公开", None),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开（区别办理）", None),
    ("本年制发件数", "本年新制作数量", None),
    ("7.属于行政执法案卷", "", None),
    ("8.属于行政查询事项", "8.属行政查询事项", "note"),
    ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出", None),
]


@pytest.mark.parametrize(("official", "printed", "grade"), LABELS)
def test_a_label_in_other_words(official: str, printed: str, grade: str | None) -> None:
    report = made(labels=(LabelSeen(official, printed),), table_words={3: printed + "\t0\n"})
    findings = check_labels(report)
    assert [f.grade for f in findings] == ([grade] if grade else [])
    assert verbatim(report, findings)


def test_the_same_slip_three_times_is_one_finding() -> None:
    report = made(table_words={4: "结果维护\t结果纠正\t结果维护\n结果维护\t总计\n"})
    (found,) = check_labels(report)
    assert found.quote == "结果维护" and "共3处" in found.message and found.expected == "结果维持"
    assert verbatim(report, [found])


@pytest.mark.parametrize(
    "heads",
    [
        "结果维持\t结果纠正\t其他结果\t尚未审结\n",
        "结果 结果 其他 尚未\n维持 纠正 结果 审结\n",
        "结果维持结果纠正其他结果尚未审结总计",
        "行政复议\t行政诉讼\n",
    ],
)
def test_the_official_heads_of_table_four_in_any_layout_are_no_slip(heads: str) -> None:
    assert check_labels(made(table_words={4: heads})) == []


def test_a_slip_is_quoted_as_printed_over_two_lines() -> None:
    report = made(
        labels=(LabelSeen("2.其他法律行政法规禁止公开", "2其他法律行政止公开"),),
        table_words={3: "2.其他法律\n 行政止公开\t0\n"},
    )
    (found,) = check_labels(report)
    assert found.quote == "其他法律\n 行政止公开"


def test_a_slip_that_cannot_be_found_in_the_text_is_told_without_quote() -> None:
    (found,) = check_labels(made(labels=(LabelSeen("结果纠正", "结果纠偏"),)))
    assert found.quote is None and found.met == "结果纠偏"


def test_without_the_headings_of_chapter_four_nothing_is_sought_there() -> None:
    assert check_labels(made(chapters=(1, 2, 3), table_words={3: "结果维护\t0\n"})) == []


def one_row() -> dict[str, Cell]:
    cells = {a: c for a, c in zeros(3).items() if ".otherwise_closed." not in a}
    return cells | {"applications.otherwise_closed.total": Cell(0, "0")}


def other(year: int, cells: dict[str, Cell], edition: str = "2021") -> Report:
    return made(year=year, cells=cells, edition=edition, table_words={3: "（五）不予处理\n（六）其他处理\t0\n"})


def test_one_row_of_other_outcomes_is_a_doubt_from_2021_on() -> None:
    report = other(2024, one_row())
    (found,) = check_other_row(report)
    assert found.quote == "（六）其他处理"
    assert "applications.otherwise_closed.fee_not_paid.total" in found.cells
    assert check_other_row(other(2024, zeros(3))) == []
    assert check_other_row(other(2020, zeros(3, "2019"), "2019")) == []


def test_one_row_is_told_without_quote_where_the_text_is_not_at_hand() -> None:
    (found,) = check_other_row(replace(other(2024, one_row()), text=""))
    assert found.quote is None and len(found.cells) == 3


def test_the_heads_unit_as_the_reader_saw_it_counts() -> None:
    report = made(
        edition="2019",
        year=2019,
        cells={PROCUREMENT: Cell(3, "3万元", "万元")},
        labels=(
            LabelSeen("采购总金额", "采购金额"),
            LabelSeen("采购总金额", "采购总金额 万元"),
            LabelSeen("采购项目数量", "采购项目"),
        ),
    )
    assert check_units(report) == []
    (found,) = check_units(replace(report, labels=()))
    assert found.quote is None and found.met == "万元"


PROCUREMENT, CHARGES = "proactive.procurement.amount", "proactive.charges.amount"
UNITS = [
    ("2019", PROCUREMENT, "16.31万元", "16.31", "万元", "采购总金额", ["S-UNIT"]),
    ("2019", PROCUREMENT, "70487元", "70487", "元", "采购总金额", []),
    ("2019", PROCUREMENT, "70487", "70487", None, "采购总金额", []),
    ("2019", PROCUREMENT, "16.31万元", "16.31", "万元", "采购总金额（万元）", []),
    ("2019", PROCUREMENT, "16.31万元", "16.31", "万元", "采购总金额/元", ["S-UNIT"]),
    ("2021", CHARGES, "3000元", "3000", "元", "本年收费金额（单位：万元）", ["S-UNIT"]),
    ("2021", CHARGES, "0.3万元", "0.3", "万元", "本年收费金额（单位：万元）", []),
    ("2021", CHARGES, "0.3", "0.3", "万元", "本年收费金额（单位：万元）", []),
    ("2021", CHARGES, "23000000", "23000000", "万元", "本年收费金额（单位：万元）", ["S-MAGNITUDE"]),
]


@pytest.mark.parametrize(("edition", "address", "printed", "value", "unit", "head", "rules"), UNITS)
def test_units_of_amounts(
    edition: str, address: str, printed: str, value: str, unit: str | None, head: str, rules: list[str]
) -> None:
    cell = Cell(Decimal(value), printed, unit)
    report = made(
        edition=edition,
        year=2019 if edition == "2019" else 2023,
        cells={address: cell},
        table_words={2: f"信息内容\t{head}\n某项\t{printed}\n"},
    )
    findings = check_units(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)
    assert rules != ["S-UNIT"] or findings[0].quote == printed

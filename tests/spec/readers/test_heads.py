"""Heads of columns: where they changed places or are lost, only what is equal either way is certain."""

from __future__ import annotations

import pytest

from gongkai.readers import read_bytes, read_text
from tests.spec.readers.tables import (
    COLUMNS,
    CORNER,
    HEADS,
    KEYS,
    SOUND,
    TITLE,
    disputes,
    proactive,
    read,
    row,
    table_three,
    why,
)

BY_HEADS = "列标题的次序与格式不同，按标题和按次序得到的数不一致"
PERSON, FIRM, RESEARCH, BENEFIT, LEGAL, OTHER, TOTAL = HEADS


def under(heads: tuple[str, ...], rows: dict[str, str] | None = None) -> str:
    """Table 三 under other heads."""
    return table_three(rows).replace(" | ".join(HEADS), " | ".join(heads))


ONE_KIND = dict.fromkeys(KEYS, "3 0 0 0 0 0 3")
"""Every row reads alike from both ends: sums cannot tell where the total stands."""


@pytest.mark.parametrize(
    ("heads", "rows", "met"),
    [
        (HEADS, None, SOUND["received"]),
        # one lost head leaves no choice; lost heads over equal figures do not matter
        ((PERSON, FIRM, BENEFIT, LEGAL, OTHER, TOTAL), None, SOUND["received"]),
        ((PERSON, FIRM, LEGAL, OTHER, TOTAL), None, SOUND["received"]),
        # the sums show that the total is the last figure all the same
        ((TOTAL, PERSON, FIRM, RESEARCH, BENEFIT, LEGAL, OTHER), None, SOUND["received"]),
    ],
)
def test_heads_that_leave_no_doubt(heads: tuple[str, ...], rows: dict[str, str] | None, met: str):
    assert row(read(under(heads, rows)), "received") == met


@pytest.mark.parametrize(
    ("heads", "rows", "met", "reason"),
    [
        ((PERSON, RESEARCH, FIRM, BENEFIT, LEGAL, OTHER, TOTAL), None, "9 ? ? ? ? ? 12", BY_HEADS),
        ((PERSON, OTHER, FIRM, RESEARCH, BENEFIT, LEGAL, TOTAL), None, "9 ? ? ? ? ? 12", BY_HEADS),
        ((FIRM, RESEARCH, BENEFIT, LEGAL, OTHER, TOTAL, PERSON), None, "? ? ? ? ? ? ?", BY_HEADS),
        ((TOTAL, PERSON, FIRM, RESEARCH, BENEFIT, LEGAL, OTHER), ONE_KIND, "? ? ? ? ? ? ?", BY_HEADS),
        ((), None, "? ? ? ? ? 0 ?", "列标题缺失，不能确定这几列的先后"),
    ],
)
def test_heads_that_leave_a_doubt(heads: tuple[str, ...], rows: dict[str, str] | None, met: str, reason: str):
    report = read(under(heads, rows))
    assert row(report, "received") == met
    assert {u.why for u in report.unsure} == {reason}


def test_without_the_corner_the_heads_are_not_looked_for():
    report = read(table_three().replace(CORNER, "").replace("申请人情况", ""))
    assert row(report, "received") == SOUND["received"]


def test_figures_proved_by_their_number_stand_under_heads_too():
    report = read(under((PERSON, RESEARCH, FIRM, BENEFIT, LEGAL, OTHER, TOTAL), {"disclosed": "5200007"}))
    assert row(report, "disclosed") == "5 ? ? ? ? ? 7"


# ---- table 二 ------------------------------------------------------------------------------------------------------

TWO = """二、主动公开政府信息情况
第二十条第（一）项
信息内容 | {heads}
规章 | 0 | 0 | 0
行政规范性文件 | {figures}
第二十条第（五）项
信息内容 | 本年处理决定数量
行政许可 | {licences}
第二十条第（六）项
信息内容 | 本年处理决定数量
行政处罚 | 6
行政强制 | 0
第二十条第（八）项
信息内容 | 本年收费金额（单位：万元）
行政事业性收费 | {charges}
三、收到和处理政府信息公开申请情况
"""
TWO_HEADS = "本年制发件数 | 本年废止件数 | 现行有效件数"


def two(figures: str = "3 | 1 | 27", heads: str = TWO_HEADS, licences: str = "120", charges: str = "0.35"):
    """What is read of table 二."""
    return read_text("\n".join((TITLE, TWO.format(figures=figures, heads=heads, licences=licences, charges=charges))))


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("3 | 1 | 27", "3 1 27"),
        ("3 | / | 27", "3 空 27"),
        ("3（其中修订1件） | 1 | 27", "3 1 27"),
        ("1,003 | 1 | 2,700", "1003 1 2700"),
        ("000", "0 0 0"),
        ("3 | 27", "? ? ?"),
        ("3 | 1 | 2 | 27", "? ? ?"),
        ("3127", "? ? ?"),
        ("无 | 无 | 无", "空 空 空"),
        ("3 | ? | 27", "3 ? 27"),
        ("3 | 1.5 | 27", "3 ? 27"),
    ],
)
def test_a_row_of_documents(printed: str, met: str):
    assert proactive(two(printed), "normative_documents") == met


@pytest.mark.parametrize(
    ("heads", "met"),
    [
        (TWO_HEADS, "3 1 27"),
        ("现行有效件数 | 本年制发件数 | 本年废止件数", "? ? ?"),
        ("本年制发件数 | 本年制发件数 | 现行有效件数", "3 1 27"),
        ("本年制发数 | 本年废止件数 | 现行有效件数", "3 1 27"),
    ],
)
def test_heads_of_documents(heads: str, met: str):
    report = two(heads=heads)
    assert proactive(report, "normative_documents") == met
    assert proactive(report, "government_rules") == "0 0 0", "equal figures are certain under any head"


def test_a_head_printed_otherwise_is_said():
    seen = two(heads="本年制发数 | 本年废止件数 | 现行有效件数").labels
    assert [(s.expected, s.met) for s in seen] == [("本年制发件数", "本年制发数")]


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("0.35", ("0.35", "万元")),
        ("0.35万元", ("0.35", "万元")),
        ("3500元", ("3500", "元")),
        ("0", ("0", "万元")),
    ],
)
def test_an_amount_keeps_its_unit(printed: str, met: tuple[str, str]):
    cell = two(charges=printed).cells["proactive.charges.amount"]
    assert (str(cell.value), cell.unit) == met


@pytest.mark.parametrize(
    ("printed", "met"), [("120", "120"), ("120120", "120120"), ("0120", "?"), ("120 | 120", "120")]
)
def test_a_row_of_one_place(printed: str, met: str):
    # merged cells repeat their figure; digits of one place need no taking apart
    assert proactive(two(licences=printed), "licences") == met


def test_one_place_glued_to_its_label():
    report = read_text(
        "\n".join((TITLE, TWO.format(figures="3|1|27", heads=TWO_HEADS, licences="1", charges="2"))).replace(
            "处罚 | ", "处罚"
        )
    )
    assert proactive(report, "penalties") == "6"


NINETEEN = """二、主动公开政府信息情况
第二十条第（一）项
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量
规章 | 0 | 0 | 0
规范性文件 | 3 | 3 | 27
第二十条第（五）项
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政许可 | 40 | {change} | 120
其他对外管理服务事项 | 5 | 0 | 12
第二十条第（九）项
信息内容 | 采购项目数量 | 采购总金额{unit}
政府集中采购 | 4 | 16.31
"""


@pytest.mark.parametrize(
    ("change", "met"),
    [("-4", "40 -4 120"), ("减4", "40 -4 120"), ("增加2", "40 2 120"), ("+2", "40 2 120"), ("/", "40 空 120")],
)
def test_changes_of_the_2019_form_carry_their_sign(change: str, met: str):
    report = read_text(TITLE.replace("2023", "2020") + "\n" + NINETEEN.format(change=change, unit="") + table_three())
    assert report.edition == "2019"
    assert proactive(report, "licences") == met


@pytest.mark.parametrize(("unit", "met"), [("", None), ("/元", "元"), ("（万元）", "万元"), ("（单位：亿元）", "亿元")])
def test_the_unit_beside_the_head_of_purchases(unit: str, met: str | None):
    report = read_text(TITLE + "\n" + NINETEEN.format(change="0", unit=unit) + table_three())
    assert report.cells["proactive.procurement.amount"].unit == met


# ---- table 四 ------------------------------------------------------------------------------------------------------

UPHELD, CORRECTED, ELSE, PENDING, SUM = RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
DIRECT, AFTER = "未经复议直接起诉", "复议后起诉"
FOUR = "2 1 0 0 3 1 0 0 0 1 0 0 0 0 0"
UNREAD = " ".join("?" * 15)


def four(figures: str = FOUR, results: tuple[str, ...] = RESULTS, kinds: tuple[str, ...] = (DIRECT, AFTER)) -> str:
    """Table 四 between pipes."""
    heads = ["行政复议 | 行政诉讼", " | ".join(kinds), " | ".join(results * 3)]
    return "\n".join(["四、政府信息公开行政复议、行政诉讼情况", *heads, " | ".join(figures.split())])


@pytest.mark.parametrize(
    ("text", "met"),
    [
        (four(), FOUR),
        (four().replace(" | ", "\n"), FOUR),
        (four() + "\n- 3 -", FOUR),
        (four() + "\n" + four(), FOUR),
        # blanks keep their places where each kind's own sum agrees
        (four("2 1 - - 3 1 / 无 0 1 - - - - -"), "2 1 空 空 3 1 空 空 0 1 空 空 空 空 空"),
        (four("2 1 - - 4 1 / 无 0 1 - - - - -"), UNREAD),
        (four("2 1 - - - 1 / 无 0 1 - - - - -"), UNREAD),
        (four("- - - - - - - - - - - - - - -"), "空 空 空 空 空 空 空 空 空 空 空 空 空 空 空"),
        (four(""), "空 空 空 空 空 空 空 空 空 空 空 空 空 空 空"),
        # the last head slipped in before its figure
        (four().replace(" | ", "\n").removesuffix("\n0") + "\n总计\n0", FOUR),
        # a figure too few, one too many, two tables that differ
        (four(FOUR.removesuffix(" 0")), UNREAD),
        (four(FOUR + " 0"), UNREAD),
        (four() + "\n" + four(FOUR.replace("2 1", "1 2")), UNREAD),
        # heads without their kinds, or in another order
        (four(kinds=()), "2 1 0 0 3 ? 0 0 0 ? ? 0 0 0 ?"),
        (four("2 1 0 0 3 1 0 0 0 1 1 0 0 0 1", kinds=()), "2 1 0 0 3 1 0 0 0 1 1 0 0 0 1"),
        (four(kinds=(AFTER, DIRECT)), "2 1 0 0 3 ? 0 0 0 ? ? 0 0 0 ?"),
        (four(results=(CORRECTED, UPHELD, ELSE, PENDING, SUM)), "? ? ? ? ? ? ? ? ? ? 0 0 0 0 0"),
        (four(results=("维持", "纠正", "其他", "未审结", SUM)).replace("维持", "结果维护", 1), FOUR),
    ],
)
def test_fifteen_figures_under_their_heads(text: str, met: str):
    assert disputes(read_text(TITLE + "\n" + text)) == met


def test_why_fifteen_figures_are_refused():
    twice = read_text(TITLE + "\n" + four() + "\n" + four(FOUR.replace("2 1", "1 2")))
    assert why(twice, "disputes.reconsideration.total") == "表四出现两次，数不相同"
    short = read_text(TITLE + "\n" + four(FOUR.removesuffix(" 0")))
    assert why(short, "disputes.reconsideration.total") == "表四的数与表头分开了，不能确定各数属于哪一列"


def test_no_table_four_at_all():
    assert disputes(read(table_three())) == " ".join("." * 15)


def grid(*rows: list[str], spans: dict[str, int] | None = None) -> bytes:
    """A page whose only table has these rows; `spans`: the width of a cell by its text."""
    cells = "".join(
        "<tr>" + "".join(f'<td colspan="{(spans or {}).get(c, 1)}">{c}</td>' for c in r) + "</tr>" for r in rows
    )
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    return f"<html><body><h1>{TITLE}</h1><p>{heading}</p><table>{cells}</table></body></html>".encode()


TOP = [["行政复议", "行政诉讼"], ["复议", DIRECT, AFTER], [*RESULTS * 3]]
WIDE = {"行政复议": 5, "行政诉讼": 10, "复议": 5, DIRECT: 5, AFTER: 5}


@pytest.mark.parametrize(
    ("rows", "met"),
    [
        ([FOUR.split()], FOUR),
        ([FOUR.replace("0", "").split(" ")], "2 1 空 空 3 1 空 空 空 1 空 空 空 空 空"),
        ([FOUR.split(), FOUR.split()[::-1]], UNREAD),
        ([["2<br>1", *FOUR.split()[1:]]], UNREAD),
        ([["02", *FOUR.split()[1:]]], UNREAD),
        ([FOUR.split()[:12]], UNREAD),
    ],
)
def test_fifteen_figures_in_a_grid(rows: list[list[str]], met: str):
    assert disputes(read_bytes(grid(*TOP, *rows, spans=WIDE), "页面.html")) == met


def test_heads_in_another_order_in_a_grid():
    report = read_bytes(grid(*TOP[:2], [*RESULTS[::-1] * 3], FOUR.split(), spans=WIDE), "页.html")
    assert disputes(report) == "? ? ? ? ? ? ? ? ? ? 0 0 0 0 0"
    assert len(COLUMNS) == 7

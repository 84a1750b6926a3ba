"""A row has lost its label, or a label stands on the wrong row: what is certain then, and what is not."""

from __future__ import annotations

import pytest

from gongkai.annual.report import Report
from gongkai.readers import read_text
from gongkai.readers.strays import _Row, _windows
from tests.spec.readers.tables import CORNER, HEADS, KEYS, LABELS, SOUND, ZEROS, lines_of, proactive, read, row, why

PIPES, TABS, SPACES, LINES = " | ", "\t", "    ", "\n"
REFUSED = "? ? ? ? ? ? ?"
SHIFTED = "这里有一行没有标签，近旁又缺一行；按标签和按次序得到的数不一致"
NAMELESS = "下一行没有标签，不能确定这些数是不是它的"


def printed(joint: str, changed: dict[str, tuple[str, str]]) -> str:
    """Table 三 row by row; `changed` gives the label and the places that stand where the form has the row of a key."""
    lines = [joint.join((CORNER, "申请人情况")), "法人或其他组织", joint.join(HEADS)]
    for key in KEYS:
        label, places = changed.get(key, (LABELS[key], SOUND[key]))
        lines.append(joint.join((label, *places.replace("空", "").split(" "))) if places else label)
    return "\n".join(lines)


def could_be(report: Report, address: str) -> tuple[str, ...]:
    return next(u.could_be for u in report.unsure if u.address == address)


@pytest.mark.parametrize("joint", [PIPES, TABS, SPACES])
@pytest.mark.parametrize(
    ("upper", "lower"),
    [("withheld.state_secret", "withheld.barred_by_law"), ("not_processed.repeated", "not_processed.published_work")],
)
def test_a_label_on_the_row_below_its_own(joint: str, upper: str, lower: str):
    # by the label the zeros are the row's, by the order the figures above them are
    slipped = {upper: ("（三）不予公开", "0 2 0 0 0 0 2"), lower: (LABELS[upper], ZEROS)}
    report = read(printed(joint, slipped))
    assert row(report, upper) == "0 ? 0 0 0 0 ?"
    assert why(report, f"applications.{upper}.enterprise") == SHIFTED
    assert could_be(report, f"applications.{upper}.enterprise") == ("0", "2")
    assert row(report, "unavailable.not_held") == SOUND["unavailable.not_held"], "rows farther off are read"


@pytest.mark.parametrize("joint", [PIPES, TABS, LINES])
def test_a_label_on_the_row_above_its_own(joint: str):
    slipped = {
        "withheld.state_secret": (LABELS["withheld.barred_by_law"], "0 2 0 0 0 0 2"),
        "withheld.barred_by_law": ("（三）不予公开", ZEROS),
    }
    assert row(read(printed(joint, slipped)), "withheld.barred_by_law") == "0 ? 0 0 0 0 ?"


def test_the_first_label_on_the_second_row():
    slipped = {"received": ("", "9 3 0 0 0 0 12"), "brought_forward": (LABELS["received"], "1 0 0 0 0 0 1")}
    assert row(read(printed(PIPES, slipped)), "received") == "? ? 0 0 0 0 ?"
    assert row(read(printed(LINES, slipped)), "received") == REFUSED, "on lines the figures may be those of two rows"


def test_figures_of_a_row_without_a_label_that_are_not_all_there():
    slipped = {
        "withheld.state_secret": ("（三）不予公开", "0 2 0"),
        "withheld.barred_by_law": (LABELS["withheld.state_secret"], ZEROS),
    }
    assert row(read(printed(PIPES, slipped)), "withheld.state_secret") == REFUSED


def test_a_row_of_the_office_s_own_shifts_nothing():
    more = {"withheld.state_secret": (LABELS["withheld.state_secret"], "0 0 0 0 0 0 0\n（三）不予公开 | 4 0 0 0 0 0 4")}
    assert row(read(printed(PIPES, more)), "withheld.state_secret") == ZEROS


def test_seven_of_a_column_are_no_row():
    # fourteen lines of one figure behind a label: the second seven have no sum, they may be a column
    columns = {"concluded": (LABELS["concluded"], "9 3 0 0 0 0 12 0 0 0 1 0 0 0")}
    assert row(read(printed(LINES, columns)), "carried_forward") == SOUND["carried_forward"]


def test_other_dealings_whose_parts_lost_their_labels_are_no_row_of_their_own():
    parts = {
        "otherwise_closed.supplement_not_made": ("（六）其他处理", "0 0 0 0 0 0 0"),
        "otherwise_closed.fee_not_paid": ("办理结果 处理", "1 0 0 0 0 0 1"),
        "otherwise_closed.other": ("办理结果 处理", "2 0 0 0 0 0 2"),
    }
    assert row(read(printed(SPACES, parts)), "otherwise_closed") == ". . . . . . ."


def test_a_label_taken_for_the_group_above_it():
    # 其他处理 with figures is a part without its label; the next row has the label of another part
    parts = {
        "otherwise_closed.fee_not_paid": ("（六）其他处理", "1 0 0 0 0 0 1"),
        "otherwise_closed.other": (LABELS["otherwise_closed.fee_not_paid"], ZEROS),
    }
    assert row(read(printed(SPACES, parts)), "otherwise_closed.fee_not_paid") == "? 0 0 0 0 0 ?"


def test_the_total_of_table_four_is_no_row_of_table_three():
    four = (
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    )
    lost = {
        "concluded": ("", ""),
        "carried_forward": ("", ""),
    }
    report = read(printed(PIPES, lost), four, "117 | 117 | 129 | 129 | 13 | 55 | 68")
    assert row(report, "concluded") == ". . . . . . ."


def test_a_label_twice_once_over_empty_cells():
    # the upper row is blank or the lower one is another row: tabs at the end of a line are its cells
    twice = {
        "not_processed.repeated": ("\t\t" + LABELS["not_processed.repeated"], "空 空 空 空 空 空 空"),
        "not_processed.published_work": ("\t\t" + LABELS["not_processed.repeated"], "1 0 0 0 0 0 1"),
    }
    assert row(read(printed(TABS, twice)), "not_processed.repeated") == REFUSED


BLOCKS = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数"


@pytest.mark.parametrize(
    ("lines", "met"),
    [
        (("规章 0 0 0", "行政规范性文件 1 19 8"), "0 0 0"),
        # the strokes are the row's; the figures below them belong to a row whose label is lost
        (("规章 — — —", "— 19 8"), "? ? ?"),
        (("规章 — — —", "行政规范性文件 — 19 8"), "空 空 空"),
    ],
)
def test_strokes_behind_a_label_are_its_places(lines: tuple[str, ...], met: str):
    assert (
        proactive(read_text("\n".join(("2023年政府信息公开工作年度报告", BLOCKS, *lines))), "government_rules") == met
    )


@pytest.mark.parametrize(
    ("lines", "met"),
    [
        # each label beside its figure
        (("行政处罚    2654", "行政强制    7"), "2654"),
        # no figure beside the label, one below it, and the next row has no label: whose is it?
        (("行政处罚", "            2654"), "?"),
        (("行政处罚80",), "?"),
    ],
)
def test_a_blank_row_above_one_that_lost_its_label(lines: tuple[str, ...], met: str):
    text = (
        "第二十条第（五）项",
        "信息内容  本年处理决定数量",
        "行政许可    12",
        "第二十条第（六）项",
        "信息内容  本年处理决定数量",
    )
    report = read_text("\n".join(("2023年政府信息公开工作年度报告", BLOCKS, "规章 0 0 0", *text, *lines, CHARGES)))
    assert proactive(report, "penalties") == met
    assert met != "?" or why(report, "proactive.penalties.decisions") == NAMELESS


CHARGES = "第二十条第（八）项\n信息内容  本年收费金额（单位：万元）\n行政事业性收费    0"


@pytest.mark.parametrize(
    ("below", "met"),
    [
        # seven more figures: the first seven are the row's
        ("0 0 0 0 0 0 0", SOUND["disclosed"]),
        # the figures of one row for two of them
        ("", REFUSED),
    ],
)
def test_figures_on_lines_of_their_own_before_a_row_without_a_label(below: str, met: str):
    lost = {"disclosed_in_part": ("", below), "disclosed": (LABELS["disclosed"], "5 2 0 0 0 0 7")}
    lines = [line for line in printed(LINES, lost).split("\n") if line]
    assert row(read("\n".join(lines)), "disclosed") == met


def test_the_last_row_without_its_label():
    # a stroke of pipes a cell: two short rows make seven figures
    lines = [
        LABELS["concluded"],
        *["918", "2", "空", "1", "1", "空", "920"],
        *["空", "27", "空", "空", "空", "空", "27"],
        "结果维持",
        "尚未审结",
    ]
    text = "\n".join(f"{line}\n|".replace("空\n", "") for line in lines)
    before = printed(LINES, {"concluded": ("", ""), "carried_forward": ("", "")})
    assert row(read(before, text), "concluded") == REFUSED


def test_a_short_row_above_the_short_row_that_lost_its_label():
    # blanks leave no trace here: four figures beside the label and three below are two rows, not one that was folded
    lost = {"received": (LABELS["received"], "9 3 0 12"), "brought_forward": ("", "")}
    text = printed(" ", lost).replace("9 3 0 12\n", "9 3 0 12\n1 0 1\n")
    assert row(read(text), "received") == REFUSED


def test_a_gap_among_the_figures_before_a_row_without_a_label():
    gap = {"disclosed": (LABELS["disclosed"], "0 0 0 0 0 0"), "disclosed_in_part": ("", "0 0 0 0 0 0 0 0")}
    text = printed(LINES, gap).replace(LABELS["disclosed"] + "\n0\n0\n0\n", LABELS["disclosed"] + "\n0\n0\n0\n\n\n")
    assert row(read(text), "disclosed") == REFUSED


def test_labels_in_a_block_above_figures_in_a_file_that_breaks_off():
    lines = (
        CORNER,
        *HEADS,
        " ",
        LABELS["received"],
        " ",
        LABELS["brought_forward"],
        " ",
        "66",
        "2",
        "0",
        "2",
        "0",
        "1",
        "71",
    )
    assert row(read_text(lines_of(*lines)), "brought_forward") == REFUSED


@pytest.mark.parametrize(
    ("ranks", "windows"),
    [
        # as many rows as places: nothing is out of place
        ((0, None, 2), [[None], [None]]),
        # the place is missing behind the next row, or before the last
        ((0, None, 1, 3), [[None, 1]]),
        ((0, 2, None, 3), [[None, 3], [2, None]]),
        # at the end of the table only the next row may have slipped
        ((0, None, 1), [[None, 1]]),
        ((0, None), [[None]]),
        ((0, None, 1, 2), []),
        ((0, None, 1, 2, 3), []),
    ],
)
def test_between_a_row_without_a_label_and_the_missing_place(
    ranks: tuple[int | None, ...], windows: list[list[int | None]]
):
    rows = [_Row(at, rank, ()) for at, rank in enumerate(ranks)]
    found = list(_windows(rows, ranks.index(None), 24))
    assert [[row.rank for row in window] for window in found] == windows

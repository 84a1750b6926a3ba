"""Table 三, row by row: what is printed, what is read of it, and why the rest is refused."""

from __future__ import annotations

import pytest

from tests.spec.readers.tables import KEYS, LABELS, SOUND, lines_of, read, row, says, table_three, why

PIPES, TABS, LINES = " | ", "\t", "\n"
REFUSED = "? ? ? ? ? ? ?"
TOTAL = "applications.disclosed.total"


@pytest.mark.parametrize("joint", [PIPES, TABS, LINES, "  ", "|", " |\n"])
def test_a_sound_table_is_read_whole_however_its_cells_are_parted(joint: str):
    report = read(table_three(joint=joint))
    assert report.tables[3] == "whole"
    assert {key: row(report, key) for key in KEYS} == SOUND


@pytest.mark.parametrize(
    ("joint", "printed", "met"),
    [
        # blanks keep their places where the columns are known
        (PIPES, "5 2 / — - 无 7", "5 2 空 空 空 空 7"),
        (TABS, "5 2 空 空 空 空 7", "5 2 空 空 空 空 7"),
        (PIPES, "空 2 0 0 0 0 2", "空 2 0 0 0 0 2"),
        (TABS, "5 2 0 0 0 0 空", "5 2 0 0 0 0 空"),
        (LINES, "5 2 / — - 无 7", "5 2 空 空 空 空 7"),
        (PIPES, "空 空 空 空 空 空 空", "空 空 空 空 空 空 空"),
        (LINES, "", "空 空 空 空 空 空 空"),
        # what stands around a number
        (PIPES, "5（其中区分2件） 2 0 0 0 0 7", "5 2 0 0 0 0 7"),
        (TABS, "5件 2件 0件 0件 0件 0件 7件", "5 2 0 0 0 0 7"),
        (LINES, "1,205 2 0 0 0 0 1,207", "1205 2 0 0 0 0 1207"),
        (PIPES, "５ ２ ０ ０ ０ ０ ７", "5 2 0 0 0 0 7"),
        (PIPES, "5.0 2 0 0 0 0 7.0", "5 2 0 0 0 0 7"),
        # seven digits, seven places, and their sum is right
        (PIPES, "5200007", "5 2 0 0 0 0 7"),
        (LINES, "5200007", "5 2 0 0 0 0 7"),
    ],
)
def test_a_row_is_read(joint: str, printed: str, met: str):
    assert row(read(table_three({"disclosed": printed}, joint)), "disclosed") == met


@pytest.mark.parametrize(
    ("joint", "printed", "met", "reason"),
    [
        (PIPES, "5 2 0 0 0 7", REFUSED, "本行只有6个数，应为7个，不能确定缺的是哪一个"),
        (LINES, "5 2 0 0 0 7", REFUSED, "本行只有6个数，应为7个，不能确定缺的是哪一个"),
        (PIPES, "7", REFUSED, "本行只有1个数，应为7个，不能确定缺的是哪一个"),
        (TABS, "5 2 0 0 0 0 0 7", REFUSED, "标签之后有8个数，本行应为7个，不能确定哪7个属于本行"),
        # a closing pipe and an empty last cell look alike
        (PIPES, "5 2 0 0 0 0 空", REFUSED, "本行只有6个数，应为7个，不能确定缺的是哪一个"),
        # empty lines part figures and may be empty cells
        (LINES, "空 2 0 0 0 0 2", REFUSED, "本行只有6个数，应为7个，不能确定缺的是哪一个"),
        (LINES, "5 2 空 空 空 空 7", REFUSED, "本行只有3个数，应为7个，不能确定缺的是哪一个"),
        (PIPES, "5 2 见附件 0 0 0 7", REFUSED, "本行只有2个数，应为7个，其余格内是文字"),
        (LINES, "5 2 见附件 0 0 0 7", REFUSED, "本行只有2个数，应为7个，不能确定缺的是哪一个"),
        (PIPES, "05 2 0 0 0 0 7", REFUSED, "数字连在一起，没有一种读法使各类申请人之和等于总计"),
        (PIPES, "5.5 2 0 0 0 0 7.5", "? 2 0 0 0 0 ?", "本格应为整数"),
        (PIPES, "-5 2 0 0 0 0 7", "? 2 0 0 0 0 7", "本格不应有增减或负号"),
        (LINES, "增5 2 0 0 0 0 7", "? 2 0 0 0 0 7", "本格不应有增减或负号"),
        # a sign after the last figure: nobody knows whether the figure goes on
        (LINES, "5 2 0 0 0 0 7-2", REFUSED, "数字之后紧接着符号，不能确定数到哪里为止"),
        (LINES, "5 2 0 0 0 0 71.其中", REFUSED, "数字之后紧接着符号，不能确定数到哪里为止"),
    ],
)
def test_a_row_is_refused_with_the_reason(joint: str, printed: str, met: str, reason: str):
    report = read(table_three({"disclosed": printed}, joint))
    assert row(report, "disclosed") == met
    assert {u.why for u in report.unsure} == {reason}
    assert row(report, "received") == SOUND["received"], "the rows beside it are read all the same"


def test_notes_in_cells_are_kept():
    report = read(table_three({"disclosed": "5（其中区分2件） 2 0 0 0 0 7"}))
    assert [(n.address, n.text) for n in report.notes] == [("applications.disclosed.natural_person", "其中区分2件")]


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        # the label took a cell: first or last figure is lost; what both readings give alike is certain
        ("3 0 0 0 0 12", "? ? 0 0 0 ? ?"),
        ("9 3 0 0 0 0", "? ? ? 0 0 0 ?"),
        ("0 0 0 0 0 0", "? 0 0 0 0 0 ?"),
    ],
)
def test_a_figure_lost_at_an_edge_leaves_what_is_the_same_either_way(printed: str, met: str):
    lines = table_three({"received": printed}).replace("申请数量 | " + printed[0], "申请数量 |  | " + printed[0], 1)
    report = read(lines)
    assert row(report, "received") != SOUND["received"]
    assert set(row(report, "received").split()) <= {"?", "空", "0", *printed.split()}


# ---- order, doubles, rows without a label --------------------------------------------------------------------------


def rows_of_table() -> list[str]:
    """Three lines of heads, then 一, 二, （一）, （二）, 1.属于国家秘密 …, a list entry a line."""
    return table_three().split("\n")


RECEIVED, BROUGHT, DISCLOSED, IN_PART = 3, 4, 5, 6


def changed(at: dict[int, str | None]) -> list[str]:
    """The table with some lines printed otherwise or left out (None)."""
    return [line for i, old in enumerate(rows_of_table()) if (line := at.get(i, old)) is not None]


def test_rows_that_changed_places_are_certain_only_where_they_are_equal():
    lines = rows_of_table()
    lines[DISCLOSED], lines[IN_PART] = lines[IN_PART], lines[DISCLOSED]
    report = read(*lines)
    assert (row(report, "disclosed"), row(report, "disclosed_in_part")) == ("? ? 0 0 0 0 ?", "? ? 0 0 0 0 ?")
    assert why(report, TOTAL) == "各行的次序与格式不同，按标签和按次序得到的数不一致"
    assert row(report, "received") == SOUND["received"]


def test_two_pairs_that_changed_places_across_each_other_are_one_tangle():
    lines = rows_of_table()
    lines[RECEIVED : IN_PART + 1] = [lines[DISCLOSED], lines[IN_PART], lines[RECEIVED], lines[BROUGHT]]
    report = read(*lines)
    assert {row(report, key) for key in ("received", "brought_forward", "disclosed", "disclosed_in_part")} == {
        "? ? 0 0 0 0 ?"
    }


DOUBLE = rows_of_table()[DISCLOSED]


@pytest.mark.parametrize(
    ("second", "met", "reason"),
    [
        (DOUBLE, "5 2 0 0 0 0 7", ""),
        (DOUBLE.removeprefix("（一）"), "5 2 0 0 0 0 7", ""),
        (DOUBLE.replace("| 7", "| 8"), REFUSED, "同一行出现两次，数不相同"),
        (
            "（一）予以公开 | / | / | / | / | / | / | /",
            REFUSED,
            "同一个标签有两行，一行有数一行空白，不能确定哪一行是它的",
        ),
        (
            "（一）予以公开 | | | | | | | ",
            REFUSED,
            "同一个标签有两行，一行有数一行空白，不能确定哪一行是它的",
        ),
        ("（一）予以公开", "5 2 0 0 0 0 7", ""),
        ("（一）予以公开 | 930000012", REFUSED, "同一个标签有两行，其中一行的数不能确定"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_row_printed_twice(first: bool, second: str, met: str, reason: str):
    lines = rows_of_table()
    lines.insert(DISCLOSED if first else IN_PART, second)
    report = read(*lines)
    assert row(report, "disclosed") == met
    assert {u.why for u in report.unsure} == ({reason} if reason else set())


def test_a_row_without_a_label_is_the_only_one_missing_between_its_neighbours():
    report = read(*changed({DISCLOSED: "5 | 2 | 0 | 0 | 0 | 0 | 7"}))
    assert row(report, "disclosed") == SOUND["disclosed"]
    assert says(report, TOTAL) == "本行没有标签；前后两行之间恰好只缺这一行，各列之和等于总计"


def test_two_equal_rows_without_labels_are_the_two_missing_ones():
    same = "2 | 0 | 0 | 0 | 0 | 0 | 2"
    report = read(*changed({DISCLOSED: same, IN_PART: same}))
    assert (row(report, "disclosed"), row(report, "disclosed_in_part")) == ("2 0 0 0 0 0 2", "2 0 0 0 0 0 2")


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ("its sum is wrong", {DISCLOSED: "5 | 2 | 0 | 0 | 0 | 0 | 8"}),
        ("a place is blank", {DISCLOSED: "5 | 2 | | 0 | 0 | 0 | 7"}),
        ("two differ", {DISCLOSED: "5 | 2 | 0 | 0 | 0 | 0 | 7", IN_PART: "2 | 0 | 0 | 0 | 0 | 0 | 2"}),
        ("two rows are missing", {DISCLOSED: "5 | 2 | 0 | 0 | 0 | 0 | 7", IN_PART: None}),
        ("nothing stands before it", {RECEIVED: "9 | 3 | 0 | 0 | 0 | 0 | 12", BROUGHT: None}),
        (
            "other rows changed places",
            {DISCLOSED: "5 | 2 | 0 | 0 | 0 | 0 | 7", 20: rows_of_table()[21], 21: rows_of_table()[20]},
        ),
        ("its label means nothing", {DISCLOSED: "（一）同意公开 | 5 | 2 | 0 | 0 | 0 | 0 | 7"}),
    ],
)
def test_a_row_without_a_label_is_refused_where(what: str, lines: dict[int, str | None]):
    report = read(*changed(lines))
    missing = "received" if RECEIVED in lines else "disclosed"
    assert row(report, missing) == ". . . . . . ."
    assert report.tables[3] == "unsure"


def test_figures_behind_the_last_row_are_no_row_and_leave_blank_rows_in_doubt():
    lines = [*changed({DISCLOSED: "（一）予以公开"}), "5 | 2 | 0 | 0 | 0 | 0 | 7"]
    report = read(*lines)
    assert row(report, "disclosed") == REFUSED
    assert row(report, "carried_forward") == SOUND["carried_forward"]


# ---- labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "label", "altered"),
    [
        ("disclosed", "（一）予以公示", True),
        ("disclosed", "（一）予公开", True),
        ("disclosed", "予以公开", False),
        ("disclosed", "一）予以公开", False),
        ("disclosed", "（一） 予 以 公 开", False),
        ("disclosed", "（一）予(yǔ)以公開", False),
        ("disclosed_in_part", "（二）部分公开", False),
        ("unavailable.not_held", "1.本部门不掌握相关政府信息", True),
        ("unavailable.not_held", "本机关不掌握相关政府信息", False),
        ("unavailable.not_held", "1.本机关不掌握", False),
        ("unavailable.not_held", "1.不掌握", True),
        ("unavailable.not_held", "1.本机关不掌握相关政府信息（说明）", False),
        ("otherwise_closed.supplement_not_made", "1.申请人逾期未补正", True),
        ("otherwise_closed.fee_not_paid", "2.逾期不缴费", True),
    ],
)
def test_a_label_printed_otherwise_is_known_and_said(key: str, label: str, altered: bool):
    report = read(table_three({key: SOUND[key]}).replace(LABELS[key], label))
    assert row(report, key) == SOUND[key]
    official = [seen.expected for seen in report.labels if seen.addresses]
    assert official == ([LABELS[key]] if altered else [])


def test_an_altered_label_out_of_its_place_proves_nothing():
    lines = rows_of_table()
    held = next(i for i, line in enumerate(lines) if "本机关不掌握" in line)
    lines.insert(IN_PART, lines.pop(held).replace("本机关", "本单位"))
    report = read(*lines)
    assert row(report, "unavailable.not_held") == REFUSED
    assert why(report, "applications.unavailable.not_held.total").startswith(
        "标签“1本单位不掌握相关政府信息”与格式不同"
    )


@pytest.mark.parametrize("joint", [PIPES, LINES])
def test_rows_named_other_and_total_without_their_number_are_known_by_their_neighbours(joint: str):
    text = table_three({"otherwise_closed.other": "1 0 0 0 0 0 1"}, joint)
    report = read(text.replace("3.其他", "其他").replace("（七）总计", "总计"))
    assert row(report, "otherwise_closed.other") == "1 0 0 0 0 0 1"
    assert row(report, "concluded") == SOUND["concluded"]


def test_other_in_another_place_is_no_row():
    lines = rows_of_table()
    lines.insert(IN_PART, "其他 | 4 | 0 | 0 | 0 | 0 | 0 | 4")
    report = read(*lines)
    assert row(report, "otherwise_closed.other") == "0 0 0 0 0 0 0"
    assert row(report, "disclosed") == SOUND["disclosed"]


def test_a_group_head_before_a_label_belongs_to_it():
    text = (
        table_three()
        .replace("1.属于国家秘密", "（三）不予公开 | 1.属于国家秘密")
        .replace("（一）予以公开", "三、本年度办理结果 | （一）予以公开")
    )
    report = read(text)
    assert {key: row(report, key) for key in KEYS} == SOUND


def test_a_label_of_the_2021_form_with_one_row_other_closed():
    subs = tuple(k for k in KEYS if k.startswith("otherwise_closed"))
    text = table_three(leave_out=subs).replace("（七）总计", "（六）其他处理 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n（七）总计")
    report = read(text)
    assert row(report, "otherwise_closed") == "1 0 0 0 0 0 1"
    assert all(row(report, k) == ". . . . . . ." for k in subs)


def test_other_closed_with_figures_and_sub_rows_with_figures_is_a_group_again():
    text = table_three().replace("1.申请人", "（六）其他处理 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n1.申请人")
    report = read(text)
    assert row(report, "otherwise_closed") == ". . . . . . ."
    assert row(report, "otherwise_closed.other") == "0 0 0 0 0 0 0"


def test_where_sub_rows_stand_blank_the_figures_of_their_group_are_no_row():
    subs = [k for k in KEYS if k.startswith("otherwise_closed")]
    text = table_three(dict.fromkeys(subs, "")).replace(
        "1.申请人", "（六）其他处理 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n1.申请人"
    )
    report = read(text)
    assert row(report, "otherwise_closed") == ". . . . . . ."
    assert {row(report, k) for k in subs} == {"空 空 空 空 空 空 空"}


def test_where_figures_stand_is_said():
    report = read(table_three())
    cell = report.cells["applications.received.total"]
    assert cell.where == "第6行第8格"
    begin, end = cell.at.chars or (0, 0)
    assert (cell.at.line, report.text[begin:end], cell.says) == (6, "12", ("标签之后恰有7个数，依次为各列",))
    assert report.text == lines_of(table_three()) + "\n"

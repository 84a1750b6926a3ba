"""Rarer prints: what stands beside figures, labels broken over lines, rows that ran together, pages in one line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.readers import digits, read_bytes, read_text
from gongkai.readers.anchors import Label, Segment, _broken, altered_head
from gongkai.readers.beside import _may_follow
from gongkai.readers.digits import ColumnRule, solve
from gongkai.readers.figures import figure_of, unfit
from gongkai.readers.rows import Layout, _by_column, _by_slots
from gongkai.readers.table import _words_between
from gongkai.readers.tokens import Strip, Token, Tokens
from tests.spec.readers.tables import (
    CORNER,
    HEADS,
    LABELS,
    SOUND,
    TITLE,
    disputes,
    proactive,
    read,
    row,
    table_three,
    why,
)
from tests.spec.readers.test_heads import FOUR, NINETEEN, TWO, TWO_HEADS, four, two
from tests.spec.readers.test_layouts import in_grid, lines, read_grid

REFUSED = "? ? ? ? ? ? ?"


@pytest.mark.parametrize(
    ("printed", "value", "unit", "note"),
    [
        ("3", 3, None, None),
        ("1,203", 1203, None, None),
        ("3.0", 3, None, None),
        ("16.31万元", Decimal("16.31"), "万元", None),
        ("22（其中修订16件）", 22, None, "其中修订16件"),
        ("减4", -4, None, None),
        ("-4", -4, None, None),
        ("增加4项", 4, "项", None),
        ("0.5", Decimal("0.5"), None, None),
    ],
)
def test_one_figure(printed: str, value: object, unit: str | None, note: str | None):
    figure = figure_of(printed)
    assert figure is not None
    assert (figure.value, figure.unit, figure.note, figure.text) == (value, unit, note, printed)


@pytest.mark.parametrize("printed", ["05", "05件", "3 4", "三", "", "1" * 19, "1" * 19 + "件", "1,20", "3/4"])
def test_no_single_figure(printed: str):
    assert figure_of(printed) is None


@pytest.mark.parametrize(
    ("printed", "kind", "says"),
    [
        ("3", "count", ""),
        ("3件", "count", ""),
        ("3万元", "amount", ""),
        ("3（其中转办1件）", "count", ""),
        ("3%", "amount", "数的单位是“%”，不是本格所填的量"),
        ("3万元", "count", "数的单位是“万元”，不是本格所填的量"),
        ("3（应为4）", "count", "数旁注有“应为4”，不能确定以哪个数为准"),
    ],
)
def test_what_stands_beside_a_figure_may_forbid_it(printed: str, kind: str, says: str):
    figure = figure_of(printed)
    assert figure is not None
    assert unfit(figure, kind) == says


def test_a_figure_with_a_doubt_beside_it_is_refused():
    report = read(table_three({"disclosed": "5（应为6） 2 0 0 0 0 7"}))
    assert row(report, "disclosed") == "? 2 0 0 0 0 7"
    assert "应为6" in why(report, "applications.disclosed.natural_person")


# ---- labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("1.本机关不掌握相关政府信息（含部分掌握的情形）", SOUND["unavailable.not_held"]),
        ("（四）无法提供1.本机关不掌握相关政府讯息", SOUND["unavailable.not_held"]),
        ("1.本机关不掌握相关政府信息，已逐一告知申请人并说明了理由", ". . . . . . ."),
    ],
)
def test_a_label_with_more_in_its_cell(printed: str, met: str):
    report = read(table_three().replace(LABELS["unavailable.not_held"], printed))
    assert row(report, "unavailable.not_held").replace("空", ".").replace("?", ".") == met


PART = LABELS["disclosed_in_part"]


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("（二）部分公开（区分处理的，\n三、本年度办\n只计这一情形，不计其他情形）", True),
        ("（二）部分公开（区分处理的，\n只计这一情形，\n不计其他情形）", True),
        ("（二）部分公开（区分处理的，\n详见附件说明\n不计其他情形）", False),
    ],
)
def test_a_label_broken_over_lines_with_pieces_of_the_cell_beside_it(printed: str, met: bool):
    report = lines(table_three(joint="\n").replace(PART, printed))
    assert (row(report, "disclosed_in_part") == SOUND["disclosed_in_part"]) is met


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("本年制发件数", None),
        ("本年制发数", "本年制发件数"),
        ("其中本年制发件数", None),
        ("数量", None),
        ("完全不同的标题", None),
    ],
)
def test_a_head_printed_otherwise(printed: str, official: str | None):
    assert altered_head(printed) == official


# ---- rows ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("5 2 0 0 0 0 7 0 0 0 0 0 0 0", SOUND["disclosed"]),
        # the first seven do not add up, or are all 0 beside a row that does not add up
        ("5 2 0 0 0 0 8 0 0 0 0 0 0 0", REFUSED),
        ("0 0 0 0 0 0 0 5 2 0 0 0 0 8", REFUSED),
        ("0 0 0 0 0 0 0 5 2 0 0 0 0 7", "0 0 0 0 0 0 0"),
        ("5 2 0 0 0 0 7 0 0 0 0 0 0", REFUSED),
    ],
)
def test_two_rows_that_ran_together_behind_one_label(printed: str, met: str):
    assert row(lines(table_three({"disclosed": printed}, "\n")), "disclosed") == met


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        # the line has as many cells as the others but one figure less: the label took the first or the last cell
        ("0 | 0 | 0 | 0 | 0 | 0", "? 0 0 0 0 0 ?"),
        ("3 | 0 | 0 | 0 | 0 | 12", "? ? 0 0 0 ? ?"),
    ],
)
def test_a_figure_lost_at_an_edge(printed: str, met: str):
    text = table_three().replace(
        "（一）予以公开 | 5 | 2 | 0 | 0 | 0 | 0 | 7", f"三、办理结果 | （一）予以公开 | {printed}"
    )
    assert row(read(text), "disclosed") == met


def test_figures_on_the_line_below_their_label():
    report = read(table_three().replace("（一）予以公开 | 5", "（一）予以公开 | \n5"))
    assert row(report, "disclosed") == SOUND["disclosed"]


def test_rows_pushed_aside_both_ways_leave_a_row_with_blanks_open():
    rows = {
        "received": ["", *SOUND["received"].split()],
        "brought_forward": [*SOUND["brought_forward"].split(), ""],
        "disclosed": ["", "2", "0", "0", "0", "2", "", ""],
    }
    assert row(read_grid(in_grid(rows)), "disclosed") == REFUSED


def test_between_pipes_a_row_that_may_stand_one_column_aside_is_refused():
    wide = (
        table_three()
        .replace("\n", " | \n")
        .replace("（一）予以公开 | 5 | 2 | 0 | 0 | 0 | 0 | 7 | ", "（一）予以公开 |  | 2 | 0 | 0 | 0 | 0 | 2 |  | ")
    )
    assert row(read(wide), "disclosed").split()[0] in ("?", "空")


def test_a_page_in_one_line_has_its_tables_all_the_same():
    words = "全年共召开会议十二次，印发通知六份，" * 6
    heads = TWO.format(heads=TWO_HEADS, figures="3 1 27", licences="120", charges="0.35").replace("|", " ")
    report = read_text(" ".join((TITLE, words, *heads.split("\n"), *table_three(joint=" ").split("\n"))))
    assert proactive(report, "normative_documents") == "3 1 27"
    assert row(report, "received") == SOUND["received"]


# ---- glued digits beside other rows --------------------------------------------------------------------------------


def test_rows_read_digit_by_digit_count_as_known_and_refused_rows_do_not():
    report = read(table_three({"received": "93000012", "disclosed": "5200007"}))
    assert row(report, "received") == SOUND["received"]
    beside = read(table_three({"received": "93000012", "disclosed": "5 2 0 0 0 7"}))
    assert row(beside, "received") == REFUSED


def test_glued_digits_with_a_note_are_not_taken_apart():
    noted = read(table_three({"received": "93000012（其中转办1件）"}, ""))
    assert row(noted, "received") == REFUSED


def test_where_the_counted_steps_run_out_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(digits, "NODES", 0)
    report = read(table_three({"received": "93000012"}))
    assert why(report, "applications.received.total") == "数字连在一起，可能的读法太多"


def test_a_choice_that_no_other_row_can_balance():
    even = [(0,), (2,)]
    rule = ColumnRule("sum", (("a", 1), ("b", 1), ("c", 1), ("sum", -1)))
    assert solve(dict.fromkeys("abc", even), {"sum": [3]}, (rule,), 1) is None


@pytest.mark.parametrize("printed", ["2100310.00100000", "21003100010000（含0）"])
def test_fifteen_digits_with_other_signs_among_them_are_left_alone(printed: str):
    assert disputes(read_text(TITLE + "\n" + four("").rstrip() + printed)) == " ".join("?" * 15)


def test_words_with_figures_behind_table_four_do_not_disturb_it():
    assert disputes(read_text(f"{TITLE}\n{four()}\n全年开展培训\n3\n次")) == FOUR
    assert disputes(read(four(), table_three())) == FOUR


def test_a_grid_of_table_four_beside_another_grid():
    from tests.spec.readers.test_heads import TOP, WIDE, grid

    first = grid(*TOP, FOUR.split(), spans=WIDE).decode()
    other = "<table><tr><td>培训</td><td>3</td></tr><tr><td>会议</td><td>2</td></tr></table></body>"
    assert disputes(read_bytes(first.replace("</body>", other).encode(), "页.html")) == FOUR


def test_one_amount_glued_to_its_label_and_two_places_that_are_not():
    assert proactive(two(licences="00"), "licences") == "?"


# ---- lines without cells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("行政许可 40 减4 120", "40 -4 120"),
        ("行政许可 40 减 4 120", "40 -4 120"),
        ("行政许可 40 / 120", "40 空 120"),
        ("行政许可 40项 -4项 120件", "40 -4 120"),
    ],
)
def test_signs_marks_and_units_in_a_line_of_words(printed: str, met: str):
    text = NINETEEN.format(change="0", unit="").replace(" | ", " ").replace("行政许可 40 0 120", printed)
    report = read_text(TITLE.replace("2023", "2020") + "\n" + text + table_three())
    assert proactive(report, "licences") == met


@pytest.mark.parametrize(("printed", "met"), [("约 6", "?"), ("6余", "?"), ("6", "6"), ("共 6", "6")])
def test_words_that_make_another_number_of_a_figure(printed: str, met: str):
    text = TWO.format(heads=TWO_HEADS, figures="3 | 1 | 27", licences="120", charges="0.35").replace("| 6", printed)
    assert proactive(read_text(TITLE + "\n" + text), "penalties") == met


def test_heads_glued_to_one_another_with_the_total_first():
    from tests.spec.readers.test_heads import ONE_KIND

    first = (HEADS[6], *HEADS[:6])
    text = table_three(ONE_KIND).replace(" | ".join(HEADS), "".join(first))
    assert row(read(text), "received") == REFUSED


def test_a_label_with_a_letter_too_many():
    text = TWO.format(heads=TWO_HEADS, figures="3 | 1 | 27", licences="120", charges="0.35").replace(
        "规章 |", "规章等 |"
    )
    assert proactive(read_text(TITLE + "\n" + text), "government_rules") == "0 0 0"


@pytest.mark.parametrize(
    "printed",
    [
        "法提供1.本机关不掌握相关政府讯息",
        "无法提\n1.本机关不掌握\n供\n相关政府信息",
    ],
)
def test_a_label_behind_a_piece_of_the_merged_cell(printed: str):
    report = lines(table_three(joint="\n").replace(LABELS["unavailable.not_held"], printed))
    assert row(report, "unavailable.not_held") == SOUND["unavailable.not_held"]


# ---- tabs and grids ------------------------------------------------------------------------------------------------


def tabs(printed: str, tail: str = ""):
    """Table 三 between tabs, every row with `tail` behind it, the row （一）予以公开 printed so."""
    text = table_three(joint="\t").replace("\n", f"{tail}\n")
    return lines(text.replace(f"（一）予以公开\t5\t2\t0\t0\t0\t0\t7{tail}", f"（一）予以公开\t{printed}"))


@pytest.mark.parametrize(
    ("printed", "tail", "met"),
    [
        ("5\t\t2\t0\t0\t0\t0\t7", "", REFUSED),
        ("见附件\t2\t\t0\t0\t0\t2", "", REFUSED),
        ("年度\t2\t\t0\t0\t0\t2", "", REFUSED),
        # a stroke and a figure in one cell: two cells merged
        ("5\t2\t0\t0\t0\t/ 0\t7", "", REFUSED),
        ("5\t2\t\t\t0\t0\t7\t", "\t", "5 2 空 空 0 0 7"),
    ],
)
def test_rows_between_tabs(printed: str, tail: str, met: str):
    assert row(tabs(printed, tail), "disclosed") == met


def test_empty_slots_behind_the_last_place_of_every_row():
    rows = {key: f"{places} 空" for key, places in SOUND.items()} | {"disclosed": "5 2 空 空 空 空 7 空"}
    assert row(lines(table_three(rows, "\n|\n")), "disclosed") in ("5 2 空 空 空 空 7", REFUSED)


def test_heads_of_a_grid_under_the_corner_show_the_columns():
    one_blank = ["", "1", "", "", "", "", "1"]
    rows = [[CORNER, *HEADS], *in_grid(dict.fromkeys(SOUND, tuple(one_blank)), heads=False)]
    assert row(read_grid(rows), "disclosed") == "空 1 空 空 空 空 1"


def test_a_label_over_the_whole_width_of_its_grid():
    page = [[CORNER, *HEADS], *in_grid(heads=False)]
    html = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in page)
    html = html.replace("<td>（一）予以公开</td>", "<td colspan=8>（一）予以公开</td></tr><tr><td></td>")
    text = f"<html><body><h1>{TITLE}</h1><table>{html}</table></body></html>"
    assert row(read_bytes(text.encode(), "页.html"), "disclosed") in (SOUND["disclosed"], REFUSED)


def test_columns_that_were_repeated_with_their_heads_are_one():
    heads = ["信息内容", "本年制发件数", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = [["第二十条第（一）项", "", "", "", ""], heads, ["规章", "0", "0", "0", "0"]]
    report = read_grid([*rows, ["行政规范性文件", "3", "3", "1", "27"]])
    assert proactive(report, "government_rules") == "0 0 0"


@pytest.mark.parametrize("printed", ["##", "###"])
def test_signs_that_are_no_number_hold_their_place(printed: str):
    report = read_grid(in_grid({"disclosed": [printed, "2", "0", "0", "0", "0", "7"]}))
    assert row(report, "disclosed") == "? 2 0 0 0 0 7"
    assert why(report, "applications.disclosed.natural_person") == "不是一个数"


def test_a_chapter_heading_in_the_line_of_its_table():
    heads = TWO.format(heads=TWO_HEADS, figures="3 1 27", licences="120", charges="0.35").replace("|", " ")
    one_line = " ".join((*heads.split("\n"), *table_three(joint=" ").split("\n")))
    report = read_text(f"{TITLE}\n{one_line} 五、存在的主要问题及改进情况 人手不足。")
    assert proactive(report, "normative_documents") == "3 1 27"


@pytest.mark.parametrize(
    ("words", "may"), [("行政处罚", True), ("万元行政处罚", False), ("余", False), ("。", True), ("万", False)]
)
def test_words_that_may_stand_right_behind_a_figure(words: str, may: bool):
    assert _may_follow(words, last=True) is may


def test_a_unit_before_the_next_label():
    text = TWO.format(heads=TWO_HEADS, figures="3 | 1 | 27", licences="120", charges="0.35")
    report = read_text(TITLE + "\n" + text.replace("行政处罚 | 6\n行政强制 | 0", "行政处罚 6件行政强制 0件"))
    assert proactive(report, "penalties") in ("6", "?")


def test_a_label_cut_in_three_by_the_merged_cell_beside_it():
    pieces = ["二部分公开区分处理的只计", "三本年度办", "这一情形不计其他情形"]
    found = _broken(pieces, (0, 1, 2))
    assert found is not None
    label, first, last = found
    assert first == last == 0
    assert (label.key, label.text, label.exact) == (
        "disclosed_in_part",
        "二部分公开区分处理的只计这一情形不计其他情形",
        False,
    )
    assert _broken(["短", "完全无关的一行文字"], (0, 1)) is None


# ---- places of one row, slot by slot -------------------------------------------------------------------------------


def slots(printed: str, first: int | None = 1) -> list[Token]:
    """The slots of a row, 空 for an empty one; `first`: the column of the first, None where columns are not known."""
    made = []
    for i, sign in enumerate(printed.split()):
        text = sign.replace("空", "")
        col = None if first is None else first + i
        made.append(Token("figure" if text else "blank", text, 2 * i, 2 * i + 1, 0, i, col, 1, figure_of(text)))
    return made


BOUND = Layout(columns=(tuple(range(1, 8)),), extents=frozenset({7, 8}), leading=0, slots=frozenset({8}))


@pytest.mark.parametrize(
    ("printed", "in_grid", "placements"),
    [
        ("5 空 0 0 0 0 7 空", False, 1),
        # empty at one end with an empty slot beyond the other: the row may have been pushed aside; not in a grid
        ("空 2 0 0 0 0 2 空", False, 0),
        ("空 2 0 0 0 0 2 空", True, 1),
        ("5 2 0 0 0 0 7 9", True, 0),
    ],
)
def test_placements_by_column(printed: str, in_grid: bool, placements: int):
    assert len(_by_column(slots(printed), BOUND, in_grid=in_grid) or ()) == placements


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("5 空 0 0 0 0 7 空", "5  0 0 0 0 7"),
        ("5 空 0 0 0 0 空 7", None),
        ("5 空 7", None),
    ],
)
def test_slots_without_columns(printed: str, met: str | None):
    placed = _by_slots(slots(printed, None), 7, BOUND)
    assert (placed and " ".join(t.text for t in placed if t)) == met


def test_slots_that_begin_in_another_column_than_full_rows():
    aside = Layout(columns=(tuple(range(2, 9)),), leading=0, slots=frozenset({7}), lengths=frozenset({7}))
    assert _by_slots(slots("空 2 0 0 0 0 2"), 7, aside) is None
    assert _by_slots(slots("空 2 0 0 0 0 2", 2), 7, aside) is not None


def test_words_in_a_cell_between_a_label_and_its_figures():
    words = [Token("words", "一予以公开", 0, 5, 0, 0, 0), Token("words", "见附件", 6, 9, 0, 1, 1)]
    segment = Segment(words, values=slots("2 0 0 0 0 2", 2))
    label = Label("disclosed", 3, "（一）予以公开", "一予以公开", True, False, 0, 5)
    tokens = Tokens((), (Strip(0, None, 8),), ())
    assert _words_between(label, segment, tokens, 7)
    assert not _words_between(label, Segment(words[:1], values=segment.values), tokens, 7)

"""Digits that lost their separators: taken apart where the sums leave one reading, refused everywhere else."""

from __future__ import annotations

import pytest

from gongkai.readers.digits import ColumnRule, TooMany, readings, solve
from tests.spec.readers.tables import SOUND, disputes, read, row, says, table_three, why

REFUSED = "? ? ? ? ? ? ?"


@pytest.mark.parametrize(
    ("printed", "groups", "met"),
    [
        (["5200007"], (7,), [(5, 2, 0, 0, 0, 0, 7)]),
        (["1200003"], (7,), [(1, 2, 0, 0, 0, 0, 3)]),
        (["5", "2", "00007"], (7,), [(5, 2, 0, 0, 0, 0, 7)]),
        # no number begins with 0, so zeros stand alone
        (["1000001"], (7,), [(1, 0, 0, 0, 0, 0, 1)]),
        (["12112"], (3,), []),
        (["12113"], (3,), [(12, 1, 13)]),
        (["112"], (3,), [(1, 1, 2)]),
        (["1", "12"], (3,), [(1, 1, 2)]),
        # 1 + 11 = 12 and 11 + 1 = 12 print alike
        (["11112"], (3,), [(1, 11, 12), (11, 1, 12)]),
        # a separator that is left stays a border, also of a total
        (["11", "112"], (3,), [(11, 1, 12)]),
        (["1", "1112"], (3,), [(1, 11, 12)]),
        (["111", "12"], (3,), [(1, 11, 12), (11, 1, 12)]),
        (["1111", "2"], (3,), []),
        # several groups, each with its own sum
        (["112224"], (3, 3), [(1, 1, 2, 2, 2, 4)]),
        # wrong sums and too few digits have no reading
        (["5200008"], (7,), []),
        (["520"], (7,), []),
        ([], (7,), []),
        (["00000000"], (7,), []),
        (["9990"], (3,), []),
    ],
)
def test_the_readings_of_a_run_of_digits(printed: list[str], groups: tuple[int, ...], met: list[tuple[int, ...]]):
    assert readings(printed, groups) == met


@pytest.mark.parametrize("printed", ["1" * 41, "1" * 40])
def test_a_run_with_too_many_readings_is_not_guessed(printed: str):
    with pytest.raises(TooMany):
        readings([printed], (7,))


ADD_UP = ColumnRule("sum", (("a", 1), ("b", 1), ("sum", -1)))


@pytest.mark.parametrize(
    ("what", "candidates", "known", "met"),
    [
        ("one reading fits", {"a": [(1,), (2,)]}, {"b": [3], "sum": [5]}, {"a": {(2,)}}),
        ("none fits", {"a": [(1,), (2,)]}, {"b": [3], "sum": [9]}, None),
        (
            "two rows fit in two ways",
            {"a": [(1,), (2,)], "b": [(1,), (2,)]},
            {"sum": [3]},
            {"a": {(1,), (2,)}, "b": {(1,), (2,)}},
        ),
        # a blank cell of a row already read leaves its column out
        ("a blank among the rows read", {"a": [(1,), (2,)]}, {"b": [None], "sum": [5]}, {"a": {(1,), (2,)}}),
        ("a row of the rule is not there", {"a": [(1,), (2,)]}, {"sum": [5]}, {"a": {(1,), (2,)}}),
    ],
)
def test_rows_are_narrowed_by_the_sums_of_their_columns(what: str, candidates: dict, known: dict, met: dict | None):
    assert solve(candidates, known, (ADD_UP,), 1) == met


def test_the_ends_fit_but_nothing_between_them():
    even = [(0,), (2,)]
    assert solve({"a": even, "b": even}, {"sum": [1]}, (ADD_UP,), 1) is None
    assert solve({"a": [(0,), (4,)], "b": [(0,), (4,)]}, {"sum": [2]}, (ADD_UP,), 1) is None


def test_counted_steps_end_the_search():
    many = [(i,) for i in range(400)]
    with pytest.raises(TooMany):
        solve({"a": many, "b": many}, {"sum": [399]}, (ADD_UP,), 1)
    wide = [tuple([i] * 7) for i in range(60_000)]
    with pytest.raises(TooMany):
        solve({"a": wide, "b": wide, "sum": wide}, {}, (ADD_UP,), 7)


# ---- in the table --------------------------------------------------------------------------------------------------


def glued(*keys: str) -> dict[str, str]:
    return {key: SOUND[key].replace(" ", "") for key in keys}


def test_digits_are_proved_by_sums_and_balance():
    report = read(table_three(glued("received")))
    assert row(report, "received") == SOUND["received"]
    cell = report.cells["applications.received.total"]
    assert (cell.proof, cell.uses) == ("arithmetic", ("T3-ROW", "T3-SUM", "T3-BALANCE"))
    assert says(report, "applications.received.total") == (
        "数字连在一起；合乎各项勾稽关系的读法只有这一种，并有多余的关系印证"
    )
    assert report.cells["applications.received.total"].text == "93000012"


def test_a_row_of_two_readings_is_settled_by_the_others():
    # 11112 in the middle of zeros: 1 + 11 = 12 or 11 + 1 = 12
    rows = {"received": "111000012", "concluded": "1 11 0 0 0 0 12", "disclosed": "1 11 0 0 0 0 12"}
    rest = dict.fromkeys(("disclosed_in_part", "unavailable.not_held"), "0 0 0 0 0 0 0")
    report = read(table_three(rows | rest))
    assert row(report, "received") == "1 11 0 0 0 0 12"


@pytest.mark.parametrize(
    ("what", "rows", "key", "reason"),
    [
        ("no reading adds up", {"disclosed": "52000081"}, "disclosed", "没有一种读法使各类申请人之和等于总计"),
        ("no reading balances", {"received": "83000011"}, "received", "没有一种读法使各项勾稽关系都成立"),
        (
            "the rows may share in three ways",
            {"received": "111000012", "concluded": "111000012", "disclosed": "111000012"},
            "received",
            "有3种读法合乎勾稽关系",
        ),
        ("a run too long", {"received": "1" * 60}, "received", "可能的读法太多"),
        ("blanks beside the digits", {"received": "9300000 空 12"}, "received", "而且本表有空格"),
    ],
)
def test_digits_that_prove_nothing_stay_unread(what: str, rows: dict[str, str], key: str, reason: str):
    zeros = dict.fromkeys(("disclosed_in_part", "unavailable.not_held"), "0 0 0 0 0 0 0") if len(rows) == 3 else {}
    report = read(table_three(zeros | rows))
    assert row(report, key) == REFUSED
    assert reason in why(report, f"applications.{key}.total")


def test_a_row_of_fewer_digits_than_places_says_that_this_table_has_blanks():
    report = read(table_three({"disclosed_in_part": "22"}, ""))
    assert row(report, "received") == row(report, "disclosed_in_part") == REFUSED
    assert "而且本表有空格" in why(report, "applications.received.total")


def test_without_the_row_of_totals_nothing_is_proved():
    report = read(table_three({"received": "93000012"}, leave_out=("concluded",)))
    assert row(report, "received") == REFUSED


def test_digits_with_a_note_are_left_alone():
    report = read(table_three({"received": "93000012（其中转办1件）"}, "\n"))
    assert row(report, "received") == REFUSED


def test_too_many_rows_with_too_many_readings():
    run = "1" * 14 + "0000" + "1" * 3
    report = read(table_three(dict.fromkeys(SOUND, run)))
    assert row(report, "received") == REFUSED
    assert "读法" in why(report, "applications.received.total")


# ---- table 四 ------------------------------------------------------------------------------------------------------

FOUR = """四、政府信息公开行政复议、行政诉讼情况
行政复议 | 行政诉讼
未经复议直接起诉 | 复议后起诉
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
"""


@pytest.mark.parametrize(
    ("printed", "met", "proof"),
    [
        ("210031000100000", "2 1 0 0 3 1 0 0 0 1 0 0 0 0 0", "read"),
        ("8200101000100000", "8 2 0 0 10 1 0 0 0 1 0 0 0 0 0", "arithmetic"),
        ("210041000100000", " ".join("?" * 15), ""),
        ("1110012" + "1110012" + "00000", " ".join("?" * 15), ""),
    ],
)
def test_fifteen_figures_glued(printed: str, met: str, proof: str):
    report = read(FOUR.rstrip() + printed)
    assert disputes(report) == met
    assert {c.proof for c in report.cells.values()} == ({proof} if proof else set())


def test_too_long_a_run_in_table_four():
    assert disputes(read(FOUR.rstrip() + "1" * 44)) == " ".join("?" * 15)

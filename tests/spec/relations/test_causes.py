"""One cause is one finding; the likeliest single repair is named, or none."""

from __future__ import annotations

import pytest

from gongkai.annual.check import all_rules, check
from gongkai.annual.reconcile import judge, reconcile, rules
from tests.spec.relations.reports import SOUND, report

BALANCED = {"received": "10 3 0 0 0 0 13", "disclosed": "10 3 0 0 0 0 13", "concluded": "10 3 0 0 0 0 13"}
STOCK, DISPUTES = "proactive.normative_documents", "disputes.reconsideration"
PARTS_OF_FIVE = {f"{DISPUTES}.{k}": n for k, n in (("upheld", 1), ("corrected", 1), ("other", 3), ("total", 4))}


def test_a_sound_report_has_no_finding_and_every_relation_holds():
    findings, judged = reconcile(report(rows=SOUND))
    assert findings == []
    assert {j.verdict for j in judged} == {"holds"}


@pytest.mark.parametrize(
    ("what", "rows", "cells", "ids"),
    [
        ("one figure of natural persons moves its total along", SOUND | {"carried_forward": "0"}, {}, ["T3-BALANCE"]),
        ("办理结果's total breaks two relations in two columns", SOUND | {"concluded": "10"}, {}, ["T3-SUM"]),
        ("a row's own total", SOUND | {"received": "10 0 0 0 0 0 11"}, {}, ["T3-BALANCE"]),
        ("a whole row is wrong", BALANCED | {"received": "11 5 1 1 1 1 20"}, {}, ["T3-BALANCE"]),
        ("parts of 1, 1 and 3 make 4", SOUND, PARTS_OF_FIVE, ["T4-SUM"]),
        ("two causes", SOUND | {"carried_forward": "0"}, {f"{DISPUTES}.total": 3}, ["T4-SUM", "T3-BALANCE"]),
        ("fewer in force than were issued", SOUND, {f"{STOCK}.issued": 3}, ["T2-STOCK"]),
        ("two columns off in opposite ways", BALANCED | {"received": "11 2 0 0 0 0 13"}, {}, ["T3-BALANCE"] * 2),
        ("one column off, its total not", BALANCED | {"received": "11 3 0 0 0 0 13"}, {}, ["T3-BALANCE"]),
    ],
)  # fmt: skip
def test_one_cause_is_one_finding(what: str, rows: dict[str, str], cells: dict[str, int], ids: list[str]):
    findings, _ = reconcile(report(rows=rows, cells=cells))
    assert sorted(f.id for f in findings) == sorted(ids)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (SOUND | {"received": "9 0 0 0 0 0 10"}, "“一、本年新收政府信息公开申请数量·自然人”的9可能应为10"),
        (SOUND | {"received": "10 0 0 0 0 0 11"}, "“一、本年新收政府信息公开申请数量·总计”的11可能应为10"),
        (SOUND | {"concluded": "10"}, "“（七）总计·自然人”的10可能应为11，“（七）总计·总计”的10可能应为11"),
    ],
)
def test_the_likeliest_repair(rows: dict[str, str], says: str):
    (finding,), _ = reconcile(report(rows=rows))
    assert says in finding.message
    assert finding.message.endswith("请核实。")


@pytest.mark.parametrize(
    ("what", "rows", "cells"),
    [
        ("several cells could be meant", SOUND | {"carried_forward": "0"}, {}),
        ("it would be less than nothing, and the rest is open", {"carried_forward": "1"}, {}),
        ("nothing is known to be equal", {}, {f"{STOCK}.issued": 3}),
        ("two figures are wrong", BALANCED | {"received": "11 5 0 0 0 0 16", "concluded": "10 3 0 0 0 0 14"}, {}),
    ],
)
def test_where_no_repair_is_likeliest_none_is_named(what: str, rows: dict[str, str], cells: dict[str, int]):
    findings, _ = reconcile(report(rows=rows, cells=cells))
    assert findings
    assert not any("可能应为" in f.message for f in findings)


@pytest.mark.parametrize(
    ("rows", "cells", "met", "expected"),
    [
        (SOUND | {"concluded": "10"}, {}, "7 + 4 ≠ 10", "11"),
        (SOUND | {"carried_forward": "0"}, {}, "10 + 2 ≠ 11 + 0", "11"),
        (SOUND, {f"{STOCK}.issued": 3, f"{STOCK}.repealed": 1}, "0 < 3 − 1", "不少于2"),
    ],
)
def test_what_was_met_and_what_was_expected(rows: dict[str, str], cells: dict[str, int], met: str, expected: str):
    (finding,), _ = reconcile(report(rows=rows, cells=cells))
    assert (finding.met, finding.expected) == (met, expected)
    assert finding.where and finding.at.chars


@pytest.mark.parametrize(
    ("cells", "met", "expected", "grade"),
    [
        ({f"{STOCK}.disclosed": 3, f"{STOCK}.disclosed_total": 3}, "3 > 0", "不多于0", "doubt"),
        ({"proactive.licences.change": -3}, "0 + -3 < 0", "不少于0", "doubt"),
    ],
)
def test_doubts_of_the_2019_form(cells: dict[str, int], met: str, expected: str, grade: str):
    (finding,), _ = reconcile(report("2019", 2020, cells=cells))
    assert (finding.met, finding.expected, finding.grade) == (met, expected, grade)
    assert finding.citation is None


def test_two_doubts_about_one_figure_are_one_finding():
    (finding,), _ = reconcile(report("2019", 2020, cells={f"{STOCK}.disclosed": 3}))
    assert finding.id == "T2-DISCLOSED"
    assert "对外公开总数量不少于本年新公开数量" in finding.message


@pytest.mark.parametrize(("blank", "unknown"), [((), 0), (("applications.concluded.total",), 3)])
def test_blank_is_not_zero(blank: tuple[str, ...], unknown: int):
    assert sum(j.verdict == "unknown" for j in judge(report(rows=SOUND, blank=blank))) == unknown


def test_a_relation_that_proved_a_figure_is_not_reported_on_it():
    rows = SOUND | {"concluded": "10"}
    proved = {f"applications.concluded.{c}": ("T3-BALANCE", "T3-SUM", "T3-ROW") for c in ("natural_person", "total")}
    findings, judged = reconcile(report(rows=rows, uses=proved))
    assert findings == []
    assert sum(j.verdict == "unknown" for j in judged) == 5


# ---- the year before -----------------------------------------------------------------------------------------------

BEFORE = {"carried_forward": "3"}


@pytest.mark.parametrize(
    ("rows", "cells", "ids"),
    [
        ({"carried_forward": "2"}, {}, []),
        (BEFORE, {}, ["X-CARRIED"]),
        ({"carried_forward": "2"}, {f"{DISPUTES}.pending": 2}, ["X-PENDING"]),
        ({"carried_forward": "2"}, {f"{STOCK}.in_force": 20}, ["X-STOCK"]),
        ({"carried_forward": "2 1 0 0 0 0 2"}, {}, ["X-CARRIED"]),
    ],
)
def test_what_does_not_follow_from_last_year(rows: dict[str, str], cells: dict[str, int], ids: list[str]):
    findings, _ = reconcile(report(rows=SOUND), report(year=2022, rows=rows, cells=cells))
    assert [f.id for f in findings] == ids
    assert all(f.kind == "previous_year" for f in findings)


def test_carry_over_is_said_with_both_figures():
    (finding,), _ = reconcile(report(rows=SOUND), report(year=2022, rows={"carried_forward": "3 1 1 1 0 0 6"}))
    assert (finding.met, finding.expected) == ("2", "6")
    assert "“自然人”本年2，按上年报告为3" in finding.message


@pytest.mark.parametrize(
    ("year", "before_year", "edition", "compared"),
    [
        (2023, 2022, "2021", True),
        (None, 2022, "2021", True),
        (2023, None, "2021", True),
        (2024, 2022, "2021", False),
        (2023, 2022, None, False),
    ],
)
def test_only_the_year_right_before_is_compared(
    year: int | None, before_year: int | None, edition: str | None, compared: bool
):
    previous = report(edition, before_year, rows=BEFORE if edition else {})
    findings, _ = reconcile(report(year=year, rows=SOUND), previous)
    assert bool(findings) is compared


def test_a_finding_about_a_blank_cell_stands_nowhere():
    this = report(rows=SOUND, cells={f"{STOCK}.issued": 1, f"{STOCK}.in_force": 1})
    findings, _ = reconcile(this, report(year=2022, rows={"carried_forward": "2"}, cells={f"{STOCK}.in_force": 5}))
    assert [f.where for f in findings if f.id == "X-STOCK"] == [this.cells[f"{STOCK}.issued"].where]


# ---- all together --------------------------------------------------------------------------------------------------


def test_the_checker_counts_verdicts_and_puts_the_gravest_first():
    checked = check(report(rows=SOUND | {"carried_forward": "0"}, cells={f"{STOCK}.issued": 3}))
    relations = [f for f in checked.findings if f.kind == "relation"]
    assert [f.grade for f in relations] == ["conflict", "doubt"]
    assert checked.verdicts == {"holds": 41, "broken": 3, "unknown": 0}
    assert checked.conflicts == sum(f.grade == "conflict" for f in checked.findings)
    data = checked.to_json()
    assert data["verdicts"] == checked.verdicts
    assert [f["id"] for f in data["findings"]] == [f.id for f in checked.findings]


@pytest.mark.parametrize(("year", "compared"), [(2022, True), (2019, False)])
def test_the_checker_with_a_report_of_another_year(year: int, compared: bool):
    checked = check(report(rows=SOUND), report(year=year, rows=BEFORE))
    assert any(f.id == "X-CARRIED" for f in checked.findings) is compared


def test_every_rule_has_a_sentence_and_its_own_id():
    known = all_rules()
    assert {r.id for r in rules()} <= set(known)
    assert all(rule.says and rule.id == key for key, rule in known.items())
    assert {"T3-BALANCE", "T3-ROW", "T3-SUM", "T4-SUM", "X-CARRIED", "X-STOCK", "T2-ITEMS"} <= set(known)


def test_a_row_that_does_not_add_up_where_nothing_else_can_be_compared():
    blank = tuple(f"applications.concluded.{c}" for c in ("natural_person", "total"))
    (finding,), _ = reconcile(report(rows=SOUND | {"received": "9 0 0 0 0 0 10"}, blank=blank))
    assert (finding.id, finding.met) == ("T3-ROW", "9 ≠ 10")
    assert "各类申请人相加为9，总计为10" in finding.message

"""Reports of many years side by side: editions aligned, changes with their base, nothing that is not there made 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.forms import form
from gongkai.annual.report import Cell, Report, Source, Unsure
from gongkai.annual.series import Place, Said, align, change

TOTAL = "applications.received.total"
OTHER = "applications.otherwise_closed"


def said(edition: str | None, cells=None, blank=(), unsure=()) -> Said:
    return Said(edition, cells or {}, frozenset(blank), frozenset(unsure))


def line(address: str, *columns: Said | None):
    return next(each for each in align(columns) if each.address == address)


CHANGES = [
    # 前一年  本年  增减   幅度       为什么没有幅度                基数小
    (40, 60, 20, "+50.0%", "", False),
    (30, 20, -10, "-33.3%", "", False),
    (5, 5, 0, "+0.0%", "", True),
    (9, 18, 9, "+100.0%", "", True),
    (10, 5, -5, "-50.0%", "", False),
    (0, 7, 7, "", "基数为0，不计算百分比", False),
    (0, 0, 0, "", "基数为0，不计算百分比", False),
    (-3, 6, 9, "", "基数为负数，不计算百分比", False),
    (Decimal("12.5"), Decimal("25.0"), Decimal("12.5"), "+100.0%", "", False),
]


@pytest.mark.parametrize(("before", "now", "difference", "percent", "why", "small"), CHANGES)
def test_a_change_is_told_with_its_base(before, now, difference, percent, why, small):
    found = change(Place(before), Place(now))
    assert (found.difference, found.percent, found.base, found.why, found.small) == (
        difference, percent, before, why, small,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (said("2021", blank=[TOTAL]), "前一年空白，不能计算增减"),
        (said("2021", unsure=[TOTAL]), "前一年读不准，不能计算增减"),
        (said("2021"), "前一年缺，不能计算增减"),
        (None, "前一年没有报告，不能计算增减"),
    ],
)
def test_without_a_number_before_there_is_no_change_and_it_says_why(before, why):
    found = line(TOTAL, before, said("2021", {TOTAL: 4}))
    assert found.places[0].value is None
    assert (found.changes[0].difference, found.changes[0].percent, found.changes[0].why) == (None, "", why)
    assert line(TOTAL, said("2021", {TOTAL: 4}), before).changes == (None,), "nothing now: nothing to say"


def test_a_year_without_a_report_stays_a_gap_between_two_that_have_one():
    found = line(TOTAL, said("2019", {TOTAL: 3}), None, said("2021", {TOTAL: 9}))
    assert [place.words for place in found.places] == ["3", "没有报告", "9"]
    assert found.changes[1].difference is None, "the year before is not there: the one before that is no base"
    assert not found.same
    assert line(TOTAL, said("2021", {TOTAL: 3}), None, said("2021", {TOTAL: 3})).same


def test_the_one_row_of_the_old_form_stands_beside_the_sum_of_three():
    rows = {f"{OTHER}.{row}.total": n for row, n in (("supplement_not_made", 1), ("fee_not_paid", 0), ("other", 3))}
    unclear = {a: n for a, n in rows.items() if "fee" not in a}
    columns = said("2019", {f"{OTHER}.total": 3}), said("2021", rows), said("2021", unclear)
    found = line(f"{OTHER}.total", *columns)
    assert [place.words for place in found.places] == ["3", "4", "不能确定"]
    assert [place.summed for place in found.places] == [False, True, False]
    assert found.changes[0].difference == 1
    part = line(f"{OTHER}.other.total", *columns)
    assert [place.words for place in part.places] == ["本版无此项", "3", "3"]
    assert len([each for each in align(columns) if each.label.startswith("（六）其他处理（合计）")]) == 7


def test_a_new_form_that_has_one_row_for_other_ways_is_read_as_it_is():
    drawn = said("2021", {f"{OTHER}.total": 5})
    assert line(f"{OTHER}.total", drawn, drawn).places[1] == Place(5)
    assert line(f"{OTHER}.total", drawn, said("2021", blank=[f"{OTHER}.total"])).places[1].words == "空白"


def test_what_an_edition_has_not_is_not_0_and_not_missing_either():
    columns = said("2019", {"proactive.procurement.projects": 2}), said("2021", {"proactive.licences.decisions": 8})
    assert [p.words for p in line("proactive.procurement.projects", *columns).places] == ["2", "本版无此项"]
    assert [p.words for p in line("proactive.licences.decisions", *columns).places] == ["缺", "8"]
    assert [p.words for p in line("proactive.charges.amount", *columns).places] == ["本版无此项", "缺"]
    assert line("proactive.procurement.projects", said(None, {}), columns[0]).places[0].words == "缺"


def test_new_forms_alone_have_no_sum_of_other_ways():
    addresses = [each.address for each in align([said("2021"), said("2021")])]
    assert addresses == list(form("2021").addresses)
    assert [each.address for each in align([said("2019")])] == list(form("2019").addresses)


def test_the_figures_of_a_report_keep_apart_what_was_blank_and_what_was_unsure():
    report = Report(
        Source("a", "txt"), edition="2021", cells={"proactive.charges.amount": Cell(Decimal("3.50"), "3.50")},
        blank=(TOTAL,), unsure=(Unsure("disputes.reconsideration.total", "l", "像1"),),
    )  # fmt: skip
    of = Said.of(report)
    assert (of.edition, of.blank, of.unsure) == ("2021", {TOTAL}, {"disputes.reconsideration.total"})
    assert Said.from_json(of.to_json()) == of
    assert Said.of_object(report.to_json()) == of


_PLACES = st.sampled_from(form("2021").addresses + form("2019").addresses)
_SAID = st.builds(
    said,
    st.sampled_from(("2019", "2021")),
    st.dictionaries(_PLACES, st.integers(0, 99), max_size=12),
    st.frozensets(_PLACES, max_size=3),
)


@given(st.lists(st.none() | _SAID, min_size=1, max_size=5))
def test_every_certain_figure_stands_once_under_its_own_report(columns):
    lines = align(columns)
    assert len({each.address for each in lines}) == len(lines)
    for at, column in enumerate(columns):
        shown = {each.address: each.places[at] for each in lines}
        if column is None:
            assert all(place.why == "no_report" for place in shown.values())
            continue
        for address, value in column.cells.items():
            if address in form(column.edition).by_address:
                assert shown[address].value == value
        untold = [place for a, place in shown.items() if place.value is not None and a not in column.cells]
        assert all(place.summed for place in untold), "no number that the report does not say"

"""台账：怎样填，缺什么，哪一行按哪一天计入表二的哪一格；文件在一年里的增减；按期登记的周期。"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.forms import all_addresses, form
from gongkai.proactive.provisions import provisions
from gongkai.proactive.register_checks import cleaned, faults, masked_name
from gongkai.proactive.registers import GROUPS, cell_of, citations, counting_day, register, registers, weight
from gongkai.proactive.rhythm import EVERY, lacking, next_due, span_of, spans, words
from gongkai.proactive.stock import Document, Lapsed, stock_of
from gongkai.proactive.validity import Change, ChangeKind, Life

EXAMPLES = tomllib.loads(Path(__file__).with_name("registers.toml").read_text("utf-8"))["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["says"])
def test_a_row_as_the_office_fills_it_in(example) -> None:
    of = register(example["register"])
    kept = cleaned(of, example["row"])
    assert [fault.says for fault in faults(of, kept)] == example.get("lacks", [])
    if "keeps" in example:
        assert sorted(kept) == sorted(example["keeps"])
    if "party" in example:
        assert kept["party"] == example["party"]
    if told := example.get("counts"):
        cell = cell_of(of, told["cell"], "2021")
        assert counting_day(of, kept) == date.fromisoformat(told["on"])
        assert weight(cell, kept) == Decimal(told["adds"])


def test_what_the_registers_name_exists() -> None:
    for of in registers().values():
        named = {*of.day, *of.head, *of.natural, *([of.parent] if of.parent else [])}
        named |= {of.limit.start, of.limit.end} if of.limit else set()
        assert named <= of.keys, of.key
        assert of.group in GROUPS
        assert {cell.address for cell in of.cells} <= set(all_addresses())
        assert all(cell.address in form(cell.edition).addresses for cell in of.cells)
        for each in of.fields:
            key, _, value = each.when.partition("=")
            assert (each.need == "when") <= bool(each.when)
            assert not each.when or value in of.field(key).choices, (of.key, each.key)
            assert set(each.of) <= set(registers())
        if of.follow:
            child = register(of.follow.child)
            assert child.parent in child.keys
            assert not of.follow.stale or of.follow.stale in child.keys


def test_only_what_was_read_is_cited_and_the_rest_is_a_rule_of_this_system() -> None:
    assert {of.key for of in registers().values() if of.tag != "S" and of.cites} == set()
    assert {of.key for of in registers().values() if of.tag == "S" and not of.cites} == set()
    assert set(citations()) <= set(provisions())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("张三", "张某"),
        ("张三丰", "张某某"),
        ("欧阳修", "欧阳某"),
        ("李四、王五", "李某等2人"),
        ("阿布都·热西提", "阿某某"),
        ("", ""),
    ],
)
def test_of_a_natural_person_the_surname_is_kept(name, kept) -> None:
    assert masked_name(name) == kept


# ── documents in a year ──────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
CHANGE = st.builds(
    Change,
    st.sampled_from([ChangeKind.AMENDED, ChangeKind.LAPSED, ChangeKind.REPEALED, ChangeKind.CONFIRMED]),
    DAYS,
)
LIFE = st.builds(
    lambda begins, holds, changes: Life(begins, begins + timedelta(days=holds) if holds else None, tuple(changes)),
    DAYS,
    st.none() | st.integers(0, 1200),
    st.lists(CHANGE, max_size=3),
)
MANY = st.lists(LIFE, max_size=6).map(
    lambda lives: [Document(str(n), life.effective_on, life) for n, life in enumerate(lives)]
)


def how_it_ended(life: Life) -> tuple[str, date] | None:
    """Walk through its days one by one until something ends it."""
    endings = {ChangeKind.LAPSED: "lapsed", ChangeKind.REPEALED: "repealed"}
    day = min([life.effective_on, *(change.on for change in life.changes)])
    while day <= date(2027, 1, 2):
        if life.expires_on and day > life.expires_on:
            return "lapsed", day
        for change in life.changes:
            if change.on == day and change.kind in endings:
                return endings[change.kind], day
        day += timedelta(days=1)
    return None


@settings(max_examples=120, deadline=None)
@given(MANY, st.integers(2022, 2026))
def test_the_documents_of_a_year_are_those_of_a_walk_through_its_days(documents, year) -> None:
    found = stock_of(documents, year)
    ends = {each.key: how_it_ended(each.life) for each in documents}
    last = date(year, 12, 31)
    begun = {each.key for each in documents if each.life.effective_on <= last}
    assert set(found.made) == {each.key for each in documents if each.made_on.year == year}
    assert set(found.in_force) == {key for key in begun if ends[key] is None or ends[key][1] > last}
    for name in ("repealed", "lapsed"):
        wanted = {key for key in begun if ends[key] and ends[key][0] == name and ends[key][1].year == year}
        assert set(getattr(found, name)) == wanted


def test_whether_lapsed_ones_count_is_not_guessed() -> None:
    life = Life(date(2023, 1, 1), date(2025, 6, 30))
    found = stock_of([Document("甲", date(2023, 1, 1), life)], 2025)
    assert found.ended(None) is None
    assert (found.ended(Lapsed.REPEALED), found.ended(Lapsed.APART)) == (("甲",), ())
    assert stock_of([], 2025).ended(None) == ()


# ── periods ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("every", "day", "first", "last", "says"),
    [
        ("week", "2026-03-04", "2026-03-02", "2026-03-08", "2026-03-02至2026-03-08"),
        ("month", "2026-02-28", "2026-02-01", "2026-02-28", "2026年2月"),
        ("quarter", "2026-12-31", "2026-10-01", "2026-12-31", "2026年第4季度"),
        ("half_year", "2026-07-01", "2026-07-01", "2026-12-31", "2026年下半年"),
        ("half_year", "2026-06-30", "2026-01-01", "2026-06-30", "2026年上半年"),
        ("year", "2026-06-30", "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_a_day_lies_in_its_period(every, day, first, last, says) -> None:
    span = span_of(every, date.fromisoformat(day))
    assert (str(span.first), str(span.last), words(every, span)) == (first, last, says)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVERY), DAYS, st.integers(0, 900))
def test_periods_follow_each_other_without_a_gap(every, first, length) -> None:
    found = spans(every, first, first + timedelta(days=length))
    assert all(b.first == a.last + timedelta(days=1) for a, b in pairwise(found))
    assert all(span_of(every, day) == span for span in found for day in (span.first, span.last))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVERY), st.lists(DAYS, max_size=6), st.integers(0, 20))
def test_what_lacks_is_what_no_day_fills_and_is_over_for_long_enough(every, days, grace) -> None:
    first, today = date(2024, 1, 1), date(2026, 3, 2)
    named = set(lacking(every, first, today, days, grace))
    day = first
    while day <= today:
        span = span_of(every, day)
        wanted = span.last + timedelta(days=grace) < today and not any(span.first <= d <= span.last for d in days)
        assert (span in named) == wanted
        day += timedelta(days=5)


def test_what_is_followed_up_is_due_in_the_period_after_the_last() -> None:
    span, over = next_due("week", date(2026, 2, 1), date(2026, 2, 18), date(2026, 3, 2))
    assert (str(span.last), over) == ("2026-03-01", True)
    assert next_due("week", date(2026, 2, 23), None, date(2026, 3, 2))[1] is False

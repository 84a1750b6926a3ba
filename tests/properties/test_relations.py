"""Relations: three verdicts, one truth table, on one report and as SQL over many."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual.forms import EDITIONS, form
from gongkai.annual.identities import Relation
from gongkai.annual.relations import relations, relations_between_years
from tests.mess.invent import invent

Values = dict[str, int | Decimal | None]
EDITION = st.sampled_from(EDITIONS)
SEED = st.integers(0, 10**6)


def sound(seed: int, edition: str) -> dict[str, int | Decimal]:
    """The cells of an invented report without fault."""
    return {a: v for a, v in invent(Random(seed), edition, faults=False).cells.items() if v is not None}


def verdicts(values: dict[str, int | Decimal], edition: str) -> dict[tuple[str, str], str]:
    return {(r.id, r.place): r.verdict(values) for r in relations(edition)}


def by_sql(found: tuple[Relation, ...], this: Values, previous: Values) -> list[str]:
    """The verdicts as a database gives them: one wide row a report, one column a cell."""
    base = sqlite3.connect(":memory:")
    for name, values in (("this", this), ("previous", previous)):
        columns = ", ".join(f'"{address}" NUMERIC' for address in values)
        base.execute(f"CREATE TABLE {name} ({columns})")
        marks = ", ".join("?" for _ in values)
        base.execute(
            f"INSERT INTO {name} VALUES ({marks})", [float(v) if isinstance(v, Decimal) else v for v in values.values()]
        )
    met = [base.execute(f"SELECT {relation.sql()} FROM this, previous").fetchone()[0] for relation in found]
    base.close()
    return met


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_form_of_zeros_keeps_every_relation(edition: str) -> None:
    zeros: dict[str, int | Decimal] = dict.fromkeys(form(edition).addresses, 0)
    assert set(verdicts(zeros, edition).values()) == {"holds"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_form_of_blanks_decides_nothing(edition: str) -> None:
    assert set(verdicts({}, edition).values()) == {"unknown"}


@given(SEED, EDITION)
@settings(max_examples=40, deadline=None)
def test_a_sound_report_breaks_no_relation(seed: int, edition: str) -> None:
    assert "broken" not in verdicts(sound(seed, edition), edition).values()


@given(SEED, EDITION, st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_changed_figure_breaks_only_relations_that_name_it(seed: int, edition: str, data: st.DataObject) -> None:
    values = sound(seed, edition)
    address = data.draw(st.sampled_from([a for a in values if a.startswith(("applications.", "disputes."))]))
    changed = {**values, address: values[address] + data.draw(st.integers(1, 9))}
    broken = [r for r in relations(edition) if r.verdict(changed) == "broken"]
    assert broken
    assert all(address in r.cells for r in broken)


@given(SEED, EDITION, st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_blank_makes_its_relations_unknown_and_none_broken(seed: int, edition: str, data: st.DataObject) -> None:
    values = sound(seed, edition)
    address = data.draw(st.sampled_from(sorted(values)))
    del values[address]
    for relation in relations(edition):
        assert relation.verdict(values) == ("unknown" if address in relation.cells else "holds")


@given(SEED, EDITION, st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_database_gives_the_same_verdicts(seed: int, edition: str, data: st.DataObject) -> None:
    """With faults and blanks in both years, relation by relation."""

    def spoiled(of: int) -> Values:
        values: Values = {**dict.fromkeys(form(edition).addresses), **sound(of, edition)}
        for address in data.draw(st.lists(st.sampled_from(form(edition).addresses), max_size=6)):
            values[address] = data.draw(st.sampled_from([None, 0, 1, 7]))
        return values

    this, previous = spoiled(seed), spoiled(seed + 1)
    found = (*relations(edition), *relations_between_years(edition, edition))
    known = [{a: v for a, v in values.items() if v is not None} for values in (this, previous)]
    assert by_sql(found, this, previous) == [r.verdict(known[0], known[1]) for r in found]


def test_what_a_relation_met_is_said_with_its_figures() -> None:
    balance = next(r for r in relations("2021") if r.id == "T3-BALANCE" and r.place == "总计")
    values: dict[str, int | Decimal] = {
        "applications.received.total": 7,
        "applications.brought_forward.total": 2,
        "applications.concluded.total": 10,
        "applications.carried_forward.total": 0,
    }
    assert balance.verdict(values) == "broken"
    assert balance.met(values) == ("7 + 2", "10 + 0")

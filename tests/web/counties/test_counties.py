"""云岭县几十个机关的三年：迟来的答复和更正、重新办理、撤并、联合发文。年年无矛盾、县表等于各机关之和、当时的数逐字节不变。

平时跑一个小县；`make test-counties` 跑六十个机关、每年两万件（COUNTY=60x20000）。另一种计数在 books.py。
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.annual.forms import form
from gongkai.annual.report import COUNTY, OWN, Number
from gongkai.web.annual.desk import open_desk
from gongkai.web.audit.services import Audit
from gongkai.web.collection.selectors.rollup import consolidated, recounted
from gongkai.web.compilation.selectors.figures import compiled, members, membership
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.selectors.assembled import assembled, report_of, verdict
from gongkai.web.issuing.selectors.differences import since
from gongkai.web.issuing.selectors.paper import opened
from gongkai.web.issuing.services import freezing, handing, signing
from gongkai.web.memo import page_memory
from gongkai.web.narrative.services.writing import save
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator
from tests.web.counties.living import Living

RECEIVED = "applications.received.total"
ORGANS, CASES = (int(part) for part in os.environ.get("GONGKAI_COUNTY", "5x60").split("x"))
YEARS = (2023, 2024, 2025)
MERGED = {2024: [(1, 0), (6, 5)], 2025: [(0, 2), (8, 7)]}
WORDS = {
    "1": "本机关坚持以公开为常态、不公开为例外，依法办理公开申请。",
    "5": "栏目更新还不够及时。下一步将逐栏明确更新时限。",
    "6": "本年度没有收取信息处理费。没有其他需要报告的事项。",
}


@dataclass
class Lived:
    """The county when its three years are over: what was frozen, and what the books said at each freezing."""

    county: County
    living: Living
    frozen: list[Frozen] = field(default_factory=list)
    whole: list[Frozen] = field(default_factory=list)
    expected: dict[tuple[str, int], dict[str, Number]] = field(default_factory=dict)
    counties: dict[int, dict[str, Number]] = field(default_factory=dict)
    moments: dict[int, datetime] = field(default_factory=dict)


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[Lived]:
    """The three years, lived once for all tests of the module and undone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        county, operator = open_desk(), local_operator()
        audit = Audit(actor=operator.pk, county=county.pk)
        leader = Person.objects.create(county=county.pk, name="周文涛", role="leader")
        merged = {year: [each for each in pairs if max(each) < ORGANS - 2] for year, pairs in MERGED.items()}
        found = Lived(county, Living(audit, county, ORGANS, CASES, merged))
        government = Organ.objects.create(
            county=county.pk, name="云岭县人民政府", form="county_government", listed=False, position=999
        )
        for year in YEARS:
            found.living.year(year)
            found.living.corrected(CASES // 20)
            for name, organ in found.living.living():
                found.frozen.append(_frozen(audit, Audit(actor=leader.pk, county=county.pk), organ, year))
                found.expected[name, year] = found.living.books.table(name, year)
            found.counties[year] = found.living.books.county(year)
            found.whole.append(_frozen(audit, Audit(actor=leader.pk, county=county.pk), government, year, COUNTY))
            found.moments[year] = timezone.now()
            for name, _ in found.living.living():
                found.living.books.close(name, year)
            found.living.corrected(CASES // 20)
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def county(lived, db) -> Lived:
    return lived


def _frozen(audit: Audit, leader: Audit, organ: Organ, year: int, scope: str = OWN) -> Frozen:
    """The report of a year as an office brings it about: no conflict, every doubt answered, signed and frozen."""
    for section, words in WORDS.items():
        save(audit=audit, organ=organ, year=year, section=section, words=words, base=None, scope=scope)
    found = verdict(organ, assembled(organ, year, scope=scope))
    assert found.of_grade("conflict") == []
    for each in found.of_grade("doubt"):
        handing.answer(
            audit=audit, organ=organ, year=year, scope=scope, fingerprint=each["fingerprint"], finding=each["id"],
            message=each["message"], reason="已与经办科室核实，情况属实",
        )  # fmt: skip
    draft = handing.hand_over(audit=audit, organ=organ, year=year, scope=scope)
    signing.sign(audit=leader, draft=draft, seal=draft.seal)
    return freezing.freeze(audit=audit, draft=type(draft).objects.get(pk=draft.pk))


def _told(cells: dict[str, Number]) -> dict[str, Decimal]:
    """Every cell of the form with its figure: where the books have nothing there was none."""
    return {address: Decimal(cells.get(address, 0)) for address in form("2021").addresses}


def test_every_frozen_report_is_what_the_books_say(county):
    for frozen in county.frozen:
        kept = report_of(frozen.draft.report)
        assert {a: Decimal(c.value) for a, c in kept.cells.items()} == _told(
            county.expected[frozen.organ.name, frozen.year]
        ), (frozen.organ.name, frozen.year)


def test_what_was_known_at_the_freezing_gives_the_same_bytes_after_all_that_came_later(county):
    for frozen in county.frozen:
        draft = frozen.draft
        again = assembled(draft.organ, draft.year, draft.known_at).packed
        assert (again.figures, again.report, again.seal) == (bytes(draft.figures), bytes(draft.report), draft.seal)
    names = {(frozen.organ.name, frozen.year) for frozen in county.frozen}
    differ = {key for key in names if county.living.books.table(*key) != county.expected[key]}
    assert differ, "something came later that changes a figure"


def test_today_every_year_is_what_the_books_say_over_what_was_frozen_before(county):
    for frozen in county.frozen:
        made = compiled(frozen.organ, frozen.year)
        told = {a: f.value for a, f in made.figures.items()}
        assert told == _told(county.living.books.table(frozen.organ.name, frozen.year)), frozen.organ.name
        assert all(each.why and each.do for each in made.left_out)


def test_who_was_merged_reports_no_more_and_its_successor_does(county):
    ended = [(name, year) for name, (_, year) in county.living.books.into.items()]
    assert ended
    for name, year in ended:
        organ = county.living.organs[name]
        assert {figure.value for figure in compiled(organ, year).figures.values()} == {None}
        assert (name, year - 1) in county.expected


def test_each_cell_opens_as_many_records_as_its_figure_says(county):
    for place, frozen in enumerate(county.frozen):
        organ, year = frozen.organ, frozen.year
        with page_memory():
            figures, behind = compiled(organ, year).figures, membership(organ, year)
            for address, figure in figures.items():
                opened = members(organ, year, address) if place % 12 == 0 else None
                assert len(behind[address]) == len(set(behind[address])), "no record twice"
                if opened is not None:
                    assert [(each.kind, each.key, each.version) for each in opened] == behind[address]
                    assert sum(each.adds for each in opened) == figure.value
                if not address.startswith("proactive."):
                    assert len(behind[address]) == figure.value, address


def test_the_countys_frozen_report_is_what_the_books_said_and_comes_out_the_same_after_all_that_came_later(county):
    for frozen in county.whole:
        draft, told = frozen.draft, report_of(frozen.draft.report)
        assert {a: Decimal(c.value) for a, c in told.cells.items()} == _told(county.counties[frozen.year]), frozen.year
        again = assembled(draft.organ, draft.year, draft.known_at, COUNTY).packed
        assert (again.figures, again.report, again.seal) == (bytes(draft.figures), bytes(draft.report), draft.seal)
        for name, organ in county.living.living():
            if (name, frozen.year) in county.expected:
                found = opened(draft, RECEIVED, organ)
                assert found.same and len(found.records) == county.expected[name, frozen.year][RECEIVED]
    assert any(since(frozen.draft).differences.records for frozen in county.whole), "something came later"


def test_the_county_is_the_sum_of_its_organs_at_every_moment_and_today(county):
    for year in YEARS:
        then = consolidated(county.county, year, county.moments[year])
        assert {a: c.value for a, c in then.cells.items()} == _told(county.counties[year]), year
        now = consolidated(county.county, year)
        assert {a: c.value for a, c in now.cells.items()} == _told(county.living.books.county(year)), year
        assert now.cells == recounted(county.county, year).cells
        for cell in now.cells.values():
            assert cell.value == sum(part.value - part.removed for part in cell.parts)
            assert len(cell.parts) == len([key for key in county.expected if key[1] == year])
        assert any(cell.removed for cell in now.cells.values()), "the joint document counts once"

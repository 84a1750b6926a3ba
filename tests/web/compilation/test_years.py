"""三年，几个机关，迟来的更正、重新办理、撤并：每年定稿都不矛盾，以后再问当时仍逐字节相同。与另写的计数对照。"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.annual.check import check
from gongkai.annual.report import Report
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.events import Event, Kind
from gongkai.readers.ledger import LedgerRow
from gongkai.web.compilation.selectors.figures import compiled, membership
from gongkai.web.compilation.services.carrying import hand_on
from gongkai.web.facts import new_key
from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.services.facts import correct, happen
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import merge

CODES = ("G1", "G2", "P1", "N4", "N6", "U1a", "R1", "O3a")
KINDS = ("natural_person", "enterprise", "legal_service_provider")
SIZE = 24
"""Applications that an organ receives in a year."""


@dataclass
class Life:
    """What the test knows of an application: the plainest thing that can be counted."""

    organ: str
    column: str
    came: date
    went: date | None
    code: str


@dataclass
class Books:
    """A second way of counting: open pots carried from year to year, nothing derived from events."""

    lives: dict[str, Life] = field(default_factory=dict)
    pots: dict[str, set[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    into: dict[str, str] = field(default_factory=dict)

    def close(self, organ: str, year: int) -> Counter[tuple[str, str]]:
        """The figures of a year, which then can no longer change; late comers of closed years are nobody's."""
        theirs = {organ} | {gone for gone, to in self.into.items() if to == organ}
        before = set().union(*(self.pots.pop(each, set()) for each in theirs))
        came = {
            n for n, life in self.lives.items()
            if life.organ in theirs and life.came.year == year and n not in self.closed
        }  # fmt: skip
        cells: Counter[tuple[str, str]] = Counter()
        left = set()
        for number in before | came:
            life = self.lives[number]
            cells["brought_forward" if number in before else "received", life.column] += 1
            if life.went is None or life.went.year > year:
                left.add(number)
                cells["carried_forward", life.column] += 1
            else:
                cells[decisions()[life.code].row, life.column] += 1
                cells["concluded", life.column] += 1
        self.pots[organ] = left
        self.closed |= before | came
        return cells


class County:
    """Organs that live through three years, with the books kept beside."""

    def __init__(self, audit, county) -> None:
        self.audit, self.chance, self.books = audit, random.Random(20260131), Books()
        names = ("云岭县水务局", "云岭县水库管理局", "云岭县教育局")
        self.organs = {n: Organ.objects.create(county=county.pk, name=n, form="department") for n in names}
        self.merged: set[str] = set()

    def year(self, year: int) -> None:
        """What an organ's ledger brings in a year, some of it answered in the next."""
        for name, organ in self.organs.items():
            if name in self.merged:
                continue
            rows = []
            for n in range(SIZE):
                number = f"{organ.name[3:5]}{year}-{n:02}"
                came = date(year, 1, 1) + timedelta(self.chance.randrange(365))
                went = came + timedelta(self.chance.randrange(45)) if self.chance.random() < 0.9 else None
                life = Life(name, self.chance.choice(KINDS), came, went, self.chance.choice(CODES) if went else "")
                self.books.lives[number] = life
                rows.append(
                    LedgerRow(
                        "", n + 1, came, number=number, applicant="李清照", applicant_kind=life.column, content="水费",
                        replied_on=went, decision=life.code, delivered_on=went,
                    )
                )  # fmt: skip
            bring_in(audit=self.audit, organ=organ, rows=rows, sha256=str(year))

    def corrected(self, count: int) -> None:
        """Late corrections of days and decisions, and cases dealt with anew, whatever was frozen."""
        for number in self.chance.sample(sorted(self.books.lives), count):
            life = self.books.lives[number]
            application = Application.objects.get(number=number)
            kind = self.chance.choice(["came", "went", "code", "again"])
            if kind == "came":
                life.came += timedelta(self.chance.choice([-60, -20, 20, 60]))
                life.came = min(life.came, life.went) if life.went else life.came
                self._put(application, Kind.RECEIVED, Event(Kind.RECEIVED, life.came))
            elif life.went is None:
                continue
            elif kind == "went":
                life.went = max(life.went + timedelta(self.chance.choice([-30, 30, 90])), life.came)
                self._put(application, Kind.DECIDED, Event(Kind.DECIDED, life.went, decision=life.code))
                self._put(application, Kind.DELIVERED, Event(Kind.DELIVERED, life.went))
            elif kind == "code":
                life.code = self.chance.choice(CODES)
                self._put(application, Kind.DECIDED, Event(Kind.DECIDED, life.went, decision=life.code))
            else:
                again = life.went + timedelta(200)
                for event in (
                    Event(Kind.REOPENED, again, days=20),
                    Event(Kind.DECIDED, again, decision="G2"),
                    Event(Kind.DELIVERED, again),
                ):
                    happen(audit=self.audit, application=application, event=event)

    def _put(self, application: Application, kind: Kind, event: Event) -> None:
        rows = application.events.filter(kind=kind.value, corrected_by=None).order_by("on", "id")
        correct(audit=self.audit, application=application, row=rows[0].pk, event=event, reason="登记有误")

    def merge(self, gone: str, into: str, on: date) -> None:
        """An organ ends, and its figures go to another from then on."""
        merge(audit=self.audit, organ=self.organs[gone], into=self.organs[into], on=on)
        self.merged.add(gone)
        self.books.into[gone] = into


@pytest.fixture
def lived(audit, county):
    return County(audit, county)


def test_three_years_with_corrections_and_a_merger_agree_with_the_books_and_stay(audit, lived):
    frozen: list[tuple[Organ, int, object, bytes]] = []
    last: dict[str, Report] = {}
    for year in (2023, 2024, 2025):
        lived.year(year)
        if year == 2024:
            lived.merge("云岭县水库管理局", "云岭县水务局", date(2024, 8, 1))
        lived.corrected(12)
        for name, organ in lived.organs.items():
            if name in lived.merged:
                assert {figure.value for figure in compiled(organ, year).figures.values()} == {None}
                continue
            now = timezone.now()
            made = compiled(organ, year, now)
            expected = lived.books.close(name, year)
            for address, figure in made.figures.items():
                row, _, column = address.removeprefix("applications.").rpartition(".")
                if address.startswith("applications.") and column in KINDS:
                    assert figure.value == expected[row, column], (name, year, address)
                    assert len(set(figure.records)) == figure.value
            assert {a: len(m) for a, m in membership(organ, year, now).items()} == {
                a: len(f.records) for a, f in made.figures.items()
            }
            checked = check(made.report(), last.get(name) if year != 2024 or name == "云岭县教育局" else None)
            assert [f.id for f in checked.findings if f.grade == "conflict" or f.id == "X-CARRIED"] == []
            hand_on(audit=audit, organ=organ, year=year, version=new_key(), known_at=now)
            last[name] = made.report()
            frozen.append((organ, year, now, json.dumps(made.to_json()).encode()))
        lived.corrected(12)
    for organ, year, moment, said in frozen:
        assert json.dumps(compiled(organ, year, moment).to_json()).encode() == said  # type: ignore[arg-type]
    unknown = [each for organ, year, *_ in frozen for each in compiled(organ, year).left_out]
    assert all(each.why and each.do for each in unknown)

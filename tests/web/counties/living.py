"""A county lived through the services, with the books kept beside: ledgers, answers, disputes, registers, mergers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from gongkai.onrequest.events import Event, Kind
from gongkai.readers.ledger import LedgerRow
from gongkai.web.audit.services import Audit
from gongkai.web.onrequest.models import Application, Dispute
from gongkai.web.onrequest.services import disputes
from gongkai.web.onrequest.services.facts import correct, happen
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.tree import merge
from gongkai.web.registers.models import Row
from gongkai.web.registers.services import rows as registers
from tests.web.counties.books import ENDS, KINDS, Books, Life, Line, Paper, Quarrel

CODES = ("G1", "G2", "P1", "N4", "N6", "U1a", "R1", "O3a")
LAST = date(2026, 11, 1)
"""The newest day of anything that happens."""
_TOTALS = {
    "licences": ("number", "proactive.licences.decisions", {"matter": "取水许可"}),
    "penalties": ("number", "proactive.penalties.decisions", {"offence": "未经批准取水", "penalty": "罚款"}),
    "compulsory_measures": ("number", "proactive.compulsory_measures.decisions", {"measure": "查封场所"}),
    "charges": ("amount", "proactive.charges.amount", {"name": "不动产登记费"}),
}


class Living:
    """The organs of a county and all that they do. `merged`: who goes to whom, by year, as numbers of the list."""

    def __init__(
        self, audit: Audit, county: County, organs: int, cases: int, merged: dict[int, list[tuple[int, int]]]
    ) -> None:
        self.audit, self.cases, self.merged = audit, cases, merged
        self.chance, self.books = random.Random(20260131), Books()
        self.organs = {
            name: Organ.objects.create(county=county.pk, name=name, form="department", word=f"云{n}", position=n)
            for n, name in enumerate((f"云岭县第{n}局" for n in range(organs)), start=1)
        }
        self.later: dict[str, tuple[date, str]] = {}
        self.rows: list[tuple[Line, Row]] = []
        self.fights: dict[str, tuple[Quarrel, Dispute]] = {}
        self.first_row: dict[str, Row] = {}

    def living(self) -> list[tuple[str, Organ]]:
        """The organs that are still there."""
        return [(name, organ) for name, organ in self.organs.items() if name not in self.books.into]

    def year(self, year: int) -> None:
        """All that is known of a year when its reports are made, in the middle of January."""
        known = date(year + 1, 1, 15)
        self._answered_late(known)
        for place, (name, organ) in enumerate(self.living()):
            self._ledger(name, organ, year, known, (self.cases + place) // len(self.living()))
            self._registers(name, organ, year)
        self._quarrels(year, known)
        names = list(self.organs)
        for gone, into in self.merged.get(year, ()):
            merge(audit=self.audit, organ=self.organs[names[gone]], into=self.organs[names[into]], on=date(year, 8, 1))
            self.books.into[names[gone]] = (names[into], year)

    # ── applications ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _ledger(self, name: str, organ: Organ, year: int, known: date, count: int) -> None:
        rows = []
        for n in range(count):
            life = Life(
                f"{organ.word}-{year}-{n:05}", name, self.chance.choice(KINDS),
                date(year, 1, 1) + timedelta(self.chance.randrange(365)),
            )  # fmt: skip
            self.books.lives[life.number] = life
            went = life.came + timedelta(self.chance.randrange(45)) if self.chance.random() < 0.95 else None
            code = self.chance.choice(CODES)
            if went and went <= known:
                life.went, life.code = went, code
            elif went:
                self.later[life.number] = (went, code)
            rows.append(
                LedgerRow(
                    "", n + 2, life.came, number=life.number, applicant="李清照", applicant_kind=life.column,
                    content="水费标准", replied_on=life.went, decision=life.code, delivered_on=life.went,
                )
            )  # fmt: skip
        bring_in(audit=self.audit, organ=organ, rows=rows, sha256=str(year))

    def _answered_late(self, known: date) -> None:
        for number, (went, code) in list(self.later.items()):
            if went <= known:
                life = self.books.lives[number]
                life.went, life.code = max(went, life.came), code
                self._happen(number, Event(Kind.DECIDED, life.went, decision=code), Event(Kind.DELIVERED, life.went))
                del self.later[number]

    def _happen(self, number: str, *events: Event) -> None:
        application = Application.objects.get(number=number)
        for event in events:
            happen(audit=self.audit, application=application, event=event)

    def corrected(self, count: int) -> None:
        """Corrections of days and decisions, cases dealt with anew, rows of registers put right, whatever was frozen."""
        for number in self.chance.sample(sorted(self.books.lives), count):
            life, kind = self.books.lives[number], self.chance.choice(("came", "went", "code", "again"))
            if kind == "came":
                life.came += timedelta(self.chance.choice((-60, -20, 20, 60)))
                life.came = min(life.came, life.went or LAST)
                self._put(number, Kind.RECEIVED, Event(Kind.RECEIVED, life.came))
            elif life.went is None or life.again:
                continue
            elif kind == "went":
                life.went = min(max(life.went + timedelta(self.chance.choice((-30, 30, 90))), life.came), LAST)
                self._put(number, Kind.DECIDED, Event(Kind.DECIDED, life.went, decision=life.code))
                self._put(number, Kind.DELIVERED, Event(Kind.DELIVERED, life.went))
            elif kind == "code":
                life.code = self.chance.choice(CODES)
                self._put(number, Kind.DECIDED, Event(Kind.DECIDED, life.went, decision=life.code))
            else:
                life.again, again = True, min(life.went + timedelta(200), LAST)
                reopened = Event(Kind.REOPENED, again, days=20)
                self._happen(number, reopened, Event(Kind.DECIDED, again, decision="G2"), Event(Kind.DELIVERED, again))
        for line, row in self.chance.sample(self.rows, count // 6):
            self._put_right(line, row)

    def _put(self, number: str, kind: Kind, event: Event) -> None:
        application = Application.objects.get(number=number)
        rows = application.events.filter(kind=kind.value, corrected_by=None).order_by("on", "id")
        correct(audit=self.audit, application=application, row=rows[0].pk, event=event, reason="登记有误")

    # ── disputes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _quarrels(self, year: int, known: date) -> None:
        for quarrel, row in self.fights.values():
            self._end(quarrel, row, known)
        for name, organ in self.living():
            for n in range(2):
                kind = self.chance.choice(tuple(ENDS))
                came = date(year, 3, 1) + timedelta(self.chance.randrange(290))
                quarrel = Quarrel(f"{organ.word}{year}行{n}", name, kind, came)
                self.books.quarrels.append(quarrel)
                row = disputes.register(
                    audit=self.audit, organ=organ, kind=kind, before="云岭县人民政府", received_on=came,
                    application=self._own(name, came) if n else None, case_number=quarrel.number,
                )  # fmt: skip
                self.fights[quarrel.number] = (quarrel, row)
                self._end(quarrel, row, known)

    def _own(self, name: str, came: date) -> Application | None:
        found = (life.number for life in self.books.lives.values() if life.organ == name and life.came <= came)
        number = next(found, None)
        return Application.objects.get(number=number) if number else None

    def _end(self, quarrel: Quarrel, row: Dispute, known: date) -> None:
        on = quarrel.came + timedelta(20 + self.chance.randrange(200))
        if quarrel.went is None and on <= known:
            quarrel.went, quarrel.end = on, self.chance.choice(tuple(ENDS[quarrel.kind]))
            disputes.take_step(audit=self.audit, dispute=row, step="decided", on=on, outcome=quarrel.end)

    # ── registers ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _registers(self, name: str, organ: Organ, year: int) -> None:
        for register, (field, address, more) in _TOTALS.items():
            for month in self.chance.sample(range(1, 8), 2):
                adds = Decimal(self.chance.randrange(1, 4000)) / (100 if field == "amount" else 1)
                adds = adds if field == "amount" else Decimal(int(adds))
                values = {"entered_as": "total", "month": f"{year}-{month:02}", field: str(adds), **more}
                row = registers.enter(audit=self.audit, organ=organ, register=register, values=values)
                line = Line(name, address, date(year, month, 1), adds)
                self.books.lines.append(line)
                self.rows.append((line, row))
        for paper in self._papers(name, organ, year):
            self.books.papers.append(paper)

    def _papers(self, name: str, organ: Organ, year: int) -> Iterator[Paper]:
        place = list(self.organs).index(name)
        joint = place >= len(self.organs) - 2
        on = date(year, 4, 8) if joint else date(year, 4, 1 + self.chance.randrange(20))
        number = f"云{len(self.organs) - 1}〔{year}〕99号" if joint else f"{organ.word}〔{year}〕1号"
        days = dict.fromkeys(("issued_on", "effective_on", "public_on"), str(on))
        values = {"name": f"{year}年管理办法", "document_number": number, **days}
        row = registers.enter(audit=self.audit, organ=organ, register="normative_documents", values=values)
        yield Paper(name, on, joint=place == len(self.organs) - 1)
        before = self.first_row.pop(name, None)
        if before is not None and not joint:
            gone = {"document": str(before.pk), "change": "repealed", "on": f"{year}-06-01", "basis": number}
            registers.enter(audit=self.audit, organ=organ, register="document_changes", values=gone)
            next(each for each in self.books.papers if each.organ == name).gone = date(year, 6, 1)
        elif not joint and year < 2025:
            self.first_row.setdefault(name, row)

    def _put_right(self, line: Line, row: Row) -> None:
        if line.void:
            return
        alike = (each for each in self.books.lines if (each.organ, each.address) == (line.organ, line.address))
        if self.chance.random() < 0.2 and sum(each.on.year == line.on.year and not each.void for each in alike) > 1:
            line.void = True
            registers.void(audit=self.audit, row=row, reason="重复登记")
            return
        field = _TOTALS[row.register][0]
        line.adds += 1
        values = dict(row.versions.order_by("-number")[0].values) | {field: str(line.adds)}
        registers.correct(audit=self.audit, row=row, values=values, reason="对账后更正")

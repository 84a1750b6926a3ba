"""Bringing in an existing ledger: every certain row becomes a case, every doubtful one stays out, nothing comes in twice.

One import is one act: all its rows in one transaction, with one audit row over their keys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from gongkai.onrequest.applicants import Channel
from gongkai.onrequest.events import Event, Kind
from gongkai.readers.ledger import LedgerRow as ReadRow
from gongkai.readers.ledger import to_events
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Applicant, Application, Case, CaseEvent, LedgerImport, LedgerRow
from gongkai.web.onrequest.selectors.facts import stands
from gongkai.web.onrequest.services import numbers
from gongkai.web.onrequest.services.facts import copy_standing
from gongkai.web.onrequest.services.intake import (
    Incoming,
    Who,
    code_key,
    content_signature,
    identity_key,
    new_code,
    subject_line,
)
from gongkai.web.organs.models import Organ
from gongkai.web.rules.selectors import calendar_of

SERIES = "台账"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did. `known`: rows that had come in before; `kindless`: rows that do not tell who applied."""

    taken: int
    known: int
    kindless: int = 0


@dataclass(frozen=True, slots=True)
class DueLine:
    """A row of a ledger with its clock, before anything is stored."""

    row: ReadRow
    state: str
    due_on: date | None
    left: int | None
    delivered_on: date | None


def row_of(told: dict[str, Any]) -> ReadRow:
    """A row as the reading process told it."""
    days = {f.name for f in fields(ReadRow) if "date" in str(f.type)}
    said: dict[str, Any] = {k: date.fromisoformat(v) if k in days else v for k, v in told.items()}
    said.pop("key", None)
    notes = said.pop("notes", {})
    return ReadRow(**{"sheet": "", **said}, notes=tuple(notes.items()))


def _incoming(organ: Organ, row: ReadRow, kind: str) -> Incoming:
    known = {channel.value for channel in Channel}
    return Incoming(
        organ=organ,
        channel=row.channel if row.channel in known else Channel.IN_PERSON,
        who=Who(
            kind=row.applicant_kind or kind,
            name=row.applicant,
            identity_kind="",
            identity=row.identity_number,
            phone=row.phone,
            address=row.address,
        ),
        content=row.content,
        received_on=row.received_on,
        origin="ledger",
    )


def _with_closing(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What a ledger tells as answered is closed with the answer: its file lies where it lay."""
    last = next((event for event in events if event.kind is Kind.DELIVERED), None)
    return (*events, Event(Kind.CLOSED, max(event.on for event in events))) if last else events


class _Bringing:
    """The rows of one import, gathered by table and written in bulk."""

    def __init__(self, audit: Audit, organ: Organ, ledger: LedgerImport, kind: str) -> None:
        self.audit, self.organ, self.ledger, self.kind = audit, organ, ledger, kind
        self.now = timezone.now()
        self.calendar = calendar_of(audit.county)
        self.rows: dict[type[models.Model], list[Any]] = {
            kind: [] for kind in (Application, Applicant, CaseEvent, Case, LedgerRow)
        }

    def take(self, row: ReadRow, number: str) -> None:
        """One row, as all the rows that a case is made of."""
        incoming, key, code, county = _incoming(self.organ, row, self.kind), new_key(), new_code(), self.audit.county
        application = Application(
            id=key,
            county=county,
            organ=self.organ,
            number=number,
            channel=incoming.channel,
            origin="ledger",
            subject=subject_line(incoming),
            provision="any",
            manner="post",
            query_key=code_key(code),
            likeness=content_signature(incoming.content),
            once=f"ledger:{hashlib.sha256(f'{self.organ.pk}:{row.key}'.encode()).hexdigest()}",
            submitted_at=timezone.make_aware(datetime.combine(row.received_on, time(12))),
            recorded_at=self.now,
            **personal.keep(Application, key, content=row.content, query_code=code),
        )
        self.rows[Application].append(application)
        person = identity_key(incoming.who)
        self._applicant(application, incoming.who, person)
        events = [
            CaseEvent(
                county=county,
                application=application,
                kind=event.kind.value,
                on=event.on,
                until=event.until,
                days=event.days,
                matter=event.matter,
                decision=event.decision,
                reason="台账导入",
                by=self.audit.actor,
                recorded_at=self.now,
            )
            for event in _with_closing(to_events(row))
        ]
        self.rows[CaseEvent] += events
        self._case(application, incoming, events, person)
        self.rows[LedgerRow].append(
            LedgerRow(
                county=county,
                ledger=self.ledger,
                application=application,
                organ=self.organ,
                fingerprint=row.key,
                place=f"{row.sheet}第{row.line}行"[:60],
                recorded_at=self.now,
            )
        )

    def _applicant(self, application: Application, who: Who, person: str) -> None:
        key = new_key()
        told = {f: getattr(who, f).strip() for f in ("name", "identity", "phone", "email", "address", "agent")}
        self.rows[Applicant].append(
            Applicant(
                id=key,
                county=application.county,
                application=application,
                kind=who.kind,
                identity_kind=who.identity_kind,
                identity_key=person,
                by=self.audit.actor,
                recorded_at=self.now,
                **personal.keep(Applicant, key, **told),
            )
        )

    def _case(self, application: Application, incoming: Incoming, events: list[CaseEvent], person: str) -> None:
        case = Case(
            application=application,
            county=application.county,
            organ=self.organ,
            number=application.number,
            subject=application.subject,
            channel=incoming.channel,
            applicant_kind=incoming.who.kind,
            identity_key=person,
            revision=1,
            changed_at=self.now,
        )
        copy_standing(case, stands(self.calendar, events))
        self.rows[Case].append(case)

    def write(self) -> None:
        """Everything at once, parents first."""
        for kind, rows in self.rows.items():
            kind._default_manager.bulk_create(rows, batch_size=BATCH)


def _numbers(audit: Audit, organ: Organ, rows: Iterable[ReadRow]) -> Iterator[str]:
    """The ledger's own numbers; one of ours where it has none or another organ's case bears it already."""
    rows = list(rows)
    asked = [row.number for row in rows if row.number]
    taken: set[str] = set()
    for first in range(0, len(asked), BATCH):
        found = Application.objects.filter(county=audit.county, number__in=asked[first : first + BATCH])
        taken |= set(found.values_list("number", flat=True))
    for row in rows:
        plain = row.number[:60]
        if plain and plain not in taken:
            taken.add(plain)
            yield plain
            continue
        year = row.received_on.year
        text = f"{organ.word or organ.name[:10]}-{year}-台账{{n}}"
        yield numbers.take(audit=audit, organ=organ, series=SERIES, year=year, text=text).text


def already_in(organ: Organ, rows: Iterable[ReadRow]) -> int:
    """How many of these rows came in before."""
    known = set(LedgerRow.objects.filter(organ=organ).values_list("fingerprint", flat=True))
    return sum(1 for row in rows if row.key in known)


def bring_in(
    *, audit: Audit, organ: Organ, rows: Iterable[ReadRow], sha256: str, left_out: int = 0, kind: str = ""
) -> Brought:
    """Import the certain rows of a ledger. Rows that came in before are passed over; a file may be imported again.

    `kind` is what a person decided for rows that do not tell the kind of applicant; without it they stay out: the
    column of the yearly table is never guessed.
    """
    rows = list(rows)
    kindless = 0 if kind else sum(1 for row in rows if not row.applicant_kind)
    rows = [row for row in rows if row.applicant_kind or kind]
    left_out += kindless
    if not rows:
        raise Refused("台账中没有可以导入的行。请先按提示改正存疑的行；没有写申请人类型的，请选择按哪一类登记。")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        known = set(LedgerRow.objects.filter(organ=organ).values_list("fingerprint", flat=True))
        fresh = list({row.key: row for row in rows if row.key not in known}.values())
        ledger = LedgerImport.objects.create(
            county=audit.county,
            organ=organ,
            sha256=sha256,
            taken=len(fresh),
            left_out=left_out,
            known=len(rows) - len(fresh),
            by=audit.actor,
        )
        bringing = _Bringing(audit, organ, ledger, kind)
        for row, number in zip(fresh, _numbers(audit, organ, fresh), strict=True):
            bringing.take(row, number)
        bringing.write()
        keys = hashlib.sha256("\n".join(row.key for row in fresh).encode()).hexdigest()
        audit.record(
            "onrequest.import_ledger",
            ledger,
            {"taken": len(fresh), "known": ledger.known, "left_out": left_out, "sha256": sha256, "rows": keys},
        )
        failpoint("ledger.before_commit")
    return Brought(len(fresh), ledger.known, kindless)

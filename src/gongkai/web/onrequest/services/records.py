"""Work that leaves evidence: contacts, searches, checks, reasons; who handles a case; who else may look at it."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.covered import covering, keep_typed, open_words
from gongkai.web.onrequest.evidenceforms import lacking
from gongkai.web.onrequest.models import Application, Assignment, Case, CaseRecord, Passing
from gongkai.web.onrequest.recordkinds import KINDS, REQUIRED
from gongkai.web.onrequest.services.facts import locked
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import seats
from gongkai.web.typed import check_come


def record(
    *, audit: Audit, application: Application, kind: str, on: date, words: str = "", told: dict[str, str] | None = None
) -> CaseRecord:
    """Write down work on a case. Refused for a day to come or when what the kind needs is missing."""
    if kind not in KINDS:
        raise Refused("请选择记录的种类。")
    check_come(on)
    facts = {k: v.strip() for k, v in (told or {}).items() if v.strip()}
    facts |= {"words": words.strip()} if words.strip() else {}
    lacking = [said for key, said in REQUIRED[kind] if not facts.get(key)]
    if lacking:
        raise Refused(f"请填写{'、'.join(lacking)}。")
    key = new_key()
    with transaction.atomic():
        row = CaseRecord.objects.create(
            id=key,
            county=application.county,
            application=application,
            kind=kind,
            on=on,
            by=audit.actor,
            **personal.keep(CaseRecord, key, words=_lines(facts)),
        )
        audit.record(f"onrequest.record_{kind}", row, {"application": str(application.pk), "on": str(on)})
        if kind == "contact":
            Case.objects.filter(application=application).exclude(waits_for="").update(waits_for="")
    return row


def record_evidence(*, audit: Audit, application: Application, kind: str, on: date, told: dict[str, str]) -> CaseRecord:
    """Write down a piece of evidence as its form asks for it. Refused with the names of what is lacking."""
    if kind not in KINDS:
        raise Refused("请选择记录的种类。")
    missing = lacking(kind, told)
    if missing:
        raise Refused(f"请填写{'、'.join(missing)}。")
    words = told.get("words", "") or told.get("result", "") or next(iter(told.values()), "")
    rest = {key: value for key, value in told.items() if key != "words"}
    return record(audit=audit, application=application, kind=kind, on=on, words=words, told=rest)


def _lines(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def confirm_receipt(*, audit: Audit, application: Application, way: str, words: str = "") -> CaseRecord:
    """Confirm with the applicant that the application arrived (art. 31): the task of the day it came."""
    with transaction.atomic():
        case = locked(application)
        if not case.to_confirm:
            raise Refused("这件申请不需要确认，或者已经确认过。")
        row = record(
            audit=audit,
            application=application,
            kind="confirmation",
            on=timezone.localdate(),
            words=words,
            told={"way": way},
        )
        case.to_confirm = 0
        case.save(update_fields=["to_confirm"])
    return row


def assign(*, audit: Audit, application: Application, handler: uuid.UUID, reason: str = "") -> Assignment:
    """Who handles the case from now on."""
    with transaction.atomic():
        case = locked(application)
        row = Assignment.objects.create(
            county=application.county,
            application=application,
            handler=handler,
            by=audit.actor,
            **open_words(Assignment, covering(application), reason=reason),
        )
        keep_typed(row, application, reason=reason)
        audit.record("onrequest.assign", row, {"application": str(application.pk), "handler": str(handler)})
        case.handler = handler
        case.save(update_fields=["handler"])
    return row


def _handled(person: Person) -> QuerySet[Case]:
    return Case.objects.filter(county=person.county, handler=person.pk).exclude(open=0)


def count_handled(person: Person) -> int:
    """How many applications this person handles whose file is not closed."""
    return _handled(person).count()


def hand_on(*, audit: Audit, from_person: Person, to_person: Person) -> int:
    """Give another person the open applications of the organs at which they act; those of other organs stay."""
    organs = [seat.organ for seat in seats(to_person, timezone.localdate()) if seat.organ is not None]
    rows = _handled(from_person).filter(organ__in=organs).select_related("application").order_by("pk")
    return len(
        [assign(audit=audit, application=row.application, handler=to_person.pk, reason="工作移交") for row in rows]
    )


def pass_on(
    *,
    audit: Audit,
    application: Application,
    purpose: str,
    asks: str,
    organ: Organ | None = None,
    person: uuid.UUID | None = None,
    until: date | None = None,
) -> Passing:
    """Show the case to another organ or person for help. The organ of the case stays: the Regulations know no transfer."""
    if purpose not in dict(Passing.PURPOSES):
        raise Refused("请选择请对方做什么。")
    if (organ is None) == (person is None):
        raise Refused("请选择一个机关，或者一个人。")
    if not asks.strip():
        raise Refused("请写明请对方做什么，例如检索的范围和反馈的期限。")
    key = new_key()
    with transaction.atomic():
        locked(application)
        row = Passing.objects.create(
            id=key,
            county=application.county,
            application=application,
            organ=organ,
            person=person,
            purpose=purpose,
            on=timezone.localdate(),
            until=until,
            by=audit.actor,
            **personal.keep(Passing, key, asks=asks.strip()),
        )
        audit.record("onrequest.pass_on", row, {"application": str(application.pk), "purpose": purpose})
    return row


def end_passing(*, audit: Audit, passing: Passing, words: str = "") -> Passing:
    """The help was given or is no longer needed: the other side no longer sees the case."""
    key = new_key()
    with transaction.atomic():
        if Passing.objects.filter(ends=passing).exists():
            raise Refused("这项协助已经结束。")
        row = Passing.objects.create(
            id=key,
            county=passing.county,
            application=passing.application,
            organ=passing.organ,
            person=passing.person,
            purpose=passing.purpose,
            on=timezone.localdate(),
            ends=passing,
            by=audit.actor,
            **personal.keep(Passing, key, asks=words.strip()),
        )
        audit.record("onrequest.end_passing", row, {"passing": str(passing.pk)})
    return row


def handler_of(application: Application) -> uuid.UUID | None:
    """Who handles the case now."""
    return Case.objects.values_list("handler", flat=True).get(application=application)

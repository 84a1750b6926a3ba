"""The register of accountability: entered, corrected and voided with a reason. That there was none is never written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.organs.models import Organ
from gongkai.web.oversight.models import Accountability
from gongkai.web.oversight.services.words import said
from gongkai.web.typed import check_come

MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered."""

    kind: str
    on: date
    decided_by: str
    words: str
    document: str = ""
    people: int = 0
    complaint: uuid.UUID | None = None


def enter(*, audit: Audit, organ: Organ, entry: Entry) -> Accountability:
    """Enter what a competent authority decided."""
    return _write(audit, organ, entry, None, "")


def correct(*, audit: Audit, stem: uuid.UUID, entry: Entry, reason: str) -> Accountability:
    """Put an entry right; what it said before stays, and which complaint led to it."""
    return _write(audit, None, entry, stem, said(reason, "更正的理由", 200))


def void(*, audit: Audit, stem: uuid.UUID, reason: str) -> Accountability:
    """Take an entry out of the count; it stays to be seen, struck through."""
    why = said(reason, "作废的理由", 200)
    with transaction.atomic():
        last = _last(audit, stem)
        row = Accountability.objects.create(
            county=last.county, stem=stem, organ=last.organ, on=last.on, kind=last.kind, decided_by=last.decided_by,
            document=last.document, people=last.people, words=last.words, complaint=last.complaint, void=True,
            reason=why, by=audit.actor,
        )  # fmt: skip
        audit.record("oversight.void_accountability", row, {"stem": str(stem)})
    return row


def _last(audit: Audit, stem: uuid.UUID) -> Accountability:
    rows = Accountability.objects.filter(county=audit.county, stem=stem)
    found = rows.select_related("organ").order_by("-id").first()
    if found is None:
        raise Refused("没有这一条登记。")
    if found.void:
        raise Refused("这一条已经作废，不能再改。")
    return found


def _write(audit: Audit, organ: Organ | None, entry: Entry, stem: uuid.UUID | None, reason: str) -> Accountability:
    if entry.kind not in dict(Accountability.KINDS):
        raise Refused("请选择处理方式。")
    check_come(entry.on, "决定日期")
    if not 0 <= entry.people <= MOST_PEOPLE:
        raise Refused(f"涉及人数应为0至{MOST_PEOPLE}。")
    with transaction.atomic():
        last = _last(audit, stem) if stem else None
        key = new_key()
        where = last.organ if last else organ
        if where is None:
            raise Refused("请选择单位。")
        row = Accountability.objects.create(
            id=key,
            county=audit.county,
            stem=stem or key,
            organ=where,
            on=entry.on,
            kind=entry.kind,
            decided_by=said(entry.decided_by, "作出决定的机关", 120),
            document=said(entry.document, "文号", 120, needed=False),
            people=entry.people,
            words=said(entry.words, "事由", 1000),
            complaint=last.complaint if last else entry.complaint,
            reason=reason,
            by=audit.actor,
        )
        audit.record("oversight.enter_accountability", row, {"stem": str(row.stem), "kind": entry.kind})
    return row

"""What of a kind is on record in a case, opened for who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web.onrequest.evidenceforms import lines
from gongkai.web.onrequest.models import Application, CaseRecord
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.people.selectors import names_of


@dataclass(frozen=True, slots=True)
class Noted:
    """A record in words."""

    on: date
    name: str
    lines: tuple[str, ...]


def on_record(application: Application, kind: str) -> list[Noted]:
    """The records of a kind, newest first."""
    rows = list(CaseRecord.objects.filter(application=application, kind=kind).order_by("-id"))
    names = names_of({row.by for row in rows})
    return [Noted(row.on, names.get(row.by, ""), lines(kind, told(row))) for row in rows]

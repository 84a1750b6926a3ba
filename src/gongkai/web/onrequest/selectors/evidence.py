"""What of a kind is on record in a case, opened for who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.onrequest.letters import letter_type
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


_FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "search_record": (("searched_by", "places"), ("search_words", "way"), ("searched_on", "_on")),
    "provided_list": (("provided", "words"), ("form", "form")),
    "severance": (("withheld_parts", "words"),),
    "publication_place": (("places", "places"),),
}
"""What a letter takes from a record: its field, and what the record says there."""


def fields_from_evidence(application: Application, kind: str) -> dict[str, str | date]:
    """The fields of a letter of `kind` that stand in the newest record of each kind of evidence."""
    wanted = letter_type(kind).fields
    found: dict[str, str | date] = {}
    rows = CaseRecord.objects.filter(application=application, kind__in=_FIELDS).order_by("id")
    for row in {row.kind: row for row in rows}.values():
        said = told(row)
        if row.kind == "search_record":
            said["way"] = "；".join(filter(None, (said.get("way"), said.get("keywords"))))
        for name, source in _FIELDS[row.kind]:
            value = row.on if source == "_on" else said.get(source, "")
            if name in wanted and value:
                found[name] = value
    return found

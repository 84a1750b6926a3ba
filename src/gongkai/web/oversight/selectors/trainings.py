"""Trainings as lists, pages and figures show them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.organs.selectors import Organs
from gongkai.web.organs.selectors import names_of as organ_names
from gongkai.web.oversight.models import Attendance, Paper, Sitting, Training
from gongkai.web.people.selectors import names_of


@dataclass(frozen=True, slots=True)
class Line:
    """A training in its list, with its figures."""

    training: Training
    people: int
    organs: int
    sat: int
    passed: int


def newest(county: uuid.UUID, year: int | None = None, known_at: datetime | None = None) -> list[Training]:
    """The trainings as they are now, or were known at a moment, newest first."""
    rows: dict[uuid.UUID, Training] = {}
    for row in _by(Training.objects.filter(county=county), known_at).select_related("host").order_by("id"):
        rows[row.stem] = row
    found = [row for row in rows.values() if year is None or row.on.year == year]
    return sorted(found, key=lambda row: (row.on, row.pk), reverse=True)


def lines(county: uuid.UUID, organs: Organs, year: int | None) -> list[Line]:
    """The trainings of a year with their figures: all of them (None), or those of some hosts and those for all."""
    found = newest(county, year)
    return _lines([row for row in found if organs is None or row.for_all or row.host_id in organs])


def line(row: Training) -> Line:
    """One training with its figures."""
    return _lines([row])[0]


def _by(rows: QuerySet[Any], known_at: datetime | None) -> QuerySet[Any]:
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def _lines(rows: Sequence[Training], known_at: datetime | None = None) -> list[Line]:
    stems = [row.stem for row in rows]
    came: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for stem, organ in _by(Attendance.objects.filter(training__in=stems), known_at).values_list("training", "organ"):
        came[stem].append(organ)
    best: dict[uuid.UUID, dict[uuid.UUID, bool]] = defaultdict(lambda: defaultdict(bool))
    for each in Sitting.objects.filter(training__in=stems):
        best[each.training][each.by] |= each.passed
    return [
        Line(row, len(came[row.stem]), len(set(came[row.stem])), len(best[row.stem]), sum(best[row.stem].values()))
        for row in rows
    ]


def training(county: uuid.UUID, stem: uuid.UUID) -> Training | None:
    """A training as it is now."""
    rows = Training.objects.filter(county=county, stem=stem)
    return rows.select_related("host").order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Came:
    """How many of an organ came, and who."""

    organ: str
    people: int
    names: tuple[str, ...]


def came(row: Training, *, audit: Audit | None = None) -> list[Came]:
    """Who came, by organ. Names only for who may see them (`audit`): that they were seen is on record."""
    rows = list(Attendance.objects.filter(training=row.stem).order_by("id"))
    organs = organ_names(each.organ_id for each in rows)
    held: dict[uuid.UUID, list[str]] = defaultdict(list)
    people = names_of(each.person for each in rows if each.person) if audit else {}
    for each in rows:
        if audit and each.person is None:
            name = str(personal.seen(audit, "oversight.see_personal", each, "name")["name"])
        else:
            name = people.get(each.person, "") if each.person else ""
        held[each.organ_id].append(name)
    found = [Came(organs[key], len(names), tuple(name for name in names if name)) for key, names in held.items()]
    return sorted(found, key=lambda each: (-each.people, each.organ))


def paper(row: Training) -> Paper | None:
    """The questions that hold."""
    return Paper.objects.filter(training=row.stem).order_by("-version").first()


def paper_text(found: Paper) -> str:
    """The questions as a person types them."""
    blocks = []
    for question, choices, right in found.questions:
        lines = [f"*{words}" if place in right else words for place, words in enumerate(choices)]
        blocks.append("\n".join([question, *lines]))
    return "\n\n".join(blocks)


def signed(row: Training, person: uuid.UUID) -> bool:
    """Whether a person signed in."""
    return Attendance.objects.filter(training=row.stem, person=person).exists()


def sittings(row: Training, person: uuid.UUID) -> list[tuple[Sitting, bool]]:
    """A person's own sittings, newest first, and whether each reached the mark."""
    rows = Sitting.objects.filter(training=row.stem, by=person).order_by("-id")
    return [(each, each.passed) for each in rows]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the trainings of a year came to. `people` counts each person as often as they came."""

    held: int
    people: int
    sat: int
    passed: int


def counted(
    county: uuid.UUID, year: int, today: date, organs: Organs = None, known_at: datetime | None = None
) -> Counted:
    """The trainings held in a year until today, of the county or of some hosts; those called off do not count.

    With `known_at` those, and who came to them, that were known by then; of the tests it tells as of now.
    """
    held = [row for row in newest(county, year, known_at) if not row.cancelled and row.on <= today]
    found = _lines([row for row in held if organs is None or row.host_id in organs], known_at)
    return Counted(len(found), sum(e.people for e in found), sum(e.sat for e in found), sum(e.passed for e in found))

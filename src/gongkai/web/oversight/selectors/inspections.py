"""Checklists and visits as lists and pages show them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from gongkai.web.organs.selectors import Organs
from gongkai.web.oversight.models import Checklist, Duty, Inspection, InspectionEnd, Judgement
from gongkai.web.oversight.selectors.duties import Shown, evidence_of

VERDICTS = dict(Judgement.VERDICTS)


def checklists(county: uuid.UUID) -> list[Checklist]:
    """The newest version of each checklist."""
    newest: dict[str, Checklist] = {}
    for row in Checklist.objects.filter(county=county).order_by("name", "version"):
        newest[row.name] = row
    return list(newest.values())


def checklist(county: uuid.UUID, key: uuid.UUID) -> Checklist | None:
    """One version of a checklist."""
    return Checklist.objects.filter(county=county, pk=key).first()


def as_text(found: Checklist) -> str:
    """A checklist as a person types it."""
    out, group = [], ""
    for _, of, words, how in found.lines:
        if of != group:
            out.append(f"# {of}")
            group = of
        out.append(f"{words} | {how}" if how else words)
    return "\n".join(out)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit in its list."""

    inspection: Inspection
    ended: InspectionEnd | None
    judged: int
    of: int
    problems: int
    closed: int


def visits(county: uuid.UUID, organs: Organs, limit: int = 200) -> list[Visit]:
    """The visits, newest first. An organ's own people see those that ended."""
    found = Inspection.objects.filter(county=county).select_related("organ", "checklist", "end")
    if organs is not None:
        found = found.filter(organ__in=organs, end__isnull=False)
    rows = list(found.order_by("-on", "-id")[:limit])
    judged: dict[uuid.UUID, dict[str, Judgement]] = defaultdict(dict)
    for each in Judgement.objects.filter(inspection__in=rows).order_by("id"):
        judged[each.inspection_id][each.line] = each
    given = _given(key.pk for lines in judged.values() for key in lines.values())
    out = []
    for row in rows:
        held = judged[row.pk]
        mine = [given[one.pk] for one in held.values() if one.pk in given]
        met = sum(one.verdict == "problem" for one in held.values())
        ended = getattr(row, "end", None)
        out.append(
            Visit(row, ended, len(held), len(row.checklist.lines), met, sum(duty.state == "done" for duty in mine))
        )
    return out


def _given(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Duty]:
    found = Duty.objects.filter(source="inspection", source_key__in=list(keys), kind="problem")
    return {each.source_key: each for each in found if each.source_key}


def inspection(county: uuid.UUID, key: uuid.UUID) -> Inspection | None:
    """A visit of the county."""
    found = Inspection.objects.filter(county=county, pk=key)
    return found.select_related("organ", "checklist", "end").first()


def ended(found: Inspection) -> InspectionEnd | None:
    """The end of a visit; None while it goes on."""
    return InspectionEnd.objects.filter(inspection=found).first()


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list with what holds of it."""

    key: str
    group: str
    words: str
    how: str
    judged: Judgement | None
    verdict_zh: str
    files: tuple[Shown, ...]
    duty: Duty | None


def items(found: Inspection) -> list[Item]:
    """The lines of a visit in their order. Photos of earlier judgements of a line stay with it."""
    judged: dict[str, Judgement] = {}
    photos: dict[str, list[Shown]] = defaultdict(list)
    rows = list(Judgement.objects.filter(inspection=found).order_by("id"))
    files = evidence_of("judgement", [row.pk for row in rows])
    for row in rows:
        judged[row.line] = row
        photos[row.line] += files.get(row.pk, [])
    given = _given(row.pk for row in rows)
    out = []
    for key, group, words, how in found.checklist.lines:
        row_of = judged.get(key)
        verdict = VERDICTS[row_of.verdict] if row_of else ""
        duty = given.get(row_of.pk) if row_of else None
        out.append(Item(key, group, words, how, row_of, verdict, tuple(photos[key]), duty))
    return out


@dataclass(frozen=True, slots=True)
class Counted:
    """What inspections of a year came to."""

    inspections: int
    organs: int
    problems: int
    closed: int


def counted(county: uuid.UUID, year: int, organs: Organs = None) -> Counted:
    """How many visits ended in a year, at how many organs, how many problems they gave out and how many are closed."""
    found = Inspection.objects.filter(county=county, on__year=year, end__isnull=False)
    duties = Duty.objects.filter(county=county, kind="problem", source="inspection", year=year)
    if organs is not None:
        found, duties = found.filter(organ__in=organs), duties.filter(organ__in=organs)
    told = found.aggregate(n=Count("id"), organs=Count("organ", distinct=True))
    met = duties.exclude(state="withdrawn").aggregate(n=Count("id"), done=Count("id", filter=Q(state="done")))
    return Counted(told["n"], told["organs"], met["n"], met["done"])

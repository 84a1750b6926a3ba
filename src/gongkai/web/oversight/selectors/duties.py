"""Points with what became of their tasks; tasks and problems as lists, pages and figures show them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from gongkai.web.files.selectors import about
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.organs.selectors import names_of as organ_names
from gongkai.web.organs.succession import succession
from gongkai.web.oversight.kinds import ACTS, STATES
from gongkai.web.oversight.models import Duty, DutyAct, Evidence, Judgement, Point
from gongkai.web.people.selectors import names_of

KINDS = dict(Duty.KINDS)
GROUPS: dict[str, Q] = {
    "open": Q(state="open"),
    "answered": Q(state="answered"),
    "done": Q(state="done"),
    "withdrawn": Q(state="withdrawn"),
}
SOURCES = dict(Duty.SOURCES)


@dataclass(frozen=True, slots=True)
class Line:
    """A duty as a list shows it."""

    duty: Duty
    today: date

    @property
    def state_zh(self) -> str:
        """Where it stands."""
        return STATES[self.duty.kind][self.duty.state]

    @property
    def source_zh(self) -> str:
        """What it came from."""
        return SOURCES[self.duty.source]

    @property
    def now(self) -> uuid.UUID | None:
        """The key of the organ that has it today."""
        return succession(self.duty.county).taker(self.duty.organ_id)

    @property
    def organ_zh(self) -> str:
        """Whose it is: the organ, or who took it over with whose it was."""
        return succession(self.duty.county).named(self.duty.organ)

    @property
    def passed_on(self) -> str:
        """What became of the organ to which it was given, in a sentence; empty while that is there."""
        return succession(self.duty.county).note(self.duty.organ_id)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed while nobody answered."""
        return self.duty.state == "open" and self.duty.due_on < self.today


def _of(county: uuid.UUID, organs: Organs, kind: str) -> QuerySet[Duty]:
    found = Duty.objects.filter(county=county, kind=kind).select_related("organ")
    return of_organs(found, organs)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. An empty `group` means every state."""

    group: str = ""
    year: int | None = None
    organ: uuid.UUID | None = None
    source: str = ""
    overdue: bool = False
    words: str = ""


def _narrowed(found: QuerySet[Duty], wanted: Wanted, today: date) -> QuerySet[Duty]:
    if wanted.group:
        found = found.filter(GROUPS[wanted.group])
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.organ:
        found = found.filter(organ=wanted.organ)
    if wanted.source:
        found = found.filter(source=wanted.source)
    if wanted.words:
        found = found.filter(Q(title__icontains=wanted.words) | Q(number__icontains=wanted.words))
    return found.filter(state="open", due_on__lt=today) if wanted.overdue else found


def duties(
    county: uuid.UUID, organs: Organs, kind: str, wanted: Wanted, today: date, *, limit: int = 51, offset: int = 0
) -> list[Line]:
    """The duties of a group, what is due first on top; of what has ended the newest."""
    found = _narrowed(_of(county, organs, kind), wanted, today)
    ended = wanted.group in ("done", "withdrawn")
    order = ("-closed_on", "-id") if ended else ("due_on", "id")
    return [Line(duty, today) for duty in found.order_by(*order)[offset : offset + limit]]


def counts(county: uuid.UUID, organs: Organs, kind: str, today: date) -> dict[str, int]:
    """How many duties each group has, and how many are overdue."""
    asked = {name: Count("id", filter=where) for name, where in GROUPS.items()}
    late = Count("id", filter=Q(state="open", due_on__lt=today))
    return dict(_of(county, organs, kind).order_by().aggregate(**asked, overdue=late))


def duty(county: uuid.UUID, key: uuid.UUID) -> Duty | None:
    """A duty of the county."""
    return Duty.objects.filter(county=county, pk=key).select_related("organ").first()


def duties_with(county: uuid.UUID, keys: Iterable[uuid.UUID], today: date) -> list[Line]:
    """The duties of these keys, in the order of their days."""
    found = Duty.objects.filter(county=county, pk__in=list(keys)).select_related("organ").order_by("due_on", "id")
    return [Line(each, today) for each in found]


def taken_over(county: uuid.UUID, source: str, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Duty]]:
    """The problems that were taken over from these things, by the thing."""
    found: dict[uuid.UUID, list[Duty]] = defaultdict(list)
    for each in Duty.objects.filter(county=county, kind="problem", source=source, source_key__in=list(keys)):
        assert each.source_key is not None
        found[each.source_key].append(each)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that bears something out, as a page shows it."""

    key: uuid.UUID
    name: str
    picture: bool
    stripped: bool


def evidence_of(kind: str, of: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Shown]]:
    """The files of these acts, in order."""
    found: dict[uuid.UUID, list[Shown]] = defaultdict(list)
    for row in Evidence.objects.filter(kind=kind, of__in=list(of)).order_by("id"):
        told = about(row.file_id)
        found[row.of].append(Shown(row.pk, told.name, told.media_type in ("image/jpeg", "image/png"), row.stripped))
    return found


def evidence(county: uuid.UUID, key: uuid.UUID) -> Evidence | None:
    """A file of the county that bears something out."""
    return Evidence.objects.filter(county=county, pk=key).first()


def owner_of(row: Evidence) -> Duty | Judgement | None:
    """The duty, or the judgement of an inspection, that a file bears out; None for other files."""
    if row.kind == "duty":
        act = DutyAct.objects.filter(pk=row.of).select_related("duty").first()
        return act.duty if act else None
    if row.kind == "judgement":
        return Judgement.objects.filter(pk=row.of).select_related("inspection").first()
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what was done about a duty."""

    at: datetime
    what: str
    who: str
    words: str
    due_on: date | None
    files: tuple[Shown, ...]


def story(found: Duty) -> list[Told]:
    """What was done about a duty, in order; for a problem of an inspection the photos taken there lead."""
    acts = list(DutyAct.objects.filter(duty=found).order_by("id"))
    people = names_of(act.by for act in acts)
    files = evidence_of("duty", [act.pk for act in acts])
    first: tuple[Shown, ...] = ()
    if found.source == "inspection" and found.source_key:
        first = tuple(evidence_of("judgement", [found.source_key]).get(found.source_key, ()))
    names = ACTS[found.kind]
    return [
        Told(
            act.recorded_at,
            names[act.act],
            people.get(act.by, ""),
            act.words,
            act.due_on,
            (*(first if place == 0 else ()), *files.get(act.pk, ())),
        )
        for place, act in enumerate(acts)
    ]


@dataclass(frozen=True, slots=True)
class PointLine:
    """A work point with what became of its tasks."""

    point: Point
    tasks: int
    done: int
    overdue: int
    organs: int


def points(county: uuid.UUID, year: int, organs: Organs, today: date) -> list[PointLine]:
    """The points of a year as they stand now, each with the figures of its tasks (of these organs)."""
    newest: dict[uuid.UUID, Point] = {}
    for row in Point.objects.filter(county=county, year=year).order_by("id"):
        newest[row.stem] = row
    asked = {
        "tasks": Count("id", filter=~Q(state="withdrawn")),
        "done": Count("id", filter=Q(state="done")),
        "overdue": Count("id", filter=Q(state="open", due_on__lt=today)),
        "organs": Count("organ", distinct=True, filter=~Q(state="withdrawn")),
    }
    tallied: list[Any] = list(
        _of(county, organs, "task")
        .filter(source_key__in=list(newest))
        .order_by()
        .values("source_key")
        .annotate(**asked)
    )
    by_point = {row["source_key"]: row for row in tallied}
    empty = {"tasks": 0, "done": 0, "overdue": 0, "organs": 0}
    lines = []
    for stem, row in newest.items():
        told = by_point.get(stem, empty)
        lines.append(PointLine(row, told["tasks"], told["done"], told["overdue"], told["organs"]))
    return sorted(lines, key=lambda line: (line.point.position, line.point.pk))


def point(county: uuid.UUID, stem: uuid.UUID) -> Point | None:
    """A point as it stands now."""
    return Point.objects.filter(county=county, stem=stem).order_by("-id").first()


def years(county: uuid.UUID) -> list[int]:
    """The years that have points, newest first."""
    return sorted(set(Point.objects.filter(county=county).values_list("year", flat=True)), reverse=True)


def tasks_of(county: uuid.UUID, stem: uuid.UUID, organs: Organs, today: date) -> list[Line]:
    """The tasks of a point."""
    found = _of(county, organs, "task").filter(source_key=stem)
    return [Line(each, today) for each in found.order_by("due_on", "id")]


@dataclass(frozen=True, slots=True)
class Figure:
    """How one organ does: every share stands beside what it is a share of."""

    organ: str
    given: int
    done: int
    in_time: int
    waiting: int
    overdue: int


def figures(county: uuid.UUID, organs: Organs, kind: str, year: int, today: date) -> list[Figure]:
    """By organ: what was given in a year and what became of it until today. What was withdrawn is left out.

    What was given to an organ that is no more counts with who took it over.
    """
    asked = {
        "given": Count("id"),
        "done": Count("id", filter=Q(state="done")),
        "in_time": Count("id", filter=Q(state="done", late=False)),
        "waiting": Count("id", filter=Q(state__in=("open", "answered"))),
        "overdue": Count("id", filter=Q(state="open", due_on__lt=today)),
    }
    found = _of(county, organs, kind).filter(year=year).exclude(state="withdrawn").order_by()
    rows: list[Any] = list(found.values("organ").annotate(**asked))
    heirs = succession(county)
    whose = {row["organ"]: heirs.taker(row["organ"]) or row["organ"] for row in rows}
    names = organ_names(whose.values())
    lines = [
        Figure(names[organ], *(sum(row[key] for row in rows if whose[row["organ"]] == organ) for key in asked))
        for organ in dict.fromkeys(whose.values())
    ]
    return sorted(lines, key=lambda line: (-line.overdue, -line.waiting, line.organ))


def waiting(county: uuid.UUID, organ: uuid.UUID, limit: int, today: date) -> list[Line]:
    """What waits for an organ's answer, what is due first on top."""
    whose = succession(county).carried(organ)
    found = Duty.objects.filter(county=county, organ__in=whose, state="open").select_related("organ")
    return [Line(each, today) for each in found.order_by(F("due_on").asc(), "id")[:limit]]


def to_verify(county: uuid.UUID, limit: int, today: date) -> list[Line]:
    """What was answered and waits for a look, oldest answer first."""
    found = Duty.objects.filter(county=county, state="answered").select_related("organ")
    return [Line(each, today) for each in found.order_by("answered_on", "id")[:limit]]

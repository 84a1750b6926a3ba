"""Tasks as lists, pages and figures show them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from gongkai.calendar import Calendar
from gongkai.patrol.addresses import shown
from gongkai.patrol.kinds import GRADES, KINDS, Kind
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.organs.selectors import names_of as organ_names
from gongkai.web.patrol.models import Deed, Sighting, Task
from gongkai.web.people.selectors import names_of

GROUPS: dict[str, tuple[str, Q]] = {
    "open": ("待处理", Q(state="open")),
    "unassigned": ("待分办", Q(state__in=("open", "answered"), organ=None)),
    "answered": ("待复查", Q(state="answered")),
    "done": ("已办结", Q(state="done")),
    "dismissed": ("不作为问题", Q(state="dismissed")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a list shows it."""

    task: Task
    today: date

    @property
    def kind(self) -> Kind:
        """What was met."""
        return KINDS[self.task.kind]

    @property
    def grade_zh(self) -> str:
        """How much it weighs."""
        return GRADES[self.kind.grade]

    @property
    def address(self) -> str:
        """The page on which it stands, as a person reads it."""
        return shown(self.task.url)

    @property
    def target(self) -> str:
        """The other address it is about."""
        return shown(self.task.target)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed while nobody answered."""
        return self.task.state == "open" and self.task.due_on is not None and self.task.due_on < self.today


def _of(county: uuid.UUID, organs: Organs) -> QuerySet[Task]:
    found = Task.objects.filter(county=county).select_related("organ")
    return of_organs(found, organs)


def tasks(
    county: uuid.UUID,
    organs: Organs,
    group: str,
    today: date,
    *,
    kind: str = "",
    overdue: bool = False,
    limit: int = 51,
    offset: int = 0,
) -> list[Line]:
    """The tasks of a group, what is due first on top."""
    found = _of(county, organs).filter(GROUPS[group][1])
    if kind in KINDS:
        found = found.filter(kind=kind)
    if overdue:
        found = found.filter(state="open", due_on__lt=today)
    order = ("-closed_on", "-id") if group in ("done", "dismissed") else (F("due_on").asc(nulls_last=True), "id")
    return [Line(task, today) for task in found.order_by(*order)[offset : offset + limit]]


def counts(county: uuid.UUID, organs: Organs, today: date) -> dict[str, int]:
    """How many tasks each group has, and how many are overdue."""
    asked = {name: Count("id", filter=where) for name, (_, where) in GROUPS.items()}
    late = Count("id", filter=Q(state="open", due_on__lt=today))
    return dict(_of(county, organs).order_by().aggregate(**asked, overdue=late))


def task(county: uuid.UUID, key: uuid.UUID) -> Task | None:
    """A task of the county."""
    return Task.objects.filter(county=county, pk=key).select_related("organ").first()


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what became of a task."""

    at: datetime
    what: str
    who: str = ""
    words: str = ""
    walk: uuid.UUID | None = None


def story(task: Task) -> list[Told]:
    """What walks said of a task and what people did, in order."""
    seen = list(Sighting.objects.filter(task=task).select_related("walk"))
    deeds = list(Deed.objects.filter(task=task))
    people = names_of(deed.by for deed in deeds)
    organs = organ_names(deed.organ for deed in deeds if deed.organ)
    rows: list[tuple[uuid.UUID, Told]] = []
    for number, sighting in enumerate(seen):
        first = number == 0
        said = "巡查发现" if first else f"巡查：{sighting.get_outcome_display()}"
        rows.append((sighting.pk, Told(sighting.walk.started_at, said, walk=sighting.walk_id)))
    for deed in deeds:
        what = deed.get_act_display()
        if deed.organ:
            what += f"给{organs.get(deed.organ, '')}"
        if deed.due_on:
            what += f"，{deed.due_on:%Y-%m-%d}前处理"
        rows.append((deed.pk, Told(deed.recorded_at, what, people.get(deed.by, ""), deed.words)))
    return [told for _, told in sorted(rows, key=lambda row: row[0])]


@dataclass(frozen=True, slots=True)
class Figure:
    """How one organ (or one kind) does: every share stands beside what it is a share of."""

    name: str
    met: int
    closed: int
    in_time: int
    open: int
    overdue: int
    dismissed: int


def figures(
    county: uuid.UUID, organs: Organs, today: date, first: date, last: date
) -> tuple[list[Figure], list[Figure]]:
    """By organ and by kind: what was met between two days, and what became of it until today."""
    found = _of(county, organs).filter(first_on__gte=first, first_on__lte=last).order_by()
    asked = {
        "met": Count("id"),
        "closed": Count("id", filter=Q(state="done")),
        "in_time": Count("id", filter=Q(state="done", late=False)),
        "still": Count("id", filter=Q(state__in=("open", "answered"))),
        "overdue": Count("id", filter=Q(state="open", due_on__lt=today)),
        "dismissed": Count("id", filter=Q(state="dismissed")),
    }
    organs_met: list[Any] = list(found.values("organ__name").annotate(**asked).order_by("organ__name"))
    kinds_met: list[Any] = list(found.values("kind").annotate(**asked))
    order = list(KINDS)
    kinds_met.sort(key=lambda row: order.index(row["kind"]))
    by_organ = [_figure(row["organ__name"] or "待分办", row) for row in organs_met]
    return by_organ, [_figure(KINDS[row["kind"]].zh, row) for row in kinds_met]


def _figure(name: str, row: dict[str, Any]) -> Figure:
    return Figure(name, *(row[key] for key in ("met", "closed", "in_time", "still", "overdue", "dismissed")))


def waiting(county: uuid.UUID, organ: uuid.UUID | None, limit: int) -> list[Line]:
    """What waits for an organ's answer, what is due first on top; None: what no organ has yet."""
    found = Task.objects.filter(county=county, organ=organ, state="open").select_related("organ")
    return [Line(task, timezone.localdate()) for task in found.order_by(F("due_on").asc(nulls_last=True), "id")[:limit]]


def to_verify(county: uuid.UUID) -> int:
    """How many answered tasks wait for a look."""
    return Task.objects.filter(county=county, state="answered").count()


def left(calendar: Calendar, today: date, lines: Iterable[Line]) -> dict[uuid.UUID, int | None]:
    """Working days left for each task."""
    return {line.task.pk: calendar.left(today, line.task.due_on) for line in lines}

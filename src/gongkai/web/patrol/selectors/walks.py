"""Walks, and what one says beside the one before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from gongkai.patrol.addresses import shown
from gongkai.patrol.kinds import KINDS, NOT_FETCHED
from gongkai.patrol.results import ENDED
from gongkai.web.patrol.models import Sighting, Walk
from gongkai.web.patrol.selectors.tasks import Line

COMPARED = {"new": "新发现", "still": "仍有", "back": "又出现", "gone": "已没有", "unknown": "没有复查到"}


def walks(county: uuid.UUID, limit: int = 50) -> list[Walk]:
    """The walks of a county, newest first."""
    return list(Walk.objects.filter(county=county)[:limit])


def walk(county: uuid.UUID, key: uuid.UUID) -> Walk | None:
    """One walk of the county."""
    return Walk.objects.filter(county=county, pk=key).first()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a walk says of a task: the heading it falls under."""

    outcome: str
    line: Line


def compared(found: Walk, today: Any, limit: int = 500) -> dict[str, list[Line]]:
    """The tasks of a walk by what it says of them: new, still there or back, gone, not looked at again."""
    groups: dict[str, list[Line]] = {"new": [], "met": [], "gone": [], "unknown": []}
    rows = Sighting.objects.filter(walk=found).select_related("task__organ").order_by("id")
    firsts = dict(Sighting.objects.filter(task__sightings__walk=found).order_by("-id").values_list("task", "walk"))
    for row in rows:
        heading = "new" if row.outcome == "met" and firsts.get(row.task_id) == found.pk else row.outcome
        if len(groups[heading]) < limit:
            groups[heading].append(Line(row.task, today))
    return groups


def columns(found: Walk) -> list[tuple[str, str, str, str]]:
    """The columns as a walk saw them: name, address, what is to be said, the newest day."""
    said = {"fresh": "正常", "gone": "栏目页不存在", "not_fetched": "没有取到"}
    rows = []
    for column in found.columns:
        state = str(column.get("state", ""))
        words = said.get(state) or (KINDS[state].zh if state in KINDS else state[:20])
        newest = str(column.get("newest", ""))[:10]
        rows.append((str(column.get("name", ""))[:60], shown(str(column.get("address", "")))[:300], words, newest))
    return rows


def missed(found: Walk) -> list[tuple[str, list[str]]]:
    """What could not be fetched, by why."""
    groups: dict[str, list[str]] = {}
    for url, error in found.missed:
        groups.setdefault(NOT_FETCHED.get(error, error), []).append(shown(url))
    return list(groups.items())


def ended_words(found: Walk) -> str:
    """How a walk ended."""
    return ENDED.get(found.ended, found.ended)

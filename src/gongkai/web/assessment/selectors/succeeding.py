"""Whose records an assessment counts: an organ's own, and those of organs that were merged into it.

What has a sheet of its own in the same round counts there: no record is judged twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongkai.calendar import in_chinese
from gongkai.web.assessment.models import Assessed, Round
from gongkai.web.compilation.selectors.covered import with_merged
from gongkai.web.organs.models import Organ
from gongkai.web.organs.succession import succession


@dataclass(frozen=True, slots=True)
class Behind:
    """The organs merged into an assessed one whose records count with its own, and what is to be said of mergers."""

    organs: tuple[Organ, ...]
    notes: tuple[str, ...]


def known_until(of: Round) -> datetime:
    """The moment as of which a round counts: its cut-off, or now while that is ahead."""
    return min(timezone.now(), of.cutoff_at)


def behind(assessed: Assessed) -> Behind:
    """Whose records count with an organ's own, for the mergers until the end of the period that were known in time."""
    of = assessed.round
    known_at = known_until(of)
    merged = with_merged(assessed.organ, of.last_on, known_at)[1:]
    alone = {each.organ_id: each.organ for each in of.assessed.filter(organ__in=merged).select_related("organ")}
    apart = {organ.pk for each in alone.values() for organ in with_merged(each, of.last_on, known_at)}
    notes = []
    for organ in merged:
        assert organ.valid_until is not None
        told = f"{organ.name}于{in_chinese(organ.valid_until)}并入"
        if organ.pk not in apart:
            notes.append(f"{told}，其记录一并计入。")
        elif organ.pk in alone:
            notes.append(f"{told}，在本次考核中另有考核表，其记录在那里计算，不在这里重复计入。")
    became = succession(assessed.county).note(assessed.organ_id)
    if became:
        notes.insert(0, f"{became}。")
    return Behind(tuple(organ for organ in merged if organ.pk not in apart), tuple(notes))

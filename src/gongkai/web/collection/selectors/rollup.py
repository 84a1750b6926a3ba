"""The county's table of a year: the sum of what its organs report, kept up to date act by act."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.annual.forms import edition_for
from gongkai.annual.rollup import Reporter, RolledUp, State, roll_up
from gongkai.web.audit.selectors import acts_named
from gongkai.web.collection.models import Contribution, Watch
from gongkai.web.collection.rulekeys import TOGETHER
from gongkai.web.collection.selectors.contributions import FROM, Told, told_of
from gongkai.web.collection.selectors.watch import look
from gongkai.web.compilation.selectors.covered import covered
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.selectors import as_known, county_as_known
from gongkai.web.organs.services import LISTED, STRUCK
from gongkai.web.rules.selectors import setting


@dataclass(frozen=True, slots=True)
class Line:
    """One who reports, with what was told of it."""

    organ: Organ
    told: Told

    @property
    def source(self) -> str:
        """Where its figures are from, in words."""
        return FROM[self.told.source]


def reporting(county: uuid.UUID, year: int, known_at: datetime | None = None) -> list[Organ]:
    """The organs that answer for a report of a year, in the order of the list: those that were there at its end.

    An organ that was merged into another by then reports no more: its figures are its successor's.
    """
    last = date(year, 12, 31)
    rows = Organ.objects.filter(county=county).order_by("position", "id")
    on_list = _on_list(county, known_at) if known_at is not None else {}
    found = []
    for organ in rows:
        ended = organ.valid_until is not None and organ.valid_until <= last
        if (organ.valid_from and organ.valid_from > last) or (known_at and organ.recorded_at > known_at):
            continue
        if known_at is None and ended and organ.successor_id is not None:
            continue
        if known_at is not None and covered(organ, year, known_at).into is not None:
            continue
        if on_list.get(organ.pk, organ.listed) or (
            ended and organ.valid_until is not None and organ.valid_until.year == year
        ):
            found.append(organ)
    return found


def _on_list(county: uuid.UUID, known_at: datetime) -> dict[uuid.UUID, bool]:
    """Which organs were on the list at a moment, of those that were ever put on it or struck from it.

    It stood as the last act by then left it, else as the first act after then found it.
    """
    found: dict[uuid.UUID, bool] = {}
    for act in acts_named(county, (LISTED, STRUCK)):
        if act.at <= known_at:
            found[act.object_id] = act.act == LISTED
        else:
            found.setdefault(act.object_id, act.act == STRUCK or bool(act.facts.get("listed", True)))
    return found


@once_a_page
def lines(county: County, year: int, known_at: datetime | None = None) -> list[Line]:
    """Everyone who reports, with their figures: from the cache as far as no act made it stale; of old moments anew.

    KeyError for a year without a form.
    """
    organs = reporting(county.pk, year, known_at)
    if known_at is not None:
        return [Line(organ, told_of(organ, year, known_at)) for organ in organs]
    turn = look(county.pk).turn
    kept = dict(Contribution.objects.filter(county=county.pk, year=year, span="").values_list("organ", "told"))
    found = {organ.pk: Told.from_json(kept[organ.pk]) for organ in organs if organ.pk in kept}
    fresh = {organ.pk: told_of(organ, year) for organ in organs if organ.pk not in found}
    if fresh:
        _keep(county.pk, year, fresh, turn)
    return [Line(organ, found.get(organ.pk) or fresh[organ.pk]) for organ in organs]


def line(organ: Organ, year: int) -> Told:
    """What one organ tells, from the cache as far as no act made it stale. KeyError for a year without a form."""
    turn = look(organ.county).turn
    kept = Contribution.objects.filter(organ=organ, year=year, span="").values_list("told", flat=True).first()
    if kept is not None:
        return Told.from_json(kept)
    told = told_of(organ, year)
    _keep(organ.county, year, {organ.pk: told}, turn)
    return told


def _keep(county: uuid.UUID, year: int, fresh: dict[uuid.UUID, Told], turn: int) -> None:
    keep(county, year, "", {key: told.to_json() for key, told in fresh.items()}, turn)


def keep(county: uuid.UUID, year: int, span: str, fresh: dict[uuid.UUID, dict[str, Any]], turn: int) -> None:
    """Keep what was reckoned, unless something was thrown away since: then it may be older than that."""
    with transaction.atomic():
        if Watch.objects.select_for_update().get(pk=county).turn != turn:
            return
        now = timezone.now()
        Contribution.objects.filter(organ__in=fresh, year=year, span=span).delete()
        Contribution.objects.bulk_create(
            [
                Contribution(county=county, organ_id=key, year=year, span=span, told=told, made_at=now)
                for key, told in fresh.items()
            ]
        )


def consolidated(county: County, year: int, known_at: datetime | None = None) -> RolledUp:
    """The county's table of a year, as known now or at a moment. KeyError for a year without a form."""
    return summed(county, year, lines(county, year, known_at), known_at)


def recounted(county: County, year: int) -> RolledUp:
    """The same reckoned from the facts alone: what the cache must always say too."""
    organs = reporting(county.pk, year)
    return summed(county, year, [Line(organ, told_of(organ, year)) for organ in organs])


def summed(county: County, year: int, found: Iterable[Line], known_at: datetime | None = None) -> RolledUp:
    """The county's table from what everyone told."""
    edition = edition_for(year)
    if edition is None:
        raise KeyError(f"没有{year}年度的年度报告格式")
    every = list(found)
    reporters = _together(county.pk, year, every, known_at)
    files = [line.told.name for line in every if line.told.source == "file"]
    notes = []
    if files:
        notes.append(
            f"{len(files)}个机关的数来自交来的文件，看不到其中的文号和案号，"
            "联合发文、共同被告有没有与其他机关重复，请核对。"
        )  # fmt: skip
    return roll_up(county_as_known(county, known_at), year, edition, reporters, notes=notes)


def government_with(county: uuid.UUID, year: int, known_at: datetime | None = None) -> str:
    """The key of the organ that reports for the county government too; empty: each reports by itself."""
    return str(setting(county, TOGETHER, on=date(year, 12, 31), known_at=known_at) or "")


def _together(county: uuid.UUID, year: int, every: list[Line], known_at: datetime | None) -> list[Reporter]:
    """One reporter each; the county government with its office where the county says so."""
    office = government_with(county, year, known_at)
    there = {str(line.organ.pk) for line in every}
    governments = [
        line
        for line in every
        if as_known(line.organ, known_at).form == "county_government" and str(line.organ.pk) != office
    ]
    if office not in there or not governments:
        return [line.told.reporter(line.organ.pk) for line in every]
    found = []
    for line in every:
        if line in governments:
            continue
        reporter = line.told.reporter(line.organ.pk)
        if str(line.organ.pk) == office:
            reporter = _joined(reporter, [each.told.reporter(each.organ.pk) for each in governments])
        found.append(reporter)
    return found


def _joined(office: Reporter, governments: list[Reporter]) -> Reporter:
    of = [office, *(each for each in governments if each.counted)]
    states: list[State] = [state for each in of for state in each.states if state != State.MISSING]
    notes = [note for each in of for note in each.notes]
    names = "、".join(each.name for each in governments)
    members = [member for each in of for member in each.members if member.cells]
    files = [member for member in members if member.source == "file"]
    if len(files) > 1:
        # Two whole reports of one reporter: which of them holds is a person's to say.
        members = [member for member in members if member.source != "file"]
        states.append(State.CONFLICT)
        notes.append(f"本机关和{names}作为一个填报单位，却各交来一份文件，都没有计入。请将其中一个指定为“不计入”。")
    if not members:
        states.insert(0, State.MISSING)
    notes.append(f"本机关一并填报{names}的数据。")
    return replace(office, members=tuple(members), states=tuple(dict.fromkeys(states)), notes=tuple(notes))

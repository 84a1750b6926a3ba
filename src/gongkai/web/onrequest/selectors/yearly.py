"""Channels of a year's applications and answers in time, for the words of yearly reports, as known now or at a moment.

What follows from the facts of a case stands in a cache. Of an earlier moment only the cases are worked out anew in which
something was recorded since; all others stood then as they stand now.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q

from gongkai.web.onrequest.models import Application, Case, CaseEvent
from gongkai.web.onrequest.selectors.facts import standing, stands
from gongkai.web.rules.selectors import calendar_known

SOME = 500


@dataclass(frozen=True, slots=True)
class Handled:
    """`channels` counts what was received; `due` the answers of those days that had a due day, `kept` those in time."""

    channels: Counter[str]
    due: int = 0
    kept: int = 0


def handled_in(
    county: uuid.UUID, organs: tuple[uuid.UUID, ...], first: date, last: date, known_at: datetime | None = None
) -> Handled:
    """What some organs received and answered between two days."""
    rows = Case.objects.filter(county=county, organ__in=organs).order_by()
    since: tuple[uuid.UUID, ...] = ()
    if known_at is not None:
        rows = rows.filter(application__recorded_at__lte=known_at)
        since = _told_since(county, organs, known_at)
        later = CaseEvent.objects.filter(application=OuterRef("pk"), recorded_at__gt=known_at)
        rows = rows.filter(~Exists(later)) if since else rows
    span = (first, last)
    came = rows.filter(received_on__range=span).values_list("channel").annotate(n=Count("*"))
    answered = rows.filter(delivered_on__range=span).aggregate(
        due=Count("due_on"), kept=Count("delivered_on", filter=Q(delivered_on__lte=F("due_on")))
    )
    found = Handled(Counter(dict(came)), answered["due"], answered["kept"])
    return found if known_at is None else _with(found, county, since, span, known_at)


def _told_since(county: uuid.UUID, organs: tuple[uuid.UUID, ...], known_at: datetime) -> tuple[uuid.UUID, ...]:
    """The cases that were known at a moment and of which something was recorded after it."""
    rows = CaseEvent.objects.filter(county=county, application__organ__in=organs, recorded_at__gt=known_at)
    rows = rows.filter(application__recorded_at__lte=known_at).order_by("application")
    return tuple(rows.values_list("application", flat=True).distinct())


def _with(
    found: Handled, county: uuid.UUID, cases: tuple[uuid.UUID, ...], span: tuple[date, date], known_at: datetime
) -> Handled:
    """The same with the cases that were told of since, as they stood then."""
    channels, due, kept = Counter(found.channels), found.due, found.kept
    for start in range(0, len(cases), SOME):
        keys = cases[start : start + SOME]
        came_by = dict(Application.objects.filter(pk__in=keys).values_list("pk", "channel"))
        events = CaseEvent.objects.filter(application__in=keys, recorded_at__lte=known_at)
        for key, of_one in groupby(events.order_by("application_id", "id"), key=lambda row: row.application_id):
            told = list(of_one)
            # A case is counted by the calendar of the last act on it: an answered one is never counted again.
            then = stands(calendar_known(county, max(row.recorded_at for row in told)), standing(told))
            channels[came_by[key]] += span[0] <= then.received_on <= span[1]
            if then.delivered_on and span[0] <= then.delivered_on <= span[1] and then.clock.due_on:
                due += 1
                kept += then.delivered_on <= then.clock.due_on
    return Handled(channels, due, kept)

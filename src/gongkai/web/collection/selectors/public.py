"""Since when the yearly reports of organs are public: one answer for the January room, the overview and the assessment."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.annual.january import GOVERNMENT, Shown, day_of_law, public_on
from gongkai.annual.report import COUNTY
from gongkai.web.annual.models import Publication
from gongkai.web.collection.models import Elsewhere
from gongkai.web.collection.selectors.elsewhere import stated

_GOVERNMENTS = Q(organ__form=GOVERNMENT)


@dataclass(frozen=True, slots=True)
class Public:
    """Since which day a report is public. `submission`: of the edition that went out on that day; None: elsewhere.

    `said` is the statement by which it is public elsewhere since that day.
    """

    on: date
    submission: uuid.UUID | None = None
    said: Elsewhere | None = None


def public_for(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """The publications of the reports that January asks for: a government's for its county, everyone else's own."""
    of_county = Q(submission__scope=COUNTY)
    return rows.exclude(_GOVERNMENTS & ~of_county).exclude(~_GOVERNMENTS, consolidated=True)


def public_since(
    county: uuid.UUID,
    year: int,
    known_at: datetime | None = None,
    organs: Collection[uuid.UUID] | None = None,
    elsewhere: Mapping[uuid.UUID, Elsewhere] | None = None,
) -> dict[uuid.UUID, Public]:
    """Since when the report of a year that January asks for is public, of every organ of which it is; as known then.

    `elsewhere` are the statements of where else it is public, where they were asked for before.
    """
    rows = public_for(Publication.objects.filter(county=county, year=year))
    rows = rows if organs is None else rows.filter(organ__in=organs)
    rows = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    told = rows.order_by("edition").values_list("organ", "organ__form", "submission", "recorded_at", "end__recorded_at")
    shown: dict[tuple[uuid.UUID, str], list[Shown]] = {}
    first_of: dict[tuple[uuid.UUID, date], uuid.UUID] = {}
    for organ, form, submission, at, end in told:
        first, ended = timezone.localdate(at), bool(end) and (known_at is None or end <= known_at)
        shown.setdefault((organ, form), []).append(Shown(first, timezone.localdate(end) if ended else None))
        first_of.setdefault((organ, first), submission)
    found = {
        organ: Public(on, first_of[organ, on])
        for (organ, form), every in shown.items()
        if (on := public_on(every, day_of_law(form, year))) is not None
    }
    for key, row in (stated(county, year, known_at) if elsewhere is None else elsewhere).items():
        assert row.on is not None
        if (organs is None or key in organs) and (key not in found or row.on < found[key].on):
            found[key] = Public(row.on, said=row)
    return found

"""Tables 三 and 四 of an organ and year, counted from its cases as they stand: nothing is typed in twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from gongkai.annual.tally import Case, CountingPolicy, Tally, tally
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.disputes import Dispute as CoreDispute
from gongkai.onrequest.events import Event
from gongkai.web.onrequest.models import Application, CaseEvent, Dispute, Link
from gongkai.web.onrequest.models import Case as Kept
from gongkai.web.onrequest.selectors.disputes import core_of
from gongkai.web.onrequest.selectors.facts import standing
from gongkai.web.onrequest.selectors.rules import counting
from gongkai.web.organs.models import Organ


def _events(organ: Organ) -> dict[uuid.UUID, tuple[Event, ...]]:
    """The facts that stand, by application; a corrected row and one that never was are left out."""
    rows = CaseEvent.objects.filter(application__organ=organ).order_by("application_id", "id").iterator(2000)
    return {
        key: tuple(row.event() for row in standing(of_one)) for key, of_one in groupby(rows, lambda r: r.application_id)
    }


def _papers(organ: Organ) -> dict[uuid.UUID, str]:
    """The number of the paper of which an application is a part, for the parts and for what stayed of the paper itself."""
    links = Link.objects.filter(application__organ=organ, kind="split").order_by("id")
    above = dict(links.values_list("application_id", "other_id"))
    numbers = dict(Application.objects.filter(pk__in={*above, *above.values()}).values_list("pk", "number"))

    def root(key: uuid.UUID) -> uuid.UUID:
        seen = set()
        while key in above and key not in seen:
            seen.add(key)
            key = above[key]
        return key

    return {key: numbers[root(key)] for key in numbers}


def _disputes(organ: Organ) -> tuple[dict[uuid.UUID, tuple[CoreDispute, ...]], tuple[CoreDispute, ...]]:
    """The disputes by application, and those about none."""
    found: dict[uuid.UUID, tuple[CoreDispute, ...]] = {}
    loose: tuple[CoreDispute, ...] = ()
    for row in Dispute.objects.filter(organ=organ).prefetch_related("steps").order_by("id"):
        if row.application_id is None:
            loose = (*loose, core_of(row))
        else:
            found[row.application_id] = (*found.get(row.application_id, ()), core_of(row))
    return found, loose


def cases_of(organ: Organ) -> list[Case]:
    """Every application of an organ as the tables count it."""
    events, papers, (disputes, _) = _events(organ), _papers(organ), _disputes(organ)
    rows: Iterable[tuple[uuid.UUID, str, str]] = Kept.objects.filter(organ=organ).values_list(
        "application_id", "number", "applicant_kind"
    )
    return [
        Case(
            number=number,
            organ=organ.name,
            applicant=ApplicantKind(kind),
            events=events.get(key, ()),
            paper=papers.get(key, ""),
            disputes=disputes.get(key, ()),
        )
        for key, number, kind in rows
    ]


def tallied(organ: Organ, year: int, *, previous: Tally | None = None) -> Tally:
    """The two tables of a year under the county's declared way of counting. KeyError for a year without a form."""
    said = counting(organ.county, date(year, 1, 1))
    policy = CountingPolicy(merged=said["merged"], split=said["split"])  # type: ignore[arg-type]
    return tally(cases_of(organ), organ.name, year, policy=policy, previous=previous, disputes=_disputes(organ)[1])

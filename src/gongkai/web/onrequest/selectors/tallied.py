"""The applications and disputes of organs as tables 三 and 四 count them, as known now or at an earlier moment."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, CharField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.db.models.functions import Cast

from gongkai.annual.tally import Carried, Case, CountingPolicy, Tally, tally
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.disputes import Dispute as CoreDispute
from gongkai.onrequest.disputes import DisputeKind, Ruling
from gongkai.onrequest.events import Event, Kind
from gongkai.web.onrequest.models import Applicant, Application, CaseEvent, Dispute, DisputeStep, Link
from gongkai.web.onrequest.models import Case as Kept
from gongkai.web.onrequest.selectors.facts import standing
from gongkai.web.onrequest.selectors.rules import counting
from gongkai.web.organs.models import Organ

DECISIVE = (Kind.RECEIVED, Kind.DECIDED, Kind.DELIVERED, Kind.WITHDRAWN, Kind.MERGED, Kind.REOPENED)
"""The kinds of facts that decide where a case counts or say why not twice; the closing only where no delivery is due."""


UNDELIVERED = frozenset(code for code, of in decisions().items() if of.undelivered)
_CORRECTS = Q(corrects__isnull=False)


@dataclass(frozen=True)
class Counted:
    """All that the two tables are counted from. `keys` and `dispute_keys` find the rows of the numbers."""

    cases: tuple[Case, ...]
    loose: tuple[CoreDispute, ...]
    organs: tuple[uuid.UUID, ...]
    dispute_keys: dict[str, uuid.UUID]

    @cached_property
    def keys(self) -> dict[str, uuid.UUID]:
        """The applications by number; asked when something is opened, not to count."""
        rows = Kept.objects.filter(organ__in=self.organs)
        every = dict(rows.values_list("number", "application_id"))
        return {case.number: every[case.number] for case in self.cases}


def _by(rows: QuerySet[Any], known_at: datetime | None) -> QuerySet[Any]:
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def _events(organs: tuple[uuid.UUID, ...], known_at: datetime | None) -> dict[str, tuple[Event, ...]]:
    """The facts that stand, by the application's number; a corrected row and one that never was are left out."""
    rows = _by(CaseEvent.objects.filter(application__organ__in=organs), known_at)
    asked = rows.filter(Q(kind__in=[kind.value for kind in DECISIVE]) | _CORRECTS)
    # The day as words: a date is made once for all rows of a day.
    days = asked.annotate(day=Cast("on", CharField()), corrected=ExpressionWrapper(_CORRECTS, BooleanField()))
    told = days.order_by("application_id", "on", "id").values_list(
        "application__number", "kind", "day", "matter", "decision", "corrected"
    )
    found, in_full = {}, []
    for number, of_one in groupby(told.iterator(5000), itemgetter(0)):
        facts = list(of_one)
        if any(row[5] or row[4] in UNDELIVERED for row in facts):
            in_full.append(number)
        else:
            found[number] = tuple([_event(*row[1:5]) for row in facts])
    found.update(_in_full(rows, in_full))
    return found


@lru_cache(maxsize=50_000)
def _event(kind: str, day: str, matter: str, decision: str) -> Event:
    """A plain fact; thousands of one year say the same, which is made once."""
    return Event(Kind(kind), date.fromisoformat(day), None, None, matter, decision)


def _in_full(rows: QuerySet[CaseEvent], numbers: list[str]) -> Iterator[tuple[str, tuple[Event, ...]]]:
    """The cases in which something was corrected, or which may end without delivery, from all their facts."""
    for first in range(0, len(numbers), 500):
        some = rows.filter(application__number__in=numbers[first : first + 500]).order_by("application_id", "id")
        for number, of_one in groupby(some.select_related("application"), lambda row: row.application.number):
            yield number, tuple(row.event() for row in standing(of_one))


def _kinds(organs: tuple[uuid.UUID, ...], known_at: datetime | None) -> dict[str, str]:
    """The kinds of applicants that were told anew after a moment, as they were said by then."""
    if known_at is None:
        return {}
    rows = Applicant.objects.filter(application__organ__in=organs)
    later = rows.filter(recorded_at__gt=known_at, application__recorded_at__lte=known_at)
    some = rows.filter(application__in=later.values("application"), recorded_at__lte=known_at).order_by("id")
    return dict(some.values_list("application__number", "kind"))


def _papers(organs: tuple[uuid.UUID, ...], known_at: datetime | None) -> dict[str, str]:
    """The number of the paper of which an application is a part, for the parts and for what stayed of the paper itself."""
    links = _by(Link.objects.filter(application__organ__in=organs, kind="split"), known_at).order_by("id")
    above = dict(links.values_list("application_id", "other_id"))
    numbers = dict(Application.objects.filter(pk__in={*above, *above.values()}).values_list("pk", "number"))

    def root(key: uuid.UUID) -> uuid.UUID:
        seen = set()
        while key in above and key not in seen:
            seen.add(key)
            key = above[key]
        return key

    return {numbers[key]: numbers[root(key)] for key in numbers}


def _disputes(organs: tuple[uuid.UUID, ...], known_at: datetime | None) -> list[tuple[Dispute, CoreDispute]]:
    """The disputes as the core counts them, each with a number of its own."""
    steps = Prefetch("steps", _by(DisputeStep.objects.order_by("id"), known_at), to_attr="told")
    rows = _by(Dispute.objects.filter(organ__in=organs), known_at).prefetch_related(steps)
    rows = rows.select_related("application").order_by("id")
    found, used = [], set()
    for row in rows:
        number = row.case_number or str(row.pk)
        number = f"{number}（{row.pk}）" if number in used else number
        used.add(number)
        of: list[DisputeStep] = row.told
        core = CoreDispute(
            number=number,
            kind=DisputeKind(row.kind),
            received_on=row.received_on,
            rulings=tuple(Ruling(step.on, step.outcome) for step in of if step.step == "decided"),
            appealed_on=tuple(step.on for step in of if step.step == "appealed"),
        )
        found.append((row, core))
    return found


def counted(organs: Iterable[Organ], name: str, known_at: datetime | None = None) -> Counted:
    """Everything that counts for a report of the name `name`, of the organs whose records it covers."""
    keys = tuple(organ.pk for organ in organs)
    events, papers, kinds = _events(keys, known_at), _papers(keys, known_at), _kinds(keys, known_at)
    about: dict[str, tuple[CoreDispute, ...]] = {}
    loose: list[CoreDispute] = []
    dispute_keys: dict[str, uuid.UUID] = {}
    for row, core in _disputes(keys, known_at):
        dispute_keys[core.number] = row.pk
        if row.application is None:
            loose.append(core)
        else:
            about[row.application.number] = (*about.get(row.application.number, ()), core)
    rows = Kept.objects.filter(organ__in=keys)
    if known_at is not None:
        rows = rows.filter(application__recorded_at__lte=known_at)
    columns = {kind.value: kind for kind in ApplicantKind}
    cases = tuple(
        Case(n, name, columns[kinds.get(n, kind)], events.get(n, ()), papers.get(n, ""), about.pop(n, ()))
        for n, kind in rows.order_by("application_id").values_list("number", "applicant_kind")
    )
    loose += [each for left in about.values() for each in left]  # about an application of another organ
    return Counted(cases, tuple(loose), keys, dispute_keys)


def cases_of(organ: Organ, known_at: datetime | None = None) -> list[Case]:
    """Every application of an organ as the tables count it."""
    return list(counted((organ,), organ.name, known_at).cases)


def policy_of(county: uuid.UUID, year: int, known_at: datetime | None = None) -> CountingPolicy:
    """The county's declared way of counting in a year, as it was set by a moment (by now)."""
    said = counting(county, date(year, 1, 1), known_at)
    return CountingPolicy(merged=said["merged"], split=said["split"])  # type: ignore[arg-type]


def tallied(
    organ: Organ, year: int, *, previous: Tally | Carried | None = None, known_at: datetime | None = None
) -> Tally:
    """The two tables of a year under the county's declared way of counting. KeyError for a year without a form."""
    policy, told = policy_of(organ.county, year, known_at), counted((organ,), organ.name, known_at)
    return tally(told.cases, organ.name, year, policy=policy, previous=previous, disputes=told.loose)


def kept_since(organs: Iterable[Organ], on: date, known_at: datetime | None = None) -> bool:
    """Whether applications or disputes of these organs were registered here that came up to a day.

    Only then is it known that there were no others: an office that registers elsewhere has none here.
    """
    keys = [organ.pk for organ in organs]
    received = _by(
        CaseEvent.objects.filter(application__organ__in=keys, kind=Kind.RECEIVED.value, on__lte=on), known_at
    )
    if received.exists():
        return True
    return _by(Dispute.objects.filter(organ__in=keys, received_on__lte=on), known_at).exists()


def subjects(keys: Iterable[uuid.UUID]) -> dict[str, str]:
    """What applications are about, in a line, by key."""
    wanted = list(keys)
    found: dict[str, str] = {}
    for first in range(0, len(wanted), 500):
        rows = Application.objects.filter(pk__in=wanted[first : first + 500])
        found.update((str(key), subject) for key, subject in rows.values_list("pk", "subject"))
    return found

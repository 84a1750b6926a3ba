"""The county, or one organ, at a glance: what each room below tells of a year and of today."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from gongkai.annual.january import GOVERNMENT
from gongkai.annual.report import COUNTY
from gongkai.onrequest.disputes import RESULTS, Result
from gongkai.web.annual.models import Submission
from gongkai.web.assessment.models import Round
from gongkai.web.assessment.selectors.rounds import Placed, known_rounds, ranked
from gongkai.web.collection.selectors.countyreport import county_organ
from gongkai.web.collection.selectors.public import public_since
from gongkai.web.collection.selectors.reports import handed_for
from gongkai.web.collection.selectors.rollup import reporting
from gongkai.web.coverage.selectors import matrix
from gongkai.web.issuing.selectors.versions import STATES as ISSUED
from gongkai.web.issuing.selectors.versions import Standing, standings
from gongkai.web.onrequest.selectors.disputes import Tally, table_four
from gongkai.web.onrequest.selectors.figures import Share, Span, span_of
from gongkai.web.onrequest.selectors.lists import SOON_DAYS, Filters, counts
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.selectors import Organs, names_of
from gongkai.web.oversight.models import Duty
from gongkai.web.oversight.selectors import duties
from gongkai.web.overview.selectors.due import Due, due
from gongkai.web.overview.selectors.flow import Flow, flow, while_cases_stand
from gongkai.web.overview.selectors.trend import Point, trend
from gongkai.web.patrol.selectors import tasks as patrolled
from gongkai.web.proactive.selectors.columns import columns
from gongkai.web.proactive.selectors.entries import overdue
from gongkai.web.rules.selectors import calendar_of

MANY = 200
"""So many overdue items of the catalogue are counted one by one."""
STATES = {
    "public": ISSUED["public"],
    "frozen": ISSUED["frozen"],
    "signed": ISSUED["signed"],
    "waiting": ISSUED["waiting"],
    "returned": ISSUED["returned"],
    "handed": "已交来文件",
    "none": "没有送签，也没有交来文件",
}
"""Where a yearly report stands, the furthest first."""
TREND = ("received", "concluded", "disputes", "corrected")


@dataclass(frozen=True, slots=True)
class Open:
    """What is open now: with a day that has passed, and what waits for somebody's look. `more`: so many or more."""

    open: int | None
    overdue: int | None
    other: int | None = 0


@dataclass(frozen=True, slots=True)
class Contested:
    """Reviews or lawsuits of a year, by how table 四 counts them."""

    words: str
    total: int
    corrected: int
    pending: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that must be kept fresh, and those that are not."""

    watched: int
    stale: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """Lines of the standard catalogues that organs bear, and those for which somebody has to do something."""

    base: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """The newest assessment whose ranking was made known."""

    round: Round
    lines: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """The yearly reports of one year, by where they stand; that of the county, of all its organs, beside them.

    `county` is empty where no government is asked for.
    """

    year: int
    of: int
    states: tuple[tuple[str, str, int], ...]
    county: str = ""

    def count(self, *states: str) -> int:
        """How many stand in these states."""
        return sum(n for key, _, n in self.states if key in states)


@dataclass(frozen=True, slots=True)
class OrganLine:
    """One organ in the table: what it received, whether it was in time, what is late now."""

    key: uuid.UUID
    name: str
    received: int
    on_time: str
    kept: int
    due: int
    overdue: int
    problems: int

    @property
    def late(self) -> int:
        """How many that fell due were not answered in time."""
        return self.due - self.kept


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything that the leader's page shows."""

    county: County
    organ: Organ | None
    year: int
    today: date
    span: Span
    applications: Flow
    due: Due
    cases: Open
    soon: int | None
    contested: tuple[Contested, ...]
    items: int
    columns: Columns
    covered: Covered | None
    patrol: Open
    problems: Open
    tasks: Open
    assessed: Assessed | None
    reports: Reports
    trend: tuple[Point, ...]
    organs: tuple[OrganLine, ...]

    @property
    def scope(self) -> str:
        """Whose figures these are."""
        return self.organ.name if self.organ else self.county.name

    @property
    def current(self) -> bool:
        """Whether the year is still running."""
        return self.year == self.today.year


def report_year(year: int, today: date) -> int:
    """The yearly report that is on its way in a year: of a year that has passed its own, in this year last year's."""
    return year if year < today.year else year - 1


def glance(county: County, organ: Organ | None, year: int, today: date, frozen_of: Organs) -> Glance:
    """The whole county, or one organ of it, in a year."""
    organs: Organs = (organ.pk,) if organ else None
    span = span_of(year, "")
    told, fell_due = while_cases_stand(
        county.pk,
        (organs, span, today),
        lambda: (flow(county.pk, organs, span, today), due(county.pk, organs, span, today)),
    )
    asked = Filters(county.pk, organs, today, calendar_of(county.pk).soon(today, SOON_DAYS))
    now = counts(asked, ["open", "overdue", "soon"])
    problems = duties.counts(county.pk, organs, "problem", today)
    tasks = duties.counts(county.pk, organs, "task", today)
    met = patrolled.counts(county.pk, organs, today)
    return Glance(
        county=county,
        organ=organ,
        year=year,
        today=today,
        span=span,
        applications=told,
        due=fell_due,
        cases=Open(now["open"], now["overdue"]),
        soon=now["soon"],
        contested=_contested(table_four(county.pk, organs, year)),
        items=len(overdue(county.pk, organs, today, MANY + 1)),
        columns=_columns(county.pk, organs, today),
        covered=_covered(county.pk, organs, today),
        patrol=Open(met["open"], met["overdue"], met["answered"]),
        problems=Open(problems["open"], problems["overdue"], problems["answered"]),
        tasks=Open(tasks["open"], tasks["overdue"], tasks["answered"]),
        assessed=_assessed(county.pk),
        reports=_reports(county.pk, organ, report_year(year, today)),
        trend=tuple(trend(county.pk, organ, report_year(year, today), frozen_of, TREND)),
        organs=() if organ else _organs(county.pk, told, fell_due, today),
    )


def _contested(table: Sequence[Tally]) -> tuple[Contested, ...]:
    """Reconsideration, and litigation of both ways together."""
    review, *suits = table
    return _one("行政复议", [review]), _one("行政诉讼", suits)


def _one(words: str, groups: Sequence[Tally]) -> Contested:
    def n(result: Result) -> int:
        return sum(dict(each.counts)[RESULTS[result]] for each in groups)

    return Contested(words, sum(each.total for each in groups), n(Result.CORRECTED), n(Result.PENDING))


def _columns(county: uuid.UUID, organs: Organs, today: date) -> Columns:
    rows = columns(county, organs, today)
    stale = [row for row in rows if row.fresh.stale]
    names = tuple(f"{row.organ.name} {row.name}" if row.organ and organs is None else row.name for row in stale)
    return Columns(len(rows), len(stale), names)


def _covered(county: uuid.UUID, organs: Organs, today: date) -> Covered | None:
    """None where no standard catalogue was brought in."""
    every = matrix.cells(county, today)
    if not every:
        return None
    mine = matrix.chosen(every, organs=organs)
    return Covered(sum(tally.base for tally in matrix.by_organ(mine)), sum(cell.open for cell in mine))


def _assessed(county: uuid.UUID) -> Assessed | None:
    for of in sorted(known_rounds(county), key=lambda each: (each.last_on, each.pk), reverse=True):
        found = ranked(of)
        if found is not None:
            return Assessed(of, tuple(found[1]))
    return None


def _reports(county: uuid.UUID, organ: Organ | None, year: int) -> Reports:
    """A government's report is that of its county, as in the January room: its own year is not asked for."""
    every = [organ] if organ else reporting(county, year)
    organs = [each for each in every if each.form != GOVERNMENT]
    whole = organ or county_organ(county, year)
    handed = handed_for(Submission.objects.filter(county=county, year=year, aside=False, organ__isnull=False))
    public, files = set(public_since(county, year)), set(handed.values_list("organ", flat=True))
    found = Counter(_state(each, public, files) for each in standings(county, year, organs))
    states = tuple((key, words, found[key]) for key, words in STATES.items() if found[key])
    if whole is None or whole.form != GOVERNMENT:
        return Reports(year, len(organs), states)
    [stands] = standings(county, year, [whole], COUNTY)
    return Reports(year, len(organs), states, STATES[_state(stands, public, files)])


def _state(of: Standing, public: set[uuid.UUID], files: set[uuid.UUID]) -> str:
    """Where a report stands, whether it was made here or handed in as a file."""
    if of.organ.pk in public:
        return "public"
    if of.state == "none" and of.organ.pk in files:
        return "handed"
    return of.state


def _organs(county: uuid.UUID, told: Flow, fell_due: Due, today: date) -> tuple[OrganLine, ...]:
    """Everyone who received anything or is late with anything, the latest on top."""
    late = Duty.objects.filter(county=county, kind="problem", state="open", due_on__lt=today).order_by()
    problems = dict(late.values_list("organ").annotate(n=Count("*")))
    names = names_of([*told.received_by, *told.overdue_by, *fell_due.by_organ, *problems])
    lines = []
    for key, name in names.items():
        share = fell_due.by_organ.get(key) or Share("", 0, 0)
        lines.append(
            OrganLine(
                key, name, told.received_by.get(key, 0), share.rate, share.n, share.of, told.overdue_by.get(key, 0),
                problems.get(key, 0),
            )
        )  # fmt: skip
    return tuple(sorted(lines, key=lambda each: (-each.overdue, -each.late, -each.problems, -each.received)))

"""Reading disputes: where each stands, its own limits with their steps, and how table 四 counts it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.calendar import Calendar
from gongkai.law.errors import LawGap
from gongkai.onrequest.disputes import OUTCOMES, RESULTS, DisputeKind, Outcome, Result, Ruling, counted_in, result_on
from gongkai.onrequest.disputes import Dispute as CoreDispute
from gongkai.onrequest.disputes import outcomes_of as outcomes_of_kind
from gongkai.onrequest.limits import Limit, limit
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Dispute, DisputeStep
from gongkai.web.onrequest.selectors import rows as case_rows
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.rules.selectors import calendar_of

PROCEDURES: dict[str, str] = {"ordinary": "普通程序", "simplified": "简易程序"}
"""The procedure that the notice names: a code in the step `notified`."""

APPEALS_END = timedelta(days=60)
"""So long after a ruling no limit to appeal runs any more, holidays included: lists of what is open leave it out."""

RULED_BY_DECISION = ("suit_dismissed", "suit_withdrawn")
"""Outcomes that come as 裁定, with the shorter limit to appeal; 调解 knows no appeal."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in words; what was written is opened for who may see the case."""

    name: str
    on: date
    outcome: str
    instance: int
    words: str


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute as lists and pages show it. `limit`: the one that runs now; None when none does."""

    row: Dispute
    kind: str
    number: str
    organ: str
    case_number: str
    result: Result
    result_zh: str
    limit: Limit | None
    left: int | None
    gap: str
    steps: tuple[StepLine, ...]
    corrected: bool
    performed: bool

    @property
    def left_abs(self) -> int:
        """Without its sign."""
        return abs(self.left or 0)


def core_of(row: Dispute) -> CoreDispute:
    """The dispute as the core counts it: all instances together."""
    steps = sorted(row.steps.all(), key=lambda step: step.pk)
    return CoreDispute(
        number=row.case_number or str(row.pk),
        kind=DisputeKind(row.kind),
        received_on=row.received_on,
        rulings=tuple(Ruling(step.on, step.outcome) for step in steps if step.step == "decided"),
        appealed_on=tuple(step.on for step in steps if step.step == "appealed"),
    )


def outcomes_of(row: Dispute) -> tuple[Outcome, ...]:
    """The outcomes that this dispute may have."""
    return outcomes_of_kind(DisputeKind(row.kind))


def running_limit(row: Dispute, calendar: Calendar) -> Limit | None:
    """The limit that runs for the organ: to answer until it has, then to appeal against a judgment. LawGap where none is known."""
    steps = sorted(row.steps.all(), key=lambda step: (step.on, step.pk))
    last = [step for step in steps if step.step in ("suspended", "resumed")]
    if last and last[-1].step == "suspended":
        return None
    decided = [step for step in steps if step.step == "decided"]
    appealed = [step for step in steps if step.step == "appealed"]
    if decided:
        if row.kind == DisputeKind.RECONSIDERATION or decided[-1].instance > 1 or appealed:
            return None
        if decided[-1].outcome == "suit_mediated":
            return None
        key = "appeal_ruling" if decided[-1].outcome in RULED_BY_DECISION else "appeal_judgment"
        return limit(key, decided[-1].on, calendar)
    if any(step.step == "replied" for step in steps):
        return None
    if row.kind == DisputeKind.RECONSIDERATION:
        simplified = any(step.step == "notified" and step.outcome == "simplified" for step in steps)
        return limit(
            "reconsideration_answer_simplified" if simplified else "reconsideration_answer", row.received_on, calendar
        )
    return limit("litigation_answer", row.received_on, calendar)


def line_of(row: Dispute, today: date, calendar: Calendar) -> DisputeLine:
    """One dispute with its limit and its steps."""
    steps = sorted(row.steps.all(), key=lambda step: (step.on, step.pk))
    gap, runs = "", None
    try:
        runs = running_limit(row, calendar)
    except LawGap as error:
        gap = error.says
    if runs is not None and runs.key.startswith("appeal") and runs.due_on < today:
        runs = None
    left = calendar.left(today, runs.due_on) if runs else None
    result = result_on(core_of(row), today) or Result.PENDING
    application = row.application
    return DisputeLine(
        row=row,
        kind=row.get_kind_display(),
        number=row.case_number,
        organ=row.organ.name,
        case_number=application.number if application else "",
        result=result,
        result_zh=RESULTS[result],
        limit=runs,
        left=left,
        gap=gap,
        steps=tuple(_step(step) for step in steps),
        corrected=result is Result.CORRECTED,
        performed=any(step.step == "performed" for step in steps),
    )


def _step(step: DisputeStep) -> StepLine:
    outcome = OUTCOMES[step.outcome].zh if step.outcome in OUTCOMES else PROCEDURES.get(step.outcome, "")
    return StepLine(step.get_step_display(), step.on, outcome, step.instance, personal.reveal(step, "words"))


def _rows(county: uuid.UUID, organs: Organs) -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(county=county)
    rows = of_organs(rows, organs)
    return rows.select_related("organ", "application", "follows").prefetch_related("steps")


def open_disputes(county: uuid.UUID, organs: Organs, today: date) -> QuerySet[Dispute]:
    """Those in which a limit may still run: not decided, decided lately, or appealed."""
    ended = DisputeStep.objects.filter(dispute=OuterRef("pk"), step="decided", on__lt=today - APPEALS_END)
    appealed = DisputeStep.objects.filter(dispute=OuterRef("pk"), step="appealed")
    return _rows(county, organs).exclude(Exists(ended) & ~Exists(appealed))


def disputes(
    county: uuid.UUID, organs: Organs, today: date, *, open_only: bool = False, limit: int = 500
) -> list[DisputeLine]:
    """The disputes of these organs: what has a limit first by its day, then the newest."""
    calendar = calendar_of(county)
    rows = open_disputes(county, organs, today) if open_only else _rows(county, organs)
    rows = rows.order_by("-received_on", "-id")
    lines = [line_of(row, today, calendar) for row in rows[:limit]]
    if open_only:
        lines = [line for line in lines if line.limit or line.result is Result.PENDING]
    return sorted(lines, key=lambda line: (line.limit is None, line.limit.due_on if line.limit else today))


def disputes_of(application: Application, today: date) -> list[DisputeLine]:
    """The disputes about one case, oldest first."""
    calendar = calendar_of(application.county)
    return [line_of(row, today, calendar) for row in case_rows.disputes(application)]


def dispute(county: uuid.UUID, key: uuid.UUID) -> Dispute | None:
    """One dispute of the county."""
    return _rows(county, None).filter(pk=key).first()


def reconsiderations(county: uuid.UUID, organs: Organs) -> list[tuple[uuid.UUID, str]]:
    """The reconsiderations that a lawsuit may follow, newest first."""
    rows = _rows(county, organs).filter(kind=DisputeKind.RECONSIDERATION).order_by("-received_on")[:100]
    return [
        (row.pk, f"{row.organ.name}　{row.case_number or row.before}（{row.received_on:%Y-%m-%d}）") for row in rows
    ]


def steps_of(row: Dispute) -> list[tuple[str, str]]:
    """The steps that may be entered, in words; a reconsideration knows no appeal."""
    left = ("notified", "appealed") if row.kind == DisputeKind.RECONSIDERATION else ("notified",)
    return [(key, words) for key, words in DisputeStep.STEPS if key not in left]


@dataclass(frozen=True, slots=True)
class Tally:
    """One group of table 四: the four results and their sum."""

    kind: str
    counts: tuple[tuple[str, int], ...]
    total: int


def table_four(county: uuid.UUID, organs: Organs, year: int) -> list[Tally]:
    """How the disputes of a year are counted, first and second instance once, with the organ of the act."""
    return tally(_rows(county, organs).filter(received_on__lte=date(year, 12, 31)), year)


def tally(rows: Iterable[Dispute], year: int) -> list[Tally]:
    """The groups of table 四 over disputes."""
    found: dict[str, dict[Result, int]] = {kind.value: dict.fromkeys(Result, 0) for kind in DisputeKind}
    for row in rows:
        counted = counted_in(core_of(row), year)
        if counted is not None:
            found[row.kind][counted] += 1
    names = dict(Dispute.KINDS)
    return [
        Tally(names[kind], tuple((RESULTS[result], n) for result, n in counts.items()), sum(counts.values()))
        for kind, counts in found.items()
    ]

"""The table of reports: filtered by plain choices with counts, sorted, and who is missing."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from gongkai.annual.report import COUNTY
from gongkai.web.annual.models import Batch, BatchItem, Job, Reading, Submission
from gongkai.web.annual.selectors.readings import scope_of
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.names import match

State = Literal["waiting", "reading", "unreadable", "nothing", "conflict", "doubt", "unsure", "partial", "sound"]
STATES: dict[State, str] = {
    "conflict": "有不一致",
    "doubt": "有存疑",
    "unsure": "有读不准",
    "nothing": "没有读出数据",
    "unreadable": "读不了",
    "partial": "内容不全",
    "sound": "未见问题",
    "waiting": "等待读取",
    "reading": "正在读取",
}
SORTS = {"organ": "机关", "year": "年度", "state": "核对结果", "received": "收到时间"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of reports."""

    key: uuid.UUID
    name: str
    organ: str
    organ_known: bool
    organ_key: uuid.UUID | None
    organ_position: int
    suggestion: str
    guess: uuid.UUID | None
    year: int | None
    format: str
    source: str
    received_on: date
    received_at: datetime
    state: State
    conflicts: int = 0
    doubts: int = 0
    notes: int = 0
    unsure: int = 0
    judged: int = 0
    message: str = ""
    advice: str = ""
    superseded: bool = False
    aside: bool = False
    whole: bool = False
    unclear: bool = False

    @property
    def stated_on(self) -> date | None:
        """The day on which it is said to have come, where it was not entered on that day."""
        return self.received_on if self.received_on != timezone.localdate(self.received_at) else None

    @property
    def states(self) -> tuple[State, ...]:
        """Every state the row counts under: a report may have conflicts and doubts at once."""
        found: list[State] = ["nothing"] if self.state == "nothing" else []
        if self.conflicts:
            found.append("conflict")
        if self.doubts:
            found.append("doubt")
        if self.unsure:
            found.append("unsure")
        return tuple(found) or (self.state,)


def _format(name: str) -> str:
    ending = name.rpartition(".")[2] if "." in name else ""
    return ending.upper()[:6] if ending.isascii() else ""


def rows_of(county: County, *, aside: bool = False, newest: int | None = None) -> list[Row]:
    """All reports of the county, newest first, or only the newest. Three queries, however many there are."""
    reading = Reading.objects.filter(submission=OuterRef("pk")).order_by("-id")
    found = (
        Submission.objects.filter(county=county.pk, aside=aside)
        .select_related("organ", "job", "checking")
        .annotate(
            has_report=Subquery(reading.values("id")[:1]),
            error_message=Subquery(reading.values("error_message")[:1]),
            error_advice=Subquery(reading.values("error_advice")[:1]),
        )
        .defer("checking__findings", "checking__relations", "checking__verdicts")
        .order_by("-id")[:newest]
    )
    named = all(submission.organ_id for submission in found)
    organs = {} if named else {str(o.pk): o.name for o in Organ.objects.filter(county=county.pk, listed=True)}
    seen: set[tuple[object, int | None, str]] = set()
    rows = []
    for submission in found:
        row = _row(submission, organs, county.name)
        who = (row.organ_key or row.organ, row.year, scope_of(submission))
        if row.organ and row.year and row.state not in ("waiting", "reading", "unreadable"):
            if who in seen:
                row = _older(row)
            seen.add(who)
        rows.append(row)
    return rows


def _older(row: Row) -> Row:
    return Row(**{**{n: getattr(row, n) for n in Row.__dataclass_fields__}, "superseded": True})


def _row(submission: Submission, organs: dict[str, str], county: str) -> Row:
    job: Job | None = getattr(submission, "job", None)
    checking = getattr(submission, "checking", None)
    error = getattr(submission, "error_message", None) or ""
    guess = _guess(submission, organs, county) if submission.organ is None else ""
    state: State = "sound"
    if job and job.state in ("waiting", "reading"):
        state = "waiting" if job.state == "waiting" else "reading"
    elif error or (job and job.state == "failed"):
        state = "unreadable"
        error = error or "读取这个文件时程序中断，没有读出内容。"
    else:
        state = _checked_state(checking) if checking else "waiting"
    return Row(
        key=submission.pk,
        name=submission.name,
        organ=submission.organ.name if submission.organ else submission.name_read,
        organ_known=submission.organ is not None,
        organ_key=submission.organ_id,
        organ_position=submission.organ.position if submission.organ else 1 << 30,
        suggestion=organs.get(guess, ""),
        guess=submission.organ_id or (uuid.UUID(guess) if guess else None),
        year=submission.year,
        format=_format(submission.name),
        source=submission.source,
        received_on=submission.received_on,
        received_at=submission.recorded_at,
        state=state,
        conflicts=checking.conflicts if checking and state != "unreadable" else 0,
        doubts=checking.doubts if checking and state != "unreadable" else 0,
        notes=checking.notes if checking and state != "unreadable" else 0,
        unsure=checking.unsure if checking and state != "unreadable" else 0,
        judged=checking.judged if checking else 0,
        message=error,
        advice=getattr(submission, "error_advice", None) or "",
        aside=submission.aside,
        whole=submission.scope == COUNTY,
        unclear=not scope_of(submission),
    )


def _checked_state(checking: Any) -> State:
    """The gravest word for a check. Where nothing, or far from all, was read, silence is no soundness."""
    if not checking.found and not checking.unsure:
        return "nothing"
    if checking.conflicts:
        return "conflict"
    if checking.doubts:
        return "doubt"
    if checking.unsure:
        return "unsure"
    whole = checking.found + checking.unsure + checking.absent
    return "partial" if checking.absent > PARTIAL * whole or checking.failed else "sound"


def _guess(submission: Submission, organs: dict[str, str], county: str) -> str:
    """The key of the organ it may be: like the name that was read, or named by the file; a person must confirm."""
    if submission.name_read:
        near = match(submission.name_read, organs, county)
        return str(near.key) if near else ""
    named = [
        key for key, name in organs.items() if name in submission.name or name.replace(county, "") in submission.name
    ]
    return max(named, key=lambda key: len(organs[key]), default="")


_RANK: dict[State, int] = {
    "unreadable": 0,
    "nothing": 1,
    "conflict": 2,
    "doubt": 3,
    "unsure": 4,
    "partial": 5,
    "reading": 6,
    "waiting": 7,
    "sound": 8,
}
PARTIAL = 0.25
"""From this share of places that are not in the document a report is incomplete (the one-row 其他处理 is a tenth)."""
_SORT: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "organ": lambda r: (r.organ_position, r.organ or "\uffff", -(r.year or 0)),
    "year": lambda r: (-(r.year or 0), r.organ_position, r.organ),
    "state": lambda r: (_RANK[r.state], -r.conflicts, -r.doubts, -r.unsure, r.organ_position),
    "received": lambda r: (-r.received_on.toordinal(), -r.received_at.timestamp()),
}


def sort_rows(rows: Iterable[Row], by: str, *, down: bool = False) -> list[Row]:
    """The rows in one of SORTS; an unknown name sorts by organ."""
    return sorted(rows, key=_SORT.get(by, _SORT["organ"]), reverse=down)


def filter_rows(rows: Iterable[Row], *, year: int | None, state: str, words: str = "") -> list[Row]:
    """The rows of one year and one state whose organ or file name holds `words`."""
    plain = words.strip()
    return [
        r
        for r in rows
        if (year is None or r.year == year)
        and (not state or state in r.states)
        and (not plain or plain in r.organ or plain in r.name)
    ]


def count_years(rows: Iterable[Row]) -> list[tuple[int, int]]:
    """(year, how many reports), newest year first."""
    return sorted(Counter(r.year for r in rows if r.year).items(), reverse=True)


def count_states(rows: Iterable[Row]) -> list[tuple[State, str, int]]:
    """(state, its words, how many reports) of the states that occur, worst first."""
    counts = Counter(state for r in rows for state in r.states)
    return [(state, words, counts[state]) for state, words in STATES.items() if counts[state]]


def missing_organs(county: County, year: int) -> list[Organ]:
    """The listed organs without a readable report for `year`; who was merged by its end, or came after it, owes none."""
    there = Submission.objects.filter(
        county=county.pk, aside=False, year=year, organ__isnull=False, readings__report__isnull=False
    ).values_list("organ_id", flat=True)
    owing = Organ.objects.filter(county=county.pk, listed=True).exclude(pk__in=list(there))
    last = date(year, 12, 31)
    return list(owing.exclude(successor__isnull=False, valid_until__lte=last).exclude(valid_from__gt=last))


def asked_year(rows: Iterable[Row], today: date) -> int | None:
    """The year to ask reports of: the newest that is over and of which any came, however many came of years before."""
    return max((year for year, _ in count_years(rows) if year < today.year), default=None)


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch and what became of each of its files."""

    batch: Batch
    items: list[BatchItem]
    rows: dict[uuid.UUID, Row]
    waiting: int
    total: int

    @property
    def done(self) -> int:
        """How many files need no more waiting for."""
        return self.total - self.waiting

    @property
    def percent(self) -> int:
        """The done part, 0 to 100."""
        return 100 * self.done // self.total if self.total else 100


def batch_view(county: County, key: uuid.UUID) -> BatchView | None:
    """A batch of the county as its page shows it."""
    batch = Batch.objects.filter(county=county.pk, pk=key).first()
    if batch is None:
        return None
    items = list(batch.items.select_related("submission"))
    keys = {i.submission_id for i in items if i.submission_id}
    rows = {r.key: r for r in (*rows_of(county), *rows_of(county, aside=True)) if r.key in keys}
    waiting = sum(1 for k in keys if k in rows and rows[k].state in ("waiting", "reading"))
    return BatchView(batch, items, rows, waiting, len(items))


def latest_batch(county: County) -> Batch | None:
    """The batch handed in last."""
    return Batch.objects.filter(county=county.pk).order_by("-id").first()


def submission_of(county: County, key: uuid.UUID) -> Submission | None:
    """One submission of the county."""
    return Submission.objects.filter(county=county.pk, pk=key).select_related("organ", "file", "batch").first()

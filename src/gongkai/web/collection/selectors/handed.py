"""The files that organs handed in for a year, as they count here: what was read for certain, what was blank or unsure."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from gongkai.annual.opening import states_county
from gongkai.annual.report import COUNTY, OWN, Report
from gongkai.web.annual.effective import Correction, effective
from gongkai.web.annual.models import CellCorrection, Placement, Reading, Submission
from gongkai.web.annual.selectors.readings import read_report, scope_of
from gongkai.web.organs.models import Organ

MOST_UNPLACED = 200
"""So many files that nothing counts yet are told, the newest."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file of an organ for a year. `report` None: it cannot be read, and `says` why.

    `first_on`: when the first file of that organ and year came, which a corrected one may have followed. `sha256`: of
    the file as it came. `scope`: of what its figures count; empty where nobody said whether they are a government's own.
    """

    submission: uuid.UUID
    name: str
    received_on: date
    report: Report | None
    says: str = ""
    first_on: date = date.max
    sha256: str = ""
    scope: str = OWN


def handed(organ: Organ, year: int, known_at: datetime | None = None) -> Handed | None:
    """The newest file placed with an organ and year that can be read, else the newest that cannot.

    One of its own figures goes before one of which nobody said of what they are, and that before the sum of others.
    The county's own report, which is handed in where it is published, is no file of the organ that signs it.
    """
    rows = Submission.objects.filter(county=organ.county).select_related("file", "organ")
    if known_at is None:
        rows = rows.filter(organ=organ, year=year, aside=False)
    else:
        rows = rows.filter(pk__in=_placed(organ, year, known_at), recorded_at__lte=known_at)
    files = [(row, _one(row, year, known_at)) for row in rows.order_by("-id")]
    own = [(row, found) for row, found in files if not (found and found.report and states_county(found.report))]
    read = sorted((found for _, found in own if found is not None), key=lambda found: _BEFORE[found.scope])
    newest = next((found for found in read if found.report is not None), read[0] if read else None)
    if newest is None:
        return None
    with_it = [row.received_on for row, found in own if found is None or found.scope == newest.scope]
    return replace(newest, first_on=min(with_it))


_BEFORE = {OWN: 0, "": 1, COUNTY: 2}


def _placed(organ: Organ, year: int, known_at: datetime) -> list[uuid.UUID]:
    """The files whose newest placement of then names the organ and year."""
    some = Placement.objects.filter(organ=organ).values("submission")
    newest: dict[uuid.UUID, Placement] = {}
    for row in Placement.objects.filter(submission__in=some, recorded_at__lte=known_at).order_by("id"):
        newest[row.submission_id] = row
    return [key for key, row in newest.items() if row.organ_id == organ.pk and row.year == year]


def _one(row: Submission, year: int, known_at: datetime | None) -> Handed | None:
    readings = Reading.objects.filter(submission=row)
    corrections = CellCorrection.objects.filter(submission=row)
    if known_at is not None:
        readings, corrections = (
            readings.filter(recorded_at__lte=known_at),
            corrections.filter(recorded_at__lte=known_at),
        )
    reading = readings.order_by("-id").first()
    if reading is None:
        return None
    report = read_report(reading)
    if report is None:
        return Handed(row.pk, row.name, row.received_on, None, f"{reading.error_message}{reading.error_advice}")
    newest = {each.address: each for each in corrections.order_by("id")}
    laid = {a: Correction(each.action, each.value, each.reason) for a, each in newest.items()}  # type: ignore[arg-type]
    scope = scope_of(row, known_at, report)
    return Handed(row.pk, row.name, row.received_on, effective(report, laid), sha256=row.file.sha256, scope=scope)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A file of which nobody knows yet whose it is or of which year, or that cannot be read."""

    submission: uuid.UUID
    name: str
    organ: str
    says: str


def unplaced(county: uuid.UUID, year: int) -> list[Unplaced]:
    """The files that may belong to a year's roll-up and that nothing counts yet."""
    rows = Submission.objects.filter(county=county, aside=False).filter(
        Q(organ=None, year=year) | Q(year=None, organ__isnull=False) | Q(organ=None, year=None)
    )
    newest = Reading.objects.filter(submission=OuterRef("pk")).order_by("-id")
    rows = rows.annotate(read=Subquery(newest.values("pk")[:1]), error=Subquery(newest.values("error_message")[:1]))
    told = rows.order_by("-id").values_list("pk", "name", "organ__name", "name_read", "read", "error")
    return [
        Unplaced(key, name, organ or name_read, _why_unplaced(organ, error) if read else "还没有读完。")
        for key, name, organ, name_read, read, error in told[:MOST_UNPLACED]
    ]


def _why_unplaced(organ: str | None, error: str) -> str:
    return error or ("没有认出机关。" if organ is None else "没有认出年度。")

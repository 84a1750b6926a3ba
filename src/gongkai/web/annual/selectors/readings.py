"""What was read of a submission, with the corrections that count laid over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from gongkai.annual.january import GOVERNMENT
from gongkai.annual.opening import scope_counted, scope_stated
from gongkai.annual.report import COUNTY, OWN, Report
from gongkai.web.annual.effective import Correction, effective
from gongkai.web.annual.models import CellCorrection, Reading, Submission
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import as_known


@dataclass(frozen=True, slots=True)
class Read:
    """The report that counts, the reading under it, and a stamp that changes with either."""

    report: Report | None
    original: Report | None
    reading: Reading
    stamp: str
    corrections: dict[str, CellCorrection]


def newest_reading(submission: Submission) -> Reading | None:
    """The reading that counts; None while there is none."""
    return Reading.objects.filter(submission=submission).order_by("-id").first()


def newest_corrections(submission: Submission) -> dict[str, CellCorrection]:
    """The correction that counts, by address; those that went back to the original are left out."""
    found: dict[str, CellCorrection] = {}
    for row in CellCorrection.objects.filter(submission=submission).order_by("id"):
        found[row.address] = row
    return {a: row for a, row in found.items() if row.action != "original"}


def read_report(reading: Reading | None) -> Report | None:
    """The report of a reading with its flow text and how each cell was placed; None when it was unreadable."""
    if reading is None or reading.report is None:
        return None
    report = Report.from_json(reading.report)
    cells = {a: c._replace(says=tuple(reading.says[a])) if a in reading.says else c for a, c in report.cells.items()}
    return replace(report, text=reading.text, cells=cells)


def read_of(submission: Submission, reading: Reading | None = None) -> Read:
    """The report that counts. Reading.DoesNotExist when nothing was read yet."""
    reading = reading or newest_reading(submission)
    if reading is None:
        raise Reading.DoesNotExist
    rows = newest_corrections(submission)
    original = read_report(reading)
    report = None
    if original is not None:
        # The year and organ that a person gave count for the check too.
        named = replace(original, year=submission.year or original.year)
        report = effective(
            named,
            {a: Correction(r.action, r.value, r.reason) for a, r in rows.items()},  # type: ignore[arg-type]
        )
    stamp = ":".join((str(reading.pk), str(submission.year), *(str(r.pk) for _, r in sorted(rows.items()))))
    return Read(report, original, reading, stamp, rows)


UNCLEAR = Q(organ__form=GOVERNMENT, scope="")
"""The files of which nobody said whether they are a government's own report or that of its county."""
BESIDE_COUNTY = Q(scope=COUNTY) | UNCLEAR
"""The files that are held beside the reports of a county: what a government publishes is its county's (article 49)."""


def scope_of(submission: Submission, known_at: datetime | None = None, report: Report | None = None) -> str:
    """Of what its figures count, as `scope_counted` has it: now, or as known at a moment when `report` was read of it."""
    organ, said = submission.organ, submission.scope
    government = organ is not None and as_known(organ, known_at).form == GOVERNMENT
    if known_at is not None and ever_told(submission):
        rows = submission.placements.filter(way="person", recorded_at__lte=known_at).order_by("-id")
        told = rows.values_list("scope", flat=True).first()
        said = told or (scope_stated(report) if report else "")
    return scope_counted(said, government=government)


def ever_told(submission: Submission) -> bool:
    """Whether a person ever said of what its figures are."""
    return submission.placements.exclude(scope="").exists()


def scope_beside(submission: Submission) -> str:
    """Beside which reports it is held: where nobody said whether it is a government's own, beside those of its county."""
    return scope_of(submission) or COUNTY


def of_scope(rows: QuerySet[Submission], scope: str) -> QuerySet[Submission]:
    """Those of these files that may be held beside a report of this scope; a county's also where nobody said."""
    return rows.exclude(BESIDE_COUNTY) if scope == OWN else rows.filter(BESIDE_COUNTY)


def previous_of(submission: Submission) -> Submission | None:
    """The newest report of the same organ and scope for the year before."""
    if submission.year is None:
        return None
    found = Submission.objects.filter(
        county=submission.county, aside=False, year=submission.year - 1, readings__report__isnull=False
    )
    if submission.organ_id:
        found = found.filter(organ=submission.organ_id)
    elif submission.name_read:
        found = found.filter(organ=None, name_read=submission.name_read)
    else:
        return None
    return of_scope(found, scope_of(submission)).order_by("-id").first()


def newest_of(organ: Organ, year: int, scope: str) -> Submission | None:
    """The newest report of an organ, year and scope that was read; None when there is none."""
    found = Submission.objects.filter(organ=organ, aside=False, year=year, readings__report__isnull=False)
    return of_scope(found, scope).order_by("-id").first()

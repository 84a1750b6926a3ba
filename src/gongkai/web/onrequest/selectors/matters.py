"""Reading complaints (art. 47) and corrections (art. 41): what is open, and by when, as the office set for itself.

The Regulations give neither a number of days: without a setting there is no due day, and none is invented.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.calendar import Calendar
from gongkai.law.citations import OUR_RULE
from gongkai.law.errors import LawGap
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Complaint, ComplaintStep, RecordCorrection, RecordCorrectionStep
from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.onrequest.services.corrections import ENDS
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.rules.selectors import calendar_of, setting

COMPLAINT_DAYS = "onrequest.complaint_days"
CORRECTION_DAYS = "onrequest.correction_days"
BASIS = OUR_RULE
"""On what these due days rest: the office's own setting."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    name: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A complaint or a correction in its list; who it came from is not in it."""

    key: uuid.UUID
    number: str
    organ: str
    about: str
    received_on: date
    due_on: date | None
    left: int | None
    state: str
    ended: bool
    case_number: str
    case: uuid.UUID | None

    @property
    def left_abs(self) -> int:
        """Without its sign."""
        return abs(self.left or 0)


def _due(calendar: Calendar, county: uuid.UUID, key: str, organ: uuid.UUID | None, received: date) -> date | None:
    days = setting(county, key, organ=organ, on=received)
    try:
        return calendar.add_workdays(received, int(days)) if days else None
    except LawGap:
        return None


def _left(calendar: Calendar, today: date, due: date | None, *, ended: bool) -> int | None:
    return None if ended else calendar.left(today, due)


def _in_order(found: Iterable[Matter], today: date) -> list[Matter]:
    return sorted(found, key=lambda m: (m.ended, m.due_on is None, m.due_on or today, -m.received_on.toordinal()))


def complaint_rows(county: uuid.UUID, organs: Organs) -> QuerySet[Complaint]:
    """The complaints about these organs; None: all of the county."""
    rows = Complaint.objects.filter(county=county)
    rows = of_organs(rows, organs)
    return rows.select_related("organ", "application").prefetch_related("steps")


def complaint_line(row: Complaint, today: date, calendar: Calendar) -> Matter:
    """One complaint in a line."""
    steps = sorted(row.steps.all(), key=lambda s: (s.on, s.pk))
    ended = any(step.step == "answered" for step in steps)
    due = _due(calendar, row.county, COMPLAINT_DAYS, None, row.received_on)
    app = row.application
    return Matter(
        key=row.pk,
        number=row.number,
        organ=row.organ.name,
        about=ABOUT.get(row.about, row.about),
        received_on=row.received_on,
        due_on=due,
        left=_left(calendar, today, due, ended=ended),
        state=steps[-1].get_step_display() if steps else "待查证",
        ended=ended,
        case_number=app.number if app else "",
        case=app.pk if app else None,
    )


def open_complaints(county: uuid.UUID, organs: Organs) -> QuerySet[Complaint]:
    """The complaints that nobody has answered yet."""
    answered = ComplaintStep.objects.filter(complaint=OuterRef("pk"), step="answered")
    return complaint_rows(county, organs).exclude(Exists(answered))


def complaints(
    county: uuid.UUID, organs: Organs, today: date, limit: int = 500, *, open_only: bool = False
) -> list[Matter]:
    """The complaints, what is open first by its day."""
    calendar = calendar_of(county)
    rows = open_complaints(county, organs) if open_only else complaint_rows(county, organs)
    rows = rows.order_by("-received_on", "-id")
    return _in_order((complaint_line(row, today, calendar) for row in rows[:limit]), today)


def complaint(county: uuid.UUID, key: uuid.UUID) -> Complaint | None:
    """One complaint of the county."""
    return complaint_rows(county, None).filter(pk=key).first()


def complaint_steps(row: Complaint) -> list[Taken]:
    """What became of it, in order."""
    steps = ComplaintStep.objects.filter(complaint=row).order_by("on", "id")
    return [Taken(s.get_step_display(), s.on, personal.reveal(s, "words")) for s in steps]


def correction_rows(county: uuid.UUID, organs: Organs) -> QuerySet[RecordCorrection]:
    """The requests to these organs; None: all of the county."""
    rows = RecordCorrection.objects.filter(county=county)
    rows = of_organs(rows, organs)
    return rows.select_related("organ").prefetch_related("steps")


def correction_line(row: RecordCorrection, today: date, calendar: Calendar) -> Matter:
    """One request in a line."""
    steps = sorted(row.steps.all(), key=lambda s: (s.on, s.pk))
    ended = any(step.step in ENDS for step in steps)
    due = _due(calendar, row.county, CORRECTION_DAYS, row.organ_id, row.received_on)
    return Matter(
        key=row.pk,
        number=row.number,
        organ=row.organ.name,
        about="更正本人信息",
        received_on=row.received_on,
        due_on=due,
        left=_left(calendar, today, due, ended=ended),
        state=steps[-1].get_step_display() if steps else "待核实",
        ended=ended,
        case_number="",
        case=None,
    )


def open_corrections(county: uuid.UUID, organs: Organs) -> QuerySet[RecordCorrection]:
    """The requests that have not come to an end."""
    ended = RecordCorrectionStep.objects.filter(correction=OuterRef("pk"), step__in=ENDS)
    return correction_rows(county, organs).exclude(Exists(ended))


def corrections(
    county: uuid.UUID, organs: Organs, today: date, limit: int = 500, *, open_only: bool = False
) -> list[Matter]:
    """The requests, what is open first by its day."""
    calendar = calendar_of(county)
    rows = open_corrections(county, organs) if open_only else correction_rows(county, organs)
    rows = rows.order_by("-received_on", "-id")
    return _in_order((correction_line(row, today, calendar) for row in rows[:limit]), today)


def correction(county: uuid.UUID, key: uuid.UUID) -> RecordCorrection | None:
    """One request of the county."""
    return correction_rows(county, None).filter(pk=key).first()


def correction_steps(row: RecordCorrection) -> list[Taken]:
    """What became of it, in order."""
    steps = RecordCorrectionStep.objects.filter(correction=row).order_by("on", "id")
    return [Taken(s.get_step_display(), s.on, personal.reveal(s, "words")) for s in steps]


COMPLAINT_STEPS = ComplaintStep.STEPS
CORRECTION_STEPS = RecordCorrectionStep.STEPS

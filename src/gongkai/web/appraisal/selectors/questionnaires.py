"""Questionnaires as lists and pages show them: how far each has come, its versions, whom it appraises."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.oversight.questions import Question, from_data
from gongkai.web.appraisal.models import Ending, Opening, Questionnaire
from gongkai.web.organs.models import Organ

STATES = {"draft": "拟稿", "coming": "等待开始", "open": "正在进行", "over": "已经结束"}


def state_of(row: Questionnaire, today: date) -> str:
    """How far a version has come on a day: one of `STATES`."""
    if not Opening.objects.filter(questionnaire=row).exists():
        return "draft"
    if today > row.closes_on or Ending.objects.filter(questionnaire=row).exists():
        return "over"
    return "open" if today >= row.opens_on else "coming"


def newest(county: uuid.UUID, stem: uuid.UUID) -> Questionnaire | None:
    """The newest row of a questionnaire, opened or not."""
    rows = Questionnaire.objects.filter(county=county, stem=stem).select_related("organ")
    return rows.order_by("-version", "-revision").first()


def versions(county: uuid.UUID, stem: uuid.UUID) -> list[Questionnaire]:
    """The versions that were opened, the newest first."""
    rows = Questionnaire.objects.filter(county=county, stem=stem, opening__isnull=False).select_related("organ")
    return list(rows.order_by("-version"))


def version(county: uuid.UUID, stem: uuid.UUID, number: int | None = None) -> Questionnaire | None:
    """A version that was opened: the newest, or the one of this number."""
    return next((row for row in versions(county, stem) if number in (None, row.version)), None)


def questions_of(row: Questionnaire) -> tuple[Question, ...]:
    """What a version asks."""
    return from_data(row.questions)


def subjects_of(row: Questionnaire) -> list[Organ]:
    """The organs that a version appraises, in its order."""
    held = {str(organ.pk): organ for organ in Organ.objects.filter(county=row.county, pk__in=row.subjects)}
    return [held[key] for key in row.subjects if key in held]


def ending_of(row: Questionnaire) -> Ending | None:
    """How a version came to its end before its day; None when it did not."""
    return Ending.objects.filter(questionnaire=row).first()


def last_day(row: Questionnaire) -> date:
    """The last day on which a version took answers."""
    ending = ending_of(row)
    return min(row.closes_on, ending.on) if ending else row.closes_on


@dataclass(frozen=True, slots=True)
class Line:
    """A questionnaire in a list: the row that is shown, how far it has come, and how many organs it appraises."""

    row: Questionnaire
    state: str
    subjects: int
    published: bool

    @property
    def state_zh(self) -> str:
        """How far it has come, in words."""
        return "结果已公布" if self.published else STATES[self.state]


def lines(
    county: uuid.UUID, today: date, organs: Iterable[uuid.UUID] | None = None, *, public: bool = False
) -> list[Line]:
    """Every questionnaire once, newest first: of these organs, and (`public`) only as far as the public sees it."""
    rows = Questionnaire.objects.filter(county=county).select_related("organ", "opening", "ending")
    if organs is not None:
        rows = rows.filter(organ__in=list(organs))
    if public:
        rows = rows.filter(opening__isnull=False)
    told = set(Questionnaire.objects.filter(county=county, publications__isnull=False).values_list("pk", flat=True))
    found: dict[uuid.UUID, Questionnaire] = {}
    for row in rows.order_by("version", "revision"):
        found[row.stem] = row
    newest_first = sorted(found.values(), key=lambda row: (row.opens_on, row.pk), reverse=True)
    return [Line(row, _state(row, today), len(row.subjects), row.pk in told) for row in newest_first]


def _state(row: Questionnaire, today: date) -> str:
    """As `state_of`, for a row that was read with its opening and ending."""
    if not hasattr(row, "opening"):
        return "draft"
    if today > row.closes_on or hasattr(row, "ending"):
        return "over"
    return "open" if today >= row.opens_on else "coming"

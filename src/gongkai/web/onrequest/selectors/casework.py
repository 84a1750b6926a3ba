"""Work on a case that has pages of its own, as the page of the case lists it: who was asked, what belongs together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web.onrequest.models import Application
from gongkai.web.onrequest.selectors.consultations import Asked, consultations_of
from gongkai.web.onrequest.selectors.passings import Help, helps_of
from gongkai.web.onrequest.selectors.together import Together, together


@dataclass(frozen=True, slots=True)
class Work:
    """What is out with others and what belongs to this case."""

    consultations: list[Asked]
    helps: list[Help]
    together: list[Together]


def case_work(application: Application, today: date) -> Work:
    """The work of a case on a day."""
    return Work(consultations_of(application, today, words=False), helps_of(application), together(application))

"""What is withheld is looked at again from time to time, art. 18; how often is the county's own rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.citations import OUR_RULE, Citation
from gongkai.proactive.guards import REEVALUATE

DEFAULT_MONTHS = 12
"""Until a county sets its own interval: the Regulations name none."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """When what is withheld is to be looked at again."""

    due_on: date
    says: str
    cites: Citation = REEVALUATE


def next_evaluation(last_on: date, months: int = DEFAULT_MONTHS) -> Evaluation:
    """The day of the next evaluation after the last, or after the decision to withhold."""
    year, month = divmod(last_on.year * 12 + last_on.month - 1 + months, 12)
    day = min(last_on.day, _days_in(year, month + 1))
    says = f"每{months}个月评估一次（间隔是{OUR_RULE}，条例没有规定间隔）。"
    return Evaluation(date(year, month + 1, day), says)


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days

"""What is looked at in the answer to a test application, and what follows for the checklist. Pure; 本系统规则."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ELEMENTS: dict[str, str] = {
    "organ": "写明答复机关",
    "number": "编有文号",
    "asked": "写明申请的内容",
    "conclusion": "写明处理结论",
    "basis": "写明法律依据（条、款、项）",
    "remedy": "告知救济途径和期限",
    "dated": "有成文日期",
    "sealed": "加盖印章",
}
"""The parts of an answer that are looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One test as it stands. None: that is not known yet."""

    reached: bool | None
    answered_on: date | None
    silent: bool
    due_on: date | None
    met: Mapping[str, bool | None]

    @property
    def in_time(self) -> bool | None:
        """Whether the answer came by its day."""
        if self.silent:
            return False
        if self.answered_on is None or self.due_on is None:
            return None
        return self.answered_on <= self.due_on

    @property
    def lawful(self) -> bool | None:
        """Whether the answer has every part; None while one was not looked at."""
        if self.silent:
            return False
        if any(one is False for one in self.met.values()):
            return False
        return True if self.answered_on and all(self.met.get(key) is True for key in ELEMENTS) else None


def together(found: Iterable[Seen]) -> dict[str, bool | None]:
    """What several tests say: good only when all are, bad when one is bad, else not known."""
    rows = list(found)

    def all_of(answers: list[bool | None]) -> bool | None:
        if False in answers:
            return False
        return True if answers and None not in answers else None

    return {
        "channel": all_of([False if row.silent else row.reached for row in rows]),
        "in_time": all_of([row.in_time for row in rows]),
        "lawful": all_of([row.lawful for row in rows]),
    }

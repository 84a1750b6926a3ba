"""Where the assessment of one organ stands, from the steps that were taken. Pure: nothing is stored of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

STAGES: dict[str, str] = {"self": "自评", "scoring": "评分", "reviewing": "复核", "told": "告知和申诉", "final": "最终"}
AFTER = {
    "handed_in": "scoring",
    "returned": "self",
    "scored": "reviewing",
    "sent_back": "scoring",
    "reviewed": "told",
    "finished": "final",
    "reopened": "reviewing",
}
"""The stage that a step leads to; the others leave it as it is."""
MAY: dict[str, tuple[str, ...]] = {
    "handed_in": ("self",),
    "returned": ("scoring",),
    "scored": ("scoring",),
    "sent_back": ("reviewing", "told"),
    "reviewed": ("reviewing",),
    "appealed": ("told",),
    "replied": ("told",),
    "accepted": ("told",),
    "finished": ("told",),
    "reopened": ("final",),
}
"""In which stage each step may be taken."""
MARKS: dict[str, str] = {"self": "self", "scoring": "scored", "reviewing": "reviewed"}
"""Whose word is given in which stage."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands: the stage, who scored last, the appeals without a reply, whether the organ agreed."""

    stage: str
    seq: int
    scored_by: Any = None
    appeals: tuple[Any, ...] = ()
    accepted: bool = False

    @property
    def stage_zh(self) -> str:
        """The stage in words."""
        return STAGES[self.stage]

    def may_finish(self, today: date, appeal_due_on: date | None) -> str:
        """Why the result cannot be made final yet; empty when it can."""
        if self.appeals:
            return "还有申诉没有答复，答复后才能定为最终结果。"
        if not self.accepted and appeal_due_on is not None and today <= appeal_due_on:
            return f"申诉期到{appeal_due_on:%Y-%m-%d}为止，期满或者该单位表示无异议后才能定为最终结果。"
        return ""


def standing(deeds: Iterable[Any]) -> Standing:
    """Where it stands after these steps, in their order."""
    stage, seq, scored_by, accepted = "self", 0, None, False
    appeals: dict[Any, Any] = {}
    for deed in deeds:
        seq = deed.seq
        stage = AFTER.get(deed.kind, stage)
        if deed.kind == "scored":
            scored_by, accepted = deed.by, False
        elif deed.kind == "reopened":
            accepted = False
        elif deed.kind == "accepted":
            accepted = True
        elif deed.kind == "appealed":
            appeals[deed.pk] = deed
        elif deed.kind == "replied":
            appeals.pop(deed.about_id, None)
    return Standing(stage, seq, scored_by, tuple(appeals.values()), accepted)

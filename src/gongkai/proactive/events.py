"""What can happen to an entry of the catalogue, as facts in the order in which they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongkai.proactive.stages import Plan, Stage


class Kind(StrEnum):
    """A kind of fact in the life of an entry."""

    DRAFTED = "drafted"
    """起草或者修改: a version was kept; `version` is its number."""
    SUBMITTED = "submitted"
    """送审: `plan` are the stages, `urgent` the urgent path; `lacking`: it had no mode or no reason and went back."""
    PASSED = "passed"
    """一个环节审查通过: `stage`, by whose hands, under which exception."""
    RETURNED = "returned"
    """退回: with reasons, from any stage or after approval."""
    RECALLED = "recalled"
    """起草人收回."""
    RELEASED = "released"
    """发布: `version` is public from `from_at` until `until_at`."""
    KEPT = "kept"
    """归入目录，不主动公开: the decided mode is another than proactive."""
    WITHDRAWN = "withdrawn"
    """撤回: from this moment nothing of the entry is public."""
    EXPIRED = "expired"
    """期满: noted when it was seen; the state follows from the day by itself."""
    CORRECTED = "corrected"
    """开始更正: a new version is drafted while the old one stays as it is."""
    ABANDONED = "abandoned"
    """作废草稿."""
    OPENED = "opened"
    """与其他机关协商，或者报请批准: `matter` names it."""
    SETTLED = "settled"
    """协商一致、已经批准: ends the same `matter`."""
    REEVALUATED = "reevaluated"
    """对不予公开的定期评估."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fact. `at` is when it was recorded; `hands` are the identities of who did it: a key, and a name on paper."""

    kind: Kind
    at: datetime
    version: int = 0
    stage: Stage | None = None
    plan: Plan | None = None
    urgent: bool = False
    lacking: bool = False
    from_at: datetime | None = None
    until_at: datetime | None = None
    matter: str = ""
    hands: frozenset[str] = frozenset()
    exception: str = ""

"""The life of a document: in force, amended, lapsed or repealed on any day, as a fold over dated changes.

No change is ever guessed: a document without a last day holds until something says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.calendar import in_chinese


class Validity(StrEnum):
    """How a document stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    PARTLY_LAPSED = "partly_lapsed"
    LAPSED = "lapsed"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


VALIDITIES: dict[Validity, str] = {
    Validity.NOT_YET: "尚未施行",
    Validity.IN_FORCE: "有效",
    Validity.AMENDED: "已修改（有效）",
    Validity.PARTLY_LAPSED: "部分失效",
    Validity.LAPSED: "失效",
    Validity.REPEALED: "废止",
    Validity.UNKNOWN: "未标注",
}

HOLDS = frozenset({Validity.IN_FORCE, Validity.AMENDED, Validity.PARTLY_LAPSED})
"""The ways in which a document is in force, wholly or in part."""


class ChangeKind(StrEnum):
    """What can happen to a document."""

    AMENDED = "amended"
    PARTLY_LAPSED = "partly_lapsed"
    LAPSED = "lapsed"
    REPEALED = "repealed"
    EXTENDED = "extended"
    CONFIRMED = "confirmed"


CHANGES: dict[ChangeKind, str] = {
    ChangeKind.AMENDED: "修改",
    ChangeKind.PARTLY_LAPSED: "部分失效",
    ChangeKind.LAPSED: "宣布失效",
    ChangeKind.REPEALED: "废止",
    ChangeKind.EXTENDED: "延长有效期",
    ChangeKind.CONFIRMED: "清理后继续有效",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A change that takes effect on a day; `until` is the new last day of an extension, `by` the document that says it."""

    kind: ChangeKind
    on: date
    by: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a document. `expires_on` is its last day; None: it holds until further notice."""

    effective_on: date | None = None
    expires_on: date | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands on a day, since when, and in a sentence why."""

    validity: Validity
    since: date | None
    says: str

    @property
    def zh(self) -> str:
        """In a word."""
        return VALIDITIES[self.validity]

    @property
    def holds(self) -> bool:
        """Whether it is in force, wholly or in part."""
        return self.validity in HOLDS


_BECOMES = {
    ChangeKind.AMENDED: Validity.AMENDED,
    ChangeKind.PARTLY_LAPSED: Validity.PARTLY_LAPSED,
    ChangeKind.LAPSED: Validity.LAPSED,
    ChangeKind.REPEALED: Validity.REPEALED,
}
_ENDS = frozenset({Validity.LAPSED, Validity.REPEALED})


def standing(life: Life, on: date) -> Standing:
    """How the document stands on a day. Nothing revives what was repealed: it takes a document of its own."""
    if life.effective_on is None:
        if not life.changes and life.expires_on is None:
            return Standing(Validity.UNKNOWN, None, "没有登记实施日期和有效期。")
    elif on < life.effective_on:
        return Standing(Validity.NOT_YET, None, f"自{in_chinese(life.effective_on)}起施行。")
    now = Standing(Validity.IN_FORCE, life.effective_on, "现行有效。")
    last = life.expires_on
    for change in sorted(life.changes, key=lambda c: c.on):
        if change.on > on or now.validity in _ENDS:
            break
        if last is not None and last < change.on:
            break  # it had lapsed before this
        if change.kind is ChangeKind.EXTENDED:
            last = change.until
        elif change.kind in _BECOMES:
            by = f"（{change.by}）" if change.by else ""
            now = Standing(_BECOMES[change.kind], change.on, f"自{in_chinese(change.on)}起{_says(change.kind)}{by}。")
    if now.validity not in _ENDS and last is not None and on > last:
        return Standing(Validity.LAPSED, last + timedelta(days=1), f"有效期至{in_chinese(last)}，已经届满。")
    return now


def _says(kind: ChangeKind) -> str:
    return CHANGES[kind].removeprefix("宣布")


def runs_out(life: Life, on: date) -> date | None:
    """The last day of a document that is in force on `on`; None where it has none or is no longer in force."""
    if not standing(life, on).holds:
        return None
    last = life.expires_on
    for change in sorted(life.changes, key=lambda c: c.on):
        if change.kind is ChangeKind.EXTENDED and change.on <= on:
            last = change.until
    return last


def in_force(lives: Iterable[Life], on: date) -> int:
    """How many of these documents are in force on a day."""
    return sum(standing(life, on).holds for life in lives)

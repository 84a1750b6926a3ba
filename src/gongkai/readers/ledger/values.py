"""What a ledger of applications holds once read: rows of values, and each doubt by row and column.

A row is read whole or left out: one doubtful cell is a `Doubt`, and its row is none of the `rows`. What no column of
ours means is kept as a note under the name it has in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256
from typing import Any

from gongkai.onrequest.events import Event, Kind, in_order

CONSULTATION = "征求意见"
"""The `matter` of the one consultation that a row of a ledger can tell of."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One application as the ledger tells it. Empty and None: the ledger says nothing.

    `applicant_kind` is a column of table 三, `decision` a code of the decision types, `consulted` is `third_party` or
    `organ`. `sheet` and `line` say where the row stands (lines from 1, as the sheet numbers them).
    """

    sheet: str
    line: int
    received_on: date
    number: str = ""
    organ: str = ""
    applicant: str = ""
    applicant_kind: str = ""
    identity_number: str = ""
    phone: str = ""
    address: str = ""
    channel: str = ""
    content: str = ""
    supplement_asked_on: date | None = None
    supplemented_on: date | None = None
    reasons_asked_on: date | None = None
    reasons_given_on: date | None = None
    consulted: str = ""
    consulted_from: date | None = None
    consulted_until: date | None = None
    extended_on: date | None = None
    extended_days: int | None = None
    fee_notified_on: date | None = None
    fee_paid_on: date | None = None
    withdrawn_on: date | None = None
    replied_on: date | None = None
    decision: str = ""
    delivery: str = ""
    delivered_on: date | None = None
    remark: str = ""
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What makes the application itself: the same key is the same application, whatever file it stands in.

        Its number where it has one, else day, applicant and content.
        """
        parts = (self.number,) if self.number else ("", self.received_on.isoformat(), self.applicant, self.content)
        return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """What the row says, without what it does not; days as ISO text, notes by their column."""
        shown: dict[str, Any] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, date):
                shown[part.name] = value.isoformat()
            elif part.name == "notes":
                shown[part.name] = dict(value)
            elif value not in ("", None):
                shown[part.name] = value
        return shown


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a row was left out: where, what was met, what was expected."""

    sheet: str
    line: int
    column: str
    met: str
    expected: str

    @property
    def message(self) -> str:
        """The doubt as a sentence for a person."""
        place = f"工作表“{self.sheet}”" if self.sheet else ""
        met = f"“{self.met}”" if self.met else "空白"
        return f"{place}第{self.line}行“{self.column}”：现为{met}，{self.expected}。"

    def to_json(self) -> dict[str, Any]:
        """The doubt as data."""
        return {
            "sheet": self.sheet,
            "line": self.line,
            "column": self.column,
            "met": self.met,
            "expected": self.expected,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column of the ledger was taken for; `meaning` is empty where it is kept as a note."""

    sheet: str
    place: str
    name: str
    meaning: str
    label: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no application: a sub-head, a sum, the head again, the very same row again."""

    sheet: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as read. `remarks` are sentences about the whole: what was assumed, what was not read."""

    rows: tuple[LedgerRow, ...]
    doubts: tuple[Doubt, ...]
    columns: tuple[ColumnUse, ...]
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[str, ...] = ()
    years: tuple[int, ...] = field(default=())

    @property
    def doubtful(self) -> int:
        """How many rows were left out for a doubt."""
        return len({(doubt.sheet, doubt.line) for doubt in self.doubts})

    def preview(self, limit: int = 20) -> dict[str, Any]:
        """What a person looks at before importing: counts, columns, the first rows, every doubt."""
        return {
            "read": len(self.rows),
            "doubtful": self.doubtful,
            "columns": [
                {"sheet": c.sheet, "place": c.place, "name": c.name, "meaning": c.meaning, "label": c.label}
                for c in self.columns
            ],
            "remarks": list(self.remarks),
            "skipped": [{"sheet": s.sheet, "line": s.line, "why": s.why} for s in self.skipped],
            "rows": [row.to_json() for row in self.rows[:limit]],
            "doubts": [doubt.to_json() for doubt in self.doubts],
        }


def to_events(row: LedgerRow) -> tuple[Event, ...]:
    """The row as dated facts, in the order of days; what the clock and the yearly tables are computed from."""
    begins, ends = (
        (Kind.ORGAN_CONSULTED, Kind.ORGAN_ENDED)
        if row.consulted == "organ"
        else (Kind.THIRD_PARTY_CONSULTED, Kind.THIRD_PARTY_ENDED)
    )
    told: tuple[tuple[Kind, date | None, dict[str, Any]], ...] = (
        (Kind.RECEIVED, row.received_on, {}),
        (Kind.SUPPLEMENT_ASKED, row.supplement_asked_on, {}),
        (Kind.SUPPLEMENTED, row.supplemented_on, {}),
        (Kind.REASONS_ASKED, row.reasons_asked_on, {}),
        (Kind.REASONS_GIVEN, row.reasons_given_on, {}),
        (begins, row.consulted_from, {"matter": CONSULTATION}),
        (ends, row.consulted_until, {"matter": CONSULTATION}),
        (Kind.EXTENDED, row.extended_on, {"days": row.extended_days}),
        (Kind.FEE_NOTIFIED, row.fee_notified_on, {}),
        (Kind.FEE_PAID, row.fee_paid_on, {}),
        (Kind.WITHDRAWN, row.withdrawn_on, {}),
        (Kind.DECIDED, row.replied_on, {"decision": row.decision}),
        (Kind.DELIVERED, row.delivered_on, {}),
    )
    return in_order(Event(kind, on, **more) for kind, on, more in told if on is not None)

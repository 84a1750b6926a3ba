"""What the cells of a report leave possible for a sum of rows: intervals, since a blank cell is no zero.

A value is *excluded* only when it lies outside every interval, so that a cell nobody could read never breaks a
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.forms import form
from gongkai.annual.report import Report

APPLICANTS = (
    "natural_person",
    "enterprise",
    "research_institution",
    "public_benefit_organisation",
    "legal_service_provider",
    "other_organisation",
)
ORGANISATIONS = APPLICANTS[1:]
KINDS = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, None where nothing bounds it above."""

    low: Number
    high: Number | None

    def __add__(self, other: Range) -> Range:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(self.low + other.low, high)

    def holds(self, value: Number) -> bool:
        """Whether the value is possible."""
        return self.low <= value and (self.high is None or value <= self.high)

    @property
    def known(self) -> bool:
        """Whether one value alone is possible."""
        return self.high == self.low

    def __str__(self) -> str:
        return f"{self.low}" if self.known else f"不少于{self.low}"


NOTHING = Range(0, 0)
ANYTHING = Range(0, None)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of cells with its name for a reader: all it may be, and the cells that bear on it."""

    name: str
    ranges: tuple[Range, ...]
    cells: tuple[str, ...]

    def holds(self, value: Number) -> bool:
        """Whether one of the readings allows the value."""
        return any(r.holds(value) for r in self.ranges)

    @property
    def known(self) -> bool:
        """Whether the table says exactly one number (or several that contradict each other)."""
        return bool(self.ranges) and all(r.known for r in self.ranges)

    @property
    def bounded(self) -> bool:
        """Whether the table rules anything out at all."""
        return any(r != ANYTHING for r in self.ranges)

    @property
    def first(self) -> Range:
        """The reading that rests on the form's own total."""
        return self.ranges[0]

    def __add__(self, other: Amount) -> Amount:
        ranges = tuple(dict.fromkeys(a + b for a in self.ranges for b in other.ranges))[:4]
        return Amount(f"{self.name}加{other.name}", ranges, self.cells + other.cells)


def less(whole: Amount, part: Amount, name: str) -> Amount:
    """The whole without a part; both must be exactly known, else anything is possible."""
    if not (whole.known and part.known):
        return Amount(name, (ANYTHING,), ())
    return Amount(
        name,
        tuple(Range(a.low - b.low, a.low - b.low) for a in whole.ranges for b in part.ranges),
        whole.cells + part.cells,
    )


class Table:
    """The certain cells of a report, asked by row."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._rows: dict[tuple[str, str], tuple[tuple[Range, ...], tuple[str, ...]]] = {}
        self.edition = report.edition or "2021"
        keys = [row.key for row in form(self.edition).rows]
        if self.edition != "2019" and any(
            a.startswith("applications.otherwise_closed.") and a.count(".") == 2 for a in report.cells
        ):
            keys = [k for k in keys if not k.startswith("otherwise_closed")] + ["otherwise_closed"]
        self.keys = tuple(keys)

    def cell(self, address: str, name: str) -> Amount:
        """One cell."""
        value = self.report.value(address)
        return Amount(name, (ANYTHING if value is None else Range(value, value),), (address,))

    def row(self, key: str, column: str, name: str) -> Amount:
        """A row of table 三 in one column: an applicant's, `organisations`, or `total`."""
        ranges, cells = self._row(key, column)
        return Amount(name, ranges, cells)

    def group(self, prefix: str, column: str, name: str) -> Amount:
        """All rows of a group (不予公开 and the like) together."""
        rows = [k for k in self.keys if k == prefix or k.startswith(prefix + ".")]
        return self.rows(rows, column, name)

    def rows(self, keys: list[str] | tuple[str, ...], column: str, name: str) -> Amount:
        """Several rows together. By the printed totals, and by the columns where these say something else."""
        by_total, by_columns, cells = NOTHING, NOTHING, list[str]()
        for key in keys:
            ranges, used = self._row(key, column)
            by_total, by_columns = by_total + ranges[0], by_columns + ranges[-1]
            cells.extend(used)
        return Amount(name, tuple(dict.fromkeys((by_total, by_columns))), tuple(cells))

    def _row(self, key: str, column: str) -> tuple[tuple[Range, ...], tuple[str, ...]]:
        found = self._rows.get((key, column))
        if found is None:
            found = self._rows[key, column] = self._measure(key, column)
        return found

    def _measure(self, key: str, column: str) -> tuple[tuple[Range, ...], tuple[str, ...]]:
        stem = f"applications.{key}."
        if column in APPLICANTS:
            value = self.report.value(stem + column)
            return (ANYTHING if value is None else Range(value, value),), (stem + column,)
        columns = ORGANISATIONS if column == "organisations" else APPLICANTS
        parts, printed = self._added([stem + c for c in columns])
        if column == "organisations":
            return (parts,), printed
        total = self.report.value(stem + "total")
        if total is None:
            return (parts,), printed or (stem + "total",)
        exact = Range(total, total)
        return ((exact, parts) if parts.known and parts != exact else (exact,)), (stem + "total",)

    def _added(self, addresses: list[str]) -> tuple[Range, tuple[str, ...]]:
        values = [(a, v) for a in addresses if (v := self.report.value(a)) is not None]
        low = sum((v for _, v in values), 0)
        return Range(low, low if len(values) == len(addresses) else None), tuple(a for a, v in values if v)

    def dispute(self, kinds: tuple[str, ...], result: str, name: str) -> Amount:
        """A result of table 四 over one or several kinds of proceedings."""
        by_total, by_parts, cells = NOTHING, NOTHING, list[str]()
        for kind in kinds:
            stem = f"disputes.{kind}."
            printed = self.report.value(stem + result)
            known = ANYTHING if printed is None else Range(printed, printed)
            parts = known
            if result == "total":
                parts, _ = self._added([stem + r for r in RESULTS])
                known = parts if printed is None else known
            by_total, by_parts = by_total + known, by_parts + (parts if parts.known else known)
            cells.append(stem + result)
        return Amount(name, tuple(dict.fromkeys((by_total, by_parts))), tuple(cells))

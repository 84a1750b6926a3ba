"""Several reports side by side: cells aligned over the editions, each change with its base; what is not there is never 0.

Only cells of the same address are the same figure. The one-row 其他处理 of the 2019 form is set beside the sum of the
three rows of the 2021 form; every other cell that one edition lacks says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from gongkai.annual.forms import EDITIONS, cell, form
from gongkai.annual.report import Number, Report

Why = Literal["", "blank", "absent", "unsure", "no_item", "unclear", "no_report"]
WHY: dict[Why, str] = {
    "": "",
    "blank": "空白",
    "absent": "缺",
    "unsure": "读不准",
    "no_item": "本版无此项",
    "unclear": "不能确定",
    "no_report": "没有报告",
}
TABLES = {"proactive": 2, "applications": 3, "disputes": 4}
SMALL_BASE = 10
"""From a smaller base a percentage says little; a measure of this system, not of any provision."""
OTHER = "applications.otherwise_closed."
OTHER_ROWS = ("supplement_not_made", "fee_not_paid", "other")
OTHER_LABEL = "（六）其他处理（合计）"


@dataclass(frozen=True, slots=True)
class Said:
    """The figures of a report without its words: what is certain, what was blank, what could not be read for certain."""

    edition: str | None
    cells: Mapping[str, Number] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()

    @classmethod
    def of(cls, report: Report) -> Said:
        """The figures of a report."""
        return cls(
            report.edition,
            {a: c.value for a, c in report.cells.items()},
            frozenset(report.blank),
            frozenset(u.address for u in report.unsure),
        )

    @classmethod
    def of_object(cls, data: Mapping[str, Any]) -> Said:
        """The figures of a report that is kept as its object (`gongkai.report/1`)."""
        cells = {a: _number(c["value"]) for a, c in (data.get("cells") or {}).items()}
        return cls(
            data.get("edition"),
            cells,
            frozenset(data.get("blank") or ()),
            frozenset(u["address"] for u in data.get("unsure") or ()),
        )

    def to_json(self) -> dict[str, Any]:
        """As it is kept; amounts as words, since they are exact."""
        return {
            "edition": self.edition,
            "cells": {a: v if isinstance(v, int) else str(v) for a, v in self.cells.items()},
            "blank": sorted(self.blank),
            "unsure": sorted(self.unsure),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Said:
        """The inverse of `to_json`."""
        cells = {a: v if isinstance(v, int) else Decimal(v) for a, v in data["cells"].items()}
        return cls(data["edition"], cells, frozenset(data["blank"]), frozenset(data["unsure"]))

    @property
    def one_row_other(self) -> bool:
        """Whether 其他处理 is one row here."""
        one = {f"{OTHER}{column.key}" for column in form(EDITIONS[-1]).columns}
        return self.edition == "2019" or any(a in one for a in (*self.cells, *self.blank, *self.unsure))


def _number(value: Any) -> Number:
    if isinstance(value, int):
        return value
    found = Decimal(str(value))
    return int(found) if found == found.to_integral_value() else found


@dataclass(frozen=True, slots=True)
class Place:
    """What one report says of a figure: a value, or why there is none. `summed`: of the three rows of 其他处理."""

    value: Number | None
    why: Why = ""
    summed: bool = False

    @property
    def words(self) -> str:
        """As it is shown."""
        return plain(self.value) if self.value is not None else WHY[self.why]


@dataclass(frozen=True, slots=True)
class Change:
    """From one report to the next. Where there is no percentage, `why` says so; `small`: of a base that says little."""

    difference: Number | None
    percent: str = ""
    base: Number | None = None
    why: str = ""
    small: bool = False

    @property
    def short(self) -> str:
        """Why there is no percentage, in a few words."""
        return self.why.removesuffix("，不计算百分比").removesuffix("，不能计算增减")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in every report, and its change from each to the next: one change fewer than places."""

    address: str
    label: str
    table: int
    places: tuple[Place, ...]
    changes: tuple[Change | None, ...]

    @property
    def pairs(self) -> tuple[tuple[Place, Change | None], ...]:
        """Every place with the change that led to it; the first has none."""
        return tuple(zip(self.places, (None, *self.changes), strict=True))

    @property
    def same(self) -> bool:
        """Whether all reports that are there say the same."""
        return len({place.words for place in self.places if place.why != "no_report"}) < 2

    @property
    def empty(self) -> bool:
        """Whether nobody says a number other than 0."""
        return not any(place.value for place in self.places)


def plain(value: Number) -> str:
    """A number as it is printed."""
    return str(value) if isinstance(value, int) else format(value, "f")


def label_of(address: str) -> str:
    """A cell as a person names it."""
    try:
        return cell(address).label
    except KeyError:
        return address


def place_in(said: Said | None, address: str) -> Place:
    """What a report says at an address; of one that is not there, that it is not."""
    if said is None:
        return Place(None, "no_report")
    if address in said.cells:
        return Place(said.cells[address])
    if address in said.blank:
        return Place(None, "blank")
    if address in said.unsure:
        return Place(None, "unsure")
    lacks = said.edition is not None and address not in form(said.edition).by_address
    return Place(None, "no_item" if lacks else "absent")


def other_in(said: Said | None, column: str) -> Place:
    """（六）其他处理 as one number: its own row, else the sum of its three rows when all three are certain."""
    if said is None:
        return Place(None, "no_report")
    own = place_in(said, f"{OTHER}{column}")
    if own.why != "no_item" and (said.edition == "2019" or own.why != "absent"):
        return own
    parts = [said.cells.get(f"{OTHER}{row}.{column}") for row in OTHER_ROWS]
    known = [part for part in parts if part is not None]
    return Place(sum(known, 0), summed=True) if len(known) == len(parts) else Place(None, "unclear")


def change(before: Place, now: Place) -> Change | None:
    """From one report to the next; None where the later one says no number."""
    if now.value is None:
        return None
    if before.value is None:
        return Change(None, why=f"前一年{before.words}，不能计算增减")
    difference = now.value - before.value
    if before.value <= 0:
        why = "基数为0，不计算百分比" if before.value == 0 else "基数为负数，不计算百分比"
        return Change(difference, base=before.value, why=why)
    share = Decimal(100) * Decimal(difference) / Decimal(before.value)
    return Change(difference, f"{share:+.1f}%", before.value, small=before.value < SMALL_BASE)


def addresses(columns: Iterable[Said | None]) -> list[str]:
    """The addresses that these reports answer for: those of the newest edition among them first, table by table."""
    editions = {said.edition or EDITIONS[-1] for said in columns if said is not None}
    found = dict.fromkeys(a for edition in reversed(EDITIONS) if edition in editions for a in form(edition).addresses)
    return sorted(found, key=lambda address: TABLES[address.partition(".")[0]])


def align(columns: Sequence[Said | None]) -> list[Line]:
    """Every figure of these reports, side by side in their order; None stands for a report that is not there."""
    there = [said for said in columns if said is not None]
    drawn_together = any(said.one_row_other for said in there)
    split = any(said.edition != "2019" for said in there)
    done: list[Line] = []
    other = False
    for address in addresses(columns):
        if address.startswith(OTHER) and drawn_together:
            if not other:
                other = True
                done += _others(columns)
            if not split or address.count(".") < 3:
                continue
        done.append(_line(address, label_of(address), columns, lambda said, a=address: place_in(said, a)))
    return done


def _others(columns: Sequence[Said | None]) -> Iterator[Line]:
    for column in form(EDITIONS[-1]).columns:
        label = f"{OTHER_LABEL}·{column.label}"
        yield _line(f"{OTHER}{column.key}", label, columns, lambda said, key=column.key: other_in(said, key))


def _line(address: str, label: str, columns: Sequence[Said | None], place: Callable[..., Place]) -> Line:
    places = tuple(place(said) for said in columns)
    changes = tuple(change(before, now) for before, now in pairwise(places))
    return Line(address, label, TABLES[address.partition(".")[0]], places, changes)

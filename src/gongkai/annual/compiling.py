"""An organ's yearly report made from its records: every figure with what stands behind it, or with why it is blank.

Three sources and no other: records counted here; figures that another system holds, entered by a person with a note of
where they are from; and what last year's frozen report carried forward. Where none of them tells, the cell stays blank
and says so. Nothing is filled with 0 and nothing is made to balance: the checker runs on what comes out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from gongkai.annual.forms import Form, FormCell, form
from gongkai.annual.report import Cell, Number, Report, Source
from gongkai.annual.tally import Carried, Tally, Unplaced

From = Literal["records", "entered", "locked", "none"]
SOURCES: dict[From, str] = {
    "records": "由登记计出",
    "entered": "填报",
    "locked": "与上年报告衔接",
    "none": "空白",
}
BROUGHT = "applications.brought_forward."
"""The row that is locked to last year's report."""

TO_DO: dict[str, str] = {
    "no_receipt": "请补登收到申请的日期。",
    "no_decision": "请核对办理记录：补登处理决定，或者更正送达的记录。",
    "lost_leading": "请核对并案的记录，更正主案的编号，或者登记主案。",
    "unknown_last_year": "上年报告已经定稿。请更正上年报告，或者写明理由后更改“上年结转”。",
    "counted_before": "请核对收到日期；更正无误的，由上年报告的更正说明，本年不重复计。",
    "lost_carried": "请核对这件申请的登记；确实不应结转的，写明理由后更改“上年结转”。",
    "no_kind": "请补登申请人的类型。",
    "doubtful": "请按提示改正台账的这一行，再编制一次。",
}
"""What is to be done about a record that could not be placed, by its cause."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell. `value` None is blank and `why` says for what reason; else `why` says what is to be known beside it."""

    address: str
    value: Decimal | int | None
    records: tuple[str, ...] = ()
    source: From = "none"
    why: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that could not be placed: which, why, and what is to be done."""

    number: str
    why: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure that a person entered, with where it is from, or for what reason it departs from last year's report."""

    value: Number
    note: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The figures of an organ and year, one for each cell of its edition, in the order of the form."""

    organ: str
    year: int
    edition: str
    scope: str | None
    figures: Mapping[str, Figure]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def value(self, address: str) -> Number | None:
        """What stands in a cell; None where it is blank. KeyError for a cell that this edition has not."""
        return self.figures[address].value

    def report(self, *, name: str = "登记台账") -> Report:
        """The tables as a report, which the checker reads like any other."""
        of = form(self.edition)
        cells = {a: _cell(of.by_address[a], f) for a, f in self.figures.items() if f.value is not None}
        return Report(
            source=Source(name, "register", self.digest),
            edition=self.edition,
            organ=self.organ,
            scope=self.scope,
            year=self.year,
            cells=cells,
            blank=tuple(a for a in self.figures if a not in cells),
            tables={2: "whole", 3: "whole", 4: "whole"},
        )

    def to_json(self, *, name: str = "登记台账") -> dict[str, Any]:
        """The report's object with the records of every cell, why cells are blank, and what could not be placed."""
        data = self.report(name=name).to_json()
        for address, found in data["cells"].items():
            figure = self.figures[address]
            found["records"] = list(figure.records)
            found["source"] = figure.source
            if figure.why:
                found["why"] = figure.why
        data["why_blank"] = {a: f.why for a, f in self.figures.items() if f.value is None}
        data["left_out"] = [{"number": each.number, "why": each.why, "do": each.do} for each in self.left_out]
        data["remarks"] = list(self.notes)
        return data

    @property
    def digest(self) -> str:
        """A fingerprint of the figures and their records: the same facts give the same."""
        told = [
            [a, None if f.value is None else str(f.value), list(f.records), f.source] for a, f in self.figures.items()
        ]
        words = json.dumps([self.organ, self.year, self.scope, told], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(words.encode()).hexdigest()


def plain(value: Number) -> Number:
    """An amount without the places that say nothing: 5.00 is 5."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value.normalize() if isinstance(value, Decimal) else value


def _cell(of: FormCell, figure: Figure) -> Cell:
    assert figure.value is not None
    value = plain(figure.value)
    return Cell(
        value,
        f"{value:f}" if isinstance(value, Decimal) else str(value),
        unit=of.column.unit,
        proof="person" if figure.source == "entered" else "read",
        records=figure.records,
    )


@dataclass(frozen=True, slots=True)
class Material:
    """What a year is compiled from. `unknown` says for tables 三 (3) and 四 (4) why nothing tells them."""

    tally: Tally | None = None
    table_two: Mapping[str, Figure] = field(default_factory=dict)
    entered: Mapping[str, Entered] = field(default_factory=dict)
    carried: Carried | None = None
    unknown: Mapping[int, str] = field(default_factory=dict)


NOTHING_TELLS = "系统中没有这一格的登记。由其他系统掌握的，请填写并注明来源。"
NOT_COUNTED = "没有可以据以计数的登记。"


def compile_year(
    material: Material,
    organ: str,
    year: int,
    edition: str,
    *,
    scope: str | None = "own_body",
    left_out: Iterable[LeftOut] = (),
    notes: Iterable[str] = (),
) -> Compiled:
    """Every cell of the edition from what there is."""
    of = form(edition)
    found = {cell.address: _figure(cell, material) for cell in of.cells}
    _sum_brought(of, found)
    placed = [*_left_out(material.tally.unplaced if material.tally else ()), *left_out]
    return Compiled(organ, year, edition, scope, found, tuple(placed), tuple(notes))


def _figure(cell: FormCell, material: Material) -> Figure:
    entered = material.entered.get(cell.address)
    if cell.table == 2:
        told = material.table_two.get(cell.address) or Figure(cell.address, None, why=NOTHING_TELLS)
        return told if entered is None else _entered(told, entered)
    why = material.unknown.get(cell.table, "" if material.tally else NOT_COUNTED)
    members = material.tally.members[cell.address] if material.tally else ()
    if cell.address.startswith(BROUGHT):
        told = _brought(cell, members, material, why)
        return told if entered is None or cell.column.sum_of else _entered(told, entered)
    if why:
        return Figure(cell.address, None, why=why)
    return Figure(cell.address, len(members), members, "records")


def _brought(cell: FormCell, members: tuple[str, ...], material: Material, why: str) -> Figure:
    carried = material.carried
    if carried is None:
        return Figure(cell.address, None, why=why) if why else Figure(cell.address, len(members), members, "records")
    columns = cell.column.sum_of or (cell.column.key,)
    value = sum(column in columns for column in carried.columns.values())
    lacking = value - len(members)
    says = f"与{carried.year}年度报告的“结转下年度继续办理”一致。"
    if lacking:
        says += f"其中{lacking}件在现在的登记中找不到，见未能计入的记录。"
    return Figure(cell.address, value, members, "locked", says)


def _entered(told: Figure, entered: Entered) -> Figure:
    says = entered.note
    if told.value is not None and told.value != entered.value:
        says += f"（{SOURCES[told.source]}为{_shown(told.value)}）"
    return Figure(told.address, entered.value, told.records if told.value == entered.value else (), "entered", says)


def _shown(value: Number) -> str:
    number = plain(value)
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def _sum_brought(of: Form, found: dict[str, Figure]) -> None:
    """The total of what was brought forward is the sum of its columns, also where a person changed one of them."""
    for column in of.columns:
        parts = [found[BROUGHT + key] for key in column.sum_of]
        if not parts or all(each.source != "entered" for each in parts):
            continue
        values = [each.value for each in parts]
        total = None if None in values else sum(int(value) for value in values if value is not None)
        records = tuple(number for each in parts for number in each.records)
        why = "各类申请人之和，其中有更改的数。" if total is not None else "还有类别没有数，不能合计。"
        found[BROUGHT + column.key] = Figure(
            BROUGHT + column.key, total, records, "none" if total is None else "entered", why
        )


def _left_out(unplaced: Iterable[Unplaced]) -> Iterable[LeftOut]:
    return (LeftOut(each.number, each.why, TO_DO.get(each.cause, "")) for each in unplaced)

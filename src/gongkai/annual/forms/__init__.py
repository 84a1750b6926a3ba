"""The official form as data, one TOML file an edition.

An edition is added by adding a file; old ones are never edited. Sums are said once there and derived from
there (`annual.relations`); readers, writers, checker and desk all walk the same `Form`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["count", "change", "amount"]
Edition = Literal["2019", "2021"]

EDITIONS: tuple[str, ...] = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six chapters of a report, with its exact heading."""

    number: int
    heading: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `sum_of` names the columns whose sum it is; `group` the merged head above it."""

    key: str
    label: str
    kind: Kind = "count"
    unit: str | None = None
    group: str | None = None
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `groups` are the merged labels left of it, outermost first; `sign` is how relations print it."""

    key: str
    label: str
    sign: str = ""
    groups: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A block of table 二: one item of article 20 with its own columns and rows."""

    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell that holds a number: its fixed address, its row and its column."""

    address: str
    table: int
    row: Row
    column: Column

    @property
    def kind(self) -> Kind:
        """Counts are whole and not negative, changes whole, amounts decimal and not negative."""
        return self.column.kind

    @property
    def label(self) -> str:
        """Row and column as a person would name the cell."""
        if self.table == 4:
            return f"{self.row.label}·{self.column.label}"
        return f"{self.row.label}·{self.column.label}"


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the official form."""

    edition: str
    document_number: str
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    blocks: tuple[FormBlock, ...]
    corner: str
    applicants: str
    organisations: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    results: tuple[Column, ...]
    kinds: tuple[Row, ...]
    cells: tuple[FormCell, ...] = field(default=())
    by_address: dict[str, FormCell] = field(default_factory=dict, repr=False, compare=False)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of the edition, in the order of the form."""
        return tuple(self.by_address)

    def row(self, key: str) -> Row:
        """The row of table 三 with this key."""
        return next(row for row in self.rows if row.key == key)

    def covers(self, year: int) -> bool:
        """Whether reports for `year` use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _columns(entries: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(**{**entry, "sum_of": tuple(entry.get("sum_of", ()))}) for entry in entries)


def _rows(entries: list[dict[str, Any]], groups: tuple[str, ...] = (), prefix: str = "") -> Iterator[Row]:
    for entry in entries:
        if "group" in entry:
            inner = prefix + entry["key"] + "." if "key" in entry else prefix
            for number, row in enumerate(_rows(entry["rows"], (*groups, entry["group"]), inner), start=1):
                sign = f"{entry['sign']}{number}" if "sign" in entry else row.sign
                yield Row(row.key, row.label, sign, row.groups, row.sum_of)
        else:
            summed = ("above",) if entry.get("sum_of") == "above" else ()
            yield Row(prefix + entry["key"], entry["label"], entry.get("sign", ""), groups, summed)


def _with_sums(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Replace "above" by the keys of every row of the same outermost group that stands before it."""
    done: list[Row] = []
    for row in rows:
        if row.sum_of == ("above",):
            above = tuple(r.key for r in done if r.groups[:1] == row.groups[:1])
            done.append(Row(row.key, row.label, row.sign, row.groups, above))
        else:
            done.append(row)
    return tuple(done)


def _cells(form: Form) -> Iterator[FormCell]:
    for block in form.blocks:
        for row in block.rows:
            for column in block.columns:
                yield FormCell(f"proactive.{row.key}.{column.key}", 2, row, column)
    for row in form.rows:
        for column in form.columns:
            yield FormCell(f"applications.{row.key}.{column.key}", 3, row, column)
    for kind in form.kinds:
        for result in form.results:
            yield FormCell(f"disputes.{kind.key}.{result.key}", 4, kind, result)


@cache
def form(edition: str) -> Form:
    """The form of an edition ("2019" or "2021"). KeyError for any other."""
    if edition not in EDITIONS:
        raise KeyError(f"没有“{edition}”版年度报告格式，已有：{'、'.join(EDITIONS)}")
    data = tomllib.loads(files(__name__).joinpath(f"{edition}.toml").read_text("utf-8"))
    table3, table4 = data["applications"], data["disputes"]
    blank = Form(
        edition=data["edition"],
        document_number=data["document_number"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        sections=tuple(Section(**s) for s in data["sections"]),
        blocks=tuple(
            FormBlock(b["head"], _columns(b["columns"]), tuple(Row(r["key"], r["label"]) for r in b["rows"]))
            for b in data["blocks"]
        ),
        corner=table3["corner"],
        applicants=table3["head"],
        organisations=table3["organisations"],
        columns=_columns(table3["columns"]),
        rows=_with_sums(tuple(_rows(table3["rows"]))),
        results=_columns(table4["results"]),
        kinds=tuple(Row(k["key"], k["label"], groups=(k["group"],) if "group" in k else ()) for k in table4["kinds"]),
    )
    cells = tuple(_cells(blank))
    return Form(
        **{name: getattr(blank, name) for name in Form.__dataclass_fields__ if name not in ("cells", "by_address")},
        cells=cells,
        by_address={cell.address: cell for cell in cells},
    )


@cache
def all_addresses() -> tuple[str, ...]:
    """Every address of every edition once, and the one-row 其他处理 of a 2021 form is among them (it is 2019's)."""
    return tuple(dict.fromkeys(address for edition in EDITIONS for address in form(edition).addresses))


@cache
def all_rows() -> tuple[Row, ...]:
    """The rows of table 三 of every edition, each key once, newest wording last to win."""
    return tuple({row.key: row for edition in EDITIONS for row in form(edition).rows}.values())


@cache
def cell(address: str) -> FormCell:
    """The cell at an address, of the newest edition that has it. KeyError when no edition has it."""
    for edition in reversed(EDITIONS):
        found = form(edition).by_address.get(address)
        if found:
            return found
    raise KeyError(f"没有这个单元格：{address}")


@cache
def row_cells(table: int, row: str, columns: tuple[str, ...]) -> tuple[FormCell, ...]:
    """The cells of a row of table 二 (2) or 三 (3), by the key of the row and of its columns."""
    prefix = "proactive" if table == 2 else "applications"
    return tuple(cell(f"{prefix}.{row}.{column}") for column in columns)


def edition_for(year: int) -> str | None:
    """The edition that reports for `year` must use; None before 2019."""
    return next((edition for edition in EDITIONS if form(edition).covers(year)), None)

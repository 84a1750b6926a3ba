"""The cells of table 二 of a year, each with the rows behind it, as they were known at a moment."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from gongkai.proactive.registers import Register, cell_of, heading, registers, weight
from gongkai.proactive.rhythm import span_of, words
from gongkai.proactive.stock import LAPSED, Stock, stock_of
from gongkai.web.memo import once_a_page
from gongkai.web.organs.selectors import as_known
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.registers.models import Version
from gongkai.web.registers.selectors.documents import NORMATIVE, RULES, Held, held
from gongkai.web.registers.selectors.known import state_at, versions_of
from gongkai.web.registers.selectors.nothing import holding_by_register
from gongkai.web.registers.selectors.settings import lapsed

NO_POWER = ("county_government", "department", "township", "subdistrict")
"""Forms of organs that make no rules: 本系统规则 built on the law of legislation."""
_OF_STOCK = {"issued": "made", "made": "made", "in_force": "in_force", "disclosed": "disclosed"}
POWERS = "powers_lists"
POWER_ROWS = ("licences", "other_services", "penalties", "compulsory_measures", "charges")
POWER_CELLS = {"2019": ("previous", "change"), "2021": ()}
"""What the versions of the list of powers tell: how many matters stood at the end of the year before, and the change."""
DOCUMENT_CELLS = {"2021": ("issued", "repealed", "in_force"), "2019": ("made", "disclosed", "disclosed_total")}


@dataclass(frozen=True, slots=True)
class Source:
    """What stands behind a cell: a row in its version, or an entry of the catalogue; `adds` is what it adds."""

    title: str
    on: date | None
    adds: Decimal
    row: uuid.UUID | None = None
    version: uuid.UUID | None = None
    item: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A cell of a year. `value` is None where nothing tells: `says` is why; `doubts` are for a person to look at."""

    address: str
    value: Decimal | None
    sources: tuple[Source, ...] = ()
    says: str = ""
    doubts: tuple[str, ...] = ()


def edition_of(year: int) -> str:
    """The edition of the form that a year's report uses."""
    return "2019" if year <= 2020 else "2021"


def cells_of(year: int) -> tuple[str, ...]:
    """The cells of a year's table 二 that the registers tell, in the order of the form."""
    edition = edition_of(year)
    documents = [f"proactive.{each}.{name}" for each in (RULES, NORMATIVE) for name in DOCUMENT_CELLS[edition]]
    counted_ones = [cell.address for of in registers().values() for cell in of.cells if cell.edition == edition]
    matters = [f"proactive.{row}.{name}" for row in POWER_ROWS for name in POWER_CELLS[edition]]
    return (*documents, *counted_ones, *matters)


@cache
def _counted_registers(edition: str) -> tuple[str, ...]:
    """The registers whose rows a cell of table 二 counts by their day: they are read together."""
    return tuple(key for key, of in registers().items() if any(cell.edition == edition for cell in of.cells))


def counted(county: uuid.UUID, organ: uuid.UUID, year: int, cell: str, known_at: datetime | None = None) -> Counted:
    """One cell of table 二 of an organ's report for a year, as it was known at a moment (now).

    KeyError for a cell that the registers do not tell. What was corrected later changes nothing known before.
    """
    if cell not in cells_of(year):
        raise KeyError(cell)
    _, row, column = cell.split(".")
    if row in (RULES, NORMATIVE):
        return _documents(county, organ, year, cell, row, column, known_at)
    if column in POWER_CELLS[edition_of(year)]:
        return _matters(county, organ, year, cell, row, column, known_at)
    of = next(each for each in registers().values() if cell_of(each, cell, edition_of(year)))
    return _rows(county, organ, year, cell, of, known_at)


def table(county: uuid.UUID, organ: uuid.UUID, year: int, known_at: datetime | None = None) -> list[Counted]:
    """Every cell of table 二 that the registers tell."""
    return [counted(county, organ, year, cell, known_at) for cell in cells_of(year)]


def _rows(
    county: uuid.UUID, organ: uuid.UUID, year: int, cell: str, of: Register, known_at: datetime | None
) -> Counted:
    first, last = date(year, 1, 1), date(year, 12, 31)
    counts_in = cell_of(of, cell, edition_of(year))
    assert counts_in is not None
    rows = versions_of(county, _counted_registers(edition_of(year)), (organ,), known_at, first, last)[of.key]
    sources = tuple(
        Source(heading(of, v.values), v.on, weight(counts_in, v.values), row=v.row_id, version=v.pk) for v in rows
    )
    lacking = _lacking(organ, of, year, rows, known_at)
    if not sources and lacking:
        return Counted(cell, None, says="没有登记，也没有说明没有。")
    doubts = _twice(rows)
    if lacking:
        doubts += (f"{'、'.join(lacking)}没有登记，也没有说明没有。",)
    return Counted(cell, sum((each.adds for each in sources), Decimal(0)), sources, doubts=doubts)


def _matters(
    county: uuid.UUID, organ: uuid.UUID, year: int, cell: str, row: str, column: str, known_at: datetime | None
) -> Counted:
    """How many matters of a row stood at the end of the year before, or by how many there are more or fewer now."""
    days = (date(year - 1, 12, 31), date(year, 12, 31))[: 1 if column == "previous" else 2]
    needed = [_list_of_powers(county, organ, row, day, known_at) for day in days]
    if None in needed:
        lacking = "、".join(f"{day.year}年末" for day, each in zip(days, needed, strict=True) if each is None)
        return Counted(cell, None, says=f"台账“权责清单”没有登记{lacking}的这一项的数量。")
    told = [each for each in needed if each is not None]
    numbers = [Decimal(version.values[row]) for version in told]
    adds = numbers if column == "previous" else [-numbers[0], numbers[1]]
    sources: dict[uuid.UUID, Source] = {}
    for version, number, added in zip(told, numbers, adds, strict=True):
        title = f"{heading(registers()[POWERS], version.values)}：{number}项"
        before = sources[version.row_id].adds if version.row_id in sources else Decimal(0)
        sources[version.row_id] = Source(title, version.on, before + added, version.row_id, version.pk)
    return Counted(cell, sum(adds, Decimal(0)), tuple(sources.values()))


def _list_of_powers(
    county: uuid.UUID, organ: uuid.UUID, row: str, on: date, known_at: datetime | None
) -> Version | None:
    """The list of powers that stood on a day and says how many matters of a row it has."""
    versions = [version for version in state_at(county, POWERS, organ, on, known_at) if version.on is not None]
    return versions[-1] if versions and versions[-1].values.get(row, "").isdecimal() else None


def _lacking(
    organ: uuid.UUID, of: Register, year: int, rows: list[Version], known_at: datetime | None
) -> tuple[str, ...]:
    """The periods of the year without a row and without the word that there was nothing."""
    every = of.rhythm or "year"
    said = [(each.first, each.last) for each in holding_by_register((organ,), known_at).get(of.key, ())]
    days = [row.on for row in rows if row.on]
    found, day = [], date(year, 1, 1)
    while day.year == year:
        span = span_of(every, day)
        filled = any(each in span for each in days)
        if not filled and not any(first <= span.first and span.last <= last for first, last in said):
            found.append(words(every, span))
        day = date.fromordinal(span.last.toordinal() + 1)
    return tuple(found)


def _twice(rows: list[Version]) -> tuple[str, ...]:
    """Months with a total beside single rows: the same may be counted twice."""
    kinds: dict[tuple[int, int], set[str]] = {}
    totals: dict[tuple[int, int, str], int] = {}
    for row in rows:
        if row.on:
            month, how = (row.on.year, row.on.month), row.values.get("entered_as", "")
            kinds.setdefault(month, set()).add(how)
            if how == "total":
                subject = (*month, heading(registers()[row.row.register], row.values))
                totals[subject] = totals.get(subject, 0) + 1
    both = [f"{year}年{month}月" for (year, month), how in sorted(kinds.items()) if {"single", "total"} <= how]
    again = sorted({f"{year}年{month}月" for (year, month, _), n in totals.items() if n > 1})
    found = (f"{'、'.join(both)}既有逐件登记又有汇总，请核对有没有重复计算。",) if both else ()
    return (*found, f"{'、'.join(again)}有几行相同的汇总，请核对。") if again else found


def _documents(
    county: uuid.UUID, organ: uuid.UUID, year: int, cell: str, register: str, column: str, known_at: datetime | None
) -> Counted:
    found = held(county, (organ,), register, known_at)
    if not found:
        if register == RULES and _makes_no_rules(county, organ, known_at):
            return Counted(cell, Decimal(0), says="本机关没有规章制定权，计为0（本系统规则）。")
        if not _nothing_ever(organ, register, year, known_at):
            return Counted(cell, None, says="没有登记，也没有说明没有。")
    stock = stock_of([each.document for each in found], year)
    keys, says = _keys_of(stock, column, county, year, known_at)
    by_key = {each.key: each for each in found}
    doubts = (f"有{len(stock.unknown)}件没有登记施行日期和有效期，没有计入现行有效。",) if stock.unknown else ()
    if keys is None:
        return Counted(
            cell, None, tuple(_source(by_key[key]) for key in (*stock.repealed, *stock.lapsed)), says, doubts
        )
    return Counted(
        cell, Decimal(len(keys)), tuple(_source(by_key[key]) for key in keys), says,
        doubts if column == "in_force" else (),
    )  # fmt: skip


@once_a_page
def _makes_no_rules(county: uuid.UUID, organ: uuid.UUID, known_at: datetime | None) -> bool:
    of = organ_with(county, organ)
    return of is not None and as_known(of, known_at).form in NO_POWER


def _nothing_ever(organ: uuid.UUID, register: str, year: int, known_at: datetime | None) -> bool:
    said = holding_by_register((organ,), known_at).get(register, ())
    return any(each.first.year <= year <= each.last.year for each in said)


def _keys_of(
    stock: Stock, column: str, county: uuid.UUID, year: int, known_at: datetime | None
) -> tuple[tuple[str, ...] | None, str]:
    if column == "repealed":
        counting = lapsed(county, date(year, 12, 31), known_at)
        keys = stock.ended(counting)
        if keys is None:
            return None, (
                f"本年废止{len(stock.repealed)}件，另有{len(stock.lapsed)}件失效；失效的是否计入“本年废止件数”，本县还没有设定。"
            )
        return keys, f"{LAPSED[counting]}（本县设定）。" if counting and stock.lapsed else ""
    if column == "disclosed_total":
        return stock.disclosed_total, ""
    keys = getattr(stock, _OF_STOCK[column])
    return keys, ""


def _source(each: Held) -> Source:
    title = f"{each.title}（{each.number}）" if each.number else each.title
    return Source(title, each.made_on, Decimal(1), row=each.row, version=each.version, item=each.item)

"""What the pages of a year show: which years were worked on, the cells of the form, where one record stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from gongkai.annual.compiling import BROUGHT, SOURCES, Figure, plain
from gongkai.annual.forms import FormCell, form
from gongkai.calendar import in_chinese
from gongkai.web.annual.selectors.formtable import FormTable, form_tables
from gongkai.web.compilation.models import CarriedForward, Entered
from gongkai.web.compilation.selectors.figures import DOCUMENTS, placed_in
from gongkai.web.compilation.selectors.working import Year, key_of
from gongkai.web.organs.models import Organ
from gongkai.web.registers.models import Version

SIGNS = {"entered": "填", "locked": "衔接"}


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the year's table as the page shows it; `mark` is a class of its look."""

    address: str
    label: str
    shown: str
    mark: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class WorkedOn:
    """What was done to an organ's year beside what the registers tell."""

    entered: int
    frozen_at: datetime | None


def worked_on(organs: Iterable[Organ], years: Iterable[int]) -> dict[tuple[uuid.UUID, int], WorkedOn]:
    """How many figures were entered, and when the report was frozen, by organ and year."""
    keys, span = [organ.pk for organ in organs], list(years)
    rows = Entered.objects.filter(organ__in=keys, year__in=span).order_by()
    entered = {
        (row["organ"], row["year"]): row["n"]
        for row in rows.values("organ", "year").annotate(n=Count("address", distinct=True))
    }
    frozen = {
        (row.organ_id, row.year): row.recorded_at
        for row in CarriedForward.objects.filter(organ__in=keys, year__in=span).order_by("id")
    }
    return {
        (organ, year): WorkedOn(entered.get((organ, year), 0), frozen.get((organ, year)))
        for organ in keys
        for year in span
    }


def label_of(cell: FormCell) -> str:
    """A cell as a person would name it, the heads of its row among them."""
    return "·".join((*cell.row.groups, cell.row.label, cell.column.label))


def shown(figure: Figure) -> str:
    """A figure as the form prints it; empty where it is blank."""
    if figure.value is None:
        return ""
    value = plain(figure.value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def cell_views(of: Year) -> dict[str, CellView]:
    """Every cell of the year."""
    views = {}
    for address, figure in of.compiled.figures.items():
        mark = "blank" if figure.value is None else "person" if figure.source == "entered" else "quiet"
        sign = "" if figure.value is None else SIGNS.get(figure.source, "")
        label = label_of(form(of.compiled.edition).by_address[address])
        views[address] = CellView(address, label, shown(figure), mark, sign, SOURCES[figure.source])
    return views


def tables_of(of: Year) -> dict[int, FormTable]:
    """Tables 二, 三 and 四 as the form looks."""
    return form_tables(of.compiled.report(), cell_views(of))


def blanks(of: Year) -> list[tuple[str, list[str]]]:
    """Why cells are blank, each reason once with the cells it is for."""
    found: dict[str, list[str]] = {}
    for address, figure in of.compiled.figures.items():
        if figure.value is None:
            cell = form(of.compiled.edition).by_address[address]
            name = cell.row.label if cell.table == 2 else ""
            names = found.setdefault(figure.why, [])
            if name and name not in names:
                names.append(name)
    return list(found.items())


# ── where one record stands ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Standing:
    """A record in a year: the cells in which it stands with their names, why, and why not elsewhere."""

    title: str
    cells: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    why_not: tuple[str, ...]


def standing(of: Year, kind: str, key: uuid.UUID) -> Standing | None:
    """Where a record stands in a year and why not elsewhere; None when it is none of this organ's."""
    if kind in ("row", "item"):
        return _of_table_two(of, f"{kind}:{key}", key)
    keys = of.told.keys if kind == "application" else of.told.dispute_keys if kind == "dispute" else {}
    number = next((number for number, each in keys.items() if each == key), None)
    if number is None:
        return None
    placed = placed_in(of, kind, number)
    named = _named(of, placed.cells), _named(of, placed.sums)
    return Standing(number, *named, placed.why, placed.why_not)


def _named(of: Year, addresses: Iterable[str]) -> tuple[tuple[str, str], ...]:
    known = form(of.compiled.edition).by_address
    return tuple((address, label_of(known[address])) for address in addresses)


_IN = {
    "issued": "成文日期在{year}年，计入“本年制发件数”。",
    "made": "成文日期在{year}年，计入“本年新制作数量”。",
    "repealed": "{year}年废止（或者失效，本县设定计入），计入“本年废止件数”。",
    "in_force": "到{year}年底仍然有效，计入“现行有效件数”。",
    "disclosed": "首次公开在{year}年，计入“本年新公开数量”。",
    "disclosed_total": "到{year}年底已经公开，计入“对外公开总数量”。",
}
_NOT_IN = {
    "issued": "成文日期不在{year}年，不计入“本年制发件数”。",
    "made": "成文日期不在{year}年，不计入“本年新制作数量”。",
    "repealed": "{year}年没有废止，或者失效的不计入，不计入“本年废止件数”。",
    "in_force": "到{year}年底已经不再有效，或者没有写明施行日期，不计入“现行有效件数”。",
    "disclosed": "首次公开不在{year}年，不计入“本年新公开数量”。",
    "disclosed_total": "到{year}年底没有公开的登记，不计入“对外公开总数量”。",
}


def _of_table_two(of: Year, name: str, key: uuid.UUID) -> Standing | None:
    found = {address: sources[name] for address, sources in of.sources.items() if name in sources}
    if not found:
        return _not_counted(of, key) if name.startswith("row:") else None
    source = next(iter(found.values()))
    assert key_of(source) == name
    counted = {a: s for a, s in found.items() if of.compiled.figures[a].source == "records"}
    documents = _documents_not(of, found)
    if documents is None:
        why = [f"{in_chinese(source.on)}，按这一天计入{of.year}年度。"] if counted and source.on else []
        why += [f"计{plain(source.adds)}。"] if counted and source.adds != 1 else []
    else:
        why = [_IN[a.rpartition(".")[2]].format(year=of.year) for a in counted]
    why_not = [f"“{label}”由人填报，没有按台账计。" for a, label in _named(of, found) if a not in counted]
    if documents is not None:
        why_not += documents
    elif counted:
        why_not.append("一行只计入一格，其他格不计。")
    return Standing(source.title, _named(of, counted), (), tuple(why), tuple(why_not))


def _documents_not(of: Year, found: Mapping[str, object]) -> list[str] | None:
    """Why a document stands in no other cell of its row; None for what is no document."""
    row = next(iter(found)).rpartition(".")[0]
    if not row.endswith(DOCUMENTS):
        return None
    columns = [a.rpartition(".")[2] for a in of.compiled.figures if a.startswith(row + ".")]
    return [_NOT_IN[c].format(year=of.year) for c in columns if f"{row}.{c}" not in found]


def _not_counted(of: Year, key: uuid.UUID) -> Standing | None:
    organs = [organ.pk for organ in of.covered.organs]
    row = Version.objects.filter(row=key, row__organ__in=organs).order_by("number").last()
    if row is None:
        return None
    if row.act == "void":
        why = "这一行已经作废，不计入。"
    elif row.on is None:
        why = "这一行没有填写据以计数的日期，不计入。"
    elif row.on.year != of.year:
        why = f"按{in_chinese(row.on)}计入{row.on.year}年度，不计入{of.year}年度。"
    else:
        why = "这一类登记本身不计入年度报告的表格。"
    return Standing("台账的一行", (), (), (), (why,))


def may_be_changed(address: str) -> bool:
    """Whether what stands here is brought forward, so that an entry is a departure from last year's report."""
    return address.startswith(BROUGHT)

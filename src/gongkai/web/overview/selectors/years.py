"""An organ's reports of all years side by side, and two files that a person chose."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from gongkai.annual.forms import edition_for
from gongkai.annual.series import TABLES, Line, Said, align
from gongkai.calendar import in_chinese
from gongkai.web.collection.selectors.contributions import keeps
from gongkai.web.compilation.selectors.covered import covered, name_of
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.memo import page_memory
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.overview.selectors import reports
from gongkai.web.overview.selectors.reports import Source

HEADINGS = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
}
CHARTED = (
    ("收到", "applications.received.total"),
    ("办结", "applications.concluded.total"),
    ("结转下年度", "applications.carried_forward.total"),
)
FIRST_YEAR = 2019


@dataclass(frozen=True, slots=True)
class Column:
    """One year of an organ, or one file: its figures, where they are from, and what must be known when comparing.

    `years`: of years on end of which there is no report, all of them.
    """

    head: str
    year: int | None
    said: Said | None
    source: Source | None = None
    name: str = ""
    notes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def edition(self) -> str:
        """The edition of the form, in words."""
        if self.said is None:
            return ""
        return f"{self.said.edition}版" if self.said.edition else "未识别"


@dataclass(frozen=True, slots=True)
class Series:
    """Columns with their lines, table by table."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that occur."""
        return tuple(dict.fromkeys(c.edition for c in self.columns if c.said))

    @property
    def read(self) -> int:
        """How many columns have a report."""
        return sum(column.said is not None for column in self.columns)

    @property
    def gaps(self) -> str:
        """The years between without a report, in words."""
        return "、".join(f"{column.head}年" for column in self.columns if column.said is None)

    def tables(self, *, whole: bool) -> list[tuple[int, str, list[Line]]]:
        """The lines by table; without `whole` the totals of table 三 and what is not nought in every report."""
        found: dict[int, list[Line]] = {number: [] for number in HEADINGS}
        for line in self.lines:
            if whole or (not line.empty and (line.table != TABLES["applications"] or line.address.endswith(".total"))):
                found[line.table].append(line)
        return [(number, HEADINGS[number], lines) for number, lines in found.items()]

    def line(self, address: str) -> Line | None:
        """The line of a cell."""
        return next((line for line in self.lines if line.address == address), None)

    @property
    def changed(self) -> int:
        """How many figures are not the same in all columns."""
        return sum(not line.same for line in self.lines)


def series(columns: Sequence[Column]) -> Series:
    """The columns with their lines."""
    return Series(tuple(columns), tuple(align([column.said for column in columns])))


def organ_series(organ: Organ, today: date, *, frozen_of: Organs, compiled: bool) -> Series:
    """All years of an organ from its first report to its last; years between without one are gaps.

    `compiled`: with last year as its records stand now, where no report says it yet; a year that still runs is no base.
    """
    found = {y: each for (_, y), each in reports.sources(organ.county, frozen_of, (organ.pk,)).items()}
    told = reports.said_by(organ.county, found.values())
    figures: dict[int, tuple[Source | None, Said]] = {
        year: (each, told[each.key]) for year, each in found.items() if each.key in told
    }
    if compiled:
        year = today.year - 1
        if year not in figures and (made := _compiled(organ, year)) is not None:
            figures[year] = (Source("compiled", organ.pk, organ.pk, organ.name, year, organ.pk), made)
    if not figures:
        return series(())
    columns: list[Column] = []
    for there, some in groupby(range(min(figures), max(figures) + 1), key=figures.__contains__):
        found_or_not = [_column(organ, year, *figures.get(year, (None, None))) for year in some]
        columns += found_or_not if there else [_drawn_together(found_or_not)]
    return series(columns)


def _drawn_together(gaps: Sequence[Column]) -> Column:
    """Years on end without a report as one column."""
    first, last = gaps[0], gaps[-1]
    if first is last:
        return first
    notes = dict.fromkeys(words for each in gaps for words in each.notes)
    years = tuple(each.year for each in gaps if each.year is not None)
    return replace(first, head=f"{first.head}至{last.head}", notes=tuple(notes), years=years)


def _compiled(organ: Organ, year: int) -> Said | None:
    """The year as the records stand now; None where nothing is registered here."""
    if edition_for(year) is None:
        return None
    with page_memory():
        of = worked(organ, year)
        return Said.of(of.compiled.report()) if keeps(of) else None


def _column(organ: Organ, year: int, source: Source | None, said: Said | None) -> Column:
    name = name_of(organ, year)
    notes = list(covered(organ, year).notes)
    if name != organ.name:
        notes.append(f"当年名称为{name}。")
    expected = edition_for(year)
    if said is not None and said.edition and expected and said.edition != expected:
        notes.append(f"应当使用{expected}版格式，报告用的是{said.edition}版。")
    return Column(f"{year}", year, said, source, name, tuple(notes), (year,))


def life_of(organ: Organ) -> list[str]:
    """What must be known of an organ before its years are compared: whom it took over, where it went."""
    found = []
    for before in Organ.objects.filter(successor=organ).order_by("valid_until", "position", "id"):
        if before.valid_until:
            found.append(
                f"{before.name}于{in_chinese(before.valid_until)}并入本机关；此前的数在{before.name}自己的报告中，没有加进来。"
            )
    if organ.successor_id is not None and organ.successor is not None and organ.valid_until:
        found.append(
            f"本机关已于{in_chinese(organ.valid_until)}并入{organ.successor.name}，以后的数由{organ.successor.name}报告。"
        )
    return found


def file_series(county: uuid.UUID, keys: Sequence[uuid.UUID]) -> Series | None:
    """Files that a person chose, in this order; None where one of them says nothing."""
    found = reports.files(county, keys)
    told = reports.said_by(county, [each for each in found if each is not None])
    columns = []
    for each in found:
        if each is None or each.key not in told:
            return None
        columns.append(Column(f"{each.year or ''}", each.year, told[each.key], each, each.name))
    return series(columns)

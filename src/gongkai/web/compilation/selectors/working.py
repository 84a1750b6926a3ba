"""An organ's year worked out from its records, entered figures and last year's frozen report, as known at a moment.

The same moment gives the same figures whenever it is asked: all that is read here is append-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from gongkai.annual.compiling import NOTHING_TELLS, Compiled, Figure, Material, compile_year, plain
from gongkai.annual.forms import edition_for, form
from gongkai.annual.placing import Where, where
from gongkai.annual.tally import Carried, Case, CountingPolicy, Tally, tally
from gongkai.calendar import in_chinese
from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.disputes import Dispute
from gongkai.web.compilation import stamps
from gongkai.web.compilation.selectors import facts
from gongkai.web.compilation.selectors.covered import Covered, covered, name_of
from gongkai.web.memo import in_one_look, once_a_page
from gongkai.web.onrequest.selectors.tallied import Counted, counted, kept_since, policy_of
from gongkai.web.organs.models import Organ
from gongkai.web.registers.selectors import counting
from gongkai.web.registers.selectors.counting import Source

UNKNOWN = {
    3: "系统中没有本机关本年度及以前的申请登记，也没有说明没有收到申请，不能当作0件。",
    4: "系统中没有本机关本年度及以前的登记，也没有说明没有行政复议、行政诉讼，不能当作0件。",
}
NO_EDITION = "没有{}年度的年度报告格式（" + OUR_RULE + "）。"


@dataclass(frozen=True, slots=True)
class Record:
    """What stands behind a figure: which row, in which state. `adds` is what it adds, more than 1 for a month's total.

    `kind`: `application`, `dispute`, `row` of a register, `item` of the catalogue. `version` changes when anything does
    that may change where the record counts.
    """

    kind: str
    key: str
    version: str
    number: str
    title: str = ""
    adds: Decimal = Decimal(1)


@dataclass(frozen=True)
class Year:
    """An organ's year worked out: its figures, and all that they were made of."""

    organ: Organ
    year: int
    compiled: Compiled
    covered: Covered
    tally: Tally | None
    carried: Carried | None
    told: Counted
    policy: CountingPolicy
    sources: Mapping[str, Mapping[str, Source]]

    @cached_property
    def cases(self) -> dict[str, Case]:
        """The applications by number."""
        return {case.number: case for case in self.told.cases}

    @cached_property
    def where(self) -> Where:
        """The cells in which each record of tables 三 and 四 stands."""
        return where(self.tally) if self.tally else {}

    @cached_property
    def papers(self) -> dict[str, list[Case]]:
        """The parts of papers that were taken apart, by the number of the paper."""
        found: dict[str, list[Case]] = {}
        for case in self.told.cases:
            if case.paper:
                found.setdefault(case.paper, []).append(case)
        return found

    @cached_property
    def disputes(self) -> dict[str, Dispute]:
        """The disputes by number."""
        every = (*(each for case in self.told.cases for each in case.disputes), *self.told.loose)
        return {each.number: each for each in every}

    def record(self, address: str, number: str) -> Record:
        """One record of a cell."""
        if address.startswith("proactive."):
            source = self.sources[address][number]
            kind, _, key = number.partition(":")
            version = str(source.version) if source.version else stamps.of_source(source)
            return Record(kind, key, version, number, source.title, source.adds)
        last = date(self.year, 12, 31)
        if address.startswith("disputes."):
            stamp = stamps.of_dispute(self.disputes[number], last)
            return Record("dispute", str(self.told.dispute_keys[number]), stamp, number)
        case = self.cases.get(number)
        stamp = stamps.of_application([*([case] if case else []), *self.papers.get(number, [])], last)
        return Record("application", str(self.told.keys.get(number, "")), stamp, number)

    def members(self, address: str) -> list[Record]:
        """The records behind a cell, in the order of its figure."""
        return [self.record(address, number) for number in self.compiled.figures[address].records]

    def membership(self) -> dict[str, list[tuple[str, str, str]]]:
        """Kind, key and version of every record of every cell: what a frozen report keeps."""
        known: dict[tuple[str, str], tuple[str, str, str]] = {}

        def of(address: str, number: str) -> tuple[str, str, str]:
            place = (address if address.startswith("proactive.") else address.partition(".")[0], number)
            if place not in known:
                found = self.record(address, number)
                known[place] = (found.kind, found.key or found.number, found.version)
            return known[place]

        return {a: [of(a, number) for number in figure.records] for a, figure in self.compiled.figures.items()}


# ── from the facts to the figures ────────────────────────────────────────────────────────────────────────────────────


@in_one_look
@once_a_page
def worked(organ: Organ, year: int, known_at: datetime | None = None) -> Year:
    """Everything about an organ's year. KeyError for a year without a form."""
    edition = edition_for(year)
    if edition is None:
        raise KeyError(NO_EDITION.format(year))
    of, name = covered(organ, year, known_at), name_of(organ, year, known_at)
    if of.into is not None:
        return _elsewhere(organ, year, edition, name, of)
    told = counted(of.organs, name, known_at)
    carried = previous_carried(organ, year, known_at)
    policy = policy_of(organ.county, year, known_at)
    made = tally(told.cases, name, year, policy=policy, previous=carried, disputes=told.loose)
    table_two, sources = _table_two(of.organs, year, known_at)
    material = Material(
        made,
        table_two,
        facts.entered(organ.pk, year, known_at),
        carried,
        _unknown(organ, of, year, carried, known_at),
    )
    done = compile_year(material, name, year, edition, notes=of.notes)
    return Year(organ, year, done, of, made, carried, told, policy, sources)


def _elsewhere(organ: Organ, year: int, edition: str, name: str, of: Covered) -> Year:
    assert of.into is not None
    assert organ.valid_until is not None
    says = f"本机关已于{in_chinese(organ.valid_until)}并入{of.into.name}，{year}年度的数由{of.into.name}报告。"
    blank = {address: Figure(address, None, why=says) for address in form(edition).addresses}
    nothing = Counted((), (), (), {})
    done = Compiled(name, year, edition, "own_body", blank, notes=(says,))
    return Year(organ, year, done, of, None, None, nothing, CountingPolicy(), {})


def _unknown(
    organ: Organ, of: Covered, year: int, carried: Carried | None, known_at: datetime | None
) -> dict[int, str]:
    if carried is not None or kept_since(of.organs, date(year, 12, 31), known_at):
        return {}
    said = facts.said_none(organ.pk, year, known_at)
    return {table: why for table, why in UNKNOWN.items() if table not in said}


def previous_carried(organ: Organ, year: int, known_at: datetime | None = None) -> Carried | None:
    """What last year's frozen reports hand on to this one: the organ's own and those of organs merged into it since.

    None when none of them was frozen. Of two reporters of which one was not frozen, its part is counted from records.
    """
    before = year - 1
    own = covered(organ, before, known_at).organs
    reporters = [organ, *(each for each in covered(organ, year, known_at).organs if each not in own)]
    handed = facts.frozen(covered(organ, year, known_at).organs, before, known_at)
    last = [handed.get((each.pk, before)) for each in reporters]
    if not any(last):
        return None
    columns: dict[str, str] = {}
    seen = frozenset(number for each in handed.values() for number in each.seen)
    for reporter, found in zip(reporters, last, strict=True):
        part = found or _counted_on(reporter, before, known_at)
        columns |= part.columns
        seen |= part.seen
    return Carried(before, columns, seen)


def _counted_on(organ: Organ, year: int, known_at: datetime | None) -> Carried:
    made = worked(organ, year, known_at).tally if edition_for(year) else None
    return made.handed_on if made else Carried(year, {})


# ── table 二 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _table_two(
    organs: tuple[Organ, ...], year: int, known_at: datetime | None
) -> tuple[dict[str, Figure], dict[str, dict[str, Source]]]:
    figures: dict[str, Figure] = {}
    sources: dict[str, dict[str, Source]] = {}
    for address in counting.cells_of(year):
        told = [
            found
            for organ in organs
            if (found := counting.counted(organ.county, organ.pk, year, address, known_at)).value is not None
            or organ is organs[0]
            or (organ.valid_until and organ.valid_until.year == year)
        ]
        behind = {key_of(each): each for found in told for each in found.sources}
        figures[address] = _summed(address, told, tuple(behind))
        sources[address] = behind
    return figures, sources


def key_of(source: Source) -> str:
    """What finds the row or the entry behind a figure again."""
    return f"row:{source.row}" if source.row else f"item:{source.item}"


def _summed(address: str, told: Iterable[counting.Counted], keys: tuple[str, ...]) -> Figure:
    every = list(told)
    says = "".join(dict.fromkeys(word for each in every for word in (each.says, *each.doubts) if word))
    values = [each.value for each in every]
    if None in values:
        return Figure(address, None, why=says or NOTHING_TELLS)
    return Figure(address, plain(sum((v for v in values if v is not None), Decimal(0))), keys, "records", says)

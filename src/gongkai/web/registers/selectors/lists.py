"""The desk's lists of rows, the page of one, and the overview of all registers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from gongkai.proactive.registers import GROUPS, Field, Register, registers, shown
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.organs.selectors import names_of as organ_names
from gongkai.web.people.selectors import names_of
from gongkai.web.proactive.selectors.documents import Named, entries_named
from gongkai.web.registers.models import ACTS, Line, Row, RowFile, Version

PAGE = 50
CHOICES = 500


def row_of(county: uuid.UUID, key: uuid.UUID) -> Row | None:
    """One row of the county."""
    return Row.objects.filter(county=county, pk=key).select_related("organ", "line").first()


def newest(row: Row) -> Version:
    """What a row says now."""
    return Version.objects.filter(row=row).order_by("-number")[0]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is to show."""

    year: int | None = None
    words: str = ""
    organ: uuid.UUID | None = None
    voided: bool = False
    parent: uuid.UUID | None = None
    choice: tuple[str, str] = ("", "")


def lines(county: uuid.UUID, organs: Organs, register: str, wanted: Filter) -> QuerySet[Line]:
    """The rows of a register, newest first."""
    rows = Line.objects.filter(county=county, register=register).select_related("organ")
    rows = of_organs(rows, organs)
    rows = rows if wanted.voided else rows.filter(voided=False)
    if wanted.year:
        rows = rows.filter(on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.organ:
        rows = rows.filter(organ=wanted.organ)
    if wanted.parent:
        rows = rows.filter(parent=wanted.parent)
    if wanted.words:
        rows = rows.filter(title__contains=wanted.words)
    if wanted.choice[0]:
        rows = rows.filter(**{f"values__{wanted.choice[0]}": wanted.choice[1]})
    return rows.order_by("-on", "-row")


def years(county: uuid.UUID, organs: Organs, register: str) -> list[int]:
    """The years in which a register has rows, newest first."""
    rows = Line.objects.filter(county=county, register=register, on__isnull=False, voided=False)
    rows = of_organs(rows, organs)
    return sorted({day.year for day in rows.dates("on", "year")}, reverse=True)


@dataclass(frozen=True, slots=True)
class Told:
    """A value as a page shows it: words, or what it leads to."""

    field: Field
    words: str
    row: uuid.UUID | None = None
    entry: uuid.UUID | None = None
    file: uuid.UUID | None = None
    picture: bool = False


class Telling:
    """Says the values of rows in words, with the names of what they link to looked up together."""

    def __init__(
        self, county: uuid.UUID, of: Register, values: Iterable[dict[str, str]], organs: Organs = None
    ) -> None:
        self.of = of
        keys: dict[str, set[uuid.UUID]] = {"entry": set(), "row": set(), "organ": set()}
        for said in values:
            for each in of.fields:
                if each.kind in keys and said.get(each.key):
                    keys[each.kind].add(uuid.UUID(said[each.key]))
        self.entries: dict[uuid.UUID, Named] = entries_named(county, keys["entry"]) if keys["entry"] else {}
        self.rows = dict(Line.objects.filter(county=county, pk__in=keys["row"]).values_list("pk", "title"))
        self.organs = organ_names(keys["organ"])
        self.seen = organs

    def one(self, each: Field, value: str) -> Told:
        """One value."""
        if each.kind == "entry" and value:
            found = self.entries.get(uuid.UUID(value))
            mine = found is not None and (self.seen is None or found.organ in self.seen)
            if found is None or not (mine or found.public):
                return Told(each, "（已不公开）")
            number = f"（{found.index_number}）" if found.index_number else ""
            return Told(each, f"{found.title}{number}", entry=found.item if mine else None)
        if each.kind == "row" and value:
            return Told(each, self.rows.get(uuid.UUID(value), ""), row=uuid.UUID(value))
        if each.kind == "organ" and value:
            return Told(each, self.organs.get(uuid.UUID(value), ""))
        if each.kind in ("file", "photo") and value:
            return Told(each, "查看", file=uuid.UUID(value), picture=each.kind == "photo")
        return Told(each, shown(each, value))

    def all(self, values: dict[str, str], only: Iterable[str] | None = None) -> list[Told]:
        """The values of a row in the order of its fields, without the empty ones; `only` in a list, all of them."""
        if only is not None:
            wanted = list(only)
            return [self.one(each, values.get(each.key, "")) for each in self.of.fields if each.key in wanted]
        return [self.one(each, values[each.key]) for each in self.of.fields if values.get(each.key)]


def columns(of: Register) -> list[Field]:
    """The fields that a list shows beside the heading: short ones, the first five."""
    skip = {*of.head, *of.day[:1], "entered_as", "party_kind"}
    short = ("day", "month", "choice", "count", "amount", "row", "yes")
    return [each for each in of.fields if each.key not in skip and each.kind in short][:5]


@dataclass(frozen=True, slots=True)
class Past:
    """A version of a row as its history tells it: what changed, why, by whom."""

    number: int
    act: str
    at: datetime
    who: str
    reason: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def history(row: Row, organs: Organs = None) -> list[Past]:
    """What happened to a row, newest first."""
    of = registers()[row.register]
    versions = list(Version.objects.filter(row=row).order_by("number"))
    names = names_of(version.by for version in versions)
    telling = Telling(row.county, of, [version.values for version in versions], organs)
    found: list[Past] = []
    before: dict[str, str] = {}
    for version in versions:
        changed = []
        if version.act == "correct":
            for each in of.fields:
                old, new = before.get(each.key, ""), version.values.get(each.key, "")
                if old != new:
                    changed.append((each.zh, telling.one(each, old).words, telling.one(each, new).words))
        act = dict(ACTS)[version.act]
        found.append(Past(version.number, act, version.recorded_at, names.get(version.by, ""), version.reason, changed))
        before = version.values
    return found[::-1]


def file_of(row: Row, file: uuid.UUID) -> RowFile | None:
    """A file of a row, of any of its versions."""
    return RowFile.objects.filter(row=row, file=file).first()


def choices_of(organ: uuid.UUID, of: tuple[str, ...]) -> list[tuple[str, str]]:
    """The rows of an organ that a field may link to, newest first."""
    rows = Line.objects.filter(organ=organ, register__in=of, voided=False).order_by("-on")[:CHOICES]
    return [(str(row.pk), row.title) for row in rows]


@dataclass(frozen=True, slots=True)
class Overview:
    """A register in the overview: how many rows, how many of this year, the newest day."""

    register: Register
    rows: int
    this_year: int
    last_on: date | None


def overview(county: uuid.UUID, organs: Organs, today: date) -> list[tuple[str, list[Overview]]]:
    """Every register under its heading."""
    rows = Line.objects.filter(county=county, voided=False)
    rows = of_organs(rows, organs)
    year = Q(on__range=(date(today.year, 1, 1), date(today.year, 12, 31)))
    told = {
        key: (n, m, last)
        for key, n, m, last in rows.order_by()
        .values_list("register")
        .annotate(n=Count("row"), m=Count("row", filter=year), last=Max("on"))
    }
    found = []
    for group, words in GROUPS.items():
        mine = [of for of in registers().values() if of.group == group]
        found.append((words, [Overview(of, *told.get(of.key, (0, 0, None))) for of in mine]))
    return found

"""A yearly report as data, and its JSON (report-format: `gongkai.report/1`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from gongkai.annual.forms import all_addresses, cell, form

SCHEMA = "gongkai.report/1"
OWN, COUNTY = "own_body", "consolidated"
SCOPES: dict[str, str] = {OWN: "本机关", COUNTY: "全县汇总"}
"""Of what a report is: its organ's own year, or the sum of its county; as the format calls it, with the words for a page."""

Number = int | Decimal
Proof = Literal["read", "arithmetic", "person"]


class At(NamedTuple):
    """A place in the original: page and line from 1, box in points, a path in the document, characters from 0."""

    page: int | None = None
    line: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    dom: str | None = None
    chars: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """The five keys of the format; null where unknown."""
        return {
            "page": self.page,
            "line": self.line,
            "bbox": list(self.bbox) if self.bbox else None,
            "dom": self.dom,
            "chars": list(self.chars) if self.chars else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> At:
        """The inverse of `to_json`; unknown keys are ignored."""
        data = data or {}
        bbox, chars = data.get("bbox"), data.get("chars")
        return cls(
            page=data.get("page"),
            line=data.get("line"),
            bbox=(bbox[0], bbox[1], bbox[2], bbox[3]) if bbox else None,
            dom=data.get("dom"),
            chars=(chars[0], chars[1]) if chars else None,
        )


NOWHERE = At()


class Cell(NamedTuple):
    """A certain value. `text` is what was printed; `uses` the relation ids that an arithmetic proof rests on."""

    value: Number
    text: str = ""
    unit: str | None = None
    at: At = NOWHERE
    where: str = ""
    proof: Proof = "read"
    uses: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    """How the value was placed, a sentence a witness; for `--explain`."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A place whose value is not certain: what stands there and why it was refused."""

    address: str
    text: str
    why: str
    at: At = NOWHERE
    where: str = ""
    could_be: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Words a cell carries beside its number, as 其中修订16件."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionText:
    """The words of a chapter, verbatim, tables left out. `pieces` are the stretches of the source it is made of."""

    text: str
    at: At = NOWHERE
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class LabelSeen:
    """A label of the form as the document prints it, where it differs from the official words."""

    expected: str
    met: str
    at: At = NOWHERE
    where: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter heading as printed. `number` is the chapter of the form it stands for, None for one of the office's own."""

    number: int | None
    text: str
    at: At = NOWHERE
    where: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The file a report was read from."""

    name: str
    format: str
    sha256: str = ""


TableState = Literal["whole", "cut", "missing", "blank", "unsure"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a document says, cell by cell; each address of its edition stands in exactly one of four places."""

    source: Source
    edition: str | None = None
    organ: str | None = None
    organ_kind: str | None = None
    scope: str | None = None
    year: int | None = None
    title: str | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    notes: tuple[Note, ...] = ()
    preface: SectionText | None = None
    sections: dict[int, SectionText] = field(default_factory=dict)
    labels: tuple[LabelSeen, ...] = ()
    headings: tuple[Heading, ...] = ()
    tables: dict[int, TableState] = field(default_factory=dict)
    text: str = ""
    """The whole text of the document, verbatim: what quotes are cut from. Not part of the JSON."""
    reader: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses this report answers for: those of its edition, of both when it is unknown."""
        if self.edition is None:
            return all_addresses()
        own = form(self.edition).addresses
        extra = tuple(a for a in self._placed() if a not in form(self.edition).by_address)
        return own + extra

    def _placed(self) -> Iterable[str]:
        yield from self.cells
        yield from self.blank
        yield from (u.address for u in self.unsure)

    @property
    def absent(self) -> tuple[str, ...]:
        """Addresses whose place is not in the document."""
        placed = set(self._placed())
        return tuple(a for a in self.addresses if a not in placed)

    def value(self, address: str) -> Number | None:
        """The certain value at an address, None where there is none."""
        found = self.cells.get(address)
        return found.value if found else None

    def to_json(self) -> dict[str, Any]:
        """The object of `gongkai read --json`."""
        return {
            "schema": SCHEMA,
            "reader": self.reader,
            "source": {"name": self.source.name, "format": self.source.format, "sha256": self.source.sha256},
            "edition": self.edition,
            "organ": self.organ,
            "organ_kind": self.organ_kind,
            "scope": self.scope,
            "year": self.year,
            "title": self.title,
            "cells": {a: _cell_json(c) for a, c in self.cells.items()},
            "blank": list(self.blank),
            "absent": list(self.absent),
            "unsure": [
                {
                    "address": u.address,
                    "text": u.text,
                    "at": u.at.to_json(),
                    "where": u.where,
                    "why": u.why,
                    "could_be": list(u.could_be),
                }
                for u in self.unsure
            ],
            "notes": [{"address": n.address, "text": n.text} for n in self.notes],
            "preface": _section_json(self.preface) if self.preface else {},
            "sections": {
                str(number): _section_json(self.sections[number]) if number in self.sections else {}
                for number in range(1, 7)
            },
            "labels": [
                {
                    "expected": x.expected,
                    "met": x.met,
                    "at": x.at.to_json(),
                    "where": x.where,
                    "addresses": list(x.addresses),
                }
                for x in self.labels
            ],
            "headings": [
                {"number": h.number, "text": h.text, "at": h.at.to_json(), "where": h.where} for h in self.headings
            ],
            "tables": {str(number): state for number, state in sorted(self.tables.items())},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """A report from its JSON. ValueError names what is not of the format; numbers are kept exactly."""
        if data.get("schema") != SCHEMA:
            raise ValueError(f"不是本系统的年度报告数据：schema 应为 {SCHEMA}，实际为 {data.get('schema')!r}")
        source = data.get("source") or {}
        sections = data.get("sections") or {}
        preface = data.get("preface") or {}
        return cls(
            source=Source(source.get("name", ""), source.get("format", "json"), source.get("sha256", "")),
            reader=data.get("reader", ""),
            edition=data.get("edition"),
            organ=data.get("organ"),
            organ_kind=data.get("organ_kind"),
            scope=data.get("scope"),
            year=data.get("year"),
            title=data.get("title"),
            cells={a: _cell_from_json(a, c) for a, c in (data.get("cells") or {}).items()},
            blank=tuple(data.get("blank") or ()),
            unsure=tuple(
                Unsure(
                    u["address"],
                    u.get("text", ""),
                    u.get("why", ""),
                    At.from_json(u.get("at")),
                    u.get("where", ""),
                    tuple(u.get("could_be") or ()),
                )
                for u in data.get("unsure") or ()
            ),
            notes=tuple(Note(n["address"], n["text"]) for n in data.get("notes") or ()),
            preface=_section_from_json(preface) if preface.get("text") is not None else None,
            sections={int(n): _section_from_json(s) for n, s in sections.items() if s and "text" in s},
            labels=tuple(
                LabelSeen(
                    x["expected"],
                    x["met"],
                    At.from_json(x.get("at")),
                    x.get("where", ""),
                    tuple(x.get("addresses") or ()),
                )
                for x in data.get("labels") or ()
            ),
            headings=tuple(
                Heading(h.get("number"), h["text"], At.from_json(h.get("at")), h.get("where", ""))
                for h in data.get("headings") or ()
            ),
            tables={int(n): state for n, state in (data.get("tables") or {}).items()},
        )


def json_number(value: Number) -> int | float:
    """A number for JSON: whole amounts as they were printed, never in exponent form."""
    return value if isinstance(value, int) else float(value)


# what a file says, not what a caller did


def _cell_json(found: Cell) -> dict[str, Any]:
    data: dict[str, Any] = {
        "value": json_number(found.value),
        "text": found.text,
        "unit": found.unit,
        "at": found.at.to_json(),
        "where": found.where,
        "proof": found.proof,
    }
    if found.uses:
        data["uses"] = list(found.uses)
    if found.records:
        data["records"] = list(found.records)
    return data


def _cell_from_json(address: str, data: dict[str, Any]) -> Cell:
    kind = cell(address).kind
    value = data.get("value")
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError(f"{address} 的值应为数字，实际为 {value!r}")  # noqa: TRY004 - what a file says
    number: Number = Decimal(str(value)) if kind == "amount" else int(value)
    if number != Decimal(str(value)) or (kind != "change" and number < 0):
        raise ValueError(f"{address} 的值不是本格允许的数：{value!r}")
    if isinstance(number, Decimal) and number == number.to_integral_value():
        number = int(number)
    return Cell(
        value=number,
        text=data.get("text", "") or str(value),
        unit=data.get("unit"),
        at=At.from_json(data.get("at")),
        where=data.get("where", ""),
        proof=data.get("proof", "read"),
        uses=tuple(data.get("uses") or ()),
        records=tuple(data.get("records") or ()),
    )


def _section_json(section: SectionText) -> dict[str, Any]:
    return {"text": section.text, "at": section.at.to_json(), "heading": section.heading}


def _section_from_json(data: dict[str, Any]) -> SectionText:
    return SectionText(data["text"], At.from_json(data.get("at")), data.get("heading"))

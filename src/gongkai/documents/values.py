"""What a writer prints in each place of the form, and which layout a report needs. Shared by all writers.

A figure is printed as the document had it, with its unit and its note; what was refused is never printed as a
figure, and what was blank stays blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.forms import EDITIONS, Form, cell, edition_for, form
from gongkai.annual.report import Cell, Number, Report
from gongkai.documents.layout import TableLayout, tables

UNSURE = "？"
"""Stands in the place of a figure that could not be made out; a sentence under the table says so."""

_WIDE = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")
_PRINTED = re.compile(
    r"(?P<sign>[-+－−—]|减少?|增加?)?\s*(?P<digits>(?:0|[1-9]\d*)(?:\.\d+)?)\s*(?P<unit>[一-鿿]{0,3})\s*"
    r"(?P<note>[（(].*[）)])?"
)
_DIGITS = re.compile(r"[0-9.+-]+")
_DECREASE = ("-", "－", "−", "—", "减", "减少")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a place: the words to print, the value when it is certain, whether the place was refused."""

    text: str = ""
    value: Number | None = None
    unsure: bool = False

    @property
    def plain(self) -> bool:
        """Whether the words are the bare figure, so that a table of numbers may hold it as a number."""
        return self.value is not None and self.text == plain_number(self.value)


def form_of(report: Report) -> Form:
    """The edition to print: the report's own, else that of most of its places, else the year's, else the newest."""
    if report.edition in EDITIONS:
        return form(report.edition)
    placed = {*report.cells, *report.blank, *(u.address for u in report.unsure)}
    counts = {edition: len(placed & form(edition).by_address.keys()) for edition in EDITIONS}
    if len(set(counts.values())) > 1:
        return form(max(counts, key=lambda edition: counts[edition]))
    return form((edition_for(report.year) if report.year else None) or EDITIONS[-1])


def one_row_other(report: Report) -> bool:
    """Whether the report prints （六）其他处理 of the 2021 form as one row."""
    own = form_of(report)
    return own.edition != "2019" and any(
        address.startswith("applications.otherwise_closed.") and address not in own.by_address
        for address in (*report.cells, *report.blank, *(u.address for u in report.unsure))
    )


def layouts(report: Report) -> dict[int, TableLayout]:
    """The three tables as this report prints them."""
    return tables(form_of(report), one_row_other(report))


def filled(report: Report) -> dict[str, Filled]:
    """What to print at each address; an address that is not there is blank."""
    notes: dict[str, list[str]] = {}
    for note in report.notes:
        notes.setdefault(note.address, []).append(note.text)
    done = {
        address: Filled(printed(address, found, notes.get(address, ())), found.value)
        for address, found in report.cells.items()
    }
    for unsure in report.unsure:
        done.setdefault(unsure.address, Filled(UNSURE, unsure=True))
    for address in report.blank:
        if address in notes:
            done.setdefault(address, Filled("".join(f"（{n}）" for n in notes[address])))
    return done


def printed(address: str, found: Cell, notes: tuple[str, ...] | list[str] = ()) -> str:
    """The words of a cell: as the document printed them where they say this very value, else made anew.

    Thousands separators and full-width digits are not kept. A unit that the official label does not print is set
    beside the figure, and a note in brackets after it, unless the words have them already.
    """
    met = _PRINTED.fullmatch(_without_separators(found.text))
    says_so = met is not None and _value(met) == found.value
    text = met.group(0).strip() if met and says_so else plain_number(found.value)
    bare, bracket, rest = text.partition("（")
    if found.unit and found.unit not in bare and found.unit != _label_unit(address):
        bare = bare.rstrip() + found.unit
    text = bare + bracket + rest
    return text + "".join(f"（{note}）" for note in notes if note not in text)


def plain_number(value: Number) -> str:
    """A number in digits, never in exponent form: 16.31, 0, -4."""
    return str(value) if isinstance(value, int) else format(value, "f")


def _without_separators(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})", "", text.translate(_WIDE).strip())


def _value(met: re.Match[str]) -> Number:
    number = Decimal(met["digits"])
    return -number if met["sign"] in _DECREASE else number


def _label_unit(address: str) -> str | None:
    try:
        return cell(address).column.unit
    except KeyError:
        return None


def refused(report: Report) -> tuple[str, ...]:
    """The addresses of the printed form whose figure could not be made out, in the order of the form."""
    found = filled(report)
    return tuple(
        address
        for layout in layouts(report).values()
        for address in layout.addresses
        if address in found and found[address].unsure
    )


def fitting(text: str, width: float, size: float) -> float:
    """The size (points, at most `size`) at which the longest figure of the text fits a line of `width` points."""
    longest = max((len(digits) for digits in _DIGITS.findall(text)), default=0)
    # A digit of the fonts used is at most 0.56 as wide as its size.
    return size if not longest else max(4.0, min(size, int(width / (0.56 * longest) * 2) / 2))

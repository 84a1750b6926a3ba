"""Invented reports as `Report` values, without any reader between."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from gongkai.annual.forms import form
from gongkai.annual.report import At, Cell, Report, SectionText, Source
from tests.mess.invent import Invented, invent
from tests.mess.sheet import printed


def as_report(invented: Invented) -> Report:
    """The report as a perfect reader would hand it over."""
    parts, spans = [invented.title + "\n", invented.preface + "\n"], {}
    for section in form(invented.edition).sections:
        words = "\n".join(invented.chapters.get(section.number, ()))
        start = sum(map(len, parts)) + len(section.heading) + 1
        spans[section.number] = SectionText(words, At(chars=(start, start + len(words))), section.heading)
        parts.append(f"{section.heading}\n{words}\n")
    cells = {a: Cell(v, printed(v), invented.units.get(a)) for a, v in invented.cells.items() if v is not None}
    return Report(
        source=Source("invented", "text"),
        edition=invented.edition,
        organ=invented.organ,
        year=invented.year,
        title=invented.title,
        cells=cells,
        blank=tuple(a for a, v in invented.cells.items() if v is None),
        preface=SectionText(invented.preface, At(chars=(len(parts[0]), len(parts[0]) + len(invented.preface)))),
        sections=spans,
        tables={2: "whole", 3: "whole", 4: "whole"},
        text="".join(parts),
    )


def sound(seed: int) -> Invented:
    """A consistent invented report of either edition."""
    rng = Random(f"sound:{seed}")
    return invent(rng, rng.choice(("2019", "2021")), faults=False)


def changed(report: Report, address: str, value: int | Decimal) -> Report:
    """The report with one cell printed otherwise."""
    return replace(report, cells={**report.cells, address: Cell(value, printed(value))})


def blanked(report: Report, address: str) -> Report:
    """The report with one cell left blank."""
    cells = {a: c for a, c in report.cells.items() if a != address}
    return replace(report, cells=cells, blank=(*report.blank, address))

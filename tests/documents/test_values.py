"""What is printed in a cell: as the document had it where it says that value, else the value made anew."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.report import Cell, Note, Report, Source
from gongkai.documents.values import filled, fitting, form_of, one_row_other, printed, refused
from tests.documents import samples

COUNT = "applications.received.total"
NORMS = "proactive.normative_documents.in_force"
CHARGES = "proactive.charges.amount"
PURCHASES = "proactive.procurement.amount"
CHANGE = "proactive.penalties.change"


@pytest.mark.parametrize(
    ("address", "cell", "notes", "expected"),
    [
        (COUNT, Cell(3, "3"), [], "3"),
        (COUNT, Cell(0, "0"), [], "0"),
        (COUNT, Cell(3), [], "3"),
        (COUNT, Cell(13, "１３"), [], "13"),
        (COUNT, Cell(1234567, "1,234,567"), [], "1234567"),
        (COUNT, Cell(3, "3件"), [], "3件"),
        (NORMS, Cell(22, "22（其中修订16件）"), ["其中修订16件"], "22（其中修订16件）"),
        (NORMS, Cell(22, "22"), ["其中修订16件"], "22（其中修订16件）"),
        (NORMS, Cell(22, "22(其中修订16件)"), ["其中修订16件"], "22(其中修订16件)"),
        (CHARGES, Cell(Decimal("16.31"), "16.31万元", unit="万元"), [], "16.31万元"),
        (CHARGES, Cell(Decimal("16.31"), "16.31", unit="万元"), [], "16.31"),
        (CHARGES, Cell(163100, "163100", unit="元"), [], "163100元"),
        (CHARGES, Cell(163100, "163100（含滞纳金）", unit="元"), [], "163100元（含滞纳金）"),
        (PURCHASES, Cell(251000, "251000", unit="元"), [], "251000元"),
        (PURCHASES, Cell(Decimal("0.5"), "", unit="亿元"), [], "0.5亿元"),
        (CHANGE, Cell(-4, "减4"), [], "减4"),
        (CHANGE, Cell(-4, "-4"), [], "-4"),
        (CHANGE, Cell(4, "增4"), [], "增4"),
        # The words stand for several cells, or say another value: the value itself is printed.
        (COUNT, Cell(15, "15130000154", proof="arithmetic"), [], "15"),
        (COUNT, Cell(0, "0000000"), [], "0"),
        (COUNT, Cell(4, "减4"), [], "4"),
        (CHANGE, Cell(-4, "4"), [], "-4"),
        (COUNT, Cell(7, "改后", proof="person"), [], "7"),
    ],
)
def test_a_cell_is_printed_as_it_was(address: str, cell: Cell, notes: list[str], expected: str) -> None:
    assert printed(address, cell, notes) == expected


def test_blank_stays_blank_and_what_was_refused_is_no_figure() -> None:
    found = filled(samples.report())
    assert "applications.disclosed.enterprise" not in found
    assert found["applications.disclosed.total"].text == "？"
    assert found["applications.disclosed.total"].value is None
    assert refused(samples.report()) == ("applications.disclosed.total",)


def test_a_blank_cell_keeps_its_note() -> None:
    report = Report(Source("x", "html"), edition="2021", blank=(COUNT,), notes=(Note(COUNT, "未统计"),))
    assert filled(report)[COUNT].text == "（未统计）"


@pytest.mark.parametrize(
    ("edition", "year", "addresses", "expected"),
    [
        ("2019", 2023, [], "2019"),
        (None, 2020, [], "2019"),
        (None, 2024, [], "2021"),
        (None, None, [], "2021"),
        (None, 2024, ["proactive.procurement.projects"], "2019"),
    ],
)
def test_which_form_is_printed(edition: str | None, year: int | None, addresses: list[str], expected: str) -> None:
    report = Report(Source("x", "html"), edition=edition, year=year, cells={a: Cell(1, "1") for a in addresses})
    assert form_of(report).edition == expected


def test_other_treatment_in_one_row_is_recognised_in_the_new_form_only() -> None:
    assert one_row_other(samples.report("2021", one_row_other=True))
    assert not one_row_other(samples.report("2021"))
    assert not one_row_other(samples.report("2019"))
    blank = replace(samples.report(), cells={}, blank=("applications.otherwise_closed.total",))
    assert one_row_other(blank)


def test_a_long_figure_is_made_smaller_rather_than_broken() -> None:
    assert fitting("12", 30, 9) == 9
    assert fitting("行政复议", 10, 9) == 9
    assert 4 <= fitting("123456789", 30, 9) < 9

"""Relations of the form: which they are, and their verdicts — holds, broken, unknown; blank is not zero."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from gongkai.annual.forms import form
from gongkai.annual.identities import NOTHING, Identity, Relation, at, column, last_year, names, row, total_of
from gongkai.annual.relations import has_one_row_other, relations, relations_between_years, relations_of, rows_of
from tests.spec.relations.reports import report


def of(edition: str, identity: str, place: str = "") -> Relation:
    """The relation with this id at this place."""
    return next(r for r in relations(edition) if r.id == identity and place in r.place)


@pytest.mark.parametrize(
    ("identity", "place", "cells", "verdict"),
    [
        ("T3-BALANCE", "自然人", {"received": 7, "brought_forward": 2, "concluded": 8, "carried_forward": 1}, "holds"),
        (
            "T3-BALANCE",
            "自然人",
            {"received": 7, "brought_forward": 2, "concluded": 10, "carried_forward": 0},
            "broken",
        ),
        ("T3-BALANCE", "自然人", {"received": 7, "brought_forward": 2, "concluded": 10}, "unknown"),
        ("T3-BALANCE", "自然人", {}, "unknown"),
    ],
)
def test_the_relation_printed_on_the_form(identity: str, place: str, cells: dict[str, int], verdict: str):
    values = {f"applications.{key}.natural_person": n for key, n in cells.items()}
    assert of("2021", identity, place).verdict(values) == verdict


@pytest.mark.parametrize(
    ("edition", "identity", "place", "cells", "verdict"),
    [
        ("2021", "T4-SUM", "行政复议", "2 1 0 0 3", "holds"),
        ("2021", "T4-SUM", "行政复议", "2 1 0 0 4", "broken"),
        ("2021", "T4-SUM", "行政复议", "2 1 0 空 3", "unknown"),
        ("2019", "T4-SUM", "复议后起诉", "0 0 0 0 0", "holds"),
    ],
)
def test_results_add_up(edition: str, identity: str, place: str, cells: str, verdict: str):
    relation = of(edition, identity, place)
    kind = relation.cells[0].rsplit(".", 1)[0]
    results = (c.key for c in form(edition).results)
    values = {f"{kind}.{k}": int(n) for k, n in zip(results, cells.split(), strict=True) if n != "空"}
    assert relation.verdict(values) == verdict


@pytest.mark.parametrize(
    ("edition", "identity", "values", "verdict"),
    [
        ("2021", "T2-STOCK", {"issued": 3, "repealed": 1, "in_force": 2}, "holds"),
        ("2021", "T2-STOCK", {"issued": 3, "repealed": 1, "in_force": 1}, "broken"),
        ("2019", "T2-DISCLOSED", {"made": 3, "disclosed": 3}, "holds"),
        ("2019", "T2-DISCLOSED", {"made": 3, "disclosed": 4}, "broken"),
        ("2019", "T2-TOTAL", {"disclosed": 4, "disclosed_total": 3}, "broken"),
    ],
)
def test_documents_in_force(edition: str, identity: str, values: dict[str, int], verdict: str):
    relation = of(edition, identity, "规范性文件")
    assert relation.verdict({f"proactive.normative_documents.{k}": n for k, n in values.items()}) == verdict


@pytest.mark.parametrize(("previous", "change", "verdict"), [(5, -5, "holds"), (5, -6, "broken"), (5, None, "unknown")])
def test_items_of_the_2019_form_are_never_fewer_than_none(previous: int, change: int | None, verdict: str):
    values = {"proactive.licences.previous": previous} | (
        {} if change is None else {"proactive.licences.change": change}
    )
    assert of("2019", "T2-ITEMS", "行政许可").verdict(values) == verdict


# ---- identities as values ------------------------------------------------------------------------------------------


def test_an_identity_is_written_as_the_form_says_it():
    identity = Identity(
        "X",
        row("received") + row("brought_forward"),
        row("concluded") + row("carried_forward"),
        "column",
        "conflict",
        "平",
    )
    first = identity.at(form("2021"))[0]
    assert (first.place, first.cells) == (
        "自然人",
        tuple(
            f"applications.{k}.natural_person" for k in ("received", "brought_forward", "concluded", "carried_forward")
        ),
    )
    assert len(identity.at(form("2021"))) == 7


def test_an_identity_may_be_for_some_columns_or_single_cells_alone():
    total = Identity("X", row("received"), NOTHING, "column", "note", "不为负", operator=">=", only=("total",))
    assert [r.place for r in total.at(form("2021"))] == ["总计"]
    single = Identity("Y", at("proactive.licences.decisions"), NOTHING, "cell", "note", "不为负", operator=">=")
    assert [(r.place, r.cells) for r in single.at(form("2021"))] == [("", ("proactive.licences.decisions",))]
    items = Identity("Z", column("previous"), NOTHING, "item", "note", "不为负", only=("licences", "other_services"))
    assert [r.place for r in items.at(form("2021"))] == ["行政许可"], "a row the edition has not is left out"


def test_signs_and_last_year_are_kept():
    grown = column("in_force") - column("repealed") + last_year(total_of(("in_force", "issued")))
    assert [(t.key, t.sign, t.last_year) for t in grown.terms] == [
        ("in_force", 1, False), ("repealed", -1, False), ("in_force", 1, True), ("issued", 1, True),
    ]  # fmt: skip


def test_cells_of_last_year_are_looked_for_there():
    stock = next(
        r for r in relations_between_years("2021", "2021") if r.id == "X-STOCK" and r.place == "行政规范性文件"
    )
    this = {f"proactive.normative_documents.{k}": n for k, n in (("issued", 3), ("repealed", 1), ("in_force", 29))}
    assert stock.needs_last_year
    assert stock.verdict(this) == "unknown"
    assert stock.verdict(this, {"proactive.normative_documents.in_force": 27}) == "holds"
    assert stock.verdict(this, {"proactive.normative_documents.in_force": 28}) == "broken"
    assert stock.met(this, {"proactive.normative_documents.in_force": 28}) == ("29", "28 + 3 − 1")


@pytest.mark.parametrize(
    ("values", "left", "right"),
    [
        ({"received": 7, "brought_forward": 2, "concluded": 10, "carried_forward": 0}, "7 + 2", "10 + 0"),
        ({"received": 7}, "7 + 空", "空 + 空"),
    ],
)
def test_both_sides_with_their_figures(values: dict[str, int], left: str, right: str):
    met = of("2021", "T3-BALANCE", "总计").met({f"applications.{k}.total": n for k, n in values.items()})
    assert met == (left, right)


def test_zeros_of_long_sums_are_not_shown():
    values = dict.fromkeys((a for a in form("2021").addresses if a.endswith(".total")), 0)
    assert of("2021", "T3-SUM", "总计").met(values) == ("0", "0")
    values |= {
        "applications.disclosed.total": 3,
        "applications.withheld.state_secret.total": 1,
        "applications.concluded.total": 5,
    }
    assert of("2021", "T3-SUM", "总计").met(values) == ("3 + 1", "5")


def test_amounts_add_exactly():
    relation = Identity("X", at("a") + at("b"), at("c"), "cell", "note", "").at(form("2021"))[0]
    assert relation.verdict({"a": Decimal("0.1"), "b": Decimal("0.2"), "c": Decimal("0.3")}) == "holds"


def test_a_relation_is_one_expression_of_a_database():
    sql = of("2019", "T2-ITEMS", "行政许可").sql("a", "b")
    assert sql == (
        'CASE WHEN (a."proactive.licences.previous" + a."proactive.licences.change") IS NULL OR (0) IS NULL '
        'THEN \'unknown\' WHEN (a."proactive.licences.previous" + a."proactive.licences.change") >= (0) '
        "THEN 'holds' ELSE 'broken' END"
    )
    between = next(r for r in relations_between_years("2021", "2021") if r.id == "X-STOCK")
    assert re.search(r'\(b\."[\w.]+\.in_force" \+ a\."[\w.]+\.issued" - a\."[\w.]+\.repealed"\)', between.sql("a", "b"))


def test_cells_are_named_as_a_person_names_them():
    assert names(("applications.received.total", "disputes.reconsideration.upheld")) == (
        "一、本年新收政府信息公开申请数量·总计、行政复议·结果维持"
    )


# ---- which relations apply -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "counts"),
    [
        ("2021", {"T3-ROW": 25, "T3-SUM": 7, "T3-BALANCE": 7, "T4-SUM": 3, "T2-STOCK": 2}),
        (
            "2019",
            {"T3-ROW": 23, "T3-SUM": 7, "T3-BALANCE": 7, "T4-SUM": 3, "T2-DISCLOSED": 2, "T2-TOTAL": 2, "T2-ITEMS": 5},
        ),
    ],
)
def test_the_relations_of_an_edition(edition: str, counts: dict[str, int]):
    ids = [r.id for r in relations(edition)]
    assert {i: ids.count(i) for i in dict.fromkeys(ids)} == counts


@pytest.mark.parametrize(
    ("edition", "before", "ids"),
    [
        ("2021", "2021", {"X-CARRIED", "X-PENDING", "X-STOCK"}),
        ("2019", "2019", {"X-CARRIED", "X-PENDING", "X-ITEMS", "X-TOTAL"}),
        ("2021", "2019", {"X-CARRIED", "X-PENDING"}),
    ],
)
def test_the_relations_between_two_years(edition: str, before: str, ids: set[str]):
    assert {r.id for r in relations_between_years(edition, before)} == ids


def test_the_one_row_other_takes_the_place_of_its_three_sub_rows():
    keys = [r.key for r in rows_of(form("2021"), one_row_other=True)]
    assert keys[-3:] == ["otherwise_closed", "concluded", "carried_forward"]
    assert rows_of(form("2019"), one_row_other=True) == form("2019").rows
    single = report(blank=("applications.otherwise_closed.total",))
    assert has_one_row_other(single) and not has_one_row_other(report())
    sums = next(r for r in relations_of(single) if r.id == "T3-SUM" and r.place == "总计")
    assert "applications.otherwise_closed.total" in sums.cells
    assert "applications.otherwise_closed.other.total" not in sums.cells


def test_no_edition_no_relations():
    assert relations_of(report(None)) == ()

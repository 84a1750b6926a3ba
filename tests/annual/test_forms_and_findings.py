"""The form as data, and what a finding is known by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual.findings import GRADES, KINDS, Finding, in_order
from gongkai.annual.forms import EDITIONS, all_rows, cell, edition_for, form
from gongkai.annual.report import At


@pytest.mark.parametrize(
    ("year", "edition"), [(2018, None), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021")]
)
def test_the_edition_a_year_must_use(year: int, edition: str | None):
    assert edition_for(year) == edition


@pytest.mark.parametrize(
    ("address", "label", "kind", "table"),
    [
        ("proactive.charges.amount", "行政事业性收费·本年收费金额（单位：万元）", "amount", 2),
        ("proactive.licences.change", "行政许可·本年增/减", "change", 2),
        ("applications.otherwise_closed.total", "（六）其他处理·总计", "count", 3),
        ("disputes.direct_litigation.upheld", "未经复议直接起诉·结果维持", "count", 4),
    ],
)
def test_a_cell_by_its_address(address: str, label: str, kind: str, table: int):
    found = cell(address)
    assert (found.label, found.kind, found.table) == (label, kind, table)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: cell("applications.received.everyone"), "没有这个单元格：applications.received.everyone"),
        (lambda: form("2014"), "没有“2014”版年度报告格式，已有：2019、2021"),
    ],
)
def test_what_no_form_has(ask, says: str):
    with pytest.raises(KeyError, match=says):
        ask()


def test_rows_of_both_editions_with_the_newest_wording():
    keys = [row.key for row in all_rows()]
    assert len(keys) == len(set(keys)) == 26
    assert {"otherwise_closed", "otherwise_closed.other"} <= set(keys)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_sum_of_the_results_is_every_row_of_its_group_above_it(edition: str):
    of = form(edition)
    leaves = of.row("concluded").sum_of
    assert len(leaves) == {"2019": 19, "2021": 21}[edition]
    assert "received" not in leaves
    assert [r.sign for r in of.rows][:3] == ["一", "二", "三(一)"]


FINDING = Finding(
    "N-COUNT", "narrative_vs_table", "conflict", "文字与表格不一致。", ("b.x", "a.x"), "新收申请 12 件", met="12"
)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"message": "换一种说法。", "grade": "doubt", "rule_version": "2"}, True),
        ({"at": At(chars=(5, 9)), "where": "第3行"}, True),
        ({"cells": ("a.x", "b.x")}, True),
        ({"quote": "新收申请12件"}, True),
        ({"quote": "新收申请13件"}, False),
        ({"cells": ("a.x",)}, False),
        ({"id": "N-OTHER"}, False),
        ({"met": "13"}, True),
    ],
)
def test_a_judgement_hangs_on_the_rule_the_cells_and_the_words(change: dict, same: bool):
    assert (replace(FINDING, **change).fingerprint == FINDING.fingerprint) is same


def test_without_cells_and_words_what_was_met_tells_findings_apart():
    bare = replace(FINDING, cells=(), quote=None)
    assert replace(bare, met="13").fingerprint != bare.fingerprint


def test_a_finding_as_json():
    data = FINDING.to_json()
    assert data["fingerprint"] == FINDING.fingerprint
    assert data["cells"] == ["b.x", "a.x"]
    assert set(data) == {
        "id", "fingerprint", "rule_version", "kind", "grade", "cells", "quote", "at", "where", "met", "expected",
        "message", "citation", "advice",
    }  # fmt: skip
    assert data["grade"] in GRADES and data["kind"] in KINDS


def test_the_gravest_first_then_as_they_stand():
    note = replace(FINDING, grade="note", at=At(chars=(1, 2)))
    late = replace(FINDING, at=At(chars=(90, 95)))
    early = replace(FINDING, at=At(chars=(3, 4)))
    nowhere = replace(FINDING, id="A")
    assert in_order([note, nowhere, late, early]) == [early, late, nowhere, note]

"""A report out into JSON and in again; what is not of the format is refused with its place named."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual.forms import all_addresses, form
from gongkai.annual.report import (
    SCHEMA,
    At,
    Cell,
    Heading,
    LabelSeen,
    Note,
    Report,
    SectionText,
    Source,
    Unsure,
)

TOTAL, AMOUNT, CHANGE = "applications.received.total", "proactive.charges.amount", "proactive.licences.change"
HERE = At(page=1, line=31, bbox=(1.5, 2.0, 3.0, 4.0), dom="table[1]/tr[2]", chars=(120, 121))

FULL = Report(
    Source("年报.docx", "docx", "ab12"),
    edition="2021",
    organ="青禾县水务局",
    organ_kind="department",
    scope="own_body",
    year=2023,
    title="青禾县水务局2023年政府信息公开工作年度报告",
    cells={
        TOTAL: Cell(3, "3", at=HERE, where="第31行第2格", proof="arithmetic", uses=("T3-ROW",), records=("申2023-1",)),
        AMOUNT: Cell(Decimal("0.35"), "0.35", "万元"),
    },
    blank=("applications.disclosed.total",),
    unsure=(Unsure("applications.concluded.total", "1 2", "数字之间没有分隔", HERE, "第40行", ("1", "12")),),
    notes=(Note(TOTAL, "其中转办1件"),),
    preface=SectionText("按照规定编制。", HERE),
    sections={1: SectionText("全年工作平稳。", HERE, "一、总体情况")},
    labels=(LabelSeen("（一）予以公开", "（一）予以公示", HERE, "第33行", ("applications.disclosed.total",)),),
    headings=(Heading(1, "一、总体情况", HERE, "第3行"), Heading(None, "七、附件")),
    tables={2: "missing", 3: "whole", 4: "cut"},
    reader="gongkai 0.1.0",
)


def again(report: Report) -> Report:
    """The report after a trip through a file."""
    return Report.from_json(json.loads(json.dumps(report.to_json(), ensure_ascii=False), parse_float=Decimal))


def test_nothing_is_lost_on_the_way():
    assert again(FULL) == FULL


def test_an_empty_report_is_one_too():
    empty = Report(Source("", "text"))
    assert again(empty) == empty
    assert empty.to_json()["absent"] == list(all_addresses())
    assert empty.to_json()["preface"] == {}


def test_the_keys_of_the_format():
    data = FULL.to_json()
    assert data["schema"] == "gongkai.report/1"
    assert data["cells"][TOTAL]["at"] == {
        "page": 1, "line": 31, "bbox": [1.5, 2.0, 3.0, 4.0], "dom": "table[1]/tr[2]", "chars": [120, 121],
    }  # fmt: skip
    assert data["cells"][TOTAL]["records"] == ["申2023-1"]
    assert "records" not in data["cells"][AMOUNT], "a published figure carries no records"
    assert "uses" not in data["cells"][AMOUNT]
    assert list(data["sections"]) == ["1", "2", "3", "4", "5", "6"]
    assert data["sections"]["2"] == {}
    assert At().to_json() == dict.fromkeys(("page", "line", "bbox", "dom", "chars"))


def test_each_address_stands_in_exactly_one_place():
    data = FULL.to_json()
    places = [*data["cells"], *data["blank"], *data["absent"], *(u["address"] for u in data["unsure"])]
    assert sorted(places) == sorted(form("2021").addresses)


def test_the_one_row_of_the_other_form_is_answered_for_too():
    other = Report(Source("", "text"), edition="2021", blank=("applications.otherwise_closed.total",))
    assert other.addresses == (*form("2021").addresses, "applications.otherwise_closed.total")


def test_the_value_at_an_address():
    assert (FULL.value(TOTAL), FULL.value("applications.disclosed.total")) == (3, None)


def least(**cells: Any) -> dict[str, Any]:
    """The least a file may say: the schema, and cells with nothing but their value."""
    return {"schema": SCHEMA, "cells": {a.replace("__", "."): {"value": v} for a, v in cells.items()}}


@pytest.mark.parametrize(
    ("address", "value", "met"),
    [
        (TOTAL, 3, 3),
        (TOTAL, 3.0, 3),
        (CHANGE, -4, -4),
        (AMOUNT, Decimal("0.35"), Decimal("0.35")),
        (AMOUNT, 0.35, Decimal("0.35")),
        (AMOUNT, 12, 12),
        (AMOUNT, Decimal("12.00"), 12),
    ],
)
def test_values_that_a_cell_may_hold(address: str, value: Any, met: Any):
    read = Report.from_json(least(**{address: value})).cells[address]
    assert (read.value, type(read.value)) == (met, type(met))
    assert read.text == str(value)


@pytest.mark.parametrize(
    ("address", "value", "says"),
    [
        (TOTAL, -1, f"{TOTAL} 的值不是本格允许的数：-1"),
        (TOTAL, 2.5, f"{TOTAL} 的值不是本格允许的数：2.5"),
        (CHANGE, 0.5, f"{CHANGE} 的值不是本格允许的数：0.5"),
        (AMOUNT, -0.5, f"{AMOUNT} 的值不是本格允许的数：-0.5"),
        (TOTAL, "3", f"{TOTAL} 的值应为数字，实际为 '3'"),
        (TOTAL, None, f"{TOTAL} 的值应为数字，实际为 None"),
        (TOTAL, True, f"{TOTAL} 的值应为数字，实际为 True"),
    ],
)
def test_values_that_a_cell_may_not_hold(address: str, value: Any, says: str):
    with pytest.raises(ValueError) as refused:
        Report.from_json(least(**{address: value}))
    assert str(refused.value) == says


def test_an_address_of_no_form_is_refused():
    with pytest.raises(KeyError, match="没有这个单元格：applications.unheard.total"):
        Report.from_json(least(applications__unheard__total=1))


@pytest.mark.parametrize("schema", [None, "gongkai.report/2", ""])
def test_another_schema_is_refused(schema: str | None):
    with pytest.raises(ValueError, match="schema 应为 gongkai.report/1"):
        Report.from_json({"schema": schema})


def test_what_a_sparse_file_leaves_out():
    read = Report.from_json(least() | {"sections": {"1": {}, "2": {"text": "无"}}, "unsure": [{"address": TOTAL}]})
    assert read.sections == {2: SectionText("无")}
    assert (read.source, read.preface, read.year) == (Source("", "json"), None, None)
    assert read.unsure == (Unsure(TOTAL, "", ""),)

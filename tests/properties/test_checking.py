"""Checking over invented reports: sound ones pass, one changed cell is named, one blank cell breaks nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.check import check
from gongkai.annual.relations import relations_of
from gongkai.annual.report import Cell
from gongkai.readers import read_text
from tests.mess.faults import CELL_FAULTS, WORD_FAULTS
from tests.mess.render import pipes
from tests.mess.reports import as_report, blanked, changed, sound
from tests.mess.sheet import sheet

SEEDS = st.integers(0, 2**32)


def _briefly(findings) -> list[str]:
    return [f"{f.id} {f.grade} {f.quote} {f.cells} {f.message}" for f in findings]


@given(SEEDS)
@settings(max_examples=150, deadline=None)
def test_a_sound_report_has_no_conflict_and_at_most_two_doubts(seed: int):
    report = as_report(sound(seed))
    findings = check(report).findings
    assert _briefly(f for f in findings if f.kind == "relation" or f.grade == "conflict") == []
    doubts = _briefly(f for f in findings if f.grade == "doubt")
    assert len(doubts) <= 2, doubts


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_sound_report_read_from_text_is_sound(seed: int):
    report = read_text(pipes(Random(seed), sheet(sound(seed))))
    findings = check(report).findings
    assert _briefly(f for f in findings if f.kind == "relation" or f.grade == "conflict") == []
    assert len([f for f in findings if f.grade == "doubt"]) <= 2, _briefly(findings)


@given(SEEDS, st.data())
@settings(max_examples=200, deadline=None)
def test_one_changed_cell_is_named_by_a_finding(seed: int, data: st.DataObject):
    report = as_report(sound(seed))
    summed = sorted({a for r in relations_of(report) if r.operator == "=" for a in r.cells})
    address = data.draw(st.sampled_from(summed))
    value = data.draw(st.integers(0, 9999).filter(lambda n: n != report.cells[address].value))
    findings = [f for f in check(changed(report, address, value)).findings if f.kind == "relation"]
    assert findings, f"{address}: {report.cells[address].value} → {value}, nothing found"
    assert any(address in f.cells for f in findings), f"{address} not in {_briefly(findings)}"


@given(SEEDS, st.data())
@settings(max_examples=200, deadline=None)
def test_one_blank_cell_leaves_relations_open_and_breaks_none(seed: int, data: st.DataObject):
    report = as_report(sound(seed))
    address = data.draw(st.sampled_from(sorted({a for r in relations_of(report) for a in r.cells})))
    checked = check(blanked(report, address))
    naming = [j for j in checked.relations if address in j.relation.cells]
    assert naming
    assert {j.verdict for j in naming} == {"unknown"}
    assert [j for j in checked.relations if j.verdict == "broken"] == []
    assert [f for f in checked.findings if f.kind == "relation"] == []


@pytest.mark.parametrize("fault", (*CELL_FAULTS, *WORD_FAULTS), ids=lambda fault: fault.__name__)
def test_each_kind_of_true_fault_is_a_conflict(fault):
    tried = 0
    for seed in range(60):
        spoiled = fault(Random(seed), sound(seed))
        if spoiled is None:
            continue
        tried += 1
        (made,) = spoiled.faults
        conflicts = [f for f in check(as_report(spoiled)).findings if f.grade == "conflict"]
        named = [
            f
            for f in conflicts
            if set(made.addresses) & set(f.cells) or (made.quote and f.quote and made.quote[:12] in f.quote)
        ]
        assert named, f"{made} in {spoiled.chapters[1]}: {_briefly(conflicts)}"
    assert tried > 5


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_one_cause_is_one_finding(seed: int):
    invented = sound(seed)
    address = f"applications.received.{Random(seed).choice(('natural_person', 'enterprise'))}"
    report = as_report(invented)
    findings = check(changed(report, address, int(report.cells[address].value) + 1)).findings
    assert len([f for f in findings if f.kind == "relation"]) == 1, _briefly(findings)


def test_a_cell_proved_by_a_relation_is_not_reported_by_it():
    report = as_report(sound(3))
    relation = next(r for r in relations_of(report) if r.id == "T3-ROW")
    address = relation.right[0].address
    proved = changed(report, address, int(report.cells[address].value) + 1)
    proved.cells[address] = Cell(proved.cells[address].value, proof="arithmetic", uses=("T3-ROW",))
    verdicts = {j.verdict for j in check(proved).relations if j.relation == relation}
    assert verdicts == {"unknown"}

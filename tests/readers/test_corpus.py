"""Real published reports: not one wrong value, nearly all cells, every contradiction, no false alarm."""

from __future__ import annotations

import json

import pytest

from tests.corpus_score import (
    CORPUS,
    Document,
    cells_table,
    check,
    documents,
    findings_table,
    read,
    score_cells,
    score_findings,
)

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real reports (shared/corpus) is not here")

ALL = list(documents()) if CORPUS.is_dir() else []


@pytest.fixture(scope="module")
def reports():
    return {document.name: read(document) for document in ALL}


@pytest.fixture(scope="module")
def cell_scores(reports):
    return [score_cells(document, reports[document.name]) for document in ALL]


@pytest.fixture(scope="module")
def finding_scores(reports):
    return [score_findings(d, reports[d.name], check(reports[d.name])) for d in ALL]


def test_the_corpus_is_all_there():
    assert len(ALL) == len(list(CORPUS.glob("*.gold.json"))) > 50


def test_no_value_is_wrong(cell_scores, capsys):
    with capsys.disabled():
        print("\n" + cells_table(cell_scores))
    assert [f"{s.name} {entry}" for s in cell_scores for entry in s.wrong] == []


def test_nearly_every_gold_cell_is_read(cell_scores):
    right, gold = sum(s.right for s in cell_scores), sum(s.gold for s in cell_scores)
    assert right / gold >= 0.995, f"{right} of {gold} gold cells"


def test_in_each_document_enough_is_read(cell_scores):
    assert [f"{s.name}: {s.right} of {s.gold}, missing {s.missing[:5]}" for s in cell_scores if not s.enough] == []


def test_every_contradiction_is_found(finding_scores, capsys):
    with capsys.disabled():
        print("\n" + findings_table(finding_scores))
    assert [f"{s.name} {entry}" for s in finding_scores for entry in s.missed] == []


def test_no_clean_sentence_is_flagged(finding_scores):
    assert [f"{s.name} {entry}" for s in finding_scores for entry in s.flagged_clean] == []


def test_on_whole_reports_no_conflict_that_is_not_gold(finding_scores):
    assert [f"{s.name} {entry}" for s in finding_scores for entry in s.extra] == []


def test_on_the_sound_report_nothing_is_a_conflict_or_doubt(finding_scores):
    sound = [s for s in finding_scores if s.name.startswith("000")]
    assert [(s.extra, s.doubts) for s in sound] == [([], 0)]


def test_the_edition_is_the_one_of_the_gold(reports):
    """A blank form and words without tables may leave the edition open, but never name the other one."""
    for document in ALL:
        met, gold = reports[document.name].edition, document.gold["edition"]
        assert met == gold or (met is None and not document.gold["cells"]), document.name


@pytest.mark.parametrize("document", ALL, ids=lambda d: d.name)
def test_each_address_stands_in_exactly_one_place(document: Document, reports):
    data = json.loads(json.dumps(reports[document.name].to_json(), ensure_ascii=False))
    places = [*data["cells"], *data["blank"], *data["absent"], *(u["address"] for u in data["unsure"])]
    assert len(places) == len(set(places))
    assert set(places) >= set(reports[document.name].addresses)

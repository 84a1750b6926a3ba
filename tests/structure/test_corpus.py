"""The real reports beside the repository: what frame, names, labels and law rules say about them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.annual import labels, legal, names, presence, structure, wording, years
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.readers import read_file
from tests.corpus_score import CORPUS, Document, documents, score_findings
from tests.structure.making import verbatim

CHECKS = (
    names.check_places,
    *years.CHECKS,
    *wording.CHECKS,
    *structure.CHECKS,
    *presence.CHECKS,
    *labels.CHECKS,
    *legal.CHECKS,
)
FRAME = ("structure", "missing_section", "missing_cell", "unit", "wording", "legal", "deadline")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="旁边没有语料（shared/corpus）")


def _found(report: Report) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(report)]


def _all() -> Iterator[Document]:
    return documents() if CORPUS.is_dir() else iter(())


@pytest.mark.parametrize("document", list(_all()), ids=lambda d: d.name)
def test_no_clean_sentence_is_flagged_and_every_conflict_is_gold(document: Document) -> None:
    report = read_file(document.path)
    findings = _found(report)
    assert verbatim(report, findings)
    score = score_findings(document, report, findings)
    assert score.flagged_clean == []
    assert score.extra == []
    assert [missed for missed in score.missed if missed.startswith(FRAME)] == []
    if document.findings and str(document.findings.get("verdict", "")).startswith("clean"):
        assert [f.id for f in findings if f.grade == "conflict"] == []
        assert sum(f.grade == "doubt" for f in findings) <= 2


def test_another_countys_name_is_found() -> None:
    (document,) = documents(("003",))
    assert [f.grade for f in names.check_places(read_file(document.path))] == ["conflict"]

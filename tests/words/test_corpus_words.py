"""The words of real reports, where the corpus is beside the repository: gold conflicts found, clean sentences left alone.

Once with the gold cells, so that no reader's fault hides the checker's, and once as the reader gives the report.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.annual.report import Report
from gongkai.annual.words import check_words
from tests.corpus_score import CORPUS, Document, documents, read, score_findings
from tests.corpus_support import gold_report

pytestmark = pytest.mark.needs("corpus")

WORDS = {"narrative_vs_table", "narrative_sum", "percent", "same_quantity"}
REPEATED_ITEM = "规划总结2条,公文4条、规划总结2条"
DOCUMENTS = list(documents()) if CORPUS.is_dir() else []


def _misses(document: Document, make: Callable[[Document], Report]) -> tuple[list[str], list[str], list[str]]:
    report = make(document)
    if not report.text:
        return [], [], []
    score = score_findings(document, report, check_words(report))
    missed = [m for m in score.missed if m.split("「")[0] in WORDS or REPEATED_ITEM in m]
    return missed, score.flagged_clean, score.extra


@pytest.mark.parametrize("make", [gold_report, read], ids=["gold cells", "as read"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_the_words_of_real_reports(document: Document, make: Callable[[Document], Report]) -> None:
    missed, clean, extra = _misses(document, make)
    assert not missed, missed
    assert not clean, clean
    assert not extra, extra

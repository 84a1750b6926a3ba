"""Numbers of another circle of organs, or of a part of the year's answers, are no contradiction of the table."""

from __future__ import annotations

import pytest

from gongkai.annual.words import check_words
from tests.spec.words.support import report

TOWN, COUNTY = "青禾县柳湾镇人民政府", "青禾县人民政府"


@pytest.mark.parametrize(
    ("organ", "words"),
    [
        (TOWN, "全县各镇街、部门共受理申请312件，其中我镇受理10件。"),
        (TOWN, "全县共收到政府信息公开申请900件，我镇收到10件。"),
        (COUNTY, "乡镇收到政府信息公开申请合计2件，县直部门收到申请合计8件。"),
        (COUNTY, "收到申请10件，10日内答复的5件。"),
        (COUNTY, "15个工作日内答复7件。"),
    ],
)
def test_another_circle_or_a_part_is_no_conflict(organ: str, words: str) -> None:
    assert [f.id for f in check_words(report(words, organ=organ)) if f.grade == "conflict"] == []


@pytest.mark.parametrize(
    ("organ", "words", "rule"),
    [
        (TOWN, "全镇共收到政府信息公开申请17件。", "N-RECEIVED"),
        (COUNTY, "全县共收到政府信息公开申请17件。", "N-RECEIVED"),
        (COUNTY, "各乡镇、各部门共收到政府信息公开申请17件。", "N-RECEIVED"),
        (COUNTY, "全年共答复政府信息公开申请19件。", "N-DECIDED"),
    ],
)
def test_the_reports_own_circle_is_compared(organ: str, words: str, rule: str) -> None:
    found = check_words(report(words, organ=organ))
    assert (rule, "conflict") in [(f.id, f.grade) for f in found]

"""This year beside last year, and shares whose whole stands in the same clause: the words alone say what is true."""

from __future__ import annotations

import pytest

from gongkai.annual.words import check_words
from tests.spec.words.support import check, report, said

CHANGES_SOUND = [
    "主动公开信息880条，比上年800条增加80条，增长10%。",
    "主动公开信息880条，比上年的800条增加80条。",
    "主动公开信息880条，较2022年800条增长10%。",
    "主动公开信息880条，比上年增加80条，增长10%。",
    "主动公开信息880条（比上年增加80条，增长10%）。",
    "主动公开信息880条，比上年增加80条，增幅为10%。",
    "主动公开信息880条，同比增长10%，比上年增加80条。",
    "主动公开信息880条，比上年减少220条，降幅达20%。",
    "主动公开信息880条，比上年850条增长3.5%。",
    "主动公开信息880条，比上年850条增长3.52%。",
    "收到政府信息公开申请10件，较上年减少5件，申请量下降33.3%。",
    "收到政府信息公开申请10件，申请数量较去年下降33.3%，减少5件。",
    "主动公开信息由上年的800条增加到880条，增长10%。",
    "主动公开信息从去年1100条减少至880条，下降20%。",
    "召开会议10次，比上年0次增加10次，增长100%。",
    "主动公开信息880条，比上年增加0条，同比下降0%。",
    # ---- another matter, another year, another base
    "主动公开信息880条，比上年减少80条，点击量同比增长10%。",
    "主动公开信息880条，比上年减少80条，其中微信公众号信息同比增长10%。",
    "主动公开信息880条，比上年减少80条，环比增长10%。",
    "主动公开信息880条，较2022年减少80条，较2021年增长10%。",
    "主动公开信息880条，较2021年800条增长30%。",
    "主动公开信息880条，增长30%。",
    "主动公开信息880条，比上年召开会议3次增加80条。",
    "主动公开信息880条，比上年增加3次。",
    "主动公开信息880条，由上年3次增加到5次。",
    "主动公开信息880条，由3条增加到2条。",
    "主动公开信息880条，比上年约800条增加90条。",
    # ---- one of several numbers that can be meant fits
    "主动公开信息880条，其中解读20条，比上年增加80条，增长10%。",
    "公众号60条、微博24条，比上年增加30条，增长55.6%。",
    "设置专栏3个，比上年增加5个子栏目。",
    "主动公开信息880条，比上年增加80条信息，增长10%。",
    # ---- about, points
    "主动公开信息880条，比上年增加约80条，增长30%。",
    "主动公开信息880余条，比上年增加80条，增长30%。",
    "收到政府信息公开申请10件，比上年多2件，上升25个百分点。",
]
CHANGES_FAULTY = [
    ("主动公开信息880条，比上年800条增加90条。", "880－800＝80"),
    ("主动公开信息880条，比上年800条减少80条。", "880－800＝80"),
    ("主动公开信息880条，比上年800条增加80条，增长15%。", "(880－800)÷800＝10.00%"),
    ("主动公开信息880条，较2022年800条增长20%。", "(880－800)÷800＝10.00%"),
    ("主动公开信息880条，较2022年800条下降10%。", "(880－800)÷800＝10.00%"),
    ("主动公开信息880条，比上年增加80条，增长30%。", "(880－800)÷800＝10.00%"),
    ("主动公开信息880条，比上年减少80条，同比增长10%。", "增加10%"),
    ("主动公开信息880条，比上年增加80条，同比下降10%。", "减少10%"),
    ("收到政府信息公开申请10件，比上年减少5件，申请量同比增长50%。", "增加50%"),
    ("召开会议10次，比上年增加15次。", "不超过10"),
    ("主动公开信息由上年的800条增加到880条，增长20%。", "(880－800)÷800＝10.00%"),
    ("主动公开信息由上年的800条减少到880条。", "减少"),
    ("主动公开信息由上年的900条增加到880条。", "增加"),
]
CHANGES_ASKED = [
    # the share of the new number, not of the old one; and several numbers, none of which fits
    "主动公开信息880条，比上年增加80条，增长9.09%。",
    "主动公开信息880条，其中解读100条，比上年增加80条，增长30%。",
]

BASES_SOUND = [
    "公众号发布信息60条，占全部信息120条的50%。",
    "公众号60条，占全部120条信息的50%，网站60条，占全部120条信息的50%。",
    "公开信息共120条，其中公众号60条，占总数120条的50%，网站60条，占总数120条的50%。",
    "公众号60条，占总数120条的约70%。",
    "公众号60条，占总数120余条的70%。",
    "公众号60条，占总数0条的70%。",
    # the part may be several numbers together, or an earlier one
    "公众号60条、微博24条，占总数120条的70%。",
    "发布公众号信息84条、更新12条，占总数120条的70%。",
    "发布信息60条，回复率100%，占总数120条的30%。",
    "公众号发布信息60条，占会议12次的30%。",
    "予以公开0件，占0%。",
    "投诉0件，满意率99.9%。",
    "投诉0件，比上年下降100%。",
]
BASES_FAULTY = [
    ("公众号发布信息60条，占总数120条的70%。", "60÷120＝50.00%"),
    ("公开信息共120条，其中公众号60条，占总数120条的70%，网站60条，占总数120条的50%。", "60÷120＝50.00%"),
    ("公众号60条，占全部120条信息的70%。", "60÷120＝50.00%"),
    ("予以公开0件，占申请总数的99.9%。", "0%"),
    ("公开信息50条，其中甲类50条，占100%，乙类0条，占30%。", "0%"),
]


@pytest.mark.parametrize("words", CHANGES_SOUND)
def test_a_change_that_its_numbers_give(words: str) -> None:
    assert [f for f in check(words) if f.id == "N-CHANGE"] == []


@pytest.mark.parametrize(("words", "expected"), CHANGES_FAULTY)
def test_a_change_that_its_numbers_do_not_give(words: str, expected: str) -> None:
    assert [(f.grade, f.expected) for f in check(words) if f.id == "N-CHANGE"] == [("conflict", expected)]


@pytest.mark.parametrize("words", CHANGES_ASKED)
def test_a_change_that_may_be_meant_otherwise_is_asked_about(words: str) -> None:
    assert [f.grade for f in check(words) if f.id == "N-CHANGE"] == ["doubt"]


def test_a_named_year_is_last_year_only_where_the_reports_year_is_known() -> None:
    words = "主动公开信息880条，较2022年800条增长20%。"
    assert said(check_words(report(words, year=None))) == []


@pytest.mark.parametrize("words", BASES_SOUND)
def test_a_share_of_a_whole_in_the_same_clause(words: str) -> None:
    assert [f for f in check(words) if f.kind in ("percent", "narrative_sum")] == []


@pytest.mark.parametrize(("words", "expected"), BASES_FAULTY)
def test_a_share_its_own_clause_does_not_give(words: str, expected: str) -> None:
    found = [f for f in check(words) if f.kind in ("percent", "narrative_sum")]
    assert [(f.id, f.grade, f.expected) for f in found] == [("N-PERCENT", "conflict", expected)]


def test_a_part_above_its_whole_is_asked_about() -> None:
    assert said(check("公众号60条，占总数50条的70%。")) == [("N-PERCENT", "doubt")]

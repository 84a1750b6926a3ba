"""The numbers of the law: each has a day, a unit and words that really stand in the law; silence is a gap, never 0."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.citations import OUR_RULE, REGULATIONS
from gongkai.law.errors import LawGap, Unlawful
from gongkai.law.parameters import PARAMETERS, Unit, read
from gongkai.law.tables import Row
from gongkai.onrequest.provisions import laws, number_of, of_article, parameters_of, provisions, read_article

LAWS = Path(__file__).resolve().parents[4] / "shared" / "data" / "laws"

UNPROVED = {"政府信息公开信息处理费管理办法": "办法全文不在资料之中，只读到第一条至第五条的转载"}

HOLDS = [
    ("reply", "2019-05-15", 20, Unit.WORKDAY),
    ("extension", "2026-01-01", 20, Unit.WORKDAY),
    ("supplement_notice", "2026-01-01", 7, Unit.WORKDAY),
    ("third_party_reply", "2026-01-01", 15, Unit.WORKDAY),
    ("organ_reply", "2026-01-01", 15, Unit.WORKDAY),
    ("publish", "2026-01-01", 20, Unit.WORKDAY),
    ("publish_budget", "2026-01-01", 20, Unit.DAY),
    ("publish_award", "2026-01-01", 2, Unit.WORKDAY),
    ("withdraw_penalty", "2026-01-01", 3, Unit.WORKDAY),
    ("consult_the_public", "2026-01-01", 30, Unit.DAY),
    ("payment", "2021-01-01", 20, Unit.WORKDAY),
    ("reconsideration_apply", "2024-01-01", 60, Unit.DAY),
    ("reconsideration_accept", "2024-01-01", 5, Unit.WORKDAY),
    ("reconsideration_copy", "2024-01-01", 7, Unit.WORKDAY),
    ("reconsideration_answer", "2024-01-01", 10, Unit.WORKDAY),
    ("reconsideration_decide_simplified", "2024-01-01", 30, Unit.DAY),
    ("reconsideration_decide", "2024-01-01", 60, Unit.DAY),
    ("litigation_direct", "2026-01-01", 6, Unit.MONTH),
    ("litigation_after_reconsideration", "2026-01-01", 15, Unit.DAY),
]


@pytest.mark.parametrize(("key", "day", "amount", "unit"), HOLDS)
def test_a_number_holds_from_its_day_on(key, day, amount, unit):
    parameter = PARAMETERS[key]

    assert parameter.amount(date.fromisoformat(day)) == amount
    assert parameter.unit is unit
    assert parameter.unit.label and parameter.says and parameter.counts_from


SILENT = [("reply", "2019-05-14"), ("payment", "2020-12-31"), ("reconsideration_apply", "2023-12-31")]


@pytest.mark.parametrize(("key", "day"), SILENT)
def test_before_its_first_day_there_is_a_gap_and_no_number(key, day):
    with pytest.raises(LawGap, match="没有可用的数值"):
        PARAMETERS[key].on(date.fromisoformat(day))


def test_a_repealed_number_is_a_gap_from_that_day_on():
    rows = [
        Row("x", "某期限", 5, "day", "某日", date(2020, 1, 1), None),
        Row("x", "某期限", None, "day", "某日", date(2022, 1, 1), None),
    ]
    parameter = read(rows)["x"]

    assert parameter.amount(date(2021, 12, 31)) == 5
    assert parameter.on(date(2021, 12, 31)).basis == OUR_RULE
    with pytest.raises(LawGap, match="不再施行"):
        parameter.on(date(2022, 1, 1))


def test_a_refusal_names_its_provision_or_says_that_the_rule_is_ours():
    with pytest.raises(LawGap) as gap:
        PARAMETERS["reply"].on(date(2019, 5, 14))
    assert "第五十六条" in gap.value.basis
    assert Unlawful("不可以").basis == OUR_RULE


def text_of(law: str) -> str | None:
    found = sorted(LAWS.glob(f"{law}(*.md")) if LAWS.is_dir() else []
    return "".join(found[0].read_text("utf-8").split()) if found else None


@pytest.mark.parametrize("citation", provisions(), ids=lambda c: f"{c.law}{c.article}")
def test_a_quotation_stands_in_its_article(citation):
    text = text_of(citation.law)
    if text is None:
        if LAWS.is_dir():
            assert citation.law in UNPROVED
            return
        pytest.skip("旁边没有法律文本（shared/data/laws）")
    quotation = "".join(citation.quotation.split())
    assert quotation in text
    if number_of(citation.article):
        article = re.match("第[^条]+条", citation.article)[0]
        body = text[text.index(article) :]
        assert quotation in body


ARTICLES = [
    ("33", (REGULATIONS, 33)),
    ("第三十三条", (REGULATIONS, 33)),
    ("条例第10条", (REGULATIONS, 10)),
    ("行政复议法20", ("行政复议法", 20)),
    ("《中华人民共和国行政复议法》第二十条", ("行政复议法", 20)),
    ("行政诉讼法四十五", ("行政诉讼法", 45)),
    ("民法典第1条", ("民法典", 1)),
    ("第一百零三条", (REGULATIONS, 103)),
]


@pytest.mark.parametrize(("words", "meant"), ARTICLES)
def test_an_article_is_understood_as_people_write_it(words, meant):
    assert read_article(words) == meant


def test_what_is_no_article_is_not_understood():
    assert read_article("随便什么") is None
    assert number_of("公布令") == 0


def test_an_article_leads_to_its_words_and_numbers():
    assert [each.article for each in of_article(REGULATIONS, 26)]
    assert {each.key for each in parameters_of(REGULATIONS, 33)} == {"reply", "extension"}
    assert laws()[0] == REGULATIONS

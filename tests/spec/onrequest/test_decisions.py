"""处理决定：二十五种，一处写定；条款与官方文本逐句核对。"""

from __future__ import annotations

import re

import pytest

from gongkai.annual.forms import EDITIONS, form
from gongkai.annual.tally import rows_fed
from gongkai.law.citations import OUR_RULE
from gongkai.onrequest import applicants, guards, procedure, remedies
from gongkai.onrequest.decisions import (
    OUTCOMES,
    Outcome,
    citations,
    decision,
    decisions,
    evidence,
    evidence_for,
    grounds,
    of_outcome,
)
from gongkai.onrequest.guards import GUARDS
from gongkai.onrequest.letters import letter_types
from gongkai.scope.grounds import DUTIES
from tests.spec.onrequest.tables import LAW, article, rows

# 应当还是可以、依据、计入表三哪一行
TABLE = """
    代码 | 应当或可以 | 依据的第一条                | 表三的行
    G1   | 应当       | 第三十六条第一项            | disclosed
    G2   | 应当       | 第三十六条第二项            | disclosed
    P1   | 应当       | 第三十七条                  | disclosed_in_part
    N1   | 应当       | 第十四条                    | withheld.state_secret
    N2   | 应当       | 第十四条                    | withheld.barred_by_law
    N3   | 应当       | 第十四条                    | withheld.endangers_security_or_stability
    N4   | 应当       | 第十五条                    | withheld.third_party_interests
    N5   | 可以       | 第十六条第一款              | withheld.internal_affairs
    N6   | 可以       | 第十六条第二款              | withheld.process_information
    N7   | 可以       | 第十六条第二款              | withheld.enforcement_case_file
    N8   | 应当       | 第三十六条第七项            | withheld.administrative_inquiry
    U1a  | 应当       | 第三十六条第四项            | unavailable.not_held
    U1b  | 应当       | 第三十六条第五项            | unavailable.not_held
    U2   | 可以       | 第三十八条                  | unavailable.not_yet_made
    U3   |            | 本系统规则                  | unavailable.still_unclear
    R1   | 应当       | 第三十九条第一款            | not_processed.petition_or_complaint
    R2   | 应当       | 第三十六条第六项            | not_processed.repeated
    R3   | 可以       | 第三十九条第二款            | not_processed.published_work
    R4   | 应当       | 第三十五条                  | not_processed.excessive
    R5   |            | 本系统规则                  | not_processed.reconfirmation
    O1   | 应当       | 第三十条                    | otherwise_closed.supplement_not_made
    O2   |            | 本系统规则                  | otherwise_closed.fee_not_paid
    O3a  |            | 第二条                      | otherwise_closed.other
    O3b  |            | 本系统规则                  | otherwise_closed.other
    O3c  |            | 本系统规则                  | otherwise_closed.other
"""


@pytest.mark.parametrize(("code", "duty", "first", "row"), rows(TABLE), ids=lambda cell: cell or "无")
def test_a_decision_rests_on_its_provision_and_counts_in_its_row(code: str, duty: str, first: str, row: str) -> None:
    of = decision(code)
    assert (DUTIES[of.duty] if of.duty else "") == duty
    assert (of.cites[0].article if of.tag == "S" else OUR_RULE) == first
    assert (of.basis == OUR_RULE) == (first == OUR_RULE)
    assert of.row == of.row_in("2021") == row


def test_the_table_is_the_whole_of_the_enumeration() -> None:
    assert [row[0] for row in rows(TABLE)] == list(decisions())
    assert len(decisions()) == 25


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_result_row_of_the_form_is_fed_and_every_decision_counts_once(edition: str) -> None:
    concluded = form(edition).row("concluded").sum_of
    fed = rows_fed(edition)
    assert set(fed) == set(concluded)
    assert sorted(code for codes in fed.values() for code in codes) == sorted(decisions())
    assert [row for row, codes in fed.items() if len(codes) > 1 and row.startswith("withheld")] == []


ROWS_OF_THE_RULE_BOOK = {
    "granted": "disclosed",
    "partial": "disclosed_in_part",
    "denied_state_secret": "withheld.state_secret",
    "denied_law_prohibited": "withheld.barred_by_law",
    "denied_three_safety_one_stability": "withheld.endangers_security_or_stability",
    "denied_third_party": "withheld.third_party_interests",
    "denied_internal_affairs": "withheld.internal_affairs",
    "denied_process_info": "withheld.process_information",
    "denied_enforcement_file": "withheld.enforcement_case_file",
    "denied_admin_query": "withheld.administrative_inquiry",
    "unable_not_held": "unavailable.not_held",
    "unable_needs_creation": "unavailable.not_yet_made",
    "unable_still_unclear": "unavailable.still_unclear",
    "refused_petition": "not_processed.petition_or_complaint",
    "refused_duplicate": "not_processed.repeated",
    "refused_publication": "not_processed.published_work",
    "refused_excessive": "not_processed.excessive",
    "refused_reconfirm": "not_processed.reconfirmation",
    "other_no_supplement": "otherwise_closed.supplement_not_made",
    "other_fee_unpaid": "otherwise_closed.fee_not_paid",
    "other_other": "otherwise_closed.other",
}
LESS_SURE = {"O2": "M"}
"""O2: the row is the form's own, but that nothing more is done was not read in its source (规则书第3.2节)."""


def tags_of(words: str) -> tuple[str, str]:
    """How well the rule and the row are known: “S rule / M row” names both, one letter means both."""
    rule = re.search(r"([SMI]) (?:rule|article|basis)", words)
    row = re.search(r"([SMI]) row", words)
    both = words.strip('"')[0]
    return (rule[1] if rule else "S" if row else both, row[1] if row else both)


def test_every_line_of_the_rule_book_is_here_and_no_other() -> None:
    if not LAW.exists():
        pytest.skip("旁边没有 shared/reference/law.md")
    section = LAW.read_text("utf-8").split("### 1.6")[1].split("### 1.7")[0]
    line = re.compile(r'\{code: (\w+), zh: .+?, art: "(.+?)", annual_row: (\w+), review_first: .+?, tag: (.+?)\}')
    listed = {}
    for code, articles, row, tag in line.findall(section):
        rule, of_row = tags_of(tag)
        listed[code] = (articles, ROWS_OF_THE_RULE_BOOK[row], LESS_SURE.get(code, rule), of_row)
    assert listed == {code: (d.articles, d.row, d.tag, d.row_tag) for code, d in decisions().items()}


ALL_CITATIONS = (
    *citations(),
    *guards.CITATIONS,
    *procedure.CITATIONS,
    *remedies.CITATIONS,
    *applicants.CITATIONS,
)


@pytest.mark.parametrize("cited", dict.fromkeys(ALL_CITATIONS), ids=lambda c: f"{c.law}{c.article}")
def test_a_quotation_stands_in_the_article_it_names(cited) -> None:
    assert cited.quotation in article(cited.law, cited.article)


def test_what_a_table_names_exists() -> None:
    used = {e.key for d in decisions().values() for e in (*d.evidence, *d.advised)}
    assert used == set(evidence())
    assert {d.letter for d in decisions().values()} <= set(letter_types())
    assert {key for d in decisions().values() for key in d.needs} <= set(GUARDS)
    assert [g.decision for g in grounds().values()] == [*(f"N{n}" for n in range(1, 8)), "O3a"]


def test_only_what_was_read_in_its_source_is_cited() -> None:
    assert [d.code for d in decisions().values() if d.tag == "S" and not d.cites] == []
    assert [d.code for d in decisions().values() if d.tag != "S" and d.cites] == []


def test_every_decision_asks_for_something_on_file() -> None:
    assert [d.code for d in decisions().values() if not d.evidence] == []
    of = decision("N6")
    assert [e.zh for e in of.lacking({"discretion_statement"})] == ["有无应当公开的规定"]
    assert [e.key for e in of.advised_but_lacking(())] == ["severance_considered"]
    assert evidence()["fee_trail"].basis == OUR_RULE
    assert evidence()["search_record"].basis.startswith("《政府信息公开条例》第三十六条第四项")


def test_a_part_kept_back_brings_the_evidence_of_its_ground() -> None:
    keys = {e.key for e in evidence_for("P1", ("state_secret", "third_party_interests"))}
    assert {"severance", "secrecy_mark", "third_party_consultation", "public_interest_weighing"} <= keys
    assert {e.key for e in evidence_for("P1")} == {"severance", "provided_list", "disclosure_review"}


def test_outcomes_have_their_names_and_their_decisions() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert [d.code for d in of_outcome(Outcome.NOT_PROCESSED)] == ["R1", "R2", "R3", "R4", "R5"]
    assert {code: d.row_in("2019") for code, d in decisions().items() if d.outcome is Outcome.OTHERWISE_CLOSED} == (
        dict.fromkeys(("O1", "O2", "O3a", "O3b", "O3c"), "otherwise_closed")
    )


def test_an_unknown_code_is_refused_with_those_that_exist() -> None:
    with pytest.raises(KeyError, match="没有“X9”这种处理决定，已有：G1、"):
        decision("X9")


PAGE = (("应当还是可以，依据什么，计入哪一行", TABLE),)

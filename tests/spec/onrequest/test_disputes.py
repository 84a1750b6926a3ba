"""复议和诉讼：结果计入表四哪一列；一审、二审是一件。"""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.annual.forms import form
from gongkai.law.parameters import PARAMETERS
from gongkai.onrequest.disputes import (
    DISPUTE_KINDS,
    LIMITS,
    OUTCOMES,
    RESULTS,
    Dispute,
    DisputeKind,
    Ruling,
    counted_in,
    outcomes_of,
    result_on,
)
from tests.spec.onrequest.tables import LAW, rows

COLUMNS = """
    结果 | 计入
    维持 | 结果维持
    驳回行政复议请求 | 结果维持
    变更 | 结果纠正
    撤销或者部分撤销 | 结果纠正
    确认违法 | 结果纠正
    责令履行 | 结果纠正
    确认无效 | 结果纠正
    不予受理 | 其他结果
    驳回行政复议申请 | 其他结果
    终止 | 其他结果
    调解 | 其他结果
    和解撤回 | 其他结果
    判决驳回诉讼请求 | 结果维持
    判决撤销或者部分撤销 | 结果纠正
    判决变更 | 结果纠正
    判决确认违法 | 结果纠正
    判决确认无效 | 结果纠正
    判决责令履行 | 结果纠正
    撤诉 | 其他结果
    裁定驳回起诉 | 其他结果
"""


@pytest.mark.parametrize(("outcome", "column"), rows(COLUMNS))
def test_an_outcome_counts_in_its_column(outcome: str, column: str) -> None:
    found = [o for o in OUTCOMES.values() if o.zh == outcome and o.result]
    assert {RESULTS[o.result] for o in found} == {column}


def test_the_outcomes_of_reconsideration_are_those_of_the_rule_book() -> None:
    if not LAW.exists():
        pytest.skip("旁边没有 shared/reference/law.md")
    text = LAW.read_text("utf-8").split("outcomes_to_annual:")[1].split("litigation:")[0]
    names = {"upheld": "一", "corrected": "一", "other": "一"}
    listed = {key: {int(n) for n in re.findall(r"\d+", re.search(rf"{key}: \[(.+?)\]", text)[1])} for key in names}
    digits = "零一二三四五六七八九"

    def number(article: str) -> int:
        tens, _, ones = article.strip("第条").partition("十")
        return digits.index(tens) * 10 + (digits.index(ones) if ones else 0)

    own = {key: set() for key in names}
    for outcome in outcomes_of(DisputeKind.RECONSIDERATION):
        own[outcome.result.value].add(number(outcome.article))
    assert own == listed


# 经过：日期=事；受理之日、上诉之日和每一裁判之日
COURSES = """
    经过 | 2023 | 2024 | 2025
    2023-11-01=受理 2024-02-01=suit_claims_rejected | 尚未审结 | 结果维持 |
    2023-03-01=受理 2023-08-01=suit_claims_rejected | 结果维持 |  |
    2023-03-01=受理 2023-08-01=suit_claims_rejected 2023-08-20=上诉 2024-01-20=appeal_rejected | 尚未审结 | 结果维持 |
    2023-03-01=受理 2023-08-01=suit_claims_rejected 2023-08-20=上诉 2023-12-20=suit_revoked | 结果纠正 |  |
    2023-03-01=受理 2023-12-25=suit_claims_rejected 2024-01-05=上诉 2024-05-20=suit_revoked | 结果维持 |  |
    2023-03-01=受理 2023-08-01=suit_revoked 2023-08-20=上诉 2024-01-20=remanded 2025-02-01=suit_withdrawn | 尚未审结 | 尚未审结 | 其他结果
    2024-03-01=受理 2024-08-01=suit_dismissed 2024-08-05=上诉 2024-10-01=appeal_withdrawn |  | 其他结果 |
    2024-03-01=受理 |  | 尚未审结 | 尚未审结
"""


@pytest.mark.parametrize(("course", "y2023", "y2024", "y2025"), rows(COURSES))
def test_a_case_counts_once_and_while_it_is_pending(course: str, y2023: str, y2024: str, y2025: str) -> None:
    steps = [(date.fromisoformat(on), what) for on, what in (word.split("=") for word in course.split())]
    dispute = Dispute(
        "1",
        DisputeKind.DIRECT_LITIGATION,
        steps[0][0],
        tuple(Ruling(on, what) for on, what in steps if what in OUTCOMES),
        tuple(on for on, what in steps if what == "上诉"),
    )
    counted = [counted_in(dispute, year) for year in (2023, 2024, 2025)]
    assert [RESULTS[c] if c else "" for c in counted] == [y2023, y2024, y2025]
    assert result_on(dispute, date(2022, 12, 31)) is None


def test_kinds_and_columns_are_those_of_the_form() -> None:
    of = form("2021")
    assert [kind.value for kind in DISPUTE_KINDS] == [kind.key for kind in of.kinds]
    assert list(DISPUTE_KINDS.values()) == [kind.label for kind in of.kinds]
    assert {r.value: zh for r, zh in RESULTS.items()} == {c.key: c.label for c in of.results if not c.sum_of}


def test_the_limits_of_a_dispute_are_numbers_of_the_law() -> None:
    assert {key for keys in LIMITS.values() for key in keys} <= set(PARAMETERS)
    assert PARAMETERS["reconsideration_answer_simplified"].amount(date(2025, 7, 1)) == 5
    assert {o.of for o in outcomes_of(DisputeKind.LITIGATION_AFTER_RECONSIDERATION)} == {"litigation"}


PAGE = (("结果计入哪一列", COLUMNS), ("在哪一年计入", COURSES))

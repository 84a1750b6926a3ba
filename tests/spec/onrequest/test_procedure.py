"""办理程序：一张表，状态由事实推出；什么可以做，什么还不能做，为什么。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.events import Event, Kind
from gongkai.onrequest.guards import GUARDS, CaseFacts, Leading
from gongkai.onrequest.procedure import ACTS, TABLE, WHEN, Act, diagram, may, progress_of, state_of, what_may_be_done
from gongkai.onrequest.progress import FINAL, STATES, UNDELIVERED, State
from tests.spec.onrequest.tables import rows

KINDS = {
    "收到": Kind.RECEIVED,
    "告知补正": Kind.SUPPLEMENT_ASKED,
    "补正": Kind.SUPPLEMENTED,
    "要求说明": Kind.REASONS_ASKED,
    "说明": Kind.REASONS_GIVEN,
    "延迟": Kind.DEFERRED,
    "征求第三方": Kind.THIRD_PARTY_CONSULTED,
    "第三方复": Kind.THIRD_PARTY_ENDED,
    "征求机关": Kind.ORGAN_CONSULTED,
    "机关复": Kind.ORGAN_ENDED,
    "征求法律意见": Kind.COUNSEL_ASKED,
    "法律意见": Kind.COUNSEL_ENDED,
    "请协助": Kind.ASSISTANCE_ASKED,
    "协助": Kind.ASSISTANCE_ENDED,
    "延长": Kind.EXTENDED,
    "收费": Kind.FEE_NOTIFIED,
    "缴费": Kind.FEE_PAID,
    "送审": Kind.SUBMITTED,
    "退回": Kind.RETURNED,
    "签发": Kind.DECIDED,
    "送达": Kind.DELIVERED,
    "撤回": Kind.WITHDRAWN,
    "并案": Kind.MERGED,
    "重新办理": Kind.REOPENED,
    "归档": Kind.CLOSED,
}
ACT = {info.zh: act for act, info in ACTS.items()}
STATE = {zh: state for state, zh in STATES.items()}
FIRST, UNTIL = date(2025, 3, 3), date(2025, 3, 20)


def history(words: str) -> tuple[Event, ...]:
    """“收到 告知补正 送审=O1” as facts a day apart; supplements and the like have the same last day."""
    found = []
    for i, word in enumerate(words.split()):
        name, _, value = word.partition("=")
        code = value if value in decisions() else ""
        days = int(value) if value.isdigit() else None
        matter = "" if code or days else value
        found.append(Event(KINDS[name], FIRST.replace(day=3 + i), UNTIL, days, matter, code))
    return tuple(found)


STATES_OF = """
    经过 | 状态
    收到 | 已登记
    收到 告知补正 | 待补正
    收到 告知补正 补正 | 办理中
    收到 要求说明 | 待说明理由
    收到 要求说明 说明 延迟 | 办理中
    收到 征求第三方=甲 征求机关=乙 第三方复=甲 | 征求意见中
    收到 征求第三方=甲 征求机关=乙 第三方复=甲 机关复=乙 | 办理中
    收到 征求法律意见=丙 | 已登记
    收到 延长=20 | 办理中
    收到 收费 | 待缴费
    收到 收费 缴费 | 办理中
    收到 送审=G2 | 审核中
    收到 送审=G2 退回 | 办理中
    收到 告知补正 送审=O1 退回 | 待补正
    收到 收费 送审=O2 退回 | 待缴费
    收到 要求说明 送审=R4 退回 | 待说明理由
    收到 告知补正 送审=O1 补正 | 办理中
    收到 送审=G2 签发=G2 | 已签发，待送达
    收到 送审=G2 签发=G2 送达 | 已送达
    收到 送审=G2 签发=G2 送达 归档 | 已办结归档
    收到 送审=G2 签发=G2 送达 归档 重新办理 | 重新办理
    收到 送审=G2 签发=G2 送达 重新办理 征求机关=乙 | 征求意见中
    收到 撤回 | 已撤回
    收到 撤回 归档 | 已办结归档
    收到 并案=12 | 已并案
    收到 签发=G2 送达 | 已送达
    收到 送达 | 已送达
    收到 告知补正 签发=G2 | 已签发，待送达
    收到 告知补正 并案=12 | 已并案
    收到 送审=G2 签发=G2 送达 撤回 | 已送达
    收到 送审=G2 签发=G2 送达 法律意见=丙 | 已送达
    收到 收到 | 已登记
    告知补正 | 未登记
"""


@pytest.mark.parametrize(("words", "state"), rows(STATES_OF), ids=lambda cell: cell)
def test_the_state_is_what_the_facts_add_up_to(words: str, state: str) -> None:
    assert STATES[state_of(history(words))] == state


def facts(words: str, **more: object) -> CaseFacts:
    return CaseFacts(history(words), more.pop("today", date(2025, 3, 19)), organ="水务局", **more)


ALLOWED = """
    经过 | 拟 | 可以做
    收到 | G2 | 告知补正 征求第三方意见 征求其他机关意见 征求法律意见 请求协助检索 延长答复期限 送审 撤回申请
    收到 告知补正 |  | 收到补正 撤回申请
    收到 征求第三方=甲 |  | 征求第三方意见 第三方意见到达或者期限届满 征求其他机关意见 征求法律意见 请求协助检索 延长答复期限 撤回申请
    收到 送审=G2 征求法律意见=丙 |  | 征求法律意见 收到法律意见 请求协助检索 延长答复期限 退回 撤回申请
    收到 送审=U1a |  | 征求法律意见 请求协助检索 延长答复期限 退回 撤回申请
    收到 送审=G2 签发=G2 |  | 送达 撤回申请
    收到 送审=G2 签发=G2 送达 |  | 归档办结
    收到 告知补正 送审=O1 签发=O1 |  | 送达 撤回申请 归档办结
    收到 要求说明 说明 | R4 | 告知补正 确定延迟答复期限 征求第三方意见 征求其他机关意见 征求法律意见 请求协助检索 延长答复期限 送审 撤回申请
    收到 撤回 |  | 归档办结
    收到 撤回 归档 |  |
    收到 并案=12 |  |
"""


@pytest.mark.parametrize(("words", "draft", "acts"), rows(ALLOWED), ids=lambda cell: cell or "无")
def test_what_may_be_done(words: str, draft: str, acts: str) -> None:
    found = what_may_be_done(facts(words, draft=draft))
    assert [p.act for p in found] == list(Act)
    assert [p.zh for p in found if p.allowed] == acts.split()


REFUSED = """
    经过 | 拟 | 做 | 拒绝的话
    收到 告知补正 |  | 告知补正 | 已经告知补正一次，不得再次要求补正（《政府信息公开条例》第三十条）。
    收到 告知补正 补正 |  | 告知补正 | 已经告知补正一次，不得再次要求补正（《政府信息公开条例》第三十条）。
    收到 送审=G2 签发=G2 送达 重新办理 |  | 延长答复期限 | 责令重新办理的，期限以复议决定、判决为准，不因此变动（本系统规则）。
    收到 送审=G2 签发=G2 送达 重新办理 |  | 告知补正 | 责令重新办理的，期限以复议决定、判决为准，不因此变动（本系统规则）。
    收到 要求说明 说明 延迟 |  | 延长答复期限 | 已经确定延迟答复的日期，不再延长（本系统规则）。
    收到 告知补正 送审=G2 |  | 延长答复期限 | 正在等候补正或者缴费，此时没有答复到期日，不须延长（本系统规则）。
    收到 延长=20 |  | 延长答复期限 | 已延长20个工作日，延长的期限最长不得超过20个工作日（《政府信息公开条例》第三十三条第二款）。
    收到 |  | 要求说明理由 | 还没有认定申请的数量、频次明显超过合理范围（《政府信息公开条例》第三十五条）。
    收到 |  | 确定延迟答复期限 | 还没有收到申请人说明的理由（《政府信息公开条例》第三十五条）。
    收到 |  | 发出收费通知 | 本机关没有启用信息处理费（本系统规则）。
    收到 |  | 并案答复 | 还没有选定并入哪一件（本系统规则）。
    收到 |  | 送审 | 还没有选定处理决定（本系统规则）。
    收到 | O1 | 送审 | 没有告知过补正，不能以逾期不补正结案（《政府信息公开条例》第三十条）。
    收到 告知补正 | O1 | 送审 | 补正的期限到2025-03-20，还没有届满（《政府信息公开条例》第三十条）。
    收到 告知补正 补正 | O1 | 送审 | 已经收到补正，不能以逾期不补正结案（《政府信息公开条例》第三十条）。
    收到 | O2 | 送审 | 没有未缴的信息处理费，不能以逾期未缴费结案（本系统规则）。
    收到 收费 | O2 | 送审 | 缴费的期限到2025-03-20，还没有届满（本系统规则）。
    收到 | O3b | 送审 | 申请人撤回的，登记“撤回”即可，不作处理决定（本系统规则）。
    收到 | N4 | 送审 | 还没有书面征求第三方的意见，或者征求意见尚未结束（《政府信息公开条例》第三十二条）。
    收到 | U3 | 送审 | 没有收到补正，不能认定“补正后仍不明确”（本系统规则）。
    收到 | R4 | 送审 | 还没有要求申请人说明理由（《政府信息公开条例》第三十五条）。
    收到 要求说明 | R4 | 送审 | 说明理由的期限到2025-03-20，还没有届满（《政府信息公开条例》第三十五条）。
    收到 | P1 | 送审 | 部分公开的，须写明不公开部分的理由（《政府信息公开条例》第三十七条）。
    收到 征求第三方=甲 | G2 | 送审 | 征求意见尚未结束；请先登记意见到达或者期限届满（本系统规则）。
    收到 征求第三方=甲 |  | 其他机关意见到达或者期限届满 | 没有正在征求意见的机关（本系统规则）。
    收到 |  | 收到补正 | 现为“已登记”，不能“收到补正”（本系统规则）。
    收到 送审=G2 |  | 收到补正 | 没有等候中的补正（本系统规则）。
    收到 送审=U1a |  | 签发 | 卷内还缺：检索记录（本系统规则）。
    收到 送审=G2 签发=G2 |  | 归档办结 | 处理决定还没有送达（本系统规则）。
    收到 送审=G2 签发=G2 送达 |  | 延长答复期限 | 处理决定已经送达，除依复议决定、判决重新办理和归档外，不再变动（本系统规则）。
    收到 送审=G2 签发=G2 送达 |  | 撤回申请 | 处理决定已经送达，除依复议决定、判决重新办理和归档外，不再变动（本系统规则）。
    收到 送审=G2 签发=G2 送达 |  | 重新办理 | 卷内没有责令重新办理的复议决定或者判决（本系统规则）。
    收到 并案=12 |  | 归档办结 | 所并入的一件还没有办完（本系统规则）。
"""


@pytest.mark.parametrize(("words", "draft", "act", "says"), rows(REFUSED))
def test_what_may_not_be_done_is_refused_with_its_reason(words: str, draft: str, act: str, says: str) -> None:
    found = may(facts(words, draft=draft), ACT[act])
    assert (found.allowed, found.reason) == (False, says)


def test_a_case_is_charged_for_once() -> None:
    asked = {"charges": True, "excessive": True}
    assert may(facts("收到", **asked), Act.NOTIFY_FEE).allowed
    again = may(facts("收到 收费 缴费", **asked), Act.NOTIFY_FEE)
    assert again.reason == "已就本件收过费，不再另行发出收费通知（本系统规则）。"


def test_there_is_no_transfer() -> None:
    assert may(facts("收到"), Act.TRANSFER).reason == (
        "条例对申请没有规定移送，本系统不设移送。由本机关负责公开的，可以请其他机关协助检索，仍以本机关名义答复；"
        "不属于本机关负责公开的，依《政府信息公开条例》第三十六条第五项答复申请人并说明理由（本系统规则）。"
    )


MERGING = """
    主案       | 拒绝的话
    水务局 审核中 |
    农业局 办理中 | 12由另一机关办理，不能并案（本系统规则）。
    水务局 已送达 | 12已经办完，不能再并入（本系统规则）。
    水务局 已并案 | 12已经办完，不能再并入（本系统规则）。
"""


@pytest.mark.parametrize(("leading", "says"), rows(MERGING))
def test_an_application_is_merged_only_into_an_open_one_of_the_same_organ(leading: str, says: str) -> None:
    organ, state = leading.split()
    found = may(facts("收到", leading=Leading("12", organ, STATE[state])), Act.MERGE)
    assert found.reason == says
    assert found.allowed == (not says)


def test_a_late_notice_to_supplement_is_a_fact_that_may_be_entered() -> None:
    late = may(facts("收到", supplement_due_on=date(2025, 3, 12)), Act.ASK_FOR_SUPPLEMENT)
    assert not late.allowed
    assert late.as_fact
    assert (
        late.reason == "告知补正的期限（收到申请之日起7个工作日）已于2025-03-12届满（《政府信息公开条例》第三十条）。"
    )
    assert may(facts("收到", supplement_due_on=date(2025, 3, 19)), Act.ASK_FOR_SUPPLEMENT).allowed


def test_a_late_extension_is_a_fact_and_a_missing_search_is_none() -> None:
    late = may(facts("收到", due_on=date(2025, 3, 18)), Act.EXTEND)
    assert late.reason == "答复期限已于2025-03-18届满，届满之后不再延长（本系统规则）。"
    assert late.as_fact
    assert not may(facts("收到 送审=U1a"), Act.DECIDE).as_fact


def test_a_late_answer_is_warned_of_and_never_blocked() -> None:
    on_file = frozenset({"search_record"})
    found = may(facts("收到 请协助=局 送审=U1a", on_file=on_file, due_on=date(2025, 3, 18)), Act.DECIDE)
    assert found.allowed
    assert found.warnings == (
        "答复期限已于2025-03-18届满，请写明逾期的原因（《政府信息公开条例》第三十三条第二款）。",
        "还有未收到的法律意见或者协助结果（本系统规则）。",
    )
    assert may(facts("收到 签发=U1a", due_on=date(2025, 3, 19)), Act.DELIVER).warnings == ()


def test_what_is_only_advised_is_a_warning() -> None:
    on_file = frozenset({"discretion_statement"})
    found = may(facts("收到 送审=N5", on_file=on_file), Act.DECIDE)
    assert found.allowed
    assert [w[:14] for w in found.warnings] == ["卷内没有“能否区分处理的判断"]


def test_a_late_supplement_is_taken_and_said_to_be_late() -> None:
    found = may(facts("收到 告知补正", today=date(2025, 3, 21)), Act.RECEIVE_SUPPLEMENT)
    assert found.warnings == ("补正期限已于2025-03-20届满；收到之后仍重新起算答复期限（本系统规则）。",)
    assert may(facts("收到 告知补正"), Act.RECEIVE_SUPPLEMENT).warnings == ()


def test_a_lapsed_supplement_closes_the_case() -> None:
    lapsed = facts("收到 告知补正", draft="O1", today=date(2025, 3, 21))
    assert may(lapsed, Act.SUBMIT).to is State.FOR_REVIEW
    no_end = CaseFacts((*history("收到"), Event(Kind.SUPPLEMENT_ASKED, FIRST)), date(2026, 3, 3), draft="O1")
    assert may(no_end, Act.SUBMIT).reason == "补正的通知没有写明期限，不能认定逾期（《政府信息公开条例》第三十条）。"


def test_an_office_may_answer_while_it_waits_and_is_asked_whether_it_does() -> None:
    found = may(facts("收到 告知补正", draft="G2"), Act.SUBMIT)
    assert found.allowed
    assert found.warnings == ("现为“待补正”，请核实是否不再等候（本系统规则）。",)
    assert may(facts("收到 告知补正", draft="O1", today=date(2025, 3, 21)), Act.SUBMIT).warnings == ()


def test_the_fee_is_off_until_an_office_switches_it_on() -> None:
    assert may(facts("收到", charges=True), Act.NOTIFY_FEE).basis == "《政府信息公开条例》第四十二条第一款"
    assert may(facts("收到", charges=True, excessive=True), Act.NOTIFY_FEE).allowed


def test_after_a_reopening_the_rounds_begin_anew_but_not_the_merging() -> None:
    again = "收到 延长=20 送审=G2 签发=G2 送达 重新办理"
    assert progress_of(history(again)).reopened == 1
    assert progress_of(history(again)).extended_days == 0
    leading = Leading("12", "水务局", State.HANDLING)
    found = may(facts(again + " 延长=5", leading=leading), Act.MERGE)
    assert found.reason == "责令重新办理的案件单独答复，不再并案（本系统规则）。"
    assert may(facts("收到 送审=G2 签发=G2 送达", ordered=True), Act.REOPEN).to is State.REOPENED
    assert may(facts("收到 并案=12", leading=Leading("12", "水务局", State.DELIVERED)), Act.CLOSE).allowed


def test_a_part_kept_back_on_the_ground_of_a_third_party_needs_its_evidence() -> None:
    proposed = facts("收到 送审=P1", parts=("third_party_interests",), on_file=frozenset({"severance"}))
    assert may(proposed, Act.DECIDE).reason == (
        "卷内还缺：提供信息清单、公开审查记录、第三方意见、公共利益衡量（本系统规则）。"
    )


def test_before_registration_nothing_but_registration() -> None:
    nothing = what_may_be_done(CaseFacts((), FIRST))
    assert [p.act for p in nothing if p.allowed] == [Act.REGISTER]
    assert {p.to for p in nothing if p.allowed} == {State.REGISTERED}


def test_the_table_names_only_what_exists() -> None:
    used = {key for row in TABLE for key in row.guards} - {"needs"}
    assert used | {key for d in decisions().values() for key in d.needs} == set(GUARDS)
    assert {row.when for row in TABLE} == set(WHEN)
    assert {row.act for row in TABLE} == set(Act) - {Act.TRANSFER}
    assert {info.event for info in ACTS.values()} - {None} == set(Kind)
    assert set(STATES) == set(State)
    assert FINAL.isdisjoint(UNDELIVERED)
    assert all(info.basis for info in ACTS.values())


def test_the_diagram_shows_every_state_and_every_act_that_moves() -> None:
    drawn = diagram()
    assert drawn.startswith("stateDiagram-v2\n")
    assert [s for s in State if s is not State.START and s.value not in drawn] == []
    moving = {row.act for row in TABLE if row.to is not None}
    assert [act for act in moving if ACTS[act].zh not in drawn] == []
    assert "undelivered --> withdrawn: 撤回申请" in drawn


def test_of_one_day_the_receipt_comes_first() -> None:
    asked = Event(Kind.SUPPLEMENT_ASKED, FIRST, UNTIL)
    assert state_of((asked, Event(Kind.RECEIVED, FIRST))) is State.AWAITING_SUPPLEMENT


PAGE = (("状态", STATES_OF), ("可以做什么", ALLOWED), ("不能做什么，为什么", REFUSED), ("并入另一件", MERGING))

"""发布程序：一张表，状态由事实推出；哪一步能做，哪一步还不能，为什么；什么时候公开着哪一稿。"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongkai.proactive.events import Event, Kind
from gongkai.proactive.guards import GUARDS, INTERPRETATION, POLICY, Companion, Facts
from gongkai.proactive.procedure import ACTS, BY_TIME, TABLE, WHEN, Act, diagram, may, progress_of, what_may_be_done
from gongkai.proactive.progress import STATES, State
from gongkai.proactive.stages import DEFAULT, DEFAULT_NORMATIVE, Plan, Stage, plan_of, wrong_with
from gongkai.scope.modes import Choice
from tests.spec.onrequest.tables import rows

CHINA = ZoneInfo("Asia/Shanghai")
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
HOUR = timedelta(hours=1)
STAGE = {"保密": Stage.SECRECY, "初审": Stage.FIRST, "复审": Stage.SECOND, "合法": Stage.LEGALITY, "终审": Stage.FINAL}
KINDS = {
    "起草": Kind.DRAFTED,
    "送审": Kind.SUBMITTED,
    "退回": Kind.RETURNED,
    "收回": Kind.RECALLED,
    "发布": Kind.RELEASED,
    "归入": Kind.KEPT,
    "撤回": Kind.WITHDRAWN,
    "期满": Kind.EXPIRED,
    "更正": Kind.CORRECTED,
    "作废": Kind.ABANDONED,
    "协商": Kind.OPENED,
    "商定": Kind.SETTLED,
    "评估": Kind.REEVALUATED,
}
STATE = {zh: state for state, zh in STATES.items()}
THROUGH = "起草 送审 保密 初审 复审 终审"


def history(words: str, *, plan: Plan = DEFAULT) -> tuple[Event, ...]:
    """“起草 送审 保密 初审=乙 发布=5-9” as facts an hour apart from nine o'clock on; a release says from and until when.

    Hours are counted from the first fact; an open end is left out. Each stage is another person's unless named.
    """
    found: list[Event] = []
    version = 0
    for i, word in enumerate(words.split()):
        at = NINE + i * HOUR
        name, _, value = word.partition("=")
        if name in STAGE:
            found.append(Event(Kind.PASSED, at, stage=STAGE[name], hands=frozenset({value or name})))
            continue
        kind = KINDS[name]
        version += kind is Kind.DRAFTED
        begins, _, ends = value.partition("-")
        release = kind is Kind.RELEASED
        found.append(
            Event(
                kind,
                at,
                version=version,
                plan=plan if kind is Kind.SUBMITTED else None,
                lacking=value == "缺",
                from_at=(NINE + int(begins) * HOUR if begins else at) if release else None,
                until_at=NINE + int(ends) * HOUR if release and ends else None,
                matter=value if kind in (Kind.OPENED, Kind.SETTLED) else "",
                hands=frozenset({value or "甲"}) if kind is Kind.DRAFTED else frozenset(),
            )
        )
    return tuple(found)


STATES_OF = """
    经过 | 几小时后看 | 状态 | 公开的一稿
    起草 | 1 | 草稿 |
    起草 起草 | 2 | 草稿 |
    起草 送审=缺 | 2 | 已退回 |
    起草 送审 | 2 | 待保密审查 |
    起草 送审 保密 | 3 | 待初审 |
    起草 送审 保密 初审 | 4 | 待复审 |
    起草 送审 保密 初审 复审 | 5 | 待终审 |
    起草 送审 保密 初审 复审 终审 | 6 | 已批准，待发布 |
    起草 送审 终审 | 3 | 待保密审查 |
    起草 送审 保密 终审 | 4 | 待初审 |
    起草 送审 保密 退回 | 4 | 已退回 |
    起草 送审 保密 退回 起草 送审 | 6 | 待保密审查 |
    起草 送审 保密 收回 | 4 | 草稿 |
    起草 送审 保密 初审 复审 终审 退回 | 7 | 已退回 |
    起草 送审 保密 初审 复审 终审 发布 | 7 | 已发布 | 1
    起草 送审 保密 初审 复审 终审 发布=20 | 7 | 待定时发布 |
    起草 送审 保密 初审 复审 终审 发布=20 | 20 | 已发布 | 1
    起草 送审 保密 初审 复审 终审 发布=6-30 | 29 | 已发布 | 1
    起草 送审 保密 初审 复审 终审 发布=6-30 | 30 | 公开期满 |
    起草 送审 保密 初审 复审 终审 发布=6-8 期满 | 9 | 公开期满 |
    起草 送审 保密 初审 复审 终审 发布 撤回 | 8 | 已撤回 |
    起草 送审 保密 初审 复审 终审 发布=20 撤回 | 30 | 已撤回 |
    起草 送审 保密 初审 复审 终审 发布 更正 | 8 | 草稿 | 1
    起草 送审 保密 初审 复审 终审 发布 更正 起草 | 9 | 草稿 | 1
    起草 送审 保密 初审 复审 终审 发布 更正 起草 撤回 | 10 | 草稿 |
    起草 送审 保密 初审 复审 终审 发布 更正 起草 作废 | 10 | 已发布 | 1
    起草 送审 保密 初审 复审 终审 发布 撤回 更正 起草 作废 | 11 | 已撤回 |
    起草 送审 保密 初审 复审 终审 发布=6-8 更正 起草 作废 | 11 | 公开期满 |
    起草 送审 保密 初审 复审 终审 发布 更正 起草 送审 保密 初审 复审 终审 | 14 | 已批准，待发布 | 1
    起草 送审 保密 初审 复审 终审 发布 更正 起草 送审 保密 初审 复审 终审 发布 | 15 | 已发布 | 2
    起草 送审 保密 初审 复审 终审 发布 更正 起草 送审 保密 初审 复审 终审 发布=40 | 39 | 待定时发布 | 1
    起草 送审 保密 初审 复审 终审 发布 更正 起草 送审 保密 初审 复审 终审 发布=40 | 40 | 已发布 | 2
    起草 送审 保密 初审 复审 终审 归入 | 7 | 已归入目录，不主动公开 |
    起草 送审 保密 初审 复审 终审 归入 评估 | 8 | 已归入目录，不主动公开 |
    起草 送审 保密 初审 复审 终审 归入 更正 起草 作废 | 10 | 已归入目录，不主动公开 |
    起草 作废 | 2 | 已作废 |
"""


@pytest.mark.parametrize(("words", "hours", "state", "public"), [(*r, "")[:4] for r in rows(STATES_OF)])
def test_the_state_and_what_is_public_are_what_the_facts_add_up_to(
    words: str, hours: str, state: str, public: str
) -> None:
    now = NINE + int(hours) * HOUR
    progress = progress_of(history(words), now)
    window = progress.public(now)
    assert STATES[progress.state] == state
    assert str(window.version if window else "") == public


def test_what_is_public_ends_at_its_moment_and_not_after_it() -> None:
    progress = progress_of(history(f"{THROUGH} 发布=6-30"), NINE + 6 * HOUR)
    last = NINE + 30 * HOUR
    assert progress.public(last - timedelta(microseconds=1))
    assert progress.public(last) is None
    withdrawn = progress_of(history(f"{THROUGH} 发布 撤回"), NINE + 9 * HOUR)
    assert withdrawn.public(NINE + 7 * HOUR - timedelta(microseconds=1))
    assert withdrawn.public(NINE + 7 * HOUR) is None


CHOSEN = {"主动": Choice("proactive"), "未定": Choice(), "申请": Choice("onrequest", "", "内容专业性强，公众需求小")}
CHOSEN |= {
    "不公开": Choice("not_disclosed", "process_information", "属于讨论记录，意见尚未成熟"),
    "无理由": Choice("not_disclosed", "process_information"),
    "无情形": Choice("not_disclosed", "", "不宜公开"),
}
FINE = {"index_code": "11371522004222241N", "checked": True}

REFUSED = """
    经过 | 做 | 补充 | 说明
    起草 | 审查通过 |  | 现为“草稿”，不能“审查通过”（本系统规则）。
    起草 | 发布 |  | 现为“草稿”，不能“发布”（本系统规则）。
    起草 送审 保密 | 发布 |  | 现为“待初审”，不能“发布”（本系统规则）。
    起草 送审 保密 | 起草、修改 |  | 现为“待初审”，不能“起草、修改”（本系统规则）。
    起草 | 送审 | lacks=没有填写“主题分类”。 | 没有填写“主题分类”（本系统规则）。
    起草 | 送审 | kind=policy | 政策文件与解读应当同步起草：还没有解读稿。不需要解读的，请写明理由（本系统规则）。
    起草 送审 | 审查通过 | actor=甲 | 起草和各环节的审查应当由不同的人办理：您已经办过这一稿的前面环节。
    起草 送审 保密=乙 | 审查通过 | actor=乙 | 起草和各环节的审查应当由不同的人办理：您已经办过这一稿的前面环节。
    起草 送审 保密=乙 | 审查通过 | open_hints=2 | 发布前检查还有2处提示没有人作出判断（《保守国家秘密法实施条例》第四十二条）。
    起草 送审 | 审查通过 | checked= | 这一稿的正文和附件还没有全部作过发布前检查，请先检查（本系统规则）。
    起草 送审 保密 初审 复审 | 审查通过 | checked= | 这一稿的正文和附件还没有全部作过发布前检查，请先检查（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | checked= | 这一稿的正文和附件还没有全部作过发布前检查，请先检查（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | open_hints=1 | 发布前检查还有1处提示没有人作出判断（《保守国家秘密法实施条例》第四十二条）。
    起草 送审 保密 初审 复审 终审 起草 | 发布 | | 这一稿还没有通过审查（《政府信息公开条例》第十七条第二款）。
    起草 送审 保密 初审 复审 终审 送审 | 发布 | | 这一稿还没有通过“保密审查”（《政府信息公开条例》第十七条第二款）。
    起草 送审 | 退回 | reason= | 请写明原因（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | mode=不公开 | 公开属性不是主动公开，不能发布（《政府信息公开条例》第十三条第一款）。
    起草 送审 保密 初审 复审 终审 | 归入目录 | mode=主动 | 公开属性是主动公开，应当发布（《政府信息公开条例》第十三条第一款）。
    起草 协商=丁 送审 保密 初审 复审 终审 | 发布 |  | 还有1项协商或者报批没有结果（《政府信息公开条例》第十一条第一款）。
    起草 送审 保密 初审 复审 终审 | 发布 | from=1 | 发布时间不能早于现在（《政府信息公开条例》第六条第一款）。
    起草 送审 保密 初审 复审 终审 | 发布 | kind=notice | “公示”应当写明截止日（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | until=3 | 公开的截止时间不晚于发布时间，请核对截止日（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | code= | 本机关的索引号前段码（统一社会信用代码）还没有设置，请先在设置中填写（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | kind=policy | 政策文件与解读应当同步起草：还没有解读稿。
    起草 送审 保密 初审 复审 终审 | 发布 | kind=policy with=待复审 | 政策文件与解读应当同步发布：《解读》现为“待复审”（本系统规则）。
    起草 送审 保密 初审 复审 终审 | 发布 | kind=interpretation policy=待终审 | 政策文件与解读应当同步发布：《某办法》现为“待终审”（本系统规则）。
    起草 送审 保密 初审 复审 终审 发布=6-8 | 撤回 | hours=9 | 现为“公开期满”，不能“撤回”（本系统规则）。
    起草 | 撤回 |  | 现在没有公开的版本，也没有定时发布的版本（本系统规则）。
    起草 送审 保密 初审 复审 终审 发布 更正 起草 送审 保密 初审 复审 终审 | 归入目录 | mode=不公开 | 原来的版本仍在公开或者等待发布，请先撤回（本系统规则）。
    起草 送审 保密 初审 复审 终审 发布 | 定期评估 |  | 现为“已发布”，不能“定期评估”（本系统规则）。
    起草 作废 | 起草、修改 |  | 现为“已作废”，不能“起草、修改”（本系统规则）。
"""
ACT = {info.zh: act for act, info in ACTS.items()}


def asked(words: str, more: str = "", **given: object) -> Facts:
    said = dict(part.split("=") for part in more.split())
    events = history(words)
    now = NINE + int(said.pop("hours", len(events))) * HOUR
    mode = CHOSEN[said.pop("mode", "主动")]
    companions = [Companion("解读", INTERPRETATION, STATE[said.pop("with")])] if "with" in said else []
    companions += [Companion("某办法", POLICY, STATE[said.pop("policy")])] if "policy" in said else []
    values: dict[str, object] = {
        "reason": "写错了日期",
        "actor": frozenset({"审查人"}),
        **FINE,
        "companions": tuple(companions),
    }
    for key, value in said.items():
        match key:
            case "lacks":
                values["lacks"] = (value,)
            case "actor":
                values["actor"] = frozenset({value})
            case "checked":
                values["checked"] = bool(value)
            case "open_hints":
                values["open_hints"] = int(value)
            case "from" | "until":
                values[f"{key}_at"] = NINE + int(value) * HOUR
            case "code":
                values["index_code"] = value
            case _:
                values[key] = value
    return Facts(events, now, choice=mode, **{**values, **given})


@pytest.mark.parametrize(("words", "act", "more", "says"), rows(REFUSED), ids=lambda cell: cell)
def test_what_may_not_be_done_is_refused_with_a_sentence_and_its_basis(
    words: str, act: str, more: str, says: str
) -> None:
    possible = may(asked(words, more), ACT[act])
    assert not possible.allowed
    assert possible.reason.startswith(says)
    assert possible.reason.endswith(f"（{possible.basis}）。")


ALLOWED = """
    经过 | 补充 | 可以做
    起草 |  | 起草、修改 送审 作废草稿 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 |  | 收回 审查通过 退回 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 |  | 退回 发布 与其他机关协商、报请批准 协商、批准有结果
    起草 协商=丁 送审 保密 初审 商定=丁 复审 终审 |  | 退回 发布 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 | mode=不公开 | 退回 归入目录 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 | kind=policy with=已批准，待发布 | 退回 发布 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 | kind=policy waived=只转发上级文件 | 退回 发布 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 发布 |  | 撤回 更正 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 发布 更正 起草 |  | 起草、修改 送审 撤回 作废草稿 与其他机关协商、报请批准 协商、批准有结果
    起草 送审 保密 初审 复审 终审 归入 | mode=不公开 | 更正 与其他机关协商、报请批准 协商、批准有结果 定期评估
    起草 作废 |  |
"""


@pytest.mark.parametrize(("words", "more", "acts"), rows(ALLOWED), ids=lambda cell: cell)
def test_what_may_be_done(words: str, more: str, acts: str) -> None:
    assert [p.zh for p in what_may_be_done(asked(words, more)) if p.allowed] == acts.split()


RETURNED = """
    公开属性 | 说明
    未定 | 没有确定公开属性（主动公开、依申请公开或者不予公开），退回补充（本系统规则）。
    无情形 | 拟不予公开的，没有选定属于哪一种不予公开的情形，退回补充（《政府信息公开条例》第十三条第一款）。
    无理由 | 拟以“过程性信息”不予公开的，没有写明理由：
"""


@pytest.mark.parametrize(("mode", "says"), rows(RETURNED), ids=lambda cell: cell)
def test_a_document_without_mode_or_reason_goes_back_by_itself(mode: str, says: str) -> None:
    possible = may(asked("起草", f"mode={mode}"), Act.SUBMIT)
    assert possible.allowed
    assert possible.to is State.RETURNED
    assert possible.returned.startswith(says)


@pytest.mark.parametrize("mode", ["主动", "申请", "不公开"])
def test_a_document_with_mode_and_reason_does_not_go_back(mode: str) -> None:
    assert may(asked("起草", f"mode={mode}"), Act.SUBMIT).returned == ""


def test_one_person_may_do_several_stages_only_under_the_recorded_exception() -> None:
    assert not may(asked("起草 送审", "actor=甲"), Act.PASS).allowed
    excused = may(asked("起草 送审", "actor=甲", exception="人员不足，按登记的例外由一人办理"), Act.PASS)
    assert excused.allowed
    assert "人员不足" in "".join(excused.warnings)


def test_what_other_organs_were_asked_is_said_before_publication_is_held_up_by_it() -> None:
    waits = "还有协商或者报批没有结果，有结果之前不能发布（《政府信息公开条例》第十一条第一款）。"
    for words, act in (("起草 协商=丁", Act.SUBMIT), ("起草 协商=丁 送审 保密", Act.PASS)):
        assert may(asked(words), act).warnings == (waits,)
        assert may(asked(f"{words} 商定=丁"), act).warnings == ()


def test_a_version_that_nobody_looked_through_is_unchecked_unless_somebody_says_so() -> None:
    assert not Facts(history("起草 送审"), NINE + 2 * HOUR).checked


def test_a_new_version_must_pass_every_stage_again() -> None:
    again = progress_of(history("起草 送审 保密 初审 复审 终审 退回 起草 送审 保密"), NINE + 20 * HOUR)
    assert again.passed == (Stage.SECRECY,)
    assert again.approved == 0
    assert again.state is State.FIRST_REVIEW


def test_the_urgent_path_keeps_every_stage() -> None:
    events = [
        Event(Kind.DRAFTED, NINE, version=1),
        Event(Kind.SUBMITTED, NINE + HOUR, version=1, plan=DEFAULT, urgent=True),
    ]
    progress = progress_of(events, NINE + 2 * HOUR)
    assert progress.urgent
    assert progress.plan is not None
    assert progress.plan.stages == DEFAULT.stages


def test_the_county_may_serve_and_a_normative_document_has_a_stage_of_its_own() -> None:
    words = "起草 送审 保密 初审 复审 合法"
    assert progress_of(history(words, plan=DEFAULT_NORMATIVE), NINE + 9 * HOUR).state is State.FINAL_REVIEW
    served = Plan((Stage.SECRECY, Stage.FIRST, Stage.FINAL), frozenset({Stage.FINAL}))
    assert progress_of(history("起草 送审 保密 初审", plan=served), NINE + 9 * HOUR).state is State.FINAL_REVIEW
    assert served.by(Stage.FINAL) == "county"
    assert plan_of(served.to_json()) == served
    assert plan_of(None) is None
    assert plan_of({}) is None


@pytest.mark.parametrize(
    ("stages", "says"),
    [
        ("初审 复审 终审", "“保密审查”不能省略（《保守国家秘密法实施条例》第四十二条）。"),
        ("保密 初审", "“终审”不能省略"),
        ("保密 终审 初审", "次序不能改变"),
    ],
)
def test_no_plan_leaves_out_what_none_may(stages: str, says: str) -> None:
    chosen = tuple(STAGE[name] for name in stages.split())
    assert says in wrong_with(chosen)
    with pytest.raises(ValueError, match="环节|不能省略"):
        Plan(chosen)


def test_the_table_says_what_it_means() -> None:
    assert {row.act for row in TABLE} == set(Act) | set()
    assert {key for row in TABLE for key in row.guards} == set(GUARDS)
    assert {row.when for row in TABLE} == set(WHEN)
    assert all(info.event for act, info in ACTS.items() if act is not Act.BEGIN)
    assert {Act.BEGIN, Act.EXPIRE} == BY_TIME
    drawn = diagram()
    assert "final_review --> approved: 审查通过" in drawn
    assert "first_review --> approved" not in drawn
    assert "draft --> published: 发布" not in drawn


def test_a_public_until_is_a_day_the_facts_carry() -> None:
    assert asked("起草", public_until=date(2026, 3, 9)).public_until == date(2026, 3, 9)


PAGE = (
    ("状态和公开的一稿（发布=起-止，按小时计）", STATES_OF),
    ("不能做的", REFUSED),
    ("可以做的", ALLOWED),
    ("自动退回", RETURNED),
)

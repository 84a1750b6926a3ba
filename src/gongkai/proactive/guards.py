"""The guards of release: what must be so before an act, and the sentence with its basis when it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.law.citations import REGULATIONS, Citation, short_basis
from gongkai.proactive.catalogue import kinds
from gongkai.proactive.events import Event
from gongkai.proactive.progress import STATES, Progress, State
from gongkai.proactive.stages import ONE_BY_ONE, REVIEWED_BY_LAW, STAGES
from gongkai.scope.modes import SHOULD_BE_DISCLOSED, Choice, DisclosureMode

CONSULT = Citation(REGULATIONS, "第十一条第一款", "行政机关公开政府信息涉及其他机关的，应当与有关机关协商、确认")
APPROVAL = Citation(
    REGULATIONS, "第十一条第二款", "行政机关公开政府信息依照法律、行政法规和国家有关规定需要批准的，经批准予以公开"
)
CLARIFY = Citation(REGULATIONS, "第六条第二款", "应当发布准确的政府信息予以澄清")
REEVALUATE = Citation(
    REGULATIONS, "第十八条", "对本行政机关不予公开的政府信息进行定期评估审查，对因情势变化可以公开的政府信息应当公开"
)
ACCURATE = Citation(REGULATIONS, "第六条第一款", "行政机关应当及时、准确地公开政府信息")

CITATIONS = (CONSULT, APPROVAL, CLARIFY, REEVALUATE, ACCURATE)

READY = frozenset({State.APPROVED, State.SCHEDULED, State.PUBLISHED})
"""The states of an entry that can be public together with another."""


@dataclass(frozen=True, slots=True)
class Companion:
    """An entry that goes with this one: the interpretation of a policy, or the policy that is interpreted."""

    title: str
    role: str
    state: State
    public: bool = False


INTERPRETATION, POLICY = "interpretation", "policy"


_NO_CHOICE = Choice()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the procedure asks about an entry, as values.

    `actor` are the identities of who acts, `exception` the recorded one under which one person may have several
    stages. `lacks` are the sentences of the metadata's checks, `checked` whether the precheck looked the whole version
    through, `open_hints` how many of its hints nobody decided on, `waived` why a policy has no interpretation.
    `from_at`, `until_at`, `reason` belong to the act asked about; `index_code` is the organ's part of the index number.
    """

    events: tuple[Event, ...]
    now: datetime
    kind: str = "general"
    choice: Choice = _NO_CHOICE
    actor: frozenset[str] = frozenset()
    exception: str = ""
    lacks: tuple[str, ...] = ()
    checked: bool = False
    open_hints: int = 0
    companions: tuple[Companion, ...] = ()
    waived: str = ""
    public_until: date | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    reason: str = ""
    index_code: str = ""

    @property
    def begins(self) -> datetime:
        """When a release asked about would begin."""
        return self.from_at or self.now


Check = Callable[[Facts, Progress], str]
"""The sentence of refusal, or nothing."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of an act."""

    key: str
    says: str
    check: Check
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)


def _metadata(facts: Facts, _: Progress) -> str:
    return "".join(facts.lacks[:3])


def _interpretation_drafted(facts: Facts, _: Progress) -> str:
    of = kinds().get(facts.kind)
    if of is None or not of.policy or facts.choice.mode != DisclosureMode.PROACTIVE or facts.waived:
        return ""
    if any(c.role == INTERPRETATION and c.state is not State.ABANDONED for c in facts.companions):
        return ""
    return "政策文件与解读应当同步起草：还没有解读稿。不需要解读的，请写明理由。"


def _another_person(facts: Facts, progress: Progress) -> str:
    if not facts.actor & progress.hands or facts.exception:
        return ""
    return (
        "起草和各环节的审查应当由不同的人办理：您已经办过这一稿的前面环节。"
        "人员不足的小单位，可以由管理员登记例外，或者由主管部门代为审查。"
    )


def _checked(facts: Facts, _: Progress) -> str:
    return "" if facts.checked else "这一稿的正文和附件还没有全部作过发布前检查，请先检查。"


def _hints_decided(facts: Facts, _: Progress) -> str:
    return f"发布前检查还有{facts.open_hints}处提示没有人作出判断。" if facts.open_hints else ""


def _reason_given(facts: Facts, _: Progress) -> str:
    return "" if facts.reason.strip() else "请写明原因。"


def _mode_proactive(facts: Facts, _: Progress) -> str:
    if facts.choice.mode == DisclosureMode.PROACTIVE:
        return ""
    return "公开属性不是主动公开，不能发布。"


def _mode_other(facts: Facts, _: Progress) -> str:
    if facts.choice.mode in (DisclosureMode.ON_REQUEST, DisclosureMode.NOT_DISCLOSED):
        return ""
    return "公开属性是主动公开，应当发布。"


def _every_stage(_: Facts, progress: Progress) -> str:
    if progress.plan and progress.approved == progress.version and not progress.next_stage:
        return ""
    missing = progress.next_stage
    return f"这一稿还没有通过{'“' + STAGES[missing].zh + '”' if missing else '审查'}。"


def _matters_settled(_: Facts, progress: Progress) -> str:
    return f"还有{len(progress.open_matters)}项协商或者报批没有结果。" if progress.open_matters else ""


def _companions_ready(facts: Facts, progress: Progress) -> str:
    missing = _interpretation_drafted(facts, progress)
    if missing:
        return missing
    waits = [c for c in facts.companions if not c.public and c.state not in READY]
    waits = [c for c in waits if not (c.role == INTERPRETATION and c.state is State.ABANDONED)]
    if not waits:
        return ""
    return f"政策文件与解读应当同步发布：《{waits[0].title}》现为“{STATES[waits[0].state]}”。"


def _not_backdated(facts: Facts, _: Progress) -> str:
    return "" if facts.begins >= facts.now else "发布时间不能早于现在。"


def _period_in_order(facts: Facts, _: Progress) -> str:
    of = kinds().get(facts.kind)
    if facts.until_at is None:
        return f"“{of.zh}”应当写明截止日。" if of and of.period else ""
    return "" if facts.until_at > facts.begins else "公开的截止时间不晚于发布时间，请核对截止日。"


def _index_code_set(facts: Facts, _: Progress) -> str:
    return "" if facts.index_code else "本机关的索引号前段码（统一社会信用代码）还没有设置，请先在设置中填写。"


def _has_release(facts: Facts, progress: Progress) -> str:
    if progress.public(facts.now) or progress.upcoming(facts.now):
        return ""
    return "现在没有公开的版本，也没有定时发布的版本。"


def _nothing_public(facts: Facts, progress: Progress) -> str:
    return "原来的版本仍在公开或者等待发布，请先撤回。" if not _has_release(facts, progress) else ""


def _is_kept(_: Facts, progress: Progress) -> str:
    return "" if progress.kept else "只对不主动公开的信息作定期评估。"


_ALL = (
    Guard("metadata", "元数据齐全、格式正确", _metadata),
    Guard("interpretation_drafted", "政策文件有解读稿，或者写明不解读的理由", _interpretation_drafted),
    Guard("another_person", "不是这一稿的起草人，也没有办过前面的环节；有登记的例外除外", _another_person),
    Guard("checked", "这一稿的正文和附件都作过发布前检查", _checked),
    Guard("hints_decided", "发布前检查的每处提示都有人作出判断", _hints_decided, ONE_BY_ONE),
    Guard("reason_given", "写明原因", _reason_given),
    Guard("mode_proactive", "公开属性是主动公开", _mode_proactive, SHOULD_BE_DISCLOSED),
    Guard("mode_other", "公开属性是依申请公开或者不予公开", _mode_other, SHOULD_BE_DISCLOSED),
    Guard("every_stage", "这一稿通过了每个环节", _every_stage, REVIEWED_BY_LAW),
    Guard("matters_settled", "与其他机关的协商、报请的批准都有结果", _matters_settled, CONSULT),
    Guard("companions_ready", "政策文件和解读都已批准，一起发布", _companions_ready),
    Guard("not_backdated", "发布时间不早于现在", _not_backdated, ACCURATE),
    Guard("period_in_order", "限时公开的写明截止日，且晚于发布时间", _period_in_order),
    Guard("index_code_set", "本机关设置了索引号前段码", _index_code_set),
    Guard("has_release", "有公开的或者定时发布的版本", _has_release),
    Guard("nothing_public", "没有公开的版本", _nothing_public),
    Guard("is_kept", "是不主动公开的信息", _is_kept, REEVALUATE),
)

GUARDS: dict[str, Guard] = {guard.key: guard for guard in _ALL}

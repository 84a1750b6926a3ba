"""The procedure of release as one table: in which state, which act, by whom, on what condition, to which state.

The state of an entry is the fold of its facts over the same table; what may be done next, and why something may not,
is read from it; the diagram of the manual is drawn from it. What time alone brings about (a scheduled release begins,
a period ends) are rows too: they follow from the moment asked about, whoever noted them or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from gongkai.law.citations import OUR_RULE, Citation
from gongkai.law.parameters import PARAMETERS
from gongkai.law.procedure import ActInfo, Transition, because, drawn, named, row_of, state_after
from gongkai.proactive import guards
from gongkai.proactive.events import Event, Kind
from gongkai.proactive.guards import GUARDS, Facts
from gongkai.proactive.progress import IN_REVIEW, STATES, Progress, State, after
from gongkai.proactive.stages import REVIEW, REVIEWED_BY_LAW, UNCERTAIN, Stage
from gongkai.scope.modes import SHOULD_BE_DISCLOSED, lack_of


class Act(StrEnum):
    """What a person may do with an entry, and what time does (`BEGIN`, `EXPIRE`)."""

    EDIT = "edit"
    SUBMIT = "submit"
    RECALL = "recall"
    PASS = "pass"  # noqa: S105
    RETURN = "return"
    RELEASE = "release"
    KEEP = "keep"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    ABANDON = "abandon"
    OPEN_MATTER = "open_matter"
    SETTLE_MATTER = "settle_matter"
    REEVALUATE = "reevaluate"
    BEGIN = "begin"
    EXPIRE = "expire"


_DRAFTER, _REVIEWER, _RELEASER, _TIME = "起草人", "各环节审查人", "发布人", "时间"
_PUBLISH = PARAMETERS["publish"].values[0].citation

ACTS: dict[Act, ActInfo[Kind]] = {
    Act.EDIT: ActInfo("起草、修改", _DRAFTER, Kind.DRAFTED),
    Act.SUBMIT: ActInfo("送审", _DRAFTER, Kind.SUBMITTED, REVIEW),
    Act.RECALL: ActInfo("收回", _DRAFTER, Kind.RECALLED),
    Act.PASS: ActInfo("审查通过", _REVIEWER, Kind.PASSED, REVIEWED_BY_LAW),
    Act.RETURN: ActInfo("退回", _REVIEWER, Kind.RETURNED, REVIEWED_BY_LAW),
    Act.RELEASE: ActInfo("发布", _RELEASER, Kind.RELEASED, _PUBLISH),
    Act.KEEP: ActInfo("归入目录", _RELEASER, Kind.KEPT, SHOULD_BE_DISCLOSED),
    Act.WITHDRAW: ActInfo("撤回", _RELEASER, Kind.WITHDRAWN),
    Act.CORRECT: ActInfo("更正", _DRAFTER, Kind.CORRECTED, guards.ACCURATE),
    Act.ABANDON: ActInfo("作废草稿", _DRAFTER, Kind.ABANDONED),
    Act.OPEN_MATTER: ActInfo("与其他机关协商、报请批准", _DRAFTER, Kind.OPENED, guards.CONSULT),
    Act.SETTLE_MATTER: ActInfo("协商、批准有结果", _DRAFTER, Kind.SETTLED, guards.CONSULT),
    Act.REEVALUATE: ActInfo("定期评估", _REVIEWER, Kind.REEVALUATED, guards.REEVALUATE),
    Act.BEGIN: ActInfo("到发布时间", _TIME, None),
    Act.EXPIRE: ActInfo("公开期满", _TIME, Kind.EXPIRED),
}

_ACT_OF: dict[Kind, Act] = {info.event: act for act, info in ACTS.items() if info.event}


_S = State
_REVIEWS = tuple(s for s in State if s in IN_REVIEW)
_WORKING = (_S.DRAFT, _S.RETURNED, *_REVIEWS, _S.APPROVED)
_RESTING = (_S.PUBLISHED, _S.EXPIRED, _S.WITHDRAWN, _S.KEPT)
_OPEN = (*_WORKING, _S.SCHEDULED, *_RESTING)
_PASSING = ("another_person", "checked", "hints_decided")
_RELEASING = (
    "mode_proactive",
    "every_stage",
    "checked",
    "hints_decided",
    "matters_settled",
    "companions_ready",
    "not_backdated",
    "period_in_order",
    "index_code_set",
)


def _rests_public(progress: Progress) -> bool:
    return progress.last_at is not None and progress.public(progress.last_at) is not None


def _rests_scheduled(progress: Progress) -> bool:
    return progress.last_at is not None and progress.upcoming(progress.last_at) is not None


def _was_withdrawn(progress: Progress) -> bool:
    return bool(progress.windows) and progress.windows[-1].withdrawn_at is not None


def _next_is(stage: Stage) -> Callable[[Progress], bool]:
    return lambda progress: progress.next_stage is stage


_WHEN: dict[str, Callable[[Progress], bool]] = {
    "": lambda _: True,
    "lacking": lambda p: p.lacking,
    **{f"next_{stage.value}": _next_is(stage) for stage in Stage if stage is not Stage.SECRECY},
    "all_passed": lambda p: p.approved == p.version,
    "later": _rests_scheduled,
    "still_public": _rests_public,
    "was_withdrawn": _was_withdrawn,
    "was_public": lambda p: bool(p.windows),
    "was_kept": lambda p: bool(p.kept),
}

WHEN: dict[str, str] = {
    "": "",
    "lacking": "没有公开属性，或者不公开没有理由",
    "next_first": "下一环节是初审",
    "next_second": "下一环节是复审",
    "next_legality": "下一环节是合法性审核",
    "next_final": "下一环节是终审",
    "all_passed": "各环节都已通过",
    "later": "发布时间未到",
    "still_public": "原版本仍在公开",
    "was_withdrawn": "原版本已撤回",
    "was_public": "原版本公开期满",
    "was_kept": "原来归入目录不公开",
}


TABLE: tuple[Transition[State, Act], ...] = (
    Transition((_S.START, _S.DRAFT, _S.RETURNED), Act.EDIT, _S.DRAFT),
    Transition((_S.DRAFT, _S.RETURNED), Act.SUBMIT, _S.RETURNED, (), "lacking"),
    Transition((_S.DRAFT, _S.RETURNED), Act.SUBMIT, _S.SECRECY_REVIEW, ("metadata", "interpretation_drafted")),
    Transition((_S.SECRECY_REVIEW,), Act.PASS, _S.FIRST_REVIEW, _PASSING, "next_first"),
    Transition((_S.FIRST_REVIEW,), Act.PASS, _S.SECOND_REVIEW, _PASSING, "next_second"),
    Transition((_S.FIRST_REVIEW, _S.SECOND_REVIEW), Act.PASS, _S.LEGALITY_REVIEW, _PASSING, "next_legality"),
    Transition(
        (_S.FIRST_REVIEW, _S.SECOND_REVIEW, _S.LEGALITY_REVIEW), Act.PASS, _S.FINAL_REVIEW, _PASSING, "next_final"
    ),
    Transition((_S.FINAL_REVIEW,), Act.PASS, _S.APPROVED, _PASSING, "all_passed"),
    Transition((*_REVIEWS, _S.APPROVED), Act.RETURN, _S.RETURNED, ("reason_given",)),
    Transition(_REVIEWS, Act.RECALL, _S.DRAFT),
    Transition((_S.APPROVED,), Act.RELEASE, _S.SCHEDULED, _RELEASING, "later"),
    Transition((_S.APPROVED,), Act.RELEASE, _S.PUBLISHED, _RELEASING),
    Transition((_S.APPROVED,), Act.KEEP, _S.KEPT, ("mode_other", "every_stage", "nothing_public")),
    Transition((_S.SCHEDULED,), Act.BEGIN, _S.PUBLISHED),
    Transition((_S.PUBLISHED,), Act.EXPIRE, _S.EXPIRED),
    Transition((_S.SCHEDULED, _S.PUBLISHED), Act.WITHDRAW, _S.WITHDRAWN, ("reason_given", "has_release")),
    Transition(_WORKING, Act.WITHDRAW, None, ("reason_given", "has_release")),
    Transition(_RESTING, Act.CORRECT, _S.DRAFT, ("reason_given",)),
    Transition((_S.DRAFT, _S.RETURNED), Act.ABANDON, _S.KEPT, ("reason_given",), "was_kept"),
    Transition((_S.DRAFT, _S.RETURNED), Act.ABANDON, _S.PUBLISHED, ("reason_given",), "still_public"),
    Transition((_S.DRAFT, _S.RETURNED), Act.ABANDON, _S.WITHDRAWN, ("reason_given",), "was_withdrawn"),
    Transition((_S.DRAFT, _S.RETURNED), Act.ABANDON, _S.EXPIRED, ("reason_given",), "was_public"),
    Transition((_S.DRAFT, _S.RETURNED), Act.ABANDON, _S.ABANDONED, ("reason_given",)),
    Transition(_OPEN, Act.OPEN_MATTER, None),
    Transition(_OPEN, Act.SETTLE_MATTER, None),
    Transition((_S.KEPT,), Act.REEVALUATE, None, ("reason_given", "is_kept")),
)

BY_TIME = frozenset({Act.BEGIN, Act.EXPIRE})
"""The acts that nobody does."""

FINAL = frozenset({State.ABANDONED})
"""The state out of which nothing leads."""


@dataclass(frozen=True, slots=True)
class Possibility:
    """Whether an act may be done now. Refused: `reason` is a sentence that ends with its basis in brackets.

    `returned`: it may be done, and the entry then goes back by itself, for this reason.
    """

    act: Act
    allowed: bool
    to: State | None = None
    reason: str = ""
    basis: str = ""
    returned: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def zh(self) -> str:
        """The act's name."""
        return ACTS[self.act].zh


# ── the fold ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def at_moment(progress: Progress, at: datetime) -> Progress:
    """What time alone has made of an entry by a moment."""
    if progress.state is State.SCHEDULED and progress.upcoming(at) is None:
        progress = replace(progress, state=State.PUBLISHED)
    if progress.state is State.PUBLISHED and progress.public(at) is None:
        progress = replace(progress, state=State.EXPIRED)
    return progress


def _next(progress: Progress, act: Act, state: State) -> State | None:
    return state_after(TABLE, state, act, lambda when: _WHEN[when](progress))


def step(progress: Progress, event: Event) -> Progress:
    """One more fact; one that has no row of the table changes what it says but not where the entry stands."""
    before = at_moment(progress, event.at)
    then = after(before, event)
    return replace(then, state=_next(then, _ACT_OF[event.kind], before.state) or before.state)


def progress_of(events: Iterable[Event], now: datetime) -> Progress:
    """The fold of an entry's facts, in the order in which they were recorded, as it stands at a moment."""
    progress = Progress()
    for event in events:
        progress = step(progress, event)
    return at_moment(progress, now)


# ── what may be done ─────────────────────────────────────────────────────────────────────────────────────────────────


def _refused(act: Act, reason: str, basis: str) -> Possibility:
    return Possibility(act, False, None, because(reason, basis), basis)


def may(facts: Facts, act: Act, progress: Progress | None = None) -> Possibility:
    """Whether an act may be done now, and if not, why."""
    progress = progress or progress_of(facts.events, facts.now)
    row = row_of(TABLE, progress.state, act)
    if row is None or act in BY_TIME:
        return _refused(act, f"现为“{STATES[progress.state]}”，不能“{ACTS[act].zh}”。", OUR_RULE)
    if act is Act.SUBMIT:
        if lack := lack_of(facts.choice):
            says = f"{lack.says.removesuffix('。')}，退回补充（{lack.basis}）。"
            return Possibility(act, True, State.RETURNED, basis=lack.basis, returned=says)
        row = next(r for r in TABLE if r.act is act and r.when != "lacking")
    for key in row.guards:
        guard = GUARDS[key]
        if sentence := guard.check(facts, progress):
            return _refused(act, sentence, guard.basis)
    return Possibility(act, True, basis=ACTS[act].basis, warnings=_warnings(facts, act, progress))


def _warnings(facts: Facts, act: Act, progress: Progress) -> tuple[str, ...]:
    found = []
    if act is Act.PASS and progress.next_stage is Stage.SECRECY:
        found.append(f"不能确定是否可以公开的，请退回并报请确定（{UNCERTAIN.short}）。")
    if act is Act.PASS and facts.actor & progress.hands and facts.exception:
        found.append(f"{facts.exception}，将记入审查记录（{OUR_RULE}）。")
    if act in (Act.PASS, Act.SUBMIT) and progress.open_matters:
        found.append(f"还有协商或者报批没有结果，有结果之前不能发布（{guards.CONSULT.short}）。")
    return tuple(found)


def what_may_be_done(facts: Facts) -> tuple[Possibility, ...]:
    """Every act of a person with whether it may be done now and, if not, why."""
    progress = progress_of(facts.events, facts.now)
    return tuple(may(facts, act, progress) for act in Act if act not in BY_TIME)


def diagram() -> str:
    """The procedure as a Mermaid state diagram; acts that leave the state as it is are not drawn."""
    arrows = [
        (state.value, row.to.value, ACTS[row.act].zh)
        for row in TABLE
        if row.to is not None
        for state in State
        if state in row.froms and state is not row.to
    ]
    heads = named(STATES, (state for state in State if state is not State.START))
    return drawn(heads, arrows, State.START, (state for state in State if state in FINAL))


def citations() -> tuple[Citation, ...]:
    """Every provision of the procedure."""
    found = (info.cites for info in ACTS.values() if info.cites)
    more = (guard.cites for guard in GUARDS.values() if guard.cites)
    return tuple(dict.fromkeys((*found, *more, *guards.CITATIONS)))

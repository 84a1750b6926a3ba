"""How far an entry has come, and what of it is public when: the facts of its life gathered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from gongkai.proactive.events import Event, Kind
from gongkai.proactive.stages import Plan, Stage


class State(StrEnum):
    """Where the work on an entry stands. What is public is said by its windows: a correction leaves them alone."""

    START = "start"
    DRAFT = "draft"
    SECRECY_REVIEW = "secrecy_review"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    LEGALITY_REVIEW = "legality_review"
    FINAL_REVIEW = "final_review"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    ABANDONED = "abandoned"


STATES: dict[State, str] = {
    State.START: "未建立",
    State.DRAFT: "草稿",
    State.SECRECY_REVIEW: "待保密审查",
    State.FIRST_REVIEW: "待初审",
    State.SECOND_REVIEW: "待复审",
    State.LEGALITY_REVIEW: "待合法性审核",
    State.FINAL_REVIEW: "待终审",
    State.RETURNED: "已退回",
    State.APPROVED: "已批准，待发布",
    State.SCHEDULED: "待定时发布",
    State.PUBLISHED: "已发布",
    State.EXPIRED: "公开期满",
    State.WITHDRAWN: "已撤回",
    State.KEPT: "已归入目录，不主动公开",
    State.ABANDONED: "已作废",
}

REVIEW_OF: dict[Stage, State] = {
    Stage.SECRECY: State.SECRECY_REVIEW,
    Stage.FIRST: State.FIRST_REVIEW,
    Stage.SECOND: State.SECOND_REVIEW,
    Stage.LEGALITY: State.LEGALITY_REVIEW,
    Stage.FINAL: State.FINAL_REVIEW,
}
STAGE_OF: dict[State, Stage] = {state: stage for stage, state in REVIEW_OF.items()}
IN_REVIEW = frozenset(STAGE_OF)
"""The states in which an entry waits for somebody's review."""

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""The states in which its text may be changed."""


@dataclass(frozen=True, slots=True)
class Window:
    """One release: `version` is public from `from_at` up to, and not at, `until_at`; never again once withdrawn."""

    edition: int
    version: int
    from_at: datetime
    until_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def public(self, at: datetime) -> bool:
        """Whether the version is public at a moment."""
        if self.withdrawn_at is not None and at >= self.withdrawn_at:
            return False
        return self.from_at <= at and (self.until_at is None or at < self.until_at)

    def open(self, at: datetime) -> bool:
        """Whether it is public at a moment or will yet be."""
        return self.withdrawn_at is None and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the facts of an entry add up to. `passed` and `reviewers` belong to the version under review alone."""

    state: State = State.START
    version: int = 0
    plan: Plan | None = None
    passed: tuple[Stage, ...] = ()
    drafters: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()
    exceptions: tuple[str, ...] = ()
    urgent: bool = False
    lacking: bool = False
    approved: int = 0
    windows: tuple[Window, ...] = ()
    kept: int = 0
    open_matters: frozenset[str] = frozenset()
    settled_matters: int = 0
    reevaluated_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def next_stage(self) -> Stage | None:
        """The stage that the version under review waits for."""
        return self.plan.after(self.passed) if self.plan else None

    @property
    def hands(self) -> frozenset[str]:
        """Who has had a hand in the version under review."""
        return self.drafters | self.reviewers

    def public(self, at: datetime) -> Window | None:
        """The release that is public at a moment."""
        return next((window for window in reversed(self.windows) if window.public(at)), None)

    def upcoming(self, at: datetime) -> Window | None:
        """The release that is yet to begin."""
        return next((w for w in reversed(self.windows) if w.open(at) and at < w.from_at), None)


_ROUND: dict[str, object] = {"plan": None, "passed": (), "reviewers": frozenset(), "exceptions": (), "approved": 0}
"""What belongs to one version's way through the stages and begins anew with the next."""


def after(progress: Progress, event: Event) -> Progress:
    """The facts after one more event; the state is the procedure's business."""
    return _of_review(replace(progress, last_at=event.at), event)


def _of_review(progress: Progress, event: Event) -> Progress:
    match event.kind:
        case Kind.DRAFTED:
            drafters = progress.drafters | event.hands
            return replace(progress, version=event.version, drafters=drafters, lacking=False, **_ROUND)  # type: ignore[arg-type]
        case Kind.SUBMITTED:
            begun = replace(progress, **_ROUND)  # type: ignore[arg-type]
            return replace(begun, plan=event.plan, urgent=event.urgent, lacking=event.lacking)
        case Kind.PASSED:
            assert event.stage is not None
            passed = (*progress.passed, event.stage)
            more = (event.exception,) if event.exception else ()
            done = replace(
                progress,
                passed=passed,
                reviewers=progress.reviewers | event.hands,
                exceptions=progress.exceptions + more,
            )
            return replace(done, approved=done.version if done.plan and done.next_stage is None else 0)
        case Kind.RETURNED | Kind.RECALLED:
            return replace(progress, **_ROUND)  # type: ignore[arg-type]
        case Kind.CORRECTED:
            return replace(progress, drafters=frozenset(), urgent=False, lacking=False, **_ROUND)  # type: ignore[arg-type]
        case _:
            return _of_release(progress, event)


def _of_release(progress: Progress, event: Event) -> Progress:
    match event.kind:
        case Kind.RELEASED:
            return replace(progress, windows=_released(progress.windows, event), kept=0)
        case Kind.WITHDRAWN:
            ended = (replace(w, withdrawn_at=event.at) if w.open(event.at) else w for w in progress.windows)
            return replace(progress, windows=tuple(ended))
        case Kind.KEPT:
            return replace(progress, kept=event.version, reevaluated_at=event.at)
        case Kind.REEVALUATED:
            return replace(progress, reevaluated_at=event.at)
        case Kind.OPENED:
            return replace(progress, open_matters=progress.open_matters | {event.matter})
        case Kind.SETTLED:
            settled = progress.settled_matters + 1
            return replace(progress, open_matters=progress.open_matters - {event.matter}, settled_matters=settled)
        case _:
            return progress


def _released(windows: tuple[Window, ...], event: Event) -> tuple[Window, ...]:
    """A new window; what would be public beside it ends where it begins, and what was yet to come never does."""
    assert event.from_at is not None
    begins = event.from_at
    trimmed = tuple(
        replace(w, until_at=max(w.from_at, begins))
        if w.withdrawn_at is None and (w.until_at is None or w.until_at > begins)
        else w
        for w in windows
    )
    return (*trimmed, Window(len(windows) + 1, event.version, begins, event.until_at))

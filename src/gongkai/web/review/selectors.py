"""Reading the stages an organ has set and the hints that nobody has decided on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.stages import DEFAULT, DEFAULT_NORMATIVE, Plan, Stage, plan_of
from gongkai.web.review.models import CheckRun, HintDecision
from gongkai.web.rules.selectors import setting

PLAN = "review.plan"
"""The setting's key; that of one kind of entry is `review.plan:KIND`."""
GRAVE = ("warning", "doubt")
"""The grades of hints that somebody must decide on; a note is only shown."""


def plan_for(county: uuid.UUID, organ: uuid.UUID, kind: str, on: date) -> Plan:
    """The stages that an entry of a kind passes at an organ: set for the kind, else for all, else the usual ones.

    What is set for all leaves a normative document its review of legality; only what is set for its kind takes it.
    """
    if plan := plan_of(setting(county, f"{PLAN}:{kind}", organ=organ, on=on)):
        return plan
    of = kinds().get(kind)
    normative = of is not None and of.normative
    if plan := plan_of(setting(county, PLAN, organ=organ, on=on)):
        more = {*plan.stages, *([Stage.LEGALITY] if normative else [])}
        return Plan(tuple(stage for stage in Stage if stage in more), plan.county)
    return DEFAULT_NORMATIVE if normative else DEFAULT


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint with what a person decided about it; `verdict` empty: nobody has."""

    name: str
    sha256: str
    fingerprint: str
    grade: str
    data: dict[str, Any]
    verdict: str = ""
    verdict_zh: str = ""
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it still waits for a person: undecided and grave, or decided to be changed."""
        return self.grade in GRAVE and self.verdict != "keep"


def newest_runs(subject: uuid.UUID) -> list[CheckRun]:
    """The newest check of each text and file of a version."""
    found: dict[str, CheckRun] = {run.sha256 + run.name: run for run in CheckRun.objects.filter(subject=subject)}
    return list(found.values())


def hints(subject: uuid.UUID) -> list[Hint]:
    """Every hint on a version, in the order of its texts and files, with what was decided."""
    decided = {(d.sha256, d.fingerprint): d for d in HintDecision.objects.filter(subject=subject)}
    found = []
    for run in newest_runs(subject):
        for data in run.hits:
            said = decided.get((run.sha256, data["fingerprint"]))
            found.append(
                Hint(
                    run.name,
                    run.sha256,
                    data["fingerprint"],
                    data["grade"],
                    data,
                    said.verdict if said else "",
                    said.get_verdict_display() if said else "",
                    said.reason if said else "",
                )
            )
    return found


def looked_at(subject: uuid.UUID) -> set[uuid.UUID | None]:
    """The stored files of a version that were checked; None among them: its words were."""
    return set(CheckRun.objects.filter(subject=subject).values_list("file", flat=True))


def open_hints(subject: uuid.UUID) -> int:
    """How many hints on a version still wait for a person; a check that failed counts as one."""
    waiting = sum(hint.open for hint in hints(subject))
    return waiting + sum(bool(run.failed) for run in newest_runs(subject) if not _accepted(subject, run))


def _accepted(subject: uuid.UUID, run: CheckRun) -> bool:
    """Whether a person decided that a file which could not be checked may go on."""
    last = HintDecision.objects.filter(subject=subject, sha256=run.sha256, fingerprint="").order_by("-id").first()
    return last is not None and last.verdict == "keep"

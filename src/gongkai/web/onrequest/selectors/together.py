"""Applications answered together or taken apart: with which, and how such are counted in the yearly form."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from gongkai.annual.tally import CountingPolicy
from gongkai.onrequest.progress import STATES, State
from gongkai.web.onrequest.models import Application, Case, Link
from gongkai.web.onrequest.rulekeys import COUNTING, MERGED, SPLIT
from gongkai.web.onrequest.selectors import rows
from gongkai.web.rules.selectors import setting


def counting_policy(county: uuid.UUID, on: date) -> CountingPolicy:
    """How merged and split applications count, as declared; each by itself while nothing is."""
    said = setting(county, COUNTING, on=on)
    said = said if isinstance(said, dict) else {}
    return CountingPolicy(
        merged="leading" if said.get("merged") == "leading" else "each",
        split="paper" if said.get("split") == "paper" else "each",
    )


def counting_words(policy: CountingPolicy) -> str:
    """The policy in a sentence."""
    return f"合并答复的，{MERGED[policy.merged]}；拆分的，{SPLIT[policy.split]}（本系统规则，由主管部门统一设定，各年相同）。"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open application of the same applicant at the same organ."""

    key: uuid.UUID
    number: str
    subject: str
    state: str
    received_on: date
    due_on: date | None


def candidates(application: Application) -> list[Candidate]:
    """The applications into which this one may be merged, oldest first."""
    own = Case.objects.get(application=application)
    found = Case.objects.filter(county=own.county, organ=own.organ_id, identity_key=own.identity_key, open=1)
    return [
        Candidate(row.pk, row.number, row.subject, STATES[State(row.state)], row.received_on, row.due_on)
        for row in found.exclude(application=application).order_by("received_on", "pk")[:50]
    ]


@dataclass(frozen=True, slots=True)
class Together:
    """Another application that belongs to this one, and how."""

    key: uuid.UUID
    number: str
    subject: str
    says: str


def together(application: Application) -> list[Together]:
    """What this application was merged into or split from, and what was merged into it or split from it."""
    says = {"merged": ("并入", "并入本件："), "split": ("拆分自", "由本件拆出：")}
    links = [row for row in rows.links(application) if row.kind in says]
    mine = [row for row in links if row.application_id == application.pk]
    theirs = [row for row in links if row.other_id == application.pk]
    return [
        *(Together(row.other_id, row.other.number, row.other.subject, says[row.kind][0]) for row in mine),
        *(
            Together(row.application_id, row.application.number, row.application.subject, says[row.kind][1])
            for row in theirs
        ),
    ]


def paper_of(application: Application) -> str:
    """The number of the paper of which this application is a part; empty when it was never taken apart."""
    row = Link.objects.filter(application=application, kind="split").select_related("other").order_by("id").first()
    if row is not None:
        return row.other.number
    return application.number if Link.objects.filter(other=application, kind="split").exists() else ""

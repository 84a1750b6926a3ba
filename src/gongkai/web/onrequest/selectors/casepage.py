"""All that the page of a case shows: the clock with its reasons, what may be done and what not, the story, the people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.onrequest.applicants import (
    APPLICANT_KINDS,
    IDENTITY_KINDS,
    ApplicantKind,
    IdentityKind,
    mask_address,
    mask_email,
    mask_identity,
    mask_phone,
)
from gongkai.onrequest.clock import Clock, StripDay, strip
from gongkai.onrequest.decisions import Decision, Evidence, decision, evidence_for
from gongkai.onrequest.events import Kind
from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.procedure import Act, Possibility, progress_of, what_may_be_done
from gongkai.onrequest.progress import STATES
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Applicant, Application, Attachment, Case
from gongkai.web.onrequest.selectors import rows
from gongkai.web.onrequest.selectors.alike import Alike, alike
from gongkai.web.onrequest.selectors.casefacts import case_facts
from gongkai.web.onrequest.selectors.facts import Standing, applicant_of, standing_of
from gongkai.web.onrequest.selectors.story import Moment, moments, named
from gongkai.web.people.selectors import names_of
from gongkai.web.rules.selectors import calendar_of

BY_OTHERS = frozenset({Act.REGISTER, Act.SUBMIT, Act.RETURN, Act.DECIDE, Act.DELIVER, Act.TRANSFER})
"""Acts that are not done from the list of acts: registered at the door, or by the steps of the reply."""

LETTER_OF: dict[Act, str] = {
    Act.ASK_FOR_SUPPLEMENT: "supplement_notice",
    Act.ASK_FOR_REASONS: "explain_reason_notice",
    Act.CONSULT_THIRD_PARTY: "third_party_consult",
    Act.CONSULT_ORGAN: "joint_consult",
    Act.EXTEND: "extension_notice",
    Act.NOTIFY_FEE: "fee_notice",
    Act.ASK_ASSISTANCE: "assist_letter",
}
"""The letter by which an act is usually done."""


@dataclass(frozen=True, slots=True)
class Masked:
    """The applicant as everyone at the desk may see them: opened only on request, and then on record."""

    kind: str
    name: str
    identity_kind: str
    identity: str
    phone: str
    email: str
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something asked of someone that has not come back, and the act that ends it."""

    act: Act
    matter: str
    says: str


_ENDING: dict[Kind, Act] = {
    Kind.THIRD_PARTY_CONSULTED: Act.END_THIRD_PARTY,
    Kind.ORGAN_CONSULTED: Act.END_ORGAN,
    Kind.COUNSEL_ASKED: Act.END_COUNSEL,
    Kind.ASSISTANCE_ASKED: Act.END_ASSISTANCE,
}


def open_matters(standing: Standing) -> tuple[OpenMatter, ...]:
    """What was asked of others and is still out, oldest first."""
    progress = progress_of(standing.events)
    out = {*progress.consultations, *progress.asked}
    return tuple(
        OpenMatter(_ENDING[event.kind], event.matter, f"{event.matter or '未写代称'}（{event.on:%-m月%-d日}发出）")
        for event in standing.events
        if (event.kind, event.matter) in out
    )


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter of the case in a line."""

    key: uuid.UUID
    name: str
    status: str
    status_name: str
    number: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """The page of one case."""

    application: Application
    case: Case
    standing: Standing
    state: str
    clock: Clock
    left: int | None
    strip: tuple[StripDay, ...]
    applicant: Masked
    content: str
    handler: str
    may: tuple[Possibility, ...]
    may_not: tuple[Possibility, ...]
    story: list[Moment]
    letters: list[LetterLine]
    attachments: list[tuple[Attachment, str]]
    alike: list[Alike]
    decision: Decision | None
    lacking: tuple[Evidence, ...]
    known_at: datetime | None
    open_matters: tuple[OpenMatter, ...]

    @property
    def left_abs(self) -> int:
        """Working days left or overdue, without a sign."""
        return abs(self.left or 0)


def masked_applicant(row: Applicant) -> Masked:
    """The applicant with identity, phone and address written over: first three and last two of an identity number."""
    told = personal.revealed(row, "name", "identity", "phone", "email", "address", "agent")
    return Masked(
        kind=APPLICANT_KINDS[ApplicantKind(row.kind)],
        name=told["name"],
        identity_kind=IDENTITY_KINDS[IdentityKind(row.identity_kind)] if row.identity_kind else "",
        identity=mask_identity(told["identity"]),
        phone=mask_phone(told["phone"]),
        email=mask_email(told["email"]) if told["email"] else "",
        address=mask_address(told["address"]),
        agent=told["agent"],
    )


def case_page(application: Application, today: date, known_at: datetime | None = None) -> CasePage:
    """The page of a case, now or with the facts as they were known at an earlier moment."""
    standing = standing_of(application, known_at)
    case = rows.case_of(application)
    facts = case_facts(application, today, standing=standing)
    possible = [p for p in what_may_be_done(facts) if p.act not in BY_OTHERS]
    calendar = calendar_of(application.county)
    due = standing.clock.due_on
    happened = [m for m in moments(application) if known_at is None or m.recorded_at <= known_at]
    names = names_of({m.by for m in happened if m.by} | ({case.handler} if case.handler else set()))
    return CasePage(
        application=application,
        case=case,
        standing=standing,
        state=STATES[standing.state],
        clock=standing.clock,
        left=None if standing.delivered_on else calendar.left(today, due),
        strip=strip(standing.clock, calendar),
        applicant=masked_applicant(applicant_of(application, known_at)),
        content=personal.reveal(application, "content"),
        handler=names.get(case.handler, "") if case.handler else "",
        may=tuple(p for p in possible if p.allowed),
        may_not=tuple(p for p in possible if not p.allowed),
        story=named(happened, names),
        letters=[
            LetterLine(row.pk, letter_type(row.kind).zh, row.status, row.get_status_display(), row.number)
            for row in rows.letters(application)
        ],
        attachments=[(row, row.file.plain_name) for row in rows.attachments(application)],
        alike=alike(application),
        decision=decision(facts.draft) if facts.draft else None,
        lacking=_lacking(facts.draft, facts.parts, facts.on_file),
        known_at=known_at,
        open_matters=open_matters(standing),
    )


def _lacking(code: str, parts: tuple[str, ...], filed: frozenset[str]) -> tuple[Evidence, ...]:
    return tuple(e for e in evidence_for(code, parts) if e.key not in filed) if code else ()

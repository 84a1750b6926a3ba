"""What an applicant may see of their own application: facts, days and what was sent to them; nothing of the work inside."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import constant_time_compare

from gongkai.onrequest.clock import Clock
from gongkai.onrequest.decisions import decision
from gongkai.onrequest.events import Kind
from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.procedure import Act, may
from gongkai.onrequest.progress import State
from gongkai.web import sealed
from gongkai.web.messages.subscriptions import subscribed
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Attachment, CaseEvent, Complaint, ComplaintStep, Letter, SealUse
from gongkai.web.onrequest.selectors.casefacts import case_facts
from gongkai.web.onrequest.selectors.facts import Standing, event_rows, standing_of, stands
from gongkai.web.onrequest.selectors.released import newest
from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.onrequest.services.intake import code_key
from gongkai.web.rules.selectors import calendar_of

STATE_WORDS: dict[State, str] = {
    State.START: "尚未登记",
    State.REGISTERED: "已经登记，正在审查",
    State.AWAITING_SUPPLEMENT: "等您补正",
    State.AWAITING_REASONS: "等您说明理由",
    State.CONSULTING: "正在征求意见",
    State.AWAITING_PAYMENT: "等您缴费",
    State.HANDLING: "正在办理",
    State.FOR_REVIEW: "正在办理",
    State.DECIDED: "正在办理",
    State.DELIVERED: "已经答复",
    State.REOPENED: "正在重新办理",
    State.CLOSED: "已经办结",
    State.WITHDRAWN: "您已撤回",
    State.MERGED: "已与另一件申请合并办理",
}
"""Where a case stands, in the words of who waits; what goes on between desk and head stays inside."""

EVENT_WORDS: dict[Kind, str] = {
    Kind.RECEIVED: "收到您的申请",
    Kind.SUPPLEMENT_ASKED: "请您补正",
    Kind.SUPPLEMENTED: "收到您的补正",
    Kind.REASONS_ASKED: "请您说明申请的理由",
    Kind.REASONS_GIVEN: "收到您说明的理由",
    Kind.DEFERRED: "确定延迟答复的期限",
    Kind.THIRD_PARTY_CONSULTED: "征求第三方意见",
    Kind.THIRD_PARTY_ENDED: "征求第三方意见结束",
    Kind.ORGAN_CONSULTED: "征求其他机关意见",
    Kind.ORGAN_ENDED: "征求其他机关意见结束",
    Kind.EXTENDED: "延长答复期限",
    Kind.FEE_NOTIFIED: "发出收费通知",
    Kind.FEE_PAID: "收到缴费",
    Kind.DELIVERED: "答复送达",
    Kind.WITHDRAWN: "您撤回了申请",
    Kind.MERGED: "与另一件申请合并办理",
    Kind.REOPENED: "重新办理",
    Kind.CLOSED: "办结归档",
}
"""The facts that an applicant is shown; a kind that is not here is the office's own work."""

_TO_APPLICANT = frozenset(
    {
        "receipt", "supplement_notice", "explain_reason_notice", "deferral_notice", "extension_notice",
        "third_party_notice_to_applicant", "fee_notice", "merge_notice", "reopening_notice",
        "proactive_suggestion_reply",
    }
)  # fmt: skip
SENT = ("sent", "delivered")
"""A letter that has left the office."""


def to_applicant(kind: str) -> bool:
    """Whether a kind of letter is addressed to the applicant; all others are nobody's business outside."""
    return kind in _TO_APPLICANT or kind.startswith(("reply_", "close_"))


def application_by_code(county: uuid.UUID, number: str, code: str) -> Application | None:
    """The application with this number and this query code. A wrong code and an unknown number take the same way."""
    plain = sealed.normalised(code).replace("-", "")
    found = Application.objects.filter(query_key=code_key(plain)).select_related("organ").first()
    known = found.number if found and found.county == county else ""
    same = constant_time_compare(sealed.normalised(known), sealed.normalised(number))
    return found if same and known else None


def known_submission(county: uuid.UUID, once: str) -> Application | None:
    """What this very form has become, when it was sent before."""
    return Application.objects.filter(county=county, once=once).first()


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of what was done."""

    on: date
    says: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter or a file that the applicant may take."""

    key: uuid.UUID
    name: str
    number: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Complained:
    """A complaint of the applicant about this application."""

    number: str
    about: str
    received_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Followed:
    """The page that an applicant sees."""

    application: Application
    state: str
    outcome: str
    received_on: date
    clock: Clock
    left: int | None
    passages: tuple[Passage, ...]
    letters: tuple[Paper, ...]
    files: tuple[Paper, ...]
    asked: tuple[Paper, ...]
    may_supplement: bool
    supplement_until: date | None
    may_explain: bool
    may_withdraw: bool
    complaints: tuple[Complained, ...]
    notices: dict[str, str]

    @property
    def left_abs(self) -> int:
        """Working days left or overdue, without a sign."""
        return abs(self.left or 0)

    @property
    def answered(self) -> bool:
        """Whether an answer has been sent."""
        return bool(self.outcome)


def _passage(row: CaseEvent) -> Passage:
    detail = ""
    if row.until and row.kind in (Kind.SUPPLEMENT_ASKED, Kind.REASONS_ASKED, Kind.FEE_NOTIFIED):
        detail = f"请在{row.until:%Y年%-m月%-d日}以前办理"
    elif row.until and row.kind == Kind.DEFERRED:
        detail = f"延至{row.until:%Y年%-m月%-d日}"
    elif row.days and row.kind == Kind.EXTENDED:
        detail = f"{row.days}个工作日"
    return Passage(row.on, EVENT_WORDS[Kind(row.kind)], detail)


def letters_for(application: Application) -> list[Letter]:
    """The letters that were sent to the applicant, oldest first."""
    rows = Letter.objects.filter(application=application, status__in=SENT).select_related("organ").order_by("id")
    return [row for row in rows if to_applicant(row.kind)]


def letter_for(application: Application, key: uuid.UUID) -> Letter | None:
    """One of them."""
    return next((row for row in letters_for(application) if row.pk == key), None)


def stamped_scan(letter: Letter) -> uuid.UUID | None:
    """The file of the stamped paper, which is what was delivered; None when there is no scan."""
    uses = SealUse.objects.filter(letter=letter, scan__isnull=False, scan__isolated=False).order_by("-id")
    found = uses.values_list("scan_id", flat=True).first()
    return found if isinstance(found, uuid.UUID) else None


def files_for(application: Application, rows: list[CaseEvent] | None = None) -> list[Attachment]:
    """Letters that came from another network, then the files released to the applicant.

    Of these none before an answer was sent, and none of a second round before its answer.
    """
    told = event_rows(application) if rows is None else rows
    kept = (
        Attachment.objects.filter(application=application, file__isolated=False).select_related("file").order_by("id")
    )
    letters = list(kept.filter(role="letter"))
    answers = [n for n, row in enumerate(told) if row.kind == Kind.DELIVERED]
    if not answers:
        return letters
    found = kept.filter(role="released")
    again = next((row for row in told[answers[-1] :] if row.kind == Kind.REOPENED), None)
    if again is not None:
        found = found.filter(recorded_at__lt=again.recorded_at)
    return [*letters, *newest(found)]


def file_for(application: Application, key: uuid.UUID) -> Attachment | None:
    """One of them."""
    return next((row for row in files_for(application) if row.pk == key), None)


def _complaints(application: Application) -> tuple[Complained, ...]:
    rows = Complaint.objects.filter(application=application).order_by("id")
    answered = dict(ComplaintStep.objects.filter(complaint__in=rows, step="answered").values_list("complaint_id", "on"))
    return tuple(Complained(c.number, ABOUT.get(c.about, "其他"), c.received_on, answered.get(c.pk)) for c in rows)


def _outcome(standing: Standing) -> str:
    """What was decided, once it was sent and not before."""
    return decision(standing.decision).zh if standing.delivered_on and standing.decision else ""


def receipt_of(application: Application) -> tuple[str, Standing]:
    """The query code and where the application stands: for the receipt, which only its own applicant is shown."""
    return personal.reveal(application, "query_code"), standing_of(application)


def followed(application: Application, today: date) -> Followed:
    """All that the applicant is shown of their application on a day."""
    rows, calendar = event_rows(application), calendar_of(application.county)
    standing = stands(calendar, rows)
    facts = case_facts(application, today, standing=standing)
    can = {act: may(facts, act).allowed for act in (Act.RECEIVE_SUPPLEMENT, Act.RECEIVE_REASONS, Act.WITHDRAW)}
    due = standing.clock.due_on
    letters = letters_for(application)
    asked = next((row for row in reversed(rows) if row.kind == Kind.SUPPLEMENT_ASKED), None)
    return Followed(
        application=application,
        state=STATE_WORDS[standing.state],
        outcome=_outcome(standing),
        received_on=standing.received_on,
        clock=standing.clock,
        left=None if standing.delivered_on else calendar.left(today, due),
        passages=tuple(_passage(row) for row in rows if Kind(row.kind) in EVENT_WORDS),
        letters=tuple(Paper(row.pk, letter_type(row.kind).zh, row.number, row.signed_on) for row in letters),
        files=tuple(Paper(row.pk, row.file.plain_name) for row in files_for(application, rows)),
        asked=tuple(
            Paper(row.pk, letter_type(row.kind).zh)
            for row in letters
            if row.kind in ("supplement_notice", "explain_reason_notice")
        ),
        may_supplement=can[Act.RECEIVE_SUPPLEMENT],
        supplement_until=asked.until if asked else None,
        may_explain=can[Act.RECEIVE_REASONS],
        may_withdraw=can[Act.WITHDRAW],
        complaints=_complaints(application),
        notices=subscribed(application.pk),
    )

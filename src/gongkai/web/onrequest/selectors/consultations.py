"""Consultations of a case with their own days: sent, received, the fifteenth working day, what came and what it means."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.calendar import Calendar
from gongkai.law.errors import LawGap
from gongkai.onrequest.events import CONSULTATIONS, Event, Kind
from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.limits import Limit, limit
from gongkai.web.onrequest import lettertext, personal
from gongkai.web.onrequest.models import Application, CaseEvent, Consultation, ConsultationStep, Letter
from gongkai.web.onrequest.selectors import rows as case_rows
from gongkai.web.onrequest.selectors.facts import event_rows, standing
from gongkai.web.rules.selectors import calendar_of

LIMITS: dict[str, str] = {"third_party_consult": "third_party_reply", "joint_consult": "organ_reply"}
"""The letters whose receipt starts fifteen working days of the law; any other asks for an answer by a day of its own."""

BEGINS: dict[str, Kind] = {"third_party": Kind.THIRD_PARTY_CONSULTED, "organ": Kind.ORGAN_CONSULTED}
ENDING = ("agreed", "objected", "silent", "resolved")
"""Steps after which nothing is waited for."""

_SILENCE: dict[str, str] = {
    "third_party_consult": "逾期未提出意见不等于同意，由本机关依照条例的规定决定是否公开。",
    "joint_consult": "逾期未提出意见，视为同意公开。",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A step of a consultation."""

    step: str
    zh: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation as it stands on a day. `left`: working days until its own limit, negative once that has passed."""

    key: uuid.UUID
    application: uuid.UUID
    kind: str
    kind_zh: str
    matter: str
    letter: uuid.UUID | None
    letter_kind: str
    letter_zh: str
    sent_on: date | None
    received_on: date | None
    limit: Limit | None
    due_on: date | None
    left: int | None
    ended_on: date | None
    steps: tuple[Said, ...]

    @property
    def open(self) -> bool:
        """Whether it was sent and nothing has ended it."""
        return self.sent_on is not None and self.ended_on is None

    @property
    def lapsed(self) -> bool:
        """Whether its days have run out with nobody having said so."""
        return self.open and self.left is not None and self.left < 0

    @property
    def undeliverable(self) -> bool:
        """Whether a person has to decide, since it cannot be delivered."""
        return bool(self.steps) and self.steps[-1].step == "undeliverable"

    @property
    def outcome(self) -> str:
        """The step that ended it, if any."""
        return next((said.step for said in reversed(self.steps) if said.step in ENDING), "")

    @property
    def silence(self) -> str:
        """What it means when nobody answers."""
        return _SILENCE.get(self.letter_kind, "没有法定的后果，由本机关决定怎样办理（本系统规则）。")

    @property
    def left_abs(self) -> int:
        """The number of days without its sign."""
        return abs(self.left or 0)

    @property
    def says(self) -> str:
        """Where it stands, in a sentence."""
        if self.ended_on:
            last = next((said.zh for said in reversed(self.steps) if said.step in ENDING), "已结束")
            return f"{last}，{self.ended_on:%-m月%-d日}结束"
        if self.sent_on is None:
            return "文书还没有送出或者签收，答复期限照常计算"
        if self.undeliverable:
            return "无法送达，请决定怎样处理"
        if self.due_on is None:
            return f"{self.sent_on:%-m月%-d日}送出，等候对方收到" if self.received_on is None else "已收到，等候意见"
        if self.lapsed:
            return f"意见期限已于{self.due_on:%Y年%-m月%-d日}届满，请登记"
        return f"意见期限至{self.due_on:%Y年%-m月%-d日}"


def _event(events: Iterable[Event], kind: Kind, matter: str) -> Event | None:
    return next((event for event in events if event.kind is kind and event.matter == matter), None)


def _own_limit(kind: str, received_on: date | None, calendar: Calendar) -> Limit | None:
    if received_on is None or kind not in LIMITS:
        return None
    try:
        return limit(LIMITS[kind], received_on, calendar)
    except LawGap:
        return None


def _asked_by(letter: Letter | None) -> date | None:
    """The day until which a letter without a limit of the law asks for an answer."""
    if letter is None or letter.kind in LIMITS:
        return None
    said = lettertext.values(lettertext.loaded(lettertext.current(letter)).fields).get("reply_until")
    return said if isinstance(said, date) else None


def _asked(
    row: Consultation,
    letter: Letter | None,
    steps: list[ConsultationStep],
    events: list[Event],
    calendar: Calendar,
    today: date,
    *,
    words: bool,
) -> Asked:
    begun = _event(events, BEGINS[row.kind], row.matter)
    ended = _event(events, CONSULTATIONS[BEGINS[row.kind]], row.matter) if begun else None
    received = next((step.on for step in reversed(steps) if step.step == "received"), None)
    kind = letter.kind if letter else ""
    own = _own_limit(kind, received, calendar)
    due = own.due_on if own else _asked_by(letter)
    return Asked(
        key=row.pk,
        application=row.application_id,
        kind=row.kind,
        kind_zh=row.get_kind_display(),
        matter=row.matter,
        letter=row.letter,
        letter_kind=kind,
        letter_zh=letter_type(kind).zh if kind else "",
        sent_on=begun.on if begun else None,
        received_on=received,
        limit=own,
        due_on=due,
        left=None if ended else calendar.left(today, due),
        ended_on=ended.on if ended else None,
        steps=tuple(
            Said(step.step, step.get_step_display(), step.on, personal.reveal(step, "words") if words else "")
            for step in steps
        ),
    )


def consultations_of(application: Application, today: date, *, words: bool = True) -> list[Asked]:
    """The consultations of a case, oldest first."""
    rows = case_rows.consultations(application)
    if not rows:
        return []
    events = [row.event() for row in event_rows(application)]
    return _all(rows, {application.pk: events}, calendar_of(application.county), today, words=words)


def _all(
    rows: list[Consultation], events: dict[uuid.UUID, list[Event]], calendar: Calendar, today: date, *, words: bool
) -> list[Asked]:
    letters = Letter.objects.in_bulk([row.letter for row in rows if row.letter])
    steps: dict[uuid.UUID, list[ConsultationStep]] = {}
    for step in ConsultationStep.objects.filter(consultation__in=rows).order_by("id"):
        steps.setdefault(step.consultation_id, []).append(step)
    return [
        _asked(
            row,
            letters.get(row.letter) if row.letter else None,
            steps.get(row.pk, []),
            events.get(row.application_id, []),
            calendar,
            today,
            words=words,
        )
        for row in rows
    ]


def consultation_of(application: Application, key: uuid.UUID) -> Consultation | None:
    """One consultation of this case."""
    return Consultation.objects.filter(application=application, pk=key).first()


def asked_of(row: Consultation, today: date) -> Asked:
    """One consultation as it stands."""
    return next(asked for asked in consultations_of(row.application, today) if asked.key == row.pk)


def lapsed(cases: Iterable[uuid.UUID], today: date) -> list[Asked]:
    """Of cases that wait for opinions, the consultations whose days have run out or that cannot be delivered."""
    open_ones = Consultation.objects.filter(application__in=list(cases)).exclude(steps__step__in=ENDING)
    rows = list(open_ones.order_by("id"))
    if not rows:
        return []
    told: dict[uuid.UUID, list[CaseEvent]] = {}
    for event in CaseEvent.objects.filter(application__in={row.application_id for row in rows}).order_by("id"):
        told.setdefault(event.application_id, []).append(event)
    events = {pk: [row.event() for row in standing(found)] for pk, found in told.items()}
    every = _all(rows, events, calendar_of(rows[0].county), today, words=False)
    return [asked for asked in every if asked.lapsed or (asked.open and asked.undeliverable)]

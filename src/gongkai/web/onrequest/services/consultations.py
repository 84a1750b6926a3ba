"""Asking third parties and other organs: opened, sent as a letter, received, answered or not, ended on the right day.

The letter is drafted with the consultation and bound to it; sending it is what stops the clock. What came is entered by
a person. An opinion that comes after its limit, or none at all, ends the time left out on the last day of the limit:
not a day more is taken from the applicant (a rule of ours).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Consultation, ConsultationStep, Letter
from gongkai.web.onrequest.selectors.consultations import LIMITS, Asked, asked_of
from gongkai.web.onrequest.services import letters
from gongkai.web.onrequest.services.acts import perform, possible
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import locked

LETTERS: dict[str, tuple[str, ...]] = {
    "third_party": ("third_party_consult",),
    "organ": ("joint_consult", "organ_consult", "determination_request"),
}
"""The letters by which each kind of party is asked; the first is the usual one."""

_BEGIN = {"third_party": Act.CONSULT_THIRD_PARTY, "organ": Act.CONSULT_ORGAN}
_END = {"third_party": Act.END_THIRD_PARTY, "organ": Act.END_ORGAN}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NUMERALS = "一二三四五六七八九十"


def neutral_name(kind: str, place: int) -> str:
    """The name by which events, lists and messages speak of a party: 第三方甲, 机关一. `place` counts from 0."""
    stem, signs = ("第三方", _STEMS) if kind == "third_party" else ("机关", _NUMERALS)
    return stem + (signs[place] if place < len(signs) else str(place + 1))


def open_consultation(
    *,
    audit: Audit,
    application: Application,
    kind: str,
    letter_kind: str,
    party: str,
    contact: str = "",
    information: str = "",
) -> Consultation:
    """Ask a party: its name and address are sealed, its letter is drafted and bound. The clock stops when that is sent."""
    if kind not in LETTERS or letter_kind not in LETTERS[kind]:
        raise Refused("请选择征求谁的意见，用哪一种文书。")
    if not party.strip():
        raise Refused("请填写被征求意见的第三方或者机关的名称。")
    key, today = new_key(), timezone.localdate()
    with transaction.atomic():
        locked(application)
        may = possible(application, _BEGIN[kind], today)
        if not may.allowed:
            raise Refused(may.reason)
        place = Consultation.objects.filter(application=application, kind=kind).count()
        matter = neutral_name(kind, place)
        fields = {"receiver": party.strip(), "you": "你（单位）", "information": information.strip()}
        letter = letters.draft(
            audit=audit, application=application, kind=letter_kind, fields=fields, facts={"matter": matter}, about=key
        )
        failpoint("consultations.letter_drafted")
        row = Consultation.objects.create(
            id=key,
            county=application.county,
            application=application,
            kind=kind,
            matter=matter,
            letter=letter.pk,
            opened_on=today,
            by=audit.actor,
            **personal.keep(Consultation, key, party=party.strip(), contact=contact.strip()),
        )
        audit.record("onrequest.open_consultation", row, {"kind": kind, "matter": matter})
    return row


def _write(audit: Audit, row: Consultation, step: str, on: date, words: str = "") -> ConsultationStep:
    key = new_key()
    told = ConsultationStep.objects.create(
        id=key,
        county=row.county,
        consultation=row,
        step=step,
        on=on,
        by=audit.actor,
        **personal.keep(ConsultationStep, key, words=words.strip()),
    )
    audit.record(f"onrequest.consultation_{step}", told, {"consultation": str(row.pk), "on": str(on)})
    return told


def _standing(row: Consultation, on: date) -> Asked:
    """The consultation as it stands today; Refused for a day that cannot be, or when it is over."""
    today = timezone.localdate()
    asked = asked_of(row, today)
    if on > today:
        raise Refused(f"日期{on:%Y年%-m月%-d日}还没有到，请核对。")
    if asked.sent_on is None:
        raise Refused("征求意见的文书还没有送出，请先办完文书并登记送出。")
    if asked.ended_on is not None:
        raise Refused(f"这项征求意见已于{asked.ended_on:%Y年%-m月%-d日}结束。登记有误的，请在办理经过中更正。")
    if on < asked.sent_on:
        raise Refused(f"日期不能早于送出之日（{asked.sent_on:%Y年%-m月%-d日}），请核对。")
    return asked


def received(*, audit: Audit, consultation: Consultation, on: date) -> ConsultationStep:
    """The party has the letter: its own days run from here. Entered again, the newer day counts."""
    with transaction.atomic():
        locked(consultation.application)
        _standing(consultation, on)
        return _write(audit, consultation, "received", on)


def arrived(*, audit: Audit, letter: Letter, on: date) -> None:
    """A letter was signed for: when it is one that asks for an opinion, its own days run. Inside the caller's act."""
    row = Consultation.objects.filter(pk=letter.about).first() if letter.about else None
    if row is None:
        return
    asked = asked_of(row, timezone.localdate())
    if asked.open and asked.received_on is None:
        _write(audit, row, "received", on)


def answer(
    *,
    audit: Audit,
    consultation: Consultation,
    agrees: bool,
    on: date,
    words: str = "",
    opinion: Upload | None = None,
    seen: int | None = None,
) -> ConsultationStep:
    """An opinion came. An objection needs its reasons, in words or as the letter itself."""
    if not agrees and not words.strip() and opinion is None:
        raise Refused("对方不同意公开的，请摘录其理由，或者附上意见回函。")
    with transaction.atomic():
        locked(consultation.application, seen)
        asked = _standing(consultation, on)
        if asked.received_on and on < asked.received_on:
            raise Refused("意见到达的日期早于对方收到征求意见书的日期，请核对。")
        _keep(audit, consultation, opinion)
        step = _write(audit, consultation, "agreed" if agrees else "objected", on, words)
        failpoint("consultations.answer_written")
        ends = min(on, asked.due_on) if asked.due_on and consultation_limited(asked) else on
        _end(audit, consultation, ends)
    return step


def consultation_limited(asked: Asked) -> bool:
    """Whether the law itself gives the party its days."""
    return asked.letter_kind in LIMITS


def silent(*, audit: Audit, consultation: Consultation, words: str = "", seen: int | None = None) -> ConsultationStep:
    """Nothing came within the limit: the time left out ends with its last day. Refused while that has not passed."""
    with transaction.atomic():
        locked(consultation.application, seen)
        asked = _standing(consultation, timezone.localdate())
        if asked.due_on is None:
            raise Refused("还没有登记对方收到征求意见书的日期，不能认定逾期。无法送达的，请登记“无法送达”。")
        if timezone.localdate() <= asked.due_on:
            raise Refused(f"意见期限到{asked.due_on:%Y年%-m月%-d日}，还没有届满。")
        step = _write(audit, consultation, "silent", asked.due_on, words)
        _end(audit, consultation, asked.due_on)
    return step


def undeliverable(*, audit: Audit, consultation: Consultation, on: date, words: str) -> ConsultationStep:
    """The letter cannot be delivered. The law says nothing: a person decides next."""
    if not words.strip():
        raise Refused("请写明怎样送达、为什么没有送到。")
    with transaction.atomic():
        locked(consultation.application)
        _standing(consultation, on)
        return _write(audit, consultation, "undeliverable", on, words)


def resolve(
    *, audit: Audit, consultation: Consultation, on: date, words: str, seen: int | None = None
) -> ConsultationStep:
    """A person decides how to go on without an opinion, and why; the consultation ends on that day."""
    if not words.strip():
        raise Refused("请写明怎样处理和理由，例如以其他方式征求过意见，或者由本机关依条例决定。")
    with transaction.atomic():
        locked(consultation.application, seen)
        _standing(consultation, on)
        step = _write(audit, consultation, "resolved", on, words)
        _end(audit, consultation, on)
    return step


def _keep(audit: Audit, row: Consultation, opinion: Upload | None) -> None:
    if opinion:
        attach(audit=audit, application=row.application, file=replace(opinion, role="opinion"), about=row.pk)


def _end(audit: Audit, row: Consultation, on: date) -> None:
    perform(audit=audit, application=row.application, act=_END[row.kind], on=on, matter=row.matter)


def draft_notice(*, audit: Audit, application: Application) -> Letter:
    """The letter that tells the applicant that the time is not counted."""
    return letters.draft(audit=audit, application=application, kind="third_party_notice_to_applicant")


def draft_decision_notice(*, audit: Audit, consultation: Consultation) -> Letter:
    """The letter that tells a third party who objected what is disclosed all the same, and why (art. 32)."""
    asked = asked_of(consultation, timezone.localdate())
    if consultation.kind != "third_party" or asked.outcome != "objected":
        raise Refused("第三方不同意公开、本机关仍决定公开的，才需要告知第三方。")
    fields: dict[str, Any] = {
        "receiver": personal.reveal(consultation, "party"),
        "you": "你（单位）",
        "manner": "邮寄",
    }
    return letters.draft(
        audit=audit,
        application=consultation.application,
        kind="third_party_decision_notice",
        fields=fields,
        about=consultation.pk,
    )

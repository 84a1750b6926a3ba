"""The mail room's book: what was signed for, where it went, and what was never registered.

The signature of the mail room starts the clock (art. 31), not the desk's: a letter that lies in a guard room is already
being counted.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.covered import cover_of, keep_typed, open_words
from gongkai.web.onrequest.models import Application, MailItem, MailStep
from gongkai.web.organs.models import Organ
from gongkai.web.typed import check_come


def sign_for(
    *,
    audit: Audit,
    organ: Organ,
    place: str,
    signed_on: date,
    mail_number: str = "",
    sender: str = "",
    signed_for: bool = True,
) -> MailItem:
    """Write a letter into the book. Refused for a day to come, or a mail number that was written in before."""
    if place not in dict(MailItem.PLACES):
        raise Refused("请选择信件在哪里收到：收发室、门卫、信访室、信箱或者其他。")
    check_come(signed_on, "签收日期")
    number = "".join(mail_number.split()).upper()
    mail_key = sealed.lookup("mail", number) if number else ""
    with transaction.atomic():
        known = (
            MailItem.objects.filter(county=audit.county, organ=organ, mail_key=mail_key).first() if mail_key else None
        )
        if known:
            raise Refused(f"邮件号{number}已于{known.signed_on:%Y年%-m月%-d日}登记，请核对。")
        key = new_key()
        row = MailItem.objects.create(
            id=key,
            county=audit.county,
            organ=organ,
            place=place,
            mail_key=mail_key,
            signed_on=signed_on,
            signed_for=int(signed_for),
            by=audit.actor,
            **personal.keep(MailItem, key, mail_number=number, sender=sender.strip()),
        )
        audit.record("onrequest.sign_for_mail", row, {"place": place, "signed_on": str(signed_on)})
    return row


def _step(
    audit: Audit, item: MailItem, step: str, on: date, *, application: Application | None = None, reason: str = ""
) -> MailStep:
    if on < item.signed_on:
        raise Refused(f"日期早于签收日期{item.signed_on:%Y年%-m月%-d日}，请核对。")
    check_come(on)
    with transaction.atomic():
        done = MailStep.objects.filter(item=item).exclude(step="handed_over").first()
        if done or MailStep.objects.filter(item=item, step=step).exists():
            raise Refused(
                f"这封信已经{(done.get_step_display() if done else '移交').removeprefix('已')}，不必重复登记。"
            )
        row = MailStep.objects.create(
            county=audit.county,
            item=item,
            step=step,
            on=on,
            application=application,
            by=audit.actor,
            **open_words(MailStep, cover_of([("寄件人", personal.reveal(item, "sender"))]), reason=reason),
        )
        keep_typed(row, application, reason=reason)
        audit.record(f"onrequest.mail_{step}", row, {"item": str(item.pk)})
    return row


def hand_over(*, audit: Audit, item: MailItem, on: date) -> MailStep:
    """The letter reached the disclosure office. The clock has been running since it was signed for."""
    return _step(audit, item, "handed_over", on)


def check_letter(item: MailItem, organ: Organ, channel: str, received_on: date) -> None:
    """That an application says of its letter what the book says. Refused when it was settled, or the days differ."""
    if MailStep.objects.filter(item=item, step__in=("registered", "not_application")).exists():
        raise Refused("这封信已经处理过，不必重复登记。请在收件登记中核对。")
    if organ.pk != item.organ_id:
        raise Refused("信件与申请不属于同一机关，请核对。")
    if item.signed_for and channel == "post_signed" and received_on != item.signed_on:
        raise Refused(
            f"收件登记中这封信的签收日期是{item.signed_on:%Y年%-m月%-d日}。需签收的邮件以签收之日为收到之日，请核对。"
        )


def registered(*, audit: Audit, item: MailItem, application: Application) -> MailStep:
    """The letter was registered as this application. Refused for another organ's application."""
    if application.organ_id != item.organ_id:
        raise Refused("信件与申请不属于同一机关，请核对。")
    return _step(audit, item, "registered", timezone.localdate(), application=application)


def not_an_application(*, audit: Audit, item: MailItem, reason: str) -> MailStep:
    """The letter is something else. Refused without a reason: an application overlooked loses its case."""
    if not reason.strip():
        raise Refused("请写明这封信是什么，例如“信访件，已转信访室”。漏登公开申请会造成逾期。")
    return _step(audit, item, "not_application", timezone.localdate(), reason=reason)

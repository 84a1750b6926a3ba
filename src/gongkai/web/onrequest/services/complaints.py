"""Complaints under article 47: that information was not published or an application not answered as the law asks."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Complaint, ComplaintStep
from gongkai.web.onrequest.services import numbers
from gongkai.web.onrequest.services.notify import tell
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import competent_department
from gongkai.web.typed import check_come
from gongkai.web.typed import said as checked

SERIES = "投诉"
ABOUT: dict[str, str] = {
    "not_answered": "没有按期答复申请",
    "wrong_answer": "答复不符合规定",
    "not_published": "没有主动公开应当公开的信息",
    "other": "其他",
}
WORDS_LIMIT = 5000
FOUND = ("unfounded", "rectified", "criticised", "proposed")
"""What may be found of a complaint. Answered is told to who complained; nothing follows it."""


def register(
    *,
    audit: Audit,
    organ: Organ,
    about: str,
    words: str,
    received_on: date,
    complainant: str = "",
    application: Application | None = None,
) -> Complaint:
    """Register a complaint about an organ, with a number of the competent department (of the organ while none is named).

    Refused for a day to come, without a subject or without words.
    """
    if about not in ABOUT:
        raise Refused("请选择投诉的事项。")
    said = checked(words, "投诉的事实和理由", WORDS_LIMIT)
    check_come(received_on, "收到日期")
    keeper = competent_department(audit.county) or organ
    key = new_key()
    with transaction.atomic():
        number = numbers.take(
            audit=audit,
            organ=keeper,
            series=SERIES,
            year=received_on.year,
            text=f"{keeper.word or keeper.name[:10]}{SERIES}-{received_on.year}-{{n:04d}}",
        )
        row = Complaint.objects.create(
            id=key,
            county=audit.county,
            organ=organ,
            application=application,
            number=number.text,
            about=about,
            received_on=received_on,
            by=audit.actor,
            **personal.keep(Complaint, key, complainant=complainant.strip(), words=said),
        )
        audit.record("onrequest.register_complaint", row, {"number": number.text, "about": about})
        if application is not None:
            tell(
                audit=audit,
                application=application,
                template="complaint.received",
                occasion=str(row.pk),
                number=row.number,
            )
    return row


def take_step(*, audit: Audit, complaint: Complaint, step: str, on: date, words: str = "") -> ComplaintStep:
    """What became of a complaint. Refused after it was answered, and for an answer before anything was found."""
    if step not in dict(ComplaintStep.STEPS):
        raise Refused("请选择办理的环节。")
    if on > timezone.localdate() or on < complaint.received_on:
        raise Refused("日期应当在收到投诉之日以后、今天以前，请核对。")
    said = checked(words, "办理情况", WORDS_LIMIT) if step != "forwarded" or words.strip() else ""
    key = new_key()
    with transaction.atomic():
        held = Complaint.objects.select_for_update().get(pk=complaint.pk)
        taken = set(ComplaintStep.objects.filter(complaint=held).values_list("step", flat=True))
        if "answered" in taken:
            raise Refused("这件投诉已经答复投诉人，不再变动。")
        if step == "answered" and not taken & set(FOUND):
            raise Refused("请先登记查证的结果，再答复投诉人。")
        row = ComplaintStep.objects.create(
            id=key,
            county=held.county,
            complaint=held,
            step=step,
            on=on,
            by=audit.actor,
            **personal.keep(ComplaintStep, key, words=said),
        )
        audit.record(f"onrequest.complaint_{step}", row, {"complaint": str(held.pk), "on": str(on)})
        if step == "answered" and held.application is not None:
            tell(
                audit=audit,
                application=held.application,
                template="complaint.answered",
                occasion=str(row.pk),
                number=held.number,
            )
    return row

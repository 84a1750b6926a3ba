"""Requests to correct a record about oneself (art. 41): a register of its own, never an application for information."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import RecordCorrection, RecordCorrectionStep
from gongkai.web.onrequest.services import numbers
from gongkai.web.organs.models import Organ
from gongkai.web.typed import check_come
from gongkai.web.typed import said as checked

SERIES = "更正"
WORDS_LIMIT = 5000
ENDS = ("corrected", "not_corrected", "forwarded", "told")
"""Each of these is told to who asked; nothing follows it."""


def register(*, audit: Audit, organ: Organ, requester: str, words: str, received_on: date) -> RecordCorrection:
    """Register a request with a number of the organ. Refused for a day to come, without a name or without words."""
    who = checked(requester, "提出人的姓名或者名称", WORDS_LIMIT)
    said = checked(words, "要求更正的记录和证据", WORDS_LIMIT)
    check_come(received_on, "收到日期")
    key = new_key()
    with transaction.atomic():
        number = numbers.take(
            audit=audit,
            organ=organ,
            series=SERIES,
            year=received_on.year,
            text=f"{organ.word or organ.name[:10]}{SERIES}-{received_on.year}-{{n:04d}}",
        )
        row = RecordCorrection.objects.create(
            id=key,
            county=audit.county,
            organ=organ,
            number=number.text,
            received_on=received_on,
            by=audit.actor,
            **personal.keep(RecordCorrection, key, requester=who, words=said),
        )
        audit.record("onrequest.register_correction", row, {"number": number.text})
    return row


def take_step(
    *, audit: Audit, correction: RecordCorrection, step: str, on: date, words: str = ""
) -> RecordCorrectionStep:
    """What became of a request. Refused after it ended, and without words for what is told to who asked."""
    if step not in dict(RecordCorrectionStep.STEPS):
        raise Refused("请选择办理的环节。")
    if on > timezone.localdate() or on < correction.received_on:
        raise Refused("日期应当在收到之日以后、今天以前，请核对。")
    said = checked(words, "办理情况和告知的内容", WORDS_LIMIT)
    key = new_key()
    with transaction.atomic():
        held = RecordCorrection.objects.select_for_update().get(pk=correction.pk)
        taken = set(RecordCorrectionStep.objects.filter(correction=held).values_list("step", flat=True))
        if taken & set(ENDS):
            raise Refused("这件更正申请已经办结，不再变动。")
        if step in ("corrected", "not_corrected") and "verified" not in taken:
            raise Refused("请先登记核实的情况，再决定是否更正。")
        row = RecordCorrectionStep.objects.create(
            id=key,
            county=held.county,
            correction=held,
            step=step,
            on=on,
            by=audit.actor,
            **personal.keep(RecordCorrectionStep, key, words=said),
        )
        audit.record(f"onrequest.correction_{step}", row, {"correction": str(held.pk), "on": str(on)})
    return row

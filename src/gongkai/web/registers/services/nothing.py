"""Saying that there was nothing to enter in a period: blank is not zero."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.rhythm import span_of, words
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.registers.models import Line, Nothing
from gongkai.web.registers.selectors.nothing import holding
from gongkai.web.registers.services.rows import register_named


def declare_nothing(*, audit: Audit, organ: Organ, register: str, every: str, day: date, reason: str = "") -> Nothing:
    """Say that an organ had nothing to enter in the week, month, quarter, half-year or year in which a day lies.

    Refused for a period that is not over, and for one with rows.
    """
    of = register_named(register)
    try:
        span = span_of(every, day)
    except KeyError:
        raise Refused("请选择月份、季度或者年度。") from None
    said = words(every, span)
    if span.last >= timezone.localdate():
        raise Refused(f"{said}还没有结束，结束以后再说明没有。")
    if Line.objects.filter(organ=organ, register=register, voided=False, on__range=(span.first, span.last)).exists():
        raise Refused(f"{said}已经登记了“{of.zh}”，不能说明没有。")
    with transaction.atomic():
        found = next((n for n in holding(organ.pk, register) if (n.first, n.last) == (span.first, span.last)), None)
        if found:
            return found
        row = Nothing.objects.create(
            county=audit.county,
            organ=organ,
            register=register,
            first=span.first,
            last=span.last,
            reason=" ".join(reason.split())[:300],
            by=audit.actor,
            recorded_at=timezone.now(),
        )
        audit.record("registers.nothing", row, {"register": register, "first": str(span.first), "last": str(span.last)})
    return row


def take_back_nothing(*, audit: Audit, key: uuid.UUID, reason: str) -> Nothing:
    """Say that it was said by mistake that there was nothing; both rows stay."""
    if not reason.strip():
        raise Refused("请写明为什么收回。")
    with transaction.atomic():
        old = Nothing.objects.select_for_update().get(pk=key, county=audit.county)
        if old.voids_id or Nothing.objects.filter(voids=old).exists():
            raise Refused("这一说明已经收回。")
        row = Nothing.objects.create(
            county=old.county,
            organ=old.organ,
            register=old.register,
            first=old.first,
            last=old.last,
            reason=" ".join(reason.split())[:300],
            voids=old,
            by=audit.actor,
            recorded_at=timezone.now(),
        )
        audit.record("registers.take_back_nothing", row, {"register": old.register})
    return row

"""Looking whether what is known now still gives what was frozen: kept, so that lists can say it at once."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.issuing.differing import Differences
from gongkai.web.issuing.models import Frozen, Look, Noted
from gongkai.web.issuing.selectors.differences import Since, since
from gongkai.web.issuing.selectors.versions import all_standing
from gongkai.web.typed import said_on_a_line


def look(frozen: Frozen) -> Since:
    """Compile the year anew, compare, and keep what was found."""
    found = since(frozen.draft)
    keep(frozen, found.differences)
    return found


def keep(frozen: Frozen, found: Differences) -> None:
    """Write what was found where it is not what is kept."""
    before = Look.objects.filter(frozen=frozen).first()
    if before is not None and before.stamp == found.stamp:
        return
    Look.objects.update_or_create(
        frozen=frozen,
        defaults={
            "county": frozen.county,
            "stamp": found.stamp,
            "cells": len(found.cells),
            "records": len(found.records),
            "texts": len(found.texts),
            "looked_at": timezone.now(),
        },
    )


def look_at_all(county: uuid.UUID) -> int:
    """Look at every version that stands in a county; how many differ."""
    return sum(bool(look(frozen).differences) for frozen in all_standing(county))


def note(*, audit: Audit, frozen: Frozen, stamp: str, reason: str) -> Noted:
    """Say why a difference is left as it is; a further one is told anew. Refused when it is no longer this one."""
    words = said_on_a_line(reason, "不作更正的理由")
    found = look(frozen).differences
    if not found:
        raise Refused("现在的数据与定稿一致，没有需要说明的。")
    if found.stamp != stamp:
        raise Refused("数据刚刚又有变动，您看到的已不是最新的情况。请核对后再说明。")
    with transaction.atomic():
        row = Noted.objects.create(county=frozen.county, frozen=frozen, stamp=stamp, reason=words, by=audit.actor)
        audit.record("issuing.note", frozen, {"stamp": stamp, "reason": salted(words)})
    return row

"""Reminding organs of their yearly reports: what a person sent is put on record, and the system writes to the people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit, salted
from gongkai.web.collection.models import Reminded, Reminding
from gongkai.web.collection.selectors.january import Line
from gongkai.web.facts import Refused
from gongkai.web.messages.services import send
from gongkai.web.messages.subscriptions import subscribed
from gongkai.web.onrequest.selectors.reminders import mailbox_of
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.selectors import holders

MOST_WORDS = 10_000
TEMPLATE = "desk.report_due"
ROLES = ("clerk", "head")


def record(
    *, audit: Audit, year: int, lines: Sequence[Line], words: str, once: uuid.UUID, way: str = "group"
) -> Reminding:
    """Put on record that these organs were reminded in these words. The same press twice is one reminder.

    Refused without organs or words, and for an organ whose report needs no reminding any more.
    """
    plain = masked(words.strip().replace("\r\n", "\n"))
    if way == "group" and not plain:
        raise Refused("请填写发送的文字。")
    if len(plain) > MOST_WORDS or "\x00" in plain:
        raise Refused(f"文字最多{MOST_WORDS}字，不能有控制字符。")
    if not lines:
        raise Refused("请选择提醒哪些单位。")
    settled = [line.organ.name for line in lines if not line.outstanding and line.state != "handed_in"]
    if settled:
        raise Refused(f"{'、'.join(settled)}已经报送并公布，不需要提醒。请刷新后核对。")
    with transaction.atomic():
        County.objects.select_for_update().get(pk=audit.county)  # of two presses at once the second finds the first
        before = Reminding.objects.filter(county=audit.county, once=once).first()
        if before is not None:
            return before
        row = Reminding.objects.create(county=audit.county, year=year, way=way, words=plain, once=once, by=audit.actor)
        Reminded.objects.bulk_create(
            Reminded(county=audit.county, reminding=row, organ=line.organ, state=line.state.value) for line in lines
        )
        facts = {"year": year, "way": way, "organs": [str(line.organ.pk) for line in lines], "words": salted(plain)}
        audit.record("collection.remind", row, facts)
        if way == "message":
            for line in lines:
                _write(audit, row, line)
    return row


def message(*, audit: Audit, year: int, lines: Sequence[Line], once: uuid.UUID) -> tuple[Reminding, int]:
    """Write to the people of these organs that their report is due; to how many addresses.

    The message says no more than that; what is missing stands on the start page of who logs in.
    """
    row = record(audit=audit, year=year, lines=lines, words="", once=once, way="message")
    return row, sum(len(_addresses(audit.county, line.to)) for line in lines if line.to)


def _write(audit: Audit, row: Reminding, line: Line) -> None:
    if line.to is None:
        return
    for whose, to in _addresses(audit.county, line.to):
        key = f"report:{row.pk}:{line.organ.pk}{whose}"
        send(audit=audit, channel="email", template=TEMPLATE, to=to, key=key, number=f"{row.year}年度报告")


def _addresses(county: uuid.UUID, organ: Organ) -> list[tuple[str, str]]:
    """Where the organ's people are told: at their own addresses, else at the mailbox of the organ."""
    today = timezone.localdate()
    people = {person.pk for role in ROLES for person in holders(role, organ.pk, today)}
    own = [(f":{key}", subscribed(key).get("email", "")) for key in sorted(people)]
    found = [pair for pair in own if pair[1]]
    mailbox = mailbox_of(county, organ.pk, today)
    return found or ([("", mailbox)] if mailbox else [])

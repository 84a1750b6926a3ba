"""Notices: drafted, gone over, sent when a person confirms; received and replied to by each organ for itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import competent_department, living_organs
from gongkai.web.organs.succession import succession
from gongkai.web.oversight import wording
from gongkai.web.oversight.models import Notice, NoticeAct, NoticeSubject, NoticeText, Recipient
from gongkai.web.oversight.services.evidence import Sent, keep
from gongkai.web.oversight.services.words import said
from gongkai.web.oversight.wording import Subject, Text
from gongkai.web.typed import check_come

MOST_BODY = 20_000
MOST_SUBJECTS = 200
_GIVEN = "文号“{number}”已经用过，请核对登记簿后另取一个号。"
_TAKEN = "另有一人刚刚改过这份通知（第{version}稿）。您写的内容还在下面，请对照后再保存。"


@dataclass(frozen=True, slots=True)
class About:
    """What a notice is about: the thing itself by kind and key, and what the draft says of it."""

    kind: str
    key: uuid.UUID | None
    subject: Subject


def draft(
    *,
    audit: Audit,
    kind: str,
    organs: Sequence[uuid.UUID],
    about: Sequence[About],
    reply_by: date | None,
    text: Text | None = None,
) -> Notice:
    """Draft a notice to organs about overdue tasks, problems, a complaint or what a report was found to be.

    `text` stands in place of the usual words. Nothing is sent. To an organ that is no more it goes to its successor.
    Refused without an organ or a subject, and for a day to reply that has passed.
    """
    if kind not in wording.KINDS:
        raise Refused("请选择通知的种类。")
    if not about:
        raise Refused("请选择通知的事项。")
    if len(about) > MOST_SUBJECTS:
        raise Refused(f"一份通知最多{MOST_SUBJECTS}个事项，请分几份起草。")
    _check_day(reply_by)
    keys = _organs(audit, organs)
    text = text or wording.drafted(kind, [each.subject for each in about], reply_by)
    with transaction.atomic():
        notice = Notice.objects.create(
            county=audit.county, kind=kind, by=audit.actor, title=text.title[:200], reply_by=reply_by
        )
        NoticeSubject.objects.bulk_create(
            NoticeSubject(
                county=audit.county, notice=notice, kind=each.kind, key=each.key,
                words=said(each.subject.words[:500], "事项", 500),
            )
            for each in about
        )  # fmt: skip
        _write(audit, notice, 1, text.title, text.body, reply_by, keys, "oversight.draft_notice")
    return notice


def _organs(audit: Audit, organs: Sequence[uuid.UUID]) -> list[str]:
    living = {organ.pk for organ in living_organs(audit.county)}
    wanted = succession(audit.county).holders(organs)
    if not wanted or any(key not in living for key in wanted):
        raise Refused("请选择发给哪个单位。")
    return [str(key) for key in wanted]


def _check_day(reply_by: date | None) -> None:
    if reply_by is not None and reply_by < timezone.localdate():
        raise Refused("回复期限已经过去，请另定日期。")


def _write(
    audit: Audit, notice: Notice, version: int, title: str, body: str, reply_by: date | None, organs: list[str],
    act: str,
) -> NoticeText:  # fmt: skip
    row = NoticeText.objects.create(
        county=audit.county, notice=notice, version=version, title=said(title, "标题", 200),
        body=said(body, "正文", MOST_BODY), reply_by=reply_by, organs=organs, by=audit.actor,
    )  # fmt: skip
    audit.record(act, row, {"notice": str(notice.pk), "version": version, "organs": len(organs)})
    return row


def _draft_of(audit: Audit, notice: Notice) -> Notice:
    held = Notice.objects.select_for_update().get(pk=notice.pk, county=audit.county)
    if held.state != "draft":
        raise Refused(f"这份通知现在是“{held.get_state_display()}”，不能再改。")
    return held


def newest(notice: Notice) -> NoticeText:
    """The text that holds."""
    return NoticeText.objects.filter(notice=notice).order_by("-version")[0]


def edit(
    *,
    audit: Audit,
    notice: Notice,
    base: int,
    title: str,
    body: str,
    organs: Sequence[uuid.UUID],
    reply_by: date | None,
) -> NoticeText:
    """Write the next version of the text. Refused when somebody else wrote one since version `base`."""
    _check_day(reply_by)
    keys = _organs(audit, organs)
    try:
        with transaction.atomic():
            held = _draft_of(audit, notice)
            last = newest(held).version
            if last != base:
                raise Refused(_TAKEN.format(version=last))
            row = _write(audit, held, base + 1, title, body, reply_by, keys, "oversight.edit_notice")
            held.title, held.reply_by = row.title, reply_by
            held.save(update_fields=["title", "reply_by"])
    except IntegrityError as error:
        raise Refused(_TAKEN.format(version=base + 1)) from error
    return row


def send(*, audit: Audit, notice: Notice, version: int, number: str, on: date, confirmed: bool) -> NoticeAct:
    """Send a notice: it is there for its organs from now on, and nothing of it changes any more.

    Refused without a person's word that they went over it, for a text that was changed since they did, without a
    competent department in whose name it goes, and for a number that is given already.
    """
    if not confirmed:
        raise Refused("请先核对全文，勾选“已核对，确认发出”后再发出。")
    if competent_department(audit.county) is None:
        raise Refused("还没有指定政府信息公开工作主管部门，请先在“机关设置”中指定。")
    check_come(on, "印发日期")
    plain = said(number, "发文字号", 60, needed=False)
    try:
        return _send(audit, notice, version, plain, on)
    except IntegrityError as error:
        if not _given(audit, plain):
            raise
        raise Refused(_GIVEN.format(number=plain)) from error  # to another that was sent at the same moment


def _given(audit: Audit, number: str) -> bool:
    """Whether a notice of the county bears a number already."""
    return bool(number) and Notice.objects.filter(county=audit.county, number=number).exists()


def _send(audit: Audit, notice: Notice, version: int, plain: str, on: date) -> NoticeAct:
    with transaction.atomic():
        held = _draft_of(audit, notice)
        text = newest(held)
        if text.version != version:
            raise Refused(f"这份通知刚刚改为第{text.version}稿，请核对后再发出。")
        if text.reply_by is not None and text.reply_by < on:
            raise Refused("回复期限早于印发日期，请先修改期限。")
        if _given(audit, plain):
            raise Refused(_GIVEN.format(number=plain))
        row = NoticeAct.objects.create(
            county=audit.county, notice=held, act="send", on=on, version=version, number=plain, by=audit.actor
        )
        wanted = succession(audit.county).holders(uuid.UUID(key) for key in text.organs)
        if not wanted:
            raise Refused("发给的单位都已撤销，没有承接的单位，请修改后再发出。")
        Recipient.objects.bulk_create(Recipient(notice=held, organ_id=key) for key in wanted)
        held.state, held.number, held.sent_on, held.reply_by = "sent", plain, on, text.reply_by
        held.save(update_fields=["state", "number", "sent_on", "reply_by"])
        audit.record("oversight.send_notice", row, {"notice": str(held.pk), "version": version, "number": plain})
    return row


def drop(*, audit: Audit, notice: Notice, words: str) -> NoticeAct:
    """Say that a draft is not sent, and why."""
    reason = said(words, "不再发出的理由", 500)
    with transaction.atomic():
        held = _draft_of(audit, notice)
        row = NoticeAct.objects.create(
            county=audit.county, notice=held, act="drop", on=timezone.localdate(), words=reason, by=audit.actor
        )
        held.state = "dropped"
        held.save(update_fields=["state"])
        audit.record("oversight.drop_notice", row, {"notice": str(held.pk)})
    return row


def _recipients(notice: Notice, organ: uuid.UUID | None) -> list[Recipient]:
    """An organ's own, and those of organs that were merged into it since."""
    whose = succession(notice.county).carried(organ) if organ else ()
    found = list(Recipient.objects.select_for_update().filter(notice=notice, organ__in=whose).order_by("id"))
    if not found:
        raise Refused("这份通知没有发给您所在的单位。")
    return found


def receive(*, audit: Audit, notice: Notice, organ: uuid.UUID | None) -> NoticeAct:
    """Say for an organ that it has the notice. Refused a second time."""
    today = timezone.localdate()
    with transaction.atomic():
        waiting = [each for each in _recipients(notice, organ) if not each.received_on]
        if not waiting:
            raise Refused("这份通知已经签收。")
        return [_answered(audit, notice, each, "receive", today) for each in waiting][-1]


def reply(
    *, audit: Audit, notice: Notice, organ: uuid.UUID | None, words: str, files: Sequence[Sent] = ()
) -> NoticeAct:
    """Reply for an organ, as often as needed. It is received with the first reply at the latest."""
    today = timezone.localdate()
    plain = said(words, "回复的内容", 2000)
    with transaction.atomic():
        rows = []
        for held in _recipients(notice, organ):
            if not held.received_on:
                _answered(audit, notice, held, "receive", today)
            rows.append(_answered(audit, notice, held, "reply", today, plain))
        keep(audit=audit, kind="notice", of=rows[-1].pk, files=files)
    return rows[-1]


def _answered(audit: Audit, notice: Notice, held: Recipient, act: str, today: date, words: str = "") -> NoticeAct:
    row = NoticeAct.objects.create(
        county=audit.county, notice=notice, act=act, organ=held.organ_id, on=today, words=words, by=audit.actor
    )
    if act == "receive":
        held.received_on = today
    elif held.replied_on is None:
        held.replied_on = today
    held.save(update_fields=["received_on", "replied_on"])
    audit.record(f"oversight.notice_{act}", row, {"notice": str(notice.pk), "organ": str(held.organ_id)})
    return row

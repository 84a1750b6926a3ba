"""This year's applications of the demonstration: those of the last months from a ledger, the newest in every state."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from gongkai.calendar import Calendar
from gongkai.onrequest.procedure import Act
from gongkai.readers.ledger import LedgerRow
from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import OUTSIDE, YEARS
from gongkai.web.demo.matters import applicant, matter, request
from gongkai.web.onrequest import lettertext
from gongkai.web.onrequest.models import Application, Letter
from gongkai.web.onrequest.services import complaints, delivery, letters, mailroom, records
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.intake import Incoming, register
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person
from gongkai.web.rules.selectors import calendar_of

HISTORY = 24
"""Applications of the last year at each organ that come in as its ledger."""

_ENDS = ("G2", "G2", "G1", "G2", "P1", "U1a", "U1b", "G2", "N4", "R1", "U2", "R3", "O3a", "G2", "N6")
_KINDS = {
    "natural_person": "natural_person",
    "enterprise": "enterprise",
    "legal_service_provider": "legal_service_provider",
}


def _history(organ: Organ, calendar: Calendar, today: date, seed: int) -> Iterator[LedgerRow]:
    """A ledger of an organ's last year: all answered, a few of them late."""
    rng = random.Random(seed)  # noqa: S311 - an invented county, the same each time
    for number in range(HISTORY):
        received = calendar.workdays_before(today, 45 + rng.randrange(215))
        who = applicant(seed * 100 + number)
        days = rng.choice((6, 9, 12, 14, 17, 18, 19, 20, 20, 24))
        extended = received + timedelta(days=20) if days == 24 and number % 2 else None
        replied = calendar.add_workdays(received, days)
        if received.year in YEARS:
            continue  # told already
        yield LedgerRow(
            sheet="",
            line=number + 2,
            received_on=received,
            number=f"{organ.word or organ.name[:10]}-{received.year}-台账{number + 1}",
            applicant=who.name,
            applicant_kind=_KINDS[who.kind],
            identity_number=who.identity,
            phone=who.phone,
            channel=rng.choice(("in_person", "post_signed", "internet", "internet")),
            content=matter(seed + number, received.year),
            extended_on=extended,
            extended_days=10 if extended else None,
            replied_on=replied,
            decision=_ENDS[(seed + number) % len(_ENDS)],
            delivered_on=replied,
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of one organ, as auditors of their own acts."""

    clerk: Audit
    reviewer: Audit
    head: Audit


class Desk:
    """The desk of one organ in the demonstration: applications lived through as far as they have come."""

    def __init__(self, organ: Organ, staff: Staff, today: date, first: int) -> None:
        self.organ, self.staff, self.today, self.next = organ, staff, today, first
        self.calendar = calendar_of(organ.county)

    def ago(self, workdays: int) -> date:
        """The day so many working days ago."""
        return self.calendar.workdays_before(self.today, workdays) if workdays else self.today

    def received(self, workdays: int, *, channel: str = "in_person", handled: bool = True, **other: Any) -> Application:
        """An application received so many working days ago, and assigned to the clerk."""
        self.next += 1
        incoming = Incoming(
            organ=self.organ,
            channel=channel,
            who=applicant(self.next),
            content=request(self.next, self.today.year - 1),
            received_on=self.ago(workdays),
            provision="paper",
            manner="post",
            late_reason="收件当日未及录入，现补登",
            origin="portal" if channel == "internet" else "desk",
        )
        if incoming.origin == "portal":
            incoming = replace(
                incoming, manner="online", provision="email", who=replace(incoming.who, email="yanshi@example.cn")
            )
        done = register(audit=self.staff.clerk, incoming=replace(incoming, **other))
        if handled:
            records.assign(audit=self.staff.head, application=done.application, handler=self.staff.clerk.actor)
            if channel == "internet":
                records.confirm_receipt(audit=self.staff.clerk, application=done.application, way="网上申请回执")
        return done.application

    def act(self, application: Application, act: Act, workdays_ago: int, **facts: Any) -> None:
        """An act so many working days ago, by the clerk or the head."""
        audit = self.staff.head if act in (Act.EXTEND, Act.REOPEN) else self.staff.clerk
        perform(audit=audit, application=application, act=act, on=self.ago(workdays_ago), **facts)

    def reply(self, application: Application, code: str, upto: str, workdays_ago: int = 0) -> Letter:
        """A reply that has come as far as `upto`: draft, submitted, reviewed, approved, signed, sealed, sent."""
        on = self.ago(workdays_ago)
        staff = self.staff
        for evidence in EVIDENCE[code]:
            records.record(
                audit=staff.clerk,
                application=application,
                kind=evidence,
                on=on,
                words=NOTED[evidence],
                told=dict(SEARCH),
            )
        letter = letters.draft(audit=staff.clerk, application=application, code=code)
        text = lettertext.loaded(lettertext.current(letter))
        told = FIELDS[code] | ({"searched_on": f"date:{on}"} if code == "U1a" else {})
        fields = text.fields | told | {"contact": "政府信息公开工作机构，0539-8880000"}
        letters.edit(audit=staff.clerk, letter=letter, text=replace(text, fields=fields))
        steps = (
            ("submitted", lambda: letters.submit(audit=staff.clerk, letter=letter, opinion="请审核", on=on)),
            ("reviewed", lambda: letters.review(audit=staff.reviewer, letter=letter, on=on, opinion="依据充分，同意")),
            ("approved", lambda: letters.approve(audit=staff.head, letter=letter, on=on, opinion="同意")),
            ("signed", lambda: letters.sign(audit=staff.head, letter=letter, on=on, late_reason="协调多个科室检索")),
            (
                "sealed",
                lambda: letters.put_seal(audit=staff.clerk, letter=letter, on=on, seal=f"{self.organ.name}印章"),
            ),
            (
                "sent",
                lambda: delivery.send(
                    audit=staff.clerk, letter=letter, manner="post", on=on, mail_number=f"演示{self.next:08d}"
                ),
            ),
        )
        if upto != "draft":
            for name, step in steps:
                step()
                if name == upto:
                    break
        return letter


SEARCH = {
    "places": "办公室、业务科、档案室；档案管理系统、电子公文系统",
    "keywords": "项目名称、批复、合同",
    "way": "系统检索并查阅纸质档案",
    "by": "办公室王某",
    "result": "未检索到",
}
EVIDENCE: dict[str, tuple[str, ...]] = {
    "G2": ("provided_list", "disclosure_review"),
    "U1a": ("search_record",),
    "U1b": ("responsible_organ",),
}
NOTED = {
    "provided_list": "批复文件一份、合同一份",
    "disclosure_review": "经审查，不涉及国家秘密、商业秘密和个人隐私，可以公开",
    "search_record": "该事项由上级机关办理，本机关依职责不制作",
    "responsible_organ": "依部门职责，该信息由云岭县住房和城乡建设局制作和保存",
}
FIELDS: dict[str, dict[str, str]] = {
    "G2": {"provided": "批复文件一份、合同一份", "form": "纸质复印件"},
    "U1a": {
        "searched_by": "办公室、档案室",
        "search_words": "项目名称为关键词，在档案管理系统和电子公文系统",
        "reason": "本机关没有制作或者获取该信息",
    },
    "U1b": {"responsible_organ": "云岭县住房和城乡建设局，0539-8882222", "reason": "该信息由其他机关制作"},
}


def live(desk: Desk) -> None:
    """One application in every state that there is."""
    desk.received(0, channel="internet", handled=False)
    desk.received(1, channel="post_signed", handled=False)
    desk.received(3, channel="email")
    desk.received(17)
    desk.received(23)
    asked = desk.received(8)
    desk.act(
        asked,
        Act.ASK_FOR_SUPPLEMENT,
        4,
        until=desk.calendar.add_workdays(desk.today, 6),
        reason="请写明文件名称或者文号",
    )
    again = desk.received(14)
    desk.act(again, Act.ASK_FOR_SUPPLEMENT, 10, until=desk.ago(2), reason="请写明年份")
    desk.act(again, Act.RECEIVE_SUPPLEMENT, 5)
    third = desk.received(12)
    desk.act(third, Act.CONSULT_THIRD_PARTY, 6, matter="第三方甲")
    other = desk.received(15)
    desk.act(other, Act.CONSULT_ORGAN, 12, matter="机关一")
    desk.act(other, Act.END_ORGAN, 4, matter="机关一")
    longer = desk.received(22)
    desk.act(longer, Act.EXTEND, 3, days=10, reason="涉及多个年度的档案，检索需要时间")
    counsel = desk.received(9)
    desk.act(counsel, Act.ASK_COUNSEL, 2, matter="法律顾问")
    for days, code, upto in (
        (18, "G2", "draft"),
        (16, "G2", "submitted"),
        (19, "U1a", "reviewed"),
        (15, "U1b", "approved"),
        (18, "G2", "signed"),
        (19, "U1a", "sealed"),
        (20, "G2", "sent"),
        (30, "G2", "sent"),
    ):
        desk.reply(desk.received(days), code, upto)
    withdrawn = desk.received(7)
    desk.act(withdrawn, Act.WITHDRAW, 3, reason="申请人来函撤回")
    closed = desk.received(25)
    desk.reply(closed, "U1b", "sent", 8)
    desk.act(closed, Act.CLOSE, 1)
    ordered = desk.received(60)
    desk.reply(ordered, "U1a", "sent", 42)
    records.record(
        audit=desk.staff.head,
        application=ordered,
        kind="ordered",
        on=desk.ago(6),
        words="行政复议决定责令重新答复（演示）",
    )
    desk.act(ordered, Act.REOPEN, 6, days=20, reason="行政复议决定责令重新答复")
    leading, merged = desk.received(10), desk.received(9)
    desk.act(merged, Act.MERGE, 2, matter=leading.number)
    _complained(desk, ordered, closed)
    mailroom.sign_for(
        audit=desk.staff.clerk,
        organ=desk.organ,
        place="guard_room",
        signed_on=desk.ago(3),
        mail_number=f"XA{desk.next:09d}",
        sender="",
    )


def _complained(desk: Desk, answered: Application, asked: Application) -> None:
    """Two complaints: one found right, set right and answered, one that came the other day."""
    done = complaints.register(
        audit=desk.staff.clerk, organ=desk.organ, about="not_answered", complainant="演示投诉人甲", application=answered,
        words="收到申请以后没有按时答复，打电话也没有人说明原因。", received_on=desk.ago(30),
    )  # fmt: skip
    for step, ago, words in (
        ("replied", 26, "被投诉股室说明：答复比期限晚1个工作日，事先没有告知。"),
        ("rectified", 24, "已向申请人说明情况，调整了分办的时限。"),
        ("answered", 23, "投诉属实，答复确有延误，已经改正。"),
    ):
        complaints.take_step(audit=desk.staff.head, complaint=done, step=step, on=desk.ago(ago), words=words)
    complaints.register(
        audit=desk.staff.clerk, organ=desk.organ, about="wrong_answer", complainant="演示投诉人乙", application=asked,
        words="答复说由其他机关办理，但那个机关说不是他们的事。", received_on=desk.ago(2),
    )  # fmt: skip


def load_cases(county: County, audit: Audit, people: dict[str, Person]) -> int:
    """The applications of the demonstration; how many."""
    today = timezone.localdate()
    calendar = calendar_of(county.pk)
    organs = list(Organ.objects.filter(county=county.pk, valid_until__isnull=True))
    for seed, organ in enumerate(organs, start=1):
        rows = list(_history(organ, calendar, today, seed)) if organ.name not in OUTSIDE else []
        if rows:
            bring_in(audit=audit, organ=organ, rows=rows, sha256="演示")
    audits = {name: Audit(actor=person.pk, county=county.pk) for name, person in people.items()}
    for first, names in ((1000, ("王芳", "李强", "陈海")), (2000, ("周敏", "吴磊", "郑洁"))):
        where = people[names[0]].organ
        if where is not None:
            live(Desk(where, Staff(*(audits[name] for name in names)), today, first))
    return Application.objects.filter(county=county.pk).count()

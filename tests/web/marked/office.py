"""One organ's work, a row of every kind, with marks wherever someone is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.clients.services import give_token, register_client
from gongkai.web.messages.models import Message
from gongkai.web.messages.services import send
from gongkai.web.onrequest.models import Application, Attachment, CaseEvent, FeeNotice, Letter, MailItem, Number
from gongkai.web.onrequest.services import (
    complaints,
    consultations,
    corrections,
    delivery,
    disputes,
    facts,
    letters,
    links,
    mailroom,
    numbers,
    passings,
    records,
)
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.intake import Incoming, Who, correct_applicant, register
from gongkai.web.onrequest.services.online import apply_online
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from tests.web.onrequest.steps import granting, signed

TODAY = timezone.localdate()


@dataclass(frozen=True)
class Marks:
    """What may turn up nowhere but sealed, or on the screen of who may see it. `sign` is one letter."""

    sign: str

    @property
    def name(self) -> str:
        """The applicant: shown to who may look at the case."""
        return f"欧阳标记{self.sign}"

    @property
    def identity(self) -> str:
        return f"11010119900307{ord(self.sign) % 9000 + 1000}"

    @property
    def phone(self) -> str:
        return f"139{ord(self.sign) % 90000 + 10000}777"

    @property
    def email(self) -> str:
        return f"biaoji.{ord(self.sign)}@marked.example.cn"

    @property
    def address(self) -> str:
        return f"云岭县标记巷{self.sign}77号"

    @property
    def agent(self) -> str:
        return f"司马标记{self.sign}"

    @property
    def party(self) -> str:
        return f"标记建筑有限公司{self.sign}"

    @property
    def contact(self) -> str:
        return f"标记街{self.sign}8号"

    @property
    def complainant(self) -> str:
        return f"诸葛标记{self.sign}"

    @property
    def requester(self) -> str:
        return f"东方标记{self.sign}"

    @property
    def sender(self) -> str:
        return f"南宫标记{self.sign}"

    @property
    def mail(self) -> str:
        return f"EMSMARK{ord(self.sign)}CN"

    @property
    def spoken(self) -> str:
        """What was said in a contact, an opinion, a search."""
        return f"口述标记{self.sign}"

    @property
    def file(self) -> str:
        """What a file says, and its name."""
        return f"附件标记{self.sign}"

    @property
    def who(self) -> Who:
        """The applicant."""
        return Who(
            "natural_person",
            self.name,
            "identity_card",
            self.identity,
            self.phone,
            self.email,
            self.address,
            self.agent,
        )

    @property
    def content(self) -> str:
        """What is applied for, with the applicant written into it, as people do."""
        return (
            f"申请公开石桥镇农村公路项目批复（资料标记{self.sign}），"
            f"本人{self.name}，身份证{self.identity}，电话{self.phone}，邮箱{self.email}"
        )

    @property
    def applicant(self) -> tuple[str, ...]:
        """Who may be seen only by who may see personal data."""
        return (self.identity, self.phone, self.email, self.address)

    @property
    def others(self) -> tuple[str, ...]:
        """Third parties and what people said."""
        return (self.party, self.contact, self.complainant, self.requester, self.sender, self.mail)

    @property
    def every(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.applicant, *self.others, self.name, self.agent, self.spoken, self.file, f"资料标记{self.sign}")


@dataclass
class Office:
    """The keys of what was made, by the kind of thing."""

    organ: Organ
    marks: Marks
    case: Any = None
    keys: dict[str, Any] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)


def _file(marks: Marks, role: str) -> Upload:
    return Upload(f"{marks.file}.txt", f"{marks.file}：{marks.identity}".encode(), role)


def _letter(audit: Audit, application: Application, marks: Marks) -> Letter:
    letter = signed(audit, granting(audit, application, words=f"已办，{marks.spoken}"), opinion=marks.spoken)
    letters.put_seal(audit=audit, letter=letter, on=TODAY, seal="行政印章", scan=_file(marks, "stamped_scan"))
    sent = delivery.send(audit=audit, letter=letter, manner="post", on=TODAY, mail_number=marks.mail)
    delivery.came_back(audit=audit, delivery=sent, outcome="refused", on=TODAY, words=marks.spoken)
    return letter


def _told_in_the_open(audit: Audit, case: Application, answer: Letter, mail: MailItem, marks: Marks) -> None:
    """Whoever gives a reason names people, wherever a reason is asked for."""
    first = CaseEvent.objects.filter(application=case).order_by("id")[0]
    facts.correct(
        audit=audit, application=case, row=first.pk, event=first.event(), reason=f"{marks.name}来电说明收到日期"
    )
    correct_applicant(audit=audit, application=case, who=marks.who, reason=f"{marks.name}由{marks.agent}代理")
    number = Number.objects.get(letter=answer.pk)
    numbers.void(audit=audit, number=number, reason=f"{marks.name}的文书重新编号，退件{marks.phone}")
    other = mailroom.sign_for(
        audit=audit, organ=mail.organ, place="guard_room", signed_on=TODAY, mail_number="", sender=marks.sender
    )
    mailroom.not_an_application(audit=audit, item=other, reason=f"{marks.sender}的信访件")


def incoming_of(organ: Organ, marks: Marks, **other: Any) -> Incoming:
    """An application with every mark in it."""
    said = {
        "organ": organ,
        "channel": "in_person",
        "who": marks.who,
        "content": marks.content,
        "received_on": TODAY - timedelta(days=3),
        "needs": marks.spoken,
        "late_reason": f"{marks.name}周末送来，代理人{marks.agent}",
        "files": tuple(_file(marks, role) for role in ("application_scan", "identity_proof", "attachment")),
    } | other
    return Incoming(**said)


def build(audit: Audit, organ: Organ, marks: Marks, helper: Organ) -> Office:
    """Work of every kind at one organ; one case is passed on to the helping organ."""
    made = Office(organ, marks)
    answered = register(audit=audit, incoming=incoming_of(organ, marks)).application
    with transaction.atomic():
        attach(audit=audit, application=answered, file=Upload("批复.txt", "公开的批复".encode(), "released"))
        secret = Upload(f"{marks.file}.txt", f"秘密★，{marks.file}".encode(), "attachment", marked=True)
        made.keys["secret"] = attach(audit=audit, application=answered, file=secret).pk
    made.keys["answered"] = answered.pk
    answer = _letter(audit, answered, marks)
    notices = {"email": marks.email, "sms": marks.phone}
    done = apply_online(
        audit=audit,
        incoming=incoming_of(organ, marks, channel="internet", origin="portal", received_on=TODAY, manner="email"),
        notices=notices,
    )
    case = done.application
    links.link(audit=audit, application=case, other=answered, kind="related", reason=f"{marks.name}就同一项目提出")
    records.confirm_receipt(audit=audit, application=case, way="电话", words=f"{marks.name}，{marks.phone}")
    person = Person.objects.filter(organ=organ).first()
    if person:
        records.assign(audit=audit, application=case, handler=person.pk, reason=f"{marks.name}上次由其办理")
    asked = consultations.open_consultation(
        audit=audit,
        application=case,
        kind="third_party",
        letter_kind="third_party_consult",
        party=marks.party,
        contact=marks.contact,
        information=f"中标合同，{marks.spoken}",
    )
    passing = passings.ask(audit=audit, application=case, purpose="assistance", asks=marks.spoken, organ=helper)
    complaint = complaints.register(
        audit=audit,
        organ=organ,
        about="not_answered",
        words=marks.spoken,
        received_on=TODAY,
        complainant=marks.complainant,
        application=case,
    )
    complaints.take_step(audit=audit, complaint=complaint, step="forwarded", on=TODAY, words=marks.spoken)
    correction = corrections.register(
        audit=audit, organ=organ, requester=marks.requester, words=marks.spoken, received_on=TODAY
    )
    dispute = disputes.register(
        audit=audit,
        organ=organ,
        kind="reconsideration",
        before=f"云岭县人民政府（{marks.name}申请）",
        received_on=TODAY,
        application=answered,
        case_number=f"复议{ord(marks.sign)}号{marks.name}",
    )
    disputes.take_step(audit=audit, dispute=dispute, step="lesson", on=TODAY, words=marks.spoken)
    mail = mailroom.sign_for(
        audit=audit, organ=organ, place="guard_room", signed_on=TODAY, mail_number=marks.mail, sender=marks.sender
    )
    notice = FeeNotice.objects.create(
        county=audit.county, application=case, method="per_application", quantity=11, amount=100, finding="按件计收",
        notified_on=TODAY, by=audit.actor,
    )  # fmt: skip
    perform(
        audit=audit,
        application=case,
        act=Act.ASK_COUNSEL,
        on=TODAY,
        matter=f"{marks.name}一案的法律意见",
        reason=f"{marks.name}与{marks.party}有诉讼，代理人{marks.agent}，住{marks.address}",
    )
    _told_in_the_open(audit, case, answer, mail, marks)
    client = register_client(audit=audit, name=f"接入方{marks.sign}", organ=organ)
    token, _ = give_token(audit=audit, client=client, scopes=("state",), expires_on=TODAY + timedelta(days=9))
    with transaction.atomic():
        told = send(
            audit=audit, channel="email", template="application.received", to=f"{case.pk.hex[:9]}@example.cn",
            key=f"{case.pk}:again", number=case.number,
        )  # fmt: skip
    Message.objects.filter(pk=told.pk).update(state="dead", attempts=8, failure="unreachable")
    files = {row.role: row.pk for row in Attachment.objects.filter(application__in=(case, answered))}
    made.case = case
    made.numbers = [case.number, answered.number, complaint.number, correction.number]
    made.keys |= {
        "case": case.pk,
        "number": case.number,
        "other": answered.pk,
        "row": CaseEvent.objects.filter(application=case).order_by("id")[0].pk,
        "letter": asked.letter,
        "answer": answer.pk,
        "attachments": list(Attachment.objects.filter(application=case).values_list("pk", flat=True)),
        "released": files["released"],
        "stamped": files["stamped_scan"],
        "consultation": asked.pk,
        "passing": passing.pk,
        "notice": notice.pk,
        "disputes": dispute.pk,
        "complaints": complaint.pk,
        "corrections": correction.pk,
        "mail": mail.pk,
        "clients": client.pk,
        "message": told.pk,
        "token": token.pk,
        "people": person.pk if person else None,
        "organs": organ.pk,
        "registers": Number.objects.filter(organ=organ, letter=answer.pk)[0].pk,
        "code": done.query_code,
    }
    return made

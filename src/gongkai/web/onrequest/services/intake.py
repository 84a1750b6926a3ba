"""Taking an application in, from wherever it comes: once, whole, with its number, its day and its query code."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.onrequest.applicants import APPLICANT_KINDS, Channel, IdentityKind, identity_warnings, lacking_sentence
from gongkai.onrequest.applicants import CHANNELS as CHANNEL_RULES
from gongkai.onrequest.events import Event, Kind
from gongkai.text.signature import signature
from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.covered import cover_of, keep_typed, open_words, people_of
from gongkai.web.onrequest.matter import matter_of
from gongkai.web.onrequest.models import Applicant, Application, Case
from gongkai.web.onrequest.selectors.facts import stands
from gongkai.web.onrequest.services import numbers
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import copy_standing, renew, write_event
from gongkai.web.onrequest.words import CHANNELS, MANNERS, PROVISIONS
from gongkai.web.organs.models import Organ
from gongkai.web.rules.selectors import calendar_of

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
CONTENT_LIMIT = 20_000
SUBJECT_LIMIT = 60
SERIES = "依申"


@dataclass(frozen=True, slots=True)
class Who:
    """The applicant as told. `kind` is one of the form's six columns."""

    kind: str
    name: str
    identity_kind: str
    identity: str
    phone: str = ""
    email: str = ""
    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An application as it comes. `received_on` is the day of article 31; `once` makes a repeated submission arrive once.

    `late_reason` says why an earlier day is entered only now.
    """

    organ: Organ
    channel: str
    who: Who
    content: str
    received_on: date
    provision: str = "any"
    manner: str = "post"
    needs: str = ""
    subject: str = ""
    origin: str = "desk"
    once: str = ""
    late_reason: str = ""
    submitted_at: datetime | None = None
    files: tuple[Upload, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of an application at the door. `again`: it had arrived before, nothing new was written."""

    application: Application
    query_code: str
    warnings: tuple[str, ...] = ()
    again: bool = False


def missing(incoming: Incoming) -> list[str]:
    """What article 29 requires and is not there, one sentence each: asked for before an application is sent on line.

    What came on paper is registered as it is; what it lacks is a matter of supplement (art. 30), never of refusal.
    """
    who = incoming.who
    wanted = (
        (who.kind in APPLICANT_KINDS, "请选择申请人类型。"),
        (who.name.strip(), "请填写申请人的姓名或者名称。"),
        (who.identity.strip(), "请填写申请人的身份证明号码。"),
        (
            who.phone.strip() or who.email.strip() or who.address.strip(),
            "请至少填写一种联系方式：电话、电子邮箱或者通信地址。",
        ),
        (incoming.content.strip(), "请写明申请公开的政府信息的名称、文号或者便于查询的其他特征性描述。"),
        (incoming.provision in dict(PROVISIONS) and incoming.manner in dict(MANNERS), "请选择获取信息的方式、途径。"),
        (incoming.manner != "email" or who.email.strip(), "选择以电子邮件获取信息的，请填写电子邮箱。"),
        (incoming.manner != "post" or who.address.strip(), "选择以邮寄方式获取信息的，请填写通信地址。"),
    )
    return [sentence for there, sentence in wanted if not there]


def _check(incoming: Incoming, today: date) -> None:
    if incoming.origin in ("portal", "api"):
        lacking = missing(incoming)
        if lacking:
            raise Refused("".join(lacking))
    elif incoming.who.kind not in APPLICANT_KINDS or not (incoming.who.name.strip() or incoming.content.strip()):
        raise Refused("请选择申请人类型，并填写申请人的姓名（名称）或者申请的内容。其余缺少的，可以登记后告知补正。")
    if incoming.channel not in dict(CHANNELS):
        raise Refused("请选择申请的提交方式。")
    if incoming.received_on > today:
        raise Refused(f"收到日期{incoming.received_on:%Y年%-m月%-d日}还没有到，请核对。")
    if len(incoming.content) > CONTENT_LIMIT:
        raise Refused(f"申请内容最多{CONTENT_LIMIT}字，现有{len(incoming.content)}字。较长的材料请作为附件提交。")
    told = "".join((incoming.content, incoming.needs, *(getattr(incoming.who, f) for f in Who.__slots__)))
    if "\x00" in told:
        raise Refused("填写的文字中有不能识别的控制字符，请删去后重新填写。")
    if (today - incoming.received_on).days > 1 and not incoming.late_reason.strip() and incoming.origin == "desk":
        raise Refused("收到日期早于昨天，请写明为什么今天才登记。答复期限仍从收到之日的次日起算。")


def subject_line(incoming: Incoming) -> str:
    """The matter in a line, patterns of personal data written over: it stands in lists."""
    words = matter_of(" ".join((incoming.subject or incoming.content).split()))
    hidden = cover_of(_told(incoming.who))(words)
    return hidden if len(hidden) <= SUBJECT_LIMIT else hidden[: SUBJECT_LIMIT - 1] + "…"


def identity_key(who: Who) -> str:
    """The same for the same person: keyed hash of the identity number, else of name and phone."""
    told = who.identity.strip()
    return sealed.lookup("identity", told) if told else sealed.lookup("person", f"{who.name}|{who.phone}")


def content_signature(content: str) -> bytes:
    """The signature by which like applications are found."""
    return signature(content, sealed.lookup("likeness", "seed").encode()[-64:])


def new_code() -> str:
    """A query code that a person can read over the phone; 50 bits, and tries are counted."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def code_key(code: str) -> str:
    """Where a query code is looked up."""
    return sealed.lookup("query", code)


def _known(county: uuid.UUID, once: str) -> Registered | None:
    found = Application.objects.filter(county=county, once=once).first() if once else None
    return Registered(found, personal.reveal(found, "query_code"), again=True) if found else None


def register(*, audit: Audit, incoming: Incoming) -> Registered:
    """Register an application: number, day, query code, case and audit row in one transaction, or nothing at all.

    A submission with the same `once` is not registered again. A failed check digit is a warning, never a refusal.
    """
    known = _known(audit.county, incoming.once)
    if known:
        return known
    _check(incoming, timezone.localdate())
    try:
        with transaction.atomic():
            done = _write(audit, incoming)
    except IntegrityError:
        # The same submission arrived on two connections at once: the other one has been registered meanwhile.
        known = _known(audit.county, incoming.once)
        if known is None:
            raise
        return known
    failpoint("intake.committed")
    return done


def _write(audit: Audit, incoming: Incoming) -> Registered:
    organ, key, code = incoming.organ, new_key(), new_code()
    year = incoming.received_on.year
    prefix = organ.word or organ.name[:10]
    number = numbers.take(
        audit=audit, organ=organ, series=SERIES, year=year, text=f"{prefix}-{year}-{{n:04d}}", letter=None
    )
    failpoint("intake.number_taken")
    application = Application.objects.create(
        id=key,
        county=audit.county,
        organ=organ,
        number=number.text,
        channel=incoming.channel,
        origin=incoming.origin,
        subject=subject_line(incoming),
        provision=incoming.provision,
        manner=incoming.manner,
        query_key=code_key(code),
        likeness=content_signature(incoming.content),
        once=incoming.once or f"own:{key}",
        submitted_at=incoming.submitted_at or timezone.now(),
        **personal.keep(Application, key, content=incoming.content, needs=incoming.needs, query_code=code),
    )
    audit.record("onrequest.register", application, {"number": number.text, "channel": incoming.channel})
    write_applicant(audit, application, incoming.who)
    received = Event(Kind.RECEIVED, incoming.received_on)
    row = write_event(audit, application, received, reason=incoming.late_reason)
    failpoint("intake.event_written")
    for file in incoming.files:
        attach(audit=audit, application=application, file=file)
    case = Case(
        application=application,
        county=audit.county,
        organ=organ,
        number=number.text,
        subject=application.subject,
        channel=incoming.channel,
        applicant_kind=incoming.who.kind,
        to_confirm=int(CHANNEL_RULES[Channel(incoming.channel)].confirm and incoming.origin != "ledger"),
        identity_key=identity_key(incoming.who),
        revision=1,
        changed_at=timezone.now(),
    )
    copy_standing(case, stands(calendar_of(audit.county), [row]))
    case.save(force_insert=True)
    failpoint("intake.before_commit")
    return Registered(application, code, warnings_of(incoming))


def warnings_of(incoming: Incoming) -> tuple[str, ...]:
    """What a person should look at again: a check digit that fails, contents of article 29 that are lacking."""
    who = incoming.who
    paper = IdentityKind(who.identity_kind) if who.identity_kind in set(IdentityKind) else IdentityKind.OTHER
    told = {
        "name": who.name,
        "identity_proof": who.identity,
        "contact": who.phone or who.email or who.address,
        "description": incoming.content,
        "form": incoming.provision,
    }
    lacks = lacking_sentence(told)
    return (*(identity_warnings(paper, who.identity) if who.identity.strip() else ()), *((lacks,) if lacks else ()))


def _told(who: Who) -> dict[str, str]:
    return {f: getattr(who, f).strip() for f in ("name", "identity", "phone", "email", "address", "agent")}


def write_applicant(audit: Audit, application: Application, who: Who, reason: str = "") -> Applicant:
    """Who applied, sealed; inside the caller's transaction."""
    key = new_key()
    told = _told(who)
    row = Applicant.objects.create(
        id=key,
        county=audit.county,
        application=application,
        kind=who.kind,
        identity_kind=who.identity_kind,
        identity_key=identity_key(who),
        by=audit.actor,
        **open_words(Applicant, cover_of([*people_of(application), *told.items()]), reason=reason),
        **personal.keep(Applicant, key, **told),
    )
    keep_typed(row, application, reason=reason)
    audit.record("onrequest.name_applicant", row, {"kind": who.kind, "identity_key": row.identity_key})
    return row


def correct_applicant(*, audit: Audit, application: Application, who: Who, reason: str) -> Applicant:
    """Put right what was told or keyed in about the applicant; the earlier row stays."""
    if not reason.strip():
        raise Refused("请写明更正申请人信息的原因。原记录会保留。")
    if who.kind not in APPLICANT_KINDS or not who.name.strip():
        raise Refused("请填写申请人类型和姓名（名称）。")
    with transaction.atomic():
        row = write_applicant(audit, application, who, reason.strip())
        Case.objects.filter(application=application).update(applicant_kind=who.kind, identity_key=row.identity_key)
        renew(application)
    return row

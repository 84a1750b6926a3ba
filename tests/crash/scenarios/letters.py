"""A letter's way out, opinions asked for, an applicant's form with files, a ledger: each whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from gongkai.readers.ledger import LedgerRow as ReadRow
from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.messages.subscriptions import subscribed
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import (
    Applicant,
    Application,
    Attachment,
    Case,
    CaseEvent,
    Consultation,
    ConsultationStep,
    Delivery,
    DeliveryStep,
    LedgerImport,
    LedgerRow,
    Letter,
    SealUse,
)
from gongkai.web.onrequest.services import consultations, delivery, ledger, letters
from gongkai.web.onrequest.services.attachments import Upload
from gongkai.web.onrequest.services.intake import Incoming
from gongkai.web.onrequest.services.online import apply_online
from tests.crash.scenarios.onrequest import WHO, _numbers, _organ, _registered, _sign
from tests.crash.scenarios.scenario import Scenario
from tests.web.onrequest.steps import signed, told_in

NEWEST = 60


def _scan(number: int) -> Upload:
    return Upload("盖章件.pdf", b"%PDF-1.4 " + str(number).encode(), "stamped_scan")


def _deliver(audit: Audit, number: int) -> Any:
    key, text = _sign(audit, number)
    letter, today = Letter.objects.get(pk=key), timezone.localdate()
    letters.put_seal(audit=audit, letter=letter, on=today, seal="行政印章", scan=_scan(number))
    sent = delivery.send(audit=audit, letter=letter, manner="in_person", on=today)
    if number % 3:
        delivery.came_back(audit=audit, delivery=sent, outcome="signed", on=today)
    return [key, text, "delivered" if number % 3 else "sent"]


def _check_delivered(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = _numbers()
    for key, number, status in receipts:
        if not Letter.objects.filter(pk=key, number=number, status=status).exists():
            wrong.append(f"letter {number} was {status} and is not")
    for letter in Letter.objects.exclude(decision="").order_by("-id")[:NEWEST]:
        place = ("signed", "sealed", "sent", "delivered").index(letter.status) if letter.number else -1
        told = (
            SealUse.objects.filter(letter=letter).count(),
            Attachment.objects.filter(about=letter.pk, role="stamped_scan").count(),
            Delivery.objects.filter(letter=letter).count(),
            DeliveryStep.objects.filter(delivery__letter=letter).count(),
            CaseEvent.objects.filter(application=letter.application_id, kind="delivered").count(),
        )
        if place >= 0 and told != tuple(int(place >= least) for least in (1, 1, 2, 3, 3)):
            wrong.append(f"letter {letter.pk} is {letter.status} by half: {told}")
    return wrong


def _consult(audit: Audit, number: int) -> Any:
    application, today = _registered(audit, number).application, timezone.localdate()
    row = consultations.open_consultation(
        audit=audit,
        application=application,
        kind="third_party",
        letter_kind="third_party_consult",
        party="石桥镇利民建筑有限公司",
        contact="县城东街1号",
        information="中标合同",
    )
    letter = Letter.objects.get(pk=row.letter)
    signed(audit, told_in(audit, letter, contact="办公室，87880000"))
    letters.put_seal(audit=audit, letter=letter, on=today, seal="行政印章")
    sent = delivery.send(audit=audit, letter=letter, manner="post", on=today, mail_number=f"EMS{number}")
    delivery.came_back(audit=audit, delivery=sent, outcome="signed", on=today)
    consultations.answer(audit=audit, consultation=row, agrees=True, on=today, opinion=_scan(number))
    return str(row.pk)


def _check_consulted(audit: Audit, receipts: list[Any]) -> list[str]:
    known = {str(key) for key in ConsultationStep.objects.filter(step="agreed").values_list("consultation", flat=True)}
    wrong = [f"consultation {key} was answered and is not" for key in set(receipts) - known]
    about = set(Letter.objects.filter(kind="third_party_consult").values_list("about", flat=True))
    if about != set(Consultation.objects.values_list("pk", flat=True)):
        wrong.append("consultations and their letters differ")
    for row in Consultation.objects.order_by("-id")[:NEWEST]:
        told = (
            Letter.objects.get(pk=row.letter).status in ("sent", "delivered"),
            CaseEvent.objects.filter(application=row.application_id, kind="third_party_consulted").exists(),
        )
        ended = (
            row.steps.filter(step="agreed").count(),
            CaseEvent.objects.filter(application=row.application_id, kind="third_party_ended").count(),
            Attachment.objects.filter(about=row.pk, role="opinion").count(),
        )
        if len(set(told)) != 1 or len(set(ended)) != 1:
            wrong.append(f"consultation {row.pk} stands by half: {told} {ended}")
    return wrong


def _online(audit: Audit, number: int) -> Any:
    uploads = tuple(Upload(f"附件{n}.txt", f"附件{n}，{number}".encode(), "attachment") for n in (1, 2))
    incoming = Incoming(
        organ=_organ(audit),
        channel="internet",
        who=WHO,
        content=f"申请公开第{number}号公路养护合同",
        received_on=timezone.localdate(),
        origin="portal",
        once=f"online-{number}",
        files=uploads,
    )
    # The browser sends its form again when it got no answer.
    done = [apply_online(audit=audit, incoming=incoming, notices={"email": "li@example.cn"}) for _ in range(2)]
    return [str(done[0].application.pk), done[0].application.number, number, done[1].again]


def _check_online(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = [f"the form {number} was registered twice" for *_, number, again in receipts if not again]
    for key, number, asked, _ in receipts:
        application = Application.objects.filter(pk=key, number=number).first()
        if application is None or f"第{asked}号" not in personal.reveal(application, "content"):
            wrong.append(f"application {number} was promised and is not there")
    for application in Application.objects.filter(origin="portal").order_by("-id")[:NEWEST]:
        number = application.once.removeprefix("online-")
        held = Attachment.objects.filter(application=application).select_related("file").order_by("id")
        found = [files.read(row.file_id).decode() for row in held]
        if found != [f"附件{n}，{number}" for n in (1, 2)] or subscribed(application.pk) != {"email": "li@example.cn"}:
            wrong.append(f"application {application.number} is there by half: {found}")
    return wrong


def _rows(number: int) -> list[ReadRow]:
    today = timezone.localdate()
    return [
        ReadRow(
            "台账",
            line,
            today - timedelta(days=40 + line),
            number=f"旧{number}-{line}" if line % 2 else "",
            applicant=f"申请人{line}",
            applicant_kind="natural_person",
            content=f"第{number}批第{line}件",
            replied_on=today - timedelta(days=30),
            decision="G2",
            delivered_on=today - timedelta(days=29),
        )
        for line in range(2, 7)
    ]


def _bring(audit: Audit, number: int) -> Any:
    rows, name = _rows(number), sha256(str(number).encode()).hexdigest()
    first = ledger.bring_in(audit=audit, organ=_organ(audit), rows=rows, sha256=name)
    again = ledger.bring_in(audit=audit, organ=_organ(audit), rows=rows, sha256=name)
    return [number, first.taken, again.taken]


def _check_brought(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = _numbers()
    for number, taken, again in receipts:
        prints = [row.key for row in _rows(number)]
        if (taken, again) != (5, 0) or LedgerRow.objects.filter(fingerprint__in=prints).count() != 5:
            wrong.append(f"ledger {number} was brought in and is not")
    for row in LedgerImport.objects.order_by("-id")[:NEWEST]:
        keys = LedgerRow.objects.filter(ledger=row).values_list("application", flat=True)
        whole = [
            len(keys),
            Case.objects.filter(application__in=keys).count(),
            Applicant.objects.filter(application__in=keys).count(),
            CaseEvent.objects.filter(application__in=keys, kind="received").count(),
        ]
        if (
            whole != [row.taken] * 4
            or not Entry.objects.filter(act="onrequest.import_ledger", object_id=row.pk).exists()
        ):
            wrong.append(f"ledger {row.pk} came in by half: {whole} of {row.taken}")
    return wrong


def _correct(audit: Audit, number: int) -> Any:
    from gongkai.onrequest.events import Event, Kind
    from gongkai.web.onrequest.services.facts import correct

    application, today = _registered(audit, number).application, timezone.localdate()
    row = CaseEvent.objects.get(application=application)
    told = {"audit": audit, "application": application, "row": row.pk, "reason": "登记的日期有误"}
    new = correct(event=Event(Kind.RECEIVED, today - timedelta(days=1)), **told)
    try:
        correct(event=Event(Kind.RECEIVED, today), **told)
    except Refused:
        return [str(application.pk), str(new.pk)]
    raise AssertionError("a fact was corrected twice")


def _check_corrected(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = [f"correction {key} is lost" for _, key in receipts if not CaseEvent.objects.filter(pk=key).exists()]
    for row in CaseEvent.objects.filter(corrects__isnull=False).order_by("-id")[:NEWEST]:
        if Case.objects.get(application=row.application_id).received_on != row.on:
            wrong.append(f"case {row.application_id} does not show its correction")
    return wrong


def _audit_is_whole(audit: Audit, receipts: list[Any]) -> list[str]:
    """The chain over everything that was done: sealed here as the worker does, then walked."""
    from gongkai.web.audit import chain, verify

    chain.seal(audit.county)
    return list(verify.verify(audit.county).faults)


def _seal(audit: Audit, number: int) -> Any:
    from gongkai.web.audit import chain

    _registered(audit, number)
    return chain.seal(audit.county)


SCENARIOS = [
    Scenario("letters.deliver", _deliver, _check_delivered),
    Scenario("consultations.whole", _consult, _check_consulted),
    Scenario("online.apply", _online, _check_online),
    Scenario("ledger.bring_in", _bring, _check_brought),
    Scenario("onrequest.correct", _correct, _check_corrected),
    Scenario("audit.seal", _seal, _audit_is_whole),
]

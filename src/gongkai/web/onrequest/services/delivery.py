"""Delivery: what counts is the day of posting for the post, and the day of signing for every other way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.procedure import ACTS, Act
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Delivery, DeliveryStep, Letter
from gongkai.web.onrequest.services import consultations, fees
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import Upload, kept_for
from gongkai.web.typed import check_come

ACT_OF = {info.event: act for act, info in ACTS.items() if info.event}
TELLING = frozenset(
    {
        "registration_form", "receipt", "third_party_notice_to_applicant", "third_party_decision_notice",
        "close_o3b", "merge_notice", "reopening_notice", "approval_sheet", "delivery_receipt", "file_contents",
    }
)  # fmt: skip
"""Letters that tell of a fact which is one already: sending them makes none."""

AT_SENDING = ("post", "online")
"""Ways on which the day of sending is the day that counts."""


def _ready(letter: Letter) -> Letter:
    row = Letter.objects.select_for_update().select_related("application__organ").get(pk=letter.pk)
    wanted = ("sealed",) if letter_type(row.kind).seal else ("signed", "sealed")
    if row.status not in (*wanted, "sent"):
        raise Refused(
            f"文书现为“{row.get_status_display()}”，签发{'并用印' if wanted == ('sealed',) else ''}之后才能送达。"
        )
    return row


def send(
    *,
    audit: Audit,
    letter: Letter,
    manner: str,
    on: date,
    mail_number: str = "",
    proof: Upload | None = None,
) -> Delivery:
    """A letter leaves: its posting day is the day of the answer; a procedural notice takes its effect now."""
    if manner not in dict(Delivery.MANNERS):
        raise Refused("请选择送达方式。邮寄的，应当通过邮政企业寄送。")
    if manner == "post" and not mail_number.strip():
        raise Refused("请填写邮件号码，并保留邮政企业的收寄凭证。")
    check_come(on)
    key = new_key()
    with transaction.atomic():
        row = _ready(letter)
        if on < (row.signed_on or on):
            raise Refused("送达日期不能早于签发日期，请核对。")
        stored = kept_for(row, proof, "delivery_proof", audit=audit)
        delivery = Delivery.objects.create(
            id=key,
            county=row.county,
            letter=row,
            manner=manner,
            sent_on=on,
            proof=stored,
            by=audit.actor,
            **personal.keep(Delivery, key, mail_number=mail_number.strip()),
        )
        failpoint("delivery.row_written")
        audit.record("onrequest.send_letter", delivery, {"letter": str(row.pk), "manner": manner})
        first = row.status != "sent"
        row.status = "sent"
        row.revision += 1
        row.save(update_fields=["status", "revision"])
        if first and manner in AT_SENDING:
            _takes_effect(audit, row, on)
        if manner == "online":
            _delivered(row)
        failpoint("delivery.before_commit")
    return delivery


def _takes_effect(audit: Audit, letter: Letter, on: date) -> None:
    """The fact that goes with the letter: the answer is delivered, the notice given, the consultation begun."""
    kind = letter_type(letter.kind).event
    if letter.decision:
        perform(audit=audit, application=letter.application, act=Act.DELIVER, on=on)
    elif kind in ACT_OF and letter.facts and letter.kind not in TELLING:
        details: dict[str, Any] = dict(letter.facts)
        until = details.get("until")
        perform(
            audit=audit,
            application=letter.application,
            act=ACT_OF[kind],
            on=on,
            until=date.fromisoformat(until) if until else None,
            days=details.get("days"),
            matter=details.get("matter", ""),
            as_fact=True,
            reason="文书已经送出",
        )
        fees.notified(audit=audit, letter=letter, on=on)


def _delivered(letter: Letter) -> None:
    letter.status = "delivered"
    letter.revision += 1
    letter.save(update_fields=["status", "revision"])


def came_back(
    *,
    audit: Audit,
    delivery: Delivery,
    outcome: str,
    on: date,
    words: str = "",
    proof: Upload | None = None,
) -> DeliveryStep:
    """What became of a delivery. Signed for, or left: the letter is delivered; returned or refused: a person decides."""
    if outcome not in dict(DeliveryStep.OUTCOMES):
        raise Refused("请选择送达结果：签收、退回、拒收或者留置。")
    if on < delivery.sent_on or on > timezone.localdate():
        raise Refused("结果的日期应当在送出之日以后、今天以前，请核对。")
    key = new_key()
    with transaction.atomic():
        row = Letter.objects.select_for_update().select_related("application__organ").get(pk=delivery.letter_id)
        stored = kept_for(row, proof, "delivery_proof", audit=audit)
        step = DeliveryStep.objects.create(
            id=key,
            county=row.county,
            delivery=delivery,
            outcome=outcome,
            on=on,
            proof=stored,
            by=audit.actor,
            **personal.keep(DeliveryStep, key, words=words.strip()),
        )
        failpoint("delivery.outcome_written")
        audit.record("onrequest.delivery_outcome", step, {"outcome": outcome})
        if outcome in ("signed", "left") and row.status == "sent":
            if delivery.manner not in AT_SENDING:
                _takes_effect(audit, row, on)
            _delivered(row)
            consultations.arrived(audit=audit, letter=row, on=on)
    return step

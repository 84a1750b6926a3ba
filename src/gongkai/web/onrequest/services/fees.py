"""The information processing fee: an exception, after the excess was found and only where the organ switched it on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from gongkai.calendar import in_chinese
from gongkai.law.errors import Refusal
from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, CaseEvent, CaseRecord, FeeNotice, FeePayment, Letter
from gongkai.web.onrequest.selectors.fees import METHODS, reckoned, switched_on
from gongkai.web.onrequest.services import letters, records
from gongkai.web.onrequest.services.acts import perform, possible

LAPSED = "O2"
"""The decision on an application whose fee was not paid in time."""


def find_excess(*, audit: Audit, application: Application, words: str, on: date) -> CaseRecord:
    """Find that number and frequency are clearly beyond reason: with the facts, for a court to see."""
    return records.record(audit=audit, application=application, kind="excess_found", on=on, words=words)


def draft_notice(
    *,
    audit: Audit,
    application: Application,
    method: str,
    pages: int | None = None,
    pay_by: date | None = None,
    way: str = "",
) -> Letter:
    """Begin the fee notice, filled with the amount and its steps; the notice is given when the letter is delivered.

    Refused while the fee is off or no excess was found, for a sum of nothing, and for a last day before the limit.
    """
    today = timezone.localdate()
    if method not in METHODS:
        raise Refused("请选择按件计收或者按量计收。同一件申请只能用一种方式。")
    may = possible(application, Act.NOTIFY_FEE, today)
    if not may.allowed:
        raise Refused(may.reason)
    if method == "per_page" and not pages:
        raise Refused("按量计收的，请填写页数。")
    try:
        fee, units, before = reckoned(application, method, pages, today)
    except Refusal as gap:
        raise Refused(f"{gap.says}。") from gap
    if not fee.yuan:
        raise Refused(f"按收费标准不收费：{'；'.join(step.says for step in fee.steps)}。")
    if pay_by is None or pay_by <= today:
        raise Refused("缴费期限的最后一日应当在今天以后，请核对。")
    unit = "页" if method == "per_page" else "件"
    steps = "；".join(f"{step.says}，计{step.yuan}元" for step in fee.steps)
    excess = (
        f"你（单位）本月内向本机关提出的申请，至本件共{before + units}件"
        if method == "per_application"
        else f"本件申请提供的信息共{units}页"
    )
    fields = {
        "excess_facts": excess,
        "fee_method": METHODS[method],
        "fee_units": f"{units}{unit}",
        "fee_rate": steps,
        "fee_amount": str(fee.yuan),
        "fee_until": pay_by,
        "fee_way": way.strip(),
    }
    facts = {
        "until": pay_by.isoformat(),
        "method": method,
        "quantity": units,
        "already": before,
        "amount": fee.yuan,
    }
    return letters.draft(audit=audit, application=application, kind="fee_notice", fields=fields, facts=facts)


def notified(*, audit: Audit, letter: Letter, on: date) -> FeeNotice | None:
    """The notice has reached the applicant: its row in the register; inside the transaction of the delivery."""
    told = dict(letter.facts)
    if letter.kind != "fee_notice" or "amount" not in told or FeeNotice.objects.filter(letter=letter.pk).exists():
        return None
    return _write(audit, letter.application, told, on, letter)


def notify_on_paper(
    *,
    audit: Audit,
    application: Application,
    method: str,
    on: date,
    pages: int | None = None,
    pay_by: date | None = None,
) -> FeeNotice:
    """A notice that was given on paper: the fact on the clock and the row in the register, with the reckoned amount."""
    if method not in METHODS:
        raise Refused("请选择按件计收或者按量计收。同一件申请只能用一种方式。")
    if pay_by is not None and pay_by < on:
        raise Refused("缴费期限的最后一日不能早于通知之日，请核对。")
    try:
        fee, units, before = reckoned(application, method, pages, on)
    except Refusal as gap:
        raise Refused(f"{gap.says}。") from gap
    if not fee.yuan and switched_on(application, on):
        raise Refused(f"按收费标准不收费：{'；'.join(step.says for step in fee.steps)}。")
    with transaction.atomic():
        perform(audit=audit, application=application, act=Act.NOTIFY_FEE, on=on, until=pay_by)
        told = {"method": method, "quantity": units, "already": before, "amount": fee.yuan}
        return _write(audit, application, told | {"until": pay_by.isoformat() if pay_by else None}, on, None)


def _write(
    audit: Audit, application: Application, told: dict[str, object], on: date, letter: Letter | None
) -> FeeNotice:
    until = told.get("until")
    quantity = int(str(told["quantity"]))
    row = FeeNotice.objects.create(
        county=application.county,
        application=application,
        method=str(told["method"]),
        quantity=quantity,
        already=int(str(told["already"])),
        amount=Decimal(str(told["amount"])),
        finding=f"{METHODS[str(told['method'])]}，共{quantity}{'页' if told['method'] == 'per_page' else '件'}",
        letter=letter.pk if letter else None,
        notified_on=on,
        pay_by=date.fromisoformat(str(until)) if until else None,
        by=audit.actor,
    )
    audit.record("onrequest.notify_fee", row, {"amount": str(row.amount), "method": row.method})
    return row


def amount_of(said: str) -> Decimal:
    """A sum that was typed, in yuan. Refused for what is none."""
    try:
        found = Decimal(said.strip().removesuffix("元"))
    except InvalidOperation:
        raise Refused("请填写缴费金额，例如“200”或者“200.50”。") from None
    if not found.is_finite() or found <= 0 or found >= 10**10 or found != found.quantize(Decimal("0.01")):
        raise Refused("缴费金额应当大于0，最多两位小数。")
    return found


def pay(*, audit: Audit, notice: FeeNotice, amount: Decimal, paid_on: date, receipt_number: str = "") -> FeePayment:
    """A payment. Once all is paid the count begins anew, the day after payment being its first.

    Refused for a day before the notice or to come, for more than is owed, and once all was paid.
    """
    if paid_on < notice.notified_on or paid_on > timezone.localdate():
        raise Refused(f"缴费日期应当在发出通知之日{in_chinese(notice.notified_on)}以后、今天以前，请核对。")
    with transaction.atomic():
        held = FeeNotice.objects.select_for_update().get(pk=notice.pk)
        paid = held.payments.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        owed = held.amount - paid
        if owed <= 0:
            raise Refused("这份通知的费用已经缴清。")
        if amount > owed:
            raise Refused(f"还应缴{owed}元，登记的金额多于应缴的金额，请核对。")
        row = FeePayment.objects.create(
            county=held.county,
            notice=held,
            amount=amount,
            paid_on=paid_on,
            receipt_number=receipt_number.strip()[:60],
            by=audit.actor,
        )
        audit.record("onrequest.pay_fee", row, {"notice": str(held.pk), "amount": str(amount)})
        if amount == owed:
            _receive(audit, held, paid_on)
    return row


def _receive(audit: Audit, notice: FeeNotice, on: date) -> CaseEvent | None:
    """The fact on the clock; a payment that comes after the case ended stays in the register only."""
    application = notice.application
    if not possible(application, Act.RECEIVE_FEE, on).allowed:
        return None
    return perform(audit=audit, application=application, act=Act.RECEIVE_FEE, on=on)


def draft_lapse(*, audit: Audit, notice: FeeNotice) -> Letter:
    """Begin the reply that an application is no longer processed since its fee was not paid in time.

    Refused once all was paid, and while there is still time to pay.
    """
    today = timezone.localdate()
    paid = notice.payments.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if paid >= notice.amount:
        raise Refused("费用已经缴清，不能以逾期未缴费结案。")
    if notice.pay_by is None or today <= notice.pay_by:
        raise Refused("缴费期限还没有届满，请等候缴费。")
    letter = Letter.objects.filter(pk=notice.letter).first() if notice.letter else None
    fields = {
        "notice_number": letter.number if letter else "",
        "notice_delivered_on": notice.notified_on,
        "fee_until": notice.pay_by,
    }
    return letters.draft(audit=audit, application=notice.application, code=LAPSED, fields=fields)

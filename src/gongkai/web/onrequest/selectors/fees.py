"""Reading fees: what would be charged and why, the notices with what was paid, and the figures for the report."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum

from gongkai.onrequest.fee import Charged, Fee, in_month, per_application, per_page
from gongkai.web.onrequest.models import Application, Case, CaseRecord, FeeNotice, FeePayment
from gongkai.web.onrequest.selectors.casefacts import FEE
from gongkai.web.organs.selectors import Organs
from gongkai.web.rules.selectors import setting

METHODS = dict(FeeNotice.METHODS)


def switched_on(application: Application, on: date) -> bool:
    """Whether the organ of a case charges a fee on a day: off until it said so."""
    return bool(setting(application.county, FEE, organ=application.organ_id, on=on))


def counted_before(application: Application) -> int:
    """The applications of the same applicant to the same organ in the calendar month, before this one."""
    case = Case.objects.get(application=application)
    received = case.received_on
    earlier = Q(received_on__lt=received) | Q(received_on=received, pk__lt=case.pk)
    rows = Case.objects.filter(
        earlier, organ=case.organ_id, identity_key=case.identity_key, received_on__gte=received.replace(day=1)
    )
    lines = (Charged(case.identity_key, day) for day in rows.values_list("received_on", flat=True))
    return in_month(lines, case.identity_key, received)


def reckoned(application: Application, method: str, pages: int | None, on: date) -> tuple[Fee, int, int]:
    """(the fee with its steps, how many units, how many were counted before).

    By the piece within the calendar month of receipt, by the page within the one application. LawGap before the
    measure took effect, Unlawful for fewer than one.
    """
    charging = switched_on(application, on)
    if method == "per_page":
        return per_page(pages or 0, charging=charging, on=on), pages or 0, 0
    before = counted_before(application)
    return per_application(1, charging=charging, before=before, on=on), 1, before


def excess_found(application: Application) -> bool:
    """Whether it was found that number and frequency are clearly beyond reason."""
    return CaseRecord.objects.filter(application=application, kind="excess_found").exists()


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A fee notice with what was paid."""

    row: FeeNotice
    number: str
    organ: str
    method: str
    paid: Decimal
    paid_on: date | None
    receipts: tuple[str, ...]
    lapsed: bool

    @property
    def open(self) -> bool:
        """Whether something is still to be paid."""
        return self.paid < self.row.amount


def _line(row: FeeNotice, today: date) -> NoticeLine:
    payments = sorted(row.payments.all(), key=lambda p: p.pk)
    paid = sum((p.amount for p in payments), Decimal(0))
    late = row.pay_by is not None and row.pay_by < today and paid < row.amount
    return NoticeLine(
        row=row,
        number=row.application.number,
        organ=row.application.organ.name,
        method=METHODS[row.method],
        paid=paid,
        paid_on=payments[-1].paid_on if payments and paid >= row.amount else None,
        receipts=tuple(p.receipt_number for p in payments if p.receipt_number),
        lapsed=late,
    )


def notices(
    county: uuid.UUID,
    organs: Organs,
    today: date,
    *,
    year: int | None = None,
    application: Application | None = None,
) -> list[NoticeLine]:
    """The fee notices of these organs, newest first."""
    rows = FeeNotice.objects.filter(county=county)
    if organs is not None:
        rows = rows.filter(application__organ__in=organs)
    if year is not None:
        rows = rows.filter(notified_on__year=year)
    if application is not None:
        rows = rows.filter(application=application)
    rows = rows.select_related("application__organ").prefetch_related("payments").order_by("-notified_on", "-id")
    return [_line(row, today) for row in rows[:500]]


def told_in(
    county: uuid.UUID, organs: tuple[uuid.UUID, ...], year: int, known_at: datetime | None = None
) -> FeeFigures:
    """What section six says of the notices of a year, as known at a moment (now); payments of any year count."""
    known = Q() if known_at is None else Q(recorded_at__lte=known_at)
    rows = FeeNotice.objects.filter(known, county=county, application__organ__in=organs, notified_on__year=year)
    of = rows.aggregate(n=Count("*"), amount=Sum("amount"))
    paid = FeePayment.objects.filter(known, notice__in=rows.order_by().values("pk")).aggregate(paid=Sum("amount"))
    return FeeFigures(of["n"], of["amount"] or Decimal(0), paid["paid"] or Decimal(0))


def notice_of(application: Application, key: uuid.UUID) -> FeeNotice | None:
    """One notice of a case."""
    return FeeNotice.objects.filter(application=application, pk=key).select_related("application").first()


@dataclass(frozen=True, slots=True)
class FeeFigures:
    """What section six of the report says of fees."""

    notices: int
    amount: Decimal
    paid: Decimal


def figures(lines: Iterable[NoticeLine]) -> FeeFigures:
    """How many notices, what they came to, what was paid."""
    rows = list(lines)
    return FeeFigures(
        len(rows), sum((line.row.amount for line in rows), Decimal(0)), sum((line.paid for line in rows), Decimal(0))
    )

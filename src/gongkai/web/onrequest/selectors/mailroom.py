"""Reading the mail room's book."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.web.audit.services import Audit
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.covered import see_typed_about
from gongkai.web.onrequest.models import MailItem, MailStep
from gongkai.web.rules.selectors import calendar_of

PLACES = MailItem.PLACES
"""Where letters come in."""


@dataclass(frozen=True, slots=True)
class Item:
    """A letter in the book, as the mail room sees it. `waiting`: working days since it was signed for, when open.

    The sender is not shown: it is opened when the letter is registered, and then on record.
    """

    key: uuid.UUID
    organ: str
    place: str
    mail_number: str
    signed_on: date
    handed_on: date | None
    outcome: str
    reason: str
    application: uuid.UUID | None
    number: str
    waiting: int | None

    @property
    def alarm(self) -> bool:
        """Signed for on an earlier working day and still nobody's case: 已签收未登记."""
        return bool(self.waiting and self.waiting > 0)


def unregistered(organs: Sequence[uuid.UUID] | None, county: uuid.UUID) -> QuerySet[MailItem]:
    """Letters that were signed for and neither registered nor found to be something else: the alarm.

    `organs` None: those of the whole county.
    """
    rows = MailItem.objects.filter(county=county) if organs is None else MailItem.objects.filter(organ__in=organs)
    settled = MailStep.objects.filter(item=OuterRef("pk"), step__in=("registered", "not_application"))
    return rows.exclude(Exists(settled)).order_by("signed_on", "id")


def items(
    county: uuid.UUID, organs: Sequence[uuid.UUID], today: date, *, open_only: bool, limit: int = 200
) -> list[Item]:
    """The book of these organs: what is open first by day, else the newest."""
    rows = (
        unregistered(organs, county)
        if open_only
        else MailItem.objects.filter(organ__in=organs).order_by("-signed_on", "-id")
    )
    calendar = calendar_of(county)
    found = []
    for row in rows.select_related("organ").prefetch_related("steps__application")[:limit]:
        steps = sorted(row.steps.all(), key=lambda step: step.pk)
        handed = next((s.on for s in steps if s.step == "handed_over"), None)
        settled = next((s for s in steps if s.step != "handed_over"), None)
        application = settled.application if settled else None
        found.append(
            Item(
                key=row.pk,
                organ=row.organ.name,
                place=row.get_place_display(),
                mail_number=personal.reveal(row, "mail_number"),
                signed_on=row.signed_on,
                handed_on=handed,
                outcome=settled.get_step_display() if settled else "",
                reason=settled.reason if settled else "",
                application=application.pk if application else None,
                number=application.number if application else "",
                waiting=None if settled else calendar.left(row.signed_on, today),
            )
        )
    return found


def see_reason(audit: Audit, item: MailItem) -> str:
    """Why a letter is no application, as it was typed; that it was seen is written before."""
    step = MailStep.objects.filter(item=item, step="not_application").first()
    return (see_typed_about(audit, step) or step.reason) if step else ""


def item_of(county: uuid.UUID, key: uuid.UUID) -> MailItem | None:
    """One letter of the county's books."""
    return MailItem.objects.filter(county=county, pk=key).select_related("organ").first()

"""The rows of one case, table by table: a page reads each table once, and only those in which the case has any."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from gongkai.web.memo import once_a_page, remembering
from gongkai.web.onrequest.models import (
    Application,
    Assignment,
    Attachment,
    Case,
    CaseEvent,
    CaseRecord,
    Consultation,
    DeliveryStep,
    Dispute,
    Letter,
    LetterStep,
    Link,
    Passing,
    SealUse,
)

_HAS = {
    "record": "onrequest_record WHERE application_id = %s",
    "letter": "onrequest_letter WHERE application_id = %s",
    "seal": "onrequest_seal_use s JOIN onrequest_letter l ON l.id = s.letter_id WHERE l.application_id = %s",
    "delivery": "onrequest_delivery_step s JOIN onrequest_delivery d ON d.id = s.delivery_id"
    " JOIN onrequest_letter l ON l.id = d.letter_id WHERE l.application_id = %s",
    "assignment": "onrequest_assignment WHERE application_id = %s",
    "passing": "onrequest_passing WHERE application_id = %s",
    "attachment": "onrequest_attachment WHERE application_id = %s",
    "link": "onrequest_link WHERE application_id = %s",
    "linked": "onrequest_link WHERE other_id = %s",
    "dispute": "onrequest_dispute WHERE application_id = %s",
    "consultation": "onrequest_consultation WHERE application_id = %s",
}
"""Where a case may have rows besides its events; most cases have them in few of these tables."""

_ASK = "SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {where})" for where in _HAS.values())  # noqa: S608 - ours alone


@once_a_page
def _has(application: Application) -> frozenset[str]:
    key = Application._meta.pk.get_db_prep_value(application.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [key] * len(_HAS))
        found = cursor.fetchone()
    return frozenset(name for name, there in zip(_HAS, found, strict=True) if there)


def _none(application: Application, *names: str) -> bool:
    """Whether a page may leave a question out. Who is not making a page asks the table itself."""
    return remembering() and not _has(application) & set(names)


@once_a_page
def case_of(application: Application) -> Case:
    """What follows from the facts, as it stands in the cache."""
    return Case.objects.select_related("organ").get(application=application)


@once_a_page
def told(application: Application) -> list[CaseEvent]:
    """Every fact ever told, in the order of telling, corrected ones included."""
    return list(CaseEvent.objects.filter(application=application).order_by("id"))


@once_a_page
def records(application: Application) -> list[CaseRecord]:
    """The work on the case that left evidence, by day."""
    if _none(application, "record"):
        return []
    return list(CaseRecord.objects.filter(application=application))


@once_a_page
def letters(application: Application) -> list[Letter]:
    """The letters of the case, oldest first."""
    if _none(application, "letter"):
        return []
    return list(Letter.objects.filter(application=application).order_by("id"))


def letter_steps(application: Application) -> list[LetterStep]:
    """What was done with the letters."""
    keys = [letter.pk for letter in letters(application)]
    return list(LetterStep.objects.filter(letter__in=keys)) if keys else []


def seal_uses(application: Application) -> list[SealUse]:
    """Which seal was put on them."""
    if _none(application, "seal"):
        return []
    return list(SealUse.objects.filter(letter__in=[letter.pk for letter in letters(application)]))


def delivery_steps(application: Application) -> list[DeliveryStep]:
    """What became of their deliveries."""
    if _none(application, "delivery"):
        return []
    keys = [letter.pk for letter in letters(application)]
    return list(DeliveryStep.objects.filter(delivery__letter__in=keys).select_related("delivery"))


def assignments(application: Application) -> list[Assignment]:
    """Who was given the case."""
    return [] if _none(application, "assignment") else list(Assignment.objects.filter(application=application))


@once_a_page
def passings(application: Application) -> list[Passing]:
    """To whom it was shown, and that this ended, oldest first."""
    if _none(application, "passing"):
        return []
    return list(Passing.objects.filter(application=application).select_related("organ").order_by("id"))


@once_a_page
def attachments(application: Application) -> list[Attachment]:
    """Its files, oldest first."""
    if _none(application, "attachment"):
        return []
    return list(Attachment.objects.filter(application=application).select_related("file").order_by("id"))


@once_a_page
def links(application: Application) -> list[Link]:
    """What people decided about this application and others, from either side, oldest first."""
    if _none(application, "link", "linked"):
        return []
    either = Q(application=application) | Q(other=application)
    return list(Link.objects.filter(either).select_related("application", "other").order_by("id"))


@once_a_page
def disputes(application: Application) -> list[Dispute]:
    """Reconsiderations and lawsuits about the case with their steps, by day."""
    if _none(application, "dispute"):
        return []
    rows = Dispute.objects.filter(application=application).select_related("organ", "application", "follows")
    return list(rows.prefetch_related("steps").order_by("received_on", "id"))


def consultations(application: Application) -> list[Consultation]:
    """Who was asked for an opinion, oldest first."""
    if _none(application, "consultation"):
        return []
    return list(Consultation.objects.filter(application=application).order_by("id"))

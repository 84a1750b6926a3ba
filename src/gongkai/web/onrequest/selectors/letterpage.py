"""What the page of a letter shows, and the letter as the writers print it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.documents.letters import Letter as Printable
from gongkai.onrequest.letters import Letter as Composed
from gongkai.onrequest.letters import field_names, letter_type, missing_elements
from gongkai.web.audit.services import Audit
from gongkai.web.onrequest import lettertext, personal
from gongkai.web.onrequest.lettertext import Text
from gongkai.web.onrequest.models import Delivery, DeliveryStep, Letter, LetterStep, SealUse
from gongkai.web.onrequest.services.letters import before_signing
from gongkai.web.people.selectors import names_of
from gongkai.web.typed import key_asked

LONG = frozenset(
    {
        "content", "supplement_matters", "guidance", "provided", "withheld_parts", "reason", "finding", "weighing",
        "search_scope", "searched_by", "search_words", "places", "existing", "comparison", "public_interest",
        "information", "questions", "special_provision", "responsible_organ", "supplement_trail", "reasons_trail",
    }
)  # fmt: skip
"""Fields that take more than a line."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a letter on its page."""

    key: str
    label: str
    value: str
    needed: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that was taken."""

    said: str
    on: date
    name: str
    opinion: str
    on_paper: bool
    exception: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery and what became of it."""

    key: uuid.UUID
    manner: str
    sent_on: date
    mail_number: str
    outcomes: tuple[tuple[str, date], ...]
    open: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The page of a letter."""

    text: Text
    composed: Composed
    fields: tuple[Field, ...]
    missing: tuple[str, ...]
    forbids: tuple[str, ...]
    warns: tuple[str, ...]
    stages: tuple[Stage, ...]
    seals: tuple[SealUse, ...]
    sent: tuple[Sent, ...]
    editable: bool


def day_fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind that are days."""
    return tuple(name for name in letter_type(kind).fields if name.endswith(("_on", "_until", "due_on")))


def _fields(letter: Letter, text: Text) -> tuple[Field, ...]:
    kind, names, values = letter_type(letter.kind), field_names(), lettertext.values(text.fields)
    days = day_fields(letter.kind)
    found = []
    for key in kind.fields:
        value = values.get(key, "")
        shown = value.isoformat() if isinstance(value, date) else str(value)
        form = "day" if key in days else "long" if key in LONG else "line"
        found.append(Field(key, names[key], shown, key in kind.needs, form))
    return tuple(found)


def _stages(letter: Letter) -> tuple[Stage, ...]:
    rows = list(LetterStep.objects.filter(letter=letter))
    names = names_of({row.by for row in rows})
    return tuple(
        Stage(
            said=row.get_step_display(),
            on=row.on,
            name=names.get(row.by, ""),
            opinion=personal.reveal(row, "opinion"),
            on_paper=row.paper_id is not None,
            exception=row.exception,
        )
        for row in rows
    )


def _sent(letter: Letter) -> tuple[Sent, ...]:
    found = []
    for row in Delivery.objects.filter(letter=letter).order_by("id"):
        steps = list(DeliveryStep.objects.filter(delivery=row).order_by("id"))
        found.append(
            Sent(
                key=row.pk,
                manner=row.get_manner_display(),
                sent_on=row.sent_on,
                mail_number=personal.reveal(row, "mail_number"),
                outcomes=tuple((step.get_outcome_display(), step.on) for step in steps),
                open=not steps and row.manner != "online",
            )
        )
    return tuple(found)


def letter_page(letter: Letter, today: date) -> LetterPage:
    """All that the page of a letter shows."""
    text = lettertext.loaded(lettertext.current(letter))
    fixed = letter.status in ("signed", "sealed", "sent", "delivered", "void")
    forbids, warns = ([], []) if fixed else before_signing(letter, today)
    lacking = () if text.paragraphs else missing_elements(letter.kind, lettertext.values(text.fields))
    return LetterPage(
        text=text,
        composed=lettertext.composed(letter, text, on=letter.signed_on or today),
        fields=_fields(letter, text),
        missing=tuple(field_names()[name] for name in lacking),
        forbids=tuple(forbids),
        warns=tuple(warns),
        stages=_stages(letter),
        seals=tuple(SealUse.objects.filter(letter=letter).order_by("id")),
        sent=_sent(letter),
        editable=letter.status in ("draft", "returned"),
    )


def printable(letter: Letter, today: date) -> Printable:
    """The letter as the writers of Word and PDF take it."""
    text = lettertext.loaded(lettertext.current(letter))
    made = lettertext.composed(letter, text, on=letter.signed_on or today)
    return Printable(
        organ_name=letter.organ.name,
        title=made.title,
        addressee=made.addressee,
        paragraphs=made.paragraphs,
        number=made.number,
        remedy=made.remedy,
        attachments=text.attachments,
        contact=made.contact,
        signer=made.signer,
        dated_on=made.dated_on,
    )


def open_delivery(letter: Letter, key: str) -> Delivery | None:
    """A delivery of this letter by its key."""
    wanted = key_asked(key)
    return Delivery.objects.filter(letter=letter, pk=wanted).first() if wanted else None


def manners() -> tuple[tuple[str, str], ...]:
    """The ways of delivery."""
    return Delivery.MANNERS


def delivery_outcomes() -> tuple[tuple[str, str], ...]:
    """What may become of a delivery."""
    return DeliveryStep.OUTCOMES


def opened(*, audit: Audit, letter: Letter, form: str) -> None:
    """Write down that a letter with the applicant's name was taken out."""
    with transaction.atomic():
        audit.record("onrequest.open_letter", letter, {"form": form})

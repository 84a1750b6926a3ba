"""Reading the registers of an office: numbers with their gaps, seals, deliveries."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.onrequest.letters import letter_type
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Counter, Delivery, Letter, Number, SealUse
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.people.selectors import names_of

ALL, SHOWN = 100_000, 500
"""How many lines a file holds, and how many a page shows: the newest."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series of numbers of one organ in one year."""

    organ: uuid.UUID
    organ_name: str
    series: str
    year: int
    last: int

    @property
    def key(self) -> str:
        """As an address says it."""
        return f"{self.organ}:{self.series}:{self.year}"


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number of the register, or a run of numbers that nobody took (`until` is its last)."""

    value: int
    until: int
    text: str
    state: str
    state_zh: str
    what: str
    on: date | None
    name: str
    reason: str
    case: uuid.UUID | None
    letter: uuid.UUID | None
    key: uuid.UUID | None
    voidable: bool


def series_of(county: uuid.UUID, organs: Organs) -> list[Series]:
    """Every series that a number was taken of, newest year first."""
    rows = Counter.objects.filter(organ__county=county).select_related("organ")
    rows = of_organs(rows, organs)
    found = [
        Series(row.organ_id, row.organ.name, row.series, row.year, row.last)
        for row in rows.order_by("-year", "organ__position", "series")
    ]
    return [each for each in found if each.last or _taken(each).exists()]


def _taken(series: Series) -> QuerySet[Number]:
    return Number.objects.filter(organ=series.organ, series=series.series, year=series.year)


def numbers(series: Series, limit: int = SHOWN) -> list[NumberLine]:
    """The last numbers of a series in order: used, taken by hand, void, and the gaps between them."""
    rows = list(_taken(series).select_related("void").order_by("-value")[:limit])[::-1]
    letters = {
        letter.pk: letter
        for letter in Letter.objects.filter(pk__in=[row.letter for row in rows if row.letter]).only(
            "pk", "kind", "status", "application_id"
        )
    }
    names = names_of([row.by for row in rows])
    found: list[NumberLine] = []
    expected = 1 if len(rows) < limit else rows[0].value
    for row in rows:
        if row.value > expected:
            found.append(_gap(series, expected, row.value - 1))
        found.append(_line(row, letters.get(row.letter) if row.letter else None, names))
        expected = row.value + 1
    if series.last >= expected:
        found.append(_gap(series, expected, series.last))
    return found


def _gap(series: Series, first: int, last: int) -> NumberLine:
    words = f"{first}号" if first == last else f"{first}号至{last}号"
    return NumberLine(first, last, words, "gap", "空号", "没有取用", None, "", "", None, None, None, voidable=False)


def _line(row: Number, letter: Letter | None, names: dict[uuid.UUID, str]) -> NumberLine:
    void = getattr(row, "void", None)
    state = "void" if void else "manual" if row.manual else "used"
    said = {"void": "作废", "manual": "手工取号", "used": "使用"}[state]
    live = letter is not None and letter.status != "void"
    return NumberLine(
        value=row.value,
        until=row.value,
        text=row.text,
        state=state,
        state_zh=said,
        what=letter_type(letter.kind).zh if letter else "",
        on=row.recorded_at.date(),
        name=names.get(row.by, ""),
        reason=void.reason if void else "",
        case=letter.application_id if letter else None,
        letter=letter.pk if letter else None,
        key=row.pk,
        voidable=void is None and not live and row.letter is not None,
    )


def number(county: uuid.UUID, key: uuid.UUID) -> Number | None:
    """One number of the county."""
    return Number.objects.filter(county=county, pk=key).select_related("organ").first()


def in_use(row: Number) -> bool:
    """Whether a letter that was not voided bears the number, or it is no letter's number at all."""
    if row.letter is None:
        return True
    return Letter.objects.filter(pk=row.letter).exclude(status="void").exists()


@dataclass(frozen=True, slots=True)
class SealLine:
    """A line of the seal register."""

    on: date
    organ: str
    seal: str
    letter: str
    number: str
    copies: int
    scan: bool
    name: str
    case: uuid.UUID
    key: uuid.UUID


def seals(county: uuid.UUID, organs: Organs, year: int, limit: int = SHOWN) -> list[SealLine]:
    """The seal register of a year, its last lines in order."""
    rows = SealUse.objects.filter(county=county, on__year=year)
    rows = of_organs(rows, organs)
    held = list(rows.select_related("letter", "organ").order_by("-on", "-id")[:limit])[::-1]
    names = names_of([row.by for row in held])
    return [
        SealLine(
            row.on,
            row.organ.name,
            row.seal,
            letter_type(row.letter.kind).zh,
            row.letter.number,
            row.copies,
            row.scan_id is not None,
            names.get(row.by, ""),
            row.letter.application_id,
            row.letter_id,
        )
        for row in held
    ]


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A line of the delivery register; who received it is in the case."""

    sent_on: date
    organ: str
    letter: str
    number: str
    manner: str
    mail_number: str
    outcome: str
    outcome_on: date | None
    proof: bool
    case: uuid.UUID
    key: uuid.UUID


def deliveries(county: uuid.UUID, organs: Organs, year: int, limit: int = SHOWN) -> list[DeliveryLine]:
    """The delivery register of a year, its last lines in order."""
    rows = Delivery.objects.filter(county=county, sent_on__year=year)
    rows = of_organs(rows, organs, "letter__organ")
    rows = rows.select_related("letter__organ").prefetch_related("steps").order_by("-sent_on", "-id")
    return [_delivery(row) for row in rows[:limit]][::-1]


def _delivery(row: Delivery) -> DeliveryLine:
    steps = sorted(row.steps.all(), key=lambda step: (step.on, step.pk))
    last = steps[-1] if steps else None
    return DeliveryLine(
        sent_on=row.sent_on,
        organ=row.letter.organ.name,
        letter=letter_type(row.letter.kind).zh,
        number=row.letter.number,
        manner=row.get_manner_display(),
        mail_number=personal.reveal(row, "mail_number"),
        outcome=last.get_outcome_display() if last else "",
        outcome_on=last.on if last else None,
        proof=row.proof_id is not None or any(step.proof_id for step in steps),
        case=row.letter.application_id,
        key=row.letter_id,
    )


def years_of(county: uuid.UUID, today: date) -> Iterable[int]:
    """The years that a register may be asked for."""
    first = Number.objects.filter(county=county).order_by("year").values_list("year", flat=True).first()
    return range(today.year, (first or today.year) - 1, -1)

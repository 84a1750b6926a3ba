"""Numbers: taken one by one under a lock, also by hand from a paper registry; a void one is kept and never given again."""

from __future__ import annotations

import uuid

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.covered import Cover, covering, keep_typed, open_words
from gongkai.web.onrequest.models import Application, Counter, Letter, Number, NumberVoid
from gongkai.web.organs.models import Organ


def _counter(organ: Organ, series: str, year: int) -> Counter:
    """The counter of a series, locked until the transaction ends."""
    rows = Counter.objects.select_for_update()
    found = rows.filter(organ=organ, series=series, year=year).first()
    if found is None:
        Counter.objects.get_or_create(organ=organ, series=series, year=year)
        found = rows.get(organ=organ, series=series, year=year)
    return found


def take(*, audit: Audit, organ: Organ, series: str, year: int, text: str, letter: uuid.UUID | None = None) -> Number:
    """The next number of `series` in `year`; `text` has one {n} where it stands. Inside the caller's transaction.

    Numbers that a person took by hand from the paper registry are passed over.
    """
    counter = _counter(organ, series, year)
    taken = set(
        Number.objects.filter(organ=organ, series=series, year=year, value__gt=counter.last).values_list(
            "value", flat=True
        )
    )
    value = counter.last + 1
    while value in taken or Number.objects.filter(county=audit.county, text=text.format(n=value)).exists():
        value += 1
    counter.last = value
    counter.save(update_fields=["last"])
    return _write(audit, organ, series, year, value, text.format(n=value), letter, manual=False)


def take_by_hand(
    *, audit: Audit, organ: Organ, series: str, year: int, value: int, text: str, letter: uuid.UUID | None = None
) -> Number:
    """A number given on paper by the registry. Refused when it is taken, also when its letter was voided."""
    if value < 1:
        raise Refused("文号的序号应当是1以上的整数。")
    _counter(organ, series, year)
    said = text.format(n=value)
    if (
        Number.objects.filter(organ=organ, series=series, year=year, value=value).exists()
        or Number.objects.filter(county=audit.county, text=said).exists()
    ):
        raise Refused(f"“{said}”已经用过（包括已作废的文号），请核对登记簿后另取一个号。")
    return _write(audit, organ, series, year, value, said, letter, manual=True)


def _write(
    audit: Audit, organ: Organ, series: str, year: int, value: int, text: str, letter: uuid.UUID | None, *, manual: bool
) -> Number:
    row = Number.objects.create(
        county=audit.county,
        organ=organ,
        series=series,
        year=year,
        value=value,
        text=text,
        letter=letter,
        manual=int(manual),
        by=audit.actor,
    )
    audit.record("onrequest.take_number", row, {"text": text, "manual": manual})
    return row


def _case_of(number: Number) -> Application | None:
    """The case that a number stands for: of its letter, or of the application that bears it."""
    letter = Letter.objects.filter(pk=number.letter).select_related("application").first() if number.letter else None
    return (
        letter.application if letter else Application.objects.filter(county=number.county, number=number.text).first()
    )


def void(*, audit: Audit, number: Number, reason: str) -> NumberVoid:
    """Say that a number is not used, and why. Refused without a reason or when it was said before."""
    if not reason.strip():
        raise Refused("请写明作废的原因。作废的文号会留在登记簿里，不再使用。")
    with transaction.atomic():
        if NumberVoid.objects.filter(number=number).exists():
            raise Refused(f"“{number.text}”已经作废。")
        case = _case_of(number)
        cover = covering(case) if case else Cover()
        row = NumberVoid.objects.create(
            county=audit.county, number=number, by=audit.actor, **open_words(NumberVoid, cover, reason=reason)
        )
        keep_typed(row, case, reason=reason)
        audit.record("onrequest.void_number", row, {"text": number.text})
    return row

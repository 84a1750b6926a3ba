"""Voiding a number of the register, and taking a register out of the system."""

from __future__ import annotations

import uuid

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Number, NumberVoid
from gongkai.web.onrequest.selectors.registers import in_use
from gongkai.web.onrequest.services import numbers
from gongkai.web.people.models import Person


def void(*, audit: Audit, number: Number, reason: str) -> NumberVoid:
    """Say that a number is not used. Refused while a letter bears it: then the letter is voided, and the number with it."""
    if in_use(number):
        raise Refused(f"“{number.text}”正在使用。文书作废的，请在文书页面作废，文号随之作废并留在登记簿里。")
    return numbers.void(audit=audit, number=number, reason=reason)


def exported(*, audit: Audit, person: Person, register: str, year: int, count: int) -> None:
    """That a register was taken out of the system is on record."""
    with transaction.atomic():
        audit.record("onrequest.export_register", person, {"register": register, "year": year, "count": count})


def key_of(said: str) -> tuple[uuid.UUID, str, int] | None:
    """A series as an address says it."""
    try:
        organ, series, year = said.rsplit(":", 2)[-3:]
        return uuid.UUID(organ), series, int(year)
    except ValueError:
        return None

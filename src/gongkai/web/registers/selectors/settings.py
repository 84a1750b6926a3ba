"""What holds for the registers on a day: set by the county, else the usual."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from gongkai.proactive.registers import Register
from gongkai.proactive.stock import Lapsed
from gongkai.web.registers import rulekeys
from gongkai.web.rules.selectors import setting


def lapsed(county: uuid.UUID, on: date, known_at: datetime | None = None) -> Lapsed | None:
    """Whether documents that lapsed count as repealed, as set by a moment (by now); None until the county says."""
    found = setting(county, rulekeys.LAPSED, on=on, known_at=known_at)
    return Lapsed(found) if found else None


def grace(county: uuid.UUID, organ: uuid.UUID | None, on: date) -> int:
    """How many days after the end of a period its rows are to be there."""
    found = setting(county, rulekeys.GRACE, organ=organ, on=on)
    return rulekeys.GRACE_DAYS if found is None else int(found)


def soon_months(county: uuid.UUID, on: date) -> int:
    """How many months before its last day a document is pointed out."""
    return int(setting(county, rulekeys.SOON_MONTHS, on=on) or rulekeys.MONTHS_BEFORE)


def days(county: uuid.UUID, of: Register, on: date) -> int | None:
    """The days of a register's limit, or after which what is followed up is stale; None: nothing is judged."""
    usual = of.limit.days if of.limit else of.follow.days if of.follow and of.follow.stale else None
    found: Any = setting(county, f"{rulekeys.DAYS}:{of.key}", on=on)
    return usual if found is None else int(found)


def rhythm(county: uuid.UUID, of: Register, on: date) -> str:
    """How often a register is to be written, or each of its rows to be followed up; empty for never."""
    usual = of.rhythm or (of.follow.every if of.follow else "")
    found = setting(county, f"{rulekeys.RHYTHM}:{of.key}", on=on)
    return usual if found is None else "" if found == "none" else str(found)

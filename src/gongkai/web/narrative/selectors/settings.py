"""How long a part of the report may be, as the county or the organ set it."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.annual.narrative.facts import SECTIONS
from gongkai.web.narrative.rulekeys import length_key
from gongkai.web.rules.selectors import setting


def longest(county: uuid.UUID, organ: uuid.UUID | None, section: str, on: date) -> int | None:
    """The most characters of a part; None where nothing was set."""
    found = setting(county, length_key(section), organ=organ, on=on)
    return found if isinstance(found, int) and found else None


def lengths(county: uuid.UUID, organ: uuid.UUID | None, on: date) -> dict[str, int | None]:
    """The same for every part."""
    return {section: longest(county, organ, section, on) for section in SECTIONS}

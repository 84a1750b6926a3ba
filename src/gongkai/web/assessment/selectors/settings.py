"""What the county set for assessment."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.web.assessment.rulekeys import USUAL_WEIGHT, WEIGHT
from gongkai.web.rules.selectors import setting


def weight(county: uuid.UUID, on: date) -> int:
    """The share of an organ's whole performance that the assessment has, in per cent."""
    found = setting(county, WEIGHT, on=on)
    return found if isinstance(found, int) else USUAL_WEIGHT

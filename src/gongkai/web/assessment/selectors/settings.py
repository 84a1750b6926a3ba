"""What the county set for assessment."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.web.assessment.rulekeys import USUAL_WEIGHT, WEIGHT
from gongkai.web.rules.selectors import number_set


def weight(county: uuid.UUID, on: date) -> int:
    """The share of an organ's whole performance that the assessment has, in per cent."""
    return number_set(county, WEIGHT, USUAL_WEIGHT, on)

"""What the county set for the public's appraisal."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.web.rules.selectors import setting


def number_set(county: uuid.UUID, key: tuple[str, int], on: date) -> int:
    """What holds on a day: the county's own number, or the usual one."""
    found = setting(county, key[0], on=on)
    return found if isinstance(found, int) else key[1]

"""Setting how long a part of the report may be. No provision says so: it is the county's own, or the organ's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.annual.narrative.facts import SECTIONS
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.narrative.rulekeys import length_key
from gongkai.web.rules.models import Setting
from gongkai.web.rules.services import set_value

LEAST, MOST = 100, 20_000


def set_length(
    *, audit: Audit, section: str, characters: int | None, valid_from: date, organ: uuid.UUID | None = None,
    reason: str = "",
) -> Setting | None:  # fmt: skip
    """Set the most characters of a part from a day on; None: no longer watched."""
    if section not in SECTIONS:
        raise Refused("没有这一部分。")
    if characters is not None and not LEAST <= characters <= MOST:
        raise Refused(f"字数上限应当在{LEAST}到{MOST}之间，不提示的留空。")
    return set_value(
        audit=audit, key=length_key(section), value=characters or 0, valid_from=valid_from, organ=organ, reason=reason
    )


def set_all(*, audit: Audit, characters: Mapping[str, int | None], valid_from: date, reason: str = "") -> None:
    """Set the county's lengths of several parts, or none where one is refused."""
    with transaction.atomic():
        for section, most in characters.items():
            set_length(audit=audit, section=section, characters=most, valid_from=valid_from, reason=reason)

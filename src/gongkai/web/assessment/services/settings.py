"""Setting what a county decides of assessment itself."""

from __future__ import annotations

from datetime import date

from gongkai.web.assessment.rulekeys import WEIGHT
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.rules.services import set_value


def set_weight(*, audit: Audit, said: str, valid_from: date) -> None:
    """Set the share of the whole performance in per cent. Refused for what is no whole number from 0 to 100."""
    text = said.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 100):
        raise Refused("考核的比重请填0至100的整数。")
    set_value(audit=audit, key=WEIGHT, value=int(text), valid_from=valid_from)

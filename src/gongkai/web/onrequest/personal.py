"""Personal data in the rows of this app: as everywhere, and who saw them is on record under this app's act."""

from __future__ import annotations

from typing import Any

from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Fact
from gongkai.web.personal import keep, reveal, revealed

__all__ = ["keep", "reveal", "revealed", "seen"]


def seen(audit: Audit, row: Fact, *columns: str) -> dict[str, Any]:
    """The words of personal columns for a person's eyes: that they saw them is written first, in one transaction."""
    return personal.seen(audit, "onrequest.see_personal", row, *columns)

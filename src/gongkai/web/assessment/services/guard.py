"""The rule that no table lifts: who belongs to an organ never assesses it."""

from __future__ import annotations

import uuid

from gongkai.web.assessment.policies import OWN, at_home
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.people.selectors import person


def not_at_home(audit: Audit, organ: uuid.UUID) -> None:
    """Refused when who acts belongs to this organ."""
    who = person(audit.county, audit.actor)
    if who is not None and at_home(who, organ):
        raise Refused(OWN)

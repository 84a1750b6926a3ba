"""What an office has set for proactive disclosure, organ by organ."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.proactive.limits import OwnLimit
from gongkai.proactive.reevaluation import DEFAULT_MONTHS
from gongkai.proactive.stages import Plan
from gongkai.web.organs.models import Organ
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.selectors.facts import own_limit
from gongkai.web.review.selectors import plan_for
from gongkai.web.rules.selectors import setting


@dataclass(frozen=True, slots=True)
class OrganSettings:
    """What holds for one organ on a day."""

    organ: uuid.UUID
    name: str
    index_code: str
    plan: Plan
    own_limit: OwnLimit | None
    evaluation_months: int


def settings_of(organs: Iterable[Organ], on: date) -> list[OrganSettings]:
    """What holds for these organs on a day."""
    return [
        OrganSettings(
            organ.pk,
            organ.name,
            str(setting(organ.county, rulekeys.INDEX_CODE, organ=organ.pk, on=on) or ""),
            plan_for(organ.county, organ.pk, "general", on),
            own_limit(organ.county, organ.pk, "publish", on),
            int(setting(organ.county, rulekeys.EVALUATION_MONTHS, organ=organ.pk, on=on) or DEFAULT_MONTHS),
        )
        for organ in organs
    ]

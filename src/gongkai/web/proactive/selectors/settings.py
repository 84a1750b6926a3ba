"""What an office has set for proactive disclosure, organ by organ."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.limits import LIMITS, OwnLimit
from gongkai.proactive.reevaluation import DEFAULT_MONTHS
from gongkai.proactive.stages import Plan, plan_of
from gongkai.web.organs.models import Organ
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.selectors.facts import own_limit
from gongkai.web.review.selectors import PLAN, plan_for
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
    by_kind: tuple[tuple[str, str, Plan], ...] = ()
    by_limit: tuple[tuple[str, str, OwnLimit], ...] = ()


def _plans(organ: Organ, on: date) -> tuple[tuple[str, str, Plan], ...]:
    """The kinds of entries for which the organ has stages of their own."""
    found = ((k.key, k.zh, setting(organ.county, f"{PLAN}:{k.key}", organ=organ.pk, on=on)) for k in kinds().values())
    return tuple((key, zh, plan) for key, zh, data in found if (plan := plan_of(data)))


def own_limits(county: uuid.UUID, organ: uuid.UUID, on: date) -> tuple[tuple[str, str, OwnLimit], ...]:
    """The kinds of information for which the organ set a limit of its own, each with it."""
    found = (
        (key, zh, setting(county, f"{rulekeys.OWN_LIMIT}:{key}", organ=organ, on=on)) for key, zh in LIMITS.items()
    )
    return tuple((key, zh, OwnLimit(int(d["amount"]), d.get("unit", "workday"))) for key, zh, d in found if d)


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
            _plans(organ, on),
            own_limits(organ.county, organ.pk, on),
        )
        for organ in organs
    ]

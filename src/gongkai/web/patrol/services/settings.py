"""Setting what the patrol goes by: days, whose addresses are whose, from when reviews are compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.patrol.addresses import normal
from gongkai.patrol.kinds import GRADES, Grade
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.patrol.rulekeys import DAYS, OWN_EVERY, REVIEWED_FROM, ROUTES
from gongkai.web.rules.services import set_value

MOST_ROUTES = 500
MOST_DAYS = 120


def set_days(*, audit: Audit, days: dict[Grade, int], valid_from: date) -> None:
    """Set the working days by weight."""
    for grade, amount in days.items():
        if not 1 <= amount <= MOST_DAYS:
            raise Refused(f"“{GRADES[grade]}”的天数应为1至{MOST_DAYS}个工作日。")
    with transaction.atomic():
        for grade, amount in days.items():
            set_value(audit=audit, key=DAYS[grade][0], value=amount, valid_from=valid_from)


def set_routes(*, audit: Audit, rows: Iterable[tuple[str, str]], valid_from: date) -> None:
    """Set which organ answers for which addresses: (beginning, key of the organ); empty beginnings are left out."""
    organs = {str(organ.pk) for organ in living_organs(audit.county)}
    kept: dict[str, str] = {}
    for said, organ in rows:
        begin = said.strip()
        if not begin:
            continue
        spelt = normal(begin if "://" in begin else f"http://{begin}")
        if spelt is None:
            raise Refused(f"网址的开头“{begin[:80]}”不对，应像 www.example.gov.cn/jyj/ 这样写。")
        if organ not in organs:
            raise Refused(f"请为“{begin[:80]}”选择机关。")
        bare = spelt.partition("://")[2]
        if bare in kept:
            raise Refused(f"“{bare[:80]}”写了两次。")
        kept[bare] = organ
    if len(kept) > MOST_ROUTES:
        raise Refused(f"最多{MOST_ROUTES}行。")
    set_value(audit=audit, key=ROUTES, value=sorted(map(list, kept.items())), valid_from=valid_from)


def set_reviewed_from(*, audit: Audit, day: date | None, valid_from: date) -> None:
    """Set the day from which items on line must have a record of review; None: not compared."""
    set_value(audit=audit, key=REVIEWED_FROM, value=day.isoformat() if day else "", valid_from=valid_from)


def set_own_every(*, audit: Audit, days: int, valid_from: date) -> None:
    """Set after how many days our own pages are walked by themselves; 0: never."""
    if not 0 <= days <= MOST_DAYS:
        raise Refused(f"自动巡查的间隔应为0至{MOST_DAYS}天，0为不自动巡查。")
    set_value(audit=audit, key=OWN_EVERY, value=days, valid_from=valid_from)


def set_all(
    *,
    audit: Audit,
    days: dict[Grade, int],
    rows: Iterable[tuple[str, str]],
    since: date | None,
    own_every: int,
    valid_from: date,
) -> None:
    """Set everything, or nothing where something is refused."""
    with transaction.atomic():
        set_days(audit=audit, days=days, valid_from=valid_from)
        set_routes(audit=audit, rows=rows, valid_from=valid_from)
        set_reviewed_from(audit=audit, day=since, valid_from=valid_from)
        set_own_every(audit=audit, days=own_every, valid_from=valid_from)

"""Setting what supervision goes by."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.oversight.rulekeys import PASS_MARK, PROBLEM_DAYS, REPLY_DAYS
from gongkai.web.rules.services import set_value

MOST_DAYS = 120


def set_all(*, audit: Audit, problem_days: int, reply_days: int, pass_mark: int, valid_from: date) -> None:
    """Set everything, or nothing where something is refused."""
    for words, days in (("整改天数", problem_days), ("回复天数", reply_days)):
        if not 1 <= days <= MOST_DAYS:
            raise Refused(f"{words}应为1至{MOST_DAYS}个工作日。")
    if not 1 <= pass_mark <= 100:
        raise Refused("及格线应为1至100分。")
    with transaction.atomic():
        for key, value in ((PROBLEM_DAYS, problem_days), (REPLY_DAYS, reply_days), (PASS_MARK, pass_mark)):
            set_value(audit=audit, key=key[0], value=value, valid_from=valid_from)

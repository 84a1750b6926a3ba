"""Setting what the public's appraisal goes by."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.web.appraisal.rulekeys import BURST, LEAST, MINUTES, SAME
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.rules.services import set_value


def set_all(*, audit: Audit, least: int, burst: int, minutes: int, same: int, valid_from: date) -> None:
    """Set everything, or nothing where something is refused."""
    for words, number, low, high in (
        ("不列比例的份数", least, 1, 1000),
        ("集中提交的份数", burst, 2, 1000),
        ("集中提交的分钟数", minutes, 1, 1440),
        ("雷同答卷的份数", same, 2, 1000),
    ):
        if not low <= number <= high:
            raise Refused(f"{words}应为{low}至{high}。")
    with transaction.atomic():
        for key, value in ((LEAST, least), (BURST, burst), (MINUTES, minutes), (SAME, same)):
            set_value(audit=audit, key=key[0], value=value, valid_from=valid_from)

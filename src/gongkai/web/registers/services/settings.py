"""Setting what the law leaves open for the registers; all of it 本系统规则, from a day on."""

from __future__ import annotations

import uuid
from datetime import date

from gongkai.proactive.registers import RHYTHMS, registers
from gongkai.proactive.stock import Lapsed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.registers import rulekeys
from gongkai.web.rules.models import Setting
from gongkai.web.rules.services import set_value


def set_lapsed(*, audit: Audit, counting: str, valid_from: date, reason: str = "") -> Setting | None:
    """Whether documents that lapsed count as repealed; empty takes it back to neutral."""
    if counting and counting not in set(Lapsed):
        raise Refused("请选择失效的文件是否计入废止。")
    return set_value(audit=audit, key=rulekeys.LAPSED, value=counting, valid_from=valid_from, reason=reason)


def set_grace(*, audit: Audit, days: int | None, valid_from: date, organ: uuid.UUID | None = None) -> Setting | None:
    """How many days after the end of a period its rows are to be there."""
    if days is None or not 0 <= days <= 90:
        raise Refused("每期结束后几日内登记，应当在0到90之间。")
    return set_value(audit=audit, key=rulekeys.GRACE, value=days, valid_from=valid_from, organ=organ)


def set_soon_months(*, audit: Audit, months: int | None, valid_from: date) -> Setting | None:
    """How many months before its last day a document is pointed out."""
    if months is None or not 1 <= months <= 24:
        raise Refused("提前几个月提示文件即将失效，应当在1到24之间。")
    return set_value(audit=audit, key=rulekeys.SOON_MONTHS, value=months, valid_from=valid_from)


def set_days(*, audit: Audit, register: str, days: int | None, valid_from: date) -> Setting | None:
    """The days of a register's limit, or after which what is followed up is stale; None: nothing is judged."""
    of = registers().get(register)
    if of is None or (of.limit is None and (of.follow is None or not of.follow.stale)):
        raise Refused("这种台账没有期限。")
    if days is not None and not 0 <= days <= 366:
        raise Refused("期限应当在0到366日之间。")
    return set_value(audit=audit, key=f"{rulekeys.DAYS}:{register}", value=days, valid_from=valid_from)


def set_rhythm(*, audit: Audit, register: str, every: str, valid_from: date) -> Setting | None:
    """How often a register is to be written; `none` for one without rhythm."""
    of = registers().get(register)
    if of is None or not (of.rhythm or of.follow):
        raise Refused("这种台账不按期登记。")
    if every != "none" and every not in RHYTHMS:
        raise Refused("请选择登记周期。")
    return set_value(audit=audit, key=f"{rulekeys.RHYTHM}:{register}", value=every, valid_from=valid_from)

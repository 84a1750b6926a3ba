"""Setting what an office chooses for proactive disclosure; all of it 本系统规则, from a day on, with its reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from gongkai.proactive.catalogue import columns
from gongkai.proactive.limits import LIMITS
from gongkai.proactive.numbers import code_fault
from gongkai.proactive.staleness import UNITS
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.rules.models import Setting
from gongkai.web.rules.selectors import setting
from gongkai.web.rules.services import set_value

MOST_DAYS, MOST_MONTHS = 250, 60


def set_index_code(*, audit: Audit, organ: uuid.UUID, code: str, valid_from: date) -> Setting | None:
    """The first part of the organ's index numbers. Numbers already given do not change."""
    code = "".join(code.split()).upper()
    if wrong := code_fault(code):
        raise Refused(wrong)
    return set_value(audit=audit, key=rulekeys.INDEX_CODE, value=code, valid_from=valid_from, organ=organ)


def set_own_limit(
    *,
    audit: Audit,
    amount: int | None,
    valid_from: date,
    organ: uuid.UUID | None = None,
    unit: str = "workday",
    limit: str = "",
) -> Setting | None:
    """A limit of one's own beside the law's, for one kind of information or all; None takes it back."""
    if unit not in ("workday", "day"):
        raise Refused("请选择工作日或者日。")
    if limit and limit not in LIMITS:
        raise Refused("请选择公开期限。")
    if amount is not None and not 1 <= amount <= MOST_DAYS:
        raise Refused(f"自定的期限应当在1到{MOST_DAYS}之间。")
    key = f"{rulekeys.OWN_LIMIT}:{limit}" if limit else rulekeys.OWN_LIMIT
    value = {"amount": amount, "unit": unit} if amount is not None else {}
    return set_value(audit=audit, key=key, value=value, valid_from=valid_from, organ=organ)


def set_evaluation_months(
    *, audit: Audit, months: int, valid_from: date, organ: uuid.UUID | None = None
) -> Setting | None:
    """How often what is withheld is looked at again."""
    if not 1 <= months <= MOST_MONTHS:
        raise Refused(f"评估间隔应当在1到{MOST_MONTHS}个月之间。")
    return set_value(audit=audit, key=rulekeys.EVALUATION_MONTHS, value=months, valid_from=valid_from, organ=organ)


def set_columns(*, audit: Audit, own: Mapping[str, str], valid_from: date) -> Setting | None:
    """The county's own columns beside the usual ones, by key; or the usual ones under another name."""
    for key, words in own.items():
        if not key.strip() or not words.strip() or len(words) > 40:
            raise Refused("栏目应当有代码和名称，名称最多40字。")
        if key in columns() and columns()[key].board and key != "statutory":
            raise Refused(f"“{columns()[key].zh}”是统一的板块，不能改名。")
    return set_value(audit=audit, key=rulekeys.COLUMNS, value=dict(own), valid_from=valid_from)


def set_column_interval(
    *, audit: Audit, column: str, amount: int | None, unit: str, valid_from: date
) -> Setting | None:
    """After how long without anything new the county has a column pointed out; None: as it came with the system."""
    if column not in column_names(audit.county):
        raise Refused("请选择栏目。")
    if unit not in UNITS:
        raise Refused("请选择周或者月。")
    if amount is not None and not 1 <= amount <= MOST_MONTHS:
        raise Refused(f"更新间隔应当在1到{MOST_MONTHS}之间。")
    held = dict(setting(audit.county, rulekeys.COLUMN_INTERVALS, on=valid_from) or {})
    held.pop(column, None)
    if amount is not None:
        held[column] = {"amount": amount, "unit": unit}
    return set_value(audit=audit, key=rulekeys.COLUMN_INTERVALS, value=held, valid_from=valid_from)


def set_topics(*, audit: Audit, topics: Mapping[str, str], valid_from: date) -> Setting | None:
    """The county's topic pages, by key."""
    if any(not key.strip() or not words.strip() or len(words) > 40 for key, words in topics.items()):
        raise Refused("专题应当有代码和名称，名称最多40字。")
    return set_value(audit=audit, key=rulekeys.TOPICS, value=dict(topics), valid_from=valid_from)

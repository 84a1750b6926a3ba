"""The other limits of a case, each a number of the law from a day on: a notice, an opinion, a payment, a dispute.

Working days are counted as for the reply. Natural days and months of the laws of procedure end on the first working
day after, when their last day is a holiday; where the law has no such rule (the Budget Law) the counted day stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.calendar import Calendar, Period, after_days, after_months, in_chinese
from gongkai.law.citations import LITIGATION, RECONSIDERATION, Citation
from gongkai.law.errors import Unlawful
from gongkai.law.parameters import PARAMETERS, Parameters, Unit, Value
from gongkai.law.tables import LITIGATION_INTERPRETED
from gongkai.onrequest.standing import Step

RECONSIDERATION_PERIODS = Citation(
    RECONSIDERATION,
    "第八十八条第一款",
    "行政复议期间的计算和行政复议文书的送达，本法没有规定的，依照《中华人民共和国民事诉讼法》关于期间、送达的规定执行",
)
RECONSIDERATION_WORKDAYS = Citation(
    RECONSIDERATION,
    "第八十八条第二款",
    "本法关于行政复议期间有关“三日”、“五日”、“七日”、“十日”的规定是指工作日，不含法定休假日",
)
LITIGATION_PERIODS = Citation(
    LITIGATION_INTERPRETED,
    "第四十八条第三款",
    "期间届满的最后一日是节假日的，以节假日后的第一日为期间届满的日期",
)
CITATIONS = (RECONSIDERATION_PERIODS, RECONSIDERATION_WORKDAYS, LITIGATION_PERIODS)

_ROLLS = {
    RECONSIDERATION: RECONSIDERATION_PERIODS,
    LITIGATION: LITIGATION_PERIODS,
    LITIGATION_INTERPRETED: LITIGATION_PERIODS,
}
_EXTENDABLE = {"reconsideration_decide": "reconsideration_extend"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit and how it came about. `key` is that of the parameter."""

    key: str
    says: str
    due_on: date
    provisional: bool
    steps: tuple[Step, ...]


def limit(
    key: str,
    counted_from: date,
    calendar: Calendar,
    parameters: Parameters = PARAMETERS,
    *,
    further_days: int = 0,
) -> Limit:
    """The limit of the parameter `key` that runs from `counted_from`, which itself does not count.

    `further_days`: by how many days it was extended, where the law allows that.
    """
    parameter = parameters[key]
    value = parameter.on(counted_from)
    amount = parameter.amount(counted_from)
    begin = f"{parameter.counts_from}为{in_chinese(counted_from)}，当日不计算在内"
    steps = [Step(counted_from, begin, value.citation)]
    if further_days:
        further = _further(key, counted_from, further_days, parameters)
        steps.append(Step(counted_from, f"期限延长{further_days}日", further.citation))
        amount += further_days
    says = f"{parameter.says}：{amount}{parameter.unit.label}"
    if parameter.unit is Unit.WORKDAY:
        due = calendar.add_workdays(counted_from, amount)
        workdays = value.citation and value.citation.law == RECONSIDERATION
        steps.append(
            Step(due, f"{says}，至{in_chinese(due)}", RECONSIDERATION_WORKDAYS if workdays else value.citation)
        )
        return Limit(key, parameter.says, due, calendar.provisional(due), tuple(steps))
    period = _period(parameter.unit, counted_from, amount, calendar)
    steps.append(Step(period.counted_on, f"{says}，至{in_chinese(period.counted_on)}", value.citation))
    if period.shortened:
        steps.append(Step(period.counted_on, "最后一个月没有相应的日期，以当月最后一日为准"))
    rolls = _ROLLS.get(value.citation.law) if value.citation else None
    if rolls is None:
        return Limit(key, parameter.says, period.counted_on, provisional=False, steps=tuple(steps))
    if period.rolled:
        steps.append(Step(period.last_on, f"最后一日不是工作日，顺延至{in_chinese(period.last_on)}", rolls))
    return Limit(key, parameter.says, period.last_on, period.provisional, tuple(steps))


def _further(key: str, on: date, days: int, parameters: Parameters) -> Value:
    if key not in _EXTENDABLE:
        raise Unlawful(f"“{parameters[key].says}”的期限没有可以延长的规定")
    most = parameters[_EXTENDABLE[key]].on(on)
    assert most.amount is not None
    if not 0 < days <= most.amount:
        raise Unlawful(f"延长{days}日，不在1日至{most.amount}日之间", most.citation)
    return most


def _period(unit: Unit, start: date, amount: int, calendar: Calendar) -> Period:
    if unit is Unit.DAY:
        return after_days(start, amount, calendar)
    return after_months(start, amount * (12 if unit is Unit.YEAR else 1), calendar)

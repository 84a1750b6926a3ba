"""The clock in examples a lawyer can read: histories with their due day beside histories that are refused an effect."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.calendar import Notice, SetDay, published
from gongkai.law.citations import LIMIT_TO_ASK_FOR_SUPPLEMENT, LIMIT_TO_EXTEND, OUR_RULE
from gongkai.onrequest.clock import Standing, clock, strip
from gongkai.onrequest.events import Event, Kind

CALENDAR = published()


def facts(said: str) -> list[Event]:
    """`received 2026-03-02; extended 2026-03-10 10; third_party_consulted 2026-03-03 #a; deferred 2026-03-10 >2026-05-06`."""
    events = []
    for fact in said.split(";"):
        kind, on, *rest = fact.split()
        parts: dict[str, object] = {}
        for word in rest:
            if word[0] == "#":
                parts["matter"] = word[1:]
            elif word[0] == ">":
                parts["until"] = date.fromisoformat(word[1:])
            else:
                parts["days"] = int(word)
        events.append(Event(Kind(kind), date.fromisoformat(on), **parts))
    return events


R = "received 2026-03-02"
C = "third_party_consulted 2026-03-05 #a"
RUNNING = [
    ("收到的次日起第20个工作日", R, "2026-03-30"),
    ("征求意见的工作日不计算", f"{R}; {C}; third_party_ended 2026-03-12 #a", "2026-04-07"),
    ("重合的征求意见只扣一次", f"{R}; {C}; third_party_ended 2026-03-12 #a; organ_consulted 2026-03-10 #b; organ_ended 2026-03-13 #b", "2026-04-08"),
    ("延长加工作日", f"{R}; extended 2026-03-30 10", "2026-04-14"),
    ("两次延长合计不超过20个", f"{R}; extended 2026-03-20 10; extended 2026-04-14 10", "2026-04-28"),
    ("延期以征求意见后的到期日判断", f"{R}; {C}; third_party_ended 2026-03-12 #a; extended 2026-04-07 5", "2026-04-14"),
    ("征求意见期间可以延期", f"{R}; {C}; extended 2026-03-09 5; third_party_ended 2026-03-12 #a", "2026-04-14"),
    ("补正重新计算，此前的征求意见和延期不计", f"{R}; {C}; extended 2026-03-09 20; supplemented 2026-03-16", "2026-04-14"),
    ("补正当日的征求意见计入新的期限", f"{R}; supplemented 2026-03-16; {C.replace('05', '16')}; third_party_ended 2026-03-17 #a", "2026-04-15"),
    ("补正前的征求意见以后才结束的，仍不计", f"{R}; {C}; supplemented 2026-03-16; third_party_ended 2026-03-20 #a", "2026-04-14"),
    ("缴费次日为第一日", f"{R}; fee_notified 2026-03-10; fee_paid 2026-03-16", "2026-04-14"),
    ("延迟答复至告知的日期", f"{R}; reasons_asked 2026-03-05; reasons_given 2026-03-10; deferred 2026-03-12 >2026-05-29", "2026-05-29"),
    ("延迟答复后征求意见不变动", f"{R}; deferred 2026-03-12 >2026-05-29; {C.replace('03-05', '03-16')}", "2026-05-29"),
    ("补正使延迟答复失效", f"{R}; deferred 2026-03-12 >2026-05-29; supplemented 2026-03-16", "2026-04-14"),
    ("问法律顾问、请求协助不停止计算", f"{R}; counsel_asked 2026-03-05; counsel_ended 2026-03-20; assistance_asked 2026-03-06", "2026-03-30"),
    ("责令重新处理以确定的工作日为准", f"{R}; delivered 2026-03-20; reopened 2026-09-01 15", "2026-09-21"),
    ("责令重新处理以确定的日期为准", f"{R}; delivered 2026-03-20; reopened 2026-09-01 >2026-09-20", "2026-09-20"),
    ("到期以后的征求意见不影响", f"{R}; {C.replace('03-05', '04-01')}", "2026-03-30"),
    ("逾期后补正仍重新计算", f"{R}; supplemented 2026-05-06", "2026-06-02"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "history", "due"), RUNNING, ids=[row[0] for row in RUNNING])
def test_the_due_day(says, history, due):
    found = clock(facts(history), CALENDAR)

    assert found.standing is Standing.RUNNING and found.running
    assert found.due_on == date.fromisoformat(due)
    assert found.steps[-1].on == found.due_on
    assert found.refused == ()
    assert found.reason == found.standing.label
    assert all(step.says and step.basis for step in found.steps)


LIMIT = LIMIT_TO_EXTEND.text
ASK = LIMIT_TO_ASK_FOR_SUPPLEMENT.text
REFUSED = [
    ("超过20个工作日", f"{R}; extended 2026-03-10 21", LIMIT, "2026-03-30"),
    ("合计超过20个工作日", f"{R}; extended 2026-03-10 15; extended 2026-03-11 6", LIMIT, "2026-04-21"),
    ("到期以后才延期", f"{R}; extended 2026-03-31 5", OUR_RULE, "2026-03-30"),
    ("没有写明天数", f"{R}; extended 2026-03-10", OUR_RULE, "2026-03-30"),
    ("延迟答复后再延长", f"{R}; deferred 2026-03-12 >2026-05-29; extended 2026-03-16 5", OUR_RULE, "2026-05-29"),
    ("等待补正时延长", f"{R}; supplement_asked 2026-03-05; extended 2026-03-06 5; supplemented 2026-03-16", OUR_RULE, "2026-04-14"),
    ("第二次告知补正", f"{R}; supplement_asked 2026-03-05; supplemented 2026-03-16; supplement_asked 2026-03-17", ASK, "2026-04-14"),
    ("告知补正迟于7个工作日", f"{R}; supplement_asked 2026-03-12", ASK, "2026-03-30"),
    ("第二次补正不重新计算", f"{R}; supplemented 2026-03-16; supplemented 2026-03-20", OUR_RULE, "2026-04-14"),
    ("缴费以后再通知收费", f"{R}; fee_notified 2026-03-10; fee_paid 2026-03-16; fee_notified 2026-03-18", OUR_RULE, "2026-04-14"),
    ("到期以后才通知收费", f"{R}; fee_notified 2026-04-01", OUR_RULE, "2026-03-30"),
    ("延迟答复没有写明日期", f"{R}; deferred 2026-03-12", OUR_RULE, "2026-03-30"),
    ("延迟答复的日期更早", f"{R}; deferred 2026-03-12 >2026-03-20", OUR_RULE, "2026-03-30"),
    ("到期以后才延迟", f"{R}; deferred 2026-04-12 >2026-05-20", OUR_RULE, "2026-03-30"),
    ("没有开始的征求意见", f"{R}; organ_ended 2026-03-12 #x", OUR_RULE, "2026-03-30"),
    ("重复的征求意见", f"{R}; {C}; {C.replace('05', '06')}; third_party_ended 2026-03-12 #a", OUR_RULE, "2026-04-07"),
    ("收到以前的事项", f"{R}; extended 2026-03-01 5", OUR_RULE, "2026-03-30"),
    ("再次登记收到", f"{R}; received 2026-03-04", OUR_RULE, "2026-03-30"),
    ("责令的期限不延长", f"{R}; delivered 2026-03-20; reopened 2026-09-01 15; extended 2026-09-02 5", OUR_RULE, "2026-09-21"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "history", "basis", "due"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_fact_without_effect_is_named_with_what_denies_it(says, history, basis, due):
    found = clock(facts(history), CALENDAR)

    [refused] = found.refused
    assert refused.basis == basis
    assert refused.says
    assert found.due_on == date.fromisoformat(due)


@pytest.mark.parametrize(
    "act",
    ["supplement_asked", "fee_notified", "supplemented", "fee_paid", "organ_consulted", "deferred", "extended"],
)
def test_nothing_done_in_the_case_moves_an_ordered_day(act):
    found = clock(
        facts(f"{R}; reopened 2026-09-01 15; {act} 2026-09-02 5 >2026-12-01; organ_ended 2026-09-03"), CALENDAR
    )
    assert found.due_on == date(2026, 9, 21)
    assert len(found.refused) == 1


WITHOUT = [
    ("尚未收到", "extended 2026-03-10 5", Standing.NOT_RECEIVED),
    ("征求意见没有结束", f"{R}; {C}", Standing.CONSULTING),
    ("等待补正", f"{R}; supplement_asked 2026-03-11 >2026-03-25", Standing.AWAITING_SUPPLEMENT),
    ("等待缴费", f"{R}; fee_notified 2026-03-11", Standing.AWAITING_PAYMENT),
    ("等待缴费，期限由通知确定", f"{R}; fee_notified 2026-03-11 >2026-04-08", Standing.AWAITING_PAYMENT),
    ("责令而没有期限", f"{R}; delivered 2026-03-20; reopened 2026-09-01", Standing.UNSETTLED),
    ("撤回", f"{R}; withdrawn 2026-03-10", Standing.ENDED),
    ("并案", f"{R}; merged 2026-03-10 #1", Standing.ENDED),
    ("条例施行以前", "received 2019-05-14", Standing.UNSETTLED),
    ("放假安排未公布", "received 2027-12-20", Standing.UNSETTLED),
]


@pytest.mark.parametrize(("says", "history", "standing"), WITHOUT, ids=[row[0] for row in WITHOUT])
def test_where_there_is_no_due_day_the_reason_is_told(says, history, standing):
    found = clock(facts(history), CALENDAR)

    assert found.due_on is None
    assert found.standing is standing
    assert found.reason
    assert (found.gap is not None) == (standing is Standing.UNSETTLED)


def test_while_waiting_the_last_day_of_the_applicant_is_shown():
    asked = clock(facts(f"{R}; supplement_asked 2026-03-11 >2026-03-25"), CALENDAR)
    notified = clock(facts(f"{R}; fee_notified 2026-03-11"), CALENDAR)
    before_the_measure = clock(facts("received 2020-03-02; fee_notified 2020-03-11"), CALENDAR)

    assert asked.waiting_until == date(2026, 3, 25)
    assert notified.waiting_until == date(2026, 4, 9)
    assert before_the_measure.waiting_until is None


def test_a_wait_of_the_same_day_outlasts_a_restart_of_the_other_kind():
    found = clock(facts(f"{R}; supplemented 2026-03-16; fee_notified 2026-03-16"), CALENDAR)
    assert found.standing is Standing.AWAITING_PAYMENT


def test_a_supplement_may_be_asked_for_within_seven_working_days_and_once():
    assert clock(facts(R), CALENDAR).supplement_due_on == date(2026, 3, 11)
    assert clock(facts(f"{R}; supplement_asked 2026-03-05"), CALENDAR).supplement_due_on is None
    assert clock(facts(f"{R}; supplemented 2026-03-05"), CALENDAR).supplement_due_on is None


def test_a_payment_does_not_lift_the_limit_to_ask_for_a_supplement():
    paid = f"{R}; fee_notified 2026-03-04; fee_paid 2026-03-06"
    assert clock(facts(paid), CALENDAR).supplement_due_on == date(2026, 3, 11)


ANSWERED = [
    ("当场答复", f"{R}; delivered 2026-03-02", "2026-03-30", True),
    ("到期日答复", f"{R}; delivered 2026-03-30", "2026-03-30", True),
    ("到期次日答复", f"{R}; delivered 2026-03-31", "2026-03-30", False),
    ("征求意见没有回音即答复", f"{R}; {C}; delivered 2026-04-02", "2026-04-28", True),
    ("等待补正中答复", f"{R}; supplement_asked 2026-03-05; delivered 2026-06-05", None, None),
    ("答复后的事项不再计算", f"{R}; delivered 2026-03-30; extended 2026-03-31 5; closed 2026-04-01", "2026-03-30", True),
]  # fmt: skip


@pytest.mark.parametrize(("says", "history", "due", "on_time"), ANSWERED, ids=[row[0] for row in ANSWERED])
def test_an_answer_is_on_time_by_the_day_of_delivery(says, history, due, on_time):
    found = clock(facts(history), CALENDAR)

    assert found.standing is Standing.ANSWERED
    assert found.due_on == (date.fromisoformat(due) if due else None)
    assert found.on_time is on_time
    assert found.ended_on


def test_a_notice_that_comes_later_makes_the_day_certain():
    history = facts("received 2026-12-18")
    notice = Notice(2027, tuple(SetDay(date(2027, 1, n), works=False, name="元旦") for n in (1, 2, 3)))

    assert clock(history, CALENDAR).provisional
    assert "暂按周末推算" in clock(history, CALENDAR).steps[-1].says
    assert clock(history, CALENDAR.with_notice(notice)).due_on == date(2027, 1, 18)
    assert not clock(history, CALENDAR.with_notice(notice)).provisional


def test_what_is_left_of_the_extension():
    assert clock(facts(f"{R}; extended 2026-03-10 15"), CALENDAR).extension_left == 5
    assert clock(facts(f"{R}; delivered 2026-03-10"), CALENDAR).extension_left == 0


def test_the_strip_shows_each_day_once_with_its_number():
    found = clock(facts(f"{R}; {C}; third_party_ended 2026-03-12 #a"), CALENDAR)
    days = strip(found, CALENDAR, through=date(2026, 4, 10))

    assert (days[0].day, days[-1].day) == (date(2026, 3, 2), date(2026, 4, 10))
    assert [day.day.day for day in days if day.left_out] == [6, 9, 10, 11, 12]
    assert [day.day for day in days if day.due] == [date(2026, 4, 7)]
    assert [day.name for day in days if day.kind.value == "holiday"] == ["清明节"] * 3
    assert strip(clock([], CALENDAR), CALENDAR) == ()


def test_the_strip_ends_where_the_calendar_does():
    found = clock(facts("received 2027-11-29"), CALENDAR)
    assert strip(found, CALENDAR, through=date(2028, 1, 5))[-1].day == date(2027, 12, 31)

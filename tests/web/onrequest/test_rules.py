"""本县设置: next year's notice, local days, what the law leaves to the office; open cases are then computed again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.calendar import Notice, SetDay
from gongkai.calendar.notice_text import read_notice
from gongkai.web.facts import Refused
from gongkai.web.onrequest import rulekeys as keys
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors import rules as reading
from gongkai.web.onrequest.selectors.together import counting_policy
from gongkai.web.onrequest.services import rules
from gongkai.web.onrequest.services.recompute import recompute
from gongkai.web.organs.models import Organ
from gongkai.web.rules.models import CalendarDay, NoticeOfYear
from gongkai.web.rules.selectors import calendar_of, local_days, setting
from gongkai.web.rules.services import enter_notice, set_local_days, set_value

TODAY = timezone.localdate()
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕8号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班。"""


@pytest.fixture
def notice():
    found = read_notice(NOTICE)
    assert found.refused == ()
    return found.notice


def test_an_entered_notice_makes_the_year_certain(audit, county, notice):
    before = calendar_of(county.pk)
    assert before.provisional(date(2027, 2, 8))
    enter_notice(audit=audit, notice=notice, title="")
    after = calendar_of(county.pk)
    assert not after.provisional(date(2027, 2, 8))
    assert not after.is_workday(date(2027, 2, 8))
    assert after.is_workday(date(2027, 1, 30))


def test_a_notice_entered_again_takes_the_place_of_the_first(audit, county, notice):
    enter_notice(audit=audit, notice=notice, title="")
    changed = read_notice(
        NOTICE.replace("五、端午节：6月9日（周三）放假，共1天", "五、端午节：6月10日（周四）放假，共1天")
    ).notice
    enter_notice(audit=audit, notice=changed, title="")
    calendar = calendar_of(county.pk)
    assert calendar.is_workday(date(2027, 6, 9))
    assert not calendar.is_workday(date(2027, 6, 10))
    assert NoticeOfYear.objects.count() == 1


def test_a_local_holiday_may_lie_as_far_ahead_as_the_notices_that_were_entered(audit, county, notice):
    fair = date(2029, 3, 1)
    with pytest.raises(Refused, match="超出日历"):
        local(audit, fair)
    enter_notice(audit=audit, notice=notice, title="")
    enter_notice(audit=audit, notice=Notice(2028, (SetDay(date(2028, 1, 3), works=False, name="元旦"),)), title="")
    local(audit, fair)
    assert not calendar_of(county.pk).is_workday(fair)


def test_refusals_of_a_notice(audit, notice):
    from dataclasses import replace

    for year, says in ((2025, "已经随系统提供"), (2029, "2028年的放假安排还没有录入")):
        with pytest.raises(Refused, match=says):
            enter_notice(audit=audit, notice=replace(notice, year=year), title="")
    with pytest.raises(Refused, match="没有读出"):
        enter_notice(audit=audit, notice=replace(notice, days=()), title="")
    assert not CalendarDay.objects.exists()


def next_workday(county):
    return calendar_of(county.pk).add_workdays(TODAY, 1)


def local(audit, day, **other):
    told = {"first": day, "last": day, "meaning": "off", "source": "云岭县人民政府通知"} | other
    return set_local_days(audit=audit, **told)


def test_a_local_holiday_moves_the_due_day_of_an_open_case_and_only_of_an_open_one(apply, audit, county):
    open_case, closed = apply().application, apply().application
    from gongkai.onrequest.procedure import Act
    from gongkai.web.onrequest.services.acts import perform

    perform(audit=audit, application=closed, act=Act.WITHDRAW, on=TODAY)
    before = Case.objects.get(application=open_case)
    day = next_workday(county)
    local(audit, day)
    moved = recompute(county.pk, audit=audit)
    assert [each.key for each in moved] == [open_case.pk]
    after = Case.objects.get(application=open_case)
    assert after.due_on == calendar_of(county.pk).add_workdays(before.due_on, 1)
    assert after.revision == before.revision
    assert recompute(county.pk) == []
    local(audit, day, meaning="usual")
    assert local_days(county.pk) == []
    assert recompute(county.pk)[0].after == before.due_on


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"source": " "}, "请写明依据的文件"),
        ({"meaning": "party"}, "请选择放假"),
        ({"first": date(2026, 12, 2), "last": date(2026, 12, 1)}, "早于第一日"),
        ({"first": date(2026, 1, 1), "last": date(2026, 12, 1)}, "一次最多"),
        ({"first": date(2032, 1, 1), "last": date(2032, 1, 1)}, "超出日历"),
        ({"first": date(2026, 12, 2), "last": date(2026, 12, 2), "meaning": "work"}, "周六、周日"),
    ],
)
def test_refusals_of_local_days(audit, other, says):
    with pytest.raises(Refused, match=says):
        local(audit, date(2026, 12, 1), **other)
    assert not CalendarDay.objects.exists()


def test_a_setting_holds_from_its_day_and_the_organ_s_before_the_county_s(audit, county, organ):
    set_value(audit=audit, key="k", value=1, valid_from=date(2026, 1, 1))
    set_value(audit=audit, key="k", value=2, valid_from=date(2026, 6, 1), organ=organ.pk)
    assert set_value(audit=audit, key="k", value=1, valid_from=date(2026, 3, 1)) is None
    assert setting(county.pk, "k", on=date(2025, 12, 31)) is None
    assert setting(county.pk, "k", organ=organ.pk, on=date(2026, 5, 31)) == 1
    assert setting(county.pk, "k", organ=organ.pk, on=date(2026, 6, 1)) == 2
    with pytest.raises(Refused, match="最多300字"):
        set_value(audit=audit, key="k", value=3, valid_from=TODAY, reason="字" * 301)


def test_a_remedy_that_the_law_leaves_open_is_set_and_one_it_settles_is_not(audit, county, organ):
    from gongkai.web.onrequest.lettertext import remedy_settings

    rules.set_remedies(audit=audit, modes={"R3": "either", "P1": "per_part"})
    assert remedy_settings(organ, TODAY).modes["R3"].value == "either"
    with pytest.raises(Refused, match="已由法律确定"):
        rules.set_remedies(audit=audit, modes={"N1": "either"})
    with pytest.raises(Refused, match="不能设为"):
        rules.set_remedies(audit=audit, modes={"R3": "per_part"})
    with pytest.raises(Refused, match="没有这种"):
        rules.set_remedies(audit=audit, modes={"R3": "never"})
    shown = {row.code: row.chosen for row in reading.county_rules(county.pk, TODAY).remedies}
    assert shown["R3"] == "either"
    assert shown["R1"] == "neutral"
    assert "N1" not in shown


def test_refusals_of_what_an_office_may_set(audit, organ):
    for call, says in (
        (lambda: rules.set_fee(audit=audit, organ=organ, charging=True), "请写明依据"),
        (lambda: rules.set_fee(audit=audit, organ=organ, charging=True, on=date(2020, 1, 1), reason="x"), "2021年"),
        (lambda: rules.set_series(audit=audit, organ=organ, words={"公复": "ABC"}, year=TODAY.year), "汉字"),
        (lambda: rules.set_series(audit=audit, organ=organ, words={"公复": "公补"}, year=TODAY.year), "字样相同"),
        (lambda: rules.set_series(audit=audit, organ=organ, words={"公复": "依复"}, year=2020), "以前年度"),
        (lambda: rules.set_reminders(audit=audit, days={"handler": 1, "head": 3, "competent": 0}), "依次不能增加"),
        (lambda: rules.set_reminders(audit=audit, days={"handler": 99, "head": 3, "competent": 1}), "0至15"),
        (lambda: rules.set_reminders(audit=audit, days={"handler": 5}), "0至15"),
        (lambda: rules.set_mailbox(audit=audit, organ=organ, address="不是邮箱"), "电子邮箱"),
        (lambda: rules.set_days(audit=audit, key="x", days=3), "没有这一项"),
        (lambda: rules.set_days(audit=audit, key=keys.COMPLAINT_DAYS, days=0), "个工作日"),
        (lambda: rules.set_counting(audit=audit, merged="x", split="each", year=TODAY.year), "统计口径"),
        (lambda: rules.set_counting(audit=audit, merged="each", split="paper", year=2020), "以前年度"),
    ):
        with pytest.raises(Refused, match=says):
            call()


def test_the_organ_s_own_word_stands_in_its_numbers(audit, organ, apply):
    from gongkai.web.onrequest.lettertext import number_pattern
    from gongkai.web.onrequest.services import letters

    rules.set_series(audit=audit, organ=organ, words={"公复": "依复"}, year=TODAY.year)
    letter = letters.draft(audit=audit, application=apply().application, code="G2")
    assert number_pattern(letter, TODAY.year) == ("依复", f"云交依复〔{TODAY.year}〕{{n}}号")


def test_the_counting_policy_is_declared_from_a_year_on(audit, county):
    assert reading.counting(county.pk, TODAY) == {"merged": "each", "split": "each"}
    rules.set_counting(audit=audit, merged="leading", split="paper", year=TODAY.year + 1)
    assert reading.counting(county.pk, TODAY)["merged"] == "each"
    assert reading.counting(county.pk, date(TODAY.year + 1, 1, 1)) == {"merged": "leading", "split": "paper"}
    policy = counting_policy(county.pk, date(TODAY.year + 1, 1, 1))
    assert (policy.merged, policy.split) == ("leading", "paper")


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pasted_notice_is_shown_before_it_is_entered_and_moves_cases(desk, apply):
    application = apply().application
    shown = desk.post("/rules/notice", {"text": NOTICE, "what": "preview"}).content.decode()
    assert "核对无误，录入" in shown
    assert not NoticeOfYear.objects.exists()
    answer = desk.post("/rules/notice", {"text": NOTICE, "what": "enter"}).content.decode()
    assert "已录入2027年的放假安排" in answer
    assert NoticeOfYear.objects.exists()
    assert application.number not in answer or "现到期日" in answer


def test_a_doubtful_notice_is_refused_and_stays_in_the_form(desk):
    text = NOTICE.replace("共3天", "共4天")
    answer = desk.post("/rules/notice", {"text": text, "what": "enter"})
    assert answer.status_code == 422
    assert "没有录入" in answer.content.decode()
    assert "共4天" in answer.content.decode()
    assert not NoticeOfYear.objects.exists()


def test_local_days_on_the_page_list_the_cases_that_moved(desk, apply, county):
    application = apply().application
    told = {"first": next_workday(county), "meaning": "off", "source": "云岭县人民政府通知"}
    assert desk.post("/rules/days", told | {"source": ""}).status_code == 409
    answer = desk.post("/rules/days", told).content.decode()
    assert application.number in answer
    assert "1件申请的到期日有变化" in answer


@pytest.mark.parametrize(
    ("key", "told", "status"),
    [
        ("fee", {"charging": "1", "reason": "经批准"}, 302),
        ("fee", {"charging": "1"}, 409),
        ("print", {"printed": "0"}, 302),
        ("series", {"word-公复": "依复", "year": str(TODAY.year)}, 302),
        ("mailbox", {"mailbox": "xxgk@example.cn"}, 302),
        ("mailbox", {"mailbox": "x"}, 409),
        ("corrections", {"days": "10"}, 302),
        ("complaints", {"days": "一"}, 409),
        ("complaints", {"days": ""}, 302),
        ("remedies", {"mode-R3": "either"}, 302),
        ("reminders", {"days-handler": "6", "days-head": "4", "days-competent": "2"}, 302),
        ("counting", {"merged": "leading", "split": "paper", "year": str(TODAY.year)}, 302),
        ("online", {"online": "https://fy.example.gov.cn/apply?x=1"}, 302),
        ("online", {"online": "javascript:alert(1)"}, 409),
        ("retention", {"period-ordinary": "30年", "period-disputed": "永久"}, 302),
        ("retention", {"period-ordinary": "3年", "period-disputed": "永久"}, 409),
        ("anything", {}, 404),
    ],
)
def test_each_matter_is_set_on_the_page(desk, organ, key, told, status):
    assert desk.post(f"/rules/{key}", {"organ": organ.pk} | told).status_code == status


def test_a_head_sets_the_own_organ_and_not_the_county(county, organ, audit, settings):
    from django.test import Client

    from gongkai.web.people.services import add_person, appoint

    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department", word="云教")
    person = add_person(audit=audit, name="演示负责人", demonstration=True)
    appoint(audit=audit, person=person, role="head", organ=organ)
    client = Client()
    client.post("/account/as", {"person": person.pk})
    page = client.get("/rules").content.decode()
    assert "录入2027年的放假通知" not in page
    assert client.post("/rules/print", {"organ": organ.pk, "printed": "0"}).status_code == 302
    assert client.post("/rules/print", {"organ": other.pk, "printed": "0"}).status_code == 403
    for url in ("/rules/complaints", "/rules/days", "/rules/notice"):
        assert client.post(url, {"days": "3"}).status_code == 403


def test_what_was_set_is_listed_with_who_and_why(desk, organ):
    desk.post("/rules/fee", {"organ": organ.pk, "charging": "1", "reason": "经县政府批准"})
    page = desk.get("/rules").content.decode()
    assert "经县政府批准" in page
    assert "已启用" in page
    assert (TODAY + timedelta(days=0)).strftime("%Y-%m-%d") in page

"""The January room: every state from what the apps keep, whose days are whose, who is chased first, and that it stays quick."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.annual.january import Late
from gongkai.annual.report import COUNTY, OWN
from gongkai.web.annual.models import PublicationEnd
from gongkai.web.audit.models import Entry
from gongkai.web.collection.models import Contribution, Reminded, Reminding
from gongkai.web.collection.selectors.days import days_of
from gongkai.web.collection.selectors.january import of_organ, room
from gongkai.web.collection.selectors.rollup import lines
from gongkai.web.collection.services import elsewhere, reminding
from gongkai.web.collection.services.choosing import set_internal_day, set_local_day, set_together
from gongkai.web.collection.wording import for_all, for_one
from gongkai.web.facts import Refused
from gongkai.web.memo import page_memory
from gongkai.web.messages.models import Message
from gongkai.web.messages.subscriptions import subscribe
from gongkai.web.organs.models import Organ
from gongkai.web.organs.succession import succession
from gongkai.web.organs.tree import found_organ, merge, rename
from gongkai.web.people.models import Appointment, Person
from gongkai.web.workbench.januarynotices import about
from tests.web.collection.reported import BROKEN, YEAR, Reported

TODAY = date(2026, 1, 18)
AFTER = date(2026, 2, 3)
JAN = date(2026, 1, 31)
SET = date(2026, 1, 1)


@pytest.fixture
def report(audit) -> Reported:
    return Reported(audit)


def organ(county, name: str, form: str = "department", **more) -> Organ:
    last = Organ.objects.count()
    return Organ.objects.create(county=county.pk, name=f"云岭县{name}", form=form, position=last, **more)


def line(county, of, today: date = TODAY):
    found = room(county, YEAR, today)
    return next(each for each in (*found.lines, found.own) if each and each.organ.pk == of.pk)


def nothing(report, of) -> None:
    pass


STATES = [
    # what was done, the state, what is missing
    (nothing, "未开始", "还没有开始编写"),
    (lambda r, o: r.words(o, "1"), "起草中", "引言、第五部分、第六部分还没有写，还没有送签"),
    (lambda r, o: (r.words(o, "preface", "1", "5", "6"), r.draft(o)), "起草中", "已送签，等候签发"),
    (lambda r, o: (r.words(o, "preface", "1", "5", "6"), r.returned(o)), "起草中", "签发人退回，正在修改"),
    (lambda r, o: r.signed(o), "已签发，未报送", "已签发，还没有定稿报送"),
    (lambda r, o: r.frozen(o, TODAY), "已报送，未见公布", "本系统中没有公布记录，请公布或者说明在哪里公布"),
    (lambda r, o: r.file(o, TODAY), "已报送，未见公布", "本系统中没有公布记录，请公布或者说明在哪里公布"),
    (lambda r, o: r.file(o, TODAY, readable=False), "文件打不开", "交来的文件打不开，请重新报送"),
    (lambda r, o: r.file(o, TODAY, BROKEN), "有不一致（已报送）", "报告有1处不一致，请更正后重新报送"),
    (lambda r, o: r.published(o, TODAY), "已公布", ""),
]  # fmt: skip


@pytest.mark.parametrize(("did", "state", "lacks"), STATES, ids=[str(n) for n in range(len(STATES))])
def test_where_a_report_stands_is_read_from_what_was_done(county, report, did, state, lacks) -> None:
    of = organ(county, "水务局")
    did(report, of)
    found = line(county, of)
    assert (found.state_zh, found.lacking) == (state, lacks)
    assert [each.state_zh for each in of_organ(of, YEAR, TODAY)] == [state]


def test_what_was_taken_back_from_the_portal_is_public_no_more(county, report, audit) -> None:
    of = organ(county, "水务局")
    made = report.published(of, TODAY)
    PublicationEnd.objects.create(county=county.pk, publication=made, why="withdrawn", reason="撤回", by=audit.actor)
    assert line(county, of).state_zh == "已报送，未见公布"


def test_a_file_that_can_be_read_stands_before_one_that_cannot_and_the_first_day_counts(county, report) -> None:
    of = organ(county, "水务局")
    report.file(of, date(2026, 1, 30), readable=False)
    assert line(county, of, AFTER).late_zh == "已过法定期限，未报送"
    report.file(of, AFTER)
    report.frozen(of, date(2026, 1, 31))
    found = line(county, of, AFTER)
    assert (found.state_zh, found.seen.handed_on) == ("已报送，未见公布", date(2026, 1, 30))
    assert "late" not in [state.value for state in lines(county, YEAR)[0].told.states]


LATE = [
    # form, internal day, own day of townships, today, what is said
    ("department", "", "", JAN, ""),
    ("department", "", "", AFTER, "已过法定期限，未报送"),
    ("department", "01-20", "", date(2026, 1, 21), "已过本县规定的日期，未报送"),
    ("township", "", "", AFTER, ""),
    ("township", "", "01-25", AFTER, "已过本县规定的日期，未报送"),
    ("township", "01-20", "02-10", AFTER, ""),
    ("vertical", "", "01-25", AFTER, ""),
    ("", "", "", AFTER, ""),
]


@pytest.mark.parametrize(("form", "internal", "town", "today", "says"), LATE)
def test_nobody_is_late_by_a_law_that_does_not_name_them(county, audit, form, internal, town, today, says) -> None:
    of = organ(county, "某单位", form)
    set_internal_day(audit=audit, day=internal, valid_from=SET)
    set_local_day(audit=audit, form="township", day=town, valid_from=SET)
    found = line(county, of, today)
    assert found.late_zh == says
    assert f"于{of.name}" not in for_one(room(county, YEAR, today), found, "办公室")
    if form != "department":
        assert "法定" not in for_one(room(county, YEAR, today), found, "办公室")


DONE = [
    # form, handed in, public, today, what is said of the day, whether it is overdue, whether somebody is to be reminded
    ("department", TODAY, None, JAN, "", False, True),
    ("department", TODAY, None, AFTER, "已过法定期限，已报送，未见公布", True, True),
    ("department", TODAY, JAN, AFTER, "", False, False),
    ("department", TODAY, AFTER, AFTER, "2026年2月3日公布，晚于法定期限", False, False),
    ("department", AFTER, AFTER, AFTER, "2026年2月3日收到、2026年2月3日公布，晚于法定期限", False, False),
    ("department", date(2026, 1, 25), None, JAN, "2026年1月25日收到，晚于本县规定的日期", False, True),
    ("township", TODAY, None, AFTER, "", False, False),
    ("township", AFTER, None, AFTER, "2026年2月3日收到，晚于本县规定的日期", False, False),
]


@pytest.mark.parametrize(("form", "handed", "public", "today", "says", "overdue", "chased"), DONE)
def test_a_departments_report_is_to_be_handed_in_and_public_by_the_laws_day(
    county, audit, report, form, handed, public, today, says, overdue, chased
) -> None:
    of = organ(county, "某单位", form)
    set_internal_day(audit=audit, day="01-20", valid_from=SET)
    report.file(of, handed)
    if public:
        elsewhere.state(audit=audit, organ=of, year=YEAR, on=public, place="县政府网站年报栏目")
    found = line(county, of, today)
    assert (found.late_zh, bool(found.overdue), found.outstanding) == (says, overdue, chased)
    assert [(each.late_zh, each.overdue) for each in of_organ(of, YEAR, today)] == [(says, found.overdue)]
    assert found.late_beside == says.replace("，已报送，未见公布", ""), "the state says that already"
    told = about("urge", room(county, YEAR, today), found)
    assert bool(told) == chased
    if chased:
        [subject] = [each.subject for each in told]
        assert "已报送，未见公布" in subject.words
        assert subject.asked == f"请{'立即' if overdue else '按期'}向社会公布"
        said = for_one(room(county, YEAR, today), found, "办公室")
        assert ("请立即向社会公布。" if overdue else "请于1月31日（星期六）前向社会公布。") in said


def test_where_a_report_is_public_elsewhere_is_stated_by_a_person_and_taken_back(county, audit, report) -> None:
    of, place = organ(county, "水务局"), "县政府网站年报栏目"
    with pytest.raises(Refused, match="还没有收到这个单位的报告"):
        elsewhere.state(audit=audit, organ=of, year=YEAR, on=TODAY, place=place)
    report.file(of, TODAY)
    for on, where, why in (
        (TODAY, "", "都要填写"),
        (None, place, "都要填写"),
        (None, "", "不必重复登记"),
        (TODAY, "字" * 201, "最多200字"),
        (date(2025, 12, 31), place, "应在2025年以后、不晚于今天"),
        (date(2226, 1, 1), place, "应在2025年以后、不晚于今天"),
    ):
        with pytest.raises(Refused, match=why):
            elsewhere.state(audit=audit, organ=of, year=YEAR, on=on, place=where)
    elsewhere.state(audit=audit, organ=of, year=YEAR, on=TODAY, place=place)
    with pytest.raises(Refused, match="不必重复登记"):
        elsewhere.state(audit=audit, organ=of, year=YEAR, on=TODAY, place=f" {place}\n")
    found = line(county, of, AFTER)
    assert (found.state_zh, found.late_zh) == ("已公布", "")
    assert "2026年1月18日在县政府网站年报栏目公布（主管部门登记）" in found.notes
    entry = Entry.objects.filter(act="collection.state_public").get()
    assert place not in bytes(entry.payload).decode()
    elsewhere.state(audit=audit, organ=of, year=YEAR, on=None, place="")
    assert line(county, of, AFTER).late_zh == "已过法定期限，已报送，未见公布"


def test_what_was_public_elsewhere_first_is_not_late_because_it_came_here_later(county, audit, report) -> None:
    of = organ(county, "水务局")
    report.published(of, AFTER)
    assert line(county, of, AFTER).late_zh == "2026年2月3日收到、2026年2月3日公布，晚于法定期限"
    elsewhere.state(audit=audit, organ=of, year=YEAR, on=TODAY, place="县政府网站")
    assert line(county, of, AFTER).late_zh == "2026年2月3日收到，晚于法定期限"


@pytest.mark.parametrize(
    ("form", "day", "why"),
    [
        ("department", "01-20", "由《条例》规定"),
        ("county_government", "02-01", "由《条例》规定"),
        ("township", "04-01", "不能晚于3月31日"),
        ("township", "2月1日", "日期写法不对"),
        ("township", "02-29", "日期写法不对"),
        ("township", "W05", "日期写法不对"),
        ("township", "0120", "日期写法不对"),
    ],
)
def test_a_day_that_cannot_be_the_countys_is_refused(county, audit, form, day, why) -> None:
    with pytest.raises(Refused, match=why):
        set_local_day(audit=audit, form=form, day=day, valid_from=SET)


def test_the_countys_own_report_has_its_own_line_and_day(county, audit, report) -> None:
    government, office = organ(county, "人民政府", "county_government"), organ(county, "政府办公室", competent=True)
    found = room(county, YEAR, AFTER)
    assert [each.organ for each in found.lines] == [office]
    assert (found.own.organ, found.own.due.law, found.own.late) == (government, date(2026, 3, 31), Late.NO)
    assert room(county, YEAR, date(2026, 4, 1)).own.late_zh == "已过法定期限，未公布"
    set_together(audit=audit, office=office, valid_from=date(2025, 1, 1))
    for whose, scope, says in (
        (office, OWN, ("未开始", "已过法定期限，未公布")),
        (government, OWN, ("未开始", "已过法定期限，未公布")),  # its own year is not the county's
        (government, COUNTY, ("已公布", "")),
    ):
        report.published(whose, AFTER if scope == OWN else date(2026, 3, 30), scope)
        own = room(county, YEAR, date(2026, 4, 1)).own
        assert (own.state_zh, own.late_zh) == says
    assert "本机关的数由云岭县政府办公室一并填报" in own.notes


def test_the_counts_name_everybody_once_and_who_is_chased_first_stands_on_top(county, report) -> None:
    towns = organ(county, "石桥镇人民政府", "township")
    late, begun = organ(county, "甲局"), organ(county, "乙局")
    done, broken = organ(county, "丙局"), organ(county, "丁局")
    report.words(begun, "1")
    report.published(done, TODAY)
    report.file(broken, TODAY, BROKEN)
    found = room(county, YEAR, AFTER)
    assert [each.organ for each in found.lines] == [late, begun, broken, towns, done]
    told = {zh: (count, overdue) for _, zh, count, overdue in found.counts}
    assert sum(count for count, _ in told.values()) == 5
    assert told["未开始"] == (2, 1) and told["起草中"] == (1, 1) and told["有不一致"] == (1, 1)
    assert [each.organ for each in found.outstanding] == [late, begun, broken, towns]
    assert [each.organ for each in found.group("law")] == [late, begun, broken], "what is there is not public either"
    assert len(found.group("no such group")) == 5


# ── merged and renamed ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_successor_stands_in_the_room_with_a_note(county, audit, monkeypatch) -> None:
    into = found_organ(audit=audit, county=county.pk, name="云岭县文化旅游局", form="department", from_on=SET)
    culture = found_organ(
        audit=audit, county=county.pk, name="云岭县文化局", form="department", from_on=date(2019, 1, 1)
    )
    grain = found_organ(audit=audit, county=county.pk, name="云岭县粮食局", form="department", from_on=date(2019, 1, 1))
    gone = found_organ(audit=audit, county=county.pk, name="云岭县开发办", form="department", from_on=date(2019, 1, 1))
    into.valid_from = date(2019, 1, 1)
    into.save()
    merge(audit=audit, organ=culture, into=into, on=date(2025, 9, 1))
    merge(audit=audit, organ=grain, into=into, on=date(2026, 1, 15))
    merge(audit=audit, organ=gone, into=None, on=date(2026, 1, 15))
    rename(audit=audit, organ=into, name="云岭县文化广电局", from_on=date(2026, 1, 10))
    found = {each.organ.name: each for each in room(county, YEAR, AFTER).lines}
    assert set(found) == {"云岭县文化广电局", "云岭县粮食局", "云岭县开发办"}
    notes = "；".join(found["云岭县文化广电局"].notes)
    assert "云岭县文化局于2025年9月1日并入，其2025年度的数一并计入" in notes
    assert "云岭县粮食局于2026年1月15日并入，其2025年度报告由本机关报送" in notes
    assert "原名云岭县文化旅游局，2026年1月10日更名" in notes
    assert found["云岭县粮食局"].to == into and "由云岭县文化广电局报送" in "".join(found["云岭县粮食局"].notes)
    assert found["云岭县开发办"].to is None and "没有承接的单位" in "".join(found["云岭县开发办"].notes)
    assert {each.organ.name for each in of_organ(into, YEAR, AFTER)} == {"云岭县文化广电局", "云岭县粮食局"}
    assert "云岭县文化广电局（原云岭县粮食局）：" in for_one(
        room(county, YEAR, AFTER), found["云岭县粮食局"], "县政府办公室"
    )


# ── quick ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(county) -> int:
    room(county, YEAR, AFTER)
    with CaptureQueriesContext(connection) as caught:
        room(county, YEAR, AFTER)
    return len(caught)


def test_the_room_asks_no_more_for_many_organs_than_for_few(county, audit, report) -> None:
    report.frozen(organ(county, "第1局"), TODAY)
    report.file(organ(county, "第2局"), TODAY, BROKEN)
    report.words(organ(county, "第3局"), "1", "5")
    reminding.record(
        audit=audit, year=YEAR, lines=room(county, YEAR, AFTER).outstanding, words="请报送", once=uuid.uuid4()
    )
    before = asked(county)
    more = [organ(county, f"第{n}局") for n in range(4, 26)]
    for each in more[:6]:
        report.file(each, TODAY, BROKEN)
    for each in more[6:12]:
        report.frozen(each, TODAY)
    for each in more[12:16]:
        report.words(each, "1", "5")
    found = room(county, YEAR, AFTER)
    reminding.record(audit=audit, year=YEAR, lines=found.outstanding, words="请报送", once=uuid.uuid4())
    assert asked(county) == before < 40


ASKED = [
    (nothing, 1),
    (lambda r, o: r.words(o, "1"), 6),
    (lambda r, o: r.draft(o), 6),
    (lambda r, o: r.file(o, TODAY, BROKEN), 8),
    (lambda r, o: r.frozen(o, TODAY), 5),
    (lambda r, o: r.published(o, TODAY), 7),
]


@pytest.mark.parametrize(("did", "most"), ASKED, ids=["none", "words", "draft", "file", "frozen", "published"])
def test_the_line_of_a_start_page_asks_a_few_questions_of_its_own(county, audit, report, did, most) -> None:
    of = organ(county, "水务局")
    did(report, of)
    room(county, YEAR, TODAY)
    with page_memory():
        succession(county.pk)
        days_of(county.pk, YEAR)
        with CaptureQueriesContext(connection) as caught:
            [found] = of_organ(of, YEAR, TODAY)
    assert len(caught) <= most, [each["sql"][:200] for each in caught]
    assert found.state == line(county, of).state


# ── reminding ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_for_all_names_no_figure_and_one_for_an_organ_names_its_own(county, report) -> None:
    of, other = organ(county, "水务局"), organ(county, "教育局")
    report.file(of, TODAY, BROKEN)
    found = room(county, YEAR, TODAY)
    everyone = for_all(found, found.outstanding, "云岭县人民政府办公室")
    assert "云岭县水务局：报告有1处不一致，请更正后重新报送。" in everyone
    assert "云岭县教育局：还没有开始编写。" in everyone
    assert "《政府信息公开条例》第四十九条第一款，县级部门应在2026年1月31日前" in everyone
    [message] = line(county, of).conflicts
    assert message not in everyone and message in for_one(found, line(county, of), "办公室")
    assert message not in for_one(found, line(county, other), "办公室")


def test_the_days_of_the_text_say_which_are_the_countys(county, audit) -> None:
    for name, form in (("水务局", "department"), ("石桥镇", "township"), ("云岭街道", "subdistrict")):
        organ(county, name, form)
    set_internal_day(audit=audit, day="01-23", valid_from=SET)
    set_local_day(audit=audit, form="township", day="01-28", valid_from=SET)
    found = room(county, YEAR, TODAY)
    said = for_all(found, found.outstanding, "办公室")
    assert "本县规定提前到1月23日（星期五）前报送" in said
    assert "乡镇人民政府按本县规定在1月28日（星期三）前报送" in said
    assert "街道办事处按本县规定在1月23日（星期五）前报送" in said
    assert "垂直管理部门" not in said


def test_who_was_reminded_stays_on_record_once_and_changes_no_figure(county, audit, report) -> None:
    of = organ(county, "水务局")
    once, found = uuid.uuid4(), room(county, YEAR, TODAY)
    words = "请联系 13800001234 报送"
    made = reminding.record(audit=audit, year=YEAR, lines=found.outstanding, words=words, once=once)
    again = reminding.record(audit=audit, year=YEAR, lines=found.outstanding, words=words, once=once)
    assert made == again and Reminding.objects.count() == Reminded.objects.count() == 1
    assert "13800001234" not in Reminding.objects.get().words
    entry = Entry.objects.filter(act="collection.remind").get()
    assert "请联系" not in bytes(entry.payload).decode()
    kept = Contribution.objects.count()
    found = line(county, of)
    assert (found.times, found.reminded.state, Contribution.objects.count()) == (1, "none", kept)


REFUSED = [
    ("", "请填写发送的文字"),
    ("字" * 10_001, "最多10000字"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED, ids=["none", "long"])
def test_a_reminder_that_says_nothing_or_too_much_is_refused(county, audit, words, why) -> None:
    organ(county, "水务局")
    found = room(county, YEAR, TODAY)
    with pytest.raises(Refused, match=why):
        reminding.record(audit=audit, year=YEAR, lines=found.lines, words=words, once=uuid.uuid4())


def test_nobody_is_reminded_of_what_is_done_and_no_reminder_is_for_nobody(county, audit, report) -> None:
    of = organ(county, "水务局")
    report.published(of, TODAY)
    found = room(county, YEAR, TODAY)
    for some, why in ((found.lines, "云岭县水务局已经报送并公布"), ((), "请选择提醒哪些单位")):
        with pytest.raises(Refused, match=why):
            reminding.record(audit=audit, year=YEAR, lines=some, words="请报送", once=uuid.uuid4())
    assert not Reminding.objects.exists()


def test_the_people_of_an_organ_are_written_to_at_their_own_addresses(county, audit) -> None:
    of, silent = organ(county, "水务局"), organ(county, "教育局")
    for role, to in (("clerk", "a@example.cn"), ("head", ""), ("reviewer", "c@example.cn")):
        person = Person.objects.create(county=county.pk, name=role, role=role, organ=of)
        Appointment.objects.create(
            county=county.pk, person=person, role=role, organ=of, from_on=date(2020, 1, 1), by=audit.actor
        )
        if to:
            subscribe(audit=audit, about=person.pk, channel="email", to=to)
    found = room(county, YEAR, TODAY)
    once = uuid.uuid4()
    _, count = reminding.message(audit=audit, year=YEAR, lines=found.lines, once=once)
    reminding.message(audit=audit, year=YEAR, lines=found.lines, once=once)
    sent = Message.objects.get()
    assert (count, sent.template, sent.fields) == (1, "desk.report_due", {"number": "2025年度报告"})
    assert {each.organ for each in Reminded.objects.all()} == {of, silent}

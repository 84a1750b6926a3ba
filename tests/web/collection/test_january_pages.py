"""The January room at the desk: who sees what, what is refused with a sentence, notices from its findings, one's own line."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.collection.models import Reminding
from gongkai.web.collection.selectors.days import days_of
from gongkai.web.collection.selectors.january import room
from gongkai.web.collection.services import reminding
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.january import DESK, set_days
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import change_organ, merge
from gongkai.web.oversight.models import Notice, NoticeSubject
from gongkai.web.oversight.services import duties
from gongkai.web.oversight.services.duties import Found
from gongkai.web.people.models import Person
from gongkai.web.workbench.views import january
from tests.web.collection.reported import BROKEN, YEAR, Reported

TODAY = date(2026, 1, 30)
LATER = date(2026, 2, 5)
ROOM = f"/collection/january?year={YEAR}"
REMIND = f"/collection/january/remind?year={YEAR}"
DRAFT = f"/collection/january/draft?year={YEAR}"


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def report(audit) -> Reported:
    return Reported(audit)


@pytest.fixture
def organs(county, audit) -> dict[str, Organ]:
    made = {
        name: Organ.objects.create(county=county.pk, name=f"云岭县{name}", form=form, position=n)
        for n, (name, form) in enumerate(
            [("政府办公室", "department"), ("教育局", "department"), ("水务局", "department"), ("石桥镇", "township")]
        )
    }
    change_organ(audit=audit, organ=made["政府办公室"], competent=True)
    return made


@pytest.fixture
def on(monkeypatch):
    """The day on which the pages are looked at."""

    def goes(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *told: told[0].date() if told and told[0] else day)

    return goes


def test_the_room_shows_who_is_where_with_whose_day(desk, organs, report, on) -> None:
    report.file(organs["水务局"], TODAY, BROKEN)
    on(LATER)
    page = text(desk.get(ROOM))
    assert "共4个单位" in page and "4个要催" in page
    assert "已过法定期限，未报送" in page and "已过6天" not in page and "已过5天" in page
    assert "有不一致（已报送）" in page
    assert "《政府信息公开条例》第四十九条第一款" in page and "星期六" in page
    assert "没有规定，不计期限" in page
    row = page.split("石桥镇</a>")[1].split("</tr>")[0]
    assert "不计期限" in row and "过" not in row
    assert "没有“已公布”的单位" in text(desk.get(f"{ROOM}&group=published"))
    late = text(desk.get(f"{ROOM}&group=law"))
    assert "教育局</a>" in late and "石桥镇</a>" not in late


@pytest.mark.parametrize("page", ["january", "january/remind", "january/draft"])
@pytest.mark.parametrize(
    ("role", "status"), [("competent", 200), ("clerk", 403), ("head", 403), ("leader", 403), ("system_admin", 403)]
)
def test_what_others_do_is_for_the_competent_department(asking, organs, role, status, page) -> None:
    name = "政府办公室" if role == "competent" else "教育局"
    browser = asking(role, organs[name])
    assert browser.get(f"/collection/{page}").status_code == status
    if status == 403 and page != "january":
        assert browser.post(f"/collection/{page}", {}).status_code == 403


def once(page: str) -> str:
    return re.findall(r'name="once" value="([^"]+)"', page)[0]


def test_a_reminder_is_put_on_record_and_its_words_are_kept_when_it_is_refused(desk, organs, on) -> None:
    on(TODAY)
    page = text(desk.get(REMIND))
    assert "下列4个单位请抓紧办理" in page and "云岭县石桥镇：还没有开始编写" in page
    assert 'data-copy="t-all"' in page and "select-all" in page
    told = {"for": "all", "words": "请今天报送", "once": once(page), "organs": [organs["教育局"].pk]}
    assert "请刷新后核对" in text(desk.post(REMIND, told | {"once": "甲"}))
    gone = desk.post(REMIND, told | {"organs": [uuid.uuid4()]})
    assert gone.status_code == 409 and "请今天报送" in text(gone)
    page = text(desk.post(REMIND, told, follow=True))
    assert "已记下：提醒了1个单位" in page and "提醒记录" in page
    desk.post(REMIND, told)
    assert Reminding.objects.count() == 1
    assert "提醒" in text(desk.get(ROOM)).split("教育局</a>")[1].split("</tr>")[0]
    told = {"way": "message", "once": uuid.uuid4(), "organs": [organs["石桥镇"].pk]}
    assert "给0个邮箱写了消息" in text(desk.post(REMIND, told, follow=True))


def test_notices_are_drafted_from_what_is_late_or_contradicts_itself_and_sent_by_a_person(
    desk, county, audit, organs, report, on
) -> None:
    water, town = organs["水务局"], organs["石桥镇"]
    report.file(water, TODAY, BROKEN)
    duties.find(
        audit=audit, problems=[Found(water.pk, "窗口没有申请表", "补放")], due_on=timezone.localdate() + timedelta(9)
    )
    real = timezone.localdate()
    on(LATER)
    page = text(desk.get(f"{DRAFT}&organ={organs['教育局'].pk}&organ={water.pk}"))
    assert "石桥镇" not in page and "已过法定期限，未报送" in page and "一并写入这些单位在办的问题（1个）" in page
    reply = {"reply_by": real + timedelta(9)}
    none = desk.post(DRAFT, {"kind": "urge", **reply})
    assert none.status_code == 422 and "请选择单位" in text(none)
    sound = desk.post(DRAFT, {"kind": "rectify", "organ": organs["教育局"].pk, **reply})
    assert "云岭县教育局没有需要整改的不一致或者问题" in text(sound)
    gone = desk.post(DRAFT, {"kind": "urge", "organ": organs["教育局"].pk, "reply_by": "2026-01-01"})
    assert "回复期限已经过去" in text(gone)
    assert not Notice.objects.exists()
    desk.post(DRAFT, {"kind": "urge", "organ": [organs["教育局"].pk, town.pk], **reply})
    desk.post(DRAFT, {"kind": "rectify", "organ": [water.pk], "problems": "1", **reply})
    desk.post(DRAFT, {"kind": "circular", "organ": [organs["教育局"].pk, water.pk], **reply})
    assert Notice.objects.count() == 4
    assert {each.state for each in Notice.objects.all()} == {"draft"}
    bodies = [each.texts.get().body for each in Notice.objects.order_by("id")]
    assert "2025年度政府信息公开工作年度报告尚未报送（还没有开始编写）" in bodies[0]
    assert "期限为2026年1月31日，至今已超过4个工作日" in bodies[0]
    assert "期限" not in bodies[1].split("\n")[1]  # a township without a day of the county's own
    [message] = next(each for each in room(county, YEAR, LATER).lines if each.organ == water).conflicts
    assert message in bodies[2] and "窗口没有申请表" in bodies[2]
    assert "云岭县水务局：2025年度政府信息公开工作年度报告有1处不一致，已报送，未见公布" in bodies[3]
    assert set(NoticeSubject.objects.values_list("kind", flat=True)) == {"yearly", "duty"}
    row = text(desk.get(ROOM)).split("教育局</a>")[1].split("</tr>")[0]
    assert "督办通知</a>（拟稿）" in row and "通报</a>（拟稿）" in row


def test_a_notice_to_an_organ_that_is_no_more_goes_to_its_successor_or_is_refused(desk, audit, organs, on) -> None:
    merge(audit=audit, organ=organs["水务局"], into=organs["教育局"], on=date(2026, 1, 15))
    merge(audit=audit, organ=organs["石桥镇"], into=None, on=date(2026, 1, 15))
    on(LATER)
    page = text(desk.get(ROOM))
    assert "云岭县水务局于2026年1月15日并入，其2025年度报告由本机关报送" in page
    told = {"kind": "urge", "reply_by": ""}
    orphan = desk.post(DRAFT, told | {"organ": organs["石桥镇"].pk})
    assert orphan.status_code == 422 and "没有承接的单位" in text(orphan)
    desk.post(DRAFT, told | {"organ": organs["水务局"].pk})
    assert Notice.objects.get().texts.get().organs == [str(organs["教育局"].pk)]


OWN = [
    # what was done, on which day, what the clerk's line says, where it leads
    ("nothing", date(2026, 1, 30), ("2025年度报告：未开始", "还没有开始编写", "开始编写"), "year-report"),
    ("words", date(2026, 1, 30), ("2025年度报告：起草中", "还没有写，还没有送签", "继续编写，送签"), "words-report"),
    ("signed", date(2026, 1, 30), ("2025年度报告：已签发，未报送", "还没有定稿报送", "定稿报送"), "year-issue"),
    ("frozen", date(2026, 1, 30), ("2025年度报告：已报送，未见公布", "没有公布记录", "公布"), "year-issue"),
    ("nothing", date(2026, 2, 3), ("2025年度报告：未开始", "已过法定期限，未报送", "逾期"), "year-report"),
    ("frozen", date(2026, 2, 3), ("已报送，未见公布", "已过法定期限，已报送，未见公布", "逾期"), "year-issue"),
    ("published", date(2026, 1, 30), (), ""),
    ("nothing", date(2026, 6, 3), (), ""),
]


@pytest.mark.parametrize(("did", "day", "says", "leads"), OWN, ids=[f"{did}-{day:%m%d}" for did, day, *_ in OWN])
def test_a_clerk_sees_one_line_with_state_day_what_is_missing_and_where_to_go(
    asking,
    organs,
    report,
    on,
    did,
    day,
    says,
    leads,
) -> None:
    of = organs["教育局"]
    match did:
        case "words":
            report.words(of, "1")
        case "frozen" | "published":
            getattr(report, did)(of, date(2026, 1, 20))
        case "signed":
            report.signed(of)
    clerk = asking("clerk", of)
    on(day)
    page = text(clerk.get("/"))
    assert page.count("2025年度报告：") == bool(says)
    row = page.split("2025年度报告：")[0].rsplit("<tr", 1)[-1] + page.split("2025年度报告：")[-1].split("</tr>")[0]
    for words in says:
        assert words.removeprefix("2025年度报告：") in row
    if leads:
        assert reverse(leads, args=[of.pk, YEAR]) in row


def test_out_of_season_the_line_is_there_for_who_was_reminded_and_for_nobody_else(
    asking,
    county,
    audit,
    organs,
) -> None:
    year = timezone.localdate().year - 1
    found = room(county, year, timezone.localdate())
    [line] = [each for each in found.lines if each.organ == organs["教育局"]]
    reminding.record(audit=audit, year=year, lines=[line], words="请报送", once=uuid.uuid4())
    assert "县里提醒过" in text(asking("clerk", organs["教育局"]).get("/"))
    assert list(january.waiting(asking_person(county, organs["水务局"]), date(2026, 6, 3))) == []


def asking_person(county, organ):
    return Person.objects.create(county=county.pk, name="某人", role="clerk", organ=organ)


def test_the_demonstration_has_days_of_the_countys_own(county) -> None:
    desk = Person.objects.create(county=county.pk, name=DESK, role="competent")
    set_days(county, Audit(desk.pk, county.pk))
    days = days_of(county.pk, YEARS[-1])
    january = YEARS[-1] + 1, 1
    assert (days.department.county, days.of("township").county) == (date(*january, 23), date(*january, 28))

"""An organ that is no more: its tasks, problems and notices are its successor's, and every page says whose they were."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.organs.succession import succession
from gongkai.web.organs.tree import found_organ, merge
from gongkai.web.oversight.models import Recipient
from gongkai.web.oversight.selectors import duties as selectors
from gongkai.web.oversight.selectors import notices as read
from gongkai.web.oversight.selectors import telling
from gongkai.web.oversight.services import duties, notices, trainings
from gongkai.web.oversight.services.duties import Found
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from tests.web.oversight.conftest import PROOF, day

ABOUT = [About("other", None, Subject("栏目没有更新"))]


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def culture(county, audit, office) -> Organ:
    return found_organ(audit=audit, county=county.pk, name="云岭县文化局", form="department")


@pytest.fixture
def merged(county, audit, by, culture, education, water):
    """A task and a problem of an organ, a notice to it and a draft; then it is merged."""
    desk = by("何静")
    point = duties.keep_point(audit=desk, year=day(0).year, title="更新指南")
    [task] = duties.split(audit=desk, point=point, organs=[culture.pk], title="核对", measure="逐项", due_on=day(-9))
    [problem] = duties.find(audit=desk, problems=[Found(culture.pk, "窗口没有申请表", "补放")], due_on=day(-9))
    sent, draft = (
        notices.draft(audit=desk, kind="rectify", organs=[culture.pk], about=ABOUT, reply_by=day(-9)) for _ in "ab"
    )
    notices.send(audit=desk, notice=sent, version=1, number="", on=day(0), confirmed=True)
    merge(audit=audit, organ=culture, into=education, on=day(0))
    return task, problem, sent, draft


def test_who_takes_over_is_the_last_of_the_line(county) -> None:
    names, on = "甲乙丙丁", date(2025, 3, 1)
    a, b, c, d = (Organ.objects.create(county=county.pk, name=f"{name}局") for name in names)
    for organ, into, ended in ((a, b, on), (b, c, date(2025, 9, 1)), (d, None, on)):
        Organ.objects.filter(pk=organ.pk).update(valid_until=ended, successor=into)
    found = succession(county.pk)
    assert [found.taker(organ.pk) for organ in (a, b, c, d)] == [c.pk, c.pk, c.pk, None]
    assert found.taker(a.pk, date(2025, 6, 1)) == b.pk
    assert set(found.carried(c.pk)) == {a.pk, b.pk, c.pk}
    assert found.holders([a.pk, c.pk, d.pk]) == (c.pk,)
    assert found.named(a) == "丙局（原甲局）" and found.named(d) == "丁局（已撤销）" and found.named(c) == "丙局"
    assert found.note(d.pk) == "丁局已于2025年3月1日撤销，没有承接的单位" and found.note(c.pk) == ""


def test_two_that_name_each_other_end_nowhere(county) -> None:
    a, b = (Organ.objects.create(county=county.pk, name=f"{name}局") for name in "甲乙")
    for organ, into in ((a, b), (b, a)):
        Organ.objects.filter(pk=organ.pk).update(valid_until=date(2025, 3, 1), successor=into)
    assert succession(county.pk).taker(a.pk) is None


def test_the_successor_sees_answers_and_is_told_whose_it_was(asking, merged, education, water, culture) -> None:
    task, problem, sent, _ = merged
    desk = asking("clerk", education)
    home = text(desk.get("/"))
    assert "任务：核对" in home and "问题：窗口没有申请表" in home and "整改通知：" in home
    assert "云岭县教育局（原云岭县文化局）" in home
    page = text(desk.get(reverse("oversight-duty", args=[problem.pk])))
    assert "云岭县文化局已于" in page and "并入云岭县教育局，由云岭县教育局继续办理" in page
    assert "窗口没有申请表" in text(desk.get("/oversight/problems"))
    assert desk.post(reverse("oversight-duty-act", args=[task.pk, "answer"]), {"words": "已核对"}).status_code == 302
    assert desk.get(reverse("oversight-notice", args=[sent.pk])).status_code == 200
    assert desk.post(reverse("oversight-notice-act", args=[sent.pk, "receive"])).status_code == 302
    assert desk.post(reverse("oversight-notice-act", args=[sent.pk, "reply"]), {"words": "已更新"}).status_code == 302
    row = Recipient.objects.get(notice=sent)
    assert (row.organ, row.received_on, row.replied_on) == (culture, timezone.localdate(), timezone.localdate())
    stranger = asking("clerk", water)
    assert stranger.get(reverse("oversight-duty", args=[problem.pk])).status_code == 403
    assert stranger.get(reverse("oversight-notice", args=[sent.pk])).status_code == 403
    assert "窗口没有申请表" not in text(stranger.get("/oversight/problems"))
    before = asking("clerk", culture)
    assert before.get(reverse("oversight-duty", args=[problem.pk])).status_code == 403


def test_a_draft_goes_to_the_successor_and_so_does_what_is_found_later(by, merged, education, culture, water) -> None:
    desk, draft = by("何静"), merged[3]
    assert read.organs_of(draft) == (education.pk,)
    assert read.letter(draft, read.text_of(draft)).addressee == "云岭县教育局"
    notices.send(audit=desk, notice=draft, version=1, number="", on=day(0), confirmed=True)
    assert [row.organ for row in Recipient.objects.filter(notice=draft)] == [education]
    both = notices.draft(audit=desk, kind="urge", organs=[culture.pk, education.pk], about=ABOUT, reply_by=None)
    assert read.organs_of(both) == (education.pk,)
    [late] = duties.find(audit=desk, problems=[Found(culture.pk, "指南过时")], due_on=day(-9))
    assert late.organ == education
    with pytest.raises(Refused, match="没有发给您所在的单位"):
        notices.receive(audit=desk, notice=draft, organ=water.pk)


def test_an_organ_without_a_successor_keeps_what_it_had_and_gets_nothing_new(audit, by, merged, water) -> None:
    merge(audit=audit, organ=water, into=None, on=day(0))
    with pytest.raises(Refused, match="请选择发给哪个单位"):
        notices.draft(audit=by("何静"), kind="urge", organs=[water.pk], about=ABOUT, reply_by=None)
    with pytest.raises(Refused, match="请选择责任单位"):
        duties.find(audit=by("何静"), problems=[Found(water.pk, "指南过时")], due_on=day(-9))


def test_the_figures_count_with_who_took_over(county, by, merged, education) -> None:
    [own] = duties.find(audit=by("何静"), problems=[Found(education.pk, "栏目空白")], due_on=day(-9))
    duties.act_on(audit=by("王芳"), duty=own, act="answer", words="已补", files=PROOF)
    [found] = selectors.figures(county.pk, None, "problem", day(0).year, day(0))
    assert (found.organ, found.given, found.waiting) == ("云岭县教育局", 2, 2)


def test_a_training_of_an_organ_that_is_no_more_is_its_successors(asking, audit, by, clock, culture, education, water):
    held = trainings.keep_training(audit=by("何静"), host=culture, title="馆内培训", on=day(3))
    trainings.attended(audit=by("何静"), training=held, organ=culture.pk, names="赵宁\n钱川")
    year, url = day(3).year, reverse("oversight-training", args=[held.stem])
    clerk = asking("clerk", education)
    assert clerk.get(url).status_code == 403
    merge(audit=audit, organ=culture, into=education, on=day(0))
    assert clerk.get(url).status_code == 200
    assert asking("clerk", water).get(url).status_code == 403
    page = text(asking("clerk", education).get(f"/oversight/trainings?year={year}"))
    assert "馆内培训" in page
    assert "1次，2人次" in page
    assert {told.fact.key: told.fact.value for told in telling.told(education, year)} == {
        "trainings.total": 1,
        "trainings.people": 2,
    }
    assert list(telling.told(water, year)) == []


def test_a_notice_speaks_of_the_recipient_that_lacks_most(audit, by, culture, education):
    sent = notices.draft(
        audit=by("何静"), kind="rectify", organs=[culture.pk, education.pk], about=ABOUT, reply_by=day(-9)
    )
    notices.send(audit=by("何静"), notice=sent, version=1, number="", on=day(0), confirmed=True)
    for organ, deed in ((education, "reply"), (culture, "receive")):
        if deed == "reply":
            notices.reply(audit=by("王芳"), notice=sent, organ=organ.pk, words="已改")
        else:
            notices.receive(audit=by("王芳"), notice=sent, organ=organ.pk)
    merge(audit=audit, organ=culture, into=education, on=day(0))
    [line] = read.notices(sent.county, (education.pk, culture.pk), day(0))
    assert (line.mine.organ, line.mine.replied_on) == (culture, None)
    assert read.own_of(read.recipients(sent), (education.pk,)).organ == education
    assert read.own_of(read.recipients(sent), ()) is None

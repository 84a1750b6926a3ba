"""From walks to tasks: routed, answered, verified by the next walk or a person, back when they come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.patrol.models import Deed, Sighting, Task, Walk
from gongkai.web.patrol.selectors import tasks as selectors
from gongkai.web.patrol.selectors import unreviewed
from gongkai.web.patrol.services import settings, tasks
from gongkai.web.patrol.services.intake import bring_in
from gongkai.web.rules.selectors import calendar_of
from tests.patrol.made import ROOT, hit, result_of, there
from tests.web.patrol.conftest import day

DEAD = hit("dead_link", "/jyj/a.html", "/gone.html", "旧通知")
SECRET = hit("personal", "/xx/b.html", words="身份证号110＊＊＊")
STALE = hit("stale_column", "/jyj/tzgg/", words="通知公告")


def states(county) -> dict[str, str]:
    return {task.kind: task.state for task in Task.objects.filter(county=county.pk)}


def test_each_hit_becomes_one_task_of_the_organ_whose_address_it_is(county, audit, routed):
    walk = bring_in(audit=audit, data=result_of([DEAD, SECRET, STALE]))
    found = {task.kind: task for task in Task.objects.all()}
    assert {kind: task.organ for kind, task in found.items()} == {
        "dead_link": routed,
        "stale_column": routed,
        "personal": None,
    }
    add = calendar_of(county.pk).add_workdays
    assert [found[kind].due_on for kind in ("personal", "dead_link")] == [add(day(0), 3), add(day(0), 10)]
    assert walk.compared == {"new": 3} and walk.site == "云岭县人民政府网"
    row = Entry.objects.get(act="patrol.bring_in")
    assert row.object_id == walk.pk


def test_a_second_walk_verifies_what_it_looked_at_and_nothing_else(county, audit, routed):
    bring_in(audit=audit, data=result_of([DEAD, SECRET, STALE], days_ago=3))
    dead, stale = Task.objects.get(kind="dead_link"), Task.objects.get(kind="stale_column")
    tasks.answer(audit=audit, task=dead, words="已改正链接")
    pages = [there("/jyj/a.html"), there("/jyj/tzgg/", status=None, error="timeout")]
    walk = bring_in(audit=audit, data=result_of([SECRET], pages=pages))
    assert states(county) == {"dead_link": "done", "personal": "open", "stale_column": "open"}
    assert walk.compared == {"still": 1, "gone": 1, "unknown": 1}
    said = dict(Sighting.objects.filter(walk=walk).values_list("task__kind", "outcome"))
    assert said == {"dead_link": "gone", "personal": "met", "stale_column": "unknown"}
    dead.refresh_from_db()
    stale.refresh_from_db()
    assert (dead.closed_on, dead.late, stale.closed_on) == (day(0), False, None)


@pytest.mark.parametrize(
    ("again", "outcome"),
    [
        ({"pages": [there("/jyj/a.html")]}, "gone"),
        ({"pages": [there("/jyj/a.html", status=404)]}, "gone"),
        ({"pages": [there("/jyj/a.html", status=None, error="connect")]}, "unknown"),
        ({"pages": [there("/jyj/a.html", status=500, error="server")]}, "unknown"),
        ({"pages": []}, "unknown"),
        ({"pages": [there("/jyj/a.html"), there("/gone.html")]}, "gone"),
        ({"pages": [there("/jyj/a.html"), there("/gone.html", status=None, error="timeout")]}, "unknown"),
        ({"pages": [there("/jyj/a.html")], "ended": "pages"}, "unknown"),
        ({"pages": [there("/jyj/a.html")], "checked": ["personal"]}, "unknown"),
    ],
)
def test_silence_means_something_only_where_the_walk_looked(county, audit, again, outcome):
    bring_in(audit=audit, data=result_of([DEAD], days_ago=1))
    bring_in(audit=audit, data=result_of([], **again))
    assert Sighting.objects.latest("id").outcome == outcome
    assert states(county) == {"dead_link": "done" if outcome == "gone" else "open"}


def test_words_looked_for_with_another_list_verify_nothing(county, audit):
    bring_in(audit=audit, data=result_of([SECRET], days_ago=2))
    bring_in(audit=audit, data=result_of([], days_ago=1, words="w2", pages=[there("/xx/b.html")]))
    assert states(county) == {"personal": "open"}
    bring_in(audit=audit, data=result_of([], words="w2", pages=[there("/xx/b.html")]))
    assert states(county) == {"personal": "done"}


def test_what_comes_back_is_opened_again_with_a_new_day(county, audit):
    bring_in(audit=audit, data=result_of([DEAD], days_ago=30))
    first = Task.objects.get().due_on
    bring_in(audit=audit, data=result_of([], days_ago=20, pages=[there("/jyj/a.html")]))
    walk = bring_in(audit=audit, data=result_of([DEAD]))
    task = Task.objects.get()
    assert (task.state, task.times, task.closed_on, walk.compared) == ("open", 2, None, {"back": 1})
    assert task.due_on > first and task.first_on == day(30) and task.met_on == day(0)


def test_an_answer_that_did_not_help_is_open_again_and_one_after_the_walk_waits(county, audit):
    bring_in(audit=audit, data=result_of([DEAD, SECRET], days_ago=5))
    for task in Task.objects.all():
        tasks.answer(audit=audit, task=task, words="已处理")
    bring_in(audit=audit, data=result_of([DEAD], days_ago=1, pages=[there("/xx/b.html", status=None, error="name")]))
    assert states(county) == {"dead_link": "answered", "personal": "answered"}  # walked before the answers were given
    later = result_of([DEAD], days_ago=-1)[:]
    with pytest.MonkeyPatch.context() as patch:
        real = timezone.now
        patch.setattr(timezone, "now", lambda: real() + timedelta(days=2))
        bring_in(audit=audit, data=later)
    assert states(county)["dead_link"] == "open"


def test_what_was_set_aside_stays_aside_until_a_person_takes_it_up(county, audit):
    bring_in(audit=audit, data=result_of([SECRET], days_ago=3))
    task = Task.objects.get()
    tasks.dismiss(audit=audit, task=task, words="依法公示的名单")
    bring_in(audit=audit, data=result_of([], days_ago=2, pages=[there("/xx/b.html")]))
    bring_in(audit=audit, data=result_of([SECRET], days_ago=1))
    assert states(county) == {"personal": "dismissed"}
    tasks.reopen(audit=audit, task=task, words="公示期已满")
    task.refresh_from_db()
    assert (task.state, task.times) == ("open", 2) and task.due_on > day(0)


def test_a_person_verifies_and_what_is_done_wrongly_is_refused(county, audit, education):
    bring_in(audit=audit, data=result_of([SECRET]))
    task = Task.objects.get()
    with pytest.raises(Refused, match="请写明处理情况"):
        tasks.answer(audit=audit, task=task, words="  ")
    with pytest.raises(Refused, match="选择办理的机关"):
        tasks.assign(audit=audit, task=task, organ=county.pk)
    with pytest.raises(Refused, match="一年以内"):
        tasks.assign(audit=audit, task=task, organ=education.pk, due_on=day(1))
    tasks.assign(audit=audit, task=task, organ=education.pk, due_on=day(-9))
    tasks.verify(audit=audit, task=task, words="电话核对，已撤下。身份证号110101199003074514")
    task.refresh_from_db()
    assert (task.state, task.organ, task.due_on) == ("done", education, day(-9))
    assert "110101199003074514" not in Deed.objects.get(act="verify").words
    for act in (tasks.answer, tasks.verify, tasks.dismiss):
        with pytest.raises(Refused, match="已办结"):
            act(audit=audit, task=task, words="再办一次")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (lambda: b"PK\x03\x04", "不是巡查的结果文件"),
        (lambda: b"", "空"),
        (lambda: result_of([DEAD])[:-30], "没有走完"),
        (lambda: result_of([DEAD]).replace("旧通知".encode(), "新通知".encode()), "不对|校验值"),
        (lambda: result_of([], days_ago=-3), "时钟"),
    ],
)
def test_what_is_no_result_is_refused(county, audit, data, says):
    with pytest.raises(Refused, match=says):
        bring_in(audit=audit, data=data())
    assert not Walk.objects.exists() and not Task.objects.exists()


def test_the_same_file_and_an_older_walk_are_refused(county, audit):
    data, older = result_of([DEAD], days_ago=1), result_of([], days_ago=2)
    bring_in(audit=audit, data=data)
    with pytest.raises(Refused, match="已经导入过"):
        bring_in(audit=audit, data=data)
    with pytest.raises(Refused, match="更晚的一次"):
        bring_in(audit=audit, data=older)


def test_items_without_a_record_are_met_only_from_the_day_set(county, audit):
    pages = [
        there("/n.html", title="没有登记的通知", day=day(3).isoformat(), item=True),
        there("/o.html", title="旧的", day=day(90).isoformat()),
    ]
    bring_in(audit=audit, data=result_of([], days_ago=2, pages=pages))
    assert not Task.objects.exists()
    settings.set_reviewed_from(audit=audit, day=day(30), valid_from=day(10))
    bring_in(audit=audit, data=result_of([], days_ago=1, pages=pages))
    task = Task.objects.get()
    assert (task.kind, task.url, task.words) == ("unreviewed", f"{ROOT}/n.html", "没有登记的通知")


def test_an_item_whose_address_was_written_back_or_whose_title_was_released_has_its_record(county, audit, monkeypatch):
    settings.set_reviewed_from(audit=audit, day=day(30), valid_from=day(10))
    dated = {"day": day(3).isoformat(), "item": True}
    pages = [there("/known.html", title="别的名称", **dated), there("/named.html", title="关于 供水的“通知”", **dated)]
    pages.append(there("/third.html", title="无人知道的通知", **dated))
    row = type("Row", (), {"address": "https://www.yunling.example.cn/known.html"})()
    monkeypatch.setattr(unreviewed, "last_states", lambda county: {county: row})
    monkeypatch.setattr(
        unreviewed, "released_among", lambda county, wanted, spelt: {spelt("关于供水的《通知》")} & set(wanted)
    )
    bring_in(audit=audit, data=result_of([], pages=pages))
    assert [task.url for task in Task.objects.all()] == [f"{ROOT}/third.html"]


def test_figures_have_their_base(county, audit, routed):
    bring_in(audit=audit, data=result_of([DEAD, SECRET, STALE], days_ago=60))
    bring_in(audit=audit, data=result_of([SECRET, STALE], pages=[there("/jyj/a.html")]))
    by_organ, by_kind = selectors.figures(county.pk, None, day(0), day(90), day(0))
    told = {f.name: (f.met, f.closed, f.in_time, f.open, f.overdue) for f in by_organ}
    assert told == {routed.name: (2, 1, 0, 1, 1), "待分办": (1, 0, 0, 1, 1)}
    assert sum(f.met for f in by_kind) == 3
    assert selectors.counts(county.pk, (routed.pk,), day(0))["overdue"] == 1


def test_the_caches_are_what_the_facts_say_and_the_facts_stay(county, audit, routed):
    bring_in(audit=audit, data=result_of([DEAD, SECRET], days_ago=2))
    tasks.answer(audit=audit, task=Task.objects.get(kind="dead_link"), words="改了")
    before = list(Task.objects.order_by("pk").values())
    Task.objects.update(state="open", organ=None, due_on=None, times=9, words="")
    tasks.follow(Task.objects.values_list("pk", flat=True))
    assert list(Task.objects.order_by("pk").values()) == before
    for row in (Walk, Sighting, Deed):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.objects.all()[:1].get().delete()


def test_routes_and_days_are_refused_where_they_make_no_sense(county, audit, education):
    with pytest.raises(Refused, match="工作日"):
        settings.set_days(audit=audit, days={"grave": 0}, valid_from=day(0))
    with pytest.raises(Refused, match="写了两次"):
        settings.set_routes(
            audit=audit,
            rows=[("a.cn/x/", str(education.pk)), ("https://a.cn/x/", str(education.pk))],
            valid_from=day(0),
        )
    with pytest.raises(Refused, match="请为"):
        settings.set_routes(audit=audit, rows=[("a.cn/x/", "")], valid_from=day(0))
    with pytest.raises(Refused, match="不对"):
        settings.set_routes(audit=audit, rows=[("a b", str(education.pk))], valid_from=day(0))

"""The pages of the patrol: who sees what, bringing a file in, our own pages walked, the workbook, the start page."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.patrol import reading
from gongkai.web.jobs.models import Ticket
from gongkai.web.jobs.worker import run_waiting
from gongkai.web.organs.tree import found_organ
from gongkai.web.patrol import tasks
from gongkai.web.patrol.daily import walk_own_pages
from gongkai.web.patrol.models import Task, Walk
from gongkai.web.patrol.own import Portal, walk_portal
from gongkai.web.patrol.services import own, settings
from gongkai.web.patrol.services.intake import bring_in
from tests.patrol.made import hit, result_of, there
from tests.web.patrol.conftest import day

DEAD = hit("dead_link", "/jyj/a.html", "/gone.html", "旧通知")
SECRET = hit("personal", "/xx/b.html", words="身份证号110＊＊＊")


@pytest.fixture
def walked(audit, routed):
    return bring_in(audit=audit, data=result_of([DEAD, SECRET], days_ago=30))


def test_a_clerk_sees_and_answers_what_is_their_organs(walked, asking, routed, county, audit):
    other = found_organ(audit=audit, county=county.pk, name="云岭县水务局", form="department")
    mine, secret = Task.objects.get(kind="dead_link"), Task.objects.get(kind="personal")
    clerk = asking("clerk", routed)
    page = clerk.get("/patrol").content.decode()
    assert "死链" in page and "身份证号" not in page and "已过期限" in page
    assert clerk.get(f"/patrol/tasks/{secret.pk}").status_code == 403
    assert "网站巡查：死链" in clerk.get("/").content.decode()
    done = clerk.post(f"/patrol/tasks/{mine.pk}/answer", {"words": "已改正"}, follow=True).content.decode()
    assert "待复查" in done and "已改正" in done
    assert clerk.post(f"/patrol/tasks/{mine.pk}/verify", {"words": "看过"}).status_code == 403
    assert clerk.get("/patrol/walks").status_code == 403
    assert asking("clerk", other).get(f"/patrol/tasks/{mine.pk}").status_code == 403


def test_the_competent_department_assigns_and_verifies(walked, asking, routed, desk):
    secret = Task.objects.get(kind="personal")
    desk = asking("competent", None)
    assert "待分办（1）" in desk.get("/patrol").content.decode()
    refused = desk.post(f"/patrol/tasks/{secret.pk}/assign", {"organ": "", "words": "请办"})
    assert refused.status_code == 409 and "请选择办理的机关" in refused.content.decode()
    desk.post(f"/patrol/tasks/{secret.pk}/assign", {"organ": str(routed.pk), "due_on": day(-5).isoformat()})
    secret.refresh_from_db()
    assert (secret.organ, secret.due_on) == (routed, day(-5))
    page = desk.post(f"/patrol/tasks/{secret.pk}/dismiss", {"words": "依法公示"}, follow=True).content.decode()
    assert "不作为问题" in page and "依法公示" in page
    assert desk.get(f"/patrol/tasks/{walked.pk}").status_code == 404
    assert desk.post(f"/patrol/tasks/{secret.pk}/delete").status_code == 404


def test_a_file_is_brought_in_compared_and_refused_with_a_sentence(walked, desk):
    data = result_of([SECRET], pages=[there("/jyj/a.html")])
    sent = desk.post("/patrol/walks", {"result": SimpleUploadedFile("r.jsonl", data)}, follow=True).content.decode()
    assert "已导入：仍有1处，已没有1处" in sent and "<h2>已没有（1）" in sent
    again = desk.post("/patrol/walks", {"result": SimpleUploadedFile("r.jsonl", data)})
    assert again.status_code == 422 and "已经导入过" in again.content.decode()
    bad = desk.post("/patrol/walks", {"result": SimpleUploadedFile("<b>.jsonl", b"<script>alert(1)</script>")})
    assert bad.status_code == 422 and "不是巡查的结果文件" in bad.content.decode()
    assert desk.post("/patrol/walks").status_code == 422


def test_words_of_a_hostile_site_are_shown_and_never_run(audit, desk, county):
    bad = hit("template_residue", "/x.html?<script>", words="<script>alert(1)</script>{{ 7 }}")
    bring_in(audit=audit, data=result_of([bad]))
    page = desk.get(f"/patrol/tasks/{Task.objects.get().pk}").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page and 'rel="noreferrer noopener"' in page


def test_the_workbook_the_figures_and_the_settings(walked, desk, routed):
    book = load_workbook(io.BytesIO(desk.get("/patrol/export").content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(rows) == 3 and rows[1][0] == "个人信息" and {row[3] for row in rows[1:]} == {routed.name, "待分办"}
    figures = desk.get(f"/patrol/figures?first={day(60)}").content.decode()
    assert routed.name in figures and "个人信息" in figures
    assert desk.get("/patrol/figures?first=x&last=2026-13-01").status_code == 200
    form = {
        "days_grave": "2",
        "days_doubt": "5",
        "days_note": "9",
        "since": "",
        "own_every": "7",
        "begin": ["a.cn/x/", ""],
        "organ": [str(routed.pk), ""],
    }
    assert "a.cn/x/" in desk.post("/patrol/settings", form, follow=True).content.decode()
    refused = desk.post("/patrol/settings", {**form, "days_grave": "x"})
    assert refused.status_code == 409 and "请填整数" in refused.content.decode()
    refused = desk.post("/patrol/settings", {**form, "begin": ["a b"], "organ": [str(routed.pk)], "days_note": "7"})
    assert refused.status_code == 409 and 'value="9"' in refused.content.decode()  # nothing of it was set


def test_our_own_pages_are_walked_in_this_process(county, audit, desk):
    data = walk_portal("本县")
    result = reading.read(data)
    pages = {url.removeprefix("http://localhost"): page for url, page in result.pages.items()}
    assert pages["/portal"].there and len(pages) > 5
    assert not any(page.there and url.startswith(("/cases", "/patrol", "/people")) for url, page in pages.items())
    own.begin(audit=audit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "walk_portal", lambda name: data)
        run_waiting()
    walk = Walk.objects.get()
    assert walk.own and walk.root == "own" and walk.ended == "done" and walk.by == audit.actor
    answer = Portal().once("GET", "http://localhost/cases", {}, _bounds())
    assert (answer.status, answer.error) == (None, "robots")


def _bounds():
    from gongkai.patrol.fetch import Bounds

    return Bounds()


def test_a_walk_of_our_own_pages_is_asked_for_once(county, audit, desk):
    assert own.begin(audit=audit) is True
    assert own.begin(audit=audit) is False
    assert "正在巡查" in desk.post("/patrol/walks/own", follow=True).content.decode()
    assert not Walk.objects.exists()


def test_our_own_pages_are_walked_again_after_the_days_set(county, audit):
    settings.set_own_every(audit=audit, days=7, valid_from=day(9))
    bring_in(audit=audit, data=result_of([], days_ago=7), own=True)
    walk_own_pages(day(1))
    assert not Ticket.objects.filter(key__startswith="patrol:").exists()
    walk_own_pages(day(0))
    assert Ticket.objects.filter(key__startswith="patrol:").count() == 1


def test_our_own_pages_are_not_walked_by_themselves_where_nobody_set_it(county):
    walk_own_pages(day(0))
    assert not Ticket.objects.filter(key__startswith="patrol:").exists()

"""A letter and an opinion through the pages: what the public does without an account, what the desk does, and what is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.interaction.models import HotlineRow, Letter, Opinion
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.rules.services import set_value
from tests.web.interaction.conftest import LETTER
from tests.web.interaction.test_hotline import ROWS, as_csv
from tests.web.proactive.conftest import CODE, NOTICE

TOKEN = re.compile(r'name="token" value="([^"]+)"')
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _hasty(settings):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "form_seconds": 0}


@pytest.fixture
def visitor(county):
    return Client(REMOTE_ADDR="203.0.113.7", headers={"host": "localhost"})


def form(visitor, url, **other):
    page = visitor.get(url).content.decode()
    return {"token": TOKEN.search(page)[1]} | other


def letter_form(visitor, **other):
    told = {"kind": LETTER.kind, "title": LETTER.title, "words": LETTER.words, "name": LETTER.name}
    return form(visitor, "/letters/new", **(told | {"phone": LETTER.phone, "may_publish": "on"} | other))


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_a_letter_from_the_first_page_to_the_published_answer(visitor, desk, organ, office):
    assert "还没有公开的来信" in text(visitor.get("/letters"))
    sent = letter_form(visitor, organ=str(organ.pk))
    assert "请填写姓名" in text(visitor.post("/letters/new", sent | {"name": ""}), 422)
    answer = visitor.post("/letters/new", sent)
    assert answer.status_code == 302
    receipt = visitor.get(answer.headers["Location"])
    assert receipt.headers["Cache-Control"] == "no-store"
    letter = Letter.objects.get()
    assert letter.number in text(receipt)
    assert visitor.post("/letters/new", sent).status_code == 302
    assert Letter.objects.count() == 1
    code = re.search(r'big code">(\w+)<', text(receipt))[1]

    # The desk: one person without accounts does it all; who drafts and who reviews is tested with the services.
    at = f"/talk/letters/{letter.pk}"
    assert letter.number in text(desk.get("/talk"))
    assert LETTER.words[:10] in text(desk.get(at))
    desk.post(f"{at}/route", {"organ": str(organ.pk), "words": "请阅处"})
    assert "请写明答复的内容" in text(desk.post(f"{at}/answer", {"words": " "}), 409)
    desk.post(f"{at}/answer", {"words": "请带出生医学证明。"})
    assert "请带出生医学证明" not in text(visitor.get("/letters/mine"))
    desk.post(f"{at}/review", {"verdict": "pass"})

    other = Client(REMOTE_ADDR="203.0.113.9", headers={"host": "localhost"})
    assert "编号或者查询码不对" in text(
        other.post("/letters/follow", {"number": letter.number, "code": "2222222222"}), 422
    )
    assert other.get("/letters/mine").headers["Location"] == "/letters/follow?expired=1"
    assert other.post("/letters/follow", {"number": letter.number, "code": code}).status_code == 302
    assert "请带出生医学证明" in text(other.get("/letters/mine"))
    assert "请写明理由" in text(other.post("/letters/rate", {"level": "not"}), 422)
    other.post("/letters/rate", {"level": "satisfied"})
    assert "您的评价：满意" in text(other.get("/letters/mine"))
    assert "100.0%（1/1）" in text(visitor.get("/letters"))

    told = {"title": "新生儿户口登记的材料", "question": "要带哪些材料？", "answer": "出生医学证明。"}
    desk.post(f"{at}/publish", told)
    assert told["title"] not in text(visitor.get("/letters"))
    desk.post(f"{at}/public", {"verdict": "pass"})
    assert told["title"] in text(visitor.get("/letters"))
    assert told["title"] in text(visitor.get("/letters/answers?q=出生医学"))
    assert told["title"] not in text(visitor.get("/letters/answers?q=社会保险"))
    page = reverse("portal-answer", args=[letter.publications.get().pk])
    assert told["answer"] in text(visitor.get(page))
    assert visitor.get(page).headers["Cache-Control"] == "private, no-cache"
    desk.post(f"{at}/withdraw", {"words": "政策已经调整"})
    assert visitor.get(page).status_code == 404
    assert told["title"] not in text(visitor.get("/letters")) + text(visitor.get("/letters/answers"))


def test_who_comes_near_a_limit_answers_a_question(visitor, office, settings):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "asks_after_address": 1, "most_address": 2}
    assert visitor.post("/letters/new", letter_form(visitor)).status_code == 302
    sent = letter_form(visitor, title="第二封")
    page = text(visitor.post("/letters/new", sent), 422)
    place = int(re.search(r"的第(\d+)个字是什么", page)[1])
    answer = visitor.post("/letters/new", sent | {"reading": office.name[place - 1]})
    assert answer.status_code == 302
    sent = letter_form(visitor, title="第三封")
    page = text(visitor.post("/letters/new", sent), 422)
    place = int(re.search(r"的第(\d+)个字是什么", page)[1])
    assert "今天从这个网络提交的来信已经很多" in text(
        visitor.post("/letters/new", sent | {"reading": office.name[place - 1]}), 422
    )
    assert Letter.objects.count() == 2


def test_the_desk_keys_in_a_letter_sets_it_aside_and_takes_it_up(desk, organ, office, visitor):
    told = {
        "once": "desk:1", "kind": "suggestion", "origin": "phone", "received_on": TODAY.isoformat(),
        "title": "公园增设座椅", "words": "石桥公园座椅太少。", "organ": str(organ.pk),
    }  # fmt: skip
    assert desk.post("/talk/letters/new", told | {"title": ""}).status_code == 422
    answer = desk.post("/talk/letters/new", told, follow=True)
    assert "查询码" in text(answer)
    letter = Letter.objects.get()
    at = f"/talk/letters/{letter.pk}"
    desk.post(f"{at}/aside", {"ground": "elsewhere", "words": "请向市公园管理中心反映"})
    assert "不属于本县行政机关的职责" in text(desk.get(at))
    desk.post(f"{at}/aside", {"verdict": "take_up", "words": "属于本县"})
    for url in ("/talk", "/talk/letters?group=waiting", "/talk/figures", "/talk/days", "/talk/consultations"):
        assert desk.get(url).status_code == 200
    assert "1到60个工作日" in text(
        desk.post("/talk/days", dict.fromkeys(("question", "suggestion", "message", "head"), "90")), 422
    )


@pytest.fixture
def draft(audit, organ, office):
    """A public draft over which opinions are taken."""
    from dataclasses import replace

    set_value(audit=audit, key=rulekeys.INDEX_CODE, value=CODE, valid_from=TODAY, organ=organ.pk)
    until = TODAY + timedelta(days=90)
    content = replace(NOTICE, kind="consultation", title="停车收费办法（征求意见稿）", public_until=until)
    item = drafting.draft(audit=audit, organ=organ, content=content)
    review.submit(audit=audit, item=item)
    from gongkai.web.proactive.selectors.facts import progress

    while progress(item).next_stage:
        review.pass_stage(audit=audit, item=item)
    release.release(audit=audit, item=item)
    return item


def test_an_opinion_from_the_page_to_the_group(visitor, desk, draft, audit):
    at = f"/talk/consultations/{draft.pk}"
    assert visitor.get(f"/consultations/{draft.pk}").status_code == 404
    period = {"opens_on": TODAY.isoformat(), "closes_on": (TODAY + timedelta(days=10)).isoformat()}
    assert "一般不少于30日（《重大行政决策程序暂行条例》第十五条第一款）" in text(
        desk.post(f"{at}/period", period | {"major": "on"}), 409
    )
    desk.post(f"{at}/period", period)
    assert "正在征集" in text(visitor.get("/consultations"))
    assert "收到意见</dt><dd>0条" in text(visitor.get(f"/consultations/{draft.pk}"))
    url = f"/consultations/{draft.pk}/opinion"
    sent = form(visitor, url, words="苏东坡认为第三条过高。", name="苏东坡")
    assert "意见已经收到" in text(visitor.post(url, sent, follow=True))
    assert "意见已经收到" in text(visitor.post(url, sent, follow=True))
    one = Opinion.objects.get()
    assert "收到意见</dt><dd>1条" in text(visitor.get(f"/consultations/{draft.pk}"))
    assert "苏东坡认为" in text(desk.get(at))
    desk.post(f"{at}/group", {"opinion": str(one.pk), "summary": "标准过高", "outcome": "adopted"})
    page = text(desk.get(at))
    assert "已归类1条，还有0条没有归类" in page
    assert "征集期还没有结束" in text(desk.post(f"{at}/feedback"), 409)
    release.withdraw(audit=audit, item=draft, reason="内容有误")
    assert visitor.get(f"/consultations/{draft.pk}").status_code == 404
    assert "停车收费办法" not in text(visitor.get("/consultations"))
    assert visitor.post(url, sent).status_code == 404


def test_a_ledger_of_the_hotline_is_looked_at_and_brought_in(desk, organ, office, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert "请选择热线台账的文件" in text(desk.post("/talk/hotline"), 422)
    page = text(desk.post("/talk/hotline", {"file": SimpleUploadedFile("工单.csv", as_csv(ROWS))}))
    assert "不能导入 5行" in page
    assert "来电人、联系电话" in page
    assert "苏东坡" not in page
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    assert "已导入3件；5行没有导入" in text(desk.post("/talk/hotline/bring", {"ticket": ticket}, follow=True))
    assert HotlineRow.objects.count() == 3
    assert desk.get("/talk/questions").status_code == 200
    assert "已经过期" in text(desk.post("/talk/hotline/bring", {"ticket": "x"}, follow=True))


def test_nothing_of_a_letter_is_shown_to_who_may_only_look(onlooker_desk, written):
    letter = written().letter
    assert onlooker_desk.get(f"/talk/letters/{letter.pk}").status_code == 403
    assert onlooker_desk.get("/talk").status_code == 403


def test_the_frequent_questions_show_only_what_is_public(visitor, audit, organ, office, draft):
    assert "还没有热点问答" in text(visitor.get("/letters/questions"))
    assert "还没有公开的回应" in text(visitor.get("/responses"))


def waiting(desk):
    found = re.search(r'letters-wait".*?</p>', text(desk.get("/")), re.DOTALL)
    return re.sub(r"<[^>]+>|\s", "", found[0].partition(">")[2]) if found else ""


def test_the_start_page_counts_the_letters_that_wait_for_who_is_there(desk, written, organ, clock):
    assert waiting(desk) == ""
    first, second = written().letter, written().letter
    assert waiting(desk) == "互动交流2件来信等您办理"
    desk.post(f"/talk/letters/{first.pk}/route", {"organ": str(organ.pk), "words": "请阅处"})
    assert waiting(desk) == "互动交流2件来信等您办理"
    clock.now += timedelta(days=60)
    assert waiting(desk) == "互动交流2件来信已过答复时间，等您办理"
    desk.post(f"/talk/letters/{second.pk}/aside", {"ground": "elsewhere", "words": "外县"})
    assert waiting(desk) == "互动交流1件来信已过答复时间，等您办理"


def test_no_letter_waits_for_who_may_only_look(onlooker_desk, written):
    written()
    assert waiting(onlooker_desk) == ""

"""Who gave an opinion on line follows it by number and code, and learns what became of it when everyone may, not before."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from gongkai.web import personal
from gongkai.web.erasure.services import erase, set_years
from gongkai.web.facts import Refused
from gongkai.web.interaction.models import Consultation, Feedback, Opinion, OpinionCode
from gongkai.web.interaction.selectors import senders
from gongkai.web.interaction.selectors.consultations import summed_up
from gongkai.web.interaction.services import consultations as consulting
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.services import release
from tests.web.interaction.test_consultations import (
    approve,
    draft,
    entry,
    hands,
    organ,
    published,
    said,
)

__all__ = ["approve", "draft", "entry", "hands", "organ", "published"]


@pytest.fixture
def browser(county):
    return lambda: Client(REMOTE_ADDR="203.0.113.7", headers={"host": "localhost"})


@pytest.fixture
def given(draft, audit):
    return said(draft, "苏东坡认为第三条过高。", audit, name="苏东坡")


def follow(client, opinion, code):
    return client.post("/opinions/follow", {"number": opinion.number, "code": code}, follow=True)


def words(answer, status=200):
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_sender_reads_the_outcome_once_the_feedback_is_public(browser, draft, given, audit, clock, hands, approve):
    code, mine = senders.code_of(given), browser()
    page = words(follow(mine, given, f" {code[:5].lower()} {code[5:]} "))
    assert "征集期还没有结束" in page and "苏东坡认为第三条过高" in page and "石桥镇停车收费管理办法" in page
    consulting.sum_up(
        audit=audit, item=draft.pk, summary="标准过高", outcome="not_adopted", reason="与成本相当", opinions=[given.pk]
    )
    clock.on(days=40)
    assert "未采纳" not in words(follow(mine, given, code)), "what is not public yet"
    made = Item.objects.get(pk=consulting.draft_feedback(audit=hands[0], item=draft.pk))
    approve(made)
    assert "正在整理意见" in words(follow(mine, given, code))
    release.release(audit=hands[0], item=made)
    clock.on(minutes=1)
    page = words(follow(mine, given, code))
    assert "未采纳 退出查询 采纳情况 归入的意见：标准过高 理由：与成本相当" in page
    release.withdraw(audit=hands[0], item=made, reason="有误")
    release.withdraw(audit=hands[0], item=draft, reason="有误")
    page = words(mine.get("/opinions/mine"))
    assert "已经不再公开" in page and "苏东坡认为第三条过高" in page
    assert "未采纳" not in page and "停车收费" not in page


def test_number_and_code_belong_together_and_nobody_else_sees_it(browser, draft, given, audit):
    code, other = senders.code_of(given), said(draft, "增加充电桩。", audit)
    stranger = browser()
    for number, tried in (("", ""), (given.number, ""), (given.number, "AAAAAAAAAA"), (other.number, code)):
        answer = stranger.post("/opinions/follow", {"number": number, "code": tried})
        assert "苏东坡" not in words(answer, 422)
    for address in ("/opinions/mine", "/opinions/receipt"):
        assert stranger.get(address).headers["Location"] == "/opinions/follow?expired=1"
    mine = browser()
    assert "苏东坡" in words(follow(mine, given, code))
    answer = mine.get("/opinions/receipt")
    assert code in words(answer) and answer.headers["Cache-Control"] == "no-store"
    mine.post("/opinions/leave")
    assert mine.get("/opinions/mine").status_code == 302


def test_tries_are_counted(browser, given):
    answers = [follow(browser(), given, f"AAAAAAAAA{n}").status_code for n in range(12)]
    assert answers[0] == 422 and answers[-1] == 429


def test_what_came_on_paper_has_no_code_and_the_code_lies_sealed(draft, given, audit, county):
    paper = said(draft, "信函", audit, origin="post")
    assert senders.opinion_of(county.pk, paper.pk) is None
    row = OpinionCode.objects.get()
    assert row.opinion_id == given.pk
    assert senders.code_of(given).encode() not in bytes(row.query_code)
    again = said(draft, "同一张表", audit, once="one"), said(draft, "同一张表", audit, once="one")
    assert again[0].pk == again[1].pk
    assert OpinionCode.objects.count() == 2


def test_opinions_are_erased_together_once_it_is_said_what_became_of_them(draft, given, audit, county):
    other, day = said(draft, "第四条过长。", audit), date(2028, 4, 2)
    code = senders.code_of(given)
    set_years(audit=audit, kept={"opinion": "2"}, on=date(2026, 1, 1))
    asked = Consultation.objects.get(item=draft.pk)
    before = summed_up(asked)
    with pytest.raises(Refused, match="没有写明意见的采纳情况"):
        erase(audit=audit, kind="opinion", about=draft.pk, checked=True, today=day)
    Feedback.objects.create(county=county.pk, item=draft.pk, entry=draft.pk, by=audit.actor)
    with pytest.raises(Refused, match="还没有期满"):
        erase(audit=audit, kind="opinion", about=draft.pk, checked=True, today=date(2028, 4, 1))
    erase(audit=audit, kind="opinion", about=draft.pk, checked=True, today=day)
    for row in Opinion.objects.filter(pk__in=(given.pk, other.pk)):
        assert not any(personal.revealed(row, "words", "name", "contact").values())
    assert senders.opinion_by_code(county.pk, given.number, code) is None
    assert OpinionCode.objects.count() == 2 and summed_up(asked) == before

"""Guides and topics at the desk: filled in, refused with a sentence, brought into the catalogue; who may not, does not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongkai.web.guide.selectors import entry_of, guide_of, leads
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.entries import topic_names
from gongkai.web.proactive.services import drafting
from gongkai.web.proactive.services.settings import set_topics
from tests.web.proactive.conftest import NOTICE
from tests.web.published.test_boards import FILLED


@pytest.fixture
def bureau(county):
    return Organ.objects.create(county=county.pk, name="云岭县水务局", form="department", phone="0000-9", word="云水")


def said(answer) -> str:
    return answer.content.decode()


def test_a_guide_is_filled_in_and_brought_into_the_catalogue(desk: Client, bureau):
    url = f"/guides/{bureau.pk}"
    assert "还没有填写" in said(desk.get("/guides"))
    assert 'value="0000-9"' in said(desk.get(url)), "what is known already stands there"
    refused = desk.post(url, {**FILLED, "channels": ["email"], "way-email": ""})
    assert refused.status_code == 409
    assert "写明怎样使用" in said(refused)
    assert FILLED["access"] in said(refused), "what was typed is kept"
    desk.post(url, {**FILLED, "fax": ""})
    assert "缺少传真号码" in said(desk.get(url))
    assert "还缺“传真号码”" in said(desk.post(f"{url}/bring-in", follow=True))
    desk.post(url, {**FILLED, "channels": ["email"], "way-email": "shuiwu@example.cn"})
    assert guide_of(bureau).channels == {"counter": "", "post": "", "email": "shuiwu@example.cn"}
    page = said(desk.get(url))
    assert "机关名录中是“0000-9”" in page
    brought = desk.post(f"{url}/bring-in")
    assert brought.headers["Location"] == f"/entries/{entry_of(bureau).pk}"
    assert "草稿" in said(desk.get("/guides"))


def test_an_onlooker_neither_sees_nor_writes_a_guide(onlooker_desk, bureau):
    for url in ("/guides", f"/guides/{bureau.pk}", "/guides/topics"):
        assert onlooker_desk.get(url).status_code == 403
    assert onlooker_desk.post(f"/guides/{bureau.pk}", FILLED).status_code == 403
    assert onlooker_desk.post(f"/guides/{bureau.pk}/bring-in").status_code == 403
    assert guide_of(bureau) is None


def test_topics_are_named_added_led_in_and_left_out(desk: Client, county, audit, bureau):
    set_topics(audit=audit, topics={"water": "供水", "road": "道路"}, valid_from=date(2026, 1, 1))
    item = drafting.draft(audit=audit, organ=bureau, content=NOTICE)
    desk.post(
        "/guides/topics",
        {"name-water": "农村供水", "name-road": "", "new": "就业", "lead-water": f"/entries/{item.pk}"},
    )
    names = topic_names(county.pk)
    assert (names["water"], "road" in names, list(names.values())[-1]) == ("农村供水", False, "就业")
    assert leads(county.pk)["water"][0] == item.pk
    wrong = desk.post("/guides/topics", {"name-water": "供水", "lead-water": "没有这条"})
    assert wrong.status_code == 409
    assert topic_names(county.pk)["water"] == "农村供水", "nothing of it was written"
    desk.post("/guides/topics", {"name-water": "农村供水", "lead-water": ""})
    assert "water" not in leads(county.pk)

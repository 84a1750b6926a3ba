"""What is sent is made plain at the border: signs that no text holds are gone before anything looks at it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import Element, fromstring, tostring

from gongkai.web.onrequest.models import Application
from gongkai.web.sent import plain
from tests.web.marked.office import TODAY


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("立项批复", "立项批复"),
        ("立项\x00批复", "立项批复"),
        ("第一行\x0b第二行\x0c第三行", "第一行 第二行 第三行"),
        ("第一行\r\n\t第二行", "第一行\r\n\t第二行"),
        ("\ufffe甲\uffff\ud800", "甲"),
        ("𠮷㛃\u200b\x7f", "𠮷㛃\u200b\x7f"),
    ],
)
def test_what_no_text_holds_is_taken_out_and_all_else_stays(sent, kept):
    assert plain(sent) == kept


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_whatever_is_sent_can_stand_in_any_document_and_in_any_database(sent):
    made = plain(sent)
    page = Element("p")
    page.text = made
    assert (fromstring(tostring(page)).text or "") == made.replace("\r\n", "\n")
    assert "\x00" not in made
    assert made.encode("utf-8").decode("utf-8") == made == plain(made)


@pytest.mark.parametrize(
    "path", ["/cases/%00", "/portal/organs/%0b", "/items/number/甲%00", "/%00", "/api/v1/applications/%00"]
)
def test_there_is_nothing_at_an_address_with_such_a_sign(desk, path):
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()


def test_a_query_and_a_cookie_with_such_a_sign_are_as_if_it_had_not_been_there(desk):
    clean = desk.get("/cases", {"words": "道路"}).content.decode()
    desk.cookies["gongkai_session"] = "\x00" * 32
    assert 'value="道路"' in clean
    assert 'value="道路"' in desk.get("/cases", {"words": "道\x00路", "\x00page": "1"}).content.decode()


def test_a_form_is_taken_without_such_signs(desk, county, audit):
    from gongkai.web.organs.tree import found_organ

    organ = found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")
    keyed = {
        "once": "desk:1",
        "organ": str(organ.pk),
        "channel": "in_person",
        "received_on": f"{TODAY}",
        "name": "甲\x00",
    }
    keyed |= {"kind": "natural_person", "content": "立项\x00批复\x0b附件", "provision": "paper", "manner": "post"}
    assert desk.post("/cases/new", keyed).status_code == 302
    assert Application.objects.get().subject == "立项批复 附件"

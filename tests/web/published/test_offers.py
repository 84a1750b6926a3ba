"""Before an application: what is public already is offered, nothing is lost by it, and only two counts are kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.text.asking import phrases
from gongkai.web.onrequest.models import Application, OfferTally
from gongkai.web.onrequest.selectors.figures import offered, span_of
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.services import release
from gongkai.web.search.offers import offers
from tests.web.portal.conftest import FORM

TOKEN = re.compile(r'name="token" value="([^"]+)"')
ASKED = "申请公开石桥镇农村供水管网改造的实施方案"


@pytest.fixture
def step(stranger, organ, settings):
    """One step of the way to an application, with the token of the page before it."""
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "form_seconds": 0}
    token = TOKEN.search(stranger.get(f"/apply/{organ.pk}").content.decode())[1]

    def go(step, content=ASKED, **other):
        return stranger.post(f"/apply/{organ.pk}", {"token": token, "step": step, "content": content} | other)

    return go


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("申请公开石桥镇2025年农村公路建设项目的立项批复", ("农村公路建设项目", "立项批复", "石桥镇", "农村公路", "建设项目")),
        ("本人申请公开云政发〔2021〕5号文件", ("云政发(2021)5号",)),
        ("我想了解農村供水水價的具體標準", ("农村供水水价", "标准", "农村供水", "水价")),
        ("请公开贵局的财政预算。", ("财政预算",)),
        ("申请公开信息！", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_a_request_is_cut_into_phrases_that_a_document_would_hold(typed, found):
    assert phrases(typed) == found


def test_what_is_public_is_offered_and_what_is_not_is_not(county, published, entry):
    wanted = published()
    other = published(title="云岭县义务教育招生办法", body="<p>划定片区。</p>")
    entry(title="石桥镇农村供水管网改造草稿")
    found = [hit.item for hit in offers(ASKED, county=county.pk)]
    assert found == [wanted.pk]
    assert [hit.item for hit in offers("义务教育招生片区", county=county.pk)] == [other.pk]
    assert offers("申请公开某某局的拆迁补偿台账", county=county.pk) == ()
    assert offers("申请公开", county=county.pk) == ()


def test_what_is_offered_says_enough_and_nothing_is_registered(step, published, county):
    item = published()
    page = step("ask").content.decode()
    assert f"/items/{item.pk}" in page
    assert f'name="content" value="{ASKED}"' in page
    answer = step("enough")
    assert "没有提交申请" in answer.content.decode()
    assert Application.objects.count() == 0
    assert offered(county.pk, None, span_of(timezone.localdate().year, "")).rate == "100.0%"


def test_going_on_keeps_what_was_typed_and_the_day_is_that_of_sending(step, published, stranger, organ, clock):
    published()
    step("ask")
    clock.on(days=1)
    page = step("on").content.decode()
    assert ASKED in page
    sent = FORM | {"content": ASKED, "token": TOKEN.search(page)[1]}
    assert stranger.post(f"/apply/{organ.pk}", sent).status_code == 302
    application = Application.objects.get()
    assert application.case.received_on == timezone.localdate(clock.now)


def test_the_whole_form_is_never_held_up_by_an_offer(step, published, stranger, organ):
    """Nothing stands between sending and registering: whoever sends has applied, on that day."""
    published()
    page = step("on").content.decode()
    sent = FORM | {"content": ASKED, "token": TOKEN.search(page)[1]}
    assert stranger.post(f"/apply/{organ.pk}", sent).status_code == 302


def test_with_nothing_to_offer_the_form_comes_at_once(step, published):
    published()
    page = step("ask", content="申请公开某某局的拆迁补偿台账").content.decode()
    assert "可能已经公开" not in page
    assert 'id="id_identity"' in page
    assert "拆迁补偿台账" in page
    assert OfferTally.objects.count() == 0


@pytest.mark.parametrize("content", ["", "  ", "公" * 20_001])
def test_a_first_question_without_a_right_answer_comes_back(step, content):
    answer = step("ask", content=content)
    assert answer.status_code == 422
    assert "有一处需要核对" in answer.content.decode()


def test_an_entry_that_was_taken_back_is_not_offered(step, published, hands):
    item = published()
    assert f"/items/{item.pk}" in step("ask").content.decode()
    release.withdraw(audit=hands[0], item=item, reason="有误")
    assert f"/items/{item.pk}" not in step("ask").content.decode()


def test_each_form_is_counted_once_and_enough_only_where_something_was_shown(step, stranger, published, organ, county):
    step("enough")
    assert OfferTally.objects.count() == 0
    published()
    for _ in range(2):
        step("ask")
        step("enough")
    assert OfferTally.objects.values_list("shown", "enough").get() == (1, 1)
    token = TOKEN.search(stranger.get(f"/apply/{organ.pk}").content.decode())[1]
    step("ask", token=token)
    step("ask", token="forged")
    step("enough", token="forged")
    assert OfferTally.objects.values_list("shown", "enough").get() == (2, 1)


def test_only_two_counts_an_organ_and_a_day_are_kept(step, published):
    published()
    step("ask")
    row = OfferTally.objects.values().get()
    assert set(row) == {"id", "county", "organ_id", "on", "shown", "enough"}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in (name for name in tables if name.startswith(("onrequest_", "limits_"))):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not [row for row in cursor.fetchall() if "供水" in str(row)], table


def test_the_rate_stands_on_its_base_and_within_what_a_person_may_see(step, published, organ, county, clock):
    published()
    step("ask")
    other = Organ.objects.create(county=county.pk, name="云岭县教育局")
    OfferTally.objects.create(county=county.pk, organ=other, on=timezone.localdate(), shown=3, enough=2)
    OfferTally.objects.create(
        county=county.pk, organ=other, on=timezone.localdate() - timedelta(days=400), shown=50, enough=50
    )
    year = span_of(timezone.localdate().year, "")
    assert (offered(county.pk, None, year).n, offered(county.pk, None, year).of) == (2, 4)
    assert (offered(county.pk, (organ.pk,), year).n, offered(county.pk, (organ.pk,), year).of) == (0, 1)
    assert offered(county.pk, (organ.pk,), year, other.pk).rate == "—"


def test_the_page_of_figures_tells_the_rate_with_its_base(desk, organ, county):
    assert "这一时段没有提示过已经公开的信息" in desk.get("/figures").content.decode()
    OfferTally.objects.create(county=county.pk, organ=organ, on=timezone.localdate(), shown=8, enough=3)
    words = desk.get("/figures").content.decode()
    assert "提示“可能已经公开”8次，其中3次" in words
    assert "占37.5%（3／8）" in words

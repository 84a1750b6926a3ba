"""Against floods: a question near a limit, a refusal far above it, and never anything for one who applies as people do."""

from __future__ import annotations

import re

import pytest

from gongkai.web.limits.models import Tally
from gongkai.web.limits.services import DAY, Rule, add, claim, counted, knock, sweep, take_back
from gongkai.web.onrequest.models import Application
from tests.web.portal.conftest import LI, form_of, stranger
from tests.web.portal.test_applying import send

ASKS = re.compile(r"“([^”<]+)”的第(\d+)个字是什么")


def limited(settings, **values):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, **values}


def test_one_who_applies_as_people_do_is_asked_nothing(visitor, organ):
    for number in range(3):
        assert send(visitor, organ, content=f"申请公开第{number}份文件").status_code == 302


@pytest.mark.parametrize("limit", ["asks_after_address", "asks_after_identity", "asks_after_county"])
def test_near_a_limit_a_small_question_is_asked_and_its_answer_lets_in(organ, settings, limit):
    limited(settings, **{limit: 1})
    assert send(stranger(), organ).status_code == 302
    visitor = stranger()
    form = form_of(visitor, organ, content="申请公开第二份文件")
    answer = visitor.post(f"/apply/{organ.pk}", form)
    name, place = ASKS.search(answer.content.decode()).groups()
    assert answer.status_code == 422
    wrong = visitor.post(f"/apply/{organ.pk}", form | {"reading": "错"})
    assert "答得不对" in wrong.content.decode()
    right = visitor.post(f"/apply/{organ.pk}", form | {"reading": name[int(place) - 1]})
    assert right.status_code == 302
    assert Application.objects.count() == 2


@pytest.mark.parametrize(("limit", "says"), [("most_address", "从这个网络"), ("most_identity", "用这个证件号码")])
def test_far_above_a_limit_it_is_refused_with_the_other_ways(organ, settings, limit, says):
    limited(settings, **{limit: 1, "asks_after_address": 99, "asks_after_identity": 99})
    assert send(stranger(), organ).status_code == 302
    page = send(stranger(), organ, content="申请公开第二份文件").content.decode()
    assert says in page
    assert "邮寄或者当面提交" in page
    assert LI.name in page
    assert Application.objects.count() == 1


def test_a_form_sent_faster_than_anyone_writes_and_a_filled_trap_are_asked_not_refused(organ, settings):
    limited(settings, form_seconds=30)
    visitor = stranger()
    assert ASKS.search(send(visitor, organ).content.decode())
    limited(settings, form_seconds=0)
    form = form_of(visitor, organ, website="https://example.com")
    name, place = ASKS.search(visitor.post(f"/apply/{organ.pk}", form).content.decode()).groups()
    assert visitor.post(f"/apply/{organ.pk}", form | {"reading": name[int(place) - 1]}).status_code == 302


def test_a_form_that_is_sent_again_does_not_count(organ, settings):
    limited(settings, most_address=1, asks_after_address=99)
    visitor = stranger()
    form = form_of(visitor, organ)
    assert [visitor.post(f"/apply/{organ.pk}", form).status_code for _ in range(3)] == [302, 302, 302]


def test_counters_hold_neither_addresses_nor_numbers(visitor, organ):
    send(visitor, organ)
    visitor.post("/follow", {"number": "云交-2026-0009", "code": "AAAAAAAAAA"})
    rows = list(Tally.objects.values_list("kind", "key"))
    assert {"apply", "apply_by", "apply_from", "code_for", "code_from"} <= {kind for kind, _ in rows}
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for _, key in rows)


RULE = Rule(free=2, most=4, seconds=900, rest=900)


def test_wrong_tries_are_free_then_slow_then_refused(county):
    told = {"county": county.pk, "kind": "t", "what": "x"}
    assert [knock(rule=RULE, **told) for _ in range(2)] == [0, 0]
    assert knock(rule=RULE, **told) == 0
    assert 1 <= knock(rule=RULE, **told) <= 2
    Tally.objects.update(until=None)
    assert knock(rule=RULE, **told) == 0
    assert 890 <= knock(rule=RULE, **told) <= 900
    assert knock(rule=RULE, county=county.pk, kind="t", what="y") == 0


def test_a_right_try_does_not_count_and_does_not_wash_off_the_wrong_ones(county):
    told = {"county": county.pk, "kind": "t", "what": "x"}
    for _ in range(2):
        knock(rule=RULE, **told)
    knock(rule=RULE, **told)
    take_back(**told)
    assert counted(county.pk, "t", "x", 900) == 2


def test_counts_begin_anew_and_old_ones_go(county):
    told = {"county": county.pk, "kind": "t", "what": "x"}
    assert [add(**told), add(**told)] == [1, 2]
    from datetime import timedelta

    from django.utils import timezone

    Tally.objects.update(since=timezone.now() - timedelta(seconds=DAY + 1))
    assert counted(county.pk, "t", "x") == 0
    assert add(**told) == 1
    Tally.objects.update(changed_at=timezone.now() - timedelta(days=9))
    assert sweep() == 1


def test_something_is_claimed_once(county):
    assert [claim(county=county.pk, kind="once", what="x") for _ in range(2)] == [True, False]

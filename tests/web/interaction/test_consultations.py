"""Asking the public over a draft: the period, the opinions, what became of them, and what anyone outside sees of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.facts import Refused
from gongkai.web.interaction.models import Consultation, Opinion
from gongkai.web.interaction.selectors import consultations as reading
from gongkai.web.interaction.selectors import senders
from gongkai.web.interaction.services import consultations as consulting
from gongkai.web.interaction.services.consultations import Given
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.relations import links_of
from gongkai.web.proactive.services import drafting, release
from tests.web.proactive.conftest import approve, entry, hands, organ, published

__all__ = ["approve", "entry", "hands", "organ", "published"]

OPENS, CLOSES = date(2026, 3, 2), date(2026, 4, 2)


@pytest.fixture
def draft(published, audit):
    """A public draft over which opinions are taken for a month and a day."""
    item = published(kind="consultation", title="石桥镇停车收费管理办法（征求意见稿）", public_until=date(2026, 5, 31))
    consulting.ask(audit=audit, item=item.pk, opens_on=OPENS, closes_on=CLOSES, major=True)
    return item


def test_a_period_before_there_was_a_rule_for_it_is_refused(entry, audit):
    item = entry(kind="consultation", public_until=date(2026, 5, 31))
    with pytest.raises(Refused, match="开始日过早"):
        consulting.ask(audit=audit, item=item.pk, opens_on=date(1, 1, 1), closes_on=date(2026, 4, 1))
    assert not Consultation.objects.exists()


def said(item, words, audit, **other):
    return consulting.give(audit=audit, item=item.pk, given=Given(words, date(2026, 3, 2), **other))


@pytest.mark.parametrize(
    ("closes", "major", "shorter", "refused"),
    [
        (date(2026, 4, 1), True, "", ""),  # thirty days, the first not counted
        (date(2026, 3, 31), True, "", "征集期为29日，重大行政决策一般不少于30日"),
        (date(2026, 3, 31), True, "汛期将至，须在四月十日前施行", ""),
        (date(2026, 3, 9), False, "", ""),
        (date(2026, 3, 1), False, "", "截止日早于开始日"),
    ],
)
def test_a_major_decision_is_asked_over_for_thirty_days_or_says_why_not(entry, audit, closes, major, shorter, refused):
    item = entry(kind="consultation", public_until=date(2026, 5, 31))

    def ask():
        return consulting.ask(audit=audit, item=item.pk, opens_on=OPENS, closes_on=closes, major=major, shorter=shorter)

    if refused:
        with pytest.raises(Refused, match=refused):
            ask()
        assert not Consultation.objects.exists()
    else:
        assert ask().closes_on == closes


def test_only_a_draft_for_consultation_takes_opinions(entry, audit):
    with pytest.raises(Refused, match="只有“意见征集”种类的条目"):
        consulting.ask(audit=audit, item=entry().pk, opens_on=OPENS, closes_on=CLOSES)


def test_opinions_are_taken_on_line_while_it_runs_and_is_public(draft, audit, clock, hands):
    said(draft, "第三条的收费标准过高。", audit)
    clock.on(days=31)
    assert reading.shown_one(draft.county, draft.pk).state == "open"  # the last day
    clock.on(days=1)
    assert reading.shown_one(draft.county, draft.pk).state == "closed"
    with pytest.raises(Refused, match="征集期已经结束"):
        said(draft, "晚了一天。", audit)
    said(draft, "三月间寄来的信。", audit, origin="post")
    with pytest.raises(Refused, match="应当在征集期之内"):
        consulting.give(audit=audit, item=draft.pk, given=Given("晚了", date(2026, 4, 3), origin="post"))
    assert Opinion.objects.count() == 2


def test_a_draft_that_was_withdrawn_takes_nothing_and_is_shown_to_nobody(draft, audit, hands):
    release.withdraw(audit=hands[0], item=draft, reason="内容有误")
    with pytest.raises(Refused, match="不能再提交意见"):
        said(draft, "第三条的收费标准过高。", audit)
    assert reading.shown(draft.county) == []
    assert reading.shown_one(draft.county, draft.pk) is None


def test_an_opinion_that_is_sent_twice_arrives_once_and_is_sealed(draft, audit):
    first = said(draft, "苏东坡认为第三条过高。", audit, name="苏东坡", contact="13800005678", once="portal:1")
    assert said(draft, "苏东坡认为第三条过高。", audit, once="portal:1") == first
    row = Opinion.objects.filter(pk=first.pk).values().get()
    assert "苏东坡" not in " ".join(str(value) for value in row.values() if not isinstance(value, bytes))
    assert "苏东坡".encode() not in b"".join(bytes(value) for value in row.values() if isinstance(value, bytes))


def summed(draft, audit):
    """Three opinions: two in a group that is adopted in part, one not adopted; and one beside the matter."""
    rows = [said(draft, words, audit) for words in ("收费太高。", "收费标准偏高。", "应当免费。", "路灯坏了。")]
    keys = [row.pk for row in rows]
    one = consulting.sum_up(
        audit=audit, item=draft.pk, summary="收费标准偏高", outcome="partly", reason="首小时免费", opinions=keys[:2]
    )
    consulting.sum_up(
        audit=audit, item=draft.pk, summary="应当免费", outcome="not_adopted", reason="维护需要费用", opinions=keys[2:3]
    )
    return one, keys


def test_what_is_not_adopted_has_its_reason_and_a_group_is_corrected_by_a_further_row(draft, audit):
    one, keys = summed(draft, audit)
    with pytest.raises(Refused, match="请写明理由"):
        consulting.sum_up(audit=audit, item=draft.pk, summary="路灯", outcome="aside")
    consulting.sum_up(
        audit=audit, item=draft.pk, summary="收费标准偏高", outcome="adopted", opinions=keys[3:], follows=one
    )
    with pytest.raises(Refused, match="刚刚有人改过"):
        consulting.sum_up(audit=audit, item=draft.pk, summary="再改", outcome="adopted", follows=one)
    told = reading.summed_up(reading.consultation(draft.county, draft.pk))
    assert [(group.summary, group.outcome, group.count) for group in told.groups] == [
        ("收费标准偏高", "adopted", 3),
        ("应当免费", "not_adopted", 1),
    ]
    assert (told.received, told.placed, told.unplaced) == (4, 4, 0)
    assert dict(told.outcomes) == {"采纳": 3, "部分采纳": 0, "未采纳": 1}


def test_the_feedback_is_an_entry_of_its_own_that_passes_every_stage_and_is_linked(draft, audit, clock, hands, approve):
    _, keys = summed(draft, audit)
    with pytest.raises(Refused, match="征集期还没有结束"):
        consulting.draft_feedback(audit=audit, item=draft.pk)
    clock.on(days=40)
    with pytest.raises(Refused, match="还有1条意见没有归类"):
        consulting.draft_feedback(audit=audit, item=draft.pk)
    consulting.sum_up(
        audit=audit, item=draft.pk, summary="路灯维修", outcome="aside", reason="已转县住建局", opinions=keys[3:]
    )
    made = Item.objects.get(pk=consulting.draft_feedback(audit=audit, item=draft.pk))
    text = newest_version(made).text
    assert "共收到意见4条（网上4条）" in text
    assert "有关的意见3条，其中采纳0条，部分采纳2条，未采纳1条" in text
    assert "路灯" not in text
    assert [link.says for link in links_of(made)] == ["回应"]
    assert reading.shown_one(draft.county, draft.pk).state == "closed"
    with pytest.raises(Refused, match="反馈已经起草"):
        consulting.sum_up(audit=audit, item=draft.pk, summary="再概括", outcome="adopted")
    approve(made)
    clock.on(minutes=1)
    release.release(audit=hands[0], item=made)
    row = reading.shown_one(draft.county, draft.pk)
    assert (row.state, row.received, row.told.aside) == ("answered", 4, 1)
    release.withdraw(audit=hands[0], item=draft, reason="期满")
    row = reading.shown_one(draft.county, draft.pk)
    assert (row.entry, row.title) == (None, made.standing.title)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("收费标准偏高", "收费标准过高", False),  # what a reviewer had corrected
        ("首小时免费", "首两小时免费", False),
        ("共收到意见", "本次共收到意见", True),
    ],
)
def test_only_what_the_reviewed_feedback_says_is_told_of_the_opinions(
    draft, audit, clock, hands, approve, county, old, new, told
):
    _, rows = summed(draft, audit)
    clock.on(days=40)
    consulting.sum_up(audit=audit, item=draft.pk, summary="路灯", outcome="aside", reason="已转", opinions=rows[3:])
    made = Item.objects.get(pk=consulting.draft_feedback(audit=audit, item=draft.pk))
    content = drafting.content_of(newest_version(made))
    assert old in content.body
    drafting.edit(audit=hands[0], item=made, content=replace(content, body=content.body.replace(old, new)))
    approve(made)
    release.release(audit=hands[0], item=made)
    clock.on(minutes=1)
    row = reading.shown_one(county.pk, draft.pk)
    assert (row.state, row.received, row.told is not None) == ("answered", 4, told)
    page = Client().get(reverse("portal-consultation", args=[draft.pk])).content.decode()
    assert ("首小时免费" in page) == ("收费标准偏高" in page) == told
    assert made.standing.title in page and reverse("portal-item", args=[made.pk]) in page
    mine = Opinion.objects.get(pk=rows[0])
    assert (senders.sent(mine).became is not None) == told


def test_a_period_may_be_put_longer_while_it_runs_and_not_after(draft, audit, clock):
    later = CLOSES + timedelta(days=10)
    consulting.ask(audit=audit, item=draft.pk, opens_on=OPENS, closes_on=later)
    assert reading.consultation(draft.county, draft.pk).closes_on == later
    clock.on(days=50)
    with pytest.raises(Refused, match="征集期已经结束"):
        consulting.ask(audit=audit, item=draft.pk, opens_on=OPENS, closes_on=later + timedelta(days=30))


def test_words_of_a_summary_are_written_into_the_entry_as_words(draft, audit, clock):
    consulting.sum_up(
        audit=audit, item=draft.pk, summary="<script>alert(1)</script>增加充电桩", outcome="adopted",
        opinions=[said(draft, "增加充电桩", audit).pk],
    )  # fmt: skip
    clock.on(days=40)
    made = Item.objects.get(pk=consulting.draft_feedback(audit=audit, item=draft.pk))
    body = newest_version(made).body
    assert "<script" not in body
    assert "&lt;script&gt;alert(1)" in body
    assert drafting.content_of(newest_version(made)).kind == "general"

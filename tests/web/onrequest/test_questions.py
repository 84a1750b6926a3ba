"""How many questions a page asks of the database: few, and no more of them with more cases or a longer life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.web.memo import once_a_page, page_memory, remembering
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.selectors import figures as reading
from gongkai.web.onrequest.selectors import lists
from gongkai.web.onrequest.services import records
from gongkai.web.organs.models import Organ
from tests.web.onrequest.conftest import ASKED
from tests.web.onrequest.steps import granted

TODAY = timezone.localdate()
MOST = {"/": 20, "/cases": 13, "/cases?group=all": 13, "/cases?group=closed&order=due": 15, "/figures": 18}
BARE, FULL = 18, 26
"""A case with its receipt alone, and one with notes, a letter and a delivery."""


def asked(desk, url: str) -> int:
    desk.get(url)
    with CaptureQueriesContext(connection) as questions:
        assert desk.get(url).status_code == 200
    return len(questions)


@pytest.mark.parametrize("url", MOST)
def test_a_page_asks_little_and_no_more_with_more_cases(desk, apply, audit, url):
    def many(count: int) -> None:
        for n in range(count):
            done = apply(TODAY - timedelta(days=n % 3), content=f"{ASKED}第{n}号")
            if n % 2:
                granted(audit, done.application)

    many(4)
    few = asked(desk, url)
    many(8)
    assert asked(desk, url) <= few <= MOST[url]


def test_a_case_asks_no_more_with_a_longer_life(desk, apply, audit):
    application = apply().application
    apply()  # which looks like the first
    url = f"/cases/{application.pk}"
    assert asked(desk, url) <= BARE
    granted(audit, application)
    once = asked(desk, url)
    for n in range(6):
        words = {"way": "电话"}
        records.record(audit=audit, application=application, kind="contact", on=TODAY, words=f"第{n}次", told=words)
        apply(content=ASKED)
    assert asked(desk, url) <= once <= FULL


def test_a_page_remembers_and_the_next_one_asks_again(county):
    told = []

    @once_a_page
    def ask(what: str) -> int:
        told.append(what)
        return len(told)

    with page_memory():
        assert remembering()
        assert (ask("organ"), ask("organ"), ask("person")) == (1, 1, 2)
    assert not remembering()
    assert (ask("organ"), ask("organ")) == (3, 4)
    with page_memory(), page_memory(looks=False):
        assert (ask("organ"), ask("organ")) == (5, 6)


def test_what_is_written_is_seen_by_the_next_page(desk, apply, audit):
    application = apply().application
    before = desk.get(f"/cases/{application.pk}").content.decode()
    records.record(audit=audit, application=application, kind="note", on=TODAY, words="已调取原件")
    assert "已调取原件" not in before
    assert "已调取原件" in desk.get(f"/cases/{application.pk}").content.decode()


def test_the_counts_of_a_list_are_those_of_its_groups(county, apply, audit):
    for n in range(7):
        received = TODAY - timedelta(days=9 * n)
        done = apply(received, content=f"{ASKED}第{n}号")
        if n % 3 == 0:
            granted(audit, done.application, min(TODAY, received + timedelta(days=4)))
    Case.objects.filter(number__endswith="0002").update(due_on=None, state="consulting")
    filters = lists.Filters(county.pk, None, TODAY, TODAY + timedelta(days=7))
    counted = lists.counts(filters)
    for group in lists.GROUPS:
        of_group = lists.Filters(county.pk, None, TODAY, TODAY + timedelta(days=7), group)
        rows = list(lists.cases(of_group))
        assert counted[group] == len(rows)
        assert [row.pk for row in lists.page(of_group).rows] == [row.pk for row in rows]


def test_pages_of_a_list_join_where_the_due_days_end(county, apply, monkeypatch):
    for n in range(11):
        apply(TODAY - timedelta(days=n % 2), content=f"{ASKED}第{n}号")
    undated = Case.objects.order_by("-number").values("pk")[:6]
    Case.objects.filter(pk__in=list(undated.values_list("pk", flat=True))).update(due_on=None)
    monkeypatch.setattr(lists, "PAGE", 3)
    filters = lists.Filters(county.pk, None, TODAY, TODAY + timedelta(days=7))
    pages = [lists.page(filters, number) for number in range(1, 6)]
    assert [row.pk for page in pages for row in page.rows] == [case.pk for case in lists.cases(filters)]
    assert [page.more for page in pages] == [True, True, True, False, False]


def test_the_figures_are_those_of_a_count_case_by_case(county, apply, audit, clock):
    today = timezone.localdate()
    other = Organ.objects.create(county=county.pk, name="云岭县水利局", form="department", word="云水")
    for n in range(9):
        more = {"organ": other} if n % 2 else {}
        received = today - timedelta(days=11 * n)
        done = apply(received, content=f"{ASKED}第{n}号", **more)
        if n % 4:
            granted(audit, done.application, min(today, received + timedelta(days=2 * n)))
    span = reading.span_of(today.year, "")
    found = reading.figures(county.pk, None, span, today)
    cases = [case for case in Case.objects.select_related("organ") if case.received_on.year == today.year]
    went = [case for case in Case.objects.all() if case.delivered_on and case.delivered_on.year == today.year]
    assert (found.received, found.answered) == (len(cases), len(went))
    assert (found.on_time.n, found.on_time.of) == (sum(c.delivered_on <= c.due_on for c in went), len(went))
    assert {o.name: o.received for o in found.organs} == {
        name: sum(c.organ.name == name for c in cases) for name in {c.organ.name for c in cases}
    }
    assert [m.received for m in found.months] == [sum(c.received_on.month == m for c in cases) for m in range(1, 13)]
    assert sum(share.n for share in found.outcomes) == len(went)
    calendar = reading.calendar_of(county.pk)
    assert found.longest == max(calendar.workdays_between(c.received_on, c.delivered_on) for c in went)

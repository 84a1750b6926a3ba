"""What a page of supervision asks does not grow with what it lists, and what was typed is not lost when it is refused."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.web.memo import page_memory
from gongkai.web.onrequest.services import complaints
from gongkai.web.oversight.models import Accountability
from gongkai.web.oversight.selectors import accountability as register
from gongkai.web.oversight.selectors import trainings as selectors
from gongkai.web.oversight.services import accountability, trainings
from gongkai.web.oversight.services.accountability import Entry
from tests.web.oversight.conftest import day


def asked(read) -> int:
    with page_memory(), CaptureQueriesContext(connection) as caught:
        read()
    return len(caught)


@pytest.fixture
def held(by, office, education):
    """Holds trainings to which somebody came."""

    def give(count: int) -> list:
        made = []
        for number in range(count):
            row = trainings.keep_training(audit=by("何静"), host=office, title=f"培训{number}", on=day(1), for_all=True)
            trainings.attended(audit=by("何静"), training=row, organ=education.pk, names="赵宁")
            made.append(row)
        return made

    return give


def test_ten_trainings_are_asked_for_as_one_is(held, county):
    def read():
        return selectors.lines(county.pk, None, day(1).year), selectors.counted(county.pk, day(1).year, day(0))

    held(1)
    before = asked(read)
    held(9)
    assert asked(read) == before < 10
    lines, counted = read()
    assert [(line.people, line.organs) for line in lines] == [(1, 1)] * 10
    assert (counted.held, counted.people) == (10, 10)


def test_ten_complaints_are_asked_for_as_one_is(by, education):
    def complain():
        complaints.register(
            audit=by("何静"), organ=education, about="not_published", words="没有公开", received_on=day(5)
        )

    complain()
    before = asked(lambda: register.complaints(education.county, day(0)))
    for _ in range(9):
        complain()
    assert asked(lambda: register.complaints(education.county, day(0))) == before


def test_an_unfinished_test_keeps_its_answers_and_a_refused_change_its_words(asking, by, office, held):
    [row] = held(1)
    trainings.keep_paper(
        audit=by("何静"), training=row, text="期限？\n10\n*20\n\n收费？\n*不收\n收\n\n送达？\n*当面\n*邮寄\n电话"
    )
    url, desk = reverse("oversight-training", args=[row.stem]), asking("competent", office)
    page = desk.post(f"{url}/sit", {"version": "1", "q0": "1", "q2": ["0", "1"]}).content.decode()
    assert "第2题没有作答" in page
    chosen = re.findall(r'name="(q\d)" value="(\d)" checked', page)
    assert chosen == [("q0", "1"), ("q2", "0"), ("q2", "1")]
    typed = {"title": "业务培训（改期）", "on": day(-3), "place": "三楼", "topics": "新办法", "for_all": "1"}
    page = desk.post(f"{url}/change", typed).content.decode()
    assert "也不能改到今天以后" in page
    assert all(words in page for words in ("业务培训（改期）", "三楼", "新办法"))
    assert "培训0" in desk.get(url).content.decode()


def test_a_corrected_entry_keeps_the_complaint_that_led_to_it(by, education):
    row = complaints.register(
        audit=by("何静"), organ=education, about="not_published", words="没有公开", received_on=day(5)
    )
    told = {"kind": "talk", "on": day(0), "decided_by": "县政府办", "words": "没有公开"}
    made = accountability.enter(audit=by("何静"), organ=education, entry=Entry(**told, complaint=row.pk))
    accountability.correct(audit=by("何静"), stem=made.stem, entry=Entry(**told, people=1), reason="漏记一人")
    assert [each.complaint for each in Accountability.objects.order_by("id")] == [row.pk, row.pk]

"""A government has two reports of a year, its own and its county's: each is held beside last year's of the same kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual.opening import BEGINS
from gongkai.annual.report import COUNTY, OWN, SectionText
from gongkai.documents import write
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.selectors.lists import rows_of
from gongkai.web.annual.selectors.readings import newest_of, previous_of, scope_of
from gongkai.web.annual.services.checking import checked
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.demo.reports import report_of
from gongkai.web.organs.models import Organ
from tests.web.conftest import sample
from tests.web.overview import made

CARRIED, BROUGHT = "applications.carried_forward.total", "applications.brought_forward.total"


@pytest.fixture
def government(county) -> Organ:
    return Organ.objects.create(county=county.pk, name="云岭县人民政府", form="county_government")


@pytest.fixture
def office(county) -> Organ:
    return Organ.objects.create(county=county.pk, name="云岭县人民政府办公室", form="department", position=1)


def handed(organ: Organ, year: int, scope: str | None = None, **cells: int) -> Submission:
    return made.handed(organ, made.report(year, {f"applications.{k}.total": n for k, n in cells.items()}, scope=scope))


SAME = [
    # whose, what was handed in last year, oldest first; what this year's is; which of last year's stands beside it
    ("government", [None], None, 0),
    ("government", [None], COUNTY, 0),
    ("government", [None], OWN, None),
    ("government", [OWN], OWN, 0),
    ("government", [OWN], None, None),
    ("government", [OWN, COUNTY], OWN, 0),
    ("government", [COUNTY, OWN], COUNTY, 0),
    ("government", [COUNTY, None], COUNTY, 1),
    ("office", [None], None, 0),
    ("office", [None], OWN, 0),
    ("office", [None], COUNTY, None),
    ("office", [None, COUNTY], None, 0),
    ("office", [OWN, COUNTY], COUNTY, 1),
    ("office", [COUNTY], None, None),
]


@pytest.mark.parametrize(("whose", "last", "now", "beside"), SAME)
def test_beside_a_report_stands_last_years_of_the_same_kind(government, office, whose, last, now, beside) -> None:
    organ = {"government": government, "office": office}[whose]
    before = [handed(organ, 2024, scope) for scope in last]
    row = handed(organ, 2025, now)
    expected = None if beside is None else before[beside]
    assert previous_of(row) == expected
    assert newest_of(organ, 2024, scope_of(row)) == expected


def test_of_an_organ_that_is_on_no_list_the_same_holds_by_its_name(county) -> None:
    def named(year: int, scope: str | None = None) -> Submission:
        return made.handed(None, made.report(year, {}, scope=scope), county=county.pk, name="青河市人民政府")

    before, now, whole = named(2024), named(2025), named(2025, COUNTY)
    assert (previous_of(now), previous_of(whole)) == (before, None)
    last = named(2024, COUNTY)
    assert (previous_of(now), previous_of(whole)) == (before, last)


def test_what_a_report_brought_forward_is_held_to_its_own_year_before(government) -> None:
    own, whole = handed(government, 2024, OWN, carried_forward=3), handed(government, 2024, COUNTY, carried_forward=8)
    good, wrong = (
        handed(government, 2025, OWN, brought_forward=3),
        handed(government, 2025, COUNTY, brought_forward=3),
    )

    def carried_wrongly(row: Submission) -> bool:
        found = checked(row)
        assert found is not None
        return "X-CARRIED" in {each["id"] for each in found.findings}

    assert (carried_wrongly(good), carried_wrongly(wrong)) == (False, True)
    Submission.objects.filter(pk=whole.pk).update(aside=True)
    assert (carried_wrongly(good), carried_wrongly(wrong)) == (False, False), "beside nothing, rather than the other"
    Submission.objects.filter(pk=own.pk).update(aside=True)
    Submission.objects.filter(pk=whole.pk).update(aside=False)
    assert (carried_wrongly(good), carried_wrongly(wrong)) == (False, True)


def test_a_file_that_states_that_it_is_the_sum_is_taken_for_that(audit, county, government) -> None:
    report = report_of(sample("云岭县公安局"))
    told = replace(report, organ=government.name, title=f"{government.name}2025年政府信息公开工作年度报告")
    stating = replace(told, preface=SectionText(f"{BEGINS}9个机关。\n{told.preface.text}"))
    files = [Incoming(f"{n}.html", write(each, "html")) for n, each in enumerate((told, stating))]
    hand_in(audit=audit, files=files)
    read_all()
    silent, whole = Submission.objects.order_by("id")
    assert [(each.organ, each.year, each.scope) for each in (silent, whole)] == [
        (government, 2025, ""),
        (government, 2025, COUNTY),
    ]
    assert [row.whole for row in rows_of(county)] == [True, False]
    assert [row.unclear for row in rows_of(county)] == [False, True]
    assert not any(row.superseded for row in rows_of(county)), "what says nothing takes no place, and loses none"


def test_neither_of_the_two_reports_of_a_year_takes_the_others_place(county, government) -> None:
    for scope, marked in (
        (OWN, [False]),
        (COUNTY, [False, False]),
        (COUNTY, [False, True, False]),
        (None, [False, False, True, False]),
    ):
        assert checked(handed(government, 2025, scope, received=1))
        assert [row.superseded for row in rows_of(county)] == marked, scope

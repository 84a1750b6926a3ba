"""The demonstration's earlier years: each frozen report holds, is what was known on its day, and leads into the next."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gongkai.web.demo.earlier import FROZEN, INTO, MERGED, PAST, YEARS
from gongkai.web.demo.reports import report_of
from gongkai.web.demo.years import CORRECTED, DIFFERS
from tests.environment import own_environment

LOOK = """
import json
from datetime import date
from gongkai.web.operate.prepare import set_up
set_up()
from django.db.models import Count
from gongkai.web.assessment.models import Round
from gongkai.web.interaction.models import HotlineRow, Letter
from gongkai.web.oversight.models import Duty, Inspection
from gongkai.web.registers.models import Line
from gongkai.web.registers.selectors.dues import missing
from gongkai.web.collection.selectors.january import room
from gongkai.web.collection.selectors.rollup import consolidated, lines, reporting
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.selectors.assembled import assembled
from gongkai.web.issuing.selectors.versions import public_of
from gongkai.web.organs.selectors import home_county
from gongkai.web.annual.models import Submission
from gongkai.web.collection.models import Reminding

def told(frozen):
    draft, again = frozen.draft, assembled(frozen.organ, frozen.year, frozen.draft.known_at, frozen.scope).packed
    return {
        "organ": frozen.organ.name, "year": frozen.year, "version": frozen.version,
        "on": [frozen.recorded_at.year, draft.recorded_at.year, draft.known_at.year],
        "conflicts": [each["message"] for each in draft.findings if each["grade"] == "conflict"],
        "same": [again.figures == bytes(draft.figures), again.report == bytes(draft.report), again.seal == draft.seal],
        "cells": {a: c["value"] for a, c in json.loads(bytes(draft.report))["cells"].items()},
        "by": {a: [c.get("source"), len(c.get("records", ()))] for a, c in json.loads(bytes(draft.figures))["cells"].items()},
        "differs": bool(frozen.look.stamp), "public": public_of(frozen) is not None,
    }

def by_year(rows, day):
    return dict(rows.filter(county=county.pk).values_list(f"{day}__year").annotate(n=Count("pk")).order_by())

def stands(year):
    found = room(county, year, date(2026, 11, 23))
    return [[line.organ.name, str(line.state), line.late_zh, bool(line.seen.public_on)] for line in (*found.lines, found.own)]

def files(year):
    rows = Submission.objects.filter(county=county.pk, year=year, source="demo", publications=None).order_by("id")
    return [[row.organ.name, row.name, row.checking.conflicts] for row in rows.select_related("organ", "checking")]

def moved(year, day):
    # The organs whose figures in the county's table are no longer those of the day of its report.
    then = {line.organ.name: dict(line.told.cells) for line in lines(county, year, day)}
    return [line.organ.name for line in lines(county, year) if dict(line.told.cells) != then[line.organ.name]]

county = home_county()
rolled = consolidated(county, 2024)
rows = Frozen.objects.filter(county=county.pk).order_by("id").select_related("look")
print(json.dumps({
    "frozen": [told(each) for each in rows.filter(scope="own_body")],
    "whole": [told(each) for each in rows.filter(scope="consolidated")],
    "missing": [each.name for each in rolled.reporters if not each.counted],
    "received": int(rolled.cells["applications.received.total"].value),
    "rows": [
        [register, year, Line.objects.filter(county=county.pk, register=register, on__year=year).count()]
        for register in sorted(Line.objects.filter(county=county.pk).values_list("register", flat=True).distinct())
        for year in (2024, 2025, 2026)
    ],
    "beside": [
        by_year(HotlineRow.objects, "received_on"), by_year(Letter.objects, "received_on"),
        by_year(Duty.objects, "due_on"), by_year(Inspection.objects, "on"), by_year(Round.objects, "last_on"),
    ],
    "late": [each.what for each in missing(county.pk, None, date(2026, 1, 1)) if each.organ_name == "云岭县公安局"],
    "reporting": [organ.name for organ in reporting(county.pk, 2025)],
    "january": {year: stands(year) for year in (2024, 2025)},
    "files": {year: files(year) for year in (2024, 2025)},
    "moved": {each.year: moved(each.year, each.draft.known_at) for each in rows.filter(scope="consolidated")},
    "reminded": [
        [str(each.recorded_at.date()), sorted(each.organs.values_list("organ__name", flat=True))]
        for each in Reminding.objects.filter(county=county.pk).order_by("id")
    ],
}))
"""
"""Asked of the demonstration that all tests share, in a process whose data it is."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    with own_environment(tmp_path_factory.mktemp("years"), demonstration=True) as environment:
        made = subprocess.run([sys.executable, "-c", LOOK], env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(made.stdout)


def test_every_frozen_report_holds_and_is_what_was_known_on_its_day(seen):
    frozen = seen["frozen"]
    assert {(each["organ"], each["year"]) for each in frozen} == set(FROZEN)
    for each in frozen:
        name = each["organ"], each["year"], each["version"]
        assert each["conflicts"] == [], name
        assert each["same"] == [True, True, True], name
        assert set(each["on"]) == {each["year"] + 1}, name
        told = report_of(PAST[name[:2]]).cells
        if name[:2] != CORRECTED or each["version"] == 1:
            assert each["cells"] == {address: found.value for address, found in told.items()}, name


def test_what_changed_after_the_freezing_is_announced_or_was_corrected_in_a_second_version(seen):
    versions = {(each["organ"], each["year"], each["version"]): each for each in seen["frozen"]}
    one, other = versions[*CORRECTED, 1], versions[*CORRECTED, 2]
    part = "applications.disclosed_in_part.total"
    assert (one["cells"][part], other["cells"][part]) == (0, 1)
    assert not one["public"]
    assert other["public"]
    standing = [each for each in seen["frozen"] if each is not one]
    assert [(each["organ"], each["year"]) for each in standing if each["differs"]] == [DIFFERS]


@pytest.mark.parametrize(("place", "year"), list(enumerate(YEARS)))
def test_the_countys_report_is_the_sum_of_its_organs_and_stands_outside(seen, place, year):
    county = seen["whole"][place]
    assert (county["organ"], county["year"], county["version"], county["public"]) == ("云岭县人民政府", year, 1, True)
    assert (county["conflicts"], county["same"], set(county["on"])) == ([], [True, True, True], {year + 1})
    of_year = [report_of(sample).cells for (_, of), sample in PAST.items() if of == year]
    put_right = ".disclosed" if year == CORRECTED[1] else "nowhere"
    for address, value in county["cells"].items():
        if put_right not in address:
            assert value == sum(cells[address].value for cells in of_year), address


def test_of_the_countys_reports_only_one_differs_by_now_and_by_one_organ(seen):
    """Whatever comes into the catalogue and the registers later tells nothing of the years that are over."""
    assert [(each["year"], each["differs"]) for each in seen["whole"]] == [(2024, False), (DIFFERS[1], True)]
    assert seen["moved"] == {"2024": [], str(DIFFERS[1]): [DIFFERS[0]]}


def test_four_contradicted_themselves_and_came_again_when_they_were_reminded(seen):
    first, again = {}, {}
    for organ, name, conflicts in seen["files"]["2025"]:
        (again if "（更正）" in name else first)[organ] = conflicts
    wrong = {"云岭县教育局", "云岭县公安局", "云岭县卫生健康局", "云岭县云岭街道办事处"}
    assert {organ for organ, conflicts in first.items() if conflicts} == wrong
    assert wrong < again.keys()
    assert not any(again.values())
    assert not any(conflicts for _, _, conflicts in seen["files"]["2024"])
    days = {day: set(organs) for day, organs in seen["reminded"]}
    assert list(days) == ["2026-01-16", "2026-02-11"]
    assert wrong < days["2026-02-11"] < days["2026-01-16"]


def test_the_years_lead_into_each_other_and_the_merged_organ_reports_no_more(seen):
    cells = {(each["organ"], each["year"]): each["cells"] for each in seen["frozen"]}
    for organ, year in cells:
        if (organ, year + 1) in cells:
            carried = cells[organ, year]["applications.carried_forward.total"]
            assert cells[organ, year + 1]["applications.brought_forward.total"] == carried
    assert cells["云岭县民政局", 2025]["applications.brought_forward.total"] == 1
    assert seen["missing"] == []
    assert seen["received"] == sum(
        report_of(sample).cells["applications.received.total"].value for key, sample in PAST.items() if key[1] == 2024
    )
    assert INTO in seen["reporting"]
    assert MERGED not in seen["reporting"]


def test_the_decisions_of_a_frozen_report_are_counted_from_the_ledgers(seen):
    decided = ("licences.decisions", "penalties.decisions", "compulsory_measures.decisions", "charges.amount")
    counted = [
        (each["organ"], cell, *each["by"][f"proactive.{cell}"])
        for each in seen["frozen"]
        for cell in decided
        if each["cells"][f"proactive.{cell}"]
    ]
    assert {organ for organ, *_ in counted} == {"云岭县发展和改革局", "云岭县公安局", "云岭县民政局"}
    for organ, cell, source, records in counted:
        assert source == "records", (organ, cell)
        assert records > 0, (organ, cell)


def test_each_of_the_three_years_has_its_ledgers_letters_inspections_and_assessment(seen):
    rows = {(register, year): n for register, year, n in seen["rows"]}
    for register in (
        "licences",
        "penalties",
        "meetings",
        "proposals",
        "gazettes",
        "trainings",
        "notice_boards",
        "budgets",
    ):
        assert all(rows[register, year] > 0 for year in (2024, 2025, 2026)), register
    for told in seen["beside"]:
        assert {"2024", "2025"} <= told.keys()
        assert max(told) >= "2026", "what is of today is of the year in which the demonstration is made"
    assert not [what for what in seen["late"] if "2025" in what], "who keeps a ledger keeps every month of it"


@pytest.mark.parametrize(
    ("year", "late", "missing"),
    [
        ("2024", {"云岭县教育局": "2025年2月10日公布，晚于法定期限"}, set()),
        (
            "2025",
            {
                "云岭县自然资源局": "2026年2月6日公布，晚于法定期限",
                "云岭县民政局": "已过法定期限，已报送，未见公布",
                "云岭县石桥镇人民政府": "已过本县规定的日期，未报送",
            },
            {"云岭县民政局", "云岭县石桥镇人民政府"},
        ),
    ],
)
def test_in_january_most_reports_were_public_in_time_and_a_few_were_not(seen, year, late, missing):
    told = seen["january"][year]
    assert len(told) >= 11
    assert {name: words for name, _, words, _ in told if words} == late
    assert {name for name, _, _, public in told if not public} == missing
    assert all(state == "published" for name, state, _, _ in told if name not in missing)

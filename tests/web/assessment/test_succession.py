"""An organ that was merged while it was assessed: its successor reports for it, appeals for it, and never judges it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.oversight import Answers, Rate, Unknown
from gongkai.oversight.values import from_data
from gongkai.web.assessment import policies
from gongkai.web.assessment.models import Deed
from gongkai.web.assessment.selectors.package import form_table, package
from gongkai.web.assessment.selectors.sheets import sheet
from gongkai.web.assessment.selectors.waiting import waiting
from gongkai.web.assessment.services import marks, mocks
from gongkai.web.assessment.services.guard import not_at_home
from gongkai.web.audit.services import Audit
from gongkai.web.collection.services import elsewhere
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.services.intake import register
from gongkai.web.organs.tree import merge
from gongkai.web.people.models import Person
from tests.web.assessment.conftest import TODAY, YESTERDAY, round_of
from tests.web.collection import reported
from tests.web.marked.office import Marks, incoming_of


def what_waits(county, own, **may):
    """(organ, act) of each sheet that waits; each once."""
    every = waiting(county, own, timezone.now(), **{"reports": True, "judges": False, "most": 50} | may)
    found = [(each.assessed.organ_id, each.act) for each in every]
    assert len(found) == len(set(found))
    return set(found)


def test_who_took_an_organ_over_reports_for_it_and_does_not_judge_it(county, audit, organs, one):
    gone, taker, other = organs
    assert one.organ_id == gone.pk
    merge(audit=audit, organ=gone, into=taker, on=TODAY)
    clerk, judge, fair = (
        Person.objects.create(county=county.pk, name=name, role=role, organ=organ)
        for name, role, organ in (("甲", "clerk", taker), ("乙", "competent", taker), ("丙", "competent", other))
    )
    assert policies.can_assessed(clerk, policies.REPORT, one)
    assert set(policies.organs_seen(clerk)) == {gone.pk, taker.pk}
    assert [policies.can_assessed(who, policies.SCORE, one) for who in (clerk, judge, fair)] == [False, False, True]
    with pytest.raises(Refused, match="不能评价自己所在的机关"):
        not_at_home(Audit(actor=judge.pk, county=county.pk), gone.pk)
    not_at_home(Audit(actor=fair.pk, county=county.pk), gone.pk)
    own = policies.carried(clerk)
    assert what_waits(county.pk, own) == {(gone.pk, "填写并提交自评"), (taker.pk, "填写并提交自评")}
    assert policies.carried(fair) == (other.pk,)


def test_who_still_sits_at_the_organ_that_is_gone_does_not_judge_the_one_that_took_it_over(
    county, audit, organs, opened
):
    gone, taker, _ = organs
    judge = Person.objects.create(county=county.pk, name="乙", role="competent", organ=gone)
    [sheet_of_taker] = opened.assessed.filter(organ=taker)
    assert policies.can_assessed(judge, policies.SCORE, sheet_of_taker)
    merge(audit=audit, organ=gone, into=taker, on=TODAY)
    assert not policies.can_assessed(judge, policies.SCORE, sheet_of_taker)
    with pytest.raises(PermissionDenied, match="不能评价自己所在的机关"):
        policies.check_mock(judge, taker.pk)


def test_a_test_of_an_organ_is_not_shown_to_who_took_it_over(audit, asking, organs):
    gone, taker, other = organs
    row = mocks.send(audit=audit, organ=gone.pk, channel="web", sent_on=TODAY, asked="水费标准")
    address = f"/assessment/mocks/{row.pk}"
    assert asking("competent", taker).get(address).status_code == 200
    merge(audit=audit, organ=gone, into=taker, on=TODAY)
    assert [asking("competent", organ).get(address).status_code for organ in (taker, other)] == [403, 200]


def test_a_result_that_is_corrected_waits_for_its_review_again(county, audit, organs, one):
    def taken(*kinds: str) -> None:
        for kind in kinds:
            seq = Deed.objects.filter(assessed=one).count() + 1
            Deed.objects.create(county=county.pk, assessed=one, seq=seq, kind=kind, by=audit.actor)

    taken("handed_in", "scored")
    assert (one.organ_id, "复核") in what_waits(county.pk, (), judges=True)
    for number in (1, 2):
        one.results.create(
            county=county.pk, number=number, scheme=one.round.scheme, values={}, steps=[], low=1, high=1, of=1,
            verdict="passed", vetoed=False, sha256="0" * 64, by=audit.actor,
        )  # fmt: skip
        taken("reviewed", "finished")
        assert one.organ_id not in {organ for organ, _ in what_waits(county.pk, (), judges=True)}
        taken("reopened")
        assert (one.organ_id, "复核") in what_waits(county.pk, (), judges=True)


@pytest.fixture
def answered(audit, organs):
    """One answer in time at each organ, and a late one at the second."""

    def give(organ, late):
        row = register(audit=audit, incoming=incoming_of(organ, Marks("测"))).application
        due = TODAY - timedelta(days=32)
        Case.objects.filter(pk=row.pk).update(due_on=due, delivered_on=due + timedelta(days=late), open=0)
        return row

    return {late: give(organ, late) for organ, late in ((organs[0], -1), (organs[1], 3), (organs[1], -2))}


def reckoned(audit, assessed, name="reply_in_time"):
    """What the records say of one indicator, and its words."""
    marks.reckon(audit=audit, assessed=assessed)
    found = next(line.computed for line in sheet(assessed).lines if line.of.computed == name)
    return from_data(found.value), found


def test_the_records_of_an_organ_merged_in_the_year_count_with_its_successors(audit, organs, answered):
    taker, gone, _ = organs
    one = round_of(audit, [taker], cutoff=TODAY).assessed.get()
    assert reckoned(audit, one)[0] == Rate(1, 1)
    merge(audit=audit, organ=gone, into=taker, on=YESTERDAY)
    value, mark = reckoned(audit, one)
    assert value == Rate(2, 3)
    assert [(m["title"], m["good"]) for m in mark.members if gone.name in m["why"]] == [
        (answered[3].number, False),
        (answered[-2].number, True),
    ]
    assert [m["title"] for m in mark.members if gone.name not in m["why"]] == [answered[-1].number]
    [note] = sheet(one).notes
    assert note.startswith(gone.name)
    assert note.endswith("并入，其记录一并计入。")
    form = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(form_table(sheet(one)))).active]
    assert [row[6] for row in form if row[2] == "机关变更"] == [note]
    with package(sheet(one)) as out, zipfile.ZipFile(out) as made:
        [name] = [each for each in made.namelist() if "按期答复" in each and each.endswith("系统记录.xlsx")]
        rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(made.read(name))).active]
    assert rows[1][0] == answered[3].number
    assert gone.name in rows[1][2]


def test_what_has_a_sheet_of_its_own_in_the_round_is_not_counted_twice(audit, organs, answered):
    taker, gone, _ = organs
    both = round_of(audit, [taker, gone], cutoff=TODAY)
    mine, other = both.assessed.get(organ=taker), both.assessed.get(organ=gone)
    merge(audit=audit, organ=gone, into=taker, on=YESTERDAY)
    assert reckoned(audit, mine)[0] == Rate(1, 1)
    assert reckoned(audit, other)[0] == Rate(1, 2)
    assert "另有考核表" in sheet(mine).notes[0]
    assert f"并入{taker.name}" in sheet(other).notes[0]


@pytest.mark.parametrize(("on", "cutoff"), [(TODAY, TODAY), (YESTERDAY, YESTERDAY)])
def test_a_merger_after_the_period_or_told_after_the_cut_off_changes_nothing(audit, organs, answered, on, cutoff):
    taker, gone, _ = organs
    one = round_of(audit, [taker], cutoff=cutoff).assessed.get()
    before, _ = reckoned(audit, one)
    merge(audit=audit, organ=gone, into=taker, on=on)
    assert reckoned(audit, one)[0] == before
    assert sheet(one).notes == ()


def test_the_own_report_of_a_merged_organ_is_asked_of_its_successor(audit, organs, monkeypatch):
    taker, _, gone = organs
    one = round_of(audit, [taker], cutoff=TODAY).assessed.get()
    year = one.round.last_on.year - 1
    monkeypatch.setattr(reported, "YEAR", year)
    made = reported.Reported(audit)
    made.published(taker, date(year + 1, 1, 1))
    assert reckoned(audit, one, "annual_report")[0] == Answers({"published": True, "in_time": True})
    merge(audit=audit, organ=gone, into=taker, on=YESTERDAY)
    value, mark = reckoned(audit, one, "annual_report")
    assert isinstance(value, Unknown), "the other's report may be on another site"
    assert mark.words.startswith(f"{gone.name}{year}年度报告：本系统没有公布记录")
    made.file(gone, YESTERDAY)
    elsewhere.state(audit=audit, organ=gone, year=year, on=date(year + 1, 1, 1), place="县政府网站")
    value, mark = reckoned(audit, one, "annual_report")
    assert mark.members[1]["why"].startswith(f"{year + 1}-01-01在县政府网站公布（主管部门登记）")
    assert value == Answers({"published": True, "in_time": None}), "no law names a township's day"
    assert [m["title"] for m in mark.members] == [f"{year}年度报告", f"{gone.name}{year}年度报告"]

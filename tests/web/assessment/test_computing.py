"""What records tell, as they were known at the cut-off: each with the rows behind it; what came later changes nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.oversight import Answers, Apart, Counts, Points, Rate, Unknown
from gongkai.oversight.computed import COMPUTED
from gongkai.oversight.scheme import FORMS
from gongkai.web.annual.models import Publication, PublicationEnd
from gongkai.web.assessment.computing import COMPUTERS, Asked
from gongkai.web.assessment.models import Mark
from gongkai.web.assessment.selectors.package import form_table, package
from gongkai.web.assessment.selectors.sheets import sheet
from gongkai.web.assessment.services import deeds, marks
from gongkai.web.coverage.models import Catalogue
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Case
from gongkai.web.onrequest.services.intake import register
from gongkai.web.organs.models import FORMS as ORGAN_FORMS
from gongkai.web.patrol.models import Task
from gongkai.web.patrol.services import tasks
from gongkai.web.patrol.services.intake import bring_in
from tests.patrol.made import hit, result_of
from tests.web.assessment.conftest import TODAY
from tests.web.marked.office import Marks, incoming_of
from tests.web.overview import made


def asked(organ, known_at=None, form="department", last=TODAY) -> Asked:
    return Asked(organ, form, last - timedelta(days=300), last, known_at or timezone.now())


def told(name, organ, **more):
    return COMPUTERS[name](asked(organ, **more))


@pytest.fixture
def cases(audit, organs):
    """Four applications: two answered, one of them late; one overdue; one whose day has not come."""
    found = []
    for due, delivered in ((32, 40), (32, 20), (22, None), (-20, None)):
        row = register(audit=audit, incoming=incoming_of(organs[0], Marks("测"))).application
        Case.objects.filter(pk=row.pk).update(
            due_on=TODAY - timedelta(days=due),
            delivered_on=TODAY - timedelta(days=delivered) if delivered else None,
            open=0 if delivered else 1,
        )
        found.append(row)
    return found


def test_every_name_that_a_scheme_may_use_has_its_computation_and_no_other():
    assert COMPUTERS.keys() == COMPUTED.keys()
    assert dict(ORGAN_FORMS) == FORMS


def test_answers_in_time_are_counted_with_their_denominator(cases, organs):
    found = told("reply_in_time", organs[0])
    assert found.value == Rate(1, 2)
    assert [(m.title, m.good, m.url_name) for m in found.members] == [
        (cases[1].number, False, "case"),
        (cases[0].number, True, "case"),
    ]
    late = told("no_reply_overdue", organs[0])
    assert (late.value, [m.title for m in late.members]) == (Counts({"overdue": 1}), [cases[2].number])
    assert told("reply_in_time", organs[1]).value == Apart("期间内没有答复的申请")
    assert told("no_reply_overdue", organs[1]).value == Counts({"overdue": 0}), "none is a zero that could be seen"


def test_what_fell_due_on_the_last_day_is_overdue_when_the_cut_off_comes_later(cases, organs):
    of = {"known_at": timezone.now(), "form": "department", "first": TODAY - timedelta(days=300)}
    for last, overdue in ((23, 0), (22, 1), (21, 1)):
        found = COMPUTERS["no_reply_overdue"](Asked(organs[0], last=TODAY - timedelta(days=last), **of))
        assert found.value == Counts({"overdue": overdue})
        assert found.says == f"期限不晚于{TODAY - timedelta(days=last)}、到{TODAY}仍未答复的申请{overdue}件。"
    assert [m.why for m in found.members] == [f"期限{TODAY - timedelta(days=22)}，到{TODAY}仍未答复"]
    Case.objects.filter(pk=cases[2].pk).update(due_on=TODAY)
    assert told("no_reply_overdue", organs[0]).value == Counts({"overdue": 0}), "the day itself is still in time"


def test_what_became_known_after_the_cut_off_does_not_count(cases, organs):
    before = timezone.make_aware(datetime.combine(TODAY - timedelta(days=2), time(12)))
    assert told("reply_in_time", organs[0], known_at=before).value == Apart("期间内没有答复的申请")
    assert told("no_reply_overdue", organs[0], known_at=before).value == Counts({"overdue": 0})
    assert told("guide_complete", organs[0], known_at=before).value == Answers(
        {"complete": False, "public": False, "fresh": False}
    )


def test_a_report_that_was_taken_back_is_not_public_because_an_edition_before_it_was(organs, audit):
    def ended(row, why):
        PublicationEnd.objects.create(county=row.county, publication=row, why=why, by=audit.actor)

    long_ago = date(2021, 12, 31)
    of = made.report(2020, {made.RECEIVED: 5})
    first = made.published(organs[0], of)
    assert told("annual_report", organs[0], last=long_ago).value == Answers({"published": True, "in_time": False})
    second = Publication.objects.create(
        county=first.county, submission=first.submission, organ=first.organ, year=of.year, edition=2,
        report=first.report, by=audit.actor,
    )  # fmt: skip
    ended(first, "replaced")
    assert told("annual_report", organs[0], last=long_ago).value == Answers({"published": True, "in_time": False})
    stood = timezone.now()
    ended(second, "withdrawn")
    assert isinstance(told("annual_report", organs[0], last=long_ago).value, Unknown)
    then = told("annual_report", organs[0], last=long_ago, known_at=stood)
    assert then.value == Answers({"published": True, "in_time": False}), "as it was known before"


def test_what_is_not_seen_is_not_said_to_be_missing(organs, audit):
    old = timezone.make_aware(datetime.combine(TODAY - timedelta(days=5), time(12)))
    assert isinstance(told("catalogue_covered", organs[0], known_at=old).value, Unknown)
    assert isinstance(told("annual_report", organs[0]).value, Unknown), "it may be published elsewhere"
    assert not Catalogue.objects.exists()
    for name in (
        "published_in_time",
        "documents_interpreted",
        "document_metadata",
        "review_complete",
        "letters_in_time",
    ):
        assert isinstance(told(name, organs[0]).value, Apart), name
    assert told("stale_columns", organs[0]).value == Counts({"stale": 0})
    assert told("not_corrected", organs[0]).value == Counts({"reconsideration": 0, "litigation": 0})


def test_hits_of_a_patrol_count_once_their_day_has_come(audit, organs):
    bring_in(
        audit=audit, data=result_of([hit("dead_link", "/a.html", "/b.html"), hit("misspelt", "/c.html")], days_ago=40)
    )
    first, second = Task.objects.order_by("kind")
    for task in (first, second):
        tasks.assign(audit=audit, task=task, organ=organs[0].pk, due_on=TODAY)
    assert isinstance(told("patrol_tasks", organs[0]).value, Apart), "their day has not passed"
    tasks.verify(audit=audit, task=first, words="已看过")
    assert told("patrol_tasks", organs[0]).value == Rate(1, 1)
    assert isinstance(told("patrol_tasks", organs[1]).value, Apart)


def test_the_sheet_is_filled_from_records_once_and_again_only_when_they_changed(audit, one, cases):
    assert marks.reckon(audit=audit, assessed=one) == len(COMPUTED)
    assert marks.reckon(audit=audit, assessed=one) == 0
    known = {mark.known_at for mark in Mark.objects.all()}
    assert known == {one.round.cutoff_at}
    assert all(line.computed for line in sheet(one).lines if line.of.computed)
    deeds.step(audit=audit, assessed=one, kind="handed_in")
    deeds.step(audit=audit, assessed=one, kind="scored")
    with pytest.raises(Refused, match="数据已经定下来"):
        marks.reckon(audit=audit, assessed=one)


def test_nothing_is_handed_in_before_the_records_were_asked(audit, one):
    with pytest.raises(Refused, match="还没有按截止时间计算"):
        deeds.step(audit=audit, assessed=one, kind="handed_in")


def test_the_package_has_a_folder_for_each_indicator_and_no_name_leaves_it(audit, one):
    marks.reckon(audit=audit, assessed=one)
    for name in ("../../etc/passwd.txt", "会议\u202e记录?.txt", "会议记录.txt"):
        marks.prove(audit=audit, assessed=one, indicator="training", name=name, data=b"x" * 10, words="第一季度")
    gone = marks.prove(audit=audit, assessed=one, indicator="training", name="错的.txt", data=b"y")
    marks.take_back(audit=audit, proof=gone)
    with pytest.raises(Refused, match="已经撤回"):
        marks.take_back(audit=audit, proof=gone)
    with package(sheet(one)) as out, zipfile.ZipFile(out) as made:
        names = made.namelist()
        index = load_workbook(io.BytesIO(made.read("目录.xlsx"))).active
        records = load_workbook(io.BytesIO(made.read("4.1 公开指南/00 系统记录.xlsx"))).active
    assert "自评表.xlsx" in names
    assert [n for n in names if n.startswith("5.2 组织培训/")] == [
        "5.2 组织培训/01 passwd.txt",
        "5.2 组织培训/02 会议记录.txt",
        "5.2 组织培训/03 会议记录.txt",
    ]
    assert all(n.count("/") <= 1 and ".." not in n for n in names)
    rows = [[cell.value for cell in row] for row in index.iter_rows()]
    assert ["5.2", "组织培训", "5.2 组织培训", "01 passwd.txt", "第一季度", 10] in rows
    assert ["5.3", "机构和人员落实", "5.3 机构和人员落实", "（没有材料）", "机构设置文件、工作人员名单", None] in rows
    assert [cell.value for cell in list(records.iter_rows())[1]][:2] == ["公开指南", "否"]


def test_files_are_bounded_and_of_kinds_that_are_taken(audit, one, monkeypatch):
    with pytest.raises(Refused, match="不是可以接收的文件类型"):
        marks.prove(audit=audit, assessed=one, indicator="training", name="a.exe", data=b"MZ\x90\x00" + b"\x00" * 90)
    with pytest.raises(Refused, match="没有这个指标"):
        marks.prove(audit=audit, assessed=one, indicator="other", name="a.txt", data=b"a")
    monkeypatch.setattr(marks, "ALL_BYTES", 3)
    marks.prove(audit=audit, assessed=one, indicator="training", name="a.txt", data=b"abc")
    with pytest.raises(Refused, match="合计不能超过"):
        marks.prove(audit=audit, assessed=one, indicator="staff", name="b.txt", data=b"a")
    monkeypatch.setattr(marks, "FILES", 1)
    with pytest.raises(Refused, match="最多1份"):
        marks.prove(audit=audit, assessed=one, indicator="training", name="c.txt", data=b"a")


def test_the_form_is_filled_as_far_as_known(audit, one):
    marks.reckon(audit=audit, assessed=one)
    marks.mark(
        audit=audit, assessed=one, indicator="training", value=Points(Decimal(3)), words="两次培训", stage="self"
    )
    rows = {
        row[2].value: [cell.value for cell in row] for row in load_workbook(io.BytesIO(form_table(sheet(one)))).active
    }
    assert rows["组织培训"][7:10] == ["3分", 3, "两次培训"]
    assert rows["机构和人员落实"][7:9] == ["看不到", "0至3"]
    assert rows["公开指南"][6] == "没有填写公开指南。"
    assert rows["合计"][7] == sheet(one).own_score.words

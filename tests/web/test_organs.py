"""Organs: when two names are one organ, the list, who is missing, and placing by hand."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date

import openpyxl
import pytest

from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Placement, Submission
from gongkai.web.annual.selectors.lists import missing_organs, rows_of
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.annual.services.placing import place, place_all_again, set_aside
from gongkai.web.demo.reports import SAMPLES
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.organs.names import match, normal_name, organ_lines
from gongkai.web.organs.services import keep_list, name_county, strike
from gongkai.web.organs.tree import found_organ
from tests.environment import own_environment

LIST = {
    1: "云岭县人民政府办公室",
    2: "云岭县教育局",
    3: "云岭县交通运输局",
    4: "云岭县石桥镇人民政府",
    5: "云岭县云岭街道办事处",
    6: "云岭县医疗保障局",
    7: "云岭县医疗保障所",
}

SAME = [
    # 报告上的名称            名录中的     怎样认出
    ("云岭县教育局", 2, "exact"),
    ("云岭县 教育局", 2, "normalised"),
    ("青河市云岭县教育局", 2, "normalised"),
    ("县教育局", 2, "normalised"),
    ("教育局", 2, "normalised"),
    ("云岭县政府办公室", 1, "normalised"),
    ("县政府办", 1, "normalised"),
    ("石桥镇", 4, "normalised"),
    ("云岭县石桥镇政府", 4, "normalised"),
    ("云岭街道", 5, "normalised"),
    ("云岭县交通运输管理局", 3, "likeness"),
]
OTHERS = ["云岭县水利局", "医疗保障", "柏林市教育基金会", "", "云岭县"]


@pytest.mark.parametrize(("name", "organ", "way"), SAME)
def test_a_name_that_means_an_organ_of_the_list(name, organ, way):
    found = match(name, LIST, "云岭县")
    assert (found.key, found.way) == (organ, way)


@pytest.mark.parametrize("name", OTHERS)
def test_a_name_that_means_no_organ_of_the_list(name):
    assert match(name, LIST, "云岭县") is None


def test_the_county_itself_is_not_shortened_to_nothing():
    assert normal_name("云岭县", "云岭县") == "云岭县"
    assert normal_name("云岭县人民政府", "云岭县") == "政府"


def test_a_pasted_list_is_read_line_by_line():
    text = "序号\t机关名称\t类别\n1\t云岭县教育局\t县级部门\n2、云岭县石桥镇人民政府\n\n（3）云岭县公安局，县级部门\n云岭县教育局"
    assert organ_lines(text) == [
        ("云岭县教育局", "县级部门"),
        ("云岭县石桥镇人民政府", "乡镇（街道）"),
        ("云岭县公安局", "县级部门"),
    ]


def test_a_list_is_added_to_and_replaced_but_nothing_is_deleted(county, audit):
    keep_list(audit=audit, county=county, organs=[("甲局", ""), ("乙局", "县级部门")])
    change = keep_list(audit=audit, county=county, organs=[("乙局", ""), ("丙局", "")], replace=True)
    assert (change.added, change.kept, change.struck) == (1, 1, 1)
    assert {o.name: o.listed for o in Organ.objects.all()} == {"甲局": False, "乙局": True, "丙局": True}
    keep_list(audit=audit, county=county, organs=[("甲局", "")])
    assert Organ.objects.get(name="甲局").listed


def test_an_empty_list_and_an_unknown_organ_are_refused(county, audit):
    with pytest.raises(Refused, match="没有读到机关名称"):
        keep_list(audit=audit, county=county, organs=[])
    with pytest.raises(Refused, match="没有这个机关"):
        strike(audit=audit, county=county, key=county.pk)
    with pytest.raises(Refused, match="全称"):
        name_county(audit=audit, county=county, name=" ")


@pytest.fixture
def listed(county, audit):
    name_county(audit=audit, county=county, name="云岭县")
    keep_list(audit=audit, county=county, organs=[("云岭县教育局", ""), ("云岭县公安局", ""), ("云岭县民政局", "")])
    return county


def test_who_has_not_handed_in_is_listed(listed, handed_in):
    handed_in("云岭县教育局", 2025)
    handed_in("云岭县公安局", 2025)
    assert [o.name for o in missing_organs(listed, 2025)] == ["云岭县民政局"]
    assert [o.name for o in missing_organs(listed, 2024)] == ["云岭县教育局", "云岭县公安局", "云岭县民政局"]


def test_who_was_not_there_in_the_year_owes_no_report_of_it(listed, audit):
    found_organ(audit=audit, county=listed.pk, name="云岭县数据局", form="department", from_on=date(2025, 3, 1))
    assert "云岭县数据局" in [o.name for o in missing_organs(listed, 2025)]
    assert "云岭县数据局" not in [o.name for o in missing_organs(listed, 2024)]


def test_a_report_set_aside_counts_as_not_handed_in(listed, audit, handed_in):
    set_aside(audit=audit, submission=handed_in("云岭县教育局", 2025), aside=True)
    assert "云岭县教育局" in [o.name for o in missing_organs(listed, 2025)]


def test_an_unreadable_report_counts_as_not_handed_in_but_its_organ_is_guessed_from_the_file(listed, audit):
    hand_in(audit=audit, files=[Incoming("民政局年报.pdf", b"%PDF-1.7 broken")])
    read_all()
    assert "云岭县民政局" in [o.name for o in missing_organs(listed, 2025)]
    row = rows_of(listed)[0]
    assert (row.organ_known, row.suggestion) == (False, "云岭县民政局")


def test_likeness_never_decides_alone(listed, audit, file_bytes):
    text = file_bytes("云岭县卫生健康局")[1].decode("gb18030").replace("云岭县卫生健康局", "云岭县公安分局")
    hand_in(audit=audit, files=[Incoming("a.txt", text.encode())])
    read_all()
    submission = Submission.objects.get()
    assert submission.organ is None
    assert rows_of(listed)[0].suggestion == "云岭县公安局"
    place(audit=audit, submission=submission, organ=Organ.objects.get(name="云岭县公安局").pk, year="2025")
    submission.refresh_from_db()
    assert submission.organ.name == "云岭县公安局"
    assert [p.way for p in Placement.objects.order_by("id")] == ["none", "person"]


def test_what_a_person_placed_stays_when_the_file_is_read_again(listed, audit, handed_in):
    from gongkai.web.annual.services.reading import read_again

    submission = handed_in("云岭县教育局", 2025)
    place(audit=audit, submission=submission, organ=Organ.objects.get(name="云岭县公安局").pk, year="2024")
    read_again(audit=audit, submission=submission)
    read_all()
    submission.refresh_from_db()
    assert (submission.organ.name, submission.year) == ("云岭县公安局", 2024)


REFUSED_YEARS = ["20x5", "2007", "2031", "二〇二五", "²⁰²⁵", "2025" * 2000]


@pytest.mark.parametrize("year", REFUSED_YEARS)
def test_an_impossible_year_is_refused(listed, audit, handed_in, year):
    with pytest.raises(Refused, match="年度应为"):
        place(audit=audit, submission=handed_in(), organ=None, year=year)


def test_a_list_that_comes_later_finds_its_reports(county, audit, handed_in):
    name_county(audit=audit, county=county, name="云岭县")
    submission = handed_in("云岭县教育局", 2025)
    assert submission.organ is None
    keep_list(audit=audit, county=county, organs=[("云岭县教育局", "")])
    assert place_all_again(audit=audit, county=county) == 1
    submission.refresh_from_db()
    assert submission.organ.name == "云岭县教育局"


def test_a_list_is_imported_from_a_workbook(desk, county):
    book = openpyxl.Workbook()
    for row in (["序号", "单位名称", "类别"], [1, "云岭县教育局", "县级部门"], [2, "云岭县青禾乡人民政府", "乡镇"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "名录.xlsx"
    page = desk.post("/organs/list", {"sheet": out}, follow=True).content.decode()
    assert "名录新增2个机关" in page
    assert list(Organ.objects.values_list("name", "kind")) == [
        ("云岭县教育局", "县级部门"),
        ("云岭县青禾乡人民政府", "乡镇"),
    ]


def test_a_file_that_is_no_workbook_is_refused(desk, county):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = desk.post("/organs/list", {"sheet": SimpleUploadedFile("名录.xlsx", b"not a workbook")}, follow=True)
    assert "不是能打开的XLSX工作簿" in page.content.decode()
    assert not Organ.objects.exists()


ENDED = """
import json
from gongkai.web.operate.prepare import set_up
set_up()
from django.test import Client
from gongkai.web.annual.desk import open_desk, read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.selectors.lists import rows_of
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.audit.services import Audit
from gongkai.web.demo.load import load_demo
from gongkai.web.demo.make import file_of
from gongkai.web.demo.reports import SAMPLES
from gongkai.web.files import bounded
from gongkai.web.organs.models import Organ
from gongkai.web.organs.services import keep_list
from gongkai.web.people.selectors import local_operator

county = open_desk()
audit = Audit(actor=local_operator().pk, county=county.pk)
again = load_demo(county)
theirs = next(s for s in SAMPLES if (s.organ, s.year) == ("云岭县公安局", 2025))
own = file_of(theirs).decode().replace("云岭县公安局", "云岭县民政局").encode()
hand_in(audit=audit, files=[Incoming("自己的.html", own)])
read_all()
bounded.pool().close()
keep_list(audit=audit, county=county, organs=[("云岭县档案馆", "")])
ours = ("云岭县档案馆", "云岭县民政局")
told = {
    "again": again,
    "invented": Organ.objects.filter(listed=True).exclude(name__in=ours).count(),
    "shown": Submission.objects.filter(source="demo").count(),
}
told["page"] = Client(headers={"host": "localhost"}).post("/end-demo", follow=True).content.decode()
told["rows"] = [row.name for row in rows_of(county)]
told["left"] = sorted(Organ.objects.filter(listed=True).values_list("name", flat=True))
print(json.dumps(told))
"""
"""Done with the demonstration that all tests share, in a process whose data it is."""


def test_the_demonstration_ends_in_one_act_and_what_is_ones_own_stays(tmp_path):
    with own_environment(tmp_path, demonstration=True) as environment:
        made = subprocess.run([sys.executable, "-c", ENDED], env=environment, check=True, stdout=subprocess.PIPE)
    told = json.loads(made.stdout)
    assert told["again"] is False, "an own store is never overwritten"
    shown, invented = told["shown"], told["invented"]
    assert (shown > len(SAMPLES), invented > 8) == (True, True)
    assert f"已移出{shown}份演示报告和{invented}个演示机关" in told["page"]
    assert told["rows"] == ["自己的.html"]
    assert told["left"] == ["云岭县档案馆", "云岭县民政局"]

"""Years and peers side by side: which report counts, who may see it, what is told of merged organs, as files."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import date

import openpyxl
import pytest
from lxml.html import document_fromstring

from gongkai.annual.report import SectionText
from gongkai.web.annual.models import CellCorrection, Publication, PublicationEnd
from gongkai.web.organs.models import Organ
from gongkai.web.overview.models import ReportFigures
from gongkai.web.overview.selectors import peers as of_peers
from gongkai.web.overview.selectors import reports
from gongkai.web.overview.selectors.likeness import chapters
from gongkai.web.overview.selectors.years import organ_series
from tests.web.overview import made
from tests.web.overview.made import CONCLUDED, RECEIVED

TODAY = date(2026, 3, 2)


def columns(organ, frozen_of=None):
    series = organ_series(organ, TODAY, frozen_of=frozen_of, compiled=False)
    line = series.line(RECEIVED)
    return [
        (column.head, column.source.kind if column.source else "", place.words)
        for column, place in zip(series.columns, line.places if line else (), strict=True)
    ]


def test_the_frozen_version_counts_before_what_is_public_and_that_before_a_file(organs):
    school = organs["education"]
    made.handed(school, made.report(2020, {RECEIVED: 1}, edition="2019"))
    made.handed(school, made.report(2022, {RECEIVED: 2}))
    made.published(school, made.report(2022, {RECEIVED: 3}))
    made.published(school, made.report(2023, {RECEIVED: 4}))
    made.frozen(school, made.report(2023, {RECEIVED: 5}))
    made.frozen(school, made.report(2023, {RECEIVED: 6}), version=2)
    assert columns(school) == [
        ("2020", "read", "1"),
        ("2021", "", "没有报告"),
        ("2022", "published", "3"),
        ("2023", "frozen", "6"),
    ]
    assert columns(school, frozen_of=()) == [*columns(school)[:3], ("2023", "published", "4")]


def test_years_on_end_without_a_report_are_one_column(organs, desk):
    school = organs["education"]
    for year, edition in ((2020, "2019"), (2024, "2021")):
        made.published(school, made.report(year, {RECEIVED: 1}, edition=edition))
    assert columns(school) == [
        ("2020", "published", "1"),
        ("2021至2023", "", "没有报告"),
        ("2024", "published", "1"),
    ]
    page = document_fromstring(desk.get(f"/compare?organ={school.pk}").content.decode())
    text = re.sub(r"\s+", "", page.text_content())
    assert "2个年度有报告，2021至2023年没有报告，留空" in text
    assert "2021至2023年：没有定稿、公布或者读取的报告。" in text
    labels = [each.text for each in page.xpath("//figure//*[local-name()='svg']//*[local-name()='text']")]
    assert {"2021年", "2022年", "2023年"} <= set(labels), "each year keeps its place on the chart"


def test_what_was_taken_back_or_put_aside_counts_no_more(organs):
    school = organs["education"]
    row = made.published(school, made.report(2022, {RECEIVED: 3}))
    PublicationEnd.objects.create(county=school.county, publication=row, why="withdrawn", by=uuid.uuid4())
    assert columns(school) == [("2022", "read", "3")]
    Publication.objects.get(pk=row.pk).submission.__class__.objects.filter(pk=row.submission_id).update(aside=True)
    assert columns(school) == []


def test_a_correction_changes_what_was_kept_of_a_file(organs):
    school = organs["education"]
    row = made.handed(school, made.report(2022, {RECEIVED: 3}))
    assert columns(school) == [("2022", "read", "3")]
    assert ReportFigures.objects.count() == 1
    CellCorrection.objects.create(
        county=school.county,
        submission=row,
        address=RECEIVED,
        action="value",
        value="8",
        reason="看错",
        by=uuid.uuid4(),
    )
    assert columns(school) == [("2022", "read", "8")]
    ReportFigures.objects.all().delete()
    assert columns(school) == [("2022", "read", "8")], "made again from the facts"


def test_who_may_not_look_at_frozen_reports_of_others_is_shown_what_is_public(organs, asking):
    school = organs["education"]
    made.published(school, made.report(2023, {RECEIVED: 41}))
    made.frozen(school, made.report(2023, {RECEIVED: 57}))
    url = f"/compare?organ={school.pk}"
    for organ, shown, hidden in ((organs["water"], "41", "57"), (school, "57", "41")):
        page = document_fromstring(asking("clerk", organ).get(url).content)
        figures = {str(each).strip() for each in page.xpath("//table//td/text()")}
        assert shown in figures
        assert hidden not in figures
    assert asking("mail_room", school).get(url).status_code == 403
    assert asking("mail_room", school).get("/compare/peers").status_code == 403
    assert asking("mail_room", school).get(f"/compare/export.csv?organ={school.pk}").status_code == 403


def test_merged_organs_and_other_names_are_noted_and_not_added(county, organs, desk):
    school, water = organs["education"], organs["water"]
    Organ.objects.filter(pk=water.pk).update(successor=school, valid_until=date(2022, 7, 1))
    made.published(school, made.report(2021, {RECEIVED: 3}))
    made.published(water, made.report(2021, {RECEIVED: 4}))
    made.published(school, made.report(2022, {RECEIVED: 9}))
    page = desk.get(f"/compare?organ={school.pk}").content.decode()
    assert "云岭县水务局于2022年7月1日" in page
    assert "此前的数在云岭县水务局自己的报告中，没有加进来" in page
    assert [each[2] for each in columns(school)] == ["3", "9"]


def test_the_page_says_why_there_is_no_percentage_and_marks_what_an_edition_lacks(organs, desk):
    school = organs["education"]
    made.published(school, made.report(2020, {RECEIVED: 0, "proactive.procurement.projects": 2}, edition="2019"))
    made.published(school, made.report(2021, {RECEIVED: 7, "proactive.licences.decisions": 30}))
    made.published(school, made.report(2022, {RECEIVED: 14, "proactive.licences.decisions": 33}))
    page = desk.get(f"/compare?organ={school.pk}").content.decode()
    text = re.sub(r"\s+", "", document_fromstring(page).text_content())
    assert "+7，基数为0" in text
    assert "+100.0%（基数7）基数小" in text
    assert "+10.0%（基数30）" in text
    assert "2本版无此项本版无此项" in text
    assert "格式有2019版、2021版" in text


def test_the_file_has_every_cell_with_its_change(organs, desk):
    school = organs["education"]
    made.published(school, made.report(2020, {RECEIVED: 4}, edition="2019"))
    made.published(school, made.report(2022, {RECEIVED: 5}))
    answer = desk.get(f"/compare/export.csv?organ={school.pk}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    head = rows[0]
    assert head[:3] == ["表", "单元格", "2020（2019版）"]
    assert head[3:7] == ["2021（没有报告）", "2021增减", "2021增减幅度（%）", "2021说明"]
    [received] = [row for row in rows if row[1] == "一、本年新收政府信息公开申请数量·总计"]
    assert received == ["三", received[1], "4", "没有报告", "", "", "", "5", "", "", "前一年没有报告，不能计算增减"]
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"/compare/export.xlsx?organ={school.pk}").content))
    assert [cell.value for cell in next(r for r in book.active.iter_rows() if r[1].value == received[1])][2] == 4
    assert len(list(book.active.iter_rows())) == len(rows)


def test_two_files_of_anyone_are_compared_with_their_words(county, organs, desk):
    words = "本机关全年召开新闻发布会四场，邀请群众代表走进办事大厅体验办理流程并听取意见建议。"
    said = {1: SectionText(words)}
    left = made.handed(None, made.report(2022, {RECEIVED: 2}, sections=said), county=county.pk, name="邻县教育局")
    right = made.handed(organs["education"], made.report(2023, {RECEIVED: 12}, sections=said))
    page = desk.get(f"/compare?left={left.pk}&right={right.pk}").content.decode()
    assert "+500.0%（基数2）" in page
    assert "<b>100%</b>" in page
    assert "没有找到同一机关上一年的报告" in desk.get(f"/compare?right={right.pk}").content.decode()
    broken = made.handed(organs["water"], made.report(2023, {RECEIVED: 1}), readable=False)
    assert "不能对照" in desk.get(f"/compare?left={left.pk}&right={broken.pk}").content.decode()


def test_words_are_compared_by_what_the_later_one_took_over():
    words = "本机关全年召开新闻发布会四场，邀请群众代表走进办事大厅体验办理流程并听取意见建议。"

    def of(text: str):
        return made.report(2023, {}, sections={1: SectionText(text)} if text else {})

    same = chapters(of(words), of(words))[0]
    other = chapters(of(words), of("另行撰写的一段完全不同的文字，没有沿用上年表述。"))[0]
    none = chapters(of(""), of(words))[0]
    assert (same.percent, other.percent, none.percent) == (100, 0, None)
    assert same.shared[0].startswith("本机关全年召开新闻发布会")


# ── peers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


NAMES = [
    ("云岭县教育局", "department"),
    ("云岭县人民政府办公室", "department"),
    ("邻县青山镇人民政府", "township"),
    ("邻县河湾乡人民政府", "township"),
    ("邻县城关街道办事处", "township"),
    ("邻县人民政府", "county_government"),
    ("邻县青山镇人民政府办公室", "department"),
]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_a_report_of_another_place_is_put_among_its_like_by_its_name(name, kind):
    assert of_peers.kind_named(name) == kind


def test_departments_stand_with_departments_and_files_of_others_among_them(county, organs, desk):
    made.published(organs["education"], made.report(2024, {RECEIVED: 5, CONCLUDED: 6}))
    made.published(organs["bridge"], made.report(2024, {RECEIVED: 50}))
    figures = {
        RECEIVED: 30, CONCLUDED: 20, "applications.disclosed.total": 8, "applications.disclosed_in_part.total": 2,
    }  # fmt: skip
    made.handed(None, made.report(2024, figures), county=county.pk, name="邻县教育局")
    made.handed(None, made.report(2023, {RECEIVED: 7}), county=county.pk, name="邻县水务局")
    found = of_peers.peers(county.pk, "department", 2024, None)
    assert [(row.name, row.figures.values["received"], row.share()) for row in found.rows] == [
        ("邻县教育局", 30, (10, 20)),
        ("云岭县教育局", 5, None),
    ]
    assert found.missing == ("云岭县水务局",)
    assert (found.middle("received"), found.said("received"), found.said("disputes")) == (17.5, 2, 0)
    assert [row.name for row in of_peers.peers(county.pk, "department", 2024, None, others=False).rows] == [
        "云岭县教育局"
    ]
    page = desk.get(f"/compare/peers?year=2024&kind=department&organ={organs['education'].pk}").content.decode()
    assert "50.0%（10/20）" in page
    assert "没有报告的1个：云岭县水务局" in page
    assert "没有写明" in page
    out = desk.get("/compare/peers/export.csv?year=2024&kind=township").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in out[1:]] == [["云岭县石桥镇人民政府", "已公布", "50"]]


def test_a_figure_of_several_cells_is_told_only_when_all_are_certain(organs):
    school = organs["education"]
    some = {
        "disputes.reconsideration.corrected": 1, "disputes.direct_litigation.corrected": 2,
        "disputes.litigation_after_reconsideration.corrected": 0, "disputes.reconsideration.total": 4,
    }  # fmt: skip
    row = made.published(school, made.report(2024, some))
    [told] = reports.headlines(school.county, [reports.sources(school.county, None)[school.pk, 2024]]).values()
    assert (told.values["corrected"], told.values["disputes"], told.values["received"]) == (3, None, None)
    assert row.pk == ReportFigures.objects.get().source

"""The county's pages without a browser: the table, a cell, who reports, periods, and the city's template from end to end."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.annual.period import span
from gongkai.web.collection.models import TemplateVersion
from gongkai.web.collection.selectors.periods import statistics
from gongkai.web.collection.services import templates
from gongkai.web.compilation.services import entering
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Case
from gongkai.web.operate import compiling
from tests.documents.test_template import city_book
from tests.web.collection import made

YEAR = 2025
LICENCES = "proactive.licences.decisions"


@pytest.fixture
def filled(county, audit, three):
    made.write(made.cases(county.pk, [three[1].pk, three[2].pk], 40, audit.actor, seed=3))
    entering.enter(audit=audit, organ=three[1], year=YEAR, address=LICENCES, words="41", note="许可系统")
    return three


def text(answer) -> str:
    return answer.content.decode()


def test_the_table_leads_to_its_cells_and_these_to_organs(desk, filled):
    page = text(desk.get("/collection?year=2025"))
    assert "共3个单位，2个已有数据" in page
    assert "没有数据" in page
    assert "云岭县人民政府" in page
    assert f"/collection/cells/2025/{LICENCES}" in page
    cell = text(desk.get(f"/collection/cells/2025/{LICENCES}"))
    assert "<b>41</b>" in cell
    assert "其中1个机关空白" in cell
    assert f"/year/{filled[1].pk}/2025/cells/{LICENCES}" in cell
    assert desk.get("/collection/cells/2025/no.such.cell").status_code == 404
    assert desk.get("/collection/cells/1999/x").status_code == 404


def test_a_person_decides_what_counts_with_a_reason(desk, filled):
    url = f"/collection/organs/{filled[1].pk}/2025"
    assert "请写明理由" in text(desk.post(url, {"way": "out", "reason": ""}))
    assert desk.post(url, {"way": "out", "reason": "还在核对"}).status_code == 302
    page = text(desk.get("/collection?year=2025"))
    assert "1个已有数据" in page
    assert "人工指定" in page


@pytest.mark.parametrize("form", ["docx", "xlsx", "json"])
def test_the_county_is_written_as_a_file(desk, filled, form):
    answer = desk.get(f"/collection/export/2025.{form}")
    assert answer.status_code == 200
    if form == "json":
        told = answer.json()
        assert told["scope"] == "consolidated"
        received = told["cells"]["applications.received.total"]
        assert len(received["records"]) == received["value"] == Case.objects.filter(received_on__year=YEAR).count()
        assert [each["number"] for each in told["left_out"]] == ["云岭县人民政府"]


def test_settings_are_kept_and_a_late_day_is_refused(desk, filled, clock):
    assert desk.post("/collection/settings", {"together": str(filled[1].pk), "day": "01-20"}).status_code == 302
    page = text(desk.get("/collection?year=2025"))
    assert "共2个单位" in page
    assert "2026年1月20日" in page
    assert "不能晚于1月31日" in text(desk.post("/collection/settings", {"together": "", "day": "02-20"}))


def test_a_quarter_is_its_months_and_the_year_so_far_is_all_quarters(county, desk, filled):
    quarter = statistics(county, span(YEAR, "quarter", 2))
    months = [statistics(county, span(YEAR, "month", n)) for n in (4, 5, 6)]
    assert quarter.sums()[0][0] == sum(month.sums()[0][0] for month in months)
    assert quarter.sums()[0] == (
        Case.objects.filter(received_on__range=(date(2025, 4, 1), date(2025, 6, 30))).count(),
        Case.objects.filter(received_on__range=(date(2025, 1, 1), date(2025, 6, 30))).count(),
    )
    for table in quarter.tables:
        for column in ("share", "share_so_far"):
            said = [getattr(line, column) for line in table.lines]
            assert said == [None] * len(said) or sum(said) == 100
    assert quarter.unknown == ("云岭县人民政府",)
    page = text(desk.get("/collection/periods?of=2025-quarter-2"))
    assert "2025年第二季度政府信息公开统计" in page
    assert "起止日期颠倒了" in text(desk.get("/collection/periods?first=2025-03-02&last=2025-02-01"))
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/collection/periods/export?of=2025-quarter-2").content))
    rows = {row[0]: row[1:] for row in book.active.iter_rows(values_only=True)}
    assert rows["云岭县人民政府"][0] == "未登记"
    assert "系统内没有登记、不能当作0的机关：云岭县人民政府" in rows


def test_where_nothing_is_registered_the_workbook_has_no_sum_of_noughts(county, desk, three):
    assert not statistics(county, span(YEAR, "month", 2)).known
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/collection/periods/export?of=2025-month-2").content))
    rows = {row[0]: row[1:] for row in book.active.iter_rows(values_only=True)}
    assert not {"收到申请，按申请人", "办结申请，按办理结果", "合计"} & rows.keys()
    assert [rows[organ.name][0] for organ in three] == ["未登记"] * 3


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("汇总表.xlsx", data)


def test_a_template_is_drawn_once_filled_each_year_and_checked_when_it_changes(desk, county, filled):
    assert "请选择模板文件" in text(desk.post("/collection/templates", {"name": "市汇总表"}))
    assert "xlsx" in text(desk.post("/collection/templates", {"name": "市汇总表", "file": upload(b"%PDF-1.7 x")}))
    url = desk.post("/collection/templates", {"name": "市汇总表", "file": upload(city_book())}).headers["Location"]
    grid = text(desk.get(url))
    assert "收到申请" in grid
    assert "at=B4" in grid
    assert "at=D4" not in grid  # a formula
    told = {"act": "place", "sheet": "汇总表", "seen": "1"}
    assert "公式" in text(desk.post(url, told | {"cell": "D4", "what": LICENCES}))
    assert "请选择这一格填什么" in text(desk.post(url, told | {"cell": "B4", "what": ""}))
    assert desk.post(url, told | {"cell": "B4", "what": LICENCES}).status_code == 302
    assert "别人已经改动" in text(desk.post(url, told | {"cell": "B5", "what": LICENCES}))
    assert "放不下" in text(desk.post(url, told | {"seen": "2", "cell": "B4", "what": "row:applications.received"}))
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{url}/filled/2025").content))
    assert (book["汇总表"]["B4"].value, book["汇总表"]["D4"].value) == (41, "=SUM(B4:C4)")
    desk.post(url, {"act": "renew", "seen": "2", "file": upload(city_book(before=2))})
    page = text(desk.get(url))
    assert "新模板中移动了的格（1）" in page
    assert "可能到了“汇总表”B6" in page
    assert desk.get(f"{url}/filled/2025").status_code == 302
    template = TemplateVersion.objects.first().template
    with pytest.raises(Refused, match="还没有核对"):
        templates.filled(template, {})
    assert desk.post(url, {"act": "agree", "seen": "3"}).status_code == 302
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{url}/filled/2025").content))
    assert book["汇总表"]["B6"].value == 41
    assert desk.post(url, {"act": "end", "seen": "4"}).status_code == 302
    assert "还没有模板" in text(desk.get("/collection/templates"))


def test_an_onlooker_sees_nothing_of_the_county(onlooker_desk, filled):
    for url in ("/collection", "/collection/periods", "/collection/templates", "/collection/settings"):
        assert onlooker_desk.get(url).status_code == 403


def test_the_command_line_compiles_the_whole_county(county, filled, monkeypatch):
    monkeypatch.setattr(compiling, "prepare_store", lambda: None)
    report, told = compiling.compile_office("云岭县人民政府", YEAR, consolidated=True)
    assert (report.organ, report.scope) == ("云岭县人民政府", "consolidated")
    assert told["cells"][LICENCES]["organs"] == {"云岭县教育局": "41"}
    assert told["cells"][LICENCES]["blank_at"].keys() == {"云岭县水务局"}
    before, _ = compiling.compile_office("云岭县人民政府", YEAR, consolidated=True, as_known_at=date(2026, 1, 1))
    assert before.cells == {}
    with pytest.raises(Refused, match="2018年度"):
        compiling.compile_office("云岭县人民政府", 2018, consolidated=True)

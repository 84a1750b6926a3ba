"""What goes out: every format reads back, what was dismissed stays in, refusals are sentences."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from urllib.parse import unquote

import docx
import openpyxl
import pytest

from gongkai.readers import read_bytes
from gongkai.web.annual.selectors.readings import read_of
from gongkai.web.annual.services import judging, writing
from gongkai.web.annual.services.notice import Letter, notice_of
from gongkai.web.facts import Refused

FORMATS = ["docx", "pdf", "html", "xlsx", "json", "md"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_goes_out_and_reads_back_with_its_corrections(desk, handed_in, audit, format_):
    submission = handed_in("云岭县教育局", 2025)
    judging.correct(
        audit=audit,
        submission=submission,
        address="applications.concluded.natural_person",
        action="value",
        value="6",
        reason="核对",
    )
    answer = desk.get(f"/reports/{submission.pk}/download/{format_}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    name = unquote(answer.headers["Content-Disposition"].rpartition("''")[2])
    assert name == f"云岭县教育局2025年政府信息公开工作年度报告.{format_}"
    back = read_bytes(answer.content, name)
    assert {a: c.value for a, c in back.cells.items()} == {
        a: c.value for a, c in read_of(submission).report.cells.items()
    }


def test_the_original_goes_out_byte_for_byte_and_is_never_shown(desk, handed_in, file_bytes):
    submission = handed_in("云岭县公安局")
    answer = desk.get(f"/reports/{submission.pk}/original")
    assert answer.content == file_bytes("云岭县公安局")[1]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_page_of_a_pdf_is_a_picture(desk, handed_in):
    submission = handed_in("云岭县发展和改革局")
    answer = desk.get(f"/reports/{submission.pk}/pages/1.png")
    assert answer.content.startswith(b"\x89PNG")
    assert desk.get(f"/reports/{submission.pk}/pages/999.png").status_code == 404
    html = handed_in("云岭县公安局")
    assert desk.get(f"/reports/{html.pk}/pages/1.png").status_code == 404


def test_the_findings_go_out_without_what_was_dismissed(desk, handed_in, audit):
    submission = handed_in("云岭县教育局", 2025)
    url = f"/reports/{submission.pk}/download/findings-csv"
    rows = list(csv.DictReader(io.StringIO(desk.get(url).content.decode("utf-8-sig"))))
    assert rows[0]["机关"] == "云岭县教育局"
    print_ = submission.checking.findings[0]["fingerprint"]
    judging.judge(audit=audit, submission=submission, fingerprint=print_, verdict="dismissed", reason="已核实")
    fewer = list(csv.DictReader(io.StringIO(desk.get(url).content.decode("utf-8-sig"))))
    assert len(fewer) == len(rows) - 1
    assert print_ not in {r["识别码"] for r in fewer}


def test_the_findings_of_all_reports_are_one_sheet(desk, handed_in):
    handed_in("云岭县教育局", 2025)
    handed_in("云岭县公安局", 2025)
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/downloads/findings.xlsx?year=2025").content))
    organs = {row[1] for row in book.active.iter_rows(min_row=2, values_only=True)}
    assert organs == {"云岭县教育局", "云岭县公安局"}


def test_all_reports_go_out_as_one_zip_with_a_word_about_what_could_not(desk, handed_in):
    handed_in("云岭县教育局", 2025)
    handed_in("云岭县公安局", 2025)
    with zipfile.ZipFile(io.BytesIO(desk.get("/downloads/reports.json.zip").content)) as bundle:
        assert sorted(json.loads(bundle.read(n))["organ"] for n in bundle.namelist()) == [
            "云岭县公安局",
            "云岭县教育局",
        ]
    with zipfile.ZipFile(io.BytesIO(desk.get("/downloads/reports.comments.zip").content)) as bundle:
        assert len(bundle.namelist()) == 2
        assert "只有交来的是DOCX" in bundle.read("没有导出的文件.txt").decode("utf-8-sig")


def test_the_senders_own_file_comes_back_with_comments(desk, handed_in):
    submission = handed_in("云岭县教育局", 2025)
    answer = desk.get(f"/reports/{submission.pk}/download/comments")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        comments = package.read("word/comments.xml").decode()
    assert "请核实" in comments
    other = handed_in("云岭县公安局", 2025)
    page = desk.get(f"/reports/{other.pk}/download/comments", follow=True).content.decode()
    assert "只有交来的是DOCX文件时才能加批注" in page


def test_the_notice_quotes_each_conflict(desk, handed_in):
    submission = handed_in("云岭县公安局", 2025)
    url = f"/reports/{submission.pk}/notice"
    assert "全年主动公开政府信息268条" in desk.get(url).content.decode()
    answer = desk.post(
        url,
        {
            "issuer": "云岭县人民政府办公室",
            "number": "云政办函〔2026〕3号",
            "day": "2026-02-03",
            "reply_by": "2026-02-10",
        },
    )
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "全年主动公开政府信息268条" in text
    assert "云政办函〔2026〕3号" in text
    assert "2026年2月3日" in text


REFUSED = [
    ({"issuer": ""}, "请填写发文机关"),
    ({"day": ""}, "请填写成文日期"),
    ({"day": "2月3日"}, "请填写成文日期"),
    ({"reply_by": "明天"}, "反馈日期无法识别"),
    ({"reply_by": "2026-02-01"}, "早于成文日期"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED)
def test_a_notice_that_cannot_be_written_keeps_what_was_typed(desk, handed_in, change, says):
    submission = handed_in("云岭县公安局", 2025)
    typed = {"issuer": "云岭县人民政府办公室", "number": "云政办函〔2026〕9号", "day": "2026-02-03", **change}
    answer = desk.post(f"/reports/{submission.pk}/notice", typed)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert "云政办函〔2026〕9号" in answer.content.decode()


def test_notices_for_all_are_one_zip_and_a_sound_report_gets_none(desk, handed_in):
    for organ in ("云岭县公安局", "云岭县发展和改革局", "云岭县教育局"):
        handed_in(organ, 2025)
    answer = desk.post("/downloads/notices?year=2025", {"issuer": "云岭县人民政府办公室", "day": "2026-02-03"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        assert sorted(bundle.namelist()) == [
            "云岭县公安局2025年政府信息公开工作年度报告整改通知.docx",
            "云岭县教育局2025年政府信息公开工作年度报告整改通知.docx",
            "没有导出的文件.txt",
        ]
        assert "无需制发" in bundle.read("没有导出的文件.txt").decode("utf-8-sig")
    refused = desk.post("/downloads/notices", {"issuer": "", "day": "2026-02-03"})
    assert refused.status_code == 400
    assert "请填写发文机关" in refused.content.decode()


def test_a_sound_report_gets_no_notice(handed_in):
    submission = handed_in("云岭县发展和改革局", 2025)
    with pytest.raises(Refused, match="无需制发"):
        notice_of(submission, Letter("云岭县人民政府办公室", None, date(2026, 2, 3), None))


def test_what_cannot_be_written_is_refused(handed_in, desk):
    submission = handed_in("云岭县公安局", 2025)
    with pytest.raises(Refused, match="不能导出为"):
        writing.written(submission, "exe")
    with pytest.raises(Refused, match="不能导出为"):
        writing.finding_list([submission], "doc")

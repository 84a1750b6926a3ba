"""What the operator does from the pages, and what the worker does with a file, seen from inside."""

from __future__ import annotations

import io

import pytest

from gongkai.readers import read_bytes
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Job
from gongkai.web.annual.selectors.readings import read_of
from gongkai.web.annual.services.checking import _payload
from gongkai.web.files import operations
from gongkai.web.files.worker import read_frame, write_frame
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.services import keep_list


def test_a_report_is_placed_from_its_page_and_a_wrong_year_is_said(desk, county, audit, handed_in):
    keep_list(audit=audit, county=county, organs=[("云岭县文物局", "")])
    submission, organ = handed_in(), Organ.objects.get()
    page = desk.post(f"/reports/{submission.pk}/place", {"organ": organ.pk, "year": "2024"}, follow=True)
    assert "已指定这份报告所属的机关和年度" in page.content.decode()
    submission.refresh_from_db()
    assert (submission.organ, submission.year) == (organ, 2024)
    page = desk.post(f"/reports/{submission.pk}/place", {"organ": organ.pk, "year": "1999"}, follow=True)
    assert "年度应为2008至" in page.content.decode()
    page = desk.post(f"/reports/{submission.pk}/place", {"organ": "x", "year": "2024"}, follow=True)
    assert "名录中没有这个机关" in page.content.decode()
    page = desk.post(f"/reports/{submission.pk}/place", {"organ": submission.pk, "year": "2024"}, follow=True)
    assert "名录中没有这个机关" in page.content.decode()


def test_a_report_is_set_aside_and_taken_back_from_its_page(desk, handed_in):
    submission = handed_in()
    page = desk.post(f"/reports/{submission.pk}/aside", {"aside": "1"}, follow=True).content.decode()
    assert "已移出列表，原件和记录仍然保留" in page
    assert "云岭县教育局" not in desk.get("/annual").content.decode()
    assert "云岭县教育局" in desk.get("/annual?aside=1").content.decode()
    finding = submission.checking.findings[0]["fingerprint"]
    refused = desk.post(
        f"/reports/{submission.pk}/findings/{finding}", {"verdict": "confirmed", "reason": "如此"}, follow=True
    )
    assert "已经移出列表" in refused.content.decode()
    desk.post(f"/reports/{submission.pk}/aside", {"aside": "0"})
    assert "云岭县教育局" in desk.get("/annual").content.decode()


def test_a_report_is_read_again_from_its_page(desk, handed_in):
    submission = handed_in()
    desk.post(f"/reports/{submission.pk}/read-again")
    assert Job.objects.get().state == "waiting"
    assert "tag-wait" in desk.get("/annual").content.decode()
    read_all()
    assert submission.readings.count() == 2
    log = desk.get(f"/reports/{submission.pk}").content.decode()
    assert "要求重新读取" in log
    assert "记录与校验值不符" not in log


def test_the_county_is_named_and_an_organ_struck_from_the_page(desk, county, audit):
    assert "已保存本县名称" in desk.post("/organs/county", {"name": "云岭县"}, follow=True).content.decode()
    assert County.objects.get().name == "云岭县"
    assert "全称" in desk.post("/organs/county", {"name": ""}, follow=True).content.decode()
    desk.post("/organs/list", {"list": "云岭县文物局\n云岭县档案馆，县级部门"})
    key = Organ.objects.get(name="云岭县文物局").pk
    assert "已将“云岭县文物局”移出名录" in desk.post(f"/organs/{key}/strike", follow=True).content.decode()
    assert "可能已经移出" in desk.post(f"/organs/{key}/strike", follow=True).content.decode()
    assert "没有读到机关名称" in desk.post("/organs/list", {"list": " "}, follow=True).content.decode()


def test_an_unread_file_is_neither_exported_nor_corrected(desk, audit, county):
    from gongkai.web.annual.services.intake import Incoming, hand_in

    batch = hand_in(audit=audit, files=[Incoming("坏.pdf", b"%PDF-1.7 broken")])
    read_all()
    key = batch.items.get().submission_id
    assert "没有读出数据，不能导出" in desk.get(f"/reports/{key}/download/docx", follow=True).content.decode()
    assert "没有读出数据，不能导出" in desk.get(f"/reports/{key}/notice", follow=True).content.decode()
    wanted = {"action": "value", "value": "1", "reason": "核对"}
    page = desk.post(f"/reports/{key}/cells/applications.received.total", wanted, follow=True).content.decode()
    assert "不能更正单元格" in page


def test_the_worker_reads_checks_draws_and_writes(handed_in, file_bytes):
    name, data = file_bytes("云岭县发展和改革局")
    answer, _ = operations.read({"name": name}, data)
    assert answer["report"]["cells"].keys() == read_bytes(data, name).to_json()["cells"].keys()
    assert len(answer["pages"]) >= 3
    assert operations.read({"name": "坏.pdf"}, b"%PDF-1.7 broken")[0]["error"]["advice"].startswith("请")
    found, picture = operations.page({"number": 1}, data)
    assert (found, picture[:4]) == ({"found": True}, b"\x89PNG")
    assert operations.page({"number": 0}, data) == ({"found": False}, b"")
    current = _payload(read_of(handed_in("云岭县教育局", 2025)))
    checked, _ = operations.check({"current": current, "previous": None}, b"")
    assert {r["verdict"] for r in checked["relations"]} == {"holds", "broken"}
    assert any("≠" in r["met"] for r in checked["relations"])
    assert operations.write({"current": current, "format": "pdf"}, b"")[1].startswith(b"%PDF")
    word = file_bytes("云岭县教育局", 2025)[1]
    head = {"current": current, "findings": checked["findings"], "written_at": "2026-02-03T10:00:00+08:00"}
    assert operations.comments(head, word)[1].startswith(b"PK")
    assert "refused" in operations.comments(head, b"no word file")[0]


@pytest.mark.parametrize("cut", [0, 3, 6, 12, 20])
def test_a_frame_that_breaks_off_is_no_frame(cut):
    whole = io.BytesIO()
    write_frame(whole, {"op": "读"}, b"12345")
    assert read_frame(io.BytesIO(whole.getvalue())) == ({"op": "读"}, b"12345")
    assert read_frame(io.BytesIO(whole.getvalue()[:cut])) is None

"""The registers at the desk: each page opens for each register, forms keep what was typed, a photograph is kept and shown, tables go in and out."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from gongkai.proactive.registers import registers
from gongkai.web.people import middleware
from gongkai.web.people.models import Person
from gongkai.web.registers.models import Line, Nothing, Row
from gongkai.web.registers.services.rows import enter
from tests.web.registers.conftest import NATURAL, PENALTY

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)
BOARD = {"title": "低保名单公示", "where": "石桥村", "posted_on": "2026-02-01"}


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("key", registers())
def test_every_register_has_its_list_its_form_and_its_import(desk, organ, key):
    for path in (f"/ledgers/{key}", f"/ledgers/{key}/new", f"/ledgers/{key}/import"):
        answer = desk.get(path)
        assert answer.status_code == 200
        assert registers()[key].zh in words(answer)
    book = CalamineWorkbook.from_filelike(io.BytesIO(desk.get(f"/ledgers/{key}/template.xlsx").content))
    heads = book.get_sheet_by_index(0).to_python()[0]
    assert heads == [each.label for each in registers()[key].fields if each.kind not in ("file", "photo")]


def test_what_belongs_together_is_one_page(desk, organ, penalty):
    penalty()
    for path, says in (
        ("/ledgers", "应当登记还没有登记的"),
        (f"/ledgers/figures?organ={organ.pk}&year=2026", "销售超过保质期的食品"),
        (f"/ledgers/figures?organ={organ.pk}&year=2026&known=2026-01-01", "以后的更正没有计入"),
        ("/ledgers/documents?kind=government_rules&on=2026-01-01", "这里没有文件"),
        ("/ledgers/budgets-of-organs?year=2026", organ.name),
        ("/ledgers/settings", "各地口径不同"),
    ):
        answer = desk.get(path)
        assert (answer.status_code, says in words(answer)) == (200, True), path
    assert desk.get("/ledgers/nonsense").status_code == 404


def test_a_form_that_lacks_something_keeps_what_was_typed_and_names_the_field(desk, organ):
    said = {**PENALTY, "organ": str(organ.pk), "decided_on": ""}
    answer = desk.post("/ledgers/penalties/new", said)
    assert answer.status_code == 422
    assert "没有填写“决定日期”。" in words(answer)
    assert PENALTY["document_number"] in words(answer)
    said["decided_on"] = "2026-02-10"
    assert desk.post("/ledgers/penalties/new", said).status_code == 302
    again = desk.post("/ledgers/penalties/new", said)
    assert (again.status_code, Row.objects.count()) == (422, 1)
    assert "这一件已经登记过" in words(again)


def test_a_photograph_is_kept_shown_to_the_desk_and_stays_when_the_row_is_corrected(desk, organ):
    photo = SimpleUploadedFile("张贴.png", PNG, "image/png")
    made = desk.post("/ledgers/notice_boards/new", {**BOARD, "organ": str(organ.pk), "photo": photo})
    row = Row.objects.get()
    assert made.headers["Location"] == f"/ledgers/rows/{row.pk}"
    source = re.search(r'<img class="ledger-photo" src="([^"]+)"', desk.get(made.headers["Location"]).content.decode())
    shown = desk.get(source[1])
    assert (shown.content, shown.headers["Content-Type"]) == (PNG, "image/png")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    said = {**BOARD, "removed_on": "2026-02-09", "why": "已撤下", "seen": "1"}
    assert desk.post(f"/ledgers/rows/{row.pk}/correct", said).status_code == 302
    assert Line.objects.get().values["photo"] == str(row.files.get().file_id)
    text = SimpleUploadedFile("照片.png", "不是图片".encode(), "image/png")
    answer = desk.post("/ledgers/notice_boards/new", {**BOARD, "organ": str(organ.pk), "photo": text})
    assert answer.status_code == 422
    assert "不是图片" in words(answer)


def test_correcting_and_voiding_ask_for_a_reason_and_for_what_was_seen(desk, penalty):
    row = penalty()
    said = {**PENALTY, "fine": "2"}
    for path, more, status, says in (
        ("correct", {**said, "why": ""}, 409, "请写明为什么更正"),
        ("correct", {**said, "why": "漏填", "seen": "7"}, 409, "别人已经改动了这一行"),
        ("correct", {**said, "fine": "两", "why": "漏填"}, 422, "应当是不小于0的数"),
        ("void", {"reason": ""}, 409, "请写明为什么作废"),
    ):
        answer = desk.post(f"/ledgers/rows/{row.pk}/{path}", more)
        assert (answer.status_code, says in words(answer)) == (status, True), (path, says)
    assert desk.post(f"/ledgers/rows/{row.pk}/correct", {**said, "why": "漏填", "seen": "1"}).status_code == 302
    assert desk.post(f"/ledgers/rows/{row.pk}/void", {"reason": "重复", "seen": "2"}).status_code == 302
    page = words(desk.get(f"/ledgers/rows/{row.pk}"))
    assert "已作废" in page
    assert "罚没金额：<del>（空）</del> → <ins>2万元</ins>" in page
    assert "这里" not in page


def test_a_table_is_looked_at_and_then_taken_in_and_goes_out_again(desk, organ):
    text = "决定日期\t处罚决定书文号\t违法行为\t被处罚人\t被处罚人名称\t处罚种类和内容\n"
    text += "2026-1-6\t云市监罚〔2026〕11号\t无照经营\t自然人\t张三\t罚款"
    looked = desk.post("/ledgers/penalties/import", {"organ": str(organ.pk), "text": text + "\n2026-1-7\t\t无照经营"})
    assert ">A3<" not in words(looked)
    assert "没有填写“处罚决定书文号”。" in words(looked)
    assert not Row.objects.exists()
    ticket = re.search(r'name="ticket" value="([^"]+)"', looked.content.decode())[1]
    for _ in range(2):
        taken = desk.post("/ledgers/penalties/import", {"organ": str(organ.pk), "ticket": ticket})
        assert taken.status_code == 302
    assert Line.objects.get().values["party"] == "张某"
    book = CalamineWorkbook.from_filelike(io.BytesIO(desk.get("/ledgers/penalties/export.xlsx?year=2026").content))
    heads, row = book.get_sheet_by_index(0).to_python()
    told = dict(zip(heads, row, strict=True))
    assert (told["决定日期"], told["被处罚人"], told["机关"]) == (date(2026, 1, 6), "自然人", organ.name)
    assert desk.post("/ledgers/penalties/import", {"organ": str(organ.pk), "ticket": ticket + "x"}).status_code == 422


def test_lists_are_filtered_by_year_words_choice_and_organ(desk, audit, organ, other, penalty):
    penalty()
    enter(audit=audit, organ=other, register="penalties", values=NATURAL | {"decided_on": "2025-05-06"})
    first, second = PENALTY["document_number"], NATURAL["document_number"]
    for query, seen in (
        ("", (True, True)),
        ("?year=2025", (False, True)),
        ("?words=百货店", (True, False)),
        (f"?organ={other.pk}", (False, True)),
        ("?entered_as=total", (False, False)),
    ):
        page = words(desk.get(f"/ledgers/penalties{query}"))
        assert (first in page, second in page) == seen, query
    assert desk.get("/ledgers/penalties?organ=x").status_code == 404


def test_nothing_in_a_month_is_one_button(desk, organ):
    said = {"organ": str(organ.pk), "every": "month", "day": "2026-01-01"}
    assert desk.post("/ledgers/penalties/nothing", said).status_code == 302
    assert str(Nothing.objects.get().last) == "2026-01-31"
    assert desk.post("/ledgers/penalties/nothing", said | {"every": "fortnight"}).status_code == 409


def test_what_the_county_sets_is_kept_and_a_slip_is_refused(desk, organ):
    said = {"lapsed": "repealed", "from_year": "2025", "grace": "15", "soon_months": "6", "days-new_media": "14"}
    assert desk.post("/ledgers/settings", said).status_code == 302
    assert 'value="15"' in words(desk.get("/ledgers/settings"))
    answer = desk.post("/ledgers/settings", said | {"grace": "900"})
    assert (answer.status_code, "应当在0到90之间" in words(answer)) == (409, True)


def test_rows_become_the_draft_of_a_list(desk, organ, penalty):
    row = penalty()
    said = {"organ": str(organ.pk), "rows": [str(row.pk)], "title": "处罚公示", "theme": "09"}
    made = desk.post("/ledgers/penalties/publish", said)
    assert made.status_code == 302
    assert PENALTY["penalty"] in words(desk.get(made.headers["Location"]))
    assert desk.post("/ledgers/penalties/publish", said | {"rows": ["x"]}).status_code == 409


@pytest.mark.parametrize(
    ("role", "of_organ", "page", "listed", "correct"),
    [
        ("clerk", True, 200, True, 302),
        ("reviewer", True, 200, True, 403),
        ("clerk", False, 403, False, 403),
        ("head", False, 403, False, 403),
        ("competent", False, 200, True, 403),
        ("onlooker", True, 403, False, 403),
    ],
)
def test_whose_rows_a_person_sees_and_corrects(
    county, organ, other, penalty, monkeypatch, role, of_organ, page, listed, correct
):
    row = penalty()
    sits = Person.objects.create(county=county.pk, name="某人", role=role, organ=organ if of_organ else other)
    monkeypatch.setattr(middleware, "local_operator", lambda: sits)
    desk = Client()
    assert desk.get(f"/ledgers/rows/{row.pk}").status_code == page
    seen = desk.get("/ledgers/penalties")
    assert (seen.status_code == 200 and PENALTY["document_number"] in words(seen)) == listed
    answer = desk.post(f"/ledgers/rows/{row.pk}/correct", {**PENALTY, "fine": "3", "why": "漏填", "seen": "1"})
    assert answer.status_code == correct
    figures = desk.get(f"/ledgers/figures?organ={organ.pk}&year=2026")
    assert figures.status_code == (200 if page == 200 else 403 if role == "onlooker" else 404)
    for path in ("nothing", "publish"):
        said = {"organ": str(organ.pk), "every": "month", "day": "2026-01-01", "rows": [str(row.pk)], "title": "x"}
        refused = desk.post(f"/ledgers/penalties/{path}", said).status_code
        assert (refused in (403, 404)) == (not (role == "clerk" and of_organ)), path

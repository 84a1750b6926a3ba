"""签发和定稿的页面：每一步写明走到哪里，拒绝时说明原因，变动逐格列出，签发单印着校验值。"""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.web.issuing.models import Draft, Noted
from gongkai.web.issuing.services import handing
from tests.web.issuing.conftest import YEAR, bring, write


def at(name: str, organ, *more: object) -> str:
    return reverse(f"year-issue{name}", args=[organ.pk, YEAR, *more])


def words(response) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.fixture
def seat(desk, operator):
    """The desk of the single person who does everything."""
    return desk


def test_what_keeps_it_from_signature_is_said_and_handing_over_refused(seat, audit, organ):
    said = words(seat.get(at("", organ)))
    assert "还不能送签" in said and "“一、总体情况”还没有写。" in said
    refused = seat.post(at("-hand-over", organ))
    assert refused.status_code == 409 and "还不能送签" in words(refused)
    assert not Draft.objects.exists()


def test_on_paper_from_the_sheet_to_the_version(seat, audit, ready):
    draft = handing.hand_over(audit=audit, organ=ready, year=YEAR)
    sheet = seat.get(at("-sheet", ready, draft.pk, "pdf"))
    with pypdfium2.PdfDocument(io.BytesIO(sheet.content)) as pdf:
        printed = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert draft.seal[:16] in printed and "主要负责人签发" in re.sub(r"\s", "", printed)
    told = {"signer": "周文涛", "signed_on": timezone.localdate().isoformat(), "opinion": "同意"}
    assert "请上传签发单的扫描件" in words(seat.post(at("-paper", ready, draft.pk), told))
    scan = SimpleUploadedFile("签发单.pdf", sheet.content, "application/pdf")
    assert seat.post(at("-paper", ready, draft.pk), {**told, "scan": scan}).status_code == 302
    assert "周文涛（纸质签发" in words(seat.get(at("-draft", ready, draft.pk)))
    assert seat.get(at("-scan", ready, draft.pk)).content == sheet.content
    done = seat.post(at("-freeze", ready, draft.pk), follow=True)
    assert "现在编制出来的与这一版完全一致" in words(done)


def test_a_change_is_announced_on_every_page_and_answered(seat, audit, frozen):
    organ = frozen.organ
    bring(audit, organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    write(audit, organ, "5", "已经改过的一段话，说明存在的问题。")
    state = words(seat.get(at("", organ)))
    assert "定稿以后有变动" in state and "1条记录、1处文字" in state
    page = seat.get(at("-version", organ, frozen.pk))
    assert "新计入" in words(page) and "水公开-2025-101" in words(page) and "已经改过的一段话" in words(page)
    assert "1份年度报告定稿以后有变动" in words(seat.get("/"))
    stamp = re.search(r'name="stamp" value="(\w+)"', page.content.decode())[1]
    assert seat.post(at("-note", organ, frozen.pk), {"stamp": stamp, "reason": ""}).status_code == 409
    assert seat.post(at("-note", organ, frozen.pk), {"stamp": stamp, "reason": "下年度说明"}).status_code == 302
    assert Noted.objects.get().stamp == stamp
    assert "定稿以后有变动" not in words(seat.get("/"))
    assert "下年度说明" in words(seat.get(at("", organ)))


def test_each_figure_opens_the_records_that_were_kept(seat, audit, frozen):
    organ = frozen.organ
    bring(audit, organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    cell = words(seat.get(at("-cell", organ, frozen.pk, "applications.received.total")))
    assert "后面有3条记录" in cell and "水公开-2025-002" in cell and "水公开-2025-101" not in cell
    assert seat.get(at("-cell", organ, frozen.pk, "applications.nothing.total")).status_code == 404
    assert seat.get(at("-file", organ, frozen.pk, "exe")).status_code == 404
    assert bytes(frozen.draft.report) == seat.get(at("-file", organ, frozen.pk, "json")).content


def test_a_key_of_another_year_opens_nothing(seat, frozen):
    other = reverse("year-issue-version", args=[frozen.organ.pk, YEAR - 1, frozen.pk])
    assert seat.get(other).status_code == 404
    assert seat.get(reverse("year-issue", args=[frozen.organ.pk, 2018])).status_code == 404

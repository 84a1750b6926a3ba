"""Boxes drawn in the browser: kept as facts, and what lies under them is in no file that goes out."""

from __future__ import annotations

import json
import shutil

import pytest
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.onrequest.models import Attachment, CaseRecord
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.onrequest.selectors.casefacts import on_file
from gongkai.web.onrequest.selectors.facts import standing_of
from gongkai.web.onrequest.selectors.redaction import POINTS, Spot, drawn, made_of
from gongkai.web.onrequest.selectors.released import released_files
from gongkai.web.onrequest.services import redaction
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import Overtaken
from tests.documents.test_redaction import HIDDEN_BOX, SECRET, colours, everything_in, is_clean, treacherous

TODAY = timezone.localdate()
REASON = "个人隐私"
BOX = [round(side / POINTS, 2) for side in HIDDEN_BOX[1:]]
ROW = {
    "page": ["1"],
    "x": [str(BOX[0])],
    "y": [str(BOX[1])],
    "w": [str(BOX[2] - BOX[0])],
    "h": [str(BOX[3] - BOX[1])],
    "reason": [REASON],
}


@pytest.fixture
def source(apply, audit):
    application = apply().application
    return attach(audit=audit, application=application, file=Upload("合同.pdf", treacherous(), "source"))


def url_of(source) -> str:
    return f"/cases/{source.application_id}/files/{source.pk}/redact"


def test_through_the_pages_nothing_under_a_box_goes_out(source, desk):
    page = desk.get(url_of(source)).content.decode()
    assert 'data-page="2"' in page and "style=" not in page
    picture = desk.get(f"/cases/{source.application_id}/files/{source.pk}/pages/1.png")
    assert picture.content[:4] == b"\x89PNG" and "no-store" in picture.headers["Cache-Control"]
    assert desk.post(url_of(source), {**ROW, "seen": "", "do": "keep"}).status_code == 302
    assert f'x="{BOX[0]:.2f}"' in desk.get(url_of(source)).content.decode()
    answer = desk.post(url_of(source), {**ROW, "seen": drawn(source).seen, "do": "release"})
    assert answer.status_code == 302
    released = Attachment.objects.get(role="released")
    assert released.about == source.pk
    download = desk.get(f"/cases/{source.application_id}/files/{released.pk}").content
    assert SECRET not in everything_in(download)
    assert colours(download, HIDDEN_BOX) == [(0, 0, 0)]
    is_clean(download)
    preview = desk.get(f"/cases/{source.application_id}/files/{released.pk}/preview")
    assert preview.status_code == 200 and "合同（遮盖后）.pdf" in preview.content.decode()


def test_the_boxes_and_their_reasons_stay_on_record(source, audit):
    spot = Spot(1, 20, 40, 80, 10, REASON)
    redaction.keep(audit=audit, source=source, spots=[spot], seen="")
    redaction.keep(audit=audit, source=source, spots=[spot, spot._replace(page=2)], seen=drawn(source).seen)
    assert len(drawn(source).spots) == 2
    assert CaseRecord.objects.filter(kind="redaction_boxes").count() == 2
    row = CaseRecord.objects.filter(kind="redaction_boxes").first()
    assert REASON.encode() not in bytes(row.words)
    redaction.release(audit=audit, source=source, seen=drawn(source).seen)
    said = told(CaseRecord.objects.get(kind="severance"))
    assert said["words"] == f"第1页：{REASON}\n第2页：{REASON}"
    assert "severance" in on_file(source.application, standing_of(source.application))


def test_of_two_people_who_draw_one_is_told(source, audit, desk):
    redaction.keep(audit=audit, source=source, spots=[Spot(1, 20, 40, 80, 10, REASON)], seen="")
    with pytest.raises(Overtaken):
        redaction.keep(audit=audit, source=source, spots=[], seen="")
    answer = desk.post(url_of(source), {**ROW, "seen": "", "do": "release"})
    assert answer.status_code == 409
    assert "刚刚有人改过" in answer.content.decode() and REASON in answer.content.decode()
    assert not Attachment.objects.filter(role="released").exists()


def test_a_file_made_again_takes_the_place_of_the_earlier(source, audit):
    first = redaction.release(audit=audit, source=source, seen="")
    assert files.read(first.file_id)[:5] == b"%PDF-"
    assert not CaseRecord.objects.filter(kind="severance").exists()
    redaction.keep(audit=audit, source=source, spots=[Spot(1, 20, 40, 80, 10, REASON)], seen="")
    second = redaction.release(audit=audit, source=source, seen=drawn(source).seen)
    assert released_files(source.application) == [second]
    assert [made.current for made in made_of(source)] == [True, False]


@pytest.mark.parametrize(
    ("spot", "says"),
    [
        (Spot(3, 1, 1, 5, 5, "因"), "文件只有2页"),
        (Spot(1, 1, 1, 0, 5, "因"), "没有大小"),
        (Spot(1, 900, 1, 5, 5, "因"), "页面之外"),
        (Spot(1, 1, 1, 5, 5, " "), "不公开的理由"),
        (Spot(1, float("nan"), 1, 5, 5, "因"), "没有大小"),
    ],
)
def test_refusals_of_a_box(source, audit, spot, says):
    with pytest.raises(Refused, match=says):
        redaction.keep(audit=audit, source=source, spots=[spot], seen="")
    assert not CaseRecord.objects.exists()


def test_what_was_typed_stays_when_it_is_refused(source, desk):
    typed = {**ROW, "x": ["二十"], "reason": ["商业秘密甲"]}
    answer = desk.post(url_of(source), {**typed, "seen": "", "do": "keep"})
    assert answer.status_code == 409
    assert "二十" in answer.content.decode() and "商业秘密甲" in answer.content.decode()


def test_only_a_file_that_is_to_be_released_can_be_redacted(apply, audit, desk):
    application = apply().application
    proof = attach(audit=audit, application=application, file=Upload("证件.pdf", treacherous(), "identity_proof"))
    other = attach(audit=audit, application=application, file=Upload("坏.pdf", b"%PDF-1.4 x", "source"))
    assert desk.get(url_of(proof)).status_code == 404
    assert desk.get(f"/cases/{application.pk}/files/{proof.pk}/pages/1.png").status_code == 404
    broken = desk.get(url_of(other))
    assert broken.status_code == 409 and "已损坏" in broken.content.decode()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_word_file_is_turned_into_pages_once(apply, audit, desk):
    from gongkai.documents.letters import Letter, letter_docx

    application = apply().application
    data = letter_docx(Letter("云岭县交通运输局", "合同", "李清照", ("正文",)))
    row = attach(audit=audit, application=application, file=Upload("合同.docx", data, "source"))
    assert "转换为PDF页面" in desk.get(url_of(row)).content.decode()
    assert desk.post(url_of(row)).status_code == 302
    pages = Attachment.objects.get(about=row.pk)
    assert desk.get(url_of(row)).headers["Location"] == url_of(pages)
    assert redaction.as_pages(audit=audit, source=row) == pages


def test_a_kept_box_is_plain_json(source, audit):
    redaction.keep(audit=audit, source=source, spots=[Spot(1, 20, 40, 80, 10, REASON)], seen="")
    said = told(CaseRecord.objects.get())
    assert json.loads(said["_boxes"]) == [[1, 20, 40, 80, 10, REASON]]

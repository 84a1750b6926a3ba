"""The paper of an office: sheets with the case's number, decisions on paper with their scan."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.onrequest.models import Attachment, LetterStep
from gongkai.web.onrequest.selectors.paper import OF_CASE, OF_LETTER
from gongkai.web.onrequest.services import consultations, letters
from gongkai.web.onrequest.services.attachments import Upload, attach
from tests.documents.test_redaction import treacherous
from tests.web.onrequest.conftest import LI
from tests.web.onrequest.steps import granted

TODAY = timezone.localdate()


def text_of(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "".join("".join((page.extract_text() or "").split()) for page in document.pages)


@pytest.mark.parametrize("kind", OF_CASE)
def test_the_sheets_of_a_case(apply, desk, kind):
    application = apply().application
    pdf = desk.get(f"/cases/{application.pk}/paper/{kind}.pdf")
    assert application.number in text_of(pdf.content)
    assert "no-store" in pdf.headers["Cache-Control"]
    docx = desk.get(f"/cases/{application.pk}/paper/{kind}.docx").content
    assert zipfile.is_zipfile(io.BytesIO(docx))
    assert Entry.objects.filter(act="onrequest.print_sheet").count() == 2


@pytest.mark.parametrize("kind", [kind for kind in OF_LETTER if kind != "opinion"])
def test_the_sheets_of_a_letter(apply, desk, audit, kind):
    application = apply().application
    letter = granted(audit, application)
    text = text_of(desk.get(f"/cases/{application.pk}/letters/{letter.pk}/paper/{kind}.pdf").content)
    assert LI.name in text and application.number in text


def test_a_letter_to_a_third_party_goes_to_that_party(apply, desk, audit):
    application = apply().application
    row = consultations.open_consultation(
        audit=audit,
        application=application,
        kind="third_party",
        letter_kind="third_party_consult",
        party="利民建筑有限公司",
        contact="县城东街1号",
    )
    url = f"/cases/{application.pk}/letters/{row.letter}/paper/"
    text = text_of(desk.get(f"{url}envelope.pdf").content)
    assert "利民建筑有限公司" in text and "县城东街1号" in text
    assert LI.name not in text and LI.phone not in text
    assert LI.name not in text_of(desk.get(f"{url}delivery.pdf").content)
    slip = text_of(desk.get(f"{url}opinion.pdf").content)
    assert "征求意见回执" in slip and "利民建筑有限公司" in slip and LI.name not in slip
    answer = granted(audit, application)
    assert desk.get(f"/cases/{application.pk}/letters/{answer.pk}/paper/opinion.pdf").status_code == 404


def test_the_contents_count_the_pages(apply, desk, audit):
    application = apply().application
    attach(audit=audit, application=application, file=Upload("申请书.pdf", treacherous(), "application_scan"))
    granted(audit, application)
    text = text_of(desk.get(f"/cases/{application.pk}/paper/contents.pdf").content)
    assert "政府信息公开申请答复书" in text and "2—3" in text


def test_what_there_is_not(apply, desk):
    application = apply().application
    assert desk.get(f"/cases/{application.pk}/paper/wish.pdf").status_code == 404
    assert desk.get(f"/cases/{application.pk}/paper/cover.exe").status_code == 404
    assert desk.get(f"/cases/{application.pk}/letters/{application.pk}/paper/approval.pdf").status_code == 404


@pytest.fixture
def for_approval(apply, audit):
    application = apply(TODAY - timedelta(days=3)).application
    letter = letters.draft(audit=audit, application=application, kind="extension_notice")
    letter.status = "for_approval"
    letter.save()
    return application, letter


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"on": f"{TODAY}", "on_paper": "1"}, "在纸上办理的，请附"),
        ({"on": f"{TODAY - timedelta(days=1)}"}, "日期早于今天的"),
    ],
)
def test_a_decision_on_paper_needs_its_scan(for_approval, desk, sent, says):
    application, letter = for_approval
    url = f"/cases/{application.pk}/letters/{letter.pk}/steps/approve"
    answer = desk.post(url, {**sent, "seen": letter.revision})
    assert answer.status_code == 409 and says in answer.content.decode()
    assert not LetterStep.objects.exists()
    scan = SimpleUploadedFile("呈批单.pdf", treacherous(), "application/pdf")
    assert desk.post(url, {**sent, "seen": letter.revision, "scan": scan}).status_code == 302
    step = LetterStep.objects.get(step="approved")
    assert step.paper is not None
    assert Attachment.objects.get(role="paper_decision").about == letter.pk

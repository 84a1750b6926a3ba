"""The paper of a case and of a letter, as PDF or Word."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.documents.sheets import Sheet, sheet_docx, sheet_pdf
from gongkai.web.onrequest.selectors import cases as case_selectors
from gongkai.web.onrequest.selectors import paper as selectors
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import audit_of
from gongkai.web.workbench.views.cases import application_or_404

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _answer(request: HttpRequest, sheet: Sheet, name: str, form: str) -> HttpResponse:
    data, kind = (sheet_docx(sheet), DOCX) if form == "docx" else (sheet_pdf(sheet).data, "application/pdf")
    response = HttpResponse(data, content_type=kind)
    shown = "inline" if form == "pdf" and request.GET.get("show") else "attachment"
    response.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(f'{name}.{form}')}"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
@needs("onrequest.see_personal")
def of_case(request: HttpRequest, key: uuid.UUID, kind: str, form: str) -> HttpResponse:
    """A sheet of a case."""
    application = application_or_404(request, key, "onrequest.see_personal")
    if kind not in selectors.OF_CASE or form not in ("pdf", "docx"):
        raise Http404("没有这种表单")
    sheet = selectors.case_sheet(audit=audit_of(request), application=application, kind=kind)
    return _answer(request, sheet, f"{selectors.OF_CASE[kind]} {application.number}", form)


@require_GET
@needs("onrequest.see_personal")
def of_letter(request: HttpRequest, key: uuid.UUID, letter: uuid.UUID, kind: str, form: str) -> HttpResponse:
    """A sheet of a letter."""
    application = application_or_404(request, key, "onrequest.see_personal")
    found = case_selectors.letter_of(application, letter)
    if found is None or kind not in dict(selectors.sheets_of(found)) or form not in ("pdf", "docx"):
        raise Http404("没有这种表单")
    sheet = selectors.letter_sheet(audit=audit_of(request), letter=found, kind=kind)
    return _answer(request, sheet, f"{selectors.OF_LETTER[kind]} {found.number or application.number}", form)

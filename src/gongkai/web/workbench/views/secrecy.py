"""The files that bear a classification mark: the list, the handing over, the setting apart."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors import cases as case_selectors
from gongkai.web.onrequest.selectors import secrecy as selectors
from gongkai.web.onrequest.services import secrecy
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404


@require_GET
@needs("onrequest.secrecy_file")
def secret_files(request: HttpRequest) -> HttpResponse:
    """All files that are set apart, those still here first."""
    return _page(request)


def _page(request: HttpRequest, *, refused: str = "", at: str = "") -> HttpResponse:
    context = {
        "rows": selectors.set_apart(person_of(request)),
        "today": timezone.localdate(),
        "refused": refused,
        "at": at,
        "typed": request.POST if refused else {},
    }
    return render(request, "cases/secrecy.html", context, status=409 if refused else 200)


def _one(request: HttpRequest, attachment: uuid.UUID) -> Any:
    person = person_of(request)
    row = selectors.isolated(person.county, attachment)
    if row is None or row.application is None:
        raise Http404("没有这个隔离的文件")
    policies.check_case(person, "onrequest.secrecy_file", row.application)
    return row


@require_POST
@needs("onrequest.secrecy_file")
def hand_over(request: HttpRequest, attachment: uuid.UUID) -> HttpResponse:
    """Say that the secrecy office took a file."""
    row = _one(request, attachment)
    try:
        secrecy.hand_over(
            audit=audit_of(request),
            attachment=row,
            on=day_of(request, "on", needed="移交日期") or timezone.localdate(),
            to=request.POST.get("to", "")[:200],
            by=request.POST.get("by", "")[:200],
            words=request.POST.get("words", "")[:1000],
        )
    except Refused as error:
        return _page(request, refused=str(error), at=str(attachment))
    messages.success(request, "已登记移交，本系统中的文件已清除，只留校验值。")
    return HttpResponseRedirect(reverse("secrecy"))


@require_POST
@needs("onrequest.secrecy_file")
def take_out(request: HttpRequest, attachment: uuid.UUID) -> HttpResponse:
    """The bytes, for handing over; that they were taken out is on record first."""
    row = _one(request, attachment)
    try:
        data = files.read_isolated(audit=audit_of(request), key=row.file_id)
    except Refused as error:
        return _page(request, refused=str(error), at=str(attachment))
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.file.sha256[:12]}.bin"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("onrequest.handle")
def set_apart(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """Set a file apart in which a person found a mark."""
    application = application_or_404(request, key, "onrequest.handle")
    row = case_selectors.attachment_of(application, attachment)
    if row is None:
        raise Http404("没有这个文件")
    try:
        secrecy.set_apart(audit=audit_of(request), attachment=row, reason=request.POST.get("reason", "")[:300])
        messages.warning(request, "文件已隔离，只供保密机构处理，本系统不再留存其他副本。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("case", args=[key]) + "#files")

"""Severance of a file in the browser: pages, boxes with reasons, the file that is released."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors import redaction as selectors
from gongkai.web.onrequest.selectors.redaction import Spot
from gongkai.web.onrequest.services import redaction
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import audit_of
from gongkai.web.workbench.views.cases import application_or_404

EMPTY_ROWS = 4
COLUMNS = ("page", "x", "y", "w", "h", "reason")
_ZH = {"page": "页", "x": "左", "y": "上", "w": "宽", "h": "高"}


def _source(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID) -> tuple[Any, Any]:
    application = application_or_404(request, key, "onrequest.redact")
    row = selectors.source_of(application, attachment)
    if row is None:
        raise Http404("没有这个拟提供的原件")
    return application, row


def _number(said: str, name: str, place: int) -> float:
    try:
        return float(said)
    except ValueError as error:
        raise Refused(f"第{place}个遮盖框的“{_ZH[name]}”写的是“{said[:20]}”，请填写数字（毫米）。") from error


def _typed(request: HttpRequest) -> list[tuple[str, ...]]:
    """The rows as they were typed; rows without any number are left out."""
    columns = [request.POST.getlist(name) for name in COLUMNS]
    rows = [tuple(said.strip() for said in row) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(row[:5])]


def _spots(rows: list[tuple[str, ...]]) -> list[Spot]:
    found = []
    for place, row in enumerate(rows, start=1):
        page, x, y, w, h = (_number(said, name, place) for said, name in zip(row[:5], COLUMNS, strict=False))
        if not 1 <= page < 100_000:
            raise Refused(f"第{place}个遮盖框的页码是“{row[0][:20]}”，请填写从1起的页码。")
        found.append(Spot(int(page), x, y, w, h, row[5]))
    return found


@require_http_methods(["GET", "POST"])
@needs("onrequest.redact")
def redact(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """The pages of a file with its boxes; sent, the boxes are kept, or the released file is made of them."""
    application, row = _source(request, key, attachment)
    refused, typed = "", None
    if not selectors.is_drawable(row):
        return _into_pages(request, application, row)
    if request.method == "POST":
        typed = _typed(request)
        try:
            audit, seen = audit_of(request), request.POST.get("seen", "")
            redaction.keep(audit=audit, source=row, spots=_spots(typed), seen=seen)
            if request.POST.get("do") == "release":
                redaction.release(audit=audit, source=row, seen=selectors.drawn(row).seen)
                messages.success(
                    request, "已生成提供给申请人的文件：各页为图片，遮盖处没有文字和图像，也没有隐藏内容。"
                )
            else:
                messages.success(request, "已保存遮盖框。")
            return HttpResponseRedirect(reverse("redact", args=[key, attachment]))
        except Refused as error:
            refused = str(error)
    return _page(request, application, row, refused=refused, typed=typed)


def _into_pages(request: HttpRequest, application: Any, row: Any) -> HttpResponse:
    """An office file is turned into pages first, once: boxes are drawn on what will be seen."""
    refused = ""
    done = selectors.converted(row)
    if request.method == "POST" or done:
        try:
            pages = done or redaction.as_pages(audit=audit_of(request), source=row)
            return HttpResponseRedirect(reverse("redact", args=[application.pk, pages.pk]))
        except Refused as error:
            refused = str(error)
    context = {"application": application, "file": row, "name": row.file.plain_name, "refused": refused}
    return render(request, "cases/redact_pages.html", context, status=409 if refused else 200)


def _page(
    request: HttpRequest, application: Any, row: Any, *, refused: str, typed: list[tuple[str, ...]] | None
) -> HttpResponse:
    kept = selectors.drawn(row)
    try:
        sizes = redaction.page_sizes(row)
    except Refused as error:
        sizes, refused = [], refused or str(error)
    rows = typed if typed is not None else [(str(s.page), *(f"{v:g}" for v in s[1:5]), s.reason) for s in kept.spots]
    context = {
        "application": application,
        "file": row,
        "name": row.file.plain_name,
        "pages": [
            (number, width, height, [s for s in kept.spots if s.page == number])
            for number, (width, height) in enumerate(sizes, start=1)
        ],
        "rows": rows,
        "empty": [("",) * 6] * EMPTY_ROWS,
        "seen": kept.seen,
        "made": selectors.made_of(row),
        "reasons": selectors.reasons(),
        "refused": refused,
    }
    return render(request, "cases/redact.html", context, status=409 if refused else 200)


@require_GET
@needs("onrequest.redact")
def picture(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID, number: int) -> HttpResponse:
    """The picture of one page, of a file to be released or released."""
    application = application_or_404(request, key, "onrequest.redact")
    row = selectors.shown_of(application, attachment)
    if row is None:
        raise Http404("没有这个文件")
    try:
        response = HttpResponse(redaction.page_picture(row, number), content_type="image/png")
    except Refused as error:
        raise Http404(str(error)) from error
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
@needs("onrequest.redact")
def preview(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """The released file page by page, as the applicant will see it."""
    application = application_or_404(request, key, "onrequest.redact")
    row = selectors.shown_of(application, attachment)
    if row is None:
        raise Http404("没有这个文件")
    try:
        sizes = redaction.page_sizes(row)
    except Refused as error:
        raise Http404(str(error)) from error
    context = {
        "application": application,
        "file": row,
        "name": row.file.plain_name,
        "pages": [(number, *size) for number, size in enumerate(sizes, start=1)],
        "back": row.about or row.pk,
    }
    return render(request, "cases/redact_preview.html", context)

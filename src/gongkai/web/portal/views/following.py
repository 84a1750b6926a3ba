"""Following one application: who holds its number and code sees its days, its story and what was sent to them."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.onrequest.letters import letter_type
from gongkai.web.facts import Refused
from gongkai.web.files import selectors as stored
from gongkai.web.files import services as files
from gongkai.web.onrequest.selectors import follow, letterpage
from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.people.policies import public
from gongkai.web.portal.context import audit_of, county_of, new_token, private, setting
from gongkai.web.portal.entering import Entrance
from gongkai.web.portal.session import APPLICATION
from gongkai.web.rules.selectors import calendar_of

WRONG = "没有查到：编号或者查询码不对。请对照申请回执核对，编号要连同年份和横线一起填写。"
WHO = "凭编号和查询码查看本人的申请"
enter, leave = Entrance(
    APPLICATION, "portal-follow-case", "portal/follow.html", "请填写申请编号和查询码。", WRONG
).views(WHO, "portal")


@public(WHO)
@private
@require_GET
@APPLICATION.follows
def receipt(request: HttpRequest, application: Any) -> HttpResponse:
    """The receipt: number, day, due day, query code; to be printed or copied."""
    code, standing = follow.receipt_of(application)
    context = {
        "application": application,
        "code": code,
        "standing": standing,
        "new": "new" in request.GET,
        "at_work": calendar_of(application.county).surely_works(timezone.localdate()),
    }
    return render(request, "portal/receipt.html", context)


@public(WHO)
@private
@require_GET
@APPLICATION.follows
def case(request: HttpRequest, application: Any) -> HttpResponse:
    """Where the application stands."""
    return case_page(request, application)


def case_page(
    request: HttpRequest, application: Any, *, refused: str = "", act: str = "", files_gone: bool = False
) -> HttpResponse:
    """The page of an application; refused, with what was typed."""
    context = {
        "page": follow.followed(application, timezone.localdate()),
        "application": application,
        "token": new_token(),
        "refused": refused,
        "act": act,
        "typed": {name: str(words).replace("\x00", "") for name, words in request.POST.items()} if refused else {},
        "files_gone": files_gone,
        "abouts": ABOUT.items(),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "megabytes": setting("file_megabytes"),
        "files_most": setting("files"),
    }
    return render(request, "portal/case.html", context, status=422 if refused else 200)


DONE = {
    "supplement": "已经收到您的补正，答复期限从今天起重新计算。",
    "reasons": "已经收到您说明的理由。",
    "withdraw": "您的申请已经撤回。",
    "notices": "通知方式已经保存。",
    "unreadable": "已经记下，受理机关会与您联系或者重新提供文件。",
    "complaint": "投诉已经登记，编号见下方“投诉”。",
}
"""What is said after an act of the applicant."""


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@public(WHO)
@private
@require_GET
@APPLICATION.follows
def letter(request: HttpRequest, application: Any, key: uuid.UUID) -> HttpResponse:
    """A letter that was sent to the applicant: the stamped scan, else the letter as PDF."""
    from gongkai.documents.letters import letter_pdf

    found = follow.letter_for(application, key)
    if found is None:
        raise Http404("没有这份文书")
    name = found.number or letter_type(found.kind).zh
    scan = follow.stamped_scan(found)
    letterpage.opened(audit=audit_of(county_of()), letter=found, form="scan" if scan else "pdf")
    if scan is None:
        printed = letterpage.printable(found, timezone.localdate())
        return _download(letter_pdf(printed).data, f"{name}.pdf", "application/pdf")
    about = stored.about(scan)
    return _download(files.read(scan), f"{name}.{about.ending}", "application/octet-stream")


@public(WHO)
@private
@require_GET
@APPLICATION.follows
def file(request: HttpRequest, application: Any, key: uuid.UUID) -> HttpResponse:
    """A file that was released to the applicant; that it was taken is on record."""
    found = follow.file_for(application, key)
    if found is None:
        raise Http404("没有这个文件")
    try:
        data = files.read(found.file_id)
    except Refused as error:
        return case_page(request, application, refused=str(error))
    with transaction.atomic():
        audit_of(county_of()).record("onrequest.open_file", found, {"role": found.role})
    return _download(data, found.file.plain_name, "application/octet-stream")

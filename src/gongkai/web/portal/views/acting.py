"""What an applicant does about their own application: supplement, give reasons, withdraw, be told, complain."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.onrequest.procedure import Act
from gongkai.web.facts import Refused
from gongkai.web.limits.services import add
from gongkai.web.onrequest.selectors import follow
from gongkai.web.onrequest.services import online
from gongkai.web.people.policies import public
from gongkai.web.portal.context import audit_of, county_of, private, setting, token_of
from gongkai.web.portal.session import APPLICATION
from gongkai.web.portal.uploads import chosen, taken
from gongkai.web.portal.views.following import WHO, case_page


def _once(request: HttpRequest) -> str:
    token = token_of(request)
    if token is None:
        raise Refused("这一页打开得太久，已经换新。您填写的内容还在，请核对后再提交一次。")
    return token.once


def _few(application: Any, act: str) -> None:
    """Refused when one application sends too much of one kind a day."""
    if add(county=application.county, kind=f"act_{act}", what=str(application.pk)) > setting("acts_a_day"):
        raise Refused("今天提交的次数已经很多，请明天再试，或者直接联系受理机关。")


def _done(name: str, place: str = "said") -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('portal-follow-case')}?done={name}#{place}")


def _sent(request: HttpRequest, application: Any, act: Act, name: str) -> HttpResponse:
    words = request.POST.get("words", "")
    try:
        once = _once(request)
        if act is Act.WITHDRAW and request.POST.get("sure") != "1":
            raise Refused("请先勾选“我确定撤回”。撤回之后不能恢复，需要时可以重新申请。")
        _few(application, name)
        files = taken(request, files="supplement")
        online.act_online(
            audit=audit_of(county_of()), application=application, act=act, words=words, files=files, once=once
        )
    except Refused as error:
        gone = bool(chosen(request, "files"))
        return case_page(request, application, refused=str(error), act=name, files_gone=gone)
    return _done(name)


@public(WHO)
@private
@require_POST
@APPLICATION.follows
def supplement(request: HttpRequest, application: Any) -> HttpResponse:
    """Supplement the application as the notice asked."""
    return _sent(request, application, Act.RECEIVE_SUPPLEMENT, "supplement")


@public(WHO)
@private
@require_POST
@APPLICATION.follows
def reasons(request: HttpRequest, application: Any) -> HttpResponse:
    """Give the reasons that were asked for (art. 35)."""
    return _sent(request, application, Act.RECEIVE_REASONS, "reasons")


@public(WHO)
@private
@require_POST
@APPLICATION.follows
def withdraw(request: HttpRequest, application: Any) -> HttpResponse:
    """Withdraw the application, after saying that one is sure."""
    return _sent(request, application, Act.WITHDRAW, "withdraw")


@public(WHO)
@private
@require_POST
@APPLICATION.follows
def notices(request: HttpRequest, application: Any) -> HttpResponse:
    """Choose by which ways to be told."""
    wanted = {channel: request.POST.get(channel, "")[:120] for channel in ("sms", "email")}
    try:
        _few(application, "notices")
        online.choose_notices(audit=audit_of(county_of()), application=application, wanted=wanted)
    except Refused as error:
        return case_page(request, application, refused=str(error), act="notices")
    return _done("notices")


@public(WHO)
@private
@require_POST
@APPLICATION.follows
def unreadable(request: HttpRequest, application: Any) -> HttpResponse:
    """Say that a file does not open."""
    try:
        once = _once(request)
        files = {str(row.pk): row.file.plain_name for row in follow.files_for(application)}
        name = files.get(request.POST.get("file", ""))
        if name is None:
            raise Refused("请选择打不开的文件。")
        _few(application, "unreadable")
        online.cannot_open(
            audit=audit_of(county_of()),
            application=application,
            name=name,
            words=request.POST.get("words", ""),
            once=once,
        )
    except Refused as error:
        return case_page(request, application, refused=str(error), act="unreadable")
    return _done("unreadable")


@public(WHO)
@private
@require_POST
@APPLICATION.follows
def complaint(request: HttpRequest, application: Any) -> HttpResponse:
    """Complain to the competent department (art. 47)."""
    try:
        once = _once(request)
        _few(application, "complaint")
        online.complain(
            audit=audit_of(county_of()),
            application=application,
            about=request.POST.get("about", ""),
            words=request.POST.get("words", ""),
            once=once,
        )
    except Refused as error:
        return case_page(request, application, refused=str(error), act="complaint")
    return _done("complaint")

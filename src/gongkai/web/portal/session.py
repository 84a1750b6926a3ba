"""Following one application: a signed cookie names it and nothing else, for half an hour since the last page."""

from __future__ import annotations

import functools
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gongkai.web.limits.services import Rule, knock, take_back
from gongkai.web.onrequest.selectors.cases import application_of
from gongkai.web.onrequest.selectors.follow import application_by_code
from gongkai.web.portal.context import View, county_of, network_of, setting

COOKIE = "gongkai_follow"
_SALT = "gongkai.portal.follow"
_PATH = "/follow"


class TooMany(Exception):
    """Too many wrong codes: the message says when to come back."""


def bind(response: HttpResponse, application: Any) -> HttpResponse:
    """Let this browser follow this application, and only this one."""
    response.set_cookie(
        COOKIE,
        signing.dumps(str(application.pk), salt=_SALT),
        max_age=setting("follow_minutes") * 60,
        path=_PATH,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )
    return response


def unbind(response: HttpResponse) -> HttpResponse:
    """Let this browser follow nothing any more."""
    response.delete_cookie(COOKIE, path=_PATH, samesite="Strict")
    return response


def bound(request: HttpRequest) -> Any:
    """The application that this browser follows; None when it follows none, or did so too long ago."""
    try:
        key = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=setting("follow_minutes") * 60)
        return application_of(county_of().pk, uuid.UUID(key))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def follows(view: View) -> View:
    """A view of the application that the browser follows: its second argument. Anyone else is sent to the first page."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        application = bound(request)
        if application is None:
            return HttpResponseRedirect(f"{reverse('portal-follow')}?expired=1")
        return bind(view(request, application, *args, **values), application)

    return checked


def _said(seconds: int) -> str:
    if seconds > 90:
        until = timezone.localtime(timezone.now() + timedelta(seconds=seconds))
        return (
            f"编号或者查询码输错的次数过多，请在{until:%H:%M}以后再试。查询码印在申请回执上，也可以电话询问受理机关。"
        )
    return f"编号或者查询码不对的次数较多，请等{seconds}秒再试。"


def enter(request: HttpRequest, number: str, code: str) -> Any:
    """The application with this number and code, else None; each try is counted before it is judged.

    TooMany when too many were wrong from here or for this number, whether there is such a number or not.
    """
    county = county_of().pk
    minutes = setting("code_minutes") * 60
    asked = (
        ("code_from", network_of(request), Rule(setting("code_most"), setting("code_most_address"), minutes, minutes)),
        ("code_for", number, Rule(setting("code_free"), setting("code_most"), minutes, minutes)),
    )
    for kind, what, rule in asked:
        wait = knock(county=county, kind=kind, what=what, rule=rule)
        if wait:
            raise TooMany(_said(wait))
    found = application_by_code(county, number, code)
    if found is not None:
        for kind, what, _ in asked:
            take_back(county=county, kind=kind, what=what)
    return found

"""Following one application, letter or opinion: a signed cookie names it and nothing else, for half an hour since the last page."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gongkai.web.interaction.selectors.public import letter_by_code, letter_of
from gongkai.web.interaction.selectors.senders import opinion_by_code, opinion_of
from gongkai.web.limits.services import Rule, knock, take_back
from gongkai.web.onrequest.selectors.cases import application_of
from gongkai.web.onrequest.selectors.follow import application_by_code
from gongkai.web.portal.context import View, county_of, network_of, setting


class TooMany(Exception):
    """Too many wrong codes: the message says when to come back."""


def _said(seconds: int, where: str) -> str:
    if seconds > 90:
        until = timezone.localtime(timezone.now() + timedelta(seconds=seconds))
        return f"编号或者查询码输错的次数过多，请在{until:%H:%M}以后再试。{where}"
    return f"编号或者查询码不对的次数较多，请等{seconds}秒再试。"


@dataclass(frozen=True, slots=True)
class Bond:
    """What a browser may follow by number and code: one kind of thing, by a cookie of its own under its own path.

    `enter_at` is the address where number and code are asked for; `kinds` are the counters of tries, from one network
    and for one number; `where` says where the code is to be found.
    """

    cookie: str
    path: str
    salt: str
    enter_at: str
    kinds: tuple[str, str]
    where: str
    found: Callable[[uuid.UUID, uuid.UUID], Any]
    by_code: Callable[[uuid.UUID, str, str], Any]

    def bind(self, response: HttpResponse, thing: Any) -> HttpResponse:
        """Let this browser follow this one, and only this one."""
        response.set_cookie(
            self.cookie,
            signing.dumps(str(thing.pk), salt=self.salt),
            max_age=setting("follow_minutes") * 60,
            path=self.path,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
        return response

    def unbind(self, response: HttpResponse) -> HttpResponse:
        """Let this browser follow nothing any more."""
        response.delete_cookie(self.cookie, path=self.path, samesite="Strict")
        return response

    def bound(self, request: HttpRequest) -> Any:
        """What this browser follows; None when it follows nothing, or did so too long ago."""
        try:
            said = request.COOKIES.get(self.cookie, "")
            key = signing.loads(said, salt=self.salt, max_age=setting("follow_minutes") * 60)
            return self.found(county_of().pk, uuid.UUID(key))
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            return None

    def follows(self, view: View) -> View:
        """A view of what the browser follows: its second argument. Anyone else is sent to where the code is asked for."""

        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            thing = self.bound(request)
            if thing is None:
                return HttpResponseRedirect(f"{reverse(self.enter_at)}?expired=1")
            return self.bind(view(request, thing, *args, **values), thing)

        return checked

    def enter(self, request: HttpRequest, number: str, code: str) -> Any:
        """What has this number and code, else None; each try is counted before it is judged.

        TooMany when too many were wrong from here or for this number, whether there is such a number or not.
        """
        county = county_of().pk
        minutes = setting("code_minutes") * 60
        network, one = self.kinds
        asked = (
            (network, network_of(request), Rule(setting("code_most"), setting("code_most_address"), minutes, minutes)),
            (one, number, Rule(setting("code_free"), setting("code_most"), minutes, minutes)),
        )
        for kind, what, rule in asked:
            wait = knock(county=county, kind=kind, what=what, rule=rule)
            if wait:
                raise TooMany(_said(wait, self.where))
        found = self.by_code(county, number, code)
        if found is not None:
            for kind, what, _ in asked:
                take_back(county=county, kind=kind, what=what)
        return found


APPLICATION = Bond(
    cookie="gongkai_follow",
    path="/follow",
    salt="gongkai.portal.follow",
    enter_at="portal-follow",
    kinds=("code_from", "code_for"),
    where="查询码印在申请回执上，也可以电话询问受理机关。",
    found=application_of,
    by_code=application_by_code,
)
LETTER = Bond(
    cookie="gongkai_letter",
    path="/letters",
    salt="gongkai.portal.letter",
    enter_at="portal-letter-follow",
    kinds=("letter_code_from", "letter_code_for"),
    where="查询码印在来信的回执上。",
    found=letter_of,
    by_code=letter_by_code,
)
OPINION = Bond(
    cookie="gongkai_opinion",
    path="/opinions",
    salt="gongkai.portal.opinion",
    enter_at="portal-opinion-follow",
    kinds=("opinion_code_from", "opinion_code_for"),
    where="查询码印在意见的回执上。",
    found=opinion_of,
    by_code=opinion_by_code,
)

BONDS = (APPLICATION, LETTER, OPINION)

"""The public terminal of a service hall: large targets, nothing that leads off, and back to the start when left idle.

A cookie of this browser says that it is one. Its start page forgets whom the person before followed; forms keep no
drafts there.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.web.headers import TERMINAL
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of, private
from gongkai.web.portal.session import BONDS
from gongkai.web.proactive.selectors.public import count

YEAR_SECONDS = 365 * 24 * 3600


@public("服务大厅的查阅终端")
@private
@require_http_methods(["GET", "POST"])
def terminal(request: HttpRequest) -> HttpResponse:
    """The start page of the terminal; sent, this browser is one no longer."""
    if request.method == "POST":
        answer = HttpResponseRedirect(reverse("portal"))
        answer.delete_cookie(TERMINAL, samesite="Strict")
        return answer
    request.COOKIES[TERMINAL] = "1"
    response = render(request, "portal/terminal.html", {"count": count(county_of().pk)})
    response.set_cookie(
        TERMINAL,
        "1",
        max_age=YEAR_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )
    for bond in BONDS:
        bond.unbind(response)
    return response

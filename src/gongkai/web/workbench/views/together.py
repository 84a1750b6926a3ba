"""Answering applications together, and taking one apart."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.selectors import together as selectors
from gongkai.web.onrequest.services import links
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import number_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404


@require_GET
@needs("onrequest.merge")
def together(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page on which applications are merged or split."""
    return _page(request, key)


def _page(request: HttpRequest, key: uuid.UUID, *, refused: str = "", act: str = "") -> HttpResponse:
    application = application_or_404(request, key, "onrequest.merge")
    policy = selectors.counting_policy(application.county, timezone.localdate())
    context = {
        "application": application,
        "revision": application.case.revision,
        "content": personal.reveal(application, "content"),
        "candidates": selectors.candidates(application),
        "together": selectors.together(application),
        "counting": selectors.counting_words(policy),
        "can": policies.can_case(person_of(request), "onrequest.merge", application),
        "parts": list(request.POST.getlist("part")) if refused else ["", "", ""],
        "refused": refused,
        "refused_act": act,
        "typed": request.POST if refused else {},
    }
    return render(request, "cases/together.html", context, status=409 if refused else 200)


@require_POST
@needs("onrequest.merge")
def merge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Merge this application into a leading one."""
    application = application_or_404(request, key, "onrequest.merge")
    try:
        row = links.merge(
            audit=audit_of(request),
            application=application,
            number=request.POST.get("number", "")[:60],
            reason=request.POST.get("reason", "")[:300],
            seen=number_of(request, "seen"),
        )
    except Refused as error:
        return _page(request, key, refused=str(error), act="merge")
    messages.success(request, f"已并入{row.other.number}一并答复。")
    return HttpResponseRedirect(reverse("case", args=[key]))


@require_POST
@needs("onrequest.merge")
def split(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take this application apart."""
    application = application_or_404(request, key, "onrequest.merge")
    try:
        made = links.split(
            audit=audit_of(request),
            application=application,
            parts=tuple(request.POST.getlist("part")),
            reason=request.POST.get("reason", "")[:250],
            seen=number_of(request, "seen"),
        )
    except Refused as error:
        return _page(request, key, refused=str(error), act="split")
    messages.success(request, f"已拆出{len(made)}件：{'、'.join(row.number for row in made)}，收到日期相同。")
    return HttpResponseRedirect(reverse("case-together", args=[key]))

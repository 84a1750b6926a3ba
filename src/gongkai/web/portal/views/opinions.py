"""Following an opinion by number and code: the receipt, and whether it was adopted once that is public."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.interaction.selectors import senders as reading
from gongkai.web.people.policies import public
from gongkai.web.portal.context import audit_of, county_of, private
from gongkai.web.portal.session import OPINION, TooMany

WHO = "凭编号和查询码查看本人的意见"
WRONG = "没有查到：编号或者查询码不对。请对照意见回执核对，编号要连同年份和横线一起填写。"


@public(WHO)
@private
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; a wrong code and an unknown number are told alike."""
    number, code = (request.POST.get(name, "").strip()[:80] for name in ("number", "code"))
    refused, status = "", 200
    if request.method == "POST":
        refused, status = "请填写意见编号和查询码。", 422
        if number and code:
            try:
                found = OPINION.enter(request, number, code)
            except TooMany as error:
                refused, status = str(error), 429
            else:
                if found is not None:
                    return OPINION.bind(HttpResponseRedirect(reverse("portal-opinion-mine")), found)
                refused = WRONG
    elif OPINION.bound(request) is not None and "expired" not in request.GET:
        return HttpResponseRedirect(reverse("portal-opinion-mine"))
    expired = request.method == "GET" and "expired" in request.GET
    context = {"refused": refused, "number": number.replace("\x00", ""), "expired": expired}
    return render(request, "portal/opinion_follow.html", context, status=status)


@public(WHO)
@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget which opinion this browser follows."""
    return OPINION.unbind(HttpResponseRedirect(reverse("portal-consultations")))


@public(WHO)
@private
@require_GET
@OPINION.follows
def receipt(request: HttpRequest, opinion: Any) -> HttpResponse:
    """The receipt: number, day, query code; to be printed or copied."""
    context = {"page": reading.sent(opinion), "code": reading.code_of(opinion), "new": "new" in request.GET}
    return render(request, "portal/opinion_receipt.html", context)


@public(WHO)
@private
@require_GET
@OPINION.follows
def mine(request: HttpRequest, opinion: Any) -> HttpResponse:
    """The opinion, and what became of it."""
    with transaction.atomic():
        reading.opened(audit=audit_of(county_of()), opinion=opinion)
    return render(request, "portal/opinion_mine.html", {"page": reading.sent(opinion)})

"""Personal data that are kept no longer: what is due, confirming it, the register, and after how many years."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.erasure import policies, services
from gongkai.web.erasure import selectors as reading
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.rules.policies import can_set_county, check_set_county
from gongkai.web.workbench.context import audit_of, person_of

MOST = 200
"""Matters of one page, and of one confirmation."""


@require_GET
@needs(policies.LOOK)
def erasures(request: HttpRequest) -> HttpResponse:
    """What is due, what was erased, and the years."""
    return _page(request)


def _page(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    found = reading.due(person.county, organs, today)
    kept = reading.years(person.county, today)
    context = {
        "due": [(each, policies.can_erase(person, each.organ)) for each in found[:MOST]],
        "count": len(found),
        "can": any(policies.can_erase(person, each.organ) and not each.lacking for each in found[:MOST]),
        "register": reading.register(person.county, organs),
        "years": [(kind, zh, kept.get(kind)) for kind, zh in reading.NAMES.items()],
        "set": bool(kept),
        "sets": can_set_county(person),
        "whole_county": organs is None,
        "refused": refused,
    }
    return render(request, "erasure/erasures.html", context, status=status)


@require_POST
@needs(policies.CONFIRM)
def confirm(request: HttpRequest) -> HttpResponse:
    """Erase the personal data of the ticked matters; those that may not be are told one by one."""
    person, today = person_of(request), timezone.localdate()
    chosen = []
    for said in request.POST.getlist("matter")[:MOST]:
        kind, _, key = said.partition(":")
        try:
            chosen.append((kind, uuid.UUID(key)))
        except ValueError:
            return _page(request, "请重新勾选要删除的事项。", 422)
    if not chosen:
        return _page(request, "请勾选要删除个人信息的事项。", 422)
    for kind, about in chosen:
        policies.check_erase(person, reading.one(person.county, kind, about, today))
    done, wrong = 0, []
    for kind, about in chosen:
        try:
            services.erase(audit=audit_of(request), kind=kind, about=about, checked=bool(request.POST.get("checked")))
            done += 1
        except Refused as error:
            wrong.append(str(error))
    if wrong:
        said = f"已删除{done}件的个人信息，{len(wrong)}件没有删除：" if done else ""
        return _page(request, f"{said}{' '.join(dict.fromkeys(wrong))}", 409)
    messages.success(request, f"已删除{done}件的个人信息，列在下面的登记表中。")
    return HttpResponseRedirect(reverse("erasures"))


@require_POST
@needs("rules.set")
def years(request: HttpRequest) -> HttpResponse:
    """Set after how many years personal data are erased; the county alone sets it."""
    check_set_county(person_of(request))
    try:
        services.set_years(audit=audit_of(request), kept={kind: request.POST.get(kind, "") for kind in reading.NAMES})
    except Refused as error:
        return _page(request, str(error), 422)
    messages.success(request, "已保存。")
    return HttpResponseRedirect(reverse("erasures"))

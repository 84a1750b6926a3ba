"""Walks at the desk: bringing a result file in, walking our own pages, one walk beside the one before, the settings."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.patrol.kinds import GRADES
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.patrol.selectors import settings as settings_of
from gongkai.web.patrol.selectors import walks as selectors
from gongkai.web.patrol.services import own as own_walk
from gongkai.web.patrol.services import settings as services
from gongkai.web.patrol.services.intake import MOST_BYTES, bring_in
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import number_said
from gongkai.web.workbench.asked import day_of, file_sent
from gongkai.web.workbench.context import audit_of, person_of

CARRY = "patrol.carry"
EMPTY_ROWS = 5


@require_http_methods(["GET", "POST"])
@needs(CARRY)
def walks(request: HttpRequest) -> HttpResponse:
    """The walks, newest first; sent: a result file to bring in."""
    person = person_of(request)
    refused = ""
    if request.method == "POST":
        try:
            _, data = file_sent(request, "巡查的结果文件", MOST_BYTES, "请用 --limit 分几次巡查。", name="result")
            found = bring_in(audit=audit_of(request), data=data)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已导入：{_said(found)}。")
            return HttpResponseRedirect(reverse("patrol-walk", args=[found.pk]))
    shown = [(each, _said(each), selectors.ended_words(each)) for each in selectors.walks(person.county)]
    context = {"walks": shown, "refused": refused, "most": MOST_BYTES // 1024 // 1024}
    return render(request, "patrol/walks.html", context, status=422 if refused else 200)


def _said(walk: Any) -> str:
    counted = [f"{zh}{walk.compared[key]}处" for key, zh in selectors.COMPARED.items() if walk.compared.get(key)]
    return "，".join(counted) or "没有问题"


@require_POST
@needs(CARRY)
def own(request: HttpRequest) -> HttpResponse:
    """Have a worker walk our own pages."""
    if own_walk.begin(audit=audit_of(request)):
        messages.success(request, "已开始巡查本系统的网页，几分钟后刷新看结果。")
    else:
        messages.info(request, "本系统的网页正在巡查，请稍后刷新看结果。")
    return HttpResponseRedirect(reverse("patrol-walks"))


@require_GET
@needs(CARRY)
def walk(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One walk: what is new, still there, gone, not looked at again; the columns; what was not fetched."""
    found = selectors.walk(person_of(request).county, key)
    if found is None:
        raise Http404("没有这次巡查")
    groups = selectors.compared(found, timezone.localdate())
    headings = (("new", "新发现"), ("met", "仍有或者又出现"), ("gone", "已没有"), ("unknown", "没有复查到"))
    context = {
        "walk": found,
        "said": _said(found),
        "ended": selectors.ended_words(found),
        "groups": [(key, zh, groups[key]) for key, zh in headings if groups[key]],
        "columns": selectors.columns(found),
        "missed": selectors.missed(found),
        "missed_count": found.counts.get("not_fetched", 0),
    }
    return render(request, "patrol/walk.html", context)


@require_http_methods(["GET", "POST"])
@needs("patrol.look", post="patrol.assign")
def shown(request: HttpRequest) -> HttpResponse:
    """Days by weight, whose addresses are whose, from when reviews are compared: what holds, and setting it."""
    person, today = person_of(request), timezone.localdate()
    refused = ""
    if request.method == "POST":
        try:
            _set(request)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已保存，自今天起生效。")
            return HttpResponseRedirect(reverse("patrol-settings"))
    days = [(grade, zh, settings_of.days_for(person.county, grade, today)) for grade, zh in GRADES.items()]
    rows = [(begin, str(organ.pk)) for begin, organ in sorted(settings_of.routes(person.county, today))]
    if refused:
        rows = list(zip(request.POST.getlist("begin"), request.POST.getlist("organ"), strict=False))
    context = {
        "days": days,
        "rows": [*rows, *[("", "")] * EMPTY_ROWS],
        "organs": [(str(organ.pk), organ.name) for organ in living_organs(person.county)],
        "every": settings_of.own_every(person.county, today),
        "since": settings_of.reviewed_from(person.county, today),
        "refused": refused,
        "may_set": can_some(person, "patrol.assign"),
    }
    return render(request, "patrol/settings.html", context, status=409 if refused else 200)


def _set(request: HttpRequest) -> None:
    said, audit, today = request.POST, audit_of(request), timezone.localdate()
    days = {grade: number_said(said.get(f"days_{grade}", ""), f"{zh}的天数") for grade, zh in GRADES.items()}
    every = number_said(said.get("own_every", "0"), "自动巡查的天数")
    rows = zip(said.getlist("begin"), said.getlist("organ"), strict=False)
    services.set_all(
        audit=audit, days=days, rows=rows, since=day_of(request, "since"), own_every=every, valid_from=today
    )

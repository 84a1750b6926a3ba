"""Inspections at the desk and on a phone: checklists, visits, one line after the other, the end of a visit."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.oversight import policies
from gongkai.web.oversight.selectors import inspections as selectors
from gongkai.web.oversight.selectors import settings as settings_of
from gongkai.web.oversight.services import inspections as services
from gongkai.web.oversight.services.evidence import look_all
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import key_asked, keys_asked, number_said
from gongkai.web.workbench.asked import day_of, files_sent, organ_choices
from gongkai.web.workbench.context import audit_of, person_of

LOOK, INSPECT = policies.LOOK, policies.INSPECT


@require_http_methods(["GET", "POST"])
@needs(INSPECT)
def checklists(request: HttpRequest) -> HttpResponse:
    """The checklists in their newest versions; sent: a new list or a next version."""
    person, refused = person_of(request), ""
    if request.method == "POST":
        try:
            row = services.keep_checklist(
                audit=audit_of(request),
                name=request.POST.get("name", ""),
                text=request.POST.get("text", ""),
                seen=number_said(request.POST.get("seen", "0"), "版本"),
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已保存“{row.name}”第{row.version}版，共{len(row.lines)}项。")
            return HttpResponseRedirect(reverse("oversight-checklists"))
    lists = [(each, selectors.as_text(each)) for each in selectors.checklists(person.county)]
    typed = request.POST if refused else {}
    context = {"lists": lists, "refused": refused, "typed": typed, "changing": typed.get("seen", "0") != "0"}
    return render(request, "oversight/checklists.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=INSPECT)
def listing(request: HttpRequest) -> HttpResponse:
    """The visits, newest first; sent: a visit to one or more organs begins."""
    person, today, refused = person_of(request), timezone.localdate(), ""
    if request.method == "POST":
        said = request.POST
        try:
            chosen = key_asked(said.get("checklist", ""))
            checklist = selectors.checklist(person.county, chosen) if chosen else None
            if checklist is None:
                raise Refused("请选择检查清单。")
            rows = services.begin(
                audit=audit_of(request),
                checklist=checklist,
                organs=keys_asked(said.getlist("organs")),
                title=said.get("title", ""),
                on=day_of(request, "on", needed="检查日期") or today,
                place=said.get("place", ""),
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "检查已开始，请逐项记录。")
            if len(rows) == 1:
                return HttpResponseRedirect(reverse("oversight-inspection", args=[rows[0].pk]))
            return HttpResponseRedirect(reverse("oversight-inspections"))
    organs = policies.organs_seen(person)
    context = {
        "lines": selectors.visits(person.county, organs),
        "checklists": selectors.checklists(person.county),
        "organs": organ_choices(request, request.POST.getlist("organs")),
        "may_inspect": can_some(person, INSPECT),
        "refused": refused,
        "typed": request.POST if refused else {"on": today.isoformat()},
        "whole_county": organs is None,
    }
    return render(request, "oversight/inspections.html", context, status=422 if refused else 200)


def _visit(request: HttpRequest, key: uuid.UUID, act: str) -> Any:
    """The visit, when this person may do `act`; before its end nobody but those who inspect sees it."""
    person = person_of(request)
    found = selectors.inspection(person.county, key)
    if found is None:
        raise Http404("没有这次检查")
    going_on = selectors.ended(found) is None
    policies.check_organ(person, INSPECT if going_on else act, found.county, found.organ_id)
    return found


def _page(request: HttpRequest, found: Any, refused: str = "", line: str = "") -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    items = selectors.items(found)
    ended = selectors.ended(found)
    context = {
        "visit": found,
        "ended": ended,
        "items": items,
        "judged": sum(item.judged is not None for item in items),
        "problems": [item for item in items if item.judged and item.judged.verdict == "problem"],
        "verdicts": list(selectors.VERDICTS.items()),
        "may_inspect": ended is None and policies.can_organ(person, INSPECT, found.organ_id),
        "due_on": settings_of.problem_due(person.county, today),
        "refused": refused,
        "refused_at": line,
        "typed": request.POST if refused else {},
        "today": today,
    }
    return render(request, "oversight/inspection.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=INSPECT)
def inspection(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One visit, line by line; sent: what was judged of one line, with its photos."""
    if request.method == "GET":
        return _page(request, _visit(request, key, LOOK))
    found, said = _visit(request, key, INSPECT), request.POST
    line = said.get("line", "")
    try:
        services.judge(
            audit=audit_of(request), inspection=found, line=line, verdict=said.get("verdict", ""),
            words=said.get("words", ""), files=look_all(files_sent(request)),
        )  # fmt: skip
    except Refused as error:
        return _page(request, found, str(error), line)
    lines = [each[0] for each in found.checklist.lines]
    after = lines[min(lines.index(line) + 1, len(lines) - 1)]
    return HttpResponseRedirect(f"{reverse('oversight-inspection', args=[key])}#l-{after}")


@require_POST
@needs(INSPECT)
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a visit: its problems go to the organ."""
    found = _visit(request, key, INSPECT)
    try:
        given = services.end(
            audit=audit_of(request), inspection=found, due_on=day_of(request, "due_on"),
            words=request.POST.get("words", ""),
        )  # fmt: skip
    except Refused as error:
        return _page(request, found, str(error), "end")
    words = f"检查已结束，{len(given)}个问题已交办。" if given else "检查已结束，没有发现问题。"
    messages.success(request, words)
    return HttpResponseRedirect(reverse("oversight-inspection", args=[key]))

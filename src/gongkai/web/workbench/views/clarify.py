"""False or incomplete information that was met, and the entries that set it right (art. 6)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.proactive.guards import CLARIFY
from gongkai.web.facts import Refused
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import relations as beside
from gongkai.web.proactive.services import relations
from gongkai.web.workbench.asked import day_of, organs_offered
from gongkai.web.workbench.context import audit_of, person_of

LOOK, COORDINATE = "proactive.look", "proactive.coordinate"


def _entry(county: uuid.UUID, words: str) -> Any:
    if not words.strip():
        return None
    found = beside.named(county, words)
    if found is None:
        raise Refused("没有找到这一条目，请填写索引号，或者条目页面的地址。")
    return found


def _shown(request: HttpRequest, refused: str = "") -> HttpResponse:
    person = person_of(request)
    organs = organs_offered(person, COORDINATE)
    rows = beside.clarifications(person.county, policies.organs_seen(person))
    may = {organ.pk for organ in organs}
    context = {
        "lines": [(each, each.row.organ_id in may) for each in rows],
        "open": sum(each.open for each in rows),
        "organs": organs,
        "own": next((o for o in organs if o.pk == person.organ_id), None),
        "cites": CLARIFY,
        "today": timezone.localdate(),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "entries/clarifications.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=COORDINATE)
def clarifications(request: HttpRequest) -> HttpResponse:
    """What was met and whether it was set right; a form to note another."""
    if request.method != "POST":
        return _shown(request)
    person, said = person_of(request), request.POST
    organs = organs_offered(person, COORDINATE)
    organ = next((o for o in organs if str(o.pk) == said.get("organ")), organs[0] if len(organs) == 1 else None)
    try:
        if organ is None:
            raise Refused("请选择由哪个机关澄清。")
        relations.clarify(
            audit=audit_of(request),
            organ=organ,
            met_on=day_of(request, "met_on", needed="发现的日期") or timezone.localdate(),
            where=said.get("where", ""),
            words=said.get("words", ""),
            item=_entry(person.county, said.get("other", "")),
        )
    except Refused as error:
        return _shown(request, str(error))
    messages.success(request, "已登记。")
    return HttpResponseRedirect(reverse("clarifications"))


@require_POST
@needs(COORDINATE)
def follow(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say which entry sets it right."""
    person = person_of(request)
    found = beside.clarification(person.county, key)
    if found is None:
        raise Http404("没有这一记录")
    check_act(person, COORDINATE, whose(person, found.organ_id))
    try:
        item = _entry(person.county, request.POST.get("other", ""))
        if item is None:
            raise Refused("请填写澄清条目的索引号，或者条目页面的地址。")
        relations.clarify(
            audit=audit_of(request),
            organ=found.organ,
            met_on=found.met_on,
            where=found.where,
            words=found.words,
            item=item,
            follows=found,
        )
    except Refused as error:
        return _shown(request, str(error))
    messages.success(request, "已关联澄清的条目。")
    return HttpResponseRedirect(reverse("clarifications"))

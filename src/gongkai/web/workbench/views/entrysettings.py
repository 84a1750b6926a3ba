"""What an office sets for proactive disclosure: the code of its index numbers, its stages, its own limits."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.stages import ALWAYS, STAGES, Plan, Stage
from gongkai.web.facts import Refused
from gongkai.web.people.policies import can_act, needs, whose
from gongkai.web.proactive.selectors.settings import settings_of
from gongkai.web.proactive.services import settings as services
from gongkai.web.review.services import clear_plan, set_plan
from gongkai.web.workbench.asked import number_of, organ_for, organs_offered
from gongkai.web.workbench.context import audit_of, person_of


def _in_words(plan: Plan) -> str:
    return "、".join(
        f"{STAGES[stage].zh}（由主管部门代办）" if stage in plan.county else STAGES[stage].zh for stage in plan.stages
    )


def _listed(request: HttpRequest, organs: list[Any]) -> HttpResponse:
    """What holds today, an organ a line."""
    rows = [
        (each, _in_words(each.plan), "、".join(zh for _, zh, _ in each.by_kind))
        for each in settings_of(organs, timezone.localdate())
    ]
    return render(request, "entries/settings.html", {"rows": rows})


def _one(request: HttpRequest, organ: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    """What holds today for an organ, to be set by whom may."""
    person = person_of(request)
    each = settings_of([organ], timezone.localdate())[0]
    context = {
        "each": each,
        "stages": [(s.value, STAGES[s].zh, s in each.plan.stages, s in each.plan.county, s in ALWAYS) for s in Stage],
        "by_kind": [(key, zh, _in_words(plan)) for key, zh, plan in each.by_kind],
        "may_set": can_act(person, "rules.set", whose(person, organ.pk)),
        "among": len(organs_offered(person, "rules.look")) > 1,
        "refused": refused,
        "kinds": kinds().values(),
    }
    return render(request, "entries/settings_of.html", context, status=status)


@require_POST
@needs("rules.look", post="rules.set")
def of_kind(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """Stages of their own for one kind of entry of an organ, or none of their own any more."""
    found = organ_for(request, organ, "rules.set")
    said, today, audit = request.POST, timezone.localdate(), audit_of(request)
    kind = kinds().get(said.get("kind", ""))
    try:
        if kind is None:
            raise Refused("请选择条目的种类。")
        if said.get("clear"):
            clear_plan(audit=audit, kind=kind.key, valid_from=today, organ=found.pk)
        else:
            stages, county = _stages(request)
            set_plan(audit=audit, stages=stages, county=county, valid_from=today, organ=found.pk, kind=kind.key)
    except Refused as error:
        return _one(request, found, refused=str(error), status=409)
    messages.success(
        request, f"{found.name}“{kind.zh}”的审查环节自今天起{'与其他种类相同' if said.get('clear') else '另行设置'}。"
    )
    return HttpResponseRedirect(reverse("entry-settings"))


def _stages(request: HttpRequest) -> tuple[set[Stage], set[Stage]]:
    said = request.POST
    stages = {Stage(key) for key in said.getlist("stages") if key in set(Stage)} | set(ALWAYS)
    return stages, {Stage(key) for key in said.getlist("county") if key in set(Stage)} & stages


@require_GET
@needs("rules.look")
def shown(request: HttpRequest) -> HttpResponse:
    """What holds today: organ by organ, or at once what can be set, for whom there is one alone."""
    organs = organs_offered(person_of(request), "rules.look")
    return _one(request, organs[0]) if len(organs) == 1 else _listed(request, organs)


@require_http_methods(["GET", "POST"])
@needs("rules.look", post="rules.set")
def change(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """Look at it for one organ, and set it from today on."""
    if request.method == "GET":
        return _one(request, organ_for(request, organ, "rules.look"))
    found = organ_for(request, organ, "rules.set")
    said, today, audit = request.POST, timezone.localdate(), audit_of(request)
    try:
        with transaction.atomic():
            if said.get("index_code", "").strip():
                services.set_index_code(audit=audit, organ=found.pk, code=said["index_code"], valid_from=today)
            stages, county = _stages(request)
            set_plan(audit=audit, stages=stages, county=county, valid_from=today, organ=found.pk)
            services.set_own_limit(
                audit=audit, amount=number_of(request, "own_limit"), valid_from=today, organ=found.pk
            )
            services.set_evaluation_months(
                audit=audit, months=number_of(request, "months") or 12, valid_from=today, organ=found.pk
            )
    except Refused as error:
        return _one(request, found, refused=str(error), status=409)
    messages.success(request, f"{found.name}的设置自今天起生效。")
    return HttpResponseRedirect(reverse("entry-settings"))

"""What an office sets for proactive disclosure: the code of its index numbers, its stages, its own limits."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.stages import ALWAYS, STAGES, Plan, Stage
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_act, check_act, needs, whose
from gongkai.web.proactive.selectors.settings import settings_of
from gongkai.web.proactive.services import settings as services
from gongkai.web.review.services import clear_plan, set_plan
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import number_of


def _in_words(plan: Plan) -> str:
    return "、".join(
        f"{STAGES[stage].zh}（由主管部门代办）" if stage in plan.county else STAGES[stage].zh for stage in plan.stages
    )


def _shown(request: HttpRequest, *, refused: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    organs = [o for o in living_organs(person.county) if can_act(person, "rules.look", whose(person, o.pk))]
    may_set = {o.pk for o in organs if can_act(person, "rules.set", whose(person, o.pk))}
    rows = [
        (
            each,
            [(s.value, STAGES[s].zh, s in each.plan.stages, s in each.plan.county, s in ALWAYS) for s in Stage],
            [(key, zh, _in_words(plan)) for key, zh, plan in each.by_kind],
            each.organ in may_set,
        )
        for each in settings_of(organs, timezone.localdate())
    ]
    context = {
        "rows": rows,
        "refused": refused,
        "kinds": kinds().values(),
    }
    return render(request, "entries/settings.html", context, status=status)


def _organ(request: HttpRequest, key: uuid.UUID) -> Any:
    """The organ, when this person may set its matters. Http404 when the county has none."""
    person = person_of(request)
    found: Any = next((o for o in living_organs(person.county) if o.pk == key), None)
    if found is None:
        raise Http404("没有这个机关")
    check_act(person, "rules.set", whose(person, found.pk))
    return found


@require_POST
@needs("rules.look", post="rules.set")
def of_kind(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """Stages of their own for one kind of entry of an organ, or none of their own any more."""
    found = _organ(request, organ)
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
        return _shown(request, refused=str(error), status=409)
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
    """What holds today, organ by organ."""
    return _shown(request)


@require_POST
@needs("rules.look", post="rules.set")
def change(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """Set it for one organ, from today on."""
    found = _organ(request, organ)
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
        return _shown(request, refused=str(error), status=409)
    messages.success(request, f"{found.name}的设置自今天起生效。")
    return HttpResponseRedirect(reverse("entry-settings"))

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

from gongkai.proactive.stages import ALWAYS, STAGES, Stage
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_act, check_act, needs, whose
from gongkai.web.proactive.selectors.settings import settings_of
from gongkai.web.proactive.services import settings as services
from gongkai.web.review.services import set_plan
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import number_of


def _shown(request: HttpRequest, *, refused: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    organs = [o for o in living_organs(person.county) if can_act(person, "rules.look", whose(person, o.pk))]
    may_set = {o.pk for o in organs if can_act(person, "rules.set", whose(person, o.pk))}
    rows = [
        (
            each,
            [(s.value, STAGES[s].zh, s in each.plan.stages, s in each.plan.county, s in ALWAYS) for s in Stage],
            each.organ in may_set,
        )
        for each in settings_of(organs, timezone.localdate())
    ]
    return render(request, "entries/settings.html", {"rows": rows, "refused": refused}, status=status)


@require_GET
@needs("rules.look")
def shown(request: HttpRequest) -> HttpResponse:
    """What holds today, organ by organ."""
    return _shown(request)


@require_POST
@needs("rules.look", post="rules.set")
def change(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """Set it for one organ, from today on."""
    person = person_of(request)
    found: Any = next((o for o in living_organs(person.county) if o.pk == organ), None)
    if found is None:
        raise Http404("没有这个机关")
    check_act(person, "rules.set", whose(person, found.pk))
    said, today, audit = request.POST, timezone.localdate(), audit_of(request)
    try:
        with transaction.atomic():
            if said.get("index_code", "").strip():
                services.set_index_code(audit=audit, organ=found.pk, code=said["index_code"], valid_from=today)
            stages = {Stage(key) for key in said.getlist("stages") if key in set(Stage)} | set(ALWAYS)
            county = {Stage(key) for key in said.getlist("county") if key in set(Stage)} & stages
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

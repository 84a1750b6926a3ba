"""What is overdue or soon due, columns that go stale, and the limits that an office set for itself beside the law's."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.calendar import in_chinese
from gongkai.law.parameters import PARAMETERS
from gongkai.proactive.limits import LIMITS
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_act, needs, whose
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import entries
from gongkai.web.proactive.selectors.columns import columns, empty, watched
from gongkai.web.proactive.selectors.duedays import dated, past_own_day
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.selectors.settings import own_limits
from gongkai.web.proactive.services import settings as services
from gongkai.web.rules.policies import can_set_county, check_set_county
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.workbench.asked import number_of, organ_for, organs_offered
from gongkai.web.workbench.context import audit_of, person_of

LOOK = "proactive.look"
SOON_WORKDAYS = 5


@require_GET
@needs(LOOK)
def due(request: HttpRequest) -> HttpResponse:
    """What is overdue or soon due, each with the steps that led to its day; and what is to be looked at again."""
    person, today = person_of(request), timezone.localdate()
    seen = policies.organs_seen(person)
    organs = [o for o in living_organs(person.county) if seen is None or o.pk in seen]
    one = next((o for o in organs if str(o.pk) == request.GET.get("organ")), None)
    asked = (one.pk,) if one else seen
    until = calendar_of(person.county).soon(today, SOON_WORKDAYS)
    overdue = entries.overdue(person.county, asked, today)
    own = past_own_day(person.county, asked, today)
    past = {line.key for line in own}
    soon = [line for line in entries.due_soon(person.county, asked, today, until) if line.key not in past]
    groups = [
        ("overdue", "已过法定期限、还没有公开", overdue),
        ("own", "已过本机关自定期限、未到法定期限", own),
        ("soon", f"{in_chinese(until)}以前到期", soon),
    ]
    context = {
        "groups": [(key, zh, dated(person.county, lines)) for key, zh, lines in groups],
        "brought": entries.brought(person.county, asked, today),
        "evaluate": entries.to_evaluate(person.county, asked, today),
        "organs": organs if seen is None else [],
        "one": one,
        "whole_county": seen is None and one is None,
    }
    return render(request, "entries/due.html", context)


def _columns(request: HttpRequest, refused: str = "") -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    rows = columns(person.county, organs, today)
    context = {
        "rows": rows,
        "stale": sum(row.fresh.stale for row in rows),
        "empty": empty(person.county, today) if organs is None else [],
        "watched": watched(person.county, today),
        "names": column_names(person.county).items(),
        "may_set": can_set_county(person),
        "whole_county": organs is None,
        "refused": refused,
    }
    return render(request, "coverage/columns.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post="rules.set")
def of_columns(request: HttpRequest) -> HttpResponse:
    """Each watched column of each organ: last update, next due; and how long a column may go without anything new."""
    if request.method != "POST":
        return _columns(request)
    person, said = person_of(request), request.POST
    check_set_county(person)
    try:
        services.set_column_interval(
            audit=audit_of(request),
            column=said.get("column", ""),
            amount=number_of(request, "amount"),
            unit=said.get("unit", ""),
            valid_from=timezone.localdate(),
        )
    except Refused as error:
        return _columns(request, str(error))
    messages.success(request, "更新间隔自今天起生效。")
    return HttpResponseRedirect(reverse("stale-columns"))


def _limits(request: HttpRequest, refused: str = "") -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs = organs_offered(person, LOOK)
    law = [(key, zh, PARAMETERS[key]) for key, zh in LIMITS.items()]
    context = {
        "law": [
            (key, zh, p.says, p.amount(today), p.unit.label, p.counts_from, p.values[0].citation) for key, zh, p in law
        ],
        "rows": [
            (organ, own_limits(person.county, organ.pk, today), can_act(person, "rules.set", whose(person, organ.pk)))
            for organ in organs
        ],
        "limits": LIMITS.items(),
        "refused": refused,
    }
    return render(request, "coverage/limits.html", context, status=409 if refused else 200)


@require_GET
@needs(LOOK)
def limits(request: HttpRequest) -> HttpResponse:
    """The law's limits, and each organ's own beside them."""
    return _limits(request)


@require_POST
@needs(LOOK, post="rules.set")
def own_limit(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """Set an organ's own limit for one kind of information, or take it back."""
    found = organ_for(request, organ, "rules.set")
    said = request.POST
    try:
        if said.get("limit") not in LIMITS:
            raise Refused("请选择哪一类信息。")
        services.set_own_limit(
            audit=audit_of(request),
            amount=number_of(request, "amount"),
            unit=said.get("unit", "workday"),
            limit=said["limit"],
            valid_from=timezone.localdate(),
            organ=found.pk,
        )
    except Refused as error:
        return _limits(request, str(error))
    messages.success(request, f"{found.name}自定的期限自今天起生效，以前形成的信息不受影响。")
    return HttpResponseRedirect(reverse("publish-limits"))

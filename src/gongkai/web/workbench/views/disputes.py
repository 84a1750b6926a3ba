"""Reconsideration and litigation: the list with its days, one dispute with its clock and steps, and handling anew."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.onrequest.disputes import COUNTED_AS, DISPUTE_KINDS, RESULTS
from gongkai.web.facts import Refused
from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors import disputes as reading
from gongkai.web.onrequest.services import disputes as services
from gongkai.web.people.policies import can_act, check_act, needs, whose
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import key_asked
from gongkai.web.workbench.asked import day_of, number_of, organs_offered, year_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_registers import DisputeForm
from gongkai.web.workbench.views.cases import application_named, application_or_404

ACT = "onrequest.dispute"


@require_GET
@needs("onrequest.look")
def listing(request: HttpRequest) -> HttpResponse:
    """The disputes, what has a limit first; below how table 四 counts those of a year."""
    person = person_of(request)
    today, year = timezone.localdate(), year_of(request)
    organs = policies.organs_seen(person)
    open_only = request.GET.get("all") != "1"
    context: dict[str, Any] = {
        "lines": reading.disputes(person.county, organs, today, open_only=open_only),
        "open_only": open_only,
        "year": year,
        "years": range(today.year, today.year - 6, -1),
        "table": reading.table_four(person.county, organs, year),
        "heads": list(RESULTS.values()),
        "counted_as": COUNTED_AS,
        "can_register": bool(organs_offered(person, ACT)),
        "whole_county": organs is None,
    }
    return render(request, "cases/disputes.html", context)


@require_http_methods(["GET", "POST"])
@needs(ACT)
def new(request: HttpRequest) -> HttpResponse:
    """Register a dispute, from a case or on its own."""
    person = person_of(request)
    key = request.GET.get("case", "")
    about = None
    if key:
        case = key_asked(key)
        if case is None:
            raise Http404("没有这件申请")
        about = application_or_404(request, case, ACT)
    initial = {"organ": str(about.organ_id), "application": about.number} if about else {}
    form = DisputeForm(request.POST or None, organs=organs_offered(person, ACT), initial=initial)
    form.choose("kind", [("", "请选择"), *((kind.value, zh) for kind, zh in DISPUTE_KINDS.items())])
    form.choose("procedure", list(reading.PROCEDURES.items()))
    earlier = reading.reconsiderations(person.county, policies.organs_seen(person, ACT))
    form.choose("follows", [("", "没有或者没有登记"), *((str(k), words) for k, words in earlier)])
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                row = services.register(
                    audit=audit_of(request),
                    organ=form.organ_chosen,
                    kind=told["kind"],
                    before=told["before"],
                    received_on=told["received_on"],
                    application=application_named(request, told["application"], "没有登记过申请"),
                    case_number=told["case_number"],
                    procedure=told["procedure"],
                    co_defendant=told["co_defendant"],
                    follows=reading.dispute(person.county, uuid.UUID(told["follows"])) if told["follows"] else None,
                )
            except Refused as error:
                refused = str(error)
            else:
                messages.success(request, "已登记。答复、答辩的期限列在右边。")
                return HttpResponseRedirect(reverse("dispute", args=[row.pk]))
        else:
            refused = "有几项需要改正，请看标出的位置。"
    context = {"form": form, "refused": refused, "about": about, "no_organs": not form.organs}
    return render(request, "cases/dispute_new.html", context, status=status)


def dispute_or_404(request: HttpRequest, key: uuid.UUID, act: str = "onrequest.look") -> Any:
    """The dispute, when this person may do `act` for its organ. Http404 when the county has none."""
    person = person_of(request)
    found = reading.dispute(person.county, key)
    if found is None:
        raise Http404("没有这件复议或者诉讼")
    check_act(person, act, whose(person, found.organ_id))
    return found


def _page(request: HttpRequest, row: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    person = person_of(request)
    mine = whose(person, row.organ_id)
    context = {
        "line": reading.line_of(row, today, calendar_of(row.county)),
        "row": row,
        "outcomes": reading.outcomes_of(row),
        "steps": reading.steps_of(row),
        "can": can_act(person, ACT, mine),
        "can_reopen": bool(row.application) and can_act(person, "onrequest.reopen", mine),
        "today": today,
        "refused": refused,
        "typed": request.POST if refused else {},
        "counted_as": COUNTED_AS,
    }
    return render(request, "cases/dispute.html", context, status=status)


@require_GET
@needs("onrequest.look")
def dispute(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One dispute."""
    return _page(request, dispute_or_404(request, key))


@require_POST
@needs(ACT)
def step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What happened in it."""
    row = dispute_or_404(request, key, ACT)
    try:
        made = services.take_step(
            audit=audit_of(request),
            dispute=row,
            step=request.POST.get("step", ""),
            on=day_of(request, "on", needed="日期") or timezone.localdate(),
            outcome=request.POST.get("outcome", ""),
            words=request.POST.get("words", ""),
        )
    except Refused as error:
        return _page(request, row, refused=str(error), status=409)
    messages.success(request, f"已登记：{made.get_step_display()}。")
    return HttpResponseRedirect(reverse("dispute", args=[key]))


@require_POST
@needs("onrequest.reopen")
def reopen(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Handle the case anew, as ordered."""
    row = dispute_or_404(request, key, "onrequest.reopen")
    try:
        services.reopen(
            audit=audit_of(request),
            dispute=row,
            on=day_of(request, "on", needed="收到决定或者判决的日期") or timezone.localdate(),
            words=request.POST.get("words", ""),
            days=number_of(request, "days"),
            until=day_of(request, "until"),
        )
    except Refused as error:
        return _page(request, row, refused=str(error), status=409)
    messages.success(request, "已开始重新办理，期限按责令的内容计算，不另计新收。")
    return HttpResponseRedirect(reverse("case", args=[row.application_id]))

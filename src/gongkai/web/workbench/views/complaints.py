"""Complaints under article 47: the list, registering one that came on paper, and what became of each."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.selectors import cases as case_selectors
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.services import complaints as services
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_registers import ComplaintForm
from gongkai.web.workbench.views.cases import day_of
from gongkai.web.workbench.views.intake import organs_for

ACT = "onrequest.complaint"


def _application(request: HttpRequest, number: str) -> Any:
    if not number.strip():
        return None
    found = case_selectors.application_numbered(person_of(request).county, number.strip())
    if found is None:
        raise Refused(f"没有编号为“{number.strip()}”的申请，请核对；不针对某件申请的可以留空。")
    policies.check_case(person_of(request), "onrequest.look", found)
    return found


@require_http_methods(["GET", "POST"])
@needs(ACT)
def listing(request: HttpRequest) -> HttpResponse:
    """What is open, first by its day; one more is registered below."""
    person = person_of(request)
    today = timezone.localdate()
    form = ComplaintForm(request.POST or None, organs=organs_for(person, ACT))
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                row = services.register(
                    audit=audit_of(request),
                    organ=form.organ_chosen,
                    about=told["about"],
                    words=told["words"],
                    received_on=told["received_on"],
                    complainant=told["complainant"],
                    application=_application(request, told["application"]),
                )
            except Refused as error:
                refused = str(error)
            else:
                messages.success(request, f"已登记，编号{row.number}。")
                return HttpResponseRedirect(reverse("complaint", args=[row.pk]))
        else:
            refused = "有几项需要改正，请看标出的位置。"
    context = {
        "lines": matters.complaints(person.county, policies.organs_seen(person, ACT), today),
        "form": form,
        "refused": refused,
        "basis": matters.BASIS,
        "whole_county": policies.organs_seen(person, ACT) is None,
    }
    return render(request, "cases/complaints.html", context, status=status)


def _found(request: HttpRequest, key: uuid.UUID) -> Any:
    person = person_of(request)
    row = matters.complaint(person.county, key)
    if row is None:
        raise Http404("没有这件投诉")
    check_act(person, ACT, whose(person, row.organ_id))
    return row


@require_http_methods(["GET", "POST"])
@needs(ACT)
def complaint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One of them with its steps. Who it came from is opened here, and that it was is on record."""
    row = _found(request, key)
    refused, status = "", 200
    if request.method == "POST":
        try:
            made = services.take_step(
                audit=audit_of(request),
                complaint=row,
                step=request.POST.get("step", ""),
                on=day_of(request, "on", needed="日期") or timezone.localdate(),
                words=request.POST.get("words", ""),
            )
        except Refused as error:
            refused, status = str(error), 409
        else:
            messages.success(request, f"已登记：{made.get_step_display()}。")
            return HttpResponseRedirect(reverse("complaint", args=[key]))
    with transaction.atomic():
        told = personal.seen(audit_of(request), row, "complainant", "words")
    context = {
        "row": row,
        "line": matters.complaint_line(row, timezone.localdate(), calendar_of(row.county)),
        "who": told["complainant"],
        "words": told["words"],
        "taken": matters.complaint_steps(row),
        "steps": matters.COMPLAINT_STEPS,
        "refused": refused,
        "typed": request.POST if refused else {},
        "today": timezone.localdate(),
        "basis": matters.BASIS,
    }
    response = render(request, "cases/complaint.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response

"""Two registers of one shape: complaints (art. 47) and corrections of a record about oneself (art. 41).

A list with what is open first, registering one that came on paper, and the page of each with its steps.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.web.erasure.selectors import erased_at
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.services import complaints as complaint_services
from gongkai.web.onrequest.services import corrections as correction_services
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.workbench.asked import day_of, organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_registers import ComplaintForm, CorrectionForm
from gongkai.web.workbench.views.cases import application_named

COMPLAINT, CORRECTION = "onrequest.complaint", "onrequest.correct_record"


@dataclass(frozen=True, slots=True)
class Register:
    """What differs between the two: `name` is the address of one, with s of the list; `who` its person; the words."""

    name: str
    zh: str
    lead: str
    act: str
    who: str
    who_zh: str
    missing: str
    form: Callable[..., Any]
    lines: Callable[..., Any]
    find: Callable[..., Any]
    line: Callable[..., Any]
    taken: Callable[..., Any]
    steps: Any
    register: Callable[[HttpRequest, Any], Any]
    take_step: Callable[..., Any]

    @property
    def list_name(self) -> str:
        """The address of the list."""
        return f"{self.name}s"


def _complained(request: HttpRequest, form: Any) -> Any:
    told = form.cleaned_data
    return complaint_services.register(
        audit=audit_of(request),
        organ=form.organ_chosen,
        about=told["about"],
        words=told["words"],
        received_on=told["received_on"],
        complainant=told["complainant"],
        application=application_named(request, told["application"], "不针对某件申请"),
    )


def _corrected(request: HttpRequest, form: Any) -> Any:
    told = form.cleaned_data
    return correction_services.register(
        audit=audit_of(request),
        organ=form.organ_chosen,
        requester=told["requester"],
        words=told["words"],
        received_on=told["received_on"],
    )


COMPLAINTS = Register(
    name="complaint",
    zh="投诉",
    lead="对不依法履行政府信息公开义务的投诉（条例第四十七条）。与申请分开登记，编入年度情况。",
    act=COMPLAINT,
    who="complainant",
    who_zh="投诉人",
    missing="没有这件投诉",
    form=ComplaintForm,
    lines=matters.complaints,
    find=matters.complaint,
    line=matters.complaint_line,
    taken=matters.complaint_steps,
    steps=matters.COMPLAINT_STEPS,
    register=_complained,
    take_step=complaint_services.take_step,
)
CORRECTIONS = Register(
    name="correction",
    zh="更正本人信息",
    lead="本人提供证据、要求更正与其自身相关的不准确记录（条例第四十一条）。与申请分开登记，不计入申请数量。",
    act=CORRECTION,
    who="requester",
    who_zh="提出人",
    missing="没有这件更正申请",
    form=CorrectionForm,
    lines=matters.corrections,
    find=matters.correction,
    line=matters.correction_line,
    taken=matters.correction_steps,
    steps=matters.CORRECTION_STEPS,
    register=_corrected,
    take_step=correction_services.take_step,
)


def _listing(request: HttpRequest, book: Register) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    form = book.form(request.POST or None, organs=organs_offered(person, book.act))
    refused, status = "", 200
    if request.method == "POST":
        status, refused = 422, "有几项需要改正，请看标出的位置。"
        if form.is_valid():
            try:
                row = book.register(request, form)
            except Refused as error:
                refused = str(error)
            else:
                messages.success(request, f"已登记，编号{row.number}。")
                return HttpResponseRedirect(reverse(book.name, args=[row.pk]))
    seen = policies.organs_seen(person, book.act)
    context = {
        "book": book,
        "lines": book.lines(person.county, seen, today),
        "form": form,
        "refused": refused,
        "basis": matters.BASIS,
        "whole_county": seen is None,
    }
    return render(request, "cases/matters.html", context, status=status)


def _one(request: HttpRequest, book: Register, key: uuid.UUID) -> HttpResponse:
    """Who it came from is opened here, and that it was is on record."""
    person, today = person_of(request), timezone.localdate()
    row = book.find(person.county, key)
    if row is None:
        raise Http404(book.missing)
    check_act(person, book.act, whose(person, row.organ_id))
    refused, status = "", 200
    if request.method == "POST":
        try:
            made = book.take_step(
                audit=audit_of(request),
                step=request.POST.get("step", ""),
                on=day_of(request, "on", needed="日期") or today,
                words=request.POST.get("words", ""),
                **{book.name: row},
            )
        except Refused as error:
            refused, status = str(error), 409
        else:
            messages.success(request, f"已登记：{made.get_step_display()}。")
            return HttpResponseRedirect(reverse(book.name, args=[key]))
    with transaction.atomic():
        told = personal.seen(audit_of(request), row, book.who, "words")
    context = {
        "book": book,
        "row": row,
        "line": book.line(row, today, calendar_of(row.county)),
        "who": told[book.who],
        "words": told["words"],
        "taken": book.taken(row),
        "steps": book.steps,
        "refused": refused,
        "typed": request.POST if refused else {},
        "today": today,
        "basis": matters.BASIS,
        "erased_at": erased_at(row.pk),
    }
    response = render(request, "cases/matter.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@needs(COMPLAINT)
def complaints(request: HttpRequest) -> HttpResponse:
    """What is open, first by its day; one more is registered below."""
    return _listing(request, COMPLAINTS)


@require_http_methods(["GET", "POST"])
@needs(COMPLAINT)
def complaint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One complaint with its steps."""
    return _one(request, COMPLAINTS, key)


@require_http_methods(["GET", "POST"])
@needs(CORRECTION)
def corrections(request: HttpRequest) -> HttpResponse:
    """What is open, first by its day; one more is registered below."""
    return _listing(request, CORRECTIONS)


@require_http_methods(["GET", "POST"])
@needs(CORRECTION)
def correction(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One correction with its steps."""
    return _one(request, CORRECTIONS, key)

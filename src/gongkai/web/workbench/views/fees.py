"""The information processing fee: what a case would be charged and why, notices, payments, and the year's figures."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.errors import Refusal
from gongkai.onrequest.procedure import Act
from gongkai.web.facts import Refused
from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors import fees as reading
from gongkai.web.onrequest.services import fees as services
from gongkai.web.onrequest.services.acts import possible
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of, year_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_registers import FeeForm
from gongkai.web.workbench.views.cases import application_or_404


@require_GET
@needs("onrequest.look")
def listing(request: HttpRequest) -> HttpResponse:
    """The fee notices of a year and what they came to."""
    person = person_of(request)
    today, year = timezone.localdate(), year_of(request)
    organs = policies.organs_seen(person)
    lines = reading.notices(person.county, organs, today, year=year)
    context = {
        "lines": lines,
        "figures": reading.figures(lines),
        "year": year,
        "years": range(today.year, today.year - 6, -1),
        "whole_county": organs is None,
    }
    return render(request, "cases/fees.html", context)


def _reckoned(application: Any, form: FeeForm) -> dict[str, Any]:
    """What the fee would be by each method, with its steps; why not, where none can be told."""
    found: dict[str, Any] = {}
    for method in reading.METHODS:
        pages = form.cleaned_data.get("pages") if form.is_bound and form.is_valid() else None
        if method == "per_page" and not pages:
            continue
        try:
            fee, units, before = reading.reckoned(application, method, pages, timezone.localdate())
        except Refusal as gap:
            found[reading.METHODS[method]] = {"gap": gap.says}
        else:
            found[reading.METHODS[method]] = {"fee": fee, "units": units, "before": before}
    return found


def _page(
    request: HttpRequest, application: Any, form: FeeForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "application": application,
        "form": form,
        "reckoned": _reckoned(application, form),
        "on": reading.switched_on(application, today),
        "found": reading.excess_found(application),
        "notifying": possible(application, Act.NOTIFY_FEE, today),
        "lines": reading.notices(application.county, None, today, application=application),
        "can": policies.can_case(person_of(request), "onrequest.handle", application),
        "refused": refused,
        "typed": request.POST if refused else {},
        "today": today,
    }
    return render(request, "cases/fee.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs("onrequest.look", post="onrequest.handle")
def case_fee(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The fee of one case: find the excess, see the sum, begin the notice."""
    post = request.method == "POST"
    application = application_or_404(request, key, "onrequest.handle" if post else "onrequest.look")
    what = request.POST.get("what", "")
    form = FeeForm(request.POST if post and what != "excess" else None)
    field: Any = form.fields["method"]
    field.choices = list(reading.METHODS.items())
    if not post:
        return _page(request, application, form)
    try:
        if what == "excess":
            services.find_excess(
                audit=audit_of(request),
                application=application,
                words=request.POST.get("words", ""),
                on=day_of(request, "on", needed="认定日期") or timezone.localdate(),
            )
            messages.success(request, "已记入认定的事实。")
            return HttpResponseRedirect(reverse("case-fee", args=[key]))
        if not form.is_valid():
            return _page(request, application, form, refused="有几项需要改正，请看标出的位置。", status=422)
        if what == "reckon":
            return _page(request, application, form)
        told = form.cleaned_data
        if what == "paper":
            services.notify_on_paper(
                audit=audit_of(request),
                application=application,
                method=told["method"],
                on=told["sent_on"] or timezone.localdate(),
                pages=told["pages"],
                pay_by=told["pay_by"],
            )
            messages.success(request, "已登记发出的收费通知，缴费以前没有答复到期日。")
            return HttpResponseRedirect(reverse("case-fee", args=[key]))
        letter = services.draft_notice(
            audit=audit_of(request),
            application=application,
            method=told["method"],
            pages=told["pages"],
            pay_by=told["pay_by"],
            way=told["way"],
        )
    except Refused as error:
        return _page(request, application, form, refused=str(error), status=409)
    messages.success(request, "已拟好收费通知书，金额和计算过程已填入。送达后才生效。")
    return HttpResponseRedirect(reverse("letter", args=[key, letter.pk]))


@require_POST
@needs("onrequest.draft_decision")
def lapsed(request: HttpRequest, key: uuid.UUID, notice: uuid.UUID) -> HttpResponse:
    """Begin the reply to an application whose fee was not paid in time."""
    application = application_or_404(request, key, "onrequest.draft_decision")
    row = reading.notice_of(application, notice)
    if row is None:
        raise Http404("没有这份收费通知")
    try:
        letter = services.draft_lapse(audit=audit_of(request), notice=row)
    except Refused as error:
        return _page(request, application, _fresh(), refused=str(error), status=409)
    return HttpResponseRedirect(reverse("letter", args=[key, letter.pk]))


def _fresh() -> FeeForm:
    form = FeeForm()
    field: Any = form.fields["method"]
    field.choices = list(reading.METHODS.items())
    return form


@require_POST
@needs("onrequest.handle")
def paid(request: HttpRequest, key: uuid.UUID, notice: uuid.UUID) -> HttpResponse:
    """Enter a payment."""
    application = application_or_404(request, key, "onrequest.handle")
    row = reading.notice_of(application, notice)
    if row is None:
        raise Http404("没有这份收费通知")
    try:
        services.pay(
            audit=audit_of(request),
            notice=row,
            amount=services.amount_of(request.POST.get("amount", "")),
            paid_on=day_of(request, "paid_on", needed="缴费日期") or timezone.localdate(),
            receipt_number=request.POST.get("receipt_number", ""),
        )
    except Refused as error:
        return _page(request, application, _fresh(), refused=str(error), status=409)
    messages.success(request, "已登记缴费。缴清的，答复期限自缴费次日起重新计算。")
    return HttpResponseRedirect(reverse("case-fee", args=[key]))

"""A finding and a cell: look, decide, correct, without leaving the page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.annual import policies
from gongkai.web.annual.selectors.reports import MARKS, report_view
from gongkai.web.annual.services import judging
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import audit_of, person_of, submission_or_404
from gongkai.web.workbench.views.report import counts


@needs("annual.judge")
@require_POST
def finding(request: HttpRequest, key: uuid.UUID, fingerprint: str) -> HttpResponse:
    """Confirm, dismiss or withdraw; answers with the finding alone, or goes back to it."""
    person = person_of(request)
    submission = submission_or_404(request, key)
    refused = ""
    try:
        policies.check_judge(person, submission)
        judging.judge(
            audit=audit_of(request),
            submission=submission,
            fingerprint=fingerprint,
            verdict=request.POST.get("verdict", ""),
            reason=request.POST.get("reason", ""),
        )
    except Refused as error:
        refused = str(error)
    if not getattr(request, "htmx", False):
        if refused:
            messages.error(request, refused)
        return HttpResponseRedirect(f"{reverse('report', args=[key])}?finding={fingerprint}#f-{fingerprint}")
    view = report_view(submission)
    found = next((f for f in view.findings if f.fingerprint == fingerprint), None) if view else None
    if view is None or found is None:
        raise Http404("没有找到这个问题")
    context = {
        "finding": found,
        "submission": submission,
        "can_judge": policies.can_judge(person, submission),
        "refused": refused,
        "typed": request.POST.get("reason", "") if refused else "",
        "counts": counts(view),
        "swap": True,
    }
    return render(request, "workbench/_finding.html", context)


@needs("annual.look", post="annual.correct")
@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, key: uuid.UUID, address: str) -> HttpResponse:
    """GET: how a cell was read and its relations. POST: correct it; the whole page is checked again."""
    person = person_of(request)
    policies.check_look(person)
    submission = submission_or_404(request, key)
    refused, typed = "", {}
    if request.method == "POST":
        typed = {k: request.POST.get(k, "") for k in ("action", "value", "reason")}
        try:
            policies.check_correct(person, submission)
            judging.correct(audit=audit_of(request), submission=submission, address=address, **typed)
        except Refused as error:
            refused = str(error)
            if not getattr(request, "htmx", False):
                messages.error(request, refused)
        if not refused or not getattr(request, "htmx", False):
            return _back(request, key, address)
    view = report_view(submission)
    found = view.cells.get(address) if view else None
    if view is None or found is None:
        raise Http404("没有这个单元格")
    context: dict[str, Any] = {
        "cell": found,
        "submission": submission,
        "can_correct": policies.can_correct(person, submission),
        "refused": refused,
        "typed": typed,
        "marks": MARKS,
    }
    return render(request, "workbench/_cell.html", context)


def _back(request: HttpRequest, key: uuid.UUID, address: str) -> HttpResponse:
    url = f"{reverse('report', args=[key])}?cell={address}"
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url + "#cell")

"""A piece of evidence, by the form that its kind has."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.onrequest.decisions import evidence as kinds_of_evidence
from gongkai.web.facts import Refused
from gongkai.web.onrequest.evidenceforms import asks_of
from gongkai.web.onrequest.recordkinds import KINDS
from gongkai.web.onrequest.selectors.evidence import on_record
from gongkai.web.onrequest.services import records
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404

LONGEST = 4000
_NOT_BY_HAND = ("redaction_boxes", "secrecy_handover", "split", "confirmation")


@require_http_methods(["GET", "POST"])
@needs("onrequest.handle")
def evidence(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """The form of a kind; what is lacking is named and what was typed stays."""
    application = application_or_404(request, key, "onrequest.handle")
    if kind not in KINDS or kind in _NOT_BY_HAND:
        raise Http404("没有这种材料")
    asks = asks_of(kind)
    refused = ""
    told = {ask.key: request.POST.get(ask.key, "").strip()[:LONGEST] for ask in asks}
    if request.method == "POST":
        try:
            records.record_evidence(
                audit=audit_of(request),
                application=application,
                kind=kind,
                on=day_of(request, "on", needed="日期") or timezone.localdate(),
                told=told,
            )
            messages.success(request, f"已记入：{KINDS[kind]}。")
            return HttpResponseRedirect(reverse("case", args=[key]) + "#letters-head")
        except Refused as error:
            refused = str(error)
    elif "by" in told:
        told["by"] = person_of(request).name
    context = {
        "application": application,
        "kind": kind,
        "name": KINDS[kind],
        "known": kinds_of_evidence().get(kind),
        "asks": [(ask, told[ask.key]) for ask in asks],
        "on": request.POST.get("on") or f"{timezone.localdate():%Y-%m-%d}",
        "today": timezone.localdate(),
        "earlier": on_record(application, kind),
        "refused": refused,
    }
    return render(request, "cases/evidence.html", context, status=409 if refused else 200)

"""Closing a case with its archive package, taking the package away, and looking whether it holds."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.onrequest.procedure import Act
from gongkai.web.facts import Refused
from gongkai.web.onrequest.rulekeys import PERIODS
from gongkai.web.onrequest.selectors import archive as selectors
from gongkai.web.onrequest.services import acts
from gongkai.web.onrequest.services import archive as services
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of, number_of
from gongkai.web.workbench.context import audit_of
from gongkai.web.workbench.views.cases import application_or_404


@require_http_methods(["GET", "POST"])
@needs("onrequest.archive")
def archive(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What will be packed and for how long; sent, the case is closed."""
    application = application_or_404(request, key, "onrequest.archive")
    refused = ""
    if request.method == "POST":
        try:
            services.close(
                audit=audit_of(request),
                application=application,
                on=day_of(request, "on", needed="归档日期") or timezone.localdate(),
                retention=request.POST.get("retention", ""),
                seen=number_of(request, "seen"),
            )
            messages.success(request, "已归档办结，归档包已生成。")
            return HttpResponseRedirect(reverse("case-archive", args=[key]))
        except Refused as error:
            refused = str(error)
    return _page(request, application, refused=refused)


def _page(request: HttpRequest, application: Any, *, refused: str = "", verdict: Any = None) -> HttpResponse:
    today = timezone.localdate()
    suggested = selectors.suggested(application, today)
    context = {
        "application": application,
        "revision": application.case.revision,
        "possible": acts.possible(application, Act.CLOSE, today),
        "pieces": selectors.pieces(application),
        "isolated": selectors.isolated(application),
        "suggested": suggested,
        "periods": PERIODS,
        "chosen": request.POST.get("retention") or suggested.period,
        "packages": selectors.packages(application),
        "verdict": verdict,
        "today": today,
        "refused": refused,
    }
    return render(request, "cases/archive.html", context, status=409 if refused else 200)


@require_POST
@needs("onrequest.archive")
def verify(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """Whether a package is whole and bears our signature."""
    application = application_or_404(request, key, "onrequest.archive")
    verdict = selectors.verified(application, attachment)
    if verdict is None:
        raise Http404("没有这个归档包")
    return _page(request, application, verdict=verdict)

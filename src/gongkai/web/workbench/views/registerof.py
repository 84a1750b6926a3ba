"""What followed complaints, and the register of accountability."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.oversight import policies
from gongkai.web.oversight.selectors import accountability as selectors
from gongkai.web.oversight.services import accountability as services
from gongkai.web.people.policies import needs
from gongkai.web.typed import key_asked, number_said
from gongkai.web.workbench.asked import day_of, organ_choices
from gongkai.web.workbench.context import audit_of, person_of

ACCOUNT = policies.ACCOUNT


@require_GET
@needs(ACCOUNT)
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints with what was found of each and what followed. Who complained stands on their own page."""
    lines = selectors.complaints(person_of(request).county, timezone.localdate())
    counts = [(zh, sum(line.outcome == key for line in lines)) for key, zh in selectors.OUTCOMES.items()]
    open_ones = sum(not line.outcome for line in lines)
    return render(request, "oversight/complaints.html", {"lines": lines, "counts": counts, "open": open_ones})


def _entry(request: HttpRequest) -> services.Entry:
    said = request.POST
    return services.Entry(
        kind=said.get("kind", ""),
        on=day_of(request, "on", needed="决定日期") or timezone.localdate(),
        decided_by=said.get("decided_by", ""),
        words=said.get("words", ""),
        document=said.get("document", ""),
        people=number_said(said.get("people", "") or "0", "涉及人数"),
        complaint=key_asked(said.get("complaint", "")),
    )


@require_http_methods(["GET", "POST"])
@needs(ACCOUNT)
def accountability(request: HttpRequest) -> HttpResponse:
    """The register, newest first; sent: one more entry."""
    person, refused = person_of(request), ""
    if request.method == "POST":
        key = key_asked(request.POST.get("organ", ""))
        organ = organ_with(person.county, key) if key else None
        try:
            if organ is None:
                raise Refused("请选择单位。")
            services.enter(audit=audit_of(request), organ=organ, entry=_entry(request))
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已登记。")
            return HttpResponseRedirect(reverse("oversight-accountability"))
    said: Any = request.POST if refused else request.GET
    context = {
        "lines": selectors.entries(person.county),
        "kinds": list(selectors.KINDS.items()),
        "organs": organ_choices(request, [said.get("organ", "")]),
        "complaint": key_asked(said.get("complaint", "")),
        "typed": said,
        "refused": refused,
    }
    return render(request, "oversight/accountability.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(ACCOUNT)
def entry(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """One entry with what it said before; sent: it is put right."""
    person, refused = person_of(request), ""
    found = selectors.entry(person.county, stem)
    if found is None:
        raise Http404("没有这一条登记")
    if request.method == "POST":
        try:
            services.correct(
                audit=audit_of(request), stem=stem, entry=_entry(request), reason=request.POST.get("reason", "")
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已更正，更正前的内容留在下面。")
            return HttpResponseRedirect(reverse("oversight-accountability-entry", args=[stem]))
    context = {
        "entry": found,
        "life": selectors.life(person.county, stem),
        "kinds": list(selectors.KINDS.items()),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "oversight/entry.html", context, status=409 if refused else 200)


@require_POST
@needs(ACCOUNT)
def void(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """Take an entry out of the count, with a reason."""
    if selectors.entry(person_of(request).county, stem) is None:
        raise Http404("没有这一条登记")
    try:
        services.void(audit=audit_of(request), stem=stem, reason=request.POST.get("reason", ""))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已作废。")
    return HttpResponseRedirect(reverse("oversight-accountability-entry", args=[stem]))

"""Help between organs: asked from the page of a case, given on a page that shows the content and not the applicant."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.onrequest.recordkinds import SEARCHED
from gongkai.web.onrequest.selectors import passings as selectors
from gongkai.web.onrequest.services import passings
from gongkai.web.onrequest.services.attachments import look_through
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404

PURPOSES = (("assistance", "协助检索"), ("counsel", "法律意见"), ("secrecy", "保密审查"))


@require_http_methods(["GET", "POST"])
@needs("onrequest.look", post="onrequest.handle")
def asked(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The help asked for in a case, and the form by which to ask for more."""
    application = application_or_404(request, key, "onrequest.handle" if request.method == "POST" else "onrequest.look")
    organs = [o for o in living_organs(application.county) if o.pk != application.organ_id]
    refused = ""
    if request.method == "POST":
        try:
            chosen = next((o for o in organs if str(o.pk) == request.POST.get("organ")), None)
            if chosen is None:
                raise Refused("请选择一个机关。")
            passings.ask(
                audit=audit_of(request),
                application=application,
                purpose=request.POST.get("purpose", ""),
                asks=request.POST.get("asks", "")[:2000],
                organ=chosen,
                until=day_of(request, "until"),
            )
            messages.success(request, f"已请{chosen.name}协助。答复仍以本机关名义作出，答复期限照常计算。")
            return HttpResponseRedirect(reverse("help", args=[key]))
        except Refused as error:
            refused = str(error)
    context = {
        "application": application,
        "helps": selectors.helps_of(application),
        "organs": organs,
        "purposes": PURPOSES,
        "chosen": request.POST.get("purpose") or request.GET.get("purpose", "assistance"),
        "refused": refused,
        "typed": request.POST,
        "today": timezone.localdate(),
    }
    return render(request, "cases/help.html", context, status=409 if refused else 200)


@require_POST
@needs("onrequest.handle")
def end(request: HttpRequest, key: uuid.UUID, passing: uuid.UUID) -> HttpResponse:
    """Say that the help was given or is no longer needed."""
    application = application_or_404(request, key, "onrequest.handle")
    row = selectors.passing_of(application, passing)
    if row is None:
        messages.warning(request, "这项协助已经结束。")
    else:
        passings.end(audit=audit_of(request), passing=row, words=request.POST.get("words", "")[:2000])
        messages.success(request, "协助已结束，对方不再能看到这件申请。")
    return HttpResponseRedirect(reverse("help", args=[key]))


@require_http_methods(["GET", "POST"])
@needs("onrequest.assist")
def assist(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """For the side that helps: what was asked, what is applied for, and where to say what was found."""
    application = application_or_404(request, key, "onrequest.assist")
    rows = selectors.helps_for(person_of(request), application)
    refused = ""
    if request.method == "POST":
        row = next((r for r in rows if str(r.pk) == request.POST.get("passing")), None)
        if row is None:
            raise Http404("没有这项协助")
        try:
            _feed_back(request, row)
            messages.success(request, "已反馈给承办机关。")
            return HttpResponseRedirect(reverse("assist", args=[key]))
        except Refused as error:
            refused = str(error)
    context = {
        "application": application,
        "content": selectors.content_without_applicant(application),
        "helps": [selectors.shown(row) for row in rows],
        "searched": [(name, zh) for name, zh in SEARCHED if name != "by"],
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "cases/assist.html", context, status=409 if refused else 200)


def _feed_back(request: HttpRequest, row: Any) -> None:
    person = person_of(request)
    told = {name: request.POST.get(name, "")[:2000] for name, _ in SEARCHED}
    told |= {"times": request.POST.get("times", "")[:200], "words": request.POST.get("words", "")[:4000]}
    file = request.FILES.get("file")
    upload = look_through(file.name or "反馈材料", file.read(), "source") if file else None
    organ = person.organ.name if person.organ else "本机关"
    passings.feed_back(audit=audit_of(request), passing=row, told=told, organ=organ, file=upload)

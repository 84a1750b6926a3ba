"""Consultations of a case: ask, enter what came or did not come, decide."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.onrequest.letters import letter_type
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.selectors import consultations as selectors
from gongkai.web.onrequest.services import consultations
from gongkai.web.onrequest.services.attachments import Upload, look_through
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of, number_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404

KINDS = {"third_party": "征求第三方意见", "organ": "征求其他机关意见"}


def opinion_of(request: HttpRequest, name: str = "opinion") -> Upload | None:
    """The letter that came back, looked through."""
    file = request.FILES.get(name)
    return look_through(file.name or "意见回函", file.read(), "opinion") if file else None


@require_http_methods(["GET", "POST"])
@needs("onrequest.look", post="onrequest.consult")
def new(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """Whom to ask, by which letter, about what; its letter opens next."""
    if kind not in KINDS:
        raise Http404("没有这种征求意见")
    application = application_or_404(request, key, "onrequest.consult")
    refused = ""
    if request.method == "POST":
        try:
            row = consultations.open_consultation(
                audit=audit_of(request),
                application=application,
                kind=kind,
                letter_kind=request.POST.get("letter_kind", ""),
                party=request.POST.get("party", "")[:200],
                contact=request.POST.get("contact", "")[:500],
                information=request.POST.get("information", "")[:2000],
            )
            messages.success(request, f"已拟好给{row.matter}的文书。文书送出后，征求意见的时间不计入答复期限。")
            return HttpResponseRedirect(reverse("letter", args=[key, row.letter]))
        except Refused as error:
            refused = str(error)
    context = {
        "application": application,
        "kind": kind,
        "title": KINDS[kind],
        "letters": [letter_type(name) for name in consultations.LETTERS[kind]],
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "cases/consult_new.html", context, status=409 if refused else 200)


def _row(request: HttpRequest, key: uuid.UUID, consultation: uuid.UUID, act: str) -> tuple[Any, Any]:
    application = application_or_404(request, key, act)
    row = selectors.consultation_of(application, consultation)
    if row is None:
        raise Http404("没有这项征求意见")
    return application, row


@require_GET
@needs("onrequest.look")
def consultation(request: HttpRequest, key: uuid.UUID, consultation: uuid.UUID) -> HttpResponse:
    """One consultation: where it stands, and what may be entered."""
    application, row = _row(request, key, consultation, "onrequest.look")
    return _page(request, application, row)


def _page(request: HttpRequest, application: Any, row: Any, *, refused: str = "", step: str = "") -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    can = policies.can_case(person, "onrequest.consult", application)
    context = {
        "application": application,
        "revision": application.case.revision,
        "asked": selectors.asked_of(row, today),
        "party": personal.reveal(row, "party") if can else "",
        "contact": personal.reveal(row, "contact") if can else "",
        "can": can,
        "today": today,
        "refused": refused,
        "step": step,
        "typed": request.POST if refused else {},
    }
    return render(request, "cases/consultation.html", context, status=409 if refused else 200)


def _do(request: HttpRequest, row: Any, step: str) -> str:
    base: dict[str, Any] = {"audit": audit_of(request), "consultation": row}
    words = request.POST.get("words", "")[:2000]
    seen = number_of(request, "seen")
    on = day_of(request, "on") or timezone.localdate()
    match step:
        case "received":
            consultations.received(on=on, **base)
            return "已登记对方收到的日期，意见期限由此起算。"
        case "agreed" | "objected":
            consultations.answer(
                agrees=step == "agreed", on=on, words=words, opinion=opinion_of(request), seen=seen, **base
            )
            return "已登记意见，征求意见结束，答复期限继续计算。"
        case "silent":
            consultations.silent(words=words, seen=seen, **base)
            return "已登记逾期未提出意见，征求意见结束，答复期限继续计算。"
        case "undeliverable":
            consultations.undeliverable(on=on, words=words, **base)
            return "已登记无法送达。请决定怎样处理。"
        case "resolved":
            consultations.resolve(on=on, words=words, seen=seen, **base)
            return "已登记处理方式，征求意见结束，答复期限继续计算。"
        case _:
            raise Http404("没有这一步")


@require_POST
@needs("onrequest.consult")
def step(request: HttpRequest, key: uuid.UUID, consultation: uuid.UUID, name: str) -> HttpResponse:
    """Enter one step; refused, the page comes back with what was typed."""
    application, row = _row(request, key, consultation, "onrequest.consult")
    try:
        said = _do(request, row, name)
    except Refused as error:
        return _page(request, application, row, refused=str(error), step=name)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("consultation", args=[key, consultation]))


@require_POST
@needs("onrequest.draft_decision")
def notice(request: HttpRequest, key: uuid.UUID, consultation: uuid.UUID, whom: str) -> HttpResponse:
    """Draft the notice to the applicant, or to a third party whose objection is overridden."""
    application, row = _row(request, key, consultation, "onrequest.draft_decision")
    try:
        if whom == "applicant":
            letter = consultations.draft_notice(audit=audit_of(request), application=application)
        else:
            letter = consultations.draft_decision_notice(audit=audit_of(request), consultation=row)
    except Refused as error:
        return _page(request, application, row, refused=str(error), step="notice")
    return HttpResponseRedirect(reverse("letter", args=[key, letter.pk]))

"""Keying in an application that came at the counter, by post, fax or e-mail; its receipt."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.selectors import mailroom as book
from gongkai.web.onrequest.selectors.facts import applicant_of, standing_of
from gongkai.web.onrequest.services import mailroom
from gongkai.web.onrequest.services.attachments import look_through
from gongkai.web.onrequest.services.intake import Registered, register
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.typed import key_asked
from gongkai.web.workbench.asked import files_sent, organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms import ApplicationForm
from gongkai.web.workbench.views.cases import application_or_404


def _letter(request: HttpRequest) -> Any:
    """The letter of the mail room's book that is being registered, or None. Http404 for one that is not there."""
    said = request.GET.get("mail", "")
    if not said:
        return None
    key = key_asked(said)
    found = book.item_of(person_of(request).county, key) if key else None
    if found is None:
        raise Http404("登记簿中没有这封信")
    check_act(person_of(request), "onrequest.register", whose(person_of(request), found.organ_id))
    return found


def _from_letter(request: HttpRequest, letter: Any) -> dict[str, Any]:
    """What the book tells of an application: its day is the day of signing; the sender is opened on record."""
    with transaction.atomic():
        sender = personal.seen(audit_of(request), letter, "sender")["sender"] if letter.sender else ""
    return {
        "organ": str(letter.organ_id),
        "channel": "post_signed" if letter.signed_for else "post_plain",
        "received_on": letter.signed_on if letter.signed_for else timezone.localdate(),
        "name": sender,
    }


def _register(request: HttpRequest, form: ApplicationForm, files: tuple[Any, ...], letter: Any) -> Registered:
    """Register, and settle the letter in the book with it, or neither."""
    incoming = form.incoming(files)
    if letter is None:
        return register(audit=audit_of(request), incoming=incoming)
    mailroom.check_letter(letter, incoming.organ, incoming.channel, incoming.received_on)
    late = incoming.late_reason or f"{letter.get_place_display()}{letter.signed_on:%Y年%-m月%-d日}签收，由收件登记转来"
    with transaction.atomic():
        done = register(audit=audit_of(request), incoming=replace(incoming, late_reason=late))
        if not done.again:
            mailroom.registered(audit=audit_of(request), item=letter, application=done.application)
    return done


@require_http_methods(["GET", "POST"])
@needs("onrequest.register")
def new(request: HttpRequest) -> HttpResponse:
    """Register an application. What was typed stays when something is refused."""
    person = person_of(request)
    organs = organs_offered(person, "onrequest.register")
    letter = _letter(request)
    told = _from_letter(request, letter) if letter is not None and request.method == "GET" else {}
    form = ApplicationForm(request.POST or None, organs=organs, initial=ApplicationForm.fresh() | told)
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                files = tuple(
                    look_through(*each, role)
                    for role in ("application_scan", "identity_proof", "attachment")
                    for each in files_sent(request, role)
                )
                done = _register(request, form, files, letter)
            except Refused as error:
                refused = str(error)
            else:
                for warning in done.warnings:
                    messages.warning(request, warning)
                if done.again:
                    messages.warning(request, "这份申请已经登记过，没有重复登记。")
                return HttpResponseRedirect(reverse("case-receipt", args=[done.application.pk]))
        else:
            refused = "有几项需要改正，请看标出的位置。"
    context = {"form": form, "refused": refused, "no_organs": not organs, "letter": letter}
    return render(request, "cases/new.html", context, status=status)


@require_GET
@needs("onrequest.look")
def receipt(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The receipt: number, day, due day, query code; to be printed and handed over."""
    application = application_or_404(request, key)
    person = person_of(request)
    standing = standing_of(application)
    code = ""
    if policies.can_case(person, "onrequest.register", application):
        with transaction.atomic():
            audit_of(request).record("onrequest.show_query_code", application)
        code = personal.reveal(application, "query_code")
    context = {
        "application": application,
        "clock": standing.clock,
        "received_on": standing.received_on,
        "code": code,
        "name": personal.reveal(applicant_of(application), "name"),
    }
    return render(request, "cases/receipt.html", context)

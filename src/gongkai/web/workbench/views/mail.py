"""The mail room's book: letters signed for, handed over, registered, or found to be something else."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors import mailroom as book
from gongkai.web.onrequest.services import mailroom
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.workbench.asked import day_of, organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_registers import MailForm

ACT = "onrequest.mail_room"


def _page(
    request: HttpRequest, form: MailForm, *, refused: str = "", row: str = "", told: str = "", status: int = 200
) -> HttpResponse:
    person = person_of(request)
    today = timezone.localdate()
    keys = [organ.pk for organ in organs_offered(person, ACT)]
    open_items = book.items(person.county, keys, today, open_only=True)
    context: dict[str, Any] = {
        "form": form,
        "refused": refused,
        "refused_row": row,
        "typed": request.POST if refused else {},
        "open_items": open_items,
        "alarms": sum(1 for item in open_items if item.alarm),
        "settled": [item for item in book.items(person.county, keys, today, open_only=False) if item.outcome],
        "today": today,
        "told": told,
        "told_row": row if told else "",
        "one_organ": len(keys) == 1,
        "may_register": [o.name for o in organs_offered(person, "onrequest.register")],
    }
    return render(request, "cases/mail.html", context, status=status)


def _form(request: HttpRequest, data: Any = None) -> MailForm:
    form = MailForm(data, organs=organs_offered(person_of(request), ACT))
    form.choose("place", book.PLACES)
    return form


@require_http_methods(["GET", "POST"])
@needs(ACT)
def mail(request: HttpRequest) -> HttpResponse:
    """The book, what is open first; a letter is written in with one line."""
    if request.method != "POST":
        return _page(request, _form(request))
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, refused="有几项需要改正，请看标出的位置。", status=422)
    told = form.cleaned_data
    try:
        mailroom.sign_for(
            audit=audit_of(request),
            organ=form.organ_chosen,
            place=told["place"],
            signed_on=told["signed_on"],
            mail_number=told["mail_number"],
            sender=told["sender"],
            signed_for=told["signed_for"],
        )
    except Refused as error:
        return _page(request, form, refused=str(error), status=409)
    messages.success(request, "已登记。请尽快移交公开工作机构或者登记为申请，答复期限从签收次日起算。")
    return HttpResponseRedirect(reverse("mail"))


def item_or_404(request: HttpRequest, key: uuid.UUID, act: str = ACT) -> Any:
    """The letter, when this person may do `act` for its organ. Http404 when the county has none."""
    person = person_of(request)
    found = book.item_of(person.county, key)
    if found is None:
        raise Http404("登记簿中没有这封信")
    check_act(person, act, whose(person, found.organ_id))
    return found


@require_POST
@needs(ACT)
def step(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Handed over, or found to be something else; and what was typed of that, for whom the sender is no secret."""
    item = item_or_404(request, key)
    if name == "typed":
        with transaction.atomic():
            told = book.see_reason(audit_of(request), item)
        response = _page(request, _form(request), row=str(key), told=told)
        response.headers["Cache-Control"] = "no-store"
        return response
    try:
        if name == "hand-over":
            mailroom.hand_over(
                audit=audit_of(request), item=item, on=day_of(request, "on", needed="移交日期") or timezone.localdate()
            )
            said = "已登记移交。"
        elif name == "other":
            mailroom.not_an_application(audit=audit_of(request), item=item, reason=request.POST.get("reason", "")[:200])
            said = "已登记：不是公开申请。"
        else:
            raise Http404("没有这种办理")
    except Refused as error:
        return _page(request, _form(request), refused=str(error), row=str(key), status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("mail"))

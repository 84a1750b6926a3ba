"""Before an application is filled in: what is wanted, and whether it is public already.

Nothing is sent yet and nothing is kept; what was typed travels in the form, never in an address.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.onrequest.services.offers import ENOUGH, SHOWN, count
from gongkai.web.portal.context import county_of, new_token, token_of
from gongkai.web.portal.forms import ApplyForm
from gongkai.web.portal.views.searching import lines_of
from gongkai.web.search.offers import offers


class AskForm(forms.Form):
    """The first question of an application alone."""

    content = ApplyForm.base_fields["content"]


def asked(request: HttpRequest, organ: Any, form: AskForm | None = None) -> HttpResponse:
    """The first question."""
    context = {"organ": organ, "form": form or AskForm(), "token": new_token()}
    return render(request, "portal/ask.html", context, status=422 if form else 200)


def answer(request: HttpRequest, organ: Any) -> HttpResponse | str:
    """What comes after the first question: what is public already, the end, or (words) the form with these words."""
    form = AskForm(request.POST)
    step, county, token = request.POST["step"], county_of(), token_of(request)
    if step == "enough":
        if token is not None:
            count(county=county.pk, organ=organ.pk, kind=ENOUGH, once=token.once)
        return render(request, "portal/enough.html", {"organ": organ})
    if step == "back":
        return render(request, "portal/ask.html", {"organ": organ, "form": form, "token": new_token()})
    if not form.is_valid():
        return asked(request, organ, form)
    content = str(form.cleaned_data["content"])
    if step == "on":
        return content
    lines = lines_of(county.pk, offers(content, county=county.pk))
    if not lines:
        return content
    if token is not None:
        count(county=county.pk, organ=organ.pk, kind=SHOWN, once=token.once)
    context = {"organ": organ, "lines": lines, "content": content, "token": request.POST.get("token", "")}
    return render(request, "portal/offers.html", context)

"""Applying: choose the organ, fill in one page, have the number and the code."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.onrequest.applicants import IdentityKind, identity_warnings
from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors.follow import known_submission
from gongkai.web.onrequest.services.intake import Incoming
from gongkai.web.onrequest.services.online import apply_online
from gongkai.web.organs.selectors import FORM_LABELS, living_organs
from gongkai.web.people.policies import public
from gongkai.web.portal.context import audit_of, county_of, private
from gongkai.web.portal.forms import ApplyForm
from gongkai.web.portal.sending import Sending, form_page
from gongkai.web.portal.session import APPLICATION
from gongkai.web.portal.uploads import taken
from gongkai.web.portal.views import offering
from gongkai.web.portal.views.home import limits, organ_or_404

ROLES = {"identity_proof": "identity_proof", "attachment": "attachment"}


@public("任何人都可以申请公开政府信息")
@require_GET
def organs(request: HttpRequest) -> HttpResponse:
    """Choose the organ: searched by a part of its name, or from the list by kind."""
    asked = "".join(request.GET.get("q", "")[:60].replace("\x00", "").split())
    found = [organ for organ in living_organs(county_of().pk) if asked in organ.name]
    kinds = [*FORM_LABELS.items(), ("", "其他机关")]
    groups = [(says, [o for o in found if o.form == key]) for key, says in kinds]
    context = {"groups": [(says, rows) for says, rows in groups if rows], "asked": asked, "count": len(found)}
    return render(request, "portal/organs.html", context)


def _page(request: HttpRequest, organ: Any, form: ApplyForm, **more: Any) -> HttpResponse:
    told = {"organ": organ, "limits": limits(), "warnings": ()}
    return form_page(request, "portal/apply.html", form, told, *ROLES, **more)


@public("任何人都可以申请公开政府信息")
@private
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what is wanted, see what is public already, fill in and send an application. What was typed stays.

    The first two steps send nothing yet: what is sent with the whole form is registered at once, on that day.
    """
    organ = organ_or_404(county_of(), key)
    if request.method == "GET":
        return offering.asked(request, organ)
    if "step" in request.POST:
        onward = offering.answer(request, organ)
        if isinstance(onward, HttpResponse):
            return onward
        return _page(request, organ, ApplyForm(initial={"content": onward}), status=200)
    return _Sent(request, organ).answer()


class _Sent(Sending):
    """One form as it was sent."""

    form: ApplyForm

    def __init__(self, request: HttpRequest, organ: Any) -> None:
        super().__init__(request, ApplyForm(request.POST), organ.name)
        self.organ = organ

    def identity(self) -> str:
        """Who applies, as it is counted."""
        return str(self.form.cleaned_data.get("identity", ""))

    def answer(self) -> HttpResponse:
        """Register it, or say what is to be put right."""
        if self.token is None:
            return self.too_old("提交申请")
        if not self.form.is_valid():
            return self.again()
        incoming = self.form.incoming(self.organ, self.token.once, timezone.localdate())
        known = known_submission(self.county.pk, incoming.once)
        if known is not None:
            return self.received(known)
        try:
            return self.asked("提交申请") or self.warned(incoming) or self.register(incoming)
        except Refused as error:
            return self.again(refused=str(error))

    def page(self, **more: Any) -> HttpResponse:
        """The form once more, as it was filled in."""
        return _page(self.request, self.organ, self.form, **more)

    def warned(self, incoming: Incoming) -> HttpResponse | None:
        """What looks wrong with the number of the paper, unless the person said that it is so."""
        if self.form.cleaned_data["identity_confirmed"]:
            return None
        found = identity_warnings(IdentityKind(incoming.who.identity_kind), incoming.who.identity)
        return self.again(warnings=found) if found else None

    def register(self, incoming: Incoming) -> HttpResponse:
        """Look through the files, count, register."""
        files = taken(self.request, **ROLES)
        self.count()
        done = apply_online(
            audit=audit_of(self.county), incoming=replace(incoming, files=files), notices=self.form.notices()
        )
        return self.received(done.application)

    def received(self, application: Any) -> HttpResponse:
        """To the receipt, which only this browser may see."""
        return APPLICATION.bind(HttpResponseRedirect(reverse("portal-follow-receipt") + "?new=1"), application)

"""Two applications side by side; a person says how they belong together."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.onrequest.applicants import APPLICANT_KINDS, ApplicantKind
from gongkai.web.facts import Refused
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.selectors.alike import judgements
from gongkai.web.onrequest.selectors.facts import applicant_of, standing_of
from gongkai.web.onrequest.selectors.hidden import hiding
from gongkai.web.onrequest.services.links import BY_ACT, link
from gongkai.web.onrequest.words import LINKS
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.cases import application_or_404

SEE = "onrequest.see_personal"


@require_http_methods(["GET", "POST"])
@needs("onrequest.look")
def compare(request: HttpRequest, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Both contents beside each other. Whether one repeats the other is never decided by the program."""
    mine = application_or_404(request, key)
    theirs = application_or_404(request, other)
    refused = ""
    if request.method == "POST":
        policies.check_case(person_of(request), "onrequest.merge", mine)
        try:
            row = link(
                audit=audit_of(request),
                application=mine,
                other=theirs,
                kind=request.POST.get("kind", ""),
                reason=request.POST.get("reason", ""),
            )
            messages.success(request, f"已记下：{row.get_kind_display()}。")
            return HttpResponseRedirect(reverse("case", args=[key]))
        except Refused as error:
            refused = str(error)
    sides = [
        {
            "application": application,
            "content": hide(personal.reveal(application, "content")),
            "kind": APPLICANT_KINDS[ApplicantKind(applicant.kind)],
            "name": personal.reveal(applicant, "name"),
            "standing": standing_of(application),
            "same": applicant.identity_key,
        }
        for application in (mine, theirs)
        for applicant in (applicant_of(application),)
        for hide in (str if policies.can_case(person_of(request), SEE, application) else hiding(application),)
    ]
    context = {
        "sides": sides,
        "same_applicant": sides[0]["same"] == sides[1]["same"],
        "judged": judgements(mine).get(theirs.pk, ""),
        "kinds": [(kind, zh) for kind, zh in LINKS if kind not in BY_ACT],
        "can_merge": policies.can_case(person_of(request), "onrequest.merge", mine),
        "refused": refused,
    }
    return render(request, "cases/compare.html", context, status=409 if refused else 200)

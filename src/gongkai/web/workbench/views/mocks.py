"""The register of test applications at the desk."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.web.assessment import policies
from gongkai.web.assessment.mocking import ELEMENTS
from gongkai.web.assessment.selectors import mocks as selectors
from gongkai.web.assessment.selectors import rounds
from gongkai.web.assessment.services import mocks as services
from gongkai.web.assessment.words import HAVE
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import needs
from gongkai.web.people.selectors import names_of
from gongkai.web.typed import key_asked
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of

MOCK = policies.MOCK


@require_http_methods(["GET", "POST"])
@needs(MOCK)
def listing(request: HttpRequest) -> HttpResponse:
    """The tests of other organs than one's own; sent: a new one."""
    person = person_of(request)
    refused = ""
    if request.method == "POST":
        try:
            row = _sent(request)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已登记。这是模拟申请，不计入任何统计和年报。")
            return HttpResponseRedirect(reverse("assessment-mock", args=[row.pk]))
    others = [organ for organ in living_organs(person.county) if not policies.at_home(person, organ.pk)]
    context = {
        "lines": [line for line in selectors.mocks(person.county) if not policies.at_home(person, line.mock.organ_id)],
        "organs": others,
        "rounds": [each.round for each in rounds.rounds(person.county, None)],
        "channels": services.CHANNELS.items(),
        "said": request.POST,
        "refused": refused,
        "today": timezone.localdate(),
    }
    return render(request, "assessment/mocks.html", context, status=422 if refused else 200)


def _sent(request: HttpRequest) -> Any:
    said, person = request.POST, person_of(request)
    key = key_asked(said.get("round", ""))
    sent_on = day_of(request, "sent_on", needed="提交日期")
    assert sent_on is not None
    return services.send(
        audit=audit_of(request),
        organ=key_asked(said.get("organ", "")) or uuid.UUID(int=0),
        channel=said.get("channel", ""),
        sent_on=sent_on,
        asked=said.get("asked", ""),
        of=rounds.round_of(person.county, key) if key else None,
    )


@require_http_methods(["GET", "POST"])
@needs(MOCK)
def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One test: what came of it; sent: what was found."""
    person = person_of(request)
    found = selectors.mock_of(person.county, key)
    if found is None:
        raise Http404("没有这件模拟申请")
    policies.check_mock(person, found.organ_id)
    refused = ""
    if request.method == "POST":
        try:
            _found(request, found)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已登记。")
            return HttpResponseRedirect(reverse("assessment-mock", args=[key]))
    history = selectors.findings_of(found)
    line = selectors.Line(found, history[0] if history else None)
    names = names_of(row.by for row in history)
    said = request.POST if refused else {}
    met = line.seen.met
    context = {
        "mock": found,
        "line": line,
        "elements": [
            (k, zh, said.get(f"met_{k}", {True: "yes", False: "no", None: ""}[met.get(k)]))
            for k, zh in ELEMENTS.items()
        ],
        "history": [(row, names.get(row.by, "")) for row in history],
        "said": said,
        "refused": refused,
        "today": timezone.localdate(),
    }
    return render(request, "assessment/mock.html", context, status=422 if refused else 200)


def _found(request: HttpRequest, mock: Any) -> None:
    said = request.POST
    services.find(
        audit=audit_of(request),
        mock=mock,
        reached=HAVE.get(said.get("reached", "")),
        answered_on=day_of(request, "answered_on"),
        silent=said.get("silent") == "1",
        met={key: HAVE.get(said.get(f"met_{key}", "")) for key in ELEMENTS},
        case_number=said.get("case_number", ""),
        words=said.get("words", ""),
    )

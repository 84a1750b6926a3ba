"""Notices on a round at the desk: the circular with its results, and what each organ is to put right; drafted, not sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.web.assessment import policies
from gongkai.web.assessment.selectors import notices as selectors
from gongkai.web.assessment.selectors import rounds
from gongkai.web.facts import Refused
from gongkai.web.organs.succession import succession
from gongkai.web.oversight import policies as supervision
from gongkai.web.oversight.selectors import notices as drafted
from gongkai.web.oversight.selectors.settings import reply_due
from gongkai.web.oversight.services import notices as services
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject, Text
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import keys_asked
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of


@require_http_methods(["GET", "POST"])
@needs(policies.KEEP, post=supervision.NOTIFY)
def notice(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What a circular and notices would say; sent: they are drafted, to be gone over and sent by a person."""
    person, today, refused = person_of(request), timezone.localdate(), ""
    found = rounds.round_of(person.county, key)
    known_as = rounds.ranked(found) if found else None
    if found is None or known_as is None:
        raise Http404("这次考核还没有公布排名")
    text, lost = selectors.circular(found, known_as[1]), selectors.lost(found)
    if request.method == "POST":
        try:
            made = _draft(request, found, text, known_as[1], lost)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已起草{len(made)}份，请核对后发出。")
            if len(made) == 1:
                return HttpResponseRedirect(reverse("oversight-notice", args=[made[0].pk]))
            return HttpResponseRedirect(f"{reverse('oversight-notices')}?group=draft")
    chosen = set(keys_asked(request.POST.getlist("organ")))
    context = {
        "round": found,
        "text": text,
        "lost": [(each, each.organ in chosen if chosen else each.failed) for each in lost if each.subjects],
        "drafted": drafted.about(person.county, "assessment", found.pk),
        "reply_by": request.POST.get("reply_by") or reply_due(person.county, today).isoformat(),
        "refused": refused,
        "today": today,
        "may_notify": can_some(person, supervision.NOTIFY),
    }
    return render(request, "assessment/notice.html", context, status=422 if refused else 200)


def _draft(
    request: HttpRequest, found: Any, text: Text, lines: list[rounds.Placed], lost: list[selectors.Lost]
) -> list[Any]:
    audit, said = audit_of(request), request.POST
    if said.get("kind") == "circular":
        organs = succession(audit.county).holders(line.organ for line in lines)
        about = [About("assessment", found.pk, Subject(f"{found.title}的结果"))]
        return [
            services.draft(
                audit=audit,
                kind="circular",
                organs=organs,
                about=about,
                reply_by=day_of(request, "reply_by"),
                text=text,
            )
        ]
    chosen = set(keys_asked(said.getlist("organ")))
    wanted = [each for each in lost if each.organ in chosen and each.subjects]
    if not wanted:
        raise Refused("请选择有失分指标的单位。")
    with transaction.atomic():
        return [
            services.draft(
                audit=audit,
                kind="rectify",
                organs=[each.organ],
                about=[About("assessment", found.pk, subject) for subject in each.subjects],
                reply_by=day_of(request, "reply_by"),
            )
            for each in wanted
        ]

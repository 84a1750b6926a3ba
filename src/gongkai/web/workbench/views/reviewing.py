"""Review: what waits for whom, the hints of the check before publication, and the ledger of releases."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.cms.selectors.migration import items_of, migration_of
from gongkai.web.facts import Refused
from gongkai.web.people.policies import can_some, needs
from gongkai.web.people.selectors import names_of
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import entries as selectors
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services.checks import check_entry
from gongkai.web.review.services import decide_hint
from gongkai.web.typed import day_asked
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.entriesmany import waiting_release
from gongkai.web.workbench.views.entry import item_or_404, page

LOOK, CHECK = "proactive.look", "proactive.check"


@require_GET
@needs(LOOK)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person's review: urgent first, then by the day it is due."""
    person = person_of(request)
    site = migration_of(person.county, request.GET.get("migration", ""))
    keys = items_of(site) if site is not None and can_some(person, "cms.look") else None
    context = {
        "lines": [each for each in selectors.queue(person) if keys is None or each[0].key in keys],
        "approved": [each for each in waiting_release(person) if keys is None or each.key in keys],
        "migration": site if keys is not None else None,
    }
    return render(request, "entries/queue.html", context)


@require_POST
@needs(CHECK)
def check(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Check the words and the files of the newest version before it goes out."""
    item = item_or_404(request, key, CHECK)
    runs = check_entry(audit=audit_of(request), item=item)
    found = sum(len(run.hits) for run in runs)
    messages.success(
        request, f"已检查正文和{len(runs) - 1}个文件，有{found}处提示。" if found else "已检查，没有提示。"
    )
    return HttpResponseRedirect(reverse("entry", args=[key]) + "#hints")


@require_POST
@needs(CHECK)
def hint(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Decide on one hint."""
    item = item_or_404(request, key, CHECK)
    version = newest_version(item)
    assert version is not None
    said = request.POST
    try:
        decide_hint(
            audit=audit_of(request),
            subject=version.pk,
            sha256=said.get("sha256", ""),
            fingerprint=said.get("fingerprint", ""),
            verdict=said.get("verdict", ""),
            reason=said.get("reason", ""),
        )
    except Refused as error:
        return page(request, item, refused=str(error), status=409)
    return HttpResponseRedirect(reverse("entry", args=[key]) + "#hints")


@require_GET
@needs(LOOK)
def ledger(request: HttpRequest) -> HttpResponse:
    """信息发布登记: what was released between two days, each with who reviewed it."""
    person, today, said = person_of(request), timezone.localdate(), request.GET
    first, last = day_asked(said.get("first", "")) or today.replace(day=1), day_asked(said.get("last", "")) or today
    organs = policies.organs_seen(person)
    rows = selectors.release_ledger(person.county, organs, first, last)
    names = names_of(act.by for _, acts in rows for act in acts)
    lines = [
        (row, [(selectors.stage_name(act), act.signer or names.get(act.by, "")) for act in acts]) for row, acts in rows
    ]
    context = {"lines": lines, "first": first, "last": last, "whole_county": organs is None, "now": timezone.now()}
    return render(request, "entries/ledger.html", context)

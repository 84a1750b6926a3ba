"""What the audit administrator reads: who did what, whether the record is whole, and the signed head of a day."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.audit import chain, heads, selectors
from gongkai.web.audit.verify import verify as verify_county
from gongkai.web.people import selectors as people
from gongkai.web.people.done import act_words, app_words
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import day_asked, key_asked
from gongkai.web.workbench.context import county_of, person_of

ROWS = 50


@require_GET
@needs("audit.look")
def audit(request: HttpRequest) -> HttpResponse:
    """Every act, newest first, by day, person and act."""
    county = county_of(request)
    kept = {k: request.GET.get(k, "")[:80] for k in ("first", "last", "actor", "act")}
    rows = selectors.found(
        county.pk,
        first=day_asked(kept["first"]),
        last=day_asked(kept["last"]),
        actor=key_asked(kept["actor"]),
        act=kept["act"],
    )
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    acts = selectors.as_acts(list(page.object_list))
    names, numbers = people.names_of(a.actor for a in acts), selectors.numbers_of([a.key for a in acts])
    known = selectors.acts_known(county.pk)
    query = urlencode({k: v for k, v in kept.items() if v})
    context = {
        "page": page,
        "lines": [_line(a, names, numbers) for a in acts],
        "kept": kept,
        "query": query,
        "people": [(str(row.person.pk), row.person.name) for row in people.rows(county.pk)],
        "acts": [(a, act_words(a)) for a in known],
        "apps": sorted({(a.split(".")[0] + ".", app_words(a)) for a in known}),
        "days": heads.days_with_heads(county.pk)[:14],
        "can_verify": can_some(person_of(request), "audit.verify"),
    }
    return render(request, "people/audit.html", context)


def _line(act: selectors.Act, names: dict[uuid.UUID, str], numbers: dict[uuid.UUID, int]) -> dict[str, Any]:
    columns = act.facts.get("columns") if act.act.endswith("see_personal") else None
    return {
        "at": act.at,
        "who": names.get(act.actor, "系统"),
        "what": act_words(act.act),
        "object": str(act.object_id)[-12:],
        "number": numbers.get(act.key),
        "intact": act.intact,
        "personal": bool(columns) or act.act.endswith("see_personal"),
    }


@require_POST
@needs("audit.verify")
def verify(request: HttpRequest) -> HttpResponse:
    """Verify everything now, and say what was found."""
    county = county_of(request)
    chain.seal(county.pk)
    verdict = verify_county(county.pk)
    (messages.success if verdict.whole else messages.error)(request, verdict.words)
    return render(request, "people/verdict.html", {"verdict": verdict, "at": timezone.now()})


@require_GET
@needs("audit.look")
def head(request: HttpRequest, day: str) -> HttpResponse:
    """The signed head of a day, to be printed and put away."""
    county, wanted = county_of(request), day_asked(day)
    if wanted is None:
        raise Http404("没有这一天")
    found = heads.head_of(county.pk, wanted)
    if wanted == timezone.localdate() and found is None:
        found = chain.sign_today(county.pk)
    if found is None:
        raise Http404("这一天没有签名的封存值")
    pairs = [found.link[n : n + 8] for n in range(0, 64, 8)]
    context = {
        "head": found,
        "day": wanted,
        "link": pairs,
        "signature": [found.signature[n : n + 16] for n in range(0, 128, 16)],
        "key": [heads.public_key()[n : n + 8] for n in range(0, 64, 8)],
        "signed": heads.is_signed(found),
    }
    return render(request, "people/head.html", context)

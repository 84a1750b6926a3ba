"""The home of the public side, and what becomes of personal data, in plain words."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from gongkai.law.citations import LIMIT_TO_EXTEND, LIMIT_TO_REPLY, NO_FEE
from gongkai.law.parameters import PARAMETERS
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.portal.listing import lines_of
from gongkai.web.proactive.selectors.entries import topic_names
from gongkai.web.proactive.selectors.public import count, counts, turned

NEWEST = 10
BEYOND = 30
"""So many more are looked through when those of the standing boards are passed over."""
TOPICS = 6
STANDING = frozenset({"guide", "system"})
"""Boards whose entries stand for years: what is new is told of the others."""


def shown_organs(county: uuid.UUID, held: dict[str, int]) -> list[Any]:
    """The organs that the public looks for: those on the county's list, and whoever has published."""
    return [organ for organ in living_organs(county) if organ.listed or held.get(str(organ.pk))]


def newest(county: uuid.UUID) -> list[Any]:
    """What became public last, guides and rules passed over."""
    rows = turned(county, limit=NEWEST + BEYOND)
    return [row for row in rows if not set(row.metadata.get("columns") or ()) & STANDING][:NEWEST]


def organ_or_404(county: Any, key: uuid.UUID) -> Any:
    """A living organ of the county."""
    found = next((organ for organ in living_organs(county.pk) if organ.pk == key), None)
    if found is None:
        raise Http404("没有这个机关")
    return found


def limits() -> dict[str, Any]:
    """The limits that every applicant should know, with their provisions."""
    today = timezone.localdate()
    return {
        "reply": PARAMETERS["reply"].amount(today),
        "extension": PARAMETERS["extension"].amount(today),
        "reply_cites": LIMIT_TO_REPLY,
        "extension_cites": LIMIT_TO_EXTEND,
        "fee_cites": NO_FEE,
    }


@kept
@public("公众首页")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where the public begins: search, the four boards, apply and follow, what is new."""
    county = county_of()
    held = counts(county.pk, "topic")
    topics = [(key, name, held.get(key, 0)) for key, name in topic_names(county.pk).items()]
    asking = turned(county.pk, (("kind", "consultation"),), limit=5)
    context = {
        "count": count(county.pk),
        "organs": len(shown_organs(county.pk, counts(county.pk, "organ"))),
        "lines": lines_of(newest(county.pk)),
        "topics": topics[:TOPICS],
        "asking": lines_of(asking),
    }
    return render(request, "portal/home.html", context)


@public("申请前应当能看到个人信息怎样处理")
@require_GET
def privacy(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What becomes of an applicant's personal data."""
    return render(request, "portal/privacy.html", {"organ": organ_or_404(county_of(), key)})

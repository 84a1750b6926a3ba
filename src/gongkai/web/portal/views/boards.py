"""The four boards of the county and of each organ, and the organs themselves."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.citations import REGULATIONS
from gongkai.proactive.guide import FIELDS
from gongkai.web import charts
from gongkai.web.guide.selectors import COLUMN
from gongkai.web.organs.selectors import FORM_LABELS, competent_department
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.portal.listing import leaves, lines_of
from gongkai.web.portal.views.home import organ_or_404, shown_organs
from gongkai.web.proactive.body import shown
from gongkai.web.proactive.selectors.public import count, counts, months, public_item, turned
from gongkai.web.typed import page_asked

SYSTEM = "system"
NEWEST = 8
SIZE = 20


def a_year_back(today: date) -> list[date]:
    """The first days of this month and the eleven before it, oldest first."""
    numbers = [today.year * 12 + today.month - 1 - back for back in range(11, -1, -1)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def by_month(county: uuid.UUID, organ: uuid.UUID | None = None) -> dict[str, Any]:
    """A chart of what became public in each of twelve months, and the figures for the table under it."""
    firsts = a_year_back(timezone.localdate())
    held = {month.first: month.held for month in months(county, firsts[0], organ=organ)}
    figures = [(first, held.get(first, 0)) for first in firsts]
    labels = [f"{first.month}月" for first in firsts]
    bars = [charts.Bars("公开", tuple(n for _, n in figures))]
    return {"chart": charts.bars("months", "近十二个月公开的信息", labels, bars, unit="条"), "months": figures}


@kept
@public("政府信息公开的四个板块")
@require_safe
def county(request: HttpRequest) -> HttpResponse:
    """The four boards of the county, with what became public month by month."""
    here = county_of()
    return render(request, "portal/boards.html", {"count": count(here.pk), **by_month(here.pk)})


@kept
@public("公开机关")
@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """Every organ of the list with how much it has published."""
    here = county_of()
    held = counts(here.pk, "organ")
    groups: dict[str, list[tuple[Any, int]]] = {}
    for organ in shown_organs(here.pk, held):
        groups.setdefault(organ.form, []).append((organ, held.get(str(organ.pk), 0)))
    order = [(FORM_LABELS.get(form, "其他机关"), groups[form]) for form in (*FORM_LABELS, "") if form in groups]
    return render(request, "portal/bodies.html", {"groups": order})


@kept
@public("机关的公开专栏")
@require_safe
def organ(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """An organ: its boards, how to reach it, what is new."""
    here = county_of()
    found = organ_or_404(here, key)
    listed = (("organ", str(found.pk)),)
    context = {
        "organ": found,
        "count": count(here.pk, listed),
        "lines": lines_of(turned(here.pk, listed, limit=NEWEST)),
        **by_month(here.pk, found.pk),
    }
    return render(request, "portal/organ.html", context)


@kept
@public("政府信息公开指南")
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Whose guide may be read: every organ, with the day of its guide."""
    here = county_of()
    listed, at = (("column", COLUMN),), timezone.now()
    newest_first = turned(here.pk, listed, limit=count(here.pk, listed, at), at=at)
    rows = {row.organ_id: row for row in reversed(newest_first)}
    found = [(each, rows.get(each.pk)) for each in shown_organs(here.pk, counts(here.pk, "organ"))]
    context = {"rows": found, "held": len(rows), "competent": competent_department(here.pk), "fields": FIELDS}
    return render(request, "portal/guides.html", context)


@kept
@public("政府信息公开指南")
@require_safe
def guide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The guide of an organ as it was published, and how to reach the organ as known today."""
    here = county_of()
    found = organ_or_404(here, key)
    rows = turned(here.pk, (("column", COLUMN), ("organ", str(found.pk))), limit=1)
    release = public_item(here.pk, rows[0].item_id) if rows else None
    context: dict[str, Any] = {"organ": found, "release": release, "competent": competent_department(here.pk)}
    if release is not None:
        files = f"/items/{release.item_id}/files/"
        context["body"] = shown(release.version.body, lambda file: f"{files}{file}")
    return render(request, "portal/guide.html", context)


def _system(request: HttpRequest, found: Any = None) -> HttpResponse:
    here = county_of()
    listed = (("column", SYSTEM), *((("organ", str(found.pk)),) if found is not None else ()))
    number, at = page_asked(request.GET), timezone.now()
    rows = turned(here.pk, listed, limit=SIZE * number, at=at)[SIZE * (number - 1) :]
    many = count(here.pk, listed, at)
    context = {"organ": found, "lines": lines_of(rows), "count": many, "regulations": REGULATIONS}
    return render(request, "portal/system.html", context | leaves(number, many, SIZE))


@kept
@public("政府信息公开制度")
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """The rules of disclosure: the Regulations, and what the county and its organs have set."""
    return _system(request)


@kept
@public("政府信息公开制度")
@require_safe
def system_of(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The rules that an organ has set for itself."""
    return _system(request, organ_or_404(county_of(), key))

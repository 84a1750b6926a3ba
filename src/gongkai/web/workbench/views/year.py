"""The figures of a yearly report: every organ's years, one year's tables with what is behind them, where a record stands."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.annual.check import check
from gongkai.annual.forms import edition_for, form
from gongkai.web.compilation import policies
from gongkai.web.compilation.selectors import facts, pages
from gongkai.web.compilation.selectors.figures import KINDS, URLS
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.compilation.services import entering
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import known_of
from gongkai.web.workbench.context import audit_of, person_of

LOOK, ENTER = policies.LOOK, policies.ENTER
YEARS = 4
"""So many years the list shows."""
NAMED = 50
"""So many unplaced records a page names."""


def organ_or_404(request: HttpRequest, key: uuid.UUID, year: int, act: str = LOOK) -> Any:
    """The organ whose year this is, when this person may do `act` to it. Http404 for none, and for no such year."""
    person = person_of(request)
    found = organ_with(person.county, key)
    if found is None or edition_for(year) is None or year > timezone.localdate().year:
        raise Http404("没有这个年度")
    policies.check_year(person, act, found)
    return found


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """Whose figures may be looked at, year by year."""
    person, today = person_of(request), timezone.localdate()
    seen = policies.organs_seen(person)
    organs = [organ for organ in listed_organs(person.county) if seen is None or organ.pk in seen]
    organs.sort(key=lambda organ: organ.pk != person.organ_id)
    years = [year for year in range(today.year, today.year - YEARS, -1) if edition_for(year)]
    told = pages.worked_on(organs, years)
    rows = [(organ, [(year, told[organ.pk, year]) for year in years]) for organ in organs]
    return render(request, "year/list.html", {"rows": rows, "years": years})


@require_GET
@needs(LOOK)
def report(request: HttpRequest, organ: uuid.UUID, year: int) -> HttpResponse:
    """The three tables of an organ's year, each figure leading to what is behind it, and what is left to do."""
    found = organ_or_404(request, organ, year)
    known_at, known = known_of(request)
    of = worked(found, year, known_at)
    conflicts = [f for f in check(of.compiled.report()).findings if f.grade == "conflict"]
    said = facts.said_none(found.pk, year, known_at)
    context = {
        "organ": found,
        "of": of,
        "year": year,
        "known": known,
        "years": [y for y in range(timezone.localdate().year, 2018, -1) if edition_for(y)],
        "tables": [(s, t) for s in form(of.compiled.edition).sections if (t := pages.tables_of(of).get(s.number))],
        "blanks": pages.blanks(of),
        "left_out": of.compiled.left_out[:NAMED],
        "more": max(0, len(of.compiled.left_out) - NAMED),
        "conflicts": conflicts,
        "nothing": [(t, words, said.get(t)) for t, words in entering.NONE_WORDS if t in said or _unknown(of, t)],
        "enters": known is None and of.tally is not None and policies.can_year(person_of(request), ENTER, found),
    }
    return render(request, "year/report.html", context)


def _unknown(of: Any, table: int) -> bool:
    address = "applications.received.total" if table == 3 else "disputes.reconsideration.total"
    return of.tally is not None and of.compiled.figures[address].value is None


@require_POST
@needs(LOOK, post=ENTER)
def nothing(request: HttpRequest, organ: uuid.UUID, year: int, table: int) -> HttpResponse:
    """Say that there was nothing for a table, or take it back."""
    found = organ_or_404(request, organ, year, ENTER)
    told: dict[str, Any] = {"audit": audit_of(request), "organ": found, "year": year, "table": table}
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("back"):
            entering.take_back_none(**told, reason=reason)
        else:
            entering.say_none(**told, reason=reason)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已收回说明。" if request.POST.get("back") else "已登记说明，这张表的数计为0。")
    return HttpResponseRedirect(reverse("year-report", args=[found.pk, year]))


@require_GET
@needs(LOOK)
def record(request: HttpRequest, organ: uuid.UUID, year: int, kind: str, key: uuid.UUID) -> HttpResponse:
    """Where one record was counted in a year, and why not elsewhere."""
    found = organ_or_404(request, organ, year)
    known_at, known = known_of(request)
    standing = pages.standing(worked(found, year, known_at), kind, key) if kind in KINDS else None
    if standing is None:
        raise Http404("没有这条记录")
    opens = policies.may_open(person_of(request), kind, found)
    context = {
        "organ": found,
        "year": year,
        "known": known,
        "kind": kind,
        "kind_words": KINDS[kind],
        "key": key,
        "standing": standing,
        "title": standing.title if opens or kind == "application" else KINDS[kind],
        "address": reverse(URLS[kind], args=[key]) if opens else "",
        "before": year - 1 if edition_for(year - 1) else None,
        "after": year + 1 if year < timezone.localdate().year else None,
    }
    return render(request, "year/record.html", context)

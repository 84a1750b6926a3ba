"""The words of yearly reports: every organ's at a glance, one report's parts with their figures, how long they may be."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.annual.forms import edition_for
from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.narrative.watch import lacking, length
from gongkai.annual.report import COUNTY, OWN, SCOPES
from gongkai.web.facts import Refused
from gongkai.web.issuing.scopes import scopes_of
from gongkai.web.narrative import policies
from gongkai.web.narrative.selectors.gathering import gathered
from gongkai.web.narrative.selectors.settings import lengths
from gongkai.web.narrative.selectors.showing import shown
from gongkai.web.narrative.selectors.texts import filled_of, unready
from gongkai.web.narrative.selectors.versions import Line, lines_of, lines_of_county
from gongkai.web.narrative.selectors.watching import form_on, texts_in
from gongkai.web.narrative.services.settings import set_all
from gongkai.web.narrative.suppliers import Opens
from gongkai.web.people.policies import needs
from gongkai.web.rules.policies import can_set_county, check_set_county
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.reports import FIRST_YEAR, report_organ, scope_asked, who_report, year_asked

LOOK, WRITE = policies.LOOK, policies.WRITE


def organ_or_404(request: HttpRequest, key: uuid.UUID, year: int, act: str = LOOK) -> Any:
    """The organ whose words these are, when this person may do `act` to them. Http404 for none, and for no such year."""
    found = report_organ(request, key, year)
    policies.check_words(person_of(request), act, found)
    return found


def of_scope(organ: Any, year: int, scope: str) -> dict[str, Any]:
    """What a page says of the scope of the report, and which others the organ has."""
    others = [(each, SCOPES[each]) for each in scopes_of(organ, year)]
    return {"scope": scope, "of_county": scope == COUNTY, "scopes": others}


def address_of(opens: Opens | None) -> str:
    """The address of the page behind a number; empty where there is none."""
    if opens is None:
        return ""
    try:
        return reverse(opens.url_name, args=opens.args) + (f"?{opens.query}" if opens.query else "")
    except NoReverseMatch:
        return ""


def _state(line: Line) -> dict[str, Any]:
    current = line.current
    return {
        "number": current.number if current else None,
        "beside": len(line.beside),
        "at": current.recorded_at if current else None,
    }


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """Whose reports have which words, for a year."""
    person, today = person_of(request), timezone.localdate()
    year = year_asked(request, today)
    organs, whole = who_report(person.county, year, policies.organs_seen(person))
    of = [(COUNTY, whole), (OWN, organs)]
    lines = {scope: lines_of_county(person.county, year, some, scope) for scope, some in of}
    context = {
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "sections": SECTIONS,
        "rows": [
            (organ, scope, [(key, SECTIONS[key], _state(line)) for key, line in lines[scope][organ.pk].items()])
            for scope, some in of
            for organ in some
        ],
        "lengths": [(key, zh, lengths(person.county, None, today)[key]) for key, zh in SECTIONS.items()],
        "sets": can_set_county(person),
        "refused": request.GET.get("refused", ""),
    }
    return render(request, "words/list.html", context)


@require_POST
@needs(LOOK, post="rules.set")
def set_lengths(request: HttpRequest) -> HttpResponse:
    """Set how long the parts may be; all of them or, where one is refused, none."""
    check_set_county(person_of(request))
    try:
        typed = {section: request.POST.get(f"length-{section}", "").strip() for section in SECTIONS}
        if any(words and not words.isdecimal() for words in typed.values()):
            raise Refused("字数请填数字，不提示的留空。")
        set_all(
            audit=audit_of(request),
            characters={section: int(words[:8]) if words else None for section, words in typed.items()},
            valid_from=timezone.localdate(),
            reason=request.POST.get("reason", ""),
        )
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已保存字数提示，自今日起生效。")
    return HttpResponseRedirect(reverse("words"))


@require_GET
@needs(LOOK)
def report(request: HttpRequest, organ: uuid.UUID, year: int) -> HttpResponse:
    """The parts of one report as they stand, with their figures, and what is left to do."""
    found = organ_or_404(request, organ, year)
    scope = scope_asked(request, found, year)
    known = gathered(found, year)
    lines = lines_of(found, year, scope=scope)
    filled = {key: filled_of(line.current, known) for key, line in lines.items() if line.current}
    parts = [
        {
            "key": key,
            "zh": zh,
            "state": _state(lines[key]),
            "length": length(filled[key].text) if key in filled else 0,
            "paragraphs": [
                [(piece, address_of(piece.opens)) for piece in paragraph] for paragraph in shown(filled[key], (), known)
            ]
            if key in filled
            else [],
        }
        for key, zh in SECTIONS.items()
    ]
    context = {
        "organ": found,
        "year": year,
        **of_scope(found, year, scope),
        "parts": parts,
        "unready": unready(found, year, scope),
        "topics": lacking(texts_in(filled), edition_for(year) or "", form_on(found, year, scope)),
        "writes": policies.can_words(person_of(request), WRITE, found),
    }
    return render(request, "words/report.html", context)

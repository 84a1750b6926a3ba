"""The leader's page: the county, or one organ, at a glance; the brief of one page; the cases behind the rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.annual.series import plain
from gongkai.documents import MEDIA_TYPES
from gongkai.documents.sheets import sheet_docx, sheet_pdf
from gongkai.onrequest.progress import STATES, State
from gongkai.web import charts
from gongkai.web.onrequest import policies as case_policies
from gongkai.web.onrequest.selectors.figures import span_of
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.overview import policies
from gongkai.web.overview.brief import TITLE, brief
from gongkai.web.overview.selectors import due as due_of
from gongkai.web.overview.selectors.glance import MANY, TREND, Glance, glance
from gongkai.web.overview.selectors.reports import HEADLINES
from gongkai.web.overview.selectors.trend import Point, spans
from gongkai.web.overview.words import spoken
from gongkai.web.people.policies import can_some, check_act, needs, organs_for, whose
from gongkai.web.typed import key_asked, page_asked
from gongkai.web.workbench.asked import organ_or_404, year_of
from gongkai.web.workbench.context import county_of, person_of
from gongkai.web.workbench.views.original import attachment

LOOK = policies.LOOK
YEARS = 8
PARTS = ("applications", "outcomes", "proactive", "assessed", "reports", "trend")
"""The parts of the page that a sentence leads to."""
SHOWN = 12
"""So many organs stand in the table at once; the others unfold."""


def _organ(request: HttpRequest) -> Any:
    """The organ asked for; who sees one alone is shown that one. Http404 for one that is not there."""
    person = person_of(request)
    seen = policies.organs_seen(person)
    key = key_asked(request.GET.get("organ", "")) or (seen[0] if seen else None)
    found = organ_or_404(request, key) if key else None
    policies.check_scope(person, found)
    return found


def _glance(request: HttpRequest) -> Glance:
    organ = _organ(request)
    frozen_of = organs_for(person_of(request), "issuing.look")
    return glance(county_of(request), organ, year_of(request), timezone.localdate(), frozen_of)


@require_GET
@needs(LOOK)
def overview(request: HttpRequest) -> HttpResponse:
    """The county at a glance for who sees it, else the own organ."""
    of, person = _glance(request), person_of(request)
    whole = policies.organs_seen(person) is None
    told = of.applications
    context: dict[str, Any] = {
        "of": of,
        "said": {part.key: part for part in spoken(of)},
        "to": Links(person, of),
        "whole": whole,
        "organs": living_organs(person.county) if whole else [],
        "years": range(of.today.year, of.today.year - YEARS, -1),
        "query": urlencode({"year": of.year} | ({"organ": of.organ.pk} if of.organ else {})),
        "known_at": timezone.localtime(),
        "months_chart": charts.bars(
            "months",
            f"{of.year}年各月收到和答复的申请",
            [f"{month.month}月" for month in told.months],
            [
                charts.Bars("收到", tuple(month.received for month in told.months)),
                charts.Bars("答复", tuple(month.answered for month in told.months)),
            ],
        ),
        "outcomes_chart": charts.stacked(
            "outcomes", f"{of.span.words}答复的结果", [(each.words, each.n) for each in told.outcomes]
        ),
        "trend_heads": [(key, HEADLINES[key]) for key in TREND],
        "trend_chart": _trend_chart(of),
        "trend": [
            {"years": years, "point": point, "cells": [_cell(point, key) for key in TREND]}
            for years, point in spans(of.trend)
        ],
        "shown": PARTS,
        "items": f"{MANY}以上" if of.items > MANY else of.items,
        "ranked": _ranked(of),
        "more_ranked": max(len(of.assessed.lines) - SHOWN, 0) if of.assessed and not of.organ else 0,
        "first": of.organs[:SHOWN],
        "rest": of.organs[SHOWN:],
    }
    return render(request, "overview/glance.html", context)


def _ranked(of: Glance) -> list[Any]:
    """The first places; of one organ its own."""
    lines = of.assessed.lines if of.assessed else ()
    return list(lines[:SHOWN]) if of.organ is None else [each for each in lines if each.organ == of.organ.pk]


def _cell(point: Point, key: str) -> tuple[str, str]:
    """A figure of a year, and of how many organs it is where it is not of all."""
    value, n = point.values[key]
    if value is None:
        return "没有报告" if not point.there else "没有写明", ""
    return plain(value), f"{n}/{point.of}个单位" if n < point.of else ""


def _trend_chart(of: Glance) -> str:
    series = []
    for key, words in (("received", "收到"), ("concluded", "办结")):
        told = [point.values[key] for point in of.trend]
        partly = frozenset(at for at, (value, n) in enumerate(told) if value is not None and n < of.trend[at].of)
        series.append(charts.Course(words, tuple(None if value is None else float(value) for value, _ in told), partly))
    labels = [f"{point.year}年" for point in of.trend]
    return charts.lines("trend", "历年收到和办结的申请", labels, series) if of.trend else ""


class Links:
    """Where the list behind a figure is, for who may open it; empty where they may not, or it would show another scope."""

    def __init__(self, person: Any, of: Glance) -> None:
        self._person, self._of = person, of
        self._found: dict[str, str] = dict(self._all())

    def __getitem__(self, name: str) -> str:
        """The address of a figure's list."""
        return self._found.get(name, "")

    def _scoped(self, act: str) -> bool:
        return policies.can_scope(self._person, act, self._of.organ)

    def _only(self, act: str) -> bool:
        """Whether a list that cannot be asked for one organ shows this person just this scope."""
        organ = self._of.organ
        return organs_for(self._person, act) == ((organ.pk,) if organ else None)

    def _at(self, name: str, **said: Any) -> str:
        if self._of.organ is not None:
            said["organ"] = self._of.organ.pk
        return reverse(name) + "?" + urlencode(said)

    def _all(self) -> Iterator[tuple[str, str]]:
        of = self._of
        if self._scoped("onrequest.look"):
            for group in ("open", "overdue", "soon"):
                yield group, self._at("cases", group=group)
            yield "received", self._at("cases", group="all", year=of.year)
            for name, which in (("due", ""), ("kept", "kept"), ("late", "late")):
                yield name, self._at("overview-due", year=of.year, which=which)
        if self._scoped("onrequest.statistics"):
            yield "figures", self._at("figures", year=of.year)
        if self._only("onrequest.look"):
            yield "contested", f"{reverse('disputes')}?all=1&year={of.year}"
        yield from self._published()
        yield from self._supervised()
        yield from self._yearly()

    def _published(self) -> Iterator[tuple[str, str]]:
        if self._scoped("proactive.look"):
            yield "items", self._at("entries-due")
        if self._only("proactive.look"):
            yield "columns", reverse("stale-columns")
        organ = self._of.organ
        if self._scoped("coverage.look"):
            yield "coverage", reverse("coverage-organ", args=[organ.pk]) if organ else reverse("coverage")

    def _supervised(self) -> Iterator[tuple[str, str]]:
        if self._only("patrol.look"):
            yield "patrol", f"{reverse('patrol')}?group=open"
            yield "patrol_late", f"{reverse('patrol')}?group=open&overdue=1"
            yield "patrol_answered", f"{reverse('patrol')}?group=answered"
        if self._scoped("oversight.look"):
            for name in ("problems", "tasks"):
                yield name, self._at(f"oversight-{name}", group="open")
                yield f"{name}_late", self._at(f"oversight-{name}", group="open", overdue=1)
                yield f"{name}_answered", self._at(f"oversight-{name}", group="answered")
        if self._of.assessed and can_some(self._person, "assessment.ranking"):
            yield "ranking", reverse("assessment-ranking", args=[self._of.assessed.round.pk])

    def _yearly(self) -> Iterator[tuple[str, str]]:
        of = self._of
        if of.organ is not None and self._scoped("issuing.look"):
            yield "reports", reverse("year-issue", args=[of.organ.pk, of.reports.year])
        elif of.organ is None and self._only("issuing.look"):
            yield "reports", f"{reverse('year-issues')}?year={of.reports.year}"
        if can_some(self._person, policies.COMPARE):
            yield "years", self._at("compare") if of.organ else reverse("compare-peers") + f"?year={of.reports.year}"


@require_GET
@needs(LOOK)
def brief_file(request: HttpRequest, form: str) -> HttpResponse:
    """The brief of one page as a file."""
    if form not in ("pdf", "docx"):
        raise Http404("没有这种格式")
    of = _glance(request)
    sheet = brief(of, timezone.localtime())
    data = sheet_docx(sheet) if form == "docx" else sheet_pdf(sheet).data
    answer = attachment(data, f"{of.scope}{TITLE}{of.today:%Y%m%d}.{form}", MEDIA_TYPES[form])
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@needs("onrequest.look")
def due(request: HttpRequest) -> HttpResponse:
    """The applications behind the rate: what fell due in a year, what of it was in time and what was not."""
    person, said = person_of(request), request.GET
    organs = case_policies.organs_seen(person)
    organ = organ_with(person.county, key) if (key := key_asked(said.get("organ", ""))) else None
    if organ is not None:
        check_act(person, "onrequest.look", whose(person, organ.pk))
        organs = (organ.pk,)
    year, today = year_of(request), timezone.localdate()
    which = said.get("which", "") if said.get("which", "") in due_of.WHICH else ""
    page = page_asked(said)
    span = span_of(year, "")
    rows = due_of.behind(person.county, organs, span, today, which, page)
    share = due_of.due(person.county, organs, span, today)
    kept = {"year": year} | ({"organ": organ.pk} if organ else {})
    sums = {"": share.whole.of, "kept": share.whole.n, "late": share.late}
    context = {
        "rows": [(case, STATES[State(case.state)]) for case in rows[: due_of.PAGE]],
        "which": which,
        "groups": [
            (key, words, sums[key], "?" + urlencode(kept | {"which": key})) for key, words in due_of.WHICH.items()
        ],
        "share": share.whole,
        "year": year,
        "years": [
            (y, "?" + urlencode(kept | {"which": which, "year": y})) for y in range(today.year, today.year - YEARS, -1)
        ],
        "organ": organ,
        "previous": "?" + urlencode(kept | {"which": which, "page": page - 1}) if page > 1 else "",
        "next": "?" + urlencode(kept | {"which": which, "page": page + 1}) if len(rows) > due_of.PAGE else "",
        "whole_county": organs is None,
    }
    return render(request, "overview/due.html", context)

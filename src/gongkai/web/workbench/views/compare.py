"""Two reports side by side."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.web.annual import policies
from gongkai.web.annual.selectors import lists
from gongkai.web.annual.selectors.compare import compare as compare_reports
from gongkai.web.annual.selectors.readings import newest_reading, previous_of, read_of
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import county_of, person_of


def _key(words: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(words or "")
    except ValueError:
        return None


@needs("annual.look")
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """`left` and `right` name two reports; with `right` alone the year before is looked up."""
    policies.check_look(person_of(request))
    county = county_of(request)
    rows = [
        r
        for r in lists.sort_rows(lists.rows_of(county), "organ")
        if r.state not in ("waiting", "reading", "unreadable")
    ]
    right_key, left_key = _key(request.GET.get("right")), _key(request.GET.get("left"))
    right = lists.submission_of(county, right_key) if right_key else None
    left = lists.submission_of(county, left_key) if left_key else previous_of(right) if right else None
    context: dict[str, Any] = {"rows": rows, "left": left, "right": right, "pairs": _pairs(rows)}
    reads = [read_of(s) if s and newest_reading(s) else None for s in (left, right)]
    if reads[0] and reads[1] and reads[0].report and reads[1].report:
        context["comparison"] = compare_reports(reads[0].report, reads[1].report)
        context["editions"] = (reads[0].report.edition, reads[1].report.edition)
    context["all"] = request.GET.get("all") == "1"
    return render(request, "workbench/compare.html", context)


def _pairs(rows: list[lists.Row]) -> list[tuple[lists.Row, lists.Row]]:
    """(earlier, later) reports of one organ in years that follow each other."""
    by: dict[tuple[Any, int], lists.Row] = {}
    for row in rows:
        if row.year and row.organ and not row.superseded:
            by[(row.organ_key or row.organ, row.year)] = row
    return [(by[(who, year - 1)], row) for (who, year), row in by.items() if (who, year - 1) in by]

"""政府信息公开年报: the reports of all years of every organ, with their tables as pages, as files and as data."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.documents import FORMATS, MEDIA_TYPES
from gongkai.web import charts
from gongkai.web.annual.selectors import published as reading
from gongkai.web.files.services import plain_name
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept, not_kept
from gongkai.web.portal.views.home import organ_or_404

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
MOST_YEARS = 12


def _years_chart(rows: list[reading.Listed]) -> dict[str, Any]:
    """Applications received and concluded year by year, as the reports say; a figure that none says is left out.

    Who publishes its county's reports too is shown with those: what is of one body and of a whole county has no common line.
    """
    whole = any(row.consolidated for row in rows)
    of_one = (row for row in rows if row.received is not None and row.consolidated == whole)
    told = sorted(of_one, key=lambda row: row.year)[-MOST_YEARS:]
    if len(told) < 2:
        return {}
    labels = [f"{row.year}年" for row in told]
    series = [
        charts.Bars("收到", tuple(int(row.received or 0) for row in told)),
        charts.Bars("办结", tuple(int(row.concluded or 0) for row in told)),
    ]
    return {"chart": charts.bars("years", "历年收到和办结的申请", labels, series), "told": told}


@kept
@public("政府信息公开年报")
@require_safe
def yearly(request: HttpRequest) -> HttpResponse:
    """Every published report, by year."""
    rows = reading.published(county_of().pk)
    return render(request, "portal/yearly.html", {"years": reading.years_of(rows), "count": len(rows)})


@kept
@public("政府信息公开年报")
@require_safe
def yearly_of(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The reports of one organ, all years, with what changed over them."""
    county = county_of()
    organ = organ_or_404(county, key)
    rows = reading.published(county.pk, organ.pk)
    return render(request, "portal/yearly_organ.html", {"organ": organ, "rows": rows, **_years_chart(rows)})


def _publication(key: uuid.UUID) -> Any:
    found = reading.publication(county_of().pk, key)
    if found is None:
        raise Http404("没有这份报告，或者已经撤回、由新的版本代替")
    return found


@kept
@public("政府信息公开年报")
@require_safe
def report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One report: exactly the official tables, and the words between them."""
    found = reading.shown(_publication(key))
    return render(request, "portal/report.html", {"found": found, "words": FORMATS})


def _file(name: str, data: bytes, form: str) -> HttpResponse:
    response = not_kept(HttpResponse(data, content_type=MEDIA_TYPES[form]))
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    said = quote(plain_name(name), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"report.{form}\"; filename*=UTF-8''{said}"
    return response


@public("下载年度报告")
@require_safe
def download(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """A report to take away, or as data. 404 for a format that was not made."""
    row = _publication(key)
    name = f"{row.organ.name}{row.year}年政府信息公开工作年度报告{reading.scope_zh(row.consolidated)}.{form}"
    if form == "json":
        return _file(name, (json.dumps(reading.data_of(row), ensure_ascii=False, indent=1) + "\n").encode(), form)
    data = reading.file_of(row, form)
    if data is None:
        raise Http404("没有这种格式")
    return _file(name, data, form)

"""The figures of the desk, as charts and as the tables under them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.law.parameters import PARAMETERS
from gongkai.web import charts
from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors import figures as reading
from gongkai.web.organs.selectors import Organs, living_organs
from gongkai.web.people.policies import needs
from gongkai.web.typed import key_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import year_of
from gongkai.web.workbench.context import person_of

PARTS = [
    ("", "全年"),
    *((f"q{n}", f"第{'一二三四'[n - 1]}季度") for n in range(1, 5)),
    *((f"m{n:02d}", f"{n}月") for n in range(1, 13)),
]
_HEADS = [("机关", 28), ("收到", 10), ("答复", 10), ("按期", 10), ("有期限的", 10), ("按期率", 10), ("用时中位数", 12), ("现已逾期", 10)]  # fmt: skip


def _organ(request: HttpRequest, organs: Organs) -> uuid.UUID | None:
    asked = key_asked(request.GET.get("organ", ""))
    return asked if organs is None or asked in organs else None


@require_GET
@needs("onrequest.statistics")
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of a year, quarter or month: of the county for who sees it, else of the own organ."""
    person = person_of(request)
    today, year = timezone.localdate(), year_of(request)
    organs = policies.organs_seen(person, "onrequest.statistics")
    organ = _organ(request, organs)
    part = request.GET.get("part", "")
    found = reading.figures(person.county, organs, reading.span_of(year, part), today, organ)
    if request.GET.get("form") == "xlsx":
        return _sheet(found)
    limit = PARAMETERS["reply"].amount(today)
    context: dict[str, Any] = {
        "found": found,
        "offered": reading.offered(person.county, organs, found.span, organ),
        "year": year,
        "part": part,
        "parts": PARTS,
        "years": range(today.year, today.year - 8, -1),
        "organs": living_organs(person.county) if organs is None else [],
        "organ": organ,
        "query": request.GET.urlencode(),
        "limit": limit,
        "months_chart": charts.bars(
            "months",
            f"{year}年各月收到和答复的申请",
            [f"{month.month}月" for month in found.months],
            [
                charts.Bars("收到", tuple(month.received for month in found.months)),
                charts.Bars("答复", tuple(month.answered for month in found.months)),
            ],
        ),
        "outcomes_chart": charts.stacked(
            "outcomes", f"{found.span.words}答复的结果", [(each.words, each.n) for each in found.outcomes]
        ),
        "organs_chart": charts.dots(
            "organs",
            f"{found.span.words}各机关办理用时的中位数",
            [(each.name, each.median) for each in found.organs[:30]],
            limit=limit,
            unit="个工作日",
        )
        if found.organs
        else "",
    }
    return render(request, "cases/figures.html", context)


def _sheet(found: reading.Figures) -> HttpResponse:
    rows = [
        (o.name, o.received, o.answered, o.on_time.n, o.on_time.of, o.on_time.rate, "" if o.median is None else f"{o.median:g}", o.overdue)
        for o in found.organs
    ]  # fmt: skip
    return xlsx.answer(xlsx.table("依申请公开统计", _HEADS, rows), f"依申请公开统计-{found.span.words}")

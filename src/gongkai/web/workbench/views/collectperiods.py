"""Monthly reports and quarterly statistics at the desk: any days, on the page, on paper and as a workbook."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.annual.forms import edition_for
from gongkai.annual.period import Span, span
from gongkai.web.collection.policies import LOOK
from gongkai.web.collection.selectors.periods import ROWS, statistics
from gongkai.web.people.policies import needs
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.context import county_of

EVERY = {"month": ("月", 12), "quarter": ("季度", 4), "half": ("半年", 2), "year": ("年", 1)}


def _asked(request: HttpRequest) -> tuple[Span, str]:
    """The days asked for, and why others are shown instead; the month before this one until someone chooses."""
    usual = timezone.localdate().replace(day=1) - timedelta(days=1)
    fallback = span(usual.year, "month", usual.month)
    said = request.GET
    try:
        if said.get("first") or said.get("last"):
            found = Span(date.fromisoformat(said.get("first", "")), date.fromisoformat(said.get("last", "")))
        elif said.get("of"):
            year, every, number = said["of"].split("-")
            found = span(int(year), every, int(number))  # type: ignore[arg-type]
        else:
            return fallback, ""
    except (ValueError, KeyError) as error:
        words = str(error) if "起止" in str(error) else "日期写法不对"
        return fallback, f"{words}，下面是{fallback.zh}的统计。"
    if edition_for(found.year) is None or found.first > timezone.localdate():
        return fallback, f"{found.zh}没有可以统计的数，下面是{fallback.zh}的统计。"
    return found, ""


@require_GET
@needs(LOOK)
def periods(request: HttpRequest) -> HttpResponse:
    """The statistics of any days of a year, with the year so far beside them."""
    days, refused = _asked(request)
    told = statistics(county_of(request), days)
    today = timezone.localdate()
    choices = [
        (zh, [(f"{days.year}-{key}-{n}", span(days.year, key, n)) for n in range(1, count + 1)])  # type: ignore[arg-type]
        for key, (zh, count) in EVERY.items()
    ]
    context = {
        "days": days,
        "told": told,
        "heads": ROWS.values(),
        "sums": told.sums(),
        "refused": refused,
        "choices": [(zh, [(q, each) for q, each in of if each.first <= today]) for zh, of in choices],
        "years": [year for year in range(today.year, today.year - 4, -1) if edition_for(year)],
        "query": urlencode({"first": days.first.isoformat(), "last": days.last.isoformat()}),
        "running": days.last >= today,
    }
    return render(request, "collection/periods.html", context)


@require_GET
@needs(LOOK)
def export(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    days, _ = _asked(request)
    told = statistics(county_of(request), days)
    heads = [("项目", 34), ("本期", 10), ("本期占比（%）", 14), ("1月起累计", 12), ("累计占比（%）", 14)]
    rows: list[tuple[xlsx.Cell, ...]] = []
    for table in told.tables if told.known else ():
        rows.append((table.zh, None, None, None, None))
        rows += [(each.zh, each.here, each.share, each.so_far, each.share_so_far) for each in table.lines]
        hundred: Any = 100
        rows.append(
            ("合计", table.here, hundred if table.here else None, table.so_far, hundred if table.so_far else None)
        )
    rows.append(("主动公开（有日期的台账）", None, None, None, None))
    rows += [(f"{zh}（{unit}）", here, None, so_far, None) for zh, unit, here, so_far in told.items]
    for number, head in enumerate(ROWS.values()):
        rows.append((f"各机关：{head}", None, None, None, None))
        for line in told.organs:
            here, so_far = line.rows[number]
            rows.append((line.name, *((here, None, so_far, None) if line.kept else ("未登记", None, "未登记", None))))
        if told.known:
            rows.append(("合计", told.sums()[number][0], None, told.sums()[number][1], None))
    if told.unknown:
        rows.append((f"系统内没有登记、不能当作0的机关：{'、'.join(told.unknown)}", None, None, None, None))
    return xlsx.answer(xlsx.table(days.zh, heads, rows), f"{days.zh}政府信息公开统计")

"""A month on one sheet: days worked and days off, and what falls due."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors.month import sheet
from gongkai.web.people.policies import needs
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import whole_number, year_asked
from gongkai.web.workbench.context import person_of


def _asked(said: str, today: date) -> date:
    """The first of the month that an address asks for, else of this month."""
    year, _, month = said.partition("-")
    asked, number = year_asked(year), whole_number(month, 2)
    if asked and number and number <= 12:
        return date(max(asked, 2008), number, 1)
    return today.replace(day=1)


@require_GET
@needs("onrequest.look")
def month(request: HttpRequest) -> HttpResponse:
    """The sheet of a month, with links to the one before and the one after."""
    person, today = person_of(request), timezone.localdate()
    first = _asked(request.GET.get("of", ""), today)
    weeks = sheet(person.county, policies.organs_seen(person), first.year, first.month, today)
    context = {
        "weeks": weeks,
        "first": first,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "today": today,
        "count": sum(cell.count for week in weeks for cell in week if cell.inside),
        "known_through": calendar_of(person.county).known_through,
    }
    return render(request, "cases/month.html", context)

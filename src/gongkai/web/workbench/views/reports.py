"""Which yearly report a page is about: its year as the address asks, its organ, and of what it is."""

from __future__ import annotations

import uuid
from collections.abc import Container
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from gongkai.annual.forms import edition_for
from gongkai.annual.report import COUNTY
from gongkai.web.issuing.scopes import scopes_of
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.workbench.context import person_of

FIRST_YEAR = 2019


def report_year(today: date) -> int:
    """The year whose report is on its way: the last one until summer, then this one."""
    return today.year - 1 if today.month < 7 else today.year


def who_report(county: uuid.UUID, year: int, seen: Container[uuid.UUID] | None) -> tuple[list[Any], list[Any]]:
    """The living organs that somebody sees (None: all), and those of them whose report is that of the county too."""
    organs = [each for each in living_organs(county) if seen is None or each.pk in seen]
    return organs, [each for each in organs if COUNTY in scopes_of(each, year)]


def year_asked(request: HttpRequest, today: date) -> int:
    """The year that an address asks for; else, or where it says it wrongly, the one whose report is on its way."""
    said = request.GET.get("year", "")
    known = len(said) == 4 and said.isdecimal() and FIRST_YEAR <= int(said) <= today.year
    return int(said) if known else report_year(today)


def report_organ(request: HttpRequest, key: uuid.UUID, year: int) -> Any:
    """The organ whose report it is. Http404 for none, and for no such year; what may be done to it is not asked here."""
    found = organ_with(person_of(request).county, key)
    if found is None or edition_for(year) is None or year > timezone.localdate().year:
        raise Http404("没有这份报告")
    return found


def scope_asked(request: HttpRequest, organ: Any, year: int) -> str:
    """Of what the report is that is asked for; until somebody chooses the widest. Http404 where it is not the organ's."""
    said, offered = request.POST if request.method == "POST" else request.GET, scopes_of(organ, year)
    scope = said.get("scope") or offered[-1]
    if scope not in offered:
        raise Http404("没有这种统计范围的报告")
    return scope

"""The county's roll-up at the desk: the table, who adds what to a cell, whose figures count, the settings."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.annual.forms import edition_for, form
from gongkai.annual.january import LOCAL
from gongkai.annual.reconcile import reconcile
from gongkai.web.annual.services.intake import plain_name
from gongkai.web.collection import policies
from gongkai.web.collection.selectors import elsewhere, handed, pages, rollup
from gongkai.web.collection.selectors.days import days_of
from gongkai.web.collection.services import choosing
from gongkai.web.collection.services import elsewhere as stating
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.people.policies import needs
from gongkai.web.workbench.asked import day_of, known_of
from gongkai.web.workbench.context import audit_of, county_of, person_of

LOOK, KEEP = policies.LOOK, policies.KEEP
FORMATS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "json": "JSON"}
WAYS = (
    ("usual", "通常：有登记的按登记，没有的按交来的文件"),
    ("records", "系统内的登记"),
    ("file", "交来的文件"),
    ("out", "不计入"),
)


def years() -> list[int]:
    """The years whose table may be asked for, newest first."""
    return [year for year in range(timezone.localdate().year, 2018, -1) if edition_for(year)]


def year_of(request: HttpRequest) -> int:
    """The year asked for; last year until someone chooses."""
    said = request.GET.get("year", "")
    asked = int(said) if said.isdecimal() and len(said) == 4 else timezone.localdate().year - 1
    return asked if asked in years() else years()[0]


def year_or_404(year: int) -> int:
    """A year that may be asked for. Http404 for another."""
    if year not in years():
        raise Http404("没有这个年度")
    return year


@require_GET
@needs(LOOK)
def county_table(request: HttpRequest) -> HttpResponse:
    """The county's three tables, and everyone who reports."""
    county, year = county_of(request), year_of(request)
    known_at, known = known_of(request)
    lines = rollup.lines(county, year, known_at)
    rolled = rollup.summed(county, year, lines, known_at)
    person = person_of(request)
    context = {
        "year": year,
        "years": years(),
        "known": known,
        "rolled": rolled,
        "tables": pages.tables_of(rolled),
        "states": pages.states_of(rolled),
        "rows": pages.rows_of(lines),
        "removed": pages.removed_of(rolled),
        "conflicts": [f.message for f in reconcile(rolled.report())[0] if f.grade == "conflict"],
        "unplaced": handed.unplaced(county.pk, year) if known is None else [],
        "due": days_of(county.pk, year).department,
        "formats": FORMATS,
        "keeps": known is None and policies.can_keep(person),
    }
    return render(request, "collection/county.html", context)


@require_GET
@needs(LOOK)
def cell(request: HttpRequest, year: int, address: str) -> HttpResponse:
    """Who adds what to a cell of the county, each leading to its own records or file."""
    county = county_of(request)
    known_at, known = known_of(request)
    lines = rollup.lines(county, year_or_404(year), known_at)
    rolled = rollup.summed(county, year, lines, known_at)
    found = rolled.cells.get(address)
    if found is None:
        raise Http404("没有这一格")
    told = {str(line.organ.pk): line for line in lines}
    names = {part.member: part.name for part in found.parts}
    context = {
        "year": year,
        "known": known,
        "cell": form(rolled.edition).by_address[address],
        "address": address,
        "found": found,
        "shown": pages.shown(found.value),
        "parts": [(part, pages.shown(part.value), told[part.member]) for part in found.parts],
        "removed": [(each, names.get(each.member, ""), names.get(each.kept, "")) for each in found.removed],
        "missing": [reporter for reporter in rolled.reporters if not reporter.counted],
    }
    return render(request, "collection/cell.html", context)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def choice(request: HttpRequest, organ: uuid.UUID, year: int) -> HttpResponse:
    """One who reports: what its figures are, what is the matter with them; sent: by which of them it counts."""
    county, person = county_of(request), person_of(request)
    found = organ_with(person.county, organ)
    year_or_404(year)
    line = next((each for each in rollup.lines(county, year) if found and each.organ.pk == found.pk), None)
    if found is None or line is None:
        raise Http404("没有这个填报单位")
    refused, status = "", 200
    if request.method == "POST":
        policies.check_keep(person, found)
        try:
            done = _say(request, found, year)
        except Refused as error:
            refused, status = str(error), 409
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("collection-organ", args=[found.pk, year]))
    context = {
        "organ": found,
        "year": year,
        "row": pages.rows_of([line])[0],
        "file": handed.handed(found, year),
        "elsewhere": elsewhere.stated(person.county, year).get(found.pk),
        "ways": WAYS,
        "standing": line.told.way,
        "refused": refused,
        "typed": request.POST,
        "keeps": policies.can_keep(person),
        "blanks": len(line.told.blank),
    }
    return render(request, "collection/organ.html", context, status=status)


def _say(request: HttpRequest, organ: Any, year: int) -> str:
    """Say by which figures an organ counts, or where else its report is public."""
    said, audit = request.POST, audit_of(request)
    if "place" in said:
        on = day_of(request, "on")
        row = stating.state(audit=audit, organ=organ, year=year, on=on, place=said["place"])
        return "已登记。" if row.on else "已撤销登记。"
    choosing.choose(audit=audit, organ=organ, year=year, way=said.get("way", ""), reason=said.get("reason", ""))
    return "已指定，全县的数随之更新。"


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def settings(request: HttpRequest) -> HttpResponse:
    """Who reports for the county government, and by which days of the county's own the organs report."""
    person, today = person_of(request), timezone.localdate()
    refused = ""
    if request.method == "POST":
        try:
            _set(request, today)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("collection-settings"))
    held, typed = days_of(person.county, today.year - 1), request.POST if refused else {}
    context = {
        "organs": listed_organs(person.county),
        "together": typed.get("together", rollup.government_with(person.county, today.year)),
        "day": typed.get("day", _day_shown(held.internal)),
        "local": [(form, zh, typed.get(f"day_{form}", _day_shown(held.local.get(form)))) for form, zh in LOCAL.items()],
        "keeps": policies.can_keep(person),
        "refused": refused,
    }
    return render(request, "collection/settings.html", context, status=409 if refused else 200)


def _set(request: HttpRequest, today: date) -> None:
    """Set everything, or nothing where something is refused."""
    said, audit, january = request.POST, audit_of(request), date(today.year, 1, 1)
    office = _organ(request, said.get("together", ""))
    with transaction.atomic():
        choosing.set_internal_day(audit=audit, day=said.get("day", ""), valid_from=january)
        for form in LOCAL:
            choosing.set_local_day(audit=audit, form=form, day=said.get(f"day_{form}", ""), valid_from=january)
        choosing.set_together(audit=audit, office=office, valid_from=date(today.year - 1, 1, 1))


def _day_shown(day: tuple[int, int] | None) -> str:
    return f"{day[0]:02}-{day[1]:02}" if day else ""


def _organ(request: HttpRequest, key: str) -> Any:
    if not key:
        return None
    found = next((o for o in listed_organs(person_of(request).county) if str(o.pk) == key), None)
    if found is None:
        raise Refused("请从名录中选择机关。")
    return found


@require_GET
@needs(LOOK)
def export(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The county's table as a file; JSON with the records behind each cell."""
    from gongkai.documents import MEDIA_TYPES, write

    if form not in FORMATS:
        raise Http404("没有这种格式")
    county = county_of(request)
    known_at, _ = known_of(request)
    rolled = rollup.consolidated(county, year_or_404(year), known_at)
    if form == "json":
        organs = rollup.reporting(county.pk, year, known_at)
        _, told = pages.to_json(rolled, pages.records_behind(rolled, organs, known_at), county.name)
        data = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    else:
        data = write(rolled.report(), form)
    return answer(data, f"{county.name}{year}年度汇总.{form}", MEDIA_TYPES[form])


def answer(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file as a download."""
    from urllib.parse import quote

    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(plain_name(name))}"
    response.headers["Cache-Control"] = "no-store"
    return response

"""What the registers tell together: the documents in force, the cells of table 二, budgets, and what is set for them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.annual.forms import cell as form_cell
from gongkai.proactive.registers import RHYTHMS, Register, register, registers, shown
from gongkai.proactive.stock import LAPSED
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.registers import policies
from gongkai.web.registers.selectors import budgets as budgeting
from gongkai.web.registers.selectors import counting
from gongkai.web.registers.selectors import documents as reading
from gongkai.web.registers.selectors import settings as holding
from gongkai.web.registers.services import settings as services
from gongkai.web.rules.policies import can_set_county, check_set_county
from gongkai.web.typed import day_asked, year_asked
from gongkai.web.workbench.asked import FIRST, known_of, number_of, organ_asked, organs_offered, year_of
from gongkai.web.workbench.context import audit_of, person_of

LOOK, ENTER = policies.LOOK, policies.ENTER
SHOWN = 300


@require_GET
@needs(LOOK)
def documents(request: HttpRequest) -> HttpResponse:
    """The normative documents (or the rules) as they stand on a day, and what the clean-up has to decide on."""
    person = person_of(request)
    organs = policies.organs_seen(person)
    kind = request.GET.get("kind", reading.NORMATIVE)
    kind = kind if kind in (reading.NORMATIVE, reading.RULES) else reading.NORMATIVE
    on = day_asked(request.GET.get("on", "")) or timezone.localdate()
    known_at, known = known_of(request)
    group = request.GET.get("group", "all")
    group = group if group in reading.GROUPS else "all"
    found = reading.held(person.county, organs, kind, known_at)
    months = holding.soon_months(person.county, on)
    lines = reading.document_lines(found, on, months)
    mine = {organ.pk for organ in organs_offered(person, ENTER)}
    changes = register("document_changes").field("change")
    context = {
        "kind": kind,
        "kinds": [(key, register(key).zh) for key in (reading.NORMATIVE, reading.RULES)],
        "groups": [(key, zh, sum(reading.in_group(line, key) for line in lines)) for key, zh in reading.GROUPS.items()],
        "group": group,
        "lines": [
            (line, line.held.organ in mine, shown(changes, line.decision))
            for line in lines
            if reading.in_group(line, group)
        ][:SHOWN],
        "on": on,
        "known": known,
        "months": months,
        "whole_county": organs is None,
        "shown": SHOWN,
    }
    return render(request, "ledgers/documents.html", context)


@require_GET
@needs(LOOK)
def figures(request: HttpRequest) -> HttpResponse:
    """The cells of table 二 that the registers tell, each with what stands behind it, for one organ and year."""
    person = person_of(request)
    year = year_of(request)
    organ = organ_asked(request, LOOK)
    known_at, known = known_of(request)
    told = counting.table(person.county, organ.pk, year, known_at) if organ else []
    cells = [(form_cell(each.address), each, each.sources[:SHOWN]) for each in told]
    context = {
        "organ": organ,
        "organs": organs_offered(person, LOOK),
        "year": year,
        "years": range(timezone.localdate().year, 2018, -1),
        "cells": cells,
        "known": known,
        "shown": SHOWN,
    }
    return render(request, "ledgers/figures.html", context)


@require_GET
@needs(LOOK)
def budgets(request: HttpRequest) -> HttpResponse:
    """Which organs have published their budgets and final accounts of a year."""
    person = person_of(request)
    organs = policies.organs_seen(person)
    year = year_of(request)
    lines = budgeting.budgets(person.county, organs, year)
    context = {
        "lines": lines,
        "year": year,
        "years": range(timezone.localdate().year + 1, 2018, -1),
        "have": sum(1 for line in lines if line.budget),
        "have_final": sum(1 for line in lines if line.final_account),
        "mine": {organ.pk for organ in organs_offered(person, ENTER)},
    }
    return render(request, "ledgers/budgets.html", context)


def _set(request: HttpRequest, today: date) -> None:
    audit, said = audit_of(request), request.POST
    first = year_asked(said.get("from_year", ""), FIRST)
    since = date(first, 1, 1) if first else today
    services.set_lapsed(audit=audit, counting=said.get("lapsed", ""), valid_from=since, reason=said.get("reason", ""))
    services.set_grace(audit=audit, days=number_of(request, "grace"), valid_from=today)
    services.set_soon_months(audit=audit, months=number_of(request, "soon_months"), valid_from=today)
    for of in registers().values():
        if f"days-{of.key}" in said:
            services.set_days(audit=audit, register=of.key, days=number_of(request, f"days-{of.key}"), valid_from=today)
        if said.get(f"rhythm-{of.key}"):
            services.set_rhythm(audit=audit, register=of.key, every=said[f"rhythm-{of.key}"], valid_from=today)


def _limit_words(of: Register) -> str:
    """What the days of a register are counted for."""
    if of.limit is None:
        return "超过这么多日没有更新的列出。"
    start, end = of.field(of.limit.start).zh, of.field(of.limit.end).zh
    return f"自“{start}”起至登记“{end}”；留空为不计算。"


@require_http_methods(["GET", "POST"])
@needs("rules.look", post="rules.set")
def settings(request: HttpRequest) -> HttpResponse:
    """What the law leaves open for the registers: set for the whole county."""
    person, today = person_of(request), timezone.localdate()
    refused, status = "", 200
    if request.method == "POST":
        check_set_county(person)
        try:
            with transaction.atomic():
                _set(request, today)
        except Refused as error:
            refused, status = str(error), 409
        else:
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("ledger-settings"))
    county = person.county
    context = {
        "sets": can_set_county(person),
        "refused": refused,
        "lapsed": holding.lapsed(county, today) or "",
        "lapsed_choices": [
            ("", "还没有设定（有失效文件时不给出“本年废止件数”）"),
            *((k.value, zh) for k, zh in LAPSED.items()),
        ],
        "grace": holding.grace(county, None, today),
        "soon_months": holding.soon_months(county, today),
        "limits": [
            (of, holding.days(county, of, today), _limit_words(of))
            for of in registers().values()
            if of.limit or (of.follow and of.follow.stale)
        ],
        "rhythms": [
            (of, holding.rhythm(county, of, today) or "none") for of in registers().values() if of.rhythm or of.follow
        ],
        "every": [("none", "不按期"), *RHYTHMS.items()],
        "year": today.year,
        "years": range(today.year, today.year - 6, -1),
    }
    return render(request, "ledgers/settings.html", context, status=status)

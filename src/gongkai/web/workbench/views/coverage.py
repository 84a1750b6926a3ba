"""The standard catalogues at the desk: the county at a glance, a field's matrix, an organ's lines, the XLSX."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.proactive.coverage import OF_FIELDS, STANDS, fields
from gongkai.web.coverage import policies
from gongkai.web.coverage.selectors import catalogues, matrix
from gongkai.web.coverage.services import catalogues as keeping
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import key_asked, keys_asked, page_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import organ_or_404
from gongkai.web.workbench.context import audit_of, person_of

LOOK, KEEP = policies.LOOK, policies.KEEP
PAGE = 100
HEADS = (
    ("领域", 14), ("序号", 6), ("一级事项", 16), ("二级事项", 20), ("公开内容（要素）", 36), ("公开时限", 30),
    ("公开主体", 20), ("机关", 24), ("情况", 12), ("说明", 44), ("应当更新或者公开的日子", 14), ("对应的条目", 50),
)  # fmt: skip


def _cells(request: HttpRequest) -> list[matrix.Cell]:
    person = person_of(request)
    every = matrix.cells(person.county, timezone.localdate())
    return matrix.chosen(every, organs=policies.organs_seen(person))


@require_GET
@needs(LOOK)
def overview(request: HttpRequest) -> HttpResponse:
    """Every field and every organ with how many lines stand how, each with its base."""
    person = person_of(request)
    cells = _cells(request)
    whole = policies.organs_seen(person) is None
    current = catalogues.current(person.county)
    context = {
        "fields": [(tally, current.get(tally.key)) for tally in matrix.by_field(cells)],
        "organs": matrix.by_organ(cells),
        "stands": STANDS.values(),
        "without": [field.zh for key, field in fields().items() if key not in current],
        "whole_county": whole,
        "may_keep": can_some(person, KEEP),
        "of_fields": OF_FIELDS,
        "open": sum(cell.open for cell in cells),
        "base": sum(tally.base for tally in matrix.by_organ(cells)),
    }
    return render(request, "coverage/overview.html", context)


def _asked(request: HttpRequest, field: str) -> dict[str, Any]:
    said = request.GET
    stand = said.get("stand", "")
    return {
        "field": field,
        "organ": key_asked(said.get("organ", "")),
        "stand": stand if stand in STANDS or stand == "open" else "",
    }


def _page(request: HttpRequest, cells: list[matrix.Cell], asked: dict[str, Any]) -> dict[str, Any]:
    number = page_asked(request.GET)
    kept = urlencode({k: v for k, v in asked.items() if v and k != "field"})
    return {
        "cells": cells[PAGE * (number - 1) : PAGE * number],
        "total": len(cells),
        "previous": f"?{kept}&page={number - 1}" if number > 1 else "",
        "next": f"?{kept}&page={number + 1}" if len(cells) > PAGE * number else "",
        "query": kept,
    }


@require_GET
@needs(LOOK)
def field(request: HttpRequest, field: str) -> HttpResponse:
    """A field's matrix: item, element, limit, organ, how it stands."""
    if field not in fields():
        raise Http404("没有这一领域")
    person = person_of(request)
    every = [cell for cell in _cells(request) if cell.field == field]
    asked = _asked(request, field)
    [tally] = matrix.by_field(every) or [matrix.Tally(field, fields()[field].zh, {})]
    organs = {cell.organ.pk: cell.organ for cell in every if cell.organ}
    context = {
        "field": fields()[field],
        "catalogue": catalogues.current(person.county).get(field),
        "history": catalogues.history(person.county, field),
        "tally": tally,
        "counts": [(key, zh, tally.counts.get(key, 0)) for key, zh in STANDS.items()],
        "organs": sorted(organs.values(), key=lambda organ: (organ.position, organ.pk)),
        "asked": asked,
        "may_keep": can_some(person, KEEP),
        "duties": catalogues.duties(person.county, field) if can_some(person, KEEP) else [],
        "every_organ": living_organs(person.county),
        **_page(request, matrix.chosen(every, **asked), asked),
    }
    return render(request, "coverage/field.html", context)


@require_GET
@needs(LOOK)
def of_organ(request: HttpRequest, organ: uuid.UUID) -> HttpResponse:
    """What of its lines an organ lacks, has let grow old, or was late with; or all of them."""
    person = person_of(request)
    found = organ_or_404(request, organ)
    policies.check_organ(person, LOOK, found)
    every = matrix.chosen(matrix.cells(person.county, timezone.localdate()), organ=found.pk)
    stand = request.GET.get("stand", "open")
    asked = {"stand": stand if stand in STANDS or stand == "all" else "open", "field": ""}
    shown = matrix.chosen(every, stand="" if asked["stand"] == "all" else asked["stand"])
    [tally] = matrix.by_organ(every) or [matrix.Tally(str(found.pk), found.name, {})]
    context = {
        "organ": found,
        "tally": tally,
        "counts": [(key, zh, tally.counts.get(key, 0)) for key, zh in STANDS.items() if key != "unassigned"],
        "open": sum(cell.open for cell in every),
        "asked": asked,
        **_page(request, shown, asked),
    }
    return render(request, "coverage/organ.html", context)


@require_GET
@needs(LOOK)
def export(request: HttpRequest) -> HttpResponse:
    """The matrix, as it is filtered, as a workbook."""
    asked = _asked(request, request.GET.get("field", ""))
    rows = (
        (
            fields()[cell.field].zh,
            cell.row.number,
            cell.row.first,
            cell.row.second,
            cell.row.content,
            cell.row.limit,
            cell.row.duty,
            cell.organ.name if cell.organ else "",
            cell.stand,
            cell.judged.says,
            cell.judged.due_on,
            "；".join(each.title for each in cell.entries),
        )
        for cell in matrix.chosen(_cells(request), **asked)
    )
    today = timezone.localdate()
    return xlsx.answer(xlsx.table("标准目录覆盖情况", HEADS, rows), f"标准目录覆盖情况{today:%Y%m%d}")


@require_POST
@needs(LOOK, post=KEEP)
def bear(request: HttpRequest, field: str) -> HttpResponse:
    """Say which organs some words of 公开主体 mean."""
    said = request.POST
    try:
        organs = keys_asked(said.getlist("organs"))
        keeping.bear(audit=audit_of(request), field=field, duty=said.get("duty", ""), organs=organs)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已指定。" if organs else "已登记：本县没有对应的机关。")
    return HttpResponseRedirect(reverse("coverage-field", args=[field]) + "#duties")

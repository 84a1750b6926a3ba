"""The registers of an office, on the screen, on paper and as XLSX: numbers, seals, deliveries."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.facts import Refused
from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors import registers as reading
from gongkai.web.onrequest.services import registers as services
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.policies import can_some, check_act, needs, whose
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import year_of
from gongkai.web.workbench.context import audit_of, person_of

KINDS = {"numbers": "文号登记簿", "seals": "用印登记簿", "deliveries": "送达登记簿"}


def _series(request: HttpRequest, organs: Organs) -> tuple[list[Any], Any]:
    """Every series the person may see, and the one asked for (the first, when none or another was)."""
    known = reading.series_of(person_of(request).county, organs)
    asked = request.GET.get("series", "")
    return known, next((each for each in known if each.key == asked), known[0] if known else None)


def _context(
    request: HttpRequest, kind: str, *, act: str = "onrequest.look", limit: int = reading.SHOWN
) -> dict[str, Any]:
    person = person_of(request)
    organs = policies.organs_seen(person, act)
    year = year_of(request)
    found: dict[str, Any] = {"kind": kind, "kinds": KINDS, "title": KINDS[kind], "year": year}
    if kind == "numbers":
        known, chosen = _series(request, organs)
        lines: list[Any] = reading.numbers(chosen, limit) if chosen else []
        return found | {"known": known, "chosen": chosen, "lines": lines}
    read = reading.seals if kind == "seals" else reading.deliveries
    return found | {"lines": read(person.county, organs, year, limit)}


def _page(request: HttpRequest, kind: str, *, refused: str = "", row: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    context = _context(request, kind) | {
        "years": reading.years_of(person.county, timezone.localdate()),
        "whole_county": policies.organs_seen(person) is None,
        "shown": reading.SHOWN,
        "can_export": can_some(person, "onrequest.export"),
        "can_void": can_some(person, "onrequest.number"),
        "refused": refused,
        "refused_row": row,
        "typed": request.POST if refused else {},
        "today": timezone.localdate(),
    }
    return render(request, "cases/registers.html", context, status=status)


@require_GET
@needs("onrequest.look")
def registers(request: HttpRequest) -> HttpResponse:
    """One of the registers."""
    kind = request.GET.get("kind", "numbers")
    if kind not in KINDS:
        raise Http404("没有这种登记簿")
    return _page(request, kind)


_HEADS: dict[str, list[tuple[str, int]]] = {
    "numbers": [("文号", 24), ("状态", 12), ("文书", 28), ("取号日期", 12), ("取号人", 12), ("作废原因", 40)],
    "seals": [
        ("用印日期", 12), ("机关", 22), ("印章", 26), ("文书", 28), ("文号", 24), ("份数", 8), ("盖章件", 10), ("用印人", 12),
    ],
    "deliveries": [
        ("送出日期", 12), ("机关", 22), ("文书", 28), ("文号", 24), ("方式", 22), ("邮件号", 18), ("结果", 10),
        ("结果日期", 12), ("凭证", 8),
    ],
}  # fmt: skip


def _rows(kind: str, lines: list[Any]) -> list[tuple[xlsx.Cell, ...]]:
    if kind == "numbers":
        return [(each.text, each.state_zh, each.what, each.on, each.name, each.reason) for each in lines]
    if kind == "seals":
        return [(s.on, s.organ, s.seal, s.letter, s.number, s.copies, "有" if s.scan else "", s.name) for s in lines]
    return [
        (
            d.sent_on,
            d.organ,
            d.letter,
            d.number,
            d.manner,
            d.mail_number,
            d.outcome,
            d.outcome_on,
            "有" if d.proof else "",
        )
        for d in lines
    ]


@require_GET
@needs("onrequest.export")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """A register as XLSX; that it was taken out is on record."""
    if kind not in KINDS:
        raise Http404("没有这种登记簿")
    context = _context(request, kind, act="onrequest.export", limit=reading.ALL)
    rows = _rows(kind, context["lines"])
    chosen = context.get("chosen")
    year = chosen.year if chosen else context["year"]
    services.exported(audit=audit_of(request), person=person_of(request), register=kind, year=year, count=len(rows))
    name = f"{KINDS[kind]}-{chosen.series}-{year}" if chosen else f"{KINDS[kind]}-{year}"
    return xlsx.answer(xlsx.table(KINDS[kind], _HEADS[kind], rows), name)


@require_POST
@needs("onrequest.number")
def void(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say that a number is not used, and why."""
    person = person_of(request)
    row = reading.number(person.county, key)
    if row is None:
        raise Http404("没有这个文号")
    check_act(person, "onrequest.number", whose(person, row.organ_id))
    try:
        services.void(audit=audit_of(request), number=row, reason=request.POST.get("reason", "")[:300])
    except Refused as error:
        return _page(request, "numbers", refused=str(error), row=str(key), status=409)
    messages.success(request, f"“{row.text}”已作废，留在登记簿里，不再使用。")
    return HttpResponseRedirect(f"{reverse('registers')}?series={row.organ_id}:{row.series}:{row.year}")

"""The registers at the desk: all of them with what is lacking, the rows of one, its export, and lists to be published."""

from __future__ import annotations

import uuid
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.proactive.catalogue import themes
from gongkai.proactive.registers import FILES, Register, registers
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_act, check_act, needs, whose
from gongkai.web.registers import policies
from gongkai.web.registers.selectors import dues, lists
from gongkai.web.registers.selectors.behind import behind
from gongkai.web.registers.services import nothing as nothings
from gongkai.web.registers.services import publishing
from gongkai.web.typed import page_asked, words_asked, year_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import day_of, organ_asked, organs_offered
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.entry import item_or_404

LOOK, ENTER, DRAFT = policies.LOOK, policies.ENTER, "proactive.draft"
EXPORTED = 20_000
SHOWN_MISSING = 60


def register_or_404(key: str) -> Register:
    """The register with this key. Http404 for any other."""
    found = registers().get(key)
    if found is None:
        raise Http404("没有这种台账")
    return found


@require_GET
@needs(LOOK)
def overview(request: HttpRequest) -> HttpResponse:
    """Every register with its rows, and what is lacking."""
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    found = dues.missing(person.county, organs, today)
    lacking: dict[str, int] = {}
    for each in found:
        lacking[each.register.key] = lacking.get(each.register.key, 0) + 1
    groups = [
        (words, [(line, lacking.get(line.register.key, 0)) for line in rows])
        for words, rows in lists.overview(person.county, organs, today)
    ]
    context = {
        "groups": groups,
        "missing": found[:SHOWN_MISSING],
        "more": max(len(found) - SHOWN_MISSING, 0),
        "whole_county": organs is None,
        "today": today,
        "enters": {organ.pk for organ in organs_offered(person, ENTER)},
        "behind": behind(person.county, organs),
        "drafts": {organ.pk for organ in organs_offered(person, DRAFT)},
    }
    return render(request, "ledgers/overview.html", context)


def wanted(request: HttpRequest, of: Register) -> tuple[lists.Filter, dict[str, str]]:
    """What the address asks of a list, and the same as words for links."""
    said = request.GET
    year = year_asked(said.get("year", ""))
    kept = {"year": str(year or ""), "words": words_asked(said)}
    kept["voided"] = "1" if said.get("voided") == "1" else ""
    organ, parent = said.get("organ", ""), said.get("parent", "")
    choice = ("", "")
    for each in of.fields:
        if each.kind == "choice" and said.get(each.key, "") in each.choices:
            choice = (each.key, said[each.key])
            kept[each.key] = said[each.key]
    keys: dict[str, uuid.UUID | None] = {}
    for name, words in (("organ", organ), ("parent", parent)):
        try:
            keys[name] = uuid.UUID(words) if words else None
        except ValueError:
            raise Http404("没有这个机关") from None
        kept[name] = words
    found = lists.Filter(
        year, kept["words"], keys["organ"], kept["voided"] == "1", keys["parent"], choice,
    )  # fmt: skip
    return found, {key: value for key, value in kept.items() if value}


def _links(of: Register, kept: dict[str, str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The choices of the first field that has some, as links."""
    found = []
    for each in of.fields:
        if each.kind == "choice" and each.key != "party_kind":
            rest = {key: value for key, value in kept.items() if key != each.key}
            found.append(
                (
                    each.zh,
                    [("?" + urlencode(rest), "全部", each.key not in kept)]
                    + [
                        ("?" + urlencode({**rest, each.key: key}), zh, kept.get(each.key) == key)
                        for key, zh in each.choices.items()
                    ],
                )
            )
            break
    return found


def list_page(request: HttpRequest, of: Register, *, refused: str = "", status: int = 200) -> HttpResponse:
    """The rows of a register."""
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    asked, kept = wanted(request, of)
    number = page_asked(request.GET)
    rows = lists.lines(person.county, organs, of.key, asked)
    start = (number - 1) * lists.PAGE
    found = list(rows[start : start + lists.PAGE + 1])
    heads = lists.columns(of)
    telling = lists.Telling(person.county, of, [line.values for line in found], organs)
    mine = organs_offered(person, ENTER)
    own = mine[0] if mine else None
    rest = {key: value for key, value in kept.items() if key != "year"}
    context = {
        "of": of,
        "lines": [(line, telling.all(line.values, [h.key for h in heads])) for line in found[: lists.PAGE]],
        "heads": heads,
        "count": rows.count(),
        "kept": urlencode(kept),
        "words": asked.words,
        "year": asked.year,
        "years": [("?" + urlencode({**rest, "year": y}), y) for y in lists.years(person.county, organs, of.key)],
        "all_years": "?" + urlencode(rest),
        "links": _links(of, kept),
        "organs": living_organs(person.county) if organs is None else [],
        "organ": asked.organ,
        "voided": asked.voided,
        "more": number + 1 if len(found) > lists.PAGE else None,
        "less": number - 1 if number > 1 else None,
        "whole_county": organs is None,
        "own": own,
        "may_publish": of.publishable and own is not None and can_act(person, DRAFT, whose(person, own.pk)),
        "missing": dues.missing(person.county, organs, today, of.key)[:SHOWN_MISSING],
        "enters": {organ.pk for organ in mine},
        "themes": themes().values() if of.publishable else [],
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "ledgers/list.html", context, status=status)


@require_GET
@needs(LOOK)
def listing(request: HttpRequest, register: str) -> HttpResponse:
    """The rows of one register, newest first."""
    return list_page(request, register_or_404(register))


@require_GET
@needs(LOOK)
def export(request: HttpRequest, register: str) -> HttpResponse:
    """The rows that the list shows, all their fields, as XLSX."""
    of = register_or_404(register)
    person = person_of(request)
    organs = policies.organs_seen(person)
    asked, _ = wanted(request, of)
    found = list(lists.lines(person.county, organs, of.key, asked)[:EXPORTED])
    telling = lists.Telling(person.county, of, [line.values for line in found], organs)
    fields = [each for each in of.fields if each.kind not in FILES]
    keys = [each.key for each in fields]
    heads = [("机关", 22), *((each.label, max(12, len(each.label) * 2)) for each in fields), ("情况", 8)]
    rows: list[tuple[xlsx.Cell, ...]] = []
    for line in found:
        told = telling.all(line.values, keys)
        cells = [_cell(each.kind, line.values.get(each.key, ""), told[n].words) for n, each in enumerate(fields)]
        rows.append((line.organ.name, *cells, "作废" if line.voided else ""))
    return xlsx.answer(xlsx.table(of.zh, heads, rows), f"{of.zh}台账")


def _cell(kind: str, value: str, words: str) -> xlsx.Cell:
    if kind == "day" and value:
        return date.fromisoformat(value)
    if kind == "count" and value.isdecimal():
        return int(value)
    if kind == "amount" and value:
        from decimal import Decimal

        return Decimal(value)
    return words


@require_POST
@needs(ENTER)
def nothing(request: HttpRequest, register: str) -> HttpResponse:
    """Say that there was nothing to enter in a period."""
    of = register_or_404(register)
    organ = organ_asked(request, ENTER)
    if organ is None:
        raise Http404("没有可以登记的机关")
    check_act(person_of(request), ENTER, whose(person_of(request), organ.pk))
    try:
        row = nothings.declare_nothing(
            audit=audit_of(request),
            organ=organ,
            register=of.key,
            every=request.POST.get("every", ""),
            day=day_of(request, "day", needed="日期") or timezone.localdate(),
            reason=request.POST.get("reason", ""),
        )
    except Refused as error:
        return list_page(request, of, refused=str(error), status=409)
    messages.success(request, f"已记下：{row.first:%Y-%m-%d}至{row.last:%Y-%m-%d}“{of.zh}”没有可登记的。")
    return HttpResponseRedirect(reverse("ledger-list", args=[of.key]))


@require_POST
@needs(LOOK, post=DRAFT)
def publish(request: HttpRequest, register: str) -> HttpResponse:
    """Draft an entry of the catalogue with the chosen rows as a table."""
    of = register_or_404(register)
    organ = organ_asked(request, DRAFT)
    if organ is None:
        raise Http404("没有可以登记的机关")
    check_act(person_of(request), LOOK, whose(person_of(request), organ.pk))
    try:
        try:
            rows = [uuid.UUID(key) for key in request.POST.getlist("rows")]
        except ValueError as error:
            raise Refused("请重新选择要公开的行。") from error
        item = publishing.draft_list(
            audit=audit_of(request),
            organ=organ,
            register=of.key,
            rows=rows,
            title=request.POST.get("title", ""),
            theme=request.POST.get("theme", ""),
            public_until=day_of(request, "public_until"),
        )
    except Refused as error:
        return list_page(request, of, refused=str(error), status=409)
    messages.success(request, "已生成草稿。核对以后送审，审查通过、发布以后，这些行才对外显示。")
    return HttpResponseRedirect(reverse("entry", args=[item]))


@require_POST
@needs(LOOK, post=DRAFT)
def renew(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Draft a public list anew from its rows as they say now."""
    item = item_or_404(request, key, DRAFT)
    check_act(person_of(request), LOOK, whose(person_of(request), item.organ_id))
    try:
        publishing.renew_list(audit=audit_of(request), item=item)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("ledgers") + "#behind")
    messages.success(request, "已按台账重做草稿。核对以后送审；发布以前，公开的仍是原来的清单。")
    return HttpResponseRedirect(reverse("entry", args=[item.pk]))

"""One entry as anyone may read it: the page, the page for paper, its files, its code for a phone."""

from __future__ import annotations

import io
import json
import uuid
from datetime import date
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.proactive.validity import HOLDS, Validity
from gongkai.scope.modes import OPEN_MARK, DisclosureMode
from gongkai.web.people.policies import public
from gongkai.web.portal.addresses import address_of
from gongkai.web.portal.context import county_of
from gongkai.web.portal.kept import kept
from gongkai.web.proactive.selectors import outside
from gongkai.web.proactive.selectors.entries import column_names, topic_names
from gongkai.web.proactive.selectors.public import public_by_number, public_item

WHY = "主动公开的信息任何人都可以查阅"
_IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
TONES = {Validity.AMENDED: "amended", Validity.PARTLY_LAPSED: "amended", Validity.NOT_YET: "waiting"}


def absolute(request: HttpRequest, name: str, *args: Any) -> str:
    """The whole address of one of our pages, as the visitor reached us."""
    return f"{request.scheme}://{request.get_host()}{address_of(name, *args)}"


def data_block(told: dict[str, Any]) -> str:
    """Data for machines as it may stand within a page: nothing in it can end the block or begin another."""
    return json.dumps(told, ensure_ascii=False).translate(_IN_SCRIPT)


def not_here(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """404 for what never was public; 410 for what no longer is. Neither says a word of it."""
    why = outside.gone(county_of().pk, key)
    response = render(request, "portal/item_gone.html", {"why": why}, status=410 if why else 404)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _asked_day(request: HttpRequest) -> tuple[date | None, str]:
    said = request.GET.get("on", "").strip()[:20]
    if not said:
        return None, ""
    try:
        return date.fromisoformat(said), ""
    except ValueError:
        return None, "请按“2026-03-02”的样子填写日期。"


def _described(address: str, found: outside.Shown) -> str:
    """The entry in the words of schema.org."""
    version = found.version
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation" if outside.is_document(found.release.kind) else "Article",
        "@id": address,
        "url": address,
        "name": found.release.title,
        "headline": found.release.title,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "identifier": found.release.index_number,
        "datePublished": timezone.localtime(found.release.from_at).isoformat(),
        "dateCreated": version.metadata.get("written_on"),
        "description": version.metadata.get("summary"),
        "keywords": found.told("keywords"),
        "publisher": {"@type": "GovernmentOrganization", "name": found.issuer},
    }
    if outside.is_document(found.release.kind):
        told["legislationIdentifier"] = found.told("document_number")
        told["legislationDate"] = version.metadata.get("written_on")
        if found.standing is not None:
            whole, part = "https://schema.org/InForce", "https://schema.org/PartiallyInForce"
            holds = part if found.standing.validity is Validity.PARTLY_LAPSED else whole
            told["legislationLegalForce"] = (
                holds if found.standing.validity in HOLDS else "https://schema.org/NotInForce"
            )
    return data_block({key: value for key, value in told.items() if value})


def _tone(stands: Any) -> str:
    if stands is None:
        return ""
    return TONES.get(stands.validity, "" if stands.holds else "over")


def _page(request: HttpRequest, key: uuid.UUID, template: str, *, day: date | None = None, **more: Any) -> HttpResponse:
    county = county_of()
    release = public_item(county.pk, key)
    if release is None:
        return not_here(request, key)
    found = outside.shown_of(release, address=f"{address_of('portal-item', key)}/files", on=day)
    address = absolute(request, "portal-item", key)
    columns, topics = column_names(county.pk), topic_names(county.pk)
    said = release.version.metadata
    readings = [group for group in found.groups if group.kind == "interprets"]
    ended_by = [g for g in found.groups if found.standing and not g.forth and g.kind in ("amends", "repeals")]
    # A document that another says it repeals, while nobody has entered that: the page says both, and calls neither right.
    otherwise = found.standing is not None and found.standing.holds and any(g.kind == "repeals" for g in ended_by)
    context = {
        "found": found,
        "readings": readings,
        "ended_by": ended_by,
        "said_otherwise": otherwise,
        "others": [group for group in found.groups if group not in (*readings, *ended_by)],
        "number": found.told("document_number"),
        "described": _described(address, found),
        "release": release,
        "key": key,
        "address": address,
        "published_on": outside.published_on(release),
        "tone": "amended" if otherwise else _tone(found.standing),
        "columns": [(each, columns[each]) for each in said.get("columns") or () if each in columns],
        "topics": [(each, topics[each]) for each in said.get("topics") or () if each in topics],
        "mark": OPEN_MARK if release.version.mode == DisclosureMode.PROACTIVE else "",
        "pictures": [row for row in found.files if row.role == "picture" and str(row.file_id) not in found.body],
        "attachments": [row for row in found.files if row.role != "picture"],
        "today": timezone.localdate(),
    } | more
    return render(request, template, context)


@kept
@public(WHY)
@require_safe
def item(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page of an entry."""
    day, wrong = _asked_day(request)
    return _page(request, key, "portal/item.html", day=day, wrong=wrong)


@kept
@public(WHY)
@require_safe
def on_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The same for paper: the text, its metadata, where it stands on line."""
    return _page(request, key, "portal/item_print.html")


@kept
@public(WHY)
@require_safe
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """From an index number to the page."""
    release = public_by_number(county_of().pk, number[:60])
    if release is None:
        response = render(request, "portal/item_gone.html", {"why": ""}, status=404)
        response.headers["X-Robots-Tag"] = "noindex"
        return response
    return HttpResponseRedirect(reverse("portal-item", args=[release.item_id]))


@kept
@public(WHY)
@require_safe
def code(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The address of the page as a code that a phone reads."""
    if public_item(county_of().pk, key) is None:
        return not_here(request, key)
    made = io.BytesIO()
    segno.make(absolute(request, "portal-item", key), error="m", micro=False).save(
        made, kind="svg", scale=4, border=4, xmldecl=False, dark="#000", light="#fff", nl=False
    )
    return HttpResponse(made.getvalue(), content_type="image/svg+xml")

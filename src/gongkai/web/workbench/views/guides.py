"""The guides of the organs at the desk, what is missing or no longer true in them; and the topics of the portal."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.proactive.guide import ALWAYS, CHANNELS, CITES, FIELDS, UP_TO_DATE, missing, stale
from gongkai.proactive.progress import STATES, State
from gongkai.web.facts import Refused
from gongkai.web.guide import services
from gongkai.web.guide.selectors import begins_with, guide_of, leads, states
from gongkai.web.people.policies import can_act, needs, whose
from gongkai.web.proactive.selectors.entries import entry, topic_names
from gongkai.web.proactive.services.settings import set_topics
from gongkai.web.rules.policies import can_set_county, check_set_county
from gongkai.web.typed import key_asked
from gongkai.web.workbench.asked import organ_for, organs_offered
from gongkai.web.workbench.context import audit_of, person_of

LOOK, DRAFT = "proactive.look", "proactive.draft"
MOST_TOPICS = 40


@needs(LOOK)
@require_GET
def guides(request: HttpRequest) -> HttpResponse:
    """Every guide that this person may see: what is missing, stale or not yet outside."""
    person = person_of(request)
    organs = organs_offered(person, LOOK)
    organs = [organ for organ in organs if organ.listed or organ.word]
    rows = states(organs)
    context = {
        "rows": [(row, STATES[State(row.entry_state)] if row.entry_state else "") for row in rows],
        "public": sum(row.public for row in rows),
        "sound": sum(not row.wrong for row in rows),
        "cites": CITES,
        "fresh": UP_TO_DATE,
    }
    return render(request, "guide/guides.html", context)


def _form(request: HttpRequest, organ: Any, *, typed: Any = None, refused: str = "", status: int = 200) -> HttpResponse:
    person, last = person_of(request), guide_of(organ)
    values = (last.values if last else begins_with(organ)) if typed is None else typed
    channels = last.channels if last else dict.fromkeys(ALWAYS, "")
    known = begins_with(organ)
    gone = {each.field.key: each for each in stale(last.values if last else {}, known)}
    lacks = {field.key for field in missing(last.values if last else {})}
    state = states([organ])[0]
    ways = [
        (
            key,
            words,
            key in ALWAYS,
            key in channels if typed is None else key in typed.getlist("channels"),
            channels.get(key, "") if typed is None else typed.get(f"way-{key}", ""),
        )
        for key, words in CHANNELS.items()
    ]
    context = {
        "organ": organ,
        "state": state,
        "entry_state": STATES[State(state.entry_state)] if state.entry_state else "",
        "fields": [(f, values.get(f.key, ""), gone.get(f.key), f.key in lacks and last is not None) for f in FIELDS],
        "ways": ways,
        "refused": refused,
        "may_draft": can_act(person, DRAFT, whose(person, organ.pk)),
        "cites": CITES,
    }
    return render(request, "guide/form.html", context, status=status)


@needs(LOOK, post=DRAFT)
@require_http_methods(["GET", "POST"])
def guide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The parts of an organ's guide."""
    organ = organ_for(request, key, LOOK if request.method == "GET" else DRAFT)
    if request.method == "GET":
        return _form(request, organ)
    said = request.POST
    open_ways = {
        way: said.get(f"way-{way}", "") for way in CHANNELS if way in said.getlist("channels") or way in ALWAYS
    }
    try:
        services.keep_guide(audit=audit_of(request), organ=organ, values=said.dict(), channels=open_ways)
    except Refused as error:
        return _form(request, organ, typed=said, refused=str(error), status=409)
    messages.success(request, "已保存。送入目录、审查通过并发布以后，门户上的指南才会改变。")
    return HttpResponseRedirect(reverse("guide", args=[key]))


@needs(DRAFT)
@require_POST
def bring_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Bring the guide into the catalogue, where it passes every stage."""
    organ = organ_for(request, key, DRAFT)
    try:
        item = services.bring_in(audit=audit_of(request), organ=organ)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("guide", args=[key]))
    messages.success(request, "已送入目录。请检查、送审，审查通过后发布。")
    return HttpResponseRedirect(reverse("entry", args=[item.pk]))


# ── topics ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _topics(request: HttpRequest, *, refused: str = "", status: int = 200) -> HttpResponse:
    person = person_of(request)
    chosen = leads(person.county)
    rows = [(key, words, chosen.get(key)) for key, words in topic_names(person.county).items()]
    context = {"rows": rows, "refused": refused, "may_set": can_set_county(person)}
    return render(request, "guide/topics.html", context, status=status)


@needs("rules.look", post="rules.set")
@require_http_methods(["GET", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of the county: their names, in order, and the entry that leads each in."""
    person = person_of(request)
    if request.method == "GET":
        return _topics(request)
    check_set_county(person)
    audit, before, said = audit_of(request), topic_names(person.county), request.POST
    kept = {key: said.get(f"name-{key}", words).strip() for key, words in before.items()}
    kept = {key: words for key, words in kept.items() if words}
    if new := said.get("new", "").strip():
        kept[f"t{uuid.uuid4().hex[:8]}"] = new
    try:
        if len(kept) > MOST_TOPICS:
            raise Refused(f"专题最多{MOST_TOPICS}个，不再更新的请去掉。")
        with transaction.atomic():
            set_topics(audit=audit, topics=kept, valid_from=timezone.localdate())
            _set_leads(request, kept)
    except Refused as error:
        return _topics(request, refused=str(error), status=409)
    messages.success(request, "专题已经更新。")
    return HttpResponseRedirect(reverse("topics-desk"))


def _set_leads(request: HttpRequest, kept: dict[str, str]) -> None:
    person, chosen = person_of(request), leads(person_of(request).county)
    for key in kept:
        typed = request.POST.get(f"lead-{key}", "").strip()
        last = str(chosen[key][0]) if key in chosen else ""
        if typed == last:
            continue
        item = None
        if typed:
            leading = key_asked(typed.rstrip("/").rpartition("/")[2])
            item = entry(person.county, leading) if leading else None
            if item is None:
                raise Refused(f"没有找到作为导语的条目：“{typed[:60]}”。请粘贴条目页面的地址。")
        services.lead_topic(audit=audit_of(request), topic=key, item=item)

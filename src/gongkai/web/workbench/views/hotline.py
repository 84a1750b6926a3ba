"""The hotline at the desk: its ledger looked at and brought in, its figures, and the questions that come again."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.interaction.selectors import hotline as reading
from gongkai.web.interaction.services import hotline as services
from gongkai.web.interaction.services import questions as asking
from gongkai.web.organs.selectors import living_organs, organ
from gongkai.web.people.policies import needs
from gongkai.web.workbench import looked
from gongkai.web.workbench.context import audit_of, person_of

ACT = "interaction.hotline"
SALT, SHOWN = "gongkai.hotline", 200


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    county, today = person_of(request).county, timezone.localdate()
    since = date(today.year, 1, 1)
    told = services.columns_set(county, today)
    return {
        "since": since,
        "until": today,
        "by_organ": reading.tallied(county, "organ_name", since, today),
        "by_category": reading.tallied(county, "category", since, today),
        "levels": reading.levels(county, since, today),
        "imports": reading.imports(county),
        "fields": [(key, zh, told.get(key, ""), names[0]) for key, (zh, names) in services.FIELDS.items()],
        "refused": "",
    } | more


@require_http_methods(["GET", "POST"])
@needs(ACT)
def page(request: HttpRequest) -> HttpResponse:
    """The figures; and, when a file is sent, what it holds before anything of it is taken in."""
    if request.method == "GET":
        return render(request, "talk/hotline.html", _context(request))
    person = person_of(request)
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Refused("请选择热线台账的文件（XLSX或者CSV）。")
        seen = services.look(county=person.county, name=file.name or "台账", data=file.read())
        kept = services.keep_for_later(audit=audit_of(request), seen=seen)
    except Refused as error:
        return render(request, "talk/hotline.html", _context(request, refused=str(error)), status=422)
    ticket = looked.ticket(request, kept, SALT)
    columns = [(services.FIELDS[field][0], head) for field, head in seen.columns.items()]
    more = {"seen": seen, "lines": seen.lines[:SHOWN], "columns": columns, "ticket": ticket}
    return render(request, "talk/hotline.html", _context(request, **more))


@require_POST
@needs(ACT)
def bring(request: HttpRequest) -> HttpResponse:
    """Take in what was looked at."""
    try:
        file, _ = looked.shown(request, SALT)
        done = services.bring(audit=audit_of(request), seen=services.kept(file), file=file)
    except Refused as error:
        messages.error(request, str(error))
    else:
        said = f"已导入{done.taken}件"
        said += f"；{done.known}件以前导入过，没有重复导入" if done.known else ""
        said += f"；{done.refused}行没有导入" if done.refused else ""
        messages.success(request, said + "。")
    return HttpResponseRedirect(reverse("hotline"))


@require_POST
@needs(ACT)
def columns(request: HttpRequest) -> HttpResponse:
    """Say once which head stands for what."""
    heads = {key: request.POST.get(key, "") for key in services.FIELDS}
    try:
        services.set_columns(audit=audit_of(request), heads=heads, valid_from=timezone.localdate())
    except Refused as error:
        return render(request, "talk/hotline.html", _context(request, refused=str(error)), status=422)
    messages.success(request, "表头对应已经保存，以后导入照此识别。")
    return HttpResponseRedirect(reverse("hotline"))


def _parts(request: HttpRequest) -> list[tuple[str, uuid.UUID]]:
    found = []
    for said in request.POST.getlist("part")[:60]:
        kind, _, key = said.partition(":")
        try:
            found.append((kind, uuid.UUID(key)))
        except ValueError as error:
            raise Refused("有一件来信或者热线工单不在本县的记录里，请核对。") from error
    return found


@require_http_methods(["GET", "POST"])
@needs(ACT)
def questions(request: HttpRequest) -> HttpResponse:
    """Groups that seem to ask the same; a person says which do, and an entry is drafted."""
    person, refused = person_of(request), ""
    if request.method == "POST":
        try:
            key = uuid.UUID(request.POST["organ"]) if request.POST.get("organ") else None
            made = asking.confirm(
                audit=audit_of(request),
                organ=organ(person.county, key) if key else None,
                title=request.POST.get("title", "")[:200],
                answer=request.POST.get("answer", "")[:6000],
                parts=_parts(request),
            )
        except (Refused, ValueError) as error:
            refused = str(error) if isinstance(error, Refused) else "请选择由哪个机关回答。"
        else:
            messages.success(request, "已经起草为目录条目，补充主题和法定事项后送审；发布后列入热点问答。")
            return HttpResponseRedirect(reverse("entry", args=[made.entry]))
    with transaction.atomic():
        groups = reading.proposed(person.county, audit=audit_of(request))
    context = {
        "groups": groups,
        "confirmed": reading.confirmed(person.county),
        "organs": living_organs(person.county),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "talk/questions.html", context, status=422 if refused else 200)

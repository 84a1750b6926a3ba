"""Packages between two networks: written on the one side, carried, taken in on the other; and whose keys they bear."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.exchange import selectors, services
from gongkai.web.exchange.bundle import MOST_BYTES
from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_some, needs
from gongkai.web.workbench.context import audit_of, county_of, person_of

CARRY, KEEP = "onrequest.carry_packages", "api.keep_clients"


def _peer(request: HttpRequest, key: uuid.UUID) -> Any:
    found = selectors.peer(county_of(request).pk, key)
    if found is None:
        raise Http404("没有这个对端")
    return found


@never_cache
@require_GET
@needs(CARRY)
def packages(request: HttpRequest) -> HttpResponse:
    """What waits to go out, what went and came."""
    return _page(request)


def _page(request: HttpRequest, refused: str = "") -> HttpResponse:
    county = county_of(request).pk
    context = {
        "rows": selectors.peers(county),
        "packages": [(row, selectors.direction_words(row)) for row in selectors.packages(county)],
        "may_keep": can_some(person_of(request), KEEP),
        "refused": refused,
    }
    return render(request, "outside/packages.html", context, status=422 if refused else 200)


@require_POST
@needs(CARRY)
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write the next package for the other side."""
    peer = _peer(request, key)
    try:
        made = services.export(audit=audit_of(request), peer=peer)
    except Refused as error:
        return _page(request, str(error))
    messages.success(request, f"已导出给“{peer.name}”的第{made.number}号数据包，请下载后带到对端导入。")
    return HttpResponseRedirect(reverse("packages"))


@require_POST
@needs(CARRY)
def bring(request: HttpRequest) -> HttpResponse:
    """Take a package in, whole or not at all."""
    file = request.FILES.get("file")
    try:
        if file is None or (file.size or 0) > MOST_BYTES:
            raise Refused("请选择数据包文件（.gkp）。")
        done = services.bring_in(audit=audit_of(request), data=file.read())
    except Refused as error:
        return _page(request, str(error))
    said = f"已导入“{done.peer.name}”的第{done.number}号数据包：申请{done.counts['applications']}件，办理情况{done.counts['facts']}条。"
    messages.success(request, said)
    return HttpResponseRedirect(reverse("packages"))


@require_GET
@needs(CARRY)
def file(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A package that was written, as often as it must be carried."""
    found = selectors.package(county_of(request).pk, key)
    if found is None or found.file is None:
        raise Http404("没有这个数据包")
    response = HttpResponse(file_services.read(found.file.pk), content_type="application/octet-stream")
    name = quote(found.file.plain_name)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@needs(KEEP)
def keys(request: HttpRequest) -> HttpResponse:
    """Our key to give away, and the keys of others. POST: another side."""
    county, refused = county_of(request).pk, ""
    typed = {name: request.POST.get(name, "") for name in ("name", "side", "card", "organ")}
    if request.method == "POST":
        organs = {str(o.pk): o for o in living_organs(county)}
        try:
            organ = organs.get(typed["organ"])
            audit = audit_of(request)
            services.add_peer(audit=audit, name=typed["name"], side=typed["side"], card=typed["card"], organ=organ)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已登记。请打电话与对方逐组核对指纹，无误后点“已核对”。")
            return HttpResponseRedirect(reverse("packages-keys"))
    context = {
        "ours": selectors.our_keys(),
        "rows": selectors.peers(county),
        "organs": living_organs(county),
        "typed": typed,
        "refused": refused,
    }
    return render(request, "outside/keys.html", context, status=422 if refused else 200)


@require_POST
@needs(KEEP)
def settle(request: HttpRequest, key: uuid.UUID, act: str) -> HttpResponse:
    """The fingerprint was compared; or nothing is to pass any more."""
    peer = _peer(request, key)
    acts = {"confirm": (services.confirm_peer, "已确认，可以导出和导入了。"), "end": (services.end_peer, "已停用。")}
    if act not in acts:
        raise Http404("没有这个操作")
    do, said = acts[act]
    try:
        do(audit=audit_of(request), peer=peer)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("packages-keys"))

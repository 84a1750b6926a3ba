"""Systems that call us: registered, given tokens that are shown once, told of events, ended."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.clients import selectors, services
from gongkai.web.clients.scopes import LONGEST_DAYS, PER_MINUTE, SCOPES, WEBHOOK_EVENTS
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_of
from gongkai.web.people.policies import needs
from gongkai.web.typed import key_asked, number_said
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, county_of

KEEP = "api.keep_clients"


def _client(request: HttpRequest, key: uuid.UUID) -> Any:
    found = selectors.client(county_of(request).pk, key)
    if found is None:
        raise Http404("没有这个接入方")
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@needs(KEEP)
def clients(request: HttpRequest) -> HttpResponse:
    """Every system that may call. POST: a new one."""
    county, refused = county_of(request), ""
    typed = {"per_minute": str(PER_MINUTE)} | {
        k: request.POST[k] for k in ("name", "organ", "per_minute") if k in request.POST
    }
    if request.method == "POST":
        try:
            made = services.register_client(
                audit=audit_of(request),
                name=typed.get("name", ""),
                organ=_organ(county.pk, typed.get("organ", "")),
                per_minute=number_said(typed["per_minute"], "每分钟调用次数"),
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已登记“{made.name}”。请为它发放令牌。")
            return HttpResponseRedirect(reverse("client", args=[made.pk]))
    context = {
        "rows": selectors.clients(county.pk),
        "organs": living_organs(county.pk),
        "typed": typed,
        "refused": refused,
    }
    return render(request, "outside/clients.html", context, status=422 if refused else 200)


def _organ(county: uuid.UUID, words: str) -> Any:
    if words == "county":
        return None
    key = key_asked(words)
    found = organ_of(county, key) if key else None
    if found is None:
        raise Refused("请选择接入方属于哪个机关，或者选择“全县”。")
    return found


def _page(request: HttpRequest, key: uuid.UUID, status: int = 200, **more: Any) -> HttpResponse:
    found = _client(request, key)
    [row] = [each for each in selectors.clients(found.county) if each.client.pk == found.pk]
    today = timezone.localdate()
    context = {
        "row": row,
        "scopes": SCOPES,
        "events": WEBHOOK_EVENTS,
        "today": today,
        "half_year": today + timedelta(days=180),
        "latest": today + timedelta(days=LONGEST_DAYS),
        "base": request.build_absolute_uri("/api/v1/"),
        **more,
    }
    return render(request, "outside/client.html", context, status=status)


@never_cache
@require_GET
@needs(KEEP)
def client(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One system: its tokens, its address for events."""
    return _page(request, key)


@never_cache
@require_POST
@needs(KEEP)
def give(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new token, shown this once."""
    found = _client(request, key)
    try:
        expires_on = day_of(request, "expires_on", needed="有效期")
        assert expires_on is not None
        _, words = services.give_token(
            audit=audit_of(request),
            client=found,
            scopes=request.POST.getlist("scopes"),
            expires_on=expires_on,
        )
    except Refused as error:
        return _page(request, key, 422, refused=str(error))
    return _page(request, key, token=words)


@never_cache
@require_POST
@needs(KEEP)
def webhook(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where the system is told of events; the secret is shown this once."""
    found = _client(request, key)
    try:
        secret = services.set_webhook(
            audit=audit_of(request),
            client=found,
            url=request.POST.get("url", ""),
            events=request.POST.getlist("events"),
        )
    except Refused as error:
        return _page(request, key, 422, refused_webhook=str(error), url=request.POST.get("url", ""))
    if not secret:
        messages.success(request, "已停止通知。")
        return HttpResponseRedirect(reverse("client", args=[key]))
    return _page(request, key, secret=secret)


@require_POST
@needs(KEEP)
def revoke(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Take a token back."""
    _client(request, key)
    found = selectors.token(county_of(request).pk, row)
    if found is None or found.client_id != key:
        raise Http404("没有这个令牌")
    return _do(
        request, key, lambda: services.revoke_token(audit=audit_of(request), token=found), "令牌已撤销，立即生效。"
    )


@require_POST
@needs(KEEP)
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The system calls no more."""
    found = _client(request, key)
    said = "已停用，它的令牌全部撤销，不再发送通知。"
    return _do(request, key, lambda: services.end_client(audit=audit_of(request), client=found), said)


def _do(request: HttpRequest, key: uuid.UUID, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("client", args=[key]))

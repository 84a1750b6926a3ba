"""Logging in and out, the own password, the second factor, and at which organ one acts."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web import sealed
from gongkai.web.facts import Refused
from gongkai.web.onrequest.services import reminders as reminding
from gongkai.web.people import accounts, login, passwords
from gongkai.web.people import second_factor as factor
from gongkai.web.people.middleware import DEMONSTRATION, SEAT, here
from gongkai.web.people.policies import can_some, needs, public
from gongkai.web.people.selectors import demonstration_people, hand_overs, seats
from gongkai.web.typed import key_asked
from gongkai.web.workbench.context import audit_of, county_of, person_of

NEXT, NEW_SECRET = "next", "totp"


def _account(request: HttpRequest) -> Any:
    return getattr(request, "account", None)


def _next(request: HttpRequest) -> str:
    url = str(request.session.pop(NEXT, "") or "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else reverse("go")


STARTS = (
    ("onrequest.look", "home"),
    ("onrequest.mail_room", "home"),
    ("annual.look", "start"),
    ("audit.look", "audit"),
    ("people.look", "people"),
)


@require_GET
@needs("people.own_account")
def go(request: HttpRequest) -> HttpResponse:
    """To the first page of what this person does."""
    person = person_of(request)
    from django.urls import NoReverseMatch

    for act, name in STARTS:
        if can_some(person, act):
            try:
                return HttpResponseRedirect(reverse(name))
            except NoReverseMatch:
                continue
    return HttpResponseRedirect(reverse("account"))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@public("登录之前没有身份")
def log_in(request: HttpRequest) -> HttpResponse:
    """User name and password."""
    asked: Any = request
    if not asked.accounts_on or asked.person is not None:
        return HttpResponseRedirect(reverse("go"))
    refused = ""
    if request.method == "POST":
        try:
            entered = login.enter(request, request.POST.get("login", ""), request.POST.get("password", ""))
            if request.POST.get("next"):
                request.session[NEXT] = request.POST["next"][:500]
            return HttpResponseRedirect(reverse("log-in-code") if entered.second_factor else _next(request))
        except Refused as error:
            refused = str(error)
    context = {
        "refused": refused,
        "typed": request.POST.get("login", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "people/login.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@public("第二步验证之前没有身份")
def log_in_code(request: HttpRequest) -> HttpResponse:
    """The second factor."""
    refused = ""
    if request.method == "POST":
        try:
            login.enter_code(request, request.POST.get("code", "")[:40])
            return HttpResponseRedirect(_next(request))
        except Refused as error:
            refused = str(error)
    if login.half_way(request) is None:
        if refused:
            messages.error(request, refused)
        return HttpResponseRedirect(reverse("log-in"))
    return render(request, "people/code.html", {"refused": refused})


@require_POST
@needs("people.own_account")
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    login.leave(request)
    messages.success(request, "已退出登录。")
    return HttpResponseRedirect(reverse("log-in"))


@require_GET
@needs("people.own_account")
def account(request: HttpRequest) -> HttpResponse:
    """My account: who I am here, at which organs, how I log in."""
    person, mine = person_of(request), _account(request)
    context = {
        "mine": mine,
        "held": seats(person, timezone.localdate()),
        "codes_left": factor.codes_left(mine) if mine else 0,
        "required": bool(mine) and factor.required(mine, person.roles),
        "days": passwords.parameter("password_days"),
        "hand_overs": hand_overs(person),
        "idle": passwords.parameter("idle_minutes"),
        "address": reminding.address_of(person.pk),
    }
    return render(request, "people/account.html", context)


@require_POST
@needs("people.own_account")
def reminders(request: HttpRequest) -> HttpResponse:
    """Where I want to be reminded of what falls due."""
    try:
        reminding.set_address(
            audit=audit_of(request), person=person_of(request), address=request.POST.get("address", "").strip()[:200]
        )
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已保存接收提醒的邮箱。")
    return HttpResponseRedirect(reverse("account"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs("people.own_account")
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password."""
    mine = _account(request)
    if mine is None:
        messages.info(request, "单人模式没有账号，也没有口令。")
        return HttpResponseRedirect(reverse("account"))
    refused = ""
    if request.method == "POST":
        words = {k: request.POST.get(k, "") for k in ("old", "new", "again")}
        try:
            accounts.change_password(audit=audit_of(request), account=mine, **words)
            login.keep_session(request, mine)
            messages.success(request, "口令已修改。其他电脑上的登录已经全部退出。")
            return HttpResponseRedirect(_next(request))
        except Refused as error:
            refused = str(error)
    return render(request, "people/password.html", {"mine": mine, "rule": passwords.rule(), "refused": refused})


def _new_secret(request: HttpRequest, mine: Any) -> str:
    """The secret that is being set up: made once, sealed in the session until a code proves it."""
    place = {"table": "session", "column": NEW_SECRET, "row": mine.pk}
    kept = request.session.get(NEW_SECRET)
    if kept:
        try:
            return sealed.unseal(urlsafe_b64decode(kept), **place)
        except sealed.Tampered:
            pass
    secret = factor.new_secret()
    request.session[NEW_SECRET] = urlsafe_b64encode(sealed.seal(secret, **place)).decode()
    return secret


@never_cache
@require_http_methods(["GET", "POST"])
@needs("people.own_account")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set the second factor up: a picture for the authenticator, a code as proof, recovery codes told once."""
    mine = _account(request)
    if mine is None:
        messages.info(request, "单人模式没有账号，不需要两步验证。")
        return HttpResponseRedirect(reverse("account"))
    if mine.totp_on_at and request.GET.get("again") != "1" and request.method == "GET":
        return HttpResponseRedirect(reverse("account"))
    secret, refused = _new_secret(request, mine), ""
    if request.method == "POST":
        try:
            codes = factor.enrol(
                audit=audit_of(request), account=mine, secret=secret, code=request.POST.get("code", "")[:12]
            )
            request.session.pop(NEW_SECRET, None)
            return render(request, "people/codes.html", {"codes": codes, "next": _next(request)})
        except Refused as error:
            refused = str(error)
    context = {
        "picture": factor.picture_of(mine, secret),
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "required": factor.required(mine, person_of(request).roles),
        "refused": refused,
    }
    return render(request, "people/second_factor.html", context)


@require_POST
@needs("people.own_account")
def seat(request: HttpRequest) -> HttpResponse:
    """Act at another of one's organs."""
    wanted = request.POST.get("seat", "")
    found = next((s for s in seats(person_of(request), timezone.localdate()) if s.key == wanted), None)
    if found is None:
        messages.error(request, "您在那个机关没有身份。")
    else:
        request.session[SEAT] = wanted
        messages.success(request, f"现在的身份：{found.words}。")
    return HttpResponseRedirect(reverse("go"))


@require_POST
@public("只在演示中、只在本机，不经登录")
def show_as(request: HttpRequest) -> HttpResponse:
    """Look at the demonstration as one of its invented people. Gone when there are accounts or anyone is elsewhere."""
    asked: Any = request
    if asked.accounts_on or not here(request):
        messages.error(request, "只能在演示中切换身份。")
        return HttpResponseRedirect(reverse("log-in" if asked.accounts_on else "go"))
    wanted = key_asked(request.POST.get("person", ""))
    known = {p.pk for p in demonstration_people(county_of(request).pk)}
    request.session.pop(SEAT, None)
    if wanted in known:
        request.session[DEMONSTRATION] = str(wanted)
    else:
        request.session.pop(DEMONSTRATION, None)
    return HttpResponseRedirect(reverse("go"))

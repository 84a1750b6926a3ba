"""Who asks: the one who logged in, or, until there are accounts, whoever sits at this machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.web.people import login, passwords, second_factor
from gongkai.web.people.models import Account, Person
from gongkai.web.people.selectors import accounts_on, acting, local_operator

SEAT, DEMONSTRATION = "seat", "demonstration"
THIS_MACHINE = ("127.0.0.1", "::1")
_FIRST = ("password", "second-factor", "log-out", "large-text", "second-factor-codes")
"""Pages open to one who must first change the password or set up the second factor."""


def here(request: HttpRequest) -> bool:
    """Whether a request comes from this machine itself."""
    return request.META.get("REMOTE_ADDR", "") in THIS_MACHINE


class PersonMiddleware:
    """Sets `request.person` (None for a stranger) and `request.account`; sends strangers to the log-in page.

    A view that neither says what it asks for nor that it is public is shown to nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the person."""
        asked: Any = request
        asked.account = None
        asked.accounts_on = accounts_on()
        asked.person = self._logged_in(asked) if asked.accounts_on else self._without_accounts(request)
        return self.get_response(request)

    def _logged_in(self, request: Any) -> Person | None:
        account = login.account_of(request)
        request.account = account
        return acting(account.person, at=request.session.get(SEAT, "")) if account else None

    def _without_accounts(self, request: HttpRequest) -> Person | None:
        if not here(request):
            return None
        shown = request.session.get(DEMONSTRATION)
        if shown:
            found = Person.objects.filter(pk=shown, demonstration=True, active=True).first()
            if found is not None:
                return acting(found, at=request.session.get(SEAT, ""))
        return local_operator()

    def process_view(self, request: HttpRequest, view: Any, args: Any, values: Any) -> HttpResponse | None:
        """Let nobody past who is not known, and nothing be shown that does not say to whom."""
        if getattr(view, "public", None) is not None:
            return None
        asked: Any = request
        if asked.person is None and asked.accounts_on:
            return self._to_log_in(request)
        if asked.person is None and not here(request):
            raise PermissionDenied("在启用账号之前，本系统只在本机（127.0.0.1）上提供服务。")
        if not hasattr(view, "acts"):
            raise PermissionDenied("这一页没有登记所需的权限，不能显示。")
        return self._first_things(request, asked.account)

    def _to_log_in(self, request: HttpRequest) -> HttpResponse:
        url = reverse("log-in")
        if request.method == "GET" and not request.headers.get("HX-Request"):
            return HttpResponseRedirect(f"{url}?{urlencode({'next': request.get_full_path()})}")
        messages.warning(request, "登录已经超时，刚才提交的内容没有办理。请登录后重新提交。")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": url})
        return HttpResponseRedirect(url)

    def _first_things(self, request: HttpRequest, account: Account | None) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if account is None or name in _FIRST:
            return None
        if account.must_change or passwords.expired(account):
            why = "首次登录，请先修改口令。" if account.must_change else "口令已到期，请修改后继续。"
            messages.warning(request, why)
            return HttpResponseRedirect(reverse("password"))
        if not account.totp_on_at and second_factor.required(account, account.person.roles):
            messages.warning(request, "您的身份要求启用两步验证，请先设置。")
            return HttpResponseRedirect(reverse("second-factor"))
        return None

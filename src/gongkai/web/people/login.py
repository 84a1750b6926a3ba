"""Logging in: each try is counted before the password is looked at, by account and by address."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import home_county
from gongkai.web.people import second_factor
from gongkai.web.people.accounts import plain_login
from gongkai.web.people.models import Account, Attempt
from gongkai.web.people.passwords import parameter
from gongkai.web.people.selectors import failures_from
from gongkai.web.typed import key_asked

WRONG = "用户名或者口令不对。"
WRONG_CODE = "验证码不对。每个验证码只能用一次，请等验证器出现新的数字再试。"
SEEN, HALF = "seen", "half"
HALF_MINUTES = 5
_EVERY_SECONDS = 60


@functools.cache
def _nobody() -> str:
    return make_password("nobody has this password")


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a right password: logged in, or a second factor is still to come."""

    account: Account
    second_factor: bool


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the peer, or what the server that speaks TLS for us says of it."""
    if settings.GONGKAI_BEHIND_TLS:
        forwarded = str(request.headers.get("X-Forwarded-For", "")).split(",")[-1].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def _noted(request: HttpRequest, login: str, outcome: str) -> None:
    county = home_county()
    if county is not None:
        Attempt.objects.create(
            county=county.pk,
            login=sealed.lookup("login", login),
            address=sealed.lookup("address", address_of(request)),
            outcome=outcome,
        )


def _check_address(request: HttpRequest) -> None:
    since = timezone.now() - timedelta(minutes=parameter("lock_minutes"))
    if failures_from(sealed.lookup("address", address_of(request)), since) >= parameter("address_failures"):
        raise Refused(f"从这台电脑登录失败的次数过多，请{parameter('lock_minutes')}分钟后再试。")


def _begin(account: Account) -> None:
    """Count a try before it is judged, so that many at once are no more than many. Refused when locked."""
    now = timezone.now()
    refused = ""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        if row.locked_until and row.locked_until > now:
            until = timezone.localtime(row.locked_until)
            refused = f"多次输错，账号已锁定至{until:%H:%M}。请到时再试，或者请系统管理员解锁。"
        elif row.failures + 1 >= parameter("failures"):
            lock = now + timedelta(minutes=parameter("lock_minutes"))
            Account.objects.filter(pk=row.pk).update(failures=0, locked_until=lock)
        else:
            Account.objects.filter(pk=row.pk).update(failures=F("failures") + 1, locked_until=None)
    if refused:
        raise Refused(refused)


def _failed(request: HttpRequest, account: Account, what: str) -> None:
    _noted(request, account.login, what)
    account.refresh_from_db(fields=["locked_until"])
    with transaction.atomic():
        audit = Audit(actor=account.person_id, county=account.county)
        audit.record("people.log_in_failed", account.person, {"why": what, "locked": account.locked_until is not None})


def enter(request: HttpRequest, login: str, password: str) -> Entered:
    """Take a user name and a password. Refused, always with the same sentence, when they do not belong together."""
    _check_address(request)
    name = plain_login(login)[:60].replace("\0", "")
    account = Account.objects.select_related("person").filter(login=name).first()
    if account is None or account.closed_at or not account.person.active:
        check_password(password, _nobody())  # takes as long as for an account that is there
        _noted(request, name, "unknown")
        raise Refused(WRONG)
    _begin(account)
    if not account.check_password(password):
        _failed(request, account, "password")
        raise Refused(WRONG)
    if account.totp_on_at:
        request.session[HALF] = {"account": str(account.pk), "at": timezone.now().timestamp()}
        return Entered(account, second_factor=True)
    _in(request, account, "password")
    return Entered(account, second_factor=False)


def half_way(request: HttpRequest) -> Account | None:
    """The account whose password was right a moment ago and whose second factor is awaited."""
    half: dict[str, Any] | None = request.session.get(HALF)
    if half is None or timezone.now().timestamp() - half["at"] > HALF_MINUTES * 60:
        return None
    return Account.objects.select_related("person").filter(pk=half["account"], closed_at__isnull=True).first()


def enter_code(request: HttpRequest, code: str) -> Account:
    """Take the second factor. Refused when it is wrong, or the password was given too long ago."""
    account = half_way(request)
    if account is None:
        raise Refused(f"请在输入口令后{HALF_MINUTES}分钟内输入验证码。请重新登录。")
    if code.strip() == "":
        raise Refused("请输入验证码。")
    _check_address(request)
    _begin(account)
    way = second_factor.verify(account, code)
    if not way:
        _failed(request, account, "code")
        raise Refused(WRONG_CODE)
    _in(request, account, way)
    return account


def _in(request: HttpRequest, account: Account, way: str) -> None:
    request.session.pop(HALF, None)
    auth.login(request, account, backend="gongkai.web.people.login")  # a new session key, nothing of a stranger's left
    request.session[SEEN] = int(timezone.now().timestamp())
    with transaction.atomic():
        now = timezone.now()
        Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None, last_login=now)
        Audit(actor=account.person_id, county=account.county).record("people.log_in", account.person, {"by": way})
    _noted(request, account.login, "in")


def leave(request: HttpRequest) -> None:
    """Log out, on record; nothing of the session is left."""
    account = account_of(request)
    if account is not None:
        with transaction.atomic():
            Audit(actor=account.person_id, county=account.county).record("people.log_out", account.person)
    request.session.flush()


def account_of(request: HttpRequest) -> Account | None:
    """Whose session this is; None for nobody's, for one left idle too long and for one whose password has changed."""
    key = key_asked(str(request.session.get(auth.SESSION_KEY, "")))
    if key is None:
        return None
    now, seen = int(timezone.now().timestamp()), int(request.session.get(SEEN, 0))
    account = (
        Account.objects.select_related("person").filter(pk=key, closed_at__isnull=True, person__active=True).first()
    )
    known = account is not None and constant_time_compare(
        request.session.get(auth.HASH_SESSION_KEY, ""), account.get_session_auth_hash()
    )
    if not known or now - seen > parameter("idle_minutes") * 60:
        request.session.flush()
        return None
    if now - seen > _EVERY_SECONDS:
        request.session[SEEN] = now
    return account


def keep_session(request: HttpRequest, account: Account) -> None:
    """After a change of the password: this session goes on, all others of the account end."""
    request.session.cycle_key()
    request.session[auth.HASH_SESSION_KEY] = account.get_session_auth_hash()

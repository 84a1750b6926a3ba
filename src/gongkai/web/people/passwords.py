"""What a password must be: length, kinds of characters, not an old one, not for ever. The numbers are settings."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.people.models import Account, OldPassword

_SIGNS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
LONGEST = 128


def parameter(name: str) -> Any:
    """A number of the log-in controls."""
    return settings.GONGKAI_LOGIN[name]


def rule() -> str:
    """The rule in a sentence, as the page says it beforehand."""
    length, classes, history = (parameter(f"password_{n}") for n in ("length", "classes", "history"))
    return f"至少{length}个字符，大写字母、小写字母、数字、其他符号中至少有{classes}种；不得包含用户名，不得与最近{history}次用过的口令相同。"


def _kinds(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit)
    others = any(not any(test(c) for test in tests) for c in password)
    return sum(any(test(c) for c in password) for test in tests) + others


def check_new(account: Account, password: str) -> None:
    """Refused, with what is wanting, when this may not be the account's next password."""
    least, classes = parameter("password_length"), parameter("password_classes")
    if len(password) < least:
        raise Refused(f"新口令有{len(password)}个字符，至少要{least}个。")
    if len(password) > LONGEST or "\0" in password:
        raise Refused(f"新口令最多{LONGEST}个字符。")
    if (met := _kinds(password)) < classes:
        raise Refused(f"新口令只有{met}种字符，大写字母、小写字母、数字、其他符号中至少要有{classes}种。")
    if account.login.casefold() in password.casefold():
        raise Refused("新口令不得包含用户名。")
    old = OldPassword.objects.filter(account=account).order_by("-id")[: parameter("password_history")]
    used = [account.password, *(row.password for row in old)]
    if any(hashed and check_password(password, hashed) for hashed in used[: parameter("password_history")]):
        raise Refused(f"新口令与最近{parameter('password_history')}次用过的口令相同，请换一个。")


def set_password(account: Account, password: str, *, must_change: bool) -> None:
    """Write the password, as its hash; the old hash is remembered. Inside the transaction of the caller."""
    if account.password:
        OldPassword.objects.create(county=account.county, account=account, password=account.password)
    account.password = make_password(password)
    account.must_change, account.changed_at = must_change, timezone.now()
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["password", "must_change", "changed_at", "failures", "locked_until"])


def expired(account: Account) -> bool:
    """Whether the password has been used too long."""
    return bool(timezone.now() - account.changed_at > timedelta(days=parameter("password_days")))


def first_password() -> str:
    """A password to be told once and changed at the first log-in: sixteen signs that nobody mistakes for others."""
    words = ["".join(secrets.choice("".join(_SIGNS)) for _ in range(4)) for _ in range(4)]
    return "-".join([secrets.choice(_SIGNS[0]) + secrets.choice(_SIGNS[1]) + secrets.choice(_SIGNS[2]), *words])

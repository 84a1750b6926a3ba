"""Accounts: opened, reset, unlocked, closed by the system administrator; the password changed by its owner."""

from __future__ import annotations

import re
import unicodedata

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.people import passwords
from gongkai.web.people.models import Account, Person, RecoveryCode
from gongkai.web.people.permissions import ROLES
from gongkai.web.people.selectors import accounts_on, missing_administrators
from gongkai.web.people.services import switch_on_when_ready

_LOGIN = re.compile(r"[0-9a-z\u3400-\u9fff\U00020000-\U0003ffff][0-9a-z._\-\u3400-\u9fff\U00020000-\U0003ffff]{1,39}")


def plain_login(login: str) -> str:
    """A user name as it is compared: full width as half width, small letters, no spaces.

    >>> plain_login(" Ｗang.Fang ")
    'wang.fang'
    """
    return "".join(unicodedata.normalize("NFKC", login).split()).casefold()


def open_account(*, audit: Audit, person: Person, login: str, password: str = "") -> str:
    """An account for a person; its first password, which is told once and must be changed. Refused for a taken name."""
    name = plain_login(login)
    if not _LOGIN.fullmatch(name):
        raise Refused("用户名应为2至40个汉字、字母或者数字，可以含有点、横线，例如 wangfang。")
    if person.demonstration or person.role in ("local_operator", "applicant", "api_client"):
        raise Refused("演示人员、本机操作人、网上申请人和接入方没有账号。")
    first = password or passwords.first_password()
    account = Account(county=person.county, person=person, login=name, changed_at=timezone.now())
    passwords.check_new(account, first)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            passwords.set_password(account, first, must_change=True)
            audit.record("people.open_account", person, {"login": salted(name)})
            switch_on_when_ready(audit=audit)
    except IntegrityError:
        raise Refused(f"用户名“{name}”已经有人使用，或者这个人员已有账号。") from None
    return first


def change_password(*, audit: Audit, account: Account, old: str, new: str, again: str) -> None:
    """The owner's own change. Refused when the old one is wrong or the new one may not be."""
    if not account.check_password(old):
        raise Refused("原口令不对。")
    if new != again:
        raise Refused("两次输入的新口令不一致。")
    passwords.check_new(account, new)
    with transaction.atomic():
        passwords.set_password(account, new, must_change=False)
        audit.record("people.change_password", account.person)


def reset_password(*, audit: Audit, account: Account) -> str:
    """A new first password, told once; the second factor stays."""
    first = passwords.first_password()
    with transaction.atomic():
        passwords.set_password(account, first, must_change=True)
        audit.record("people.reset_password", account.person)
    return first


def unlock(*, audit: Audit, account: Account) -> None:
    """Lift the lock after failures."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
        audit.record("people.unlock", account.person)


def reset_second_factor(*, audit: Audit, account: Account) -> None:
    """The device is lost: the second factor is set up anew at the next log-in."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(totp=b"", totp_on_at=None, totp_step=0)
        RecoveryCode.objects.filter(account=account, used_at__isnull=True).update(used_at=timezone.now())
        audit.record("people.reset_second_factor", account.person)


def close_account(*, audit: Audit, account: Account) -> None:
    """Nobody logs in with it any more. Refused for the last administrator of a kind."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(closed_at=timezone.now())
        if accounts_on() and (lost := missing_administrators()):
            words = "、".join(ROLES[r] for r in lost)
            raise Refused(f"不能停用：之后将没有{words}。请先授予另一个人并开通账号。")
        audit.record("people.close_account", account.person)


def reopen_account(*, audit: Audit, account: Account) -> str:
    """The account is used again, with a new first password."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(closed_at=None)
        audit.record("people.reopen_account", account.person)
        return reset_password(audit=audit, account=account)

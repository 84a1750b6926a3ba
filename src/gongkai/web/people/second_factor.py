"""The second factor: six figures of an authenticator (TOTP), or a code written down for when it is lost."""

from __future__ import annotations

import hmac
import io
import secrets
import time

import pyotp
import segno
from django.db import transaction
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.people.models import Account, RecoveryCode
from gongkai.web.people.passwords import parameter
from gongkai.web.people.permissions import ADMINISTRATORS

ISSUER = "政府信息公开"
CODES = 8
_STEP = 30
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def required(account: Account, roles: tuple[str, ...]) -> bool:
    """Whether this account must have a second factor."""
    who = parameter("second_factor")
    return bool(who == "everyone" or (who == "administrators" and set(roles) & set(ADMINISTRATORS)))


def new_secret() -> str:
    """A secret for an authenticator, in Base32."""
    return pyotp.random_base32()


def address_of(account: Account, secret: str) -> str:
    """What the QR code says to the authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER)


def picture_of(account: Account, secret: str) -> str:
    """The QR code as an SVG image for an `img` element (a data address)."""
    out = io.BytesIO()
    segno.make(address_of(account, secret), error="m").save(
        out, kind="svg", scale=5, border=4, dark="#12263f", light="#ffffff", xmldecl=False, svgns=True
    )
    from base64 import b64encode

    return "data:image/svg+xml;base64," + b64encode(out.getvalue()).decode()


def _step_of(secret: str, code: str, after: int) -> int | None:
    """The step at which a code is right, now or one step away; None when none, or one already used."""
    figures = "".join(c for c in code if c.isdigit())
    now = int(time.time()) // _STEP
    totp = pyotp.TOTP(secret)
    steps = (step for step in (now, now - 1, now + 1) if step > after)
    return next((s for s in steps if hmac.compare_digest(totp.at(s * _STEP).encode(), figures.encode())), None)


def _digest(account: Account, code: str) -> str:
    return sealed.lookup(f"recovery {account.pk}", code.replace("-", ""))


def enrol(*, audit: Audit, account: Account, secret: str, code: str) -> list[str]:
    """Switch the second factor on, once a code proves that the authenticator has it; the recovery codes, told once."""
    step = _step_of(secret, code, 0)
    if step is None:
        raise Refused("验证码不对。请核对手机时间是否准确，再输入验证器上新出现的6位数字。")
    codes = ["".join(secrets.choice(_SIGNS) for _ in range(10)) for _ in range(CODES)]
    with transaction.atomic():
        account.totp = sealed.seal(secret, table="people_account", column="totp", row=account.pk)
        account.totp_on_at, account.totp_step = timezone.now(), step
        account.save(update_fields=["totp", "totp_on_at", "totp_step"])
        RecoveryCode.objects.filter(account=account, used_at__isnull=True).update(used_at=timezone.now())
        for each in codes:
            RecoveryCode.objects.create(county=account.county, account=account, digest=_digest(account, each))
        audit.record("people.enrol_second_factor", account.person)
    return [f"{c[:5]}-{c[5:]}" for c in codes]


def verify(account: Account, code: str) -> str:
    """How a code proves the account: `totp`, `recovery`, or nothing. A code proves it once only."""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        secret = sealed.unseal(bytes(row.totp), table="people_account", column="totp", row=row.pk)
        step = _step_of(secret, code, row.totp_step)
        if step is not None:
            Account.objects.filter(pk=row.pk).update(totp_step=step)
            return "totp"
        digest = _digest(row, code.strip().lower())
        used = RecoveryCode.objects.filter(account=row, digest=digest, used_at__isnull=True)
        return "recovery" if used.update(used_at=timezone.now()) else ""


def codes_left(account: Account) -> int:
    """How many recovery codes are not used."""
    return RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()

"""The ways out: SMTP, the HTTP interface of a text message gateway, signed calls to other systems.

All of it is set up by the environment (`Channels`), none of it is needed, and only the worker calls it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import smtplib
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from gongkai.web.facts import Refused
from gongkai.web.messages.templates import TEMPLATES

SECONDS = 20
SMS_BODY = '{"mobile": "{to}", "template": "{template}", "params": "{params}", "id": "{key}"}'
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})*")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_ANSWER = 64 * 1024


class NotSent(Exception):
    """A message did not leave: `why` in a word, `for_good` when trying again is of no use."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good = why, for_good


@dataclass(frozen=True, slots=True)
class Channels:
    """What the environment says of the ways out."""

    smtp: str = ""
    mail_from: str = ""
    sms_url: str = ""
    sms_body: str = SMS_BODY
    sms_headers: dict[str, str] = field(default_factory=dict)
    sms_templates: dict[str, str] = field(default_factory=dict)
    sms_success: str = ""
    quiet_from: time = time(22)
    quiet_until: time = time(7)


def _read_json(name: str) -> dict[str, str]:
    try:
        found = json.loads(os.environ.get(name) or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(f'环境变量 {name} 应为JSON对象，例如 {{"名称": "值"}}。')
    return {str(key): str(value) for key, value in found.items()}


def channels() -> Channels:
    """The ways out as they are set up now. Refused when a setting cannot be read."""
    told = os.environ.get
    quiet = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", told("GONGKAI_SMS_QUIET") or "22:00-07:00")
    if quiet is None:
        raise Refused("环境变量 GONGKAI_SMS_QUIET 应写成 22:00-07:00。")
    return Channels(
        smtp=told("GONGKAI_SMTP_URL", ""),
        mail_from=told("GONGKAI_MAIL_FROM", ""),
        sms_url=told("GONGKAI_SMS_URL", ""),
        sms_body=told("GONGKAI_SMS_BODY") or SMS_BODY,
        sms_headers=_read_json("GONGKAI_SMS_HEADERS"),
        sms_templates=_read_json("GONGKAI_SMS_TEMPLATES"),
        sms_success=told("GONGKAI_SMS_SUCCESS", ""),
        quiet_from=time.fromisoformat(quiet[1]),
        quiet_until=time.fromisoformat(quiet[2]),
    )


def is_on(channel: str) -> bool:
    """Whether a way out is set up."""
    found = channels()
    return bool({"email": found.smtp and found.mail_from, "sms": found.sms_url, "webhook": True}[channel])


def check_address(channel: str, to: str) -> str:
    """The address in plain form. Refused when it is none."""
    plain = to.strip()
    if channel == "email":
        if len(plain) > 254 or not _EMAIL.fullmatch(plain):
            raise Refused("电子邮箱地址不正确，请核对。")
        return plain
    plain = re.sub(r"^\+?86(?=1)", "", re.sub(r"[\s-]", "", plain))
    if not _MOBILE.fullmatch(plain):
        raise Refused("手机号码不正确，请填写11位手机号码。")
    return plain


def not_before(channel: str, moment: datetime) -> datetime:
    """The first moment from then on at which a message may leave: no text message in quiet hours."""
    if channel != "sms":
        return moment
    found = channels()
    start, end = found.quiet_from, found.quiet_until
    local = timezone.localtime(moment)
    now = local.time()
    quiet = start <= now < end if start <= end else now >= start or now < end
    if not quiet:
        return moment
    day = local.date() if now < end else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, end))


def send_email(*, to: str, key: uuid.UUID, template: str, fields: Mapping[str, str]) -> None:
    """One e-mail over SMTP. Its Message-ID is the message's key, so that a second copy is seen to be one."""
    found = channels()
    if not (found.smtp and found.mail_from):
        raise NotSent("channel_off", for_good=True)
    subject, body = TEMPLATES[template].words(fields)
    parts = urlsplit(found.smtp)
    server = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "localhost",
        port=parts.port or (465 if parts.scheme == "smtps" else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp+starttls",
        timeout=SECONDS,
    )
    domain = found.mail_from.rpartition("@")[2].strip("<> ") or "localhost"
    headers = {"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, body, found.mail_from, [to], headers=headers, connection=server).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotSent("refused", for_good=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent("answer", for_good=error.smtp_code in (552, 553, 554)) from None
    except (smtplib.SMTPException, OSError):
        raise NotSent("unreachable") from None


def _filled(pattern: str, words: Mapping[str, str]) -> Any:
    """A JSON value of a pattern: each `{word}` inside a string replaced, `{params}` alone by the object itself."""

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {fill(k): fill(v) for k, v in value.items()}
        if isinstance(value, list):
            return [fill(v) for v in value]
        if not isinstance(value, str):
            return value
        if value == "{params}":
            return json.loads(words["params"])
        return re.sub(r"\{(\w+)\}", lambda m: words.get(m[1], m[0]), value)

    return fill(json.loads(pattern))


def send_sms(*, to: str, key: uuid.UUID, template: str, fields: Mapping[str, str]) -> None:
    """One text message through the gateway: its own template and our parameters, in the JSON it asks for."""
    found = channels()
    if not found.sms_url:
        raise NotSent("channel_off", for_good=True)
    subject, text = TEMPLATES[template].words(fields)
    words = {
        "to": to,
        "key": str(key),
        "template": found.sms_templates.get(template, template),
        "params": json.dumps(dict(fields), ensure_ascii=False),
        "text": text,
        "subject": subject,
        **fields,
    }
    body = json.dumps(_filled(found.sms_body, words), ensure_ascii=False).encode()
    answer = _post(found.sms_url, body, {**found.sms_headers, "Idempotency-Key": str(key)})
    if found.sms_success:
        path, _, wanted = found.sms_success.partition("=")
        if str(_inside(answer, path)) != wanted:
            raise NotSent("answer")


def _inside(answer: bytes, path: str) -> Any:
    try:
        value = json.loads(answer)
        for part in path.split("."):
            value = value[part]
    except (ValueError, KeyError, TypeError):
        return None
    return value


def sign(secret: str, body: bytes, at: str) -> str:
    """The signature of a call: HMAC-SHA256 over its time, a stop and its body."""
    return "sha256=" + hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


def send_webhook(
    *, url: str, secret: str, key: uuid.UUID, event: str, number: str, at: datetime, state: str = ""
) -> None:
    """Tell another system of an event: what, of which case, when; signed with that system's own secret."""
    told = {"id": str(key), "event": event, "number": number} | ({"state": state} if state else {})
    body = json.dumps(told | {"at": at.isoformat()}, ensure_ascii=False).encode()
    now = timezone.now().isoformat()
    headers = {"Idempotency-Key": str(key), "X-Gongkai-Time": now, "X-Gongkai-Signature": sign(secret, body, now)}
    _post(url, body, headers)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signed call goes where it was meant to go or nowhere."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        """Follow nothing."""


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotSent("address", for_good=True)
    sent = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "gongkai", **headers}
    request = urllib.request.Request(url, data=body, headers=sent, method="POST")  # noqa: S310 - looked at above
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            return bytes(answer.read(_ANSWER))
    except urllib.error.HTTPError as error:
        error.close()
        raise NotSent("answer", for_good=error.code in (400, 404, 410, 413, 422)) from None
    except (OSError, HTTPException, ValueError):
        raise NotSent("unreachable") from None

"""Writing the calling systems: registered, given tokens, taken their tokens; each use on record."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.clients.models import ApiClient, ApiReceipt, ApiToken
from gongkai.web.clients.scopes import LONGEST_DAYS, MOST_PER_MINUTE, PER_MINUTE, SCOPES, WEBHOOK_EVENTS
from gongkai.web.clients.selectors import audit_of, receipt_key, token_key
from gongkai.web.facts import Refused
from gongkai.web.messages import services as messages
from gongkai.web.organs.models import Organ
from gongkai.web.people.actors import client_actor

USED_EVERY = timedelta(minutes=1)
"""The page of clients knows the last use to the minute; the audit knows each."""


def register_client(*, audit: Audit, name: str, organ: Organ | None, per_minute: int = PER_MINUTE) -> ApiClient:
    """A system that is going to call. Refused without a name or when another has it."""
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= 60:
        raise Refused("请填写接入方的名称，2至60个字。")
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise Refused(f"每分钟调用次数应为1至{MOST_PER_MINUTE}。")
    try:
        with transaction.atomic():
            person = client_actor(audit=audit, name=plain)
            client = ApiClient.objects.create(
                county=audit.county, name=plain, organ=organ, person=person, per_minute=per_minute
            )
            audit.record("api.register_client", client, {"organ": str(organ.pk) if organ else "", "rate": per_minute})
    except IntegrityError:
        raise Refused(f"已经有名为“{plain}”的接入方，请换一个名称。") from None
    return client


def give_token(*, audit: Audit, client: ApiClient, scopes: Iterable[str], expires_on: date) -> tuple[ApiToken, str]:
    """A new token; its words are shown this once and kept by nobody here."""
    wanted, today = sorted(set(scopes)), timezone.localdate()
    if client.ended_at:
        raise Refused("这个接入方已经停用，不能再发令牌。")
    if not wanted or not set(wanted) <= set(SCOPES):
        raise Refused("请至少选择一项权限。")
    if wanted == ["personal"]:
        raise Refused("“包含申请人信息”要与“按编号查询办理状态”一起选择。")
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise Refused("有效期应从今天起，最长一年；到期前请换发新的令牌。")
    words = f"gk_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            county=audit.county,
            client=client,
            key=token_key(words),
            hint=words[-4:],
            scopes=wanted,
            expires_on=expires_on,
            by=audit.actor,
        )
        audit.record("api.give_token", token, {"scopes": wanted, "expires_on": str(expires_on)})
    return token, words


def revoke_token(*, audit: Audit, token: ApiToken) -> None:
    """From this moment on the token is no good."""
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
            raise Refused("这个令牌已经撤销。")
        audit.record("api.revoke_token", token)


def end_client(*, audit: Audit, client: ApiClient) -> None:
    """The system calls no more and is told nothing more."""
    now = timezone.now()
    with transaction.atomic():
        held = ApiClient.objects.select_for_update().get(pk=client.pk)
        if held.ended_at:
            raise Refused("这个接入方已经停用。")
        held.ended_at = now
        held.save(update_fields=["ended_at"])
        ApiToken.objects.filter(client=held, revoked_at=None).update(revoked_at=now)
        if held.webhook:
            messages.end_client(audit=audit, key=held.webhook)
        audit.record("api.end_client", client)


def set_webhook(*, audit: Audit, client: ApiClient, url: str, events: Iterable[str]) -> str:
    """Where this system wants to be told of events; the secret that signs the calls, shown this once.

    An earlier address is ended: what waits for it is given up. With an empty `url` nothing is told any more.
    """
    wanted = [event for event in events if event in WEBHOOK_EVENTS]
    with transaction.atomic():
        held = ApiClient.objects.select_for_update().get(pk=client.pk)
        if held.ended_at:
            raise Refused("这个接入方已经停用。")
        if held.webhook:
            messages.end_client(audit=audit, key=held.webhook)
        secret, held.webhook = "", None
        if url.strip():
            name = f"{held.name[:50]} {secrets.token_hex(4)}"
            told, secret = messages.register_client(audit=audit, name=name, url=url.strip(), events=wanted)
            held.webhook = told.pk
        held.save(update_fields=["webhook"])
        audit.record("api.set_webhook", held, {"events": wanted if held.webhook else []})
    return secret


def used(token: ApiToken, operation: str, refused: str = "") -> None:
    """Write down that a token was used, for what, and why it was refused if it was."""
    now = timezone.now()
    facts: dict[str, Any] = {"operation": operation, "token": token.hint}
    with transaction.atomic():
        if token.used_at is None or token.used_at < now - USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(used_at=now)
        act = "api.refuse" if refused else "api.call"
        audit_of(token.client).record(act, token, facts | ({"code": refused} if refused else {}))


def keep_receipt(client: ApiClient, *, key: str, digest: str, about: Any, said: dict[str, Any]) -> ApiReceipt:
    """What was answered under a system's key; inside the transaction of what was asked. IntegrityError for a known one."""
    return ApiReceipt.objects.create(
        county=client.county, client=client, key=receipt_key(key), digest=digest, about=about, said=said
    )

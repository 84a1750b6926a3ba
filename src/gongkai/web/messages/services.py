"""Writing a message: in the transaction of the act that it tells of. A worker sends it afterwards."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.services import Audit, NoTransaction
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.jobs.services import enqueue
from gongkai.web.messages import channels
from gongkai.web.messages.models import Client, Message, without_address
from gongkai.web.messages.tasks import deliver
from gongkai.web.messages.templates import EVENTS, check_fields, check_number

TABLE, CLIENTS = Message._meta.db_table, Client._meta.db_table
AGAIN = ("dead", "off")
"""The states out of which a message can be tried once more."""
AT_ONCE = 500
"""So many messages are put back to work in one transaction."""
_LOCAL = ("127.0.0.1", "localhost", "::1")


def send(
    *,
    audit: Audit,
    channel: str,
    template: str,
    to: str,
    key: str,
    number: str = "",
    not_before: datetime | None = None,
) -> Message:
    """Write a message by e-mail or text message; the one that is there already when `key` was told before.

    Inside the caller's transaction (NoTransaction without one). Refused for a template that is not on the list, a
    number that is none, an address that is none. Where the channel is not set up the row says so and nothing is sent.
    """
    fields = {"number": number} if number else {}
    check_fields(template, fields)
    if channel not in ("email", "sms"):
        raise Refused("没有这种发送方式。")
    plain = channels.check_address(channel, to)
    row = new_key()
    return _write(
        audit,
        Message(
            id=row,
            channel=channel,
            template=template,
            fields=fields,
            key=key,
            address=sealed.seal(plain, table=TABLE, column="address", row=row),
            state="waiting" if channels.is_on(channel) else "off",
            next_at=not_before or timezone.now(),
        ),
    )


def tell_clients(
    *, audit: Audit, event: str, number: str, key: str, state: str = "", only: Iterable[uuid.UUID] | None = None
) -> list[Message]:
    """Tell the systems that want to know of an event (of those named in `only`). Inside the caller's transaction.

    `state` is a code that says where the case stands.
    """
    if event not in EVENTS:
        raise Refused("没有这一种事件。")
    check_number(number)
    listening = Client.objects.filter(county=audit.county, active=True)
    if only is not None:
        listening = listening.filter(pk__in=list(only))
    wanting = [c for c in listening if event in c.events]
    fields = {"number": number} | ({"state": state} if state else {})
    return [
        _write(
            audit,
            Message(
                channel="webhook",
                template=event,
                fields=fields,
                key=f"{key}:{client.pk}",
                client=client,
                next_at=timezone.now(),
            ),
        )
        for client in wanting
    ]


def _write(audit: Audit, message: Message) -> Message:
    if not connection.in_atomic_block:
        raise NoTransaction("消息必须与其所告知的行为在同一事务中写入")
    told = Message.objects.filter(county=audit.county, channel=message.channel, key=message.key).first()
    if told:
        return told
    failpoint("messages.before_row")
    message.county = audit.county
    message.save(force_insert=True)
    audit.record("messages.send", message, {"channel": message.channel, "template": message.template})
    if message.state == "waiting":
        enqueue(deliver, message.pk, key=f"message:{message.pk}", run_after=message.next_at)
    failpoint("messages.after_row")
    return message


def forget_addresses(*, about: uuid.UUID) -> int:
    """Take the addresses out of every message about a matter, inside the caller's transaction."""
    return Message.objects.filter(key__contains=str(about)).exclude(address=b"").update(address=b"")


def send_again(*, audit: Audit, key: uuid.UUID) -> Message:
    """Try a message once more that was given up, or whose channel was not set up then."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=key, county=audit.county)
        if message.state not in AGAIN:
            raise Refused("这条消息已经发送或者正在发送，不需要重发。")
        if without_address(message):
            raise Refused("收件地址已经随该事项的个人信息删除，不能重发。")
        message.state, message.attempts, message.next_at, message.failure = "waiting", 0, timezone.now(), ""
        message.taken_at = None
        message.save(update_fields=["state", "attempts", "next_at", "failure", "taken_at"])
        audit.record("messages.send_again", message, {})
        enqueue(deliver, message.pk, key=f"message:{message.pk}")
    return message


def send_all_again(*, audit: Audit) -> int:
    """Try everything once more that was given up, at most `AT_ONCE` of them; how many."""
    given_up = Message.objects.filter(county=audit.county, state="dead")
    kept = given_up.exclude(~Q(channel="webhook"), address=b"").order_by("id").select_for_update()
    with transaction.atomic():  # who asks for the same at the same moment waits here, and finds none of them
        keys = list(kept.values_list("pk", flat=True)[:AT_ONCE])
        for key in keys:
            send_again(audit=audit, key=key)
    return len(keys)


def register_client(*, audit: Audit, name: str, url: str, events: Iterable[str]) -> tuple[Client, str]:
    """A system that is to be told, and the secret that signs what it gets: shown this once."""
    wanted = sorted(set(events))
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused("通知地址不是有效的网址，请核对。") from None
    if not name.strip():
        raise Refused("请填写对方系统的名称。")
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise Refused("通知地址应以 https:// 开头。")
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise Refused("通知地址应以 https:// 开头；只有本机地址可以用 http://。")
    if not wanted or not set(wanted) <= set(EVENTS):
        raise Refused("请至少选择一种要通知的事件。")
    secret, row = secrets.token_urlsafe(32), new_key()
    with transaction.atomic():
        if Client.objects.filter(county=audit.county, name=name.strip()).exists():
            raise Refused("已经有同名的系统，请换一个名称。")
        client = Client.objects.create(
            id=row,
            county=audit.county,
            name=name.strip(),
            url=url,
            secret=sealed.seal(secret, table=CLIENTS, column="secret", row=row),
            events=wanted,
        )
        audit.record("messages.register_client", client, {"events": wanted})
    return client, secret


def end_client(*, audit: Audit, key: uuid.UUID) -> Client:
    """Tell a system nothing more. What waits for it is given up."""
    with transaction.atomic():
        client = Client.objects.select_for_update().get(pk=key, county=audit.county)
        client.active = False
        client.save(update_fields=["active"])
        client.messages.filter(state="waiting").update(state="dead", failure="client_ended")
        audit.record("messages.end_client", client, {})
    return client

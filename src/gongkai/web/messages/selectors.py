"""Reading messages: what became of them, never to whom in full."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from gongkai.web.messages.models import CHANNELS, STATES, Client, Message
from gongkai.web.messages.templates import TEMPLATES

FAILURES: dict[str, str] = {
    "": "",
    "refused": "对方拒收",
    "unreachable": "无法连接对方",
    "answer": "对方返回错误",
    "address": "地址不能使用",
    "channel_off": "渠道未启用",
    "client_ended": "对方系统已停用",
    "sealed": "地址无法解密",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as a page shows it."""

    key: uuid.UUID
    channel: str
    subject: str
    state: str
    attempts: int
    failure: str
    written_at: datetime
    sent_at: datetime | None
    next_at: datetime


def _shown(message: Message) -> Sent:
    template = TEMPLATES.get(message.template)
    subject = template.words(message.fields)[0] if template else message.template
    return Sent(
        key=message.pk,
        channel=dict(CHANNELS)[message.channel],
        subject=subject,
        state=dict(STATES)[message.state],
        attempts=message.attempts,
        failure=FAILURES.get(message.failure, "发送失败"),
        written_at=message.recorded_at,
        sent_at=message.sent_at,
        next_at=message.next_at,
    )


def dead_letters(county: uuid.UUID, count: int = 200) -> list[Sent]:
    """What could not be sent and waits for a person, newest first."""
    return [_shown(m) for m in Message.objects.filter(county=county, state="dead").order_by("-id")[:count]]


def messages_about(county: uuid.UUID, prefix: str) -> list[Sent]:
    """Every message whose key begins so, oldest first: of one case, when keys begin with the case's."""
    return [_shown(m) for m in Message.objects.filter(county=county, key__startswith=prefix).order_by("id")]


def count_dead(county: uuid.UUID) -> int:
    """How many messages wait for a person."""
    return Message.objects.filter(county=county, state="dead").count()


def webhook_of(county: uuid.UUID, key: uuid.UUID | None) -> Client | None:
    """The system that is told of events under this key, if it is still told."""
    return Client.objects.filter(county=county, pk=key, active=True).first() if key else None

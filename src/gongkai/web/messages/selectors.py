"""Reading messages: what became of them, never to whom in full."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from gongkai.web.messages.models import CHANNELS, STATES, Client, Message, without_address
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
STATE_WORDS: dict[str, str] = dict(STATES)
UNNUMBERED = "编号不显示"
"""What stands for the number of a case before who may look at no case."""


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
    forgotten: bool
    """Its address was taken out with the personal data of its matter: it can be sent no more."""


def _shown(message: Message, *, numbered: bool) -> Sent:
    fields = message.fields if numbered else dict.fromkeys(message.fields, UNNUMBERED)
    template = TEMPLATES.get(message.template)
    subject = template.words(fields)[0] if template else message.template
    if message.client is not None:
        subject = f"告知“{message.client.name}”办理情况（{fields.get('number', UNNUMBERED)}）"
    return Sent(
        key=message.pk,
        channel=dict(CHANNELS)[message.channel],
        subject=subject,
        state=STATE_WORDS[message.state],
        attempts=message.attempts,
        failure=FAILURES.get(message.failure, "发送失败"),
        written_at=message.recorded_at,
        sent_at=message.sent_at,
        next_at=message.next_at,
        forgotten=without_address(message),
    )


def counts(county: uuid.UUID) -> dict[str, int]:
    """How many messages are in each state, in the order of `STATES`."""
    found = dict(Message.objects.filter(county=county).order_by().values_list("state").annotate(many=Count("id")))
    return {state: found.get(state, 0) for state, _ in STATES}


def in_state(county: uuid.UUID, state: str) -> QuerySet[Message]:
    """The messages in a state, the newest first. `shown` tells a page of them."""
    return Message.objects.filter(county=county, state=state).select_related("client").order_by("-id")


def is_there(county: uuid.UUID, key: uuid.UUID) -> bool:
    """Whether the county has this message."""
    return Message.objects.filter(pk=key, county=county).exists()


def shown(rows: Iterable[Message], *, numbered: bool = False) -> list[Sent]:
    """Messages as a page shows them; `numbered`: with the numbers of the cases, for who may look at them."""
    return [_shown(row, numbered=numbered) for row in rows]


def webhook_of(county: uuid.UUID, key: uuid.UUID | None) -> Client | None:
    """The system that is told of events under this key, if it is still told."""
    return Client.objects.filter(county=county, pk=key, active=True).first() if key else None

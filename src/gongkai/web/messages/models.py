"""A message on its way, what became of each attempt, and the systems that are told."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact

CHANNELS = (("email", "电子邮件"), ("sms", "短信"), ("webhook", "系统通知"))
STATES = (("waiting", "待发送"), ("sent", "已发送"), ("dead", "发送失败"), ("off", "渠道未启用"))


class Client(Fact):
    """A system that is told of events: its address, the secret that signs what it gets, the events it wants."""

    name = models.CharField(max_length=80)
    url = models.URLField(max_length=300)
    secret = models.BinaryField()
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "messages_client"
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="messages_client_once")]

    def __str__(self) -> str:
        return self.name


class Message(Fact):
    """One message to one address. `key` says what it is about: the same thing is told once.

    `address` is sealed; of a webhook it is empty and `client` says where. `fields` fill the template.
    """

    key = models.CharField(max_length=160)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    template = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    address = models.BinaryField(default=b"")
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="messages")
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "messages_message"
        indexes = [models.Index(fields=["state", "next_at"], name="messages_by_state")]
        constraints = [models.UniqueConstraint(fields=["county", "channel", "key"], name="messages_told_once")]


def without_address(message: Message) -> bool:
    """Whether the address that a message had was taken out of it."""
    return message.channel != "webhook" and not message.address


class Attempt(Fact):
    """One attempt to send a message: sent, or why not, in a word. Append-only."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    sent = models.BooleanField()
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "messages_attempt"
        ordering = ("id",)


class Subscription(Fact):
    """That someone wants to be told of a matter (`about`, the key of its row) by a way out. Append-only, the newest counts.

    `address` is sealed; empty: they no longer want to be told.
    """

    about = models.UUIDField(db_index=True)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    address = models.BinaryField(default=b"")
    by = models.UUIDField()

    class Meta:
        db_table = "messages_subscription"
        ordering = ("id",)

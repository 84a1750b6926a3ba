"""Sending: done by a worker, never by a page. At least once; who gets a message twice can see that it is the same."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.web import sealed
from gongkai.web.failpoints import failpoint
from gongkai.web.jobs.services import enqueue
from gongkai.web.messages import channels
from gongkai.web.messages.models import Attempt, Client, Message

BACK_OFF_MINUTES = (1, 5, 30, 120, 360, 720, 1440)
"""How long a message waits after each failure; after one more it is given up."""
TAKEN_SECONDS = 300
"""A sender that was silent for so long is taken for dead."""


@task()
def deliver(key: str) -> None:
    """Send one message, if it still waits and nobody else is sending it."""
    message = _take(uuid.UUID(key))
    if message is None:
        return
    failpoint("messages.before_send")
    failure, for_good = "", False
    try:
        _send(message)
    except channels.NotSent as error:
        failure, for_good = error.why, error.for_good
    except sealed.Tampered:
        failure, for_good = "sealed", True
    failpoint("messages.after_send")
    _settle(message, failure, for_good)


def _take(key: uuid.UUID) -> Message | None:
    """Hold a message that is due; else None, and a job for when it is."""
    now = timezone.now()
    with transaction.atomic():
        message = Message.objects.select_for_update().select_related(None).filter(pk=key, state="waiting").first()
        if message is None:
            return None
        again = channels.not_before(message.channel, max(message.next_at, now))
        if message.taken_at and message.taken_at > now - timedelta(seconds=TAKEN_SECONDS):
            again = message.taken_at + timedelta(seconds=TAKEN_SECONDS)
        if again > now:
            message.next_at = again
            message.save(update_fields=["next_at"])
            enqueue(deliver, message.pk, key=f"message:{message.pk}", run_after=again)
            return None
        message.taken_at = now
        message.attempts += 1
        message.save(update_fields=["taken_at", "attempts"])
    return message


def _send(message: Message) -> None:
    fields = {str(name): str(value) for name, value in message.fields.items()}
    if message.channel == "webhook":
        client = Client.objects.get(messages=message)
        secret = sealed.unseal(bytes(client.secret), table=client._meta.db_table, column="secret", row=client.pk)
        channels.send_webhook(
            url=client.url,
            secret=secret,
            key=message.pk,
            event=message.template,
            number=fields["number"],
            state=fields.get("state", ""),
            at=message.recorded_at,
        )
        return
    to = sealed.unseal(bytes(message.address), table=message._meta.db_table, column="address", row=message.pk)
    send = channels.send_email if message.channel == "email" else channels.send_sms
    send(to=to, key=message.pk, template=message.template, fields=fields)


def _settle(message: Message, failure: str, for_good: bool) -> None:
    """Write down what became of an attempt, and when the next one is."""
    now = timezone.now()
    with transaction.atomic():
        held = Message.objects.select_for_update().get(pk=message.pk)
        Attempt.objects.create(county=held.county, message=held, sent=not failure, failure=failure)
        if held.state == "waiting" or not failure:
            held.taken_at, held.failure = None, failure
            if not failure:
                held.state, held.sent_at = "sent", now
            elif for_good or held.attempts > len(BACK_OFF_MINUTES):
                held.state = "dead"
            else:
                held.next_at = now + timedelta(minutes=BACK_OFF_MINUTES[held.attempts - 1])
                enqueue(deliver, held.pk, key=f"message:{held.pk}", run_after=held.next_at)
            held.save(update_fields=["taken_at", "failure", "state", "sent_at", "next_at"])
    failpoint("messages.settled")

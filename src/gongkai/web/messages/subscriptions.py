"""Who wants to be told of a matter, by which way out: chosen by themselves, sealed, taken back at any time."""

from __future__ import annotations

import uuid

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.messages import channels
from gongkai.web.messages.models import Subscription

TABLE = Subscription._meta.db_table
WAYS = ("sms", "email")


def subscribe(*, audit: Audit, about: uuid.UUID, channel: str, to: str) -> Subscription:
    """Tell this address of the matter from now on; empty: no longer. Inside the caller's transaction.

    Refused for an address that is none.
    """
    if channel not in WAYS:
        raise Refused("没有这种通知方式。")
    plain = channels.check_address(channel, to) if to.strip() else ""
    key = new_key()
    row = Subscription.objects.create(
        id=key,
        county=audit.county,
        about=about,
        channel=channel,
        address=sealed.seal(plain, table=TABLE, column="address", row=key) if plain else b"",
        by=audit.actor,
    )
    audit.record("messages.subscribe", row, {"about": str(about), "channel": channel, "on": bool(plain)})
    return row


def subscribed(about: uuid.UUID) -> dict[str, str]:
    """The ways by which someone wants to be told of a matter, each with the address, unsealed."""
    newest: dict[str, Subscription] = {}
    for row in Subscription.objects.filter(about=about).order_by("id"):
        newest[row.channel] = row
    return {
        channel: sealed.unseal(bytes(row.address), table=TABLE, column="address", row=row.pk)
        for channel, row in newest.items()
        if row.address
    }

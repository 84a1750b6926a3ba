"""The calling systems, their tokens, and the receipts of what they sent."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person


class ApiClient(Fact):
    """A system that calls us, for one organ or (`organ` empty) for the whole county.

    `person` is its name in the audit: it cannot log in and holds no role. `webhook` names the row of the outbox's
    client that tells this system of events. `ended_at`: from then on none of its tokens is good.
    """

    name = models.CharField(max_length=80)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="api_clients")
    person = models.OneToOneField(Person, models.PROTECT, related_name="api_client")
    webhook = models.UUIDField(null=True)
    per_minute = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_client"
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="clients_name_once")]

    def __str__(self) -> str:
        return self.name


class ApiToken(Fact):
    """A token of a system, as a keyed hash; the token itself was shown once. `hint` is its last four signs."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="tokens")
    key = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = models.JSONField(default=list)
    expires_on = models.DateField()
    by = models.UUIDField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clients_token"
        ordering = ("-id",)


class ApiReceipt(Fact):
    """What a system sent under a key of its own: `digest` is a keyed hash of the request, `said` what was answered.

    Neither holds personal data. Append-only: the same key is answered the same for ever.
    """

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="receipts")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=80)
    about = models.UUIDField()
    said = models.JSONField(default=dict)

    class Meta:
        db_table = "clients_receipt"
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="clients_key_once")]


APPEND_ONLY = ("clients_receipt",)

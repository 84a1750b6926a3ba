"""The other side of a border between networks, the packages that went over it, and what was in them."""

from __future__ import annotations

from django.db import models

from gongkai.web.exchange.sealing import Keys
from gongkai.web.facts import Fact
from gongkai.web.files.models import StoredFile
from gongkai.web.organs.models import Organ

DIRECTIONS = (("out", "导出"), ("in", "导入"))
SIDES = (("office", "办理端"), ("intake", "受理端"))
KINDS = (("application", "申请"), ("event", "办理事实"), ("record", "记录"), ("file", "附件"), ("letter", "文书"))


class Peer(Fact):
    """The other side: an office to which applications go (`organ`: only those for it), or an intake they come from.

    Nothing goes or comes before someone said that the fingerprint was compared (`confirmed_at`).
    """

    name = models.CharField(max_length=80)
    side = models.CharField(max_length=8, choices=SIDES)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True)
    sign_key = models.CharField(max_length=64)
    box_key = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "exchange_peer"
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="exchange_peer_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def keys(self) -> Keys:
        """Its public keys."""
        return Keys(self.sign_key, self.box_key)


class Package(Fact):
    """A package that went out or came in; numbers run from 1 in each direction. Append-only.

    `file` holds the bytes of one that went out, so that it can be carried again.
    """

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="packages")
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    by = models.UUIDField()

    class Meta:
        db_table = "exchange_package"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["peer", "direction", "number"], name="exchange_number_once")]


class Item(Fact):
    """Something that is known on both sides: `key` where it was made, `local` here. Append-only."""

    peer = models.ForeignKey(Peer, models.PROTECT, related_name="items")
    package = models.ForeignKey(Package, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=KINDS)
    key = models.UUIDField()
    local = models.UUIDField(db_index=True)

    class Meta:
        db_table = "exchange_item"
        constraints = [models.UniqueConstraint(fields=["peer", "kind", "key"], name="exchange_item_once")]


APPEND_ONLY = ("exchange_package", "exchange_item")

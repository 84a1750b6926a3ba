"""Reading the border: who is on the other side, which packages passed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Max

from gongkai.web.exchange.content import waiting
from gongkai.web.exchange.models import DIRECTIONS, SIDES, Package, Peer
from gongkai.web.exchange.sealing import Keys, own_keys


def next_number(peer: Peer, direction: str) -> int:
    """The number that the next package in a direction bears."""
    last = Package.objects.filter(peer=peer, direction=direction).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@dataclass(frozen=True, slots=True)
class PeerRow:
    """The other side as the page shows it."""

    peer: Peer
    side: str
    fingerprint: str
    waiting: int
    next_in: int
    next_out: int

    @property
    def open(self) -> bool:
        """Whether packages may pass."""
        return self.peer.confirmed_at is not None and self.peer.ended_at is None


def peers(county: uuid.UUID) -> list[PeerRow]:
    """Every other side, those in use first."""
    found = Peer.objects.filter(county=county).select_related("organ").order_by("id")
    rows = [
        PeerRow(
            peer,
            dict(SIDES)[peer.side],
            peer.keys.fingerprint,
            waiting(peer) if peer.confirmed_at and not peer.ended_at else 0,
            next_number(peer, "in"),
            next_number(peer, "out"),
        )
        for peer in found
    ]
    return sorted(rows, key=lambda row: row.peer.ended_at is not None)


def peer(county: uuid.UUID, key: uuid.UUID) -> Peer | None:
    """One other side."""
    return Peer.objects.filter(county=county, pk=key).first()


def peer_named(county: uuid.UUID, name: str) -> Peer | None:
    """The other side of that name."""
    return Peer.objects.filter(county=county, name=name).first()


def packages(county: uuid.UUID, count: int = 100) -> list[Package]:
    """The packages that passed last, newest first."""
    return list(Package.objects.filter(county=county).select_related("peer", "file")[:count])


def package(county: uuid.UUID, key: uuid.UUID) -> Package | None:
    """One package that went out."""
    return Package.objects.filter(county=county, pk=key, direction="out").select_related("peer", "file").first()


def direction_words(row: Package) -> str:
    """Out or in."""
    return dict(DIRECTIONS)[row.direction]


def our_keys() -> Keys:
    """Our own public keys."""
    return own_keys()

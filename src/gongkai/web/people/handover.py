"""Who has open work for a person: each work app says here how it goes over to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from gongkai.web.people.models import Person

if TYPE_CHECKING:
    from gongkai.web.audit.services import Audit  # an app registers here before anything needs it


class Mover(Protocol):
    """Gives all open work of one person to another, in the transaction of the caller; how much it was."""

    def __call__(self, *, audit: Audit, from_person: Person, to_person: Person) -> int:
        """Move it."""
        ...


class Counter(Protocol):
    """How much open work a person has."""

    def __call__(self, person: Person) -> int:
        """Count it."""
        ...


_movers: dict[str, tuple[str, Mover, Counter]] = {}


def open_work(kind: str, says: str, *, count: Counter) -> Callable[[Mover], Mover]:
    """Register what an app has as open work: `says` names it in Chinese. A later one of that kind takes its place."""

    def register(mover: Mover) -> Mover:
        _movers[kind] = (says, mover, count)
        return mover

    return register


def count_open(person: Person) -> dict[str, int]:
    """Open work of a person by its Chinese name; what there is none of is left out."""
    found = {says: count(person) for says, _, count in _movers.values()}
    return {says: number for says, number in found.items() if number}


def move_all(*, audit: Audit, from_person: Person, to_person: Person) -> dict[str, int]:
    """Let every app move its open work; how much by kind, and what there was none of is left out."""
    moved = {
        kind: mover(audit=audit, from_person=from_person, to_person=to_person)
        for kind, (_, mover, _) in _movers.items()
    }
    return {kind: number for kind, number in moved.items() if number}

"""Reading on from where a reader stopped."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from gongkai.web.changes.models import Cursor, Generation, Row


@dataclass(frozen=True, slots=True)
class Counted:
    """The generation of a county and when time alone will next change what is public; None: nothing is awaited.

    `touched` counts what changed on public pages beside entries.
    """

    value: int
    next_at: datetime | None
    touched: int = 0

    @property
    def mark(self) -> str:
        """Under what a public page may be kept, as far as acts decide."""
        return f"{self.value}-{self.touched}" if self.touched else str(self.value)


def generation(county: uuid.UUID) -> Counted:
    """Where a county stands: one look-up by its key."""
    found = Generation.objects.filter(pk=county).values_list("value", "next_at", "touched").first()
    return Counted(*found) if found else Counted(0, None)


def after(county: uuid.UUID, generation: int, limit: int = 500) -> list[Row]:
    """The changes after a generation, in order."""
    return list(Row.objects.filter(county=county, generation__gt=generation).order_by("generation")[:limit])


def read_up_to(county: uuid.UUID, reader: str) -> int:
    """How far a reader has come; 0 when it never read."""
    found = Cursor.objects.filter(county=county, reader=reader).values_list("generation", flat=True).first()
    return found or 0


def waiting(county: uuid.UUID, reader: str, limit: int = 500) -> list[Row]:
    """What a reader has not yet seen, in order."""
    return after(county, read_up_to(county, reader), limit)


def behind(county: uuid.UUID, reader: str) -> int:
    """How many changes a reader has not yet seen."""
    return max(generation(county).value - read_up_to(county, reader), 0)

"""Every provision that the second and third chapters of this system show, in one list."""

from __future__ import annotations

from functools import cache

from gongkai.law.citations import Citation
from gongkai.proactive import catalogue, items, procedure, registers, stages
from gongkai.scope import grounds, modes


@cache
def provisions() -> tuple[Citation, ...]:
    """Every citation, each once."""
    found = (
        *grounds.citations(),
        *modes.CITATIONS,
        *items.citations(),
        *catalogue.citations(),
        *stages.CITATIONS,
        *procedure.citations(),
        *registers.citations(),
    )
    return tuple(dict.fromkeys(found))

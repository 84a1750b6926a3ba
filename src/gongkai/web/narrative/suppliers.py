"""Facts from work that lies above the words: supervision and assessment tell theirs, and name nobody else's.

A supplier is a function of organ, year and the moment as of which it is to tell (None: now). Its app registers it when
it is ready; what it tells is never about accountability, appraisal or satisfaction: `Fact` refuses such names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.annual.narrative.facts import Fact
from gongkai.web.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Opens:
    """The page behind a number: the name of its address, what fills it in, and what is asked of it."""

    url_name: str
    args: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the page that shows where it is from; None where there is no such page."""

    fact: Fact
    opens: Opens | None = None


Supplier = Callable[[Organ, int, datetime | None], Iterable[Told]]
_SUPPLIERS: dict[str, tuple[Supplier, tuple[str, ...]]] = {}


def supply(name: str, supplier: Supplier, *, marks: tuple[str, ...] = ()) -> None:
    """Have the facts of `supplier` offered too. A fact under a key that is known already takes its place.

    One of the `marks` stands in whatever a slot may call one of its facts: a text without any needs none of them, and
    they are not reckoned for it.
    """
    _SUPPLIERS[name] = (supplier, marks)


def withdraw(name: str) -> None:
    """Take a supplier back."""
    _SUPPLIERS.pop(name, None)


def supplied(organ: Organ, year: int, known_at: datetime | None = None, words: str | None = None) -> list[Told]:
    """What the suppliers tell, in the order of their names; with `words` only those whose facts these may name."""
    return [
        told
        for _, (supplier, marks) in sorted(_SUPPLIERS.items())
        if words is None or not marks or any(mark in words for mark in marks)
        for told in supplier(organ, year, known_at)
    ]

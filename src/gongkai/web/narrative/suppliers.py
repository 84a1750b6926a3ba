"""Facts from work that lies above the words: supervision and assessment tell theirs, and name nobody else's.

A supplier is a function of organ and year. Its app registers it when it is ready; what it tells is never about
accountability, appraisal or satisfaction: `Fact` refuses such names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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


Supplier = Callable[[Organ, int], Iterable[Told]]
_SUPPLIERS: dict[str, Supplier] = {}


def supply(name: str, supplier: Supplier) -> None:
    """Have the facts of `supplier` offered too. A fact under a key that is known already takes its place."""
    _SUPPLIERS[name] = supplier


def withdraw(name: str) -> None:
    """Take a supplier back."""
    _SUPPLIERS.pop(name, None)


def supplied(organ: Organ, year: int) -> list[Told]:
    """What the suppliers tell, in the order of their names."""
    return [told for _, supplier in sorted(_SUPPLIERS.items()) for told in supplier(organ, year)]

"""A number of the words as data, with what it was found to mean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.report import At


@dataclass(frozen=True, slots=True)
class Claim:
    """A number the words say of a matter of the form.

    `concept` is the matter; `matched` names the readings that the tables bear out, none when none does or none can be
    checked; `cells` are the addresses of the plainest reading.
    """

    concept: str
    value: int | Decimal
    unit: str
    quote: str
    at: At
    where: str
    matched: tuple[str, ...]
    cells: tuple[str, ...]

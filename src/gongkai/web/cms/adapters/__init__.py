"""The ways out to a vendor's site. An adapter puts a page there, takes one away, and says where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gongkai.web.cms.outgoing import Outgoing


class NotDone(Exception):
    """Nothing came of it: `why` in a sentence for the page; `for_good` when the same again is of no use."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good = why, for_good


@dataclass(frozen=True, slots=True)
class Gone:
    """What is to be taken away: where it lies, and why."""

    place: str
    index_number: str
    title: str
    because: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the page lies now, and what the other side said of it. `gone`: it says itself that nothing is left."""

    place: str
    address: str = ""
    on: date | None = None
    gone: bool = False


class Adapter(Protocol):
    """A way out. The same call twice leaves what one call leaves; `key` is the same for both."""

    def put(self, page: Outgoing, key: str, place: str) -> Answer:
        """Put a page there, or in the place of the one that lies at `place`. NotDone when it could not be."""

    def remove(self, gone: Gone, key: str) -> Answer:
        """Take a page away. NotDone when it could not be."""

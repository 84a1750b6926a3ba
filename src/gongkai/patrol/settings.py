"""How a walk goes: where it begins, how far and how fast it goes, with what it compares."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from gongkai.patrol.addresses import host_of
from gongkai.patrol.fetch import Bounds
from gongkai.patrol.kinds import KINDS
from gongkai.patrol.sitefile import Site
from gongkai.readers.precheck import Lists

_OF_COLUMNS = ("blank_column", "stale_column", "own_stale_column", "undated_column")
_OF_EARLIER = ("fixed_parts_changed", "title_changed")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a walk is told. All bounds are counted; whatever ends a walk stands in its summary."""

    starts: tuple[str, ...]
    site: Site = field(default_factory=Site)
    lists: Lists = field(default_factory=Lists.shipped)
    hosts: tuple[str, ...] = ()
    pages: int = 2000
    depth: int = 8
    megabytes: int = 500
    minutes: float = 120.0
    rate: float = 2.0
    again_after: float = 120.0
    """Seconds after which what was not there, or did not answer, is asked for a second time."""
    retries: int = 1
    pause: float = 2.0
    """Seconds before a request that did not succeed is repeated at once; doubled each time."""
    bounds: Bounds = field(default_factory=Bounds)
    files: bool = False
    """Whether files are fetched whole and looked through too; else only that they are there."""
    file_bytes: int = 10 * 1024 * 1024
    """A larger file is there, and is not looked through."""

    @property
    def allowed(self) -> frozenset[str]:
        """The hosts that are walked."""
        return frozenset((*map(host_of, self.starts), *self.site.hosts, *self.hosts))

    @property
    def resources(self) -> int:
        """Pictures and files that are asked for."""
        return 2 * self.pages

    def digest_of_words(self) -> str:
        """Of everything that words are compared with: hits of other lists are no sign that something was put right."""
        told = repr((self.lists, self.site.trusted, self.site.bad_words)) + (" files" if self.files else "")
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def checks(self, *, earlier: bool) -> list[str]:
        """The kinds of hits that this walk can meet."""
        without = {"unreviewed"}
        without |= set() if self.site.columns else set(_OF_COLUMNS)
        without |= set() if earlier else set(_OF_EARLIER)
        without |= set() if self.lists.leaders else {"leader"}
        return [kind for kind in KINDS if kind not in without]

    def to_json(self, *, earlier: bool) -> dict[str, Any]:
        """What stands in the header of the result."""
        return {
            "pages": self.pages,
            "depth": self.depth,
            "megabytes": self.megabytes,
            "minutes": self.minutes,
            "rate": self.rate,
            "again_after": self.again_after,
            "columns": len(self.site.columns),
            "files": self.files,
            "words": self.digest_of_words(),
            "checks": self.checks(earlier=earlier),
        }

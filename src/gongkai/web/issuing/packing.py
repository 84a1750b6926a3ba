"""The bytes of a report that is kept: the one way they are written, so that the same facts give the same bytes."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

Members = dict[str, list[tuple[str, str, str, str]]]
"""Behind each cell: kind, key, version and number of every record."""
Stored = bytes | memoryview
"""Bytes as a database gives them back."""


def written(data: Any) -> bytes:
    """JSON in UTF-8 without spaces, in the order it was given."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def pack(members: Members) -> bytes:
    """The membership of every cell, compressed."""
    return zlib.compress(written(members), 6)


def unpack(data: Stored) -> Members:
    """The inverse of `pack`."""
    found = json.loads(zlib.decompress(bytes(data)))
    return {address: [(row[0], row[1], row[2], row[3]) for row in rows] for address, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Packed:
    """A report to be kept: the compiled figures with their records, what will be outside, what stands behind each cell."""

    figures: bytes
    report: bytes
    members: Members

    @property
    def seal(self) -> str:
        """The hash over all three."""
        return seal_of(self.figures, self.report, self.members)


def seal_of(figures: Stored, report: Stored, members: Members) -> str:
    """One hash over the figures, the report and the membership."""
    parts = (figures, report, written(members))
    return hashlib.sha256(b"".join(hashlib.sha256(bytes(part)).digest() for part in parts)).hexdigest()

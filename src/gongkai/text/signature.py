"""A short keyed signature of a text, by which likeness can be estimated without keeping the text itself.

MinHash over pairs of characters: the share of equal places estimates the share of pairs two texts have in common.
"""

from __future__ import annotations

import hashlib
import re
import struct
from operator import eq

PLACES = 32
_ODD = tuple(int.from_bytes(hashlib.sha256(bytes([n])).digest()[:8], "big") | 1 for n in range(PLACES))
_MASK = (1 << 64) - 1
_NOTHING = re.compile(r"[\W_]+")


def signature(text: str, key: bytes) -> bytes:
    """128 bytes that tell likeness to other signatures under the same key (up to 64 bytes); empty for under two characters."""
    plain = _NOTHING.sub("", text)
    pairs = {plain[n : n + 2] for n in range(len(plain) - 1)}
    if not pairs:
        return b""
    hashes = [int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=8, key=key).digest(), "big") for pair in pairs]
    return struct.pack(f">{PLACES}I", *(min([h * odd & _MASK for h in hashes]) >> 32 for odd in _ODD))


def likeness(one: bytes, other: bytes) -> float:
    """Estimated share (0 to 1) of character pairs that two signed texts have in common; 0 where one is empty."""
    if not one or not other:
        return 0.0
    same: int = sum(map(eq, memoryview(one).cast("I"), memoryview(other).cast("I")))
    return same / PLACES

"""What a walk looks for. `on_page` are checks of one page, `on_walk` those of all pages together; each is a pure function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.patrol.results import LONGEST_ADDRESS, LONGEST_WORDS, Hit, fingerprint


def marked(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Hits cut to what a result file holds, each with its fingerprint; none twice."""
    told = set()
    for hit in hits:
        cut = replace(
            hit,
            target=hit.target[:LONGEST_ADDRESS],
            place=hit.place[:LONGEST_WORDS],
            words=hit.words[:LONGEST_WORDS],
            why=hit.why[:LONGEST_WORDS],
        )
        done = replace(cut, fingerprint=fingerprint(cut))
        if done.fingerprint not in told:
            told.add(done.fingerprint)
            yield done

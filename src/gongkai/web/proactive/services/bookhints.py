"""Deciding on the hints of an entry that is still in its book."""

from __future__ import annotations

from gongkai.web.audit.services import Audit
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.services.book import Book
from gongkai.web.review.models import HintDecision
from gongkai.web.review.selectors import GRAVE


def keep_hints(book: Book, audit: Audit, item: Item, reason: str) -> int:
    """Say of every grave hint on an entry checked in this book that it was looked at and may go out; how many there were."""
    held, done = book.held[item.pk], 0
    for run in book.runs:
        if run.subject != held.version.pk:
            continue
        for hit in run.hits:
            if hit["grade"] not in GRAVE:
                continue
            row = HintDecision(
                county=audit.county,
                subject=run.subject,
                sha256=run.sha256,
                fingerprint=hit["fingerprint"],
                verdict="keep",
                reason=reason,
                by=audit.actor,
            )
            book.decisions.append(row)
            book.say(audit, "review.decide_hint", row, {"subject": str(run.subject), "verdict": "keep"})
            done += 1
    held.open_hints -= done
    return done

"""Many entries in one transaction: drafted, sent in, passed and released with a few writes for all of them.

A `Book` reads what the procedure asks about its entries once, does act after act on them in memory, each under the
same guards and each with its own fact and audit row as if done singly, and writes all of it at the end. Whoever ticks
twenty entries and passes them acts twenty times: the guards hold entry by entry, and what is refused is named.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.memo import page_memory
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.services.book import Book

MOST = 200
"""So many entries are ticked at once at most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry of a batch; `refusal` is empty when it was done."""

    item: Item
    title: str
    refusal: str = ""


Deed = Callable[[Book, Item], object]


def _each(items: Sequence[Item], seen: Mapping[uuid.UUID, int], deed: Deed) -> list[Outcome]:
    """Do one thing to each entry that allows it, in one transaction; the others are told why."""
    if len(items) > MOST:
        raise Refused(f"一次最多办理{MOST}件，请分批办理。")
    outcomes: list[Outcome] = []
    with transaction.atomic(), page_memory():
        book = Book()
        book.load(items)
        for item in items:
            try:
                book.check_seen(item, seen.get(item.pk))
                deed(book, item)
                outcomes.append(Outcome(item, book.title(item)))
            except Refused as refused:
                outcomes.append(Outcome(item, book.title(item), str(refused)))
        book.write()
        failpoint("proactive.batch_written")
    return outcomes


def pass_many(
    *, audit: Audit, items: Sequence[Item], opinion: str = "", seen: Mapping[uuid.UUID, int] | None = None
) -> list[Outcome]:
    """Pass the stage that each of these entries waits for, with one opinion.

    Whether this person may do each stage at all is asked of `review.policies.check_stage` first.
    """
    at = timezone.now()
    return _each(items, seen or {}, lambda book, item: book.pass_stage(audit, item, at, opinion=opinion))


def release_many(
    *,
    audit: Audit,
    items: Sequence[Item],
    from_at: datetime | None = None,
    seen: Mapping[uuid.UUID, int] | None = None,
) -> list[Outcome]:
    """Release the approved version of each of these entries, with its approved companions, now or from a moment on."""
    at = timezone.now()
    return _each(items, seen or {}, lambda book, item: book.release(audit, item, at, from_at=from_at))


def withdraw_many(*, audit: Audit, items: Iterable[Item], reason: str) -> int:
    """Take entries back, all that are public or will be: from this moment nothing of them is. How many were."""
    waiting, done = list(items), 0
    for start in range(0, len(waiting), MOST):
        at = timezone.now()
        outcomes = _each(
            waiting[start : start + MOST],
            {},
            lambda book, item, at=at: book.withdraw(audit, item, at, reason),  # type: ignore[misc]
        )
        done += sum(not outcome.refusal for outcome in outcomes)
    return done

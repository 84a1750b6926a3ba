"""Putting items into the search and taking them out, within the transaction of the release that does it."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction

from gongkai.text.query import bare, searchable
from gongkai.web.search.embedded import noting
from gongkai.web.search.index import index_of, texts
from gongkai.web.search.marks import marks_of
from gongkai.web.search.models import Document
from gongkai.web.search.positions import checked, next_of

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One release of an item as it is searched: `text` is all its words (body, tables, attachments), no markup.

    It is found from `visible_from` on and before `visible_until` (None: without end). An item may have several releases
    whose times do not overlap, such as a version and the one that will take its place next week.
    """

    release: uuid.UUID
    item: uuid.UUID
    county: uuid.UUID
    organ: uuid.UUID
    kind: str
    title: str
    text: str
    published_on: date
    visible_from: datetime
    columns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    number: str = ""
    index_number: str = ""
    issuer: str = ""
    validity: str = ""
    visible_until: datetime | None = None


def _body(entry: Entry) -> str:
    """What is searched, the title first, one field a line; numbers also without their brackets and blanks."""
    numbers = [line for n in (entry.number, entry.index_number) for line in (searchable(n), bare(n))]
    return "\n".join([searchable(entry.title), *numbers, searchable(entry.issuer), searchable(entry.text)])


def _marks(known: Entry | Document) -> set[str]:
    return marks_of(
        county=known.county, organ=known.organ, kind=known.kind, columns=known.columns, topics=known.topics,
        validity=known.validity, issuer=known.issuer, title=known.title, published_on=known.published_on,
    )  # fmt: skip


def _document(entry: Entry, position: int) -> Document:
    return Document(
        position=position, release=entry.release,
        item=entry.item, county=entry.county, organ=entry.organ, kind=entry.kind,
        columns=list(entry.columns), topics=list(entry.topics), number=_clean(entry.number),
        index_number=_clean(entry.index_number), issuer=_clean(entry.issuer), published_on=entry.published_on,
        validity=entry.validity, title=_clean(entry.title), visible_from=entry.visible_from,
        visible_until=entry.visible_until,
    )  # fmt: skip


def _clean(text: str) -> str:
    """Without what no database keeps."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _within_the_act() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("The search is changed within the transaction that makes an item public or ends it.")


def as_held(entry: Entry) -> tuple[Document, str, bytes]:
    """What the search keeps of an entry: its row, without a place, the words searched and the words as printed."""
    return _document(entry, 0), _body(entry), zlib.compress(_clean(entry.text).encode(), 6)


def put(entry: Entry) -> None:
    """Make a release found, or found as it now is. The caller's transaction holds its release."""
    put_many([entry])


def put_many(entries: Iterable[Entry]) -> None:
    """Make releases found, or found as they now are, all at once. The caller's transaction holds them."""
    _within_the_act()
    given = {entry.release: entry for entry in entries}
    old = {row.release: row for row in Document.objects.filter(release__in=list(given))}
    free: dict[date, int] = {}
    documents, added = [], []
    for entry in given.values():
        document, body, packed = as_held(entry)
        before = old.get(entry.release)
        if before is not None and before.published_on == entry.published_on:
            document.position = before.position
        else:
            day = entry.published_on
            document.position = free[day] if day in free else next_of(day)
            free[day] = checked(document.position + 1, day)
        documents.append(document)
        added.append((document.position, body, _marks(document), packed))
    for row in old.values():
        _take_out(row)
    Document.objects.bulk_create(documents, batch_size=AT_ONCE)
    index_of().add_many(added)
    noting.note([*(row.position for row in old.values()), *(document.position for document in documents)])


def remove(release: uuid.UUID) -> bool:
    """Make a release found no longer; whether it was held before."""
    _within_the_act()
    old = Document.objects.filter(release=release).first()
    if old is None:
        return False
    _take_out(old)
    noting.note([old.position])
    return True


def _take_out(old: Document) -> None:
    # An index without content is told what it was given: the stored text and the stored row give the same words again.
    for _, body in texts([old.position]):
        index_of().take_out(old.position, body, _marks(old))
    Document.objects.filter(pk=old.position).delete()


def rebuild(entries: Iterable[Entry]) -> int:
    """Empty the search and fill it with all that is public; how many items it then holds. For recovery and upgrades."""
    with transaction.atomic():
        index = index_of()
        with connection.cursor() as cursor:
            for statement in (*index.unmake(), *index.make()):
                cursor.execute(statement)
        Document.objects.all().delete()
        noting.forget()
        count = 0
        waiting = iter(entries)
        while some := list(islice(waiting, AT_ONCE)):
            put_many(some)
            count += len(some)
    return count

"""Filling the store with published items for the benchmark of the search, over as many runs as are wanted.

A batch is one transaction, and what a document is follows from its number: a run that was stopped goes on with the first
number that is not there. Measured for 10,000 items on SQLite, in processor time: 62 % goes into FTS5, 16 % into the runs,
12 % into inventing texts, 3 % into their spelling, 2 % into zlib. So texts and runs are made by a second process, and FTS5
is left to write once per batch and to merge only once, at the end: merging four by four as it goes would rewrite every
item at each level on the way to a million. It takes no more than 2,000 pieces before they are merged, and calls the disk
full beyond: eight megabytes at a time were that many at 310,000 items.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from multiprocessing import get_context
from random import Random
from typing import Any

from bench.search_text import body, document_number, title

SIZE = int(os.environ.get("BENCH_SIZE", "20000"))
COUNTY = uuid.UUID(int=1)
_FIRST = date(2010, 1, 4)
_DAYS = 5800
_MADE = 1000
_BATCH = 10
"""So many pieces of what was made go into one transaction."""
_AHEAD = 2 * _BATCH
"""So many pieces are made before their turn: fewer than one batch, and who makes them stands still while it is written."""

Made = list[tuple[Any, str, set[str] | list[str], bytes, str]]
"""Rows with their searchable texts, marks, packed texts, and on SQLite the words of the index."""


def _day(n: int) -> int:
    return n * _DAYS // SIZE


def entries(numbers: range) -> Iterator[Any]:
    """The items of these numbers."""
    from gongkai.web.search.services import Entry

    for n in numbers:
        rng = Random(n)
        yield Entry(
            release=uuid.UUID(int=n + 1), item=uuid.UUID(int=n + 1), county=COUNTY, organ=uuid.UUID(int=n % 60 + 1), kind=("notice", "policy")[n % 2],
            title=title(n), text=body(n), published_on=_FIRST + timedelta(_day(n)),
            number=document_number(rng), topics=(f"topic{n % 20}",), issuer="云岭县人民政府", validity="in_force",
            visible_from=datetime(2010, 1, 1, tzinfo=UTC),
        )  # fmt: skip


def made(start: int, stop: int, vendor: str) -> Made:
    """What is written of the items between two numbers; in a process of its own."""
    from gongkai.web.operate.prepare import set_up

    set_up()
    from gongkai.text.query import numbers
    from gongkai.web.search.index import index_of
    from gongkai.web.search.marks import number_marks
    from gongkai.web.search.positions import first_of
    from gongkai.web.search.services import _body, _document, _marks

    index: Any = index_of(vendor)
    out: Made = []
    for n, entry in enumerate(entries(range(start, stop)), start):
        # How many of its day came before: the first number of a day is known.
        document = _document(entry, first_of(entry.published_on) + n - -(-_day(n) * SIZE // _DAYS))
        text, marks = _body(entry), _marks(document)
        packed = zlib.compress(entry.text.encode(), 6)
        if vendor == "postgresql":
            out.append((document, text, sorted(marks | number_marks(numbers(text))), packed, ""))
        else:
            out.append((document, text, marks, packed, index._words(text, marks)))
    return out


def _pieces(start: int, vendor: str) -> Iterator[Made]:
    """All that is left, in order, made ahead of its use."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        ahead: deque[Future[Made]] = deque()
        for first in range(start, SIZE, _MADE):
            ahead.append(pool.submit(made, first, min(SIZE, first + _MADE), vendor))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def there() -> int:
    """How many items of this filling are there already, from the first on; 0 when they are of another one."""
    from gongkai.web.search.models import Document

    count = Document.objects.count()
    last = Document.objects.order_by("-position").first()
    if last is None or count > SIZE:
        return 0
    return count if (last.release.int, last.published_on) == (count, _FIRST + timedelta(_day(count - 1))) else 0


def fill(*, anew: bool) -> None:
    """Fill in what is not there yet, then do what is done once."""
    from django.db import connection, transaction

    from gongkai.web.search.embedded import noting
    from gongkai.web.search.index import index_of
    from gongkai.web.search.models import Document

    postgres = connection.vendor == "postgresql"
    index: Any = index_of()
    begun = 0 if anew else there()
    with connection.cursor() as cursor:
        if not begun:
            for statement in (*index.unmake(), *index.make()):
                cursor.execute(statement)
            Document.objects.all().delete()
            noting.forget()
        if postgres:  # an index over rows that are there is built far faster than row by row
            cursor.execute("DROP INDEX IF EXISTS search_text_runs")
        else:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-100000")
            _tune(cursor, automerge=0, crisismerge=1999, hashsize=1 << 30)
        count, moment = begun, time.monotonic()
        pieces = _pieces(begun, connection.vendor)
        while count < SIZE:
            some = [each for piece in islice(pieces, _BATCH) for each in piece]
            with transaction.atomic():
                # All of these first: between two rows for the index such a statement makes SQLite write the first apart.
                Document.objects.bulk_create([row for row, *_ in some], batch_size=_MADE)
                (_copy if postgres else _insert)(cursor, some)
            count += len(some)
            took = time.monotonic() - moment
            print(f"\r  {count:,} ({(count - begun) / took:.0f} a second)", end="", file=sys.stderr, flush=True)
        if postgres:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(index.make()[-1])
            cursor.execute("VACUUM ANALYZE")
        else:
            _merge(cursor)
            _tune(cursor, automerge=4, crisismerge=16, hashsize=1 << 20)
            cursor.execute("ANALYZE search_document")
    connection.close()


def _copy(cursor: Any, some: Made) -> None:
    with cursor.copy("COPY search_text (position, body, packed, marks) FROM STDIN") as out:
        for row, text, marks, packed, _ in some:
            out.write_row((row.position, text, packed, marks))


def _insert(cursor: Any, some: Made) -> None:
    cursor.executemany(
        "INSERT INTO search_text VALUES (%s, %s, %s)",
        [(row.position, text, packed) for row, text, _, packed, _ in some],
    )
    cursor.executemany(
        "INSERT INTO search_words (rowid, words) VALUES (%s, %s)", [(row.position, words) for row, *_, words in some]
    )


def _tune(cursor: Any, **values: int) -> None:
    for name, value in values.items():
        cursor.execute("INSERT INTO search_words (search_words, rank) VALUES (%s, %s)", [name, value])


def _merge(cursor: Any) -> None:
    """Merge what was written apart, some pages at a time, each kept: a run that is stopped here goes on too."""
    from django.db import connection

    pages = -20_000
    while True:
        before = connection.connection.total_changes
        _tune(cursor, merge=pages)
        if connection.connection.total_changes - before < 2:
            return
        pages = abs(pages)

"""Published items for the benchmark of the search: filled in once per size, with what each question must find."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import uuid
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.search_text import body, document_number, frequent, title

SIZE = int(os.environ.get("BENCH_SIZE", "20000"))
FILLING = 2
"""Counted up when what is filled in changes."""
COUNTY = uuid.UUID(int=1)
_FIRST = date(2010, 1, 4)
_DAYS = 5800
_BATCH = 2000
_SAMPLE = 1500
_KEPT = 2001


def store() -> str:
    """The kind of database that is measured."""
    return "PostgreSQL" if os.environ.get("GONGKAI_DATABASE_URL") else "SQLite"


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, of which sort, and where it must be found: how many, and the newest of them."""

    typed: str
    sort: str
    count: int
    newest: tuple[int, ...]


def prepared(build: Path) -> list[Question]:
    """The questions, over a store that is filled; filled anew when an earlier run did not finish."""
    place = build / f"search-{SIZE}{'-postgresql' if store() == 'PostgreSQL' else ''}"
    asked = place / f"questions-{FILLING}.json"
    os.environ["GONGKAI_DATA"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    if not asked.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    from gongkai.web.operate.prepare import prepare_store, set_up

    set_up()
    prepare_store()
    from gongkai.web.search.models import Document

    if not asked.exists() or Document.objects.count() != SIZE:
        start = time.monotonic()
        _fill()
        print(f"  {SIZE:,} items filled in, in {time.monotonic() - start:.0f} s", file=sys.stderr)
        start = time.monotonic()
        asked.write_text(json.dumps(_answered(_questions()), ensure_ascii=False), "utf-8")
        print(f"  what they must find, in {time.monotonic() - start:.0f} s", file=sys.stderr)
    told = json.loads(asked.read_text("utf-8"))
    return [Question(typed, sort, count, tuple(newest)) for typed, sort, count, newest in told]


def _entries(numbers: range) -> Iterator[Any]:
    from gongkai.web.search.services import Entry

    for n in numbers:
        rng = Random(n)
        yield Entry(
            release=uuid.UUID(int=n + 1), item=uuid.UUID(int=n + 1), county=COUNTY, organ=uuid.UUID(int=n % 60 + 1), kind=("notice", "policy")[n % 2],
            title=title(n), text=body(n), published_on=_FIRST + timedelta(n * _DAYS // SIZE),
            number=document_number(rng), topics=(f"topic{n % 20}",), issuer="云岭县人民政府", validity="in_force",
            visible_from=datetime(2010, 1, 1, tzinfo=UTC),
        )  # fmt: skip


def _fill() -> None:
    from django.db import connection, transaction

    from gongkai.text.query import numbers
    from gongkai.web.search.index import index_of
    from gongkai.web.search.marks import number_marks
    from gongkai.web.search.models import Document
    from gongkai.web.search.positions import first_of
    from gongkai.web.search.services import _body, _document, _marks

    postgres = connection.vendor == "postgresql"
    index: Any = index_of()
    with connection.cursor() as cursor:
        for statement in (*index.unmake(), *index.make()):
            cursor.execute(statement)
        Document.objects.all().delete()
        if postgres:  # an index over rows that are there is built far faster than row by row
            cursor.execute("DROP INDEX search_text_runs")
        else:
            cursor.execute("PRAGMA synchronous=OFF")
        within: Counter[int] = Counter()
        for start in range(0, SIZE, _BATCH):
            with transaction.atomic():
                documents, words = [], []
                for entry in _entries(range(start, min(SIZE, start + _BATCH))):
                    first = first_of(entry.published_on)
                    document = _document(entry, first + within[first])
                    within[first] += 1
                    documents.append(document)
                    packed = zlib.compress(entry.text.encode(), 6)
                    words.append((document.position, _body(entry), _marks(document), packed))
                Document.objects.bulk_create(documents)
                if postgres:
                    with cursor.copy("COPY search_text (position, body, packed, marks) FROM STDIN") as out:
                        for position, text, marks, packed in words:
                            out.write_row((position, text, packed, sorted(marks | number_marks(numbers(text)))))
                else:
                    for told in words:
                        index.add(*told)
            print(f"\r  {start + _BATCH:,}", end="", file=sys.stderr)
        if postgres:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(index.make()[-1])
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE search_document")
    connection.close()


def _runs(texts: list[str], size: int) -> Counter[str]:
    return Counter(run for text in texts for run in {text[i : i + size] for i in range(len(text) - size + 1)})


def _questions() -> list[tuple[str, str]]:
    """Of every sort some, the same for every size."""
    rng = Random(4)
    texts = [body(n) for n in range(_SAMPLE)]
    two = _runs(texts, 2)

    def han(text: str) -> bool:
        return all("\u4e00" <= c <= "\u9fff" for c in text)

    asked = [(word, "frequent word") for word in frequent(200) if len(word) > 1][::8]
    tail = sorted(run for run, many in two.items() if many <= _SAMPLE // 100 and han(run))
    asked += [(word, "rare pair") for word in rng.sample(tail, 15)]
    while len(asked) < 80:
        text, size = rng.choice(texts), rng.randint(3, 10)
        at = rng.randrange(len(text) - size)
        if han(text[at : at + size]):
            asked.append((text[at : at + size], "phrase"))
    for size in (3, 4):
        often = _SAMPLE // 10
        hard = sorted(
            run
            for run, many in _runs(texts, size).items()
            if many <= 3 and han(run) and all(two[run[i : i + 2]] >= often for i in range(size - 1))
        )
        asked += [(run, "rare phrase of frequent pairs") for run in rng.sample(hard, min(20, len(hard)))]
    words = frequent(400)
    asked += [(f"{rng.choice(words)} {rng.choice(words)}", "two words") for _ in range(20)]
    asked += [
        (document_number(rng).translate({0x3014: "[", 0x3015: "]"}), "number in other brackets") for _ in range(15)
    ]
    asked += [(rng.choice(words).translate({0x5F00: "開", 0x52A1: "務"}), "traditional") for _ in range(5)]
    return list(dict.fromkeys(asked))


def _answered(questions: list[tuple[str, str]]) -> list[tuple[str, str, int, list[int]]]:
    """What each must find, by a plain look into every text."""
    from django.db import connection

    from gongkai.text.query import parse

    wanted = [parse(typed).words for typed, _ in questions]
    found: list[list[int]] = [[] for _ in questions]
    counts = [0] * len(questions)
    with connection.cursor() as cursor:
        last: int | None = None
        while True:
            cursor.execute(
                "SELECT position, body FROM search_text WHERE position < %s ORDER BY position DESC LIMIT 5000",
                [last or 1 << 62],
            )
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            for position, text in rows:
                for n, words in enumerate(wanted):
                    if all(word in text for word in words):
                        counts[n] += 1
                        if len(found[n]) < _KEPT:
                            found[n].append(position)
    return [(typed, sort, counts[n], found[n]) for n, (typed, sort) in enumerate(questions)]

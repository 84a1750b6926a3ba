"""Published items for the benchmark of the search: filled in once per size, with what each question must find.

A run that was stopped while it filled goes on where it was.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.search_fill import COUNTY, SIZE, fill, there
from bench.search_text import body, document_number, frequent

__all__ = ["COUNTY", "SIZE", "Question", "prepared", "store"]

FILLING = 3
"""Counted up when what is filled in changes."""
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
    """The questions, over a store that is filled, in one run or several; filled anew when it is of another filling."""
    place = build / f"search-{SIZE}{'-postgresql' if store() == 'PostgreSQL' else ''}"
    asked, filling = place / f"questions-{FILLING}.json", place / f"filling-{FILLING}"
    os.environ["GONGKAI_DATA"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    begun = filling.exists()
    if not asked.exists() and not begun:
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    from gongkai.web.operate.prepare import prepare_store, set_up

    set_up()
    prepare_store()
    if begun or not asked.exists() or there() != SIZE:
        start = time.monotonic()
        asked.unlink(missing_ok=True)
        filling.touch()
        fill(anew=not begun)
        print(f"\n  {SIZE:,} items filled in, this run in {time.monotonic() - start:.0f} s", file=sys.stderr)
        start = time.monotonic()
        told = json.dumps(_answered(_questions()), ensure_ascii=False)
        asked.with_suffix(".new").write_text(told, "utf-8")
        asked.with_suffix(".new").replace(asked)
        filling.unlink()
        print(f"  what they must find, in {time.monotonic() - start:.0f} s", file=sys.stderr)
    told = json.loads(asked.read_text("utf-8"))
    return [Question(typed, sort, count, tuple(newest)) for typed, sort, count, newest in told]


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

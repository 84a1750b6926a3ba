"""PostgreSQL: one GIN index over the runs of two and three characters, computed by a function of the database.

Nothing but the text is stored. Runs of two are exact; runs of three are folded to 20 bits, which keeps the index small,
and the text decides. GIN gives all or nothing, so the newest are asked month by month, ever more months at a time: what
is frequent is found in the first, what is rare is few in all and asked for at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection

from gongkai.text.query import numbers, numbers_asked, pairs, triples
from gongkai.web.search.index import Added, Asked, Begun, Standing, Told
from gongkai.web.search.index.functions import FOLD, MADE, RUNS
from gongkai.web.search.marks import COUNTY, mark, number_marks

_MOST_RUNS = 24
_BEGIN = (
    "SELECT * FROM search_begin(%s, %s, %s, %s, %s, %s::bigint[], %s::text[], %s::jsonb, %s, %s, %s::text[], %s, %s)"
)


def _codes(word: str) -> list[int]:
    """What `search_runs` gives for the runs of a word; of a longer one those of three alone, which are few enough.

    A single run of three may share its number with a frequent one: its runs of two keep that apart.
    """
    three = [-1 - (((ord(x[0]) * 40503 + ord(x[1])) * 40503 + ord(x[2])) & FOLD) for x in sorted(triples(word))]
    two = [(ord(x[0]) << 21) | ord(x[1]) for x in sorted(pairs(word))]
    return three[:_MOST_RUNS] if len(three) > 1 else three + two


class PostgresIndex:
    """The index on `search_text`, whose rows are kept small by setting the texts apart."""

    def make(self) -> list[str]:
        """The table, the function and the index."""
        return [
            "CREATE TABLE search_text (position bigint PRIMARY KEY, body text NOT NULL, packed bytea NOT NULL, "
            'marks text[] COLLATE "C" NOT NULL) WITH (toast_tuple_target = 128)',
            "ALTER TABLE search_text ALTER body SET STORAGE EXTERNAL, ALTER packed SET STORAGE EXTERNAL",
            RUNS,
            *self.ask_functions(),
            "CREATE INDEX search_text_runs ON search_text USING gin (search_runs(body), marks)",
        ]

    def unshare(self) -> list[str]:
        """What keeps workers away, for a function made before it said so."""
        return ["ALTER FUNCTION search_runs(text) PARALLEL UNSAFE"]

    def ask_functions(self) -> list[str]:
        """What makes the functions that every search asks. A column more in TOLD needs them made anew."""
        return [f"DROP FUNCTION IF EXISTS {', '.join(MADE)}", *MADE.values()]

    def unmake(self) -> list[str]:
        """None of them."""
        return ["DROP TABLE search_text", f"DROP FUNCTION search_runs, {', '.join(MADE)}"]

    def add(self, position: int, text: str, marks: set[str], packed: bytes) -> None:
        """One row."""
        self.add_many([(position, text, marks, packed)])

    def add_many(self, given: Iterable[Added]) -> None:
        """A row for each."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (position, body, packed, marks) VALUES (%s, %s, %s, %s)",
                [
                    (position, text, packed, sorted(marks | number_marks(numbers(text))))
                    for position, text, marks, packed in given
                ],
            )

    def take_out(self, position: int, text: str, marks: set[str]) -> None:
        """That row."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE position = %s", [position])

    def sure(self, asked: Asked) -> bool:
        """Only words of two characters are runs of the index themselves."""
        return all(len(word) == 2 for word in asked.words)

    def standing(self, asked: Asked) -> Standing:
        """One question: each would cost the way there and back."""
        with connection.cursor() as cursor:
            values: list[Any] = [asked.county, asked.at, asked.first, asked.last]
            cursor.execute("SELECT others, hidden FROM search_standing(%s, %s, %s, %s)", values)
            others, hidden = cursor.fetchone()
        return Standing(not others, frozenset(hidden))

    def told(self, positions: list[int], at: datetime) -> dict[int, Told]:
        """Rows and words in one question."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM search_told(%s, %s, '{}')", [positions, at])
            return _told(cursor.fetchall())

    def holding(self, positions: list[int], words: tuple[str, ...]) -> set[int]:
        """Looked for where the texts lie, which need not come here."""
        looked_for = " AND strpos(body, %s) > 0" * len(words)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT position FROM search_text WHERE position = ANY(%s){looked_for}",  # noqa: S608
                [positions, *words],
            )
            return {position for (position,) in cursor.fetchall()}

    def begin(self, asked: Asked, wanted: int, tell: range) -> Begun:
        """All in one question; on from there, each time for twice as many."""
        places, further, told = self._ask(asked, asked.last, wanted, tell)
        return Begun(chain(places, self._on(asked, further, wanted)), told)

    def _on(self, asked: Asked, further: int | None, wanted: int) -> Iterator[int]:
        while further is not None:
            wanted *= 2
            places, further, _ = self._ask(asked, further, wanted, range(0))
            yield from places

    def _ask(
        self, asked: Asked, highest: int, wanted: int, tell: range
    ) -> tuple[list[int], int | None, dict[int, Told]]:
        numbered = {word: number_marks(numbers_asked(word)) for word in asked.words}
        numbers = sorted(number for found in numbered.values() for number in found)
        # Few have the number of a document, and its runs stand nearly everywhere.
        codes = sorted({code for word, found in numbered.items() if not found for code in _codes(word)})
        values: list[Any] = [
            asked.county, mark(COUNTY, asked.county), asked.at, asked.first, highest,
            codes, [*(some[0] for some in asked.marks if len(some) == 1), *numbers],
            json.dumps([some for some in asked.marks if len(some) > 1]), bool(numbers), wanted,
            [] if self.sure(asked) else list(asked.words), tell.start, tell.stop,
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, values)
            (places, further, *_), *rows = cursor.fetchall()
        return places, further, _told(row[2:] for row in rows)


def _told(rows: Iterable[tuple[Any, ...]]) -> dict[int, Told]:
    return {position: (tuple(row), bytes(packed)) for position, packed, *row in rows}

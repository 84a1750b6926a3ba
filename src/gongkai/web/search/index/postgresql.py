"""PostgreSQL: one GIN index over the runs of two and three characters, computed by a function of the database.

Nothing but the text is stored. Runs of two are exact; runs of three are folded to 20 bits, which keeps the index small,
and the text decides. GIN gives all or nothing, so the newest are asked month by month, ever more months at a time: what
is frequent is found in the first, what is rare is few in all and asked for at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from gongkai.text.query import numbers, numbers_asked, pairs, triples
from gongkai.web.search.index import Added, Asked
from gongkai.web.search.marks import MONTH, mark, number_marks
from gongkai.web.search.positions import month_of

_FOLD = (1 << 20) - 1
_MOST_RUNS = 24
_ENOUGH = 1000
"""So many of the newest tell how frequent words are, and so many are wanted at once of those that are found."""
_MOST_MONTHS = 64
"""More months than these are not named one by one: all that is left is asked for."""
# Its price keeps the planner from computing it for every text. At that price it would also call workers to help with
# what the index answers in a millisecond, and wait ten for them: so it may not be shared among workers.
_FUNCTION = f"""
CREATE FUNCTION search_runs(body text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT COST 100000 AS $$
DECLARE runs bigint[]; a bigint := 0; b bigint := 0; c bigint; one text; n int := 0;
BEGIN
  runs := array_fill(0::bigint, ARRAY[2 * length(body)]);
  FOREACH one IN ARRAY string_to_array(body, NULL) LOOP
    c := ascii(one); n := n + 1;
    runs[2 * n - 1] := (b << 21) | c;
    runs[2 * n] := -1 - (((a * 40503 + b) * 40503 + c) & {_FOLD});
    a := b; b := c;
  END LOOP;
  RETURN runs;
END $$
"""


def _codes(word: str) -> list[int]:
    """What `search_runs` gives for the runs of a word."""
    two = [(ord(x[0]) << 21) | ord(x[1]) for x in sorted(pairs(word))]
    three = [-1 - (((ord(x[0]) * 40503 + ord(x[1])) * 40503 + ord(x[2])) & _FOLD) for x in sorted(triples(word))]
    return three[:_MOST_RUNS] + two[:_MOST_RUNS]


class PostgresIndex:
    """The index on `search_text`, whose rows are kept small by setting the texts apart."""

    def make(self) -> list[str]:
        """The table, the function and the index."""
        return [
            "CREATE TABLE search_text (position bigint PRIMARY KEY, body text NOT NULL, packed bytea NOT NULL, "
            'marks text[] COLLATE "C" NOT NULL) WITH (toast_tuple_target = 128)',
            "ALTER TABLE search_text ALTER body SET STORAGE EXTERNAL, ALTER packed SET STORAGE EXTERNAL",
            _FUNCTION,
            "CREATE INDEX search_text_runs ON search_text USING gin (search_runs(body), marks)",
        ]

    def unshare(self) -> list[str]:
        """What keeps workers away, for a function made before it said so."""
        return ["ALTER FUNCTION search_runs(text) PARALLEL UNSAFE"]

    def unmake(self) -> list[str]:
        """None of them."""
        return ["DROP TABLE search_text", "DROP FUNCTION search_runs(text)"]

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

    def _condition(self, asked: Asked) -> tuple[str, list[Any]]:
        pieces: list[str] = []
        values: list[Any] = []
        numbered = {word: number_marks(numbers_asked(word)) for word in asked.words}
        # Few have the number of a document, and its runs stand nearly everywhere.
        codes = sorted({code for word, found in numbered.items() if not found for code in _codes(word)})
        if codes:
            pieces.append("search_runs(body) @> %s::bigint[]")
            values.append(codes)
        single = [alternatives[0] for alternatives in asked.marks if len(alternatives) == 1]
        single += sorted(number for found in numbered.values() for number in found)
        if single:
            pieces.append("marks @> %s::text[]")
            values.append(single)
        for alternatives in asked.marks:
            if len(alternatives) > 1:
                pieces.append("marks && %s::text[]")
                values.append(list(alternatives))
        return " AND ".join(pieces), values

    def stream(self, asked: Asked) -> Iterator[int]:
        """Months from the newest back, each time more of them; then all that is left."""
        condition, values = self._condition(asked)
        select = f"WITH met AS MATERIALIZED (SELECT position FROM search_text WHERE {condition}"  # noqa: S608
        tail = ") SELECT position FROM met WHERE position BETWEEN %s AND %s ORDER BY position DESC"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(position), (SELECT position FROM search_document WHERE position BETWEEN %s AND %s"
                " ORDER BY position DESC OFFSET %s LIMIT 1) FROM search_document WHERE position BETWEEN %s AND %s",
                [asked.first, asked.last, _ENOUGH, asked.first, asked.last],
            )
            newest, other = cursor.fetchone()
            if newest is None:
                return
            months = _month(newest)
            # So many that what is found in them tells of all the others; where there are not so many, all at once.
            many = _MOST_MONTHS + 1 if other is None else months - _month(other) + 1
            while many <= _MOST_MONTHS:
                some = [mark(MONTH, f"{m // 12}{m % 12 + 1:02}") for m in range(months, months - many, -1)]
                cursor.execute(select + " AND marks && %s::text[]" + tail, [*values, some, asked.first, asked.last])
                rows = cursor.fetchall()
                for (position,) in rows:
                    yield position
                months -= many
                many = max(2 * many, many * _ENOUGH // max(1, len(rows)))
            last = min(asked.last, _before(months))
            cursor.execute(select + tail, [*values, asked.first, last])
            for (position,) in cursor.fetchall():
                yield position


def _month(position: int) -> int:
    """The month of a position, counted from the year 0."""
    year, month = month_of(position)
    return year * 12 + month - 1


def _before(months: int) -> int:
    """The last position of the month that is counted `months` from the year 0."""
    from datetime import date

    from gongkai.web.search.positions import first_of

    return first_of(date(max(1, (months + 1) // 12), (months + 1) % 12 + 1, 1)) - 1

"""PostgreSQL: one GIN index over the runs of two and three characters, computed by a function of the database.

Nothing but the text is stored. Runs of two are exact; runs of three are folded to 20 bits, which keeps the index small,
and the text decides. GIN gives all or nothing, so the newest are asked month by month, ever more months at a time: what
is frequent is found in the first, what is rare is few in all and asked for at once.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from gongkai.text.query import numbers, numbers_asked, pairs, triples
from gongkai.web.search.index import TOLD, Added, Asked, Standing, Told
from gongkai.web.search.marks import MONTH, YEAR, mark, number_marks
from gongkai.web.search.positions import month_of

_FOLD = (1 << 20) - 1
_MOST_RUNS = 24
_ENOUGH = 500
"""So many of the newest tell how frequent words are."""
_MOST_SPANS = 32
"""More years and months than these are not named one by one: all that is left is asked for."""
_MORE = 1.2
"""A little further back than where what is wanted should end."""
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

# What every search asks is asked of functions: they keep their plans, and to plan it costs as much as to do it. A plan is
# made without the values, so it must be told that an index is the way whatever they are.
_STANDING = f"""
CREATE FUNCTION search_standing(own uuid, moment timestamptz, lowest bigint, highest bigint,
  OUT others boolean, OUT hidden bigint[], OUT newest bigint, OUT behind bigint, OUT oldest bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  others := (SELECT county FROM search_document ORDER BY county LIMIT 1) < own
    OR (SELECT county FROM search_document ORDER BY county DESC LIMIT 1) > own;
  hidden := ARRAY(SELECT position FROM search_document WHERE visible_until <= moment
    UNION ALL SELECT position FROM search_document WHERE visible_from > moment);
  newest := (SELECT max(position) FROM search_document WHERE position BETWEEN lowest AND highest);
  behind := (SELECT position FROM search_document WHERE position BETWEEN lowest AND highest
    ORDER BY position DESC OFFSET {_ENOUGH} LIMIT 1);
  oldest := (SELECT min(position) FROM search_document WHERE position BETWEEN lowest AND highest);
END $$
"""  # noqa: S608
_COLUMNS = ", ".join(f"{name} search_document.{name}%TYPE" for name in TOLD)
_TOLD = f"""
CREATE FUNCTION search_told(places bigint[], moment timestamptz, all_of text[]) RETURNS TABLE(place bigint, words bytea, {_COLUMNS})
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN QUERY SELECT d.position, t.packed, {", ".join(f"d.{name}" for name in TOLD)}
  FROM search_document d JOIN search_text t ON t.position = d.position
  WHERE d.position = ANY(places) AND d.visible_from <= moment AND (d.visible_until IS NULL OR d.visible_until > moment)
    AND NOT EXISTS (SELECT FROM unnest(all_of) word WHERE strpos(t.body, word) = 0);
END $$
"""  # noqa: S608


def _codes(word: str) -> list[int]:
    """What `search_runs` gives for the runs of a word; of a longer one those of three alone, which are few enough.

    A single run of three may share its number with a frequent one: its runs of two keep that apart.
    """
    three = [-1 - (((ord(x[0]) * 40503 + ord(x[1])) * 40503 + ord(x[2])) & _FOLD) for x in sorted(triples(word))]
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
            _FUNCTION,
            *self.ask_functions(),
            "CREATE INDEX search_text_runs ON search_text USING gin (search_runs(body), marks)",
        ]

    def unshare(self) -> list[str]:
        """What keeps workers away, for a function made before it said so."""
        return ["ALTER FUNCTION search_runs(text) PARALLEL UNSAFE"]

    def ask_functions(self) -> list[str]:
        """What makes the functions that every search asks. A column more in TOLD needs them made anew."""
        return ["DROP FUNCTION IF EXISTS search_standing, search_told", _STANDING, _TOLD]

    def unmake(self) -> list[str]:
        """None of them."""
        return [
            "DROP TABLE search_text",
            "DROP FUNCTION search_runs(text)",
            "DROP FUNCTION search_standing, search_told",
        ]

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

    def standing(self, county: uuid.UUID, at: datetime, first: int, last: int) -> Standing:
        """One question: each would cost the way there and back."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM search_standing(%s, %s, %s, %s)", [county, at, first, last])
            others, hidden, newest, behind, oldest = cursor.fetchone()
        return Standing(not others, frozenset(hidden), newest, behind, oldest)

    def told(self, positions: list[int], at: datetime, words: tuple[str, ...] = ()) -> dict[int, Told]:
        """One question for rows and words; the texts are looked through where they lie."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM search_told(%s, %s, %s::text[])", [positions, at, list(words)])
            return {position: (tuple(row), bytes(packed)) for position, packed, *row in cursor.fetchall()}

    def holding(self, positions: list[int], words: tuple[str, ...]) -> set[int]:
        """Looked for where the texts lie, which need not come here."""
        looked_for = " AND strpos(body, %s) > 0" * len(words)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT position FROM search_text WHERE position = ANY(%s){looked_for}",  # noqa: S608
                [positions, *words],
            )
            return {position for (position,) in cursor.fetchall()}

    def stream(self, asked: Asked, standing: Standing, wanted: int) -> Iterator[int]:
        """From the newest back, each time as far as will give what is wanted; then all that is left."""
        condition, values = self._condition(asked)
        # In no order: else the planner may walk down the positions and compute the runs of every text.
        select = f"SELECT array_agg(position ORDER BY position DESC) FROM search_text WHERE {condition}"  # noqa: S608
        newest, behind, oldest = standing.newest, standing.behind, standing.oldest
        if newest is None or oldest is None:
            return
        # So many that what is found in them tells of all the others; where there are not so many, all at once.
        months = _month(newest)
        many = months - _month(oldest if behind is None else behind) + 1
        got = 0
        with connection.cursor() as cursor:
            few = any(numbers_asked(word) for word in asked.words)  # that have the number of a document
            while not few and months - many >= _month(oldest) and len(some := _spans(months, many)) <= _MOST_SPANS:
                cursor.execute(select + " AND marks && %s::text[]", [*values, some])
                found = _between(cursor.fetchone()[0], asked.first, min(asked.last, _before(months)))
                yield from found
                got += len(found)
                months -= many
                many = max(many, math.ceil(many * _MORE * max(1, wanted - got) / max(1, len(found))))
            cursor.execute(select, values)
            yield from _between(cursor.fetchone()[0], asked.first, min(asked.last, _before(months)))


def _between(positions: list[int] | None, first: int, last: int) -> list[int]:
    """Those of the positions, which come newest first, that lie between two."""
    if not positions or (positions[0] <= last and positions[-1] >= first):
        return positions or []
    return [position for position in positions if first <= position <= last]


def _spans(months: int, many: int) -> list[str]:
    """The marks of so many months back from one: of whole years where they are whole, since what is asked for by a few
    marks costs less than by many.
    """
    marks, oldest = [], months - many + 1
    while months >= oldest:
        whole = months % 12 == 11 and months - 11 >= oldest
        marks.append(mark(YEAR, months // 12) if whole else mark(MONTH, f"{months // 12}{months % 12 + 1:02}"))
        months -= 12 if whole else 1
    return marks


def _month(position: int) -> int:
    """The month of a position, counted from the year 0."""
    year, month = month_of(position)
    return year * 12 + month - 1


def _before(months: int) -> int:
    """The last position of the month that is counted `months` from the year 0."""
    from datetime import date

    from gongkai.web.search.positions import first_of

    return first_of(date(max(1, (months + 1) // 12), (months + 1) % 12 + 1, 1)) - 1

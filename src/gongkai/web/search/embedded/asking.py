"""Asking the index: all that hold the words in the order of how well they fit, and how many there are.

What changed since the index was written is left out of its answer and looked at in the database, text by text; so the
answer is that of the database at this moment. Where that cannot be, there is no answer, and who asked says so.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

from gongkai.text.query import Query
from gongkai.web.search.embedded import LOOKED_AT, folder
from gongkai.web.search.embedded.following import marks
from gongkai.web.search.index import Asked, texts
from gongkai.web.search.models import Document, Embedded, Waiting
from gongkai.web.search.positions import LAST

if TYPE_CHECKING:
    import tantivy

LEFT_OUT = 20_000
"""So many documents that may not be shown now are told to the index; more, and it is not asked."""
IN_TITLE, IS_TITLE = 10_000.0, 20_000.0
"""What a word in the title weighs, and a word that is the title: more than anything in a text does."""

Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The positions that fit best, the best first, and how many hold the words in all."""

    positions: list[int]
    count: int


class _Reader:
    """The index as it was last opened, opened again when something was written since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[str, int, int] | None = None
        self._index: tantivy.Index | None = None

    def index(self, name: str) -> tantivy.Index:
        told = os.stat(folder.root() / name / "meta.json")  # noqa: PTH116 - asked for every search
        seen = (name, told.st_ino, told.st_mtime_ns)
        with self._lock:
            if self._index is None or self._known is None or self._known[0] != name:
                self._index = folder.opened(name)
                self._index.reload()
            elif self._known != seen:
                self._index.reload()
            self._known = seen
            return self._index


_reader = _Reader()


def _is_failure(error: BaseException) -> bool:
    """What the library reports, its panics too, which are no exceptions to Python."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def ordered(query: Query, asked: Asked, wanted: int, hidden: frozenset[int], weigh: Weigh) -> Ordered | None:
    """The `wanted` best of all that hold the words and may be shown; None when the index cannot be asked just now.

    `weigh` gives a text its weight beside those of the index.
    """
    state = Embedded.objects.first()
    if state is None or not state.folder or not folder.installed():
        return None
    # First what waits, then the index: what was taken in between is looked at twice and told once.
    waiting = set(Waiting.objects.values_list("position", flat=True)[: LOOKED_AT + 1])
    if len(waiting) > LOOKED_AT or len(hidden) > LEFT_OUT:
        return None
    try:
        index = _reader.index(state.folder)
        searcher = index.searcher()
        found = searcher.search(_question(index.schema, query, asked, hidden | waiting), limit=max(1, wanted))
        places = searcher.fast_field_values("position", [address for _, address in found.hits])
        told = [(float(score), int(place or 0)) for (score, _), place in zip(found.hits, places, strict=True)]
        number = int(found.count)  # type: ignore[attr-defined]
    except BaseException as error:
        if not _is_failure(error):
            raise
        if Embedded.objects.filter(folder=state.folder).exists():  # else it was only made anew under our hands
            folder.complain(state.folder)
        return None
    changed = sorted(_changed(query, asked, waiting - hidden, weigh), reverse=True)
    both = merge(told, changed, key=lambda each: -each[0])
    return Ordered([position for _, position in islice(both, wanted)], number + len(changed))


def _question(schema: tantivy.Schema, query: Query, asked: Asked, without: frozenset[int] | set[int]) -> tantivy.Query:
    import tantivy
    from tantivy import Occur

    ask = tantivy.Query
    silent = [
        ask.term_query(schema, "marks", some[0], "basic")
        if len(some) == 1
        else ask.term_set_query(schema, "marks", some)
        for some in asked.marks
    ]
    if asked.first > 0 or asked.last < LAST:
        silent.append(ask.range_query(schema, "position", tantivy.FieldType.Integer, asked.first, asked.last))
    pieces = [(Occur.Must, _phrase(schema, "body", word)) for word in query.words]
    pieces += [(Occur.Must, ask.const_score_query(each, 0.0)) for each in silent]
    for word in query.words:
        pieces.append((Occur.Should, ask.const_score_query(_phrase(schema, "title", word), IN_TITLE)))
        title = ask.term_query(schema, "title", folder.whole(word), "basic")
        pieces.append((Occur.Should, ask.const_score_query(title, IS_TITLE)))
    if without:
        pieces.append((Occur.MustNot, ask.term_set_query(schema, "position", sorted(without))))
    return ask.boolean_query(pieces)


def _phrase(schema: tantivy.Schema, field: str, word: str) -> tantivy.Query:
    import tantivy

    runs = folder.runs(word)
    if len(runs) == 1:
        return tantivy.Query.term_query(schema, field, runs[0], "freq")
    return tantivy.Query.phrase_query(schema, field, list(runs))


def _changed(query: Query, asked: Asked, waiting: set[int], weigh: Weigh) -> Iterator[tuple[float, int]]:
    """Of what the index has not taken in yet what is asked for, by the texts themselves."""
    within = [position for position in waiting if asked.first <= position <= asked.last]
    rows = {row.position: row for row in Document.objects.filter(position__in=within)}
    for position, text in texts(list(rows)):
        known = marks(rows[position])
        if all(known.intersection(some) for some in asked.marks) and all(word in text for word in query.words):
            yield weigh(text), position

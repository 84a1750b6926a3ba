"""The search over published items: newest first, ranked, and a plain LIKE over the same texts; what each of them finds.

Beside them the optional index of relevance, which ranks without a cap.
"""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import search_data
from bench.figures import Figure, at_least, at_most, shown
from bench.search_data import COUNTY, Question

ROUNDS = 3
LIKES = 24
"""Questions asked of LIKE, spread over all sorts: at a million items each takes seconds."""


def _timed(ask: Callable[[Question], object], questions: list[Question], rounds: int) -> list[tuple[float, Question]]:
    moments = []
    for _ in range(rounds):
        for question in questions:
            start = time.perf_counter()
            ask(question)
            moments.append(((time.perf_counter() - start) * 1000, question))
    return moments


def _asked_once(name: str, ask: Callable[[Question], object], questions: list[Question]) -> Figure:
    """Every question for the first time: parts of the file may have to be read from the disk. Stated, not judged."""
    middle, last = _percentiles(_timed(ask, questions, 1))
    return shown(
        f"  {name} the first time: median (beside it the 99th percentile)", middle, "ms", last, "99th percentile"
    )


def _percentiles(moments: list[tuple[float, Question]]) -> tuple[float, float]:
    ordered = sorted(taken for taken, _ in moments)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _positions(question: Question, order: str) -> set[int]:
    """Where the search finds: all of it up to the cap, through all the pages."""
    from gongkai.web.search import selectors
    from gongkai.web.search.models import Document

    items: set[uuid.UUID] = set()
    page = pages = 1
    while page <= pages:
        found = selectors.search(question.typed, county=COUNTY, order=order, page=page, size=500)  # type: ignore[arg-type]
        items |= {hit.item for hit in found.hits}
        page, pages = page + 1, found.pages
    return set(Document.objects.filter(item__in=items).values_list("position", flat=True))


def _like(question: Question) -> list[int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position FROM search_text WHERE body LIKE %s ORDER BY position DESC LIMIT 20",
            [f"%{question.typed}%"],
        )
        return [position for (position,) in cursor.fetchall()]


def _recall(finds: Callable[[Question], set[int]], questions: list[Question], most: int) -> float:
    """Of what should stand among the newest `most`, the part that does; what should not be found takes it away."""
    right = wanted = wrong = 0
    for question in questions:
        expected, found = set(question.newest[:most]), finds(question)
        wanted += len(expected)
        right += len(expected & found)
        wrong += len(found - set(question.newest)) if question.count <= len(question.newest) else 0
    return (right - wrong) / max(1, wanted)


def figures(build: Path) -> Iterator[Figure]:
    """Times of whole searches with their marked snippets and counts, and what was found."""
    questions = search_data.prepared(build)
    from gongkai.web.search import selectors
    from gongkai.web.search.found import CAP

    beside = f"{search_data.SIZE:,} items on {search_data.store()}"

    def newest(question: Question) -> object:
        return selectors.search(question.typed, county=COUNTY)

    def ranked(question: Question) -> object:
        return selectors.search(question.typed, county=COUNTY, order="ranked")

    few = questions[:: max(1, len(questions) // LIKES)]
    like, like_last = _percentiles(_timed(_like, few, 1))
    yield _asked_once("newest", newest, questions)
    taken = _timed(newest, questions, ROUNDS)
    middle, last = _percentiles(taken)
    yield at_most(f"search newest first, {beside}, median", middle, "ms", 5, like, "LIKE")
    yield at_most(f"search newest first, {beside}, 99th percentile", last, "ms", 50, like_last, "LIKE")
    for sort in dict.fromkeys(q.sort for q in questions):
        middle, last = _percentiles([moment for moment in taken if moment[1].sort == sort])
        yield shown(f"  of it {sort}: median (beside it the slowest)", middle, "ms", last, "slowest")
    below = [q for q in questions if q.count <= CAP]
    yield _asked_once("ranked", ranked, below)
    by_database = _timed(ranked, below, ROUNDS)
    middle, last = _percentiles(by_database)
    yield at_most(f"search ranked up to {CAP:,} hits, {beside}, median", middle, "ms", 30)
    yield at_most(f"search ranked up to {CAP:,} hits, {beside}, 99th percentile", last, "ms", 150)
    above = [q for q in questions if q.count > CAP]
    if above:
        taken = _timed(ranked, above, ROUNDS)
        by_database += taken
        middle, last = _percentiles(taken)
        yield shown(f"search ranked above the cap (by date), {beside}, median", middle, "ms", last, "99th percentile")
    like_found = _recall(lambda q: set(_like(q)), few, 20)
    for order in ("newest", "ranked"):
        part = _recall(lambda q, order=order: _positions(q, order), below, CAP)  # type: ignore[misc]
        yield at_least(f"found of what contains the words, {order}", part, "of 1", 1.0, like_found, "LIKE as typed")
    part = _recall(_first_page, above, 20)
    yield at_least("found of the newest twenty above the cap", part, "of 1", 1.0 if above else 0.0)
    yield from _without_cap(questions, beside, by_database)


def _without_cap(questions: list[Question], beside: str, by_database: list[tuple[float, Question]]) -> Iterator[Figure]:
    """The same questions by the index of relevance, made before the first of them; beside it the database, capped."""
    from django.conf import settings

    from gongkai.web.search import selectors
    from gongkai.web.search.embedded import folder, following
    from gongkai.web.search.found import CAP, Found

    if not folder.installed():
        return

    def ranked(question: Question) -> Found:
        return selectors.search(question.typed, county=COUNTY, order="ranked")

    settings.GONGKAI_SEARCH_INDEX = True
    try:
        start = time.perf_counter()
        following.bring_up()
        yield shown(f"index of relevance brought up to date, {beside}", time.perf_counter() - start, "s")
        usual, usual_last = _percentiles(by_database)
        yield _asked_once("ranked without cap", ranked, questions)
        taken = _timed(ranked, questions, ROUNDS)
        middle, last = _percentiles(taken)
        yield at_most(f"search ranked without cap, {beside}, median", middle, "ms", 20, usual, "capped")
        yield at_most(f"search ranked without cap, {beside}, 99th percentile", last, "ms", 100, usual_last, "capped")
        for sort in dict.fromkeys(q.sort for q in questions):
            middle, last = _percentiles([moment for moment in taken if moment[1].sort == sort])
            yield shown(f"  of it {sort}: median (beside it the slowest)", middle, "ms", last, "slowest")
        right = [(found := ranked(q)).order == "ranked" and str(found.count) == str(q.count) for q in questions]
        yield at_least("counted rightly without cap", sum(right) / len(right), "of 1", 1.0)
        below = [q for q in questions if q.count <= CAP]
        part = _recall(lambda q: _positions(q, "ranked"), below, CAP)
        yield at_least("found of what contains the words, ranked without cap", part, "of 1", 1.0)
    finally:
        settings.GONGKAI_SEARCH_INDEX = False


def _first_page(question: Question) -> set[int]:
    from gongkai.web.search import selectors
    from gongkai.web.search.models import Document

    items = [hit.item for hit in selectors.search(question.typed, county=COUNTY).hits]
    return set(Document.objects.filter(item__in=items).values_list("position", flat=True))

"""Keeping the index up to date: made anew when it is not what it should be, else only what changed is taken in.

The database says which folder is the index and up to where it was written. An index that says otherwise (the database or
the folder was restored, a file is damaged, the format is another one) is not mended but made anew.
"""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Iterable

from django.db import connection, transaction

from gongkai.web.changes.services import touch
from gongkai.web.search.embedded import LOOKED_AT, folder, noting, switched_on
from gongkai.web.search.embedded.folder import alone
from gongkai.web.search.index import texts
from gongkai.web.search.marks import marks_of
from gongkai.web.search.models import Document, Embedded, Waiting

AT_ONCE = 500
_BESIDE = 5000
"""More documents than these are taken in by a thread of their own, so that no other job waits."""


def marks(row: Document) -> set[str]:
    """The marks of a document of the search."""
    return marks_of(
        county=row.county, organ=row.organ, kind=row.kind, columns=row.columns, topics=row.topics,
        validity=row.validity, issuer=row.issuer, title=row.title, published_on=row.published_on,
    )  # fmt: skip


def check() -> bool:
    """Before a start: whether there is nothing wrong with the index, each of its files read once.

    One that is wrong is no longer asked from here on; it is made anew in the background.
    """
    if not switched_on():
        if Embedded.objects.exists():
            with transaction.atomic():
                noting.forget()
        folder.clear()
        return True
    state = Embedded.objects.first()
    if state is None or not state.folder:
        return True
    if _sound(state) and folder.undamaged(state.folder):
        return True
    folder.complain(state.folder)
    with transaction.atomic():
        Embedded.objects.filter(pk=state.pk).update(folder="")
    folder.set_aside(state.folder)
    return False


def tick() -> None:
    """What the worker does every minute. A long piece of work goes on beside its other jobs."""
    if not switched_on() or not folder.installed():
        return
    state = Embedded.objects.first()
    new = state is None or not _sound(state)
    if (Document.objects.count() if new else Waiting.objects.count()) <= _BESIDE:
        bring_up()
    elif not any(thread.name == "search-index" for thread in threading.enumerate()):
        threading.Thread(target=_beside, name="search-index", daemon=True).start()


def _beside() -> None:
    try:
        bring_up()
    finally:
        connection.close()


def bring_up() -> bool:
    """Bring the index up to date now; false when another process is at it."""
    with alone() as mine:
        if not mine:
            return False
        state = Embedded.objects.first()
        if state is None or not _sound(state):
            state = _made_anew(state)
        if state is not None:
            _take_in(state)
        return True


def _sound(state: Embedded) -> bool:
    if not state.folder or not folder.usable(state.folder):
        return False
    try:
        written = folder.stamp(state.folder)
    except (OSError, ValueError, KeyError):
        return False
    # Written, and cut off before the database could note it: what was written is still waiting and is written again.
    return written == state.stamp or (state.writing and written > state.stamp)


def _made_anew(old: Embedded | None) -> Embedded | None:
    if old is not None and old.folder:
        folder.set_aside(old.folder)
    folder.clear()
    with transaction.atomic():
        state = noting.begin_anew()
    name = uuid.uuid4().hex
    writer = folder.writer(folder.make(name))
    counties: set[uuid.UUID] = set()
    last = 1 << 62
    # From the newest down: of two that weigh the same the one taken in first is told first.
    while rows := list(Document.objects.filter(position__lt=last).order_by("-position")[:AT_ONCE]):
        counties |= _add(writer, rows)
        last = rows[-1].position
    written = writer.commit()
    writer.wait_merging_threads()
    with transaction.atomic():
        changed = Embedded.objects.filter(pk=state.pk).update(folder=name, stamp=written, writing=False)
        _pages_are_old(counties)
    if not changed:  # the search was made anew meanwhile: what was read is no longer true
        shutil.rmtree(folder.root() / name, ignore_errors=True)
        return None
    state.refresh_from_db()
    return state


def _add(writer: object, rows: Iterable[Document]) -> set[uuid.UUID]:
    known = {row.position: row for row in rows}
    for position, body in texts(list(known)):
        writer.add_document(folder.document(position, body, marks(known[position])))  # type: ignore[attr-defined]
    return {row.county for row in known.values()}


def _pages_are_old(counties: Iterable[uuid.UUID]) -> None:
    """Pages that were kept say that there is no index."""
    for county in sorted(counties):
        touch(county=county)


def _take_in(state: Embedded) -> None:
    late = Waiting.objects.count() > LOOKED_AT
    while waiting := list(Waiting.objects.order_by("pk")[:AT_ONCE]):
        places = sorted({row.position for row in waiting})
        rows = list(Document.objects.filter(position__in=places))
        Embedded.objects.filter(pk=state.pk).update(writing=True)
        writer = folder.writer(folder.opened(state.folder))
        for position in places:
            writer.delete_documents_by_term("position", position)
        _add(writer, rows)
        written = writer.commit()
        writer.wait_merging_threads()
        with transaction.atomic():
            if not Embedded.objects.filter(pk=state.pk).update(stamp=written, writing=False):
                return
            Waiting.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    if late:
        with transaction.atomic():
            _pages_are_old(set(Document.objects.values_list("county", flat=True).distinct()))

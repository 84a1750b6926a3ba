"""What one page asks several times is read once: a memory that lives as long as one request that only looks.

A request that may write (POST) has none, nor has a job or a command: there everything is read afresh. Public pages that
are kept until something changes share a second memory, which ends with the mark under which they are kept.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
T = TypeVar("T")
_memory: ContextVar[dict[Any, Any] | None] = ContextVar("gongkai_page_memory", default=None)
_standing: ContextVar[dict[Any, Any] | None] = ContextVar("gongkai_standing_memory", default=None)
_MOST = 4000
"""So many answers the memory of a mark holds; what is asked beyond is read each time."""


def once_a_page(read: Callable[P, T]) -> Callable[P, T]:
    """Keep what `read` told for these arguments until the page is made. Whoever is told it does not change it."""

    @functools.wraps(read)
    def asked(*args: P.args, **values: P.kwargs) -> T:
        memory = _memory.get()
        if memory is None:
            return read(*args, **values)
        key = (read, args, tuple(sorted(values.items())))
        if key not in memory:
            memory[key] = read(*args, **values)
        found: T = memory[key]
        return found

    return asked


def while_it_stands(read: Callable[P, T]) -> Callable[P, T]:
    """Keep what `read` told for all public pages of one mark, elsewhere for the page; nobody changes what they are told.

    Only for what cannot change without an act that moves the mark, or a moment that does.
    """
    for_the_page = once_a_page(read)

    @functools.wraps(read)
    def asked(*args: P.args, **values: P.kwargs) -> T:
        memory = _standing.get()
        if memory is None:
            return for_the_page(*args, **values)
        key = (read, args, tuple(sorted(values.items())))
        try:
            found: T = memory[key]
        except KeyError:
            found = read(*args, **values)
            if len(memory) < _MOST:
                memory[key] = found
        return found

    return asked


@contextmanager
def standing(memory: dict[Any, Any]) -> Iterator[None]:
    """Share this memory among the pages that are made under one mark."""
    token = _standing.set(memory)
    try:
        yield
    finally:
        _standing.reset(token)


def remembering() -> bool:
    """Whether a page is being made."""
    return _memory.get() is not None


@contextmanager
def page_memory(*, looks: bool = True) -> Iterator[None]:
    """An empty memory until the end; none with `looks` false."""
    token = _memory.set({} if looks else None)
    try:
        yield
    finally:
        _memory.reset(token)


def in_one_look(read: Callable[P, T]) -> Callable[P, T]:
    """Let `read` read everything once: within the page's memory, else within one that ends when it has read.

    For what only reads: a service that calls it reads afresh each time it calls.
    """

    @functools.wraps(read)
    def looked(*args: P.args, **values: P.kwargs) -> T:
        if remembering():
            return read(*args, **values)
        with page_memory():
            return read(*args, **values)

    return looked


class MemoryMiddleware:
    """Gives each request that only looks a memory of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with an empty memory, or with none where something may be written."""
        with page_memory(looks=request.method in ("GET", "HEAD")):
            return self.get_response(request)

"""What one page asks several times is read once: a memory that lives as long as one request that only looks.

A request that may write (POST) has none, nor has a job or a command: there everything is read afresh.
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


class MemoryMiddleware:
    """Gives each request that only looks a memory of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with an empty memory, or with none where something may be written."""
        with page_memory(looks=request.method in ("GET", "HEAD")):
            return self.get_response(request)

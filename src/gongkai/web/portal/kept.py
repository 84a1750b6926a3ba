"""Public pages are kept under the mark of what is public, and shown again only while that mark stands.

A view marked `kept` makes its page from the address, what is public, the day and the size of type, and from nothing
else: no session, no token, no name. So it is answered before anybody asks who is there, and the same for all. The mark
(`stamp`) is read for each request; it moves in the transaction of every act, so no page from before an act is shown
after it, here or, by `no-cache` with an ETag, from anybody's browser.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from gongkai.web.headers import looks
from gongkai.web.memo import standing
from gongkai.web.portal.context import View
from gongkai.web.proactive.selectors.public import home_stamp

Handler = Callable[[HttpRequest], HttpResponse]
LARGEST = 512 * 1024
"""A page of more bytes is not kept."""
CONTROL = "private, no-cache"


def kept(view: View) -> View:
    """Say of a public view that its page depends on the address, what is public, the day and the size of type alone.

    It stands above `public(...)`. A page that turns out to depend on more is given back through `not_kept`.
    """

    @functools.wraps(view)
    def marked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = view(request, *args, **values)
        if not getattr(response, "gongkai_not_kept", False) and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = CONTROL
        patch_vary_headers(response, ("Cookie",))
        return response

    marked.kept = True  # type: ignore[attr-defined]
    return marked


def not_kept(response: HttpResponse) -> HttpResponse:
    """Keep this page nowhere, though its view is marked: what it shows may change without an act."""
    response.gongkai_not_kept = True  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "no-store"
    return response


def mark() -> str:
    """Under what a page made now may be kept: the county, what is public in it, and the day. Empty before the start."""
    found = home_stamp()
    return f"{found[0].hex} {found[1]} {timezone.localdate().isoformat()}" if found else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was made."""

    body: bytes
    headers: Mapping[str, str]
    etag: str


class Shelf:
    """The pages of one mark, at most so many bytes of them: the one asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._mark = ""
        self._memory: dict[Any, Any] = {}
        self.held = 0

    def memory(self, mark: str) -> dict[Any, Any]:
        """What pages of this mark share while they are made."""
        with self._lock:
            self._turn(mark)
            return self._memory

    def find(self, mark: str, key: tuple[str, ...]) -> Page | None:
        """The page that was made under this mark."""
        with self._lock:
            if mark != self._mark:
                return None
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, mark: str, key: tuple[str, ...], page: Page) -> None:
        """Keep a page under the mark that was read before it was made; those of another mark go."""
        with self._lock:
            self._turn(mark)
            self._drop(key)
            self._pages[key] = page
            self.held += len(page.body) + 1000
            while self.held > self._most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._turn("")

    def _turn(self, mark: str) -> None:
        if mark != self._mark:
            self._pages.clear()
            self._mark, self._memory, self.held = mark, {}, 0

    def _drop(self, key: tuple[str, ...]) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self.held -= len(gone.body) + 1000


SHELF = Shelf(settings.GONGKAI_PORTAL["kept_megabytes"] * 1024 * 1024)
"""The kept pages of this process."""


@functools.cache
def _routes() -> dict[str, list[URLPattern] | None]:
    """The addresses of the kept views by the first word of their path; None where they lie deeper than one level."""
    found: dict[str, list[URLPattern] | None] = {}

    def walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> None:
        for each in patterns:
            route = before + str(each.pattern)
            word = route.partition("/")[0]
            if isinstance(each, URLResolver):
                walk(each.url_patterns, route)
            elif not getattr(each.callback, "kept", False):
                continue
            elif before:
                found[word] = None
            elif (there := found.setdefault(word, [])) is not None:
                there.append(each)

    walk(get_resolver().url_patterns, "")
    return found


def _view_of(path: str) -> ResolverMatch | None:
    """The kept view that answers an address; None when it is another's."""
    rest = path[1:]
    among = _routes().get(rest.partition("/")[0], ())
    if among is None:
        try:
            met = resolve(path)
        except Resolver404:
            return None
        return met if getattr(met.func, "kept", False) else None
    for pattern in among:
        if (found := pattern.resolve(rest)) is not None:
            return found
    return None


class KeptPages:
    """Outermost of all that makes pages: answers from the shelf, and fills it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page from the shelf, 304 for one who has it, or the page made now."""
        found = _view_of(request.path_info) if request.method in ("GET", "HEAD") else None
        now = mark() if found is not None else ""
        if not now:
            return self.get_response(request)
        request.gongkai_kept = found  # type: ignore[attr-defined]
        key = (request.META.get("HTTP_HOST", ""), request.scheme or "", request.get_full_path(), looks(request))
        page = SHELF.find(now, key)
        if page is None:
            with standing(SHELF.memory(now)):
                response = self.get_response(request)
            made = _page_of(request, response)
            if made is None:
                return response
            SHELF.put(now, key, made)
            page = made
        return _answer(request, page)


def _page_of(request: HttpRequest, response: HttpResponse) -> Page | None:
    """What is kept of an answer; None when it must not be."""
    if request.method != "GET" or response.status_code != 200 or response.streaming or response.cookies:
        return None
    if response.headers.get("Cache-Control") != CONTROL or len(response.content) > LARGEST:
        return None
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
    return Page(response.content, headers, etag)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    if page.etag in [each.strip().removeprefix("W/") for each in held.split(",")]:
        gone = ("Content-Type", "Content-Disposition")
        left = {name: value for name, value in page.headers.items() if name not in gone}
        response = HttpResponse(status=304, headers={**left, "ETag": page.etag})
        del response.headers["Content-Type"]
        return response
    return HttpResponse(page.body, headers={**page.headers, "ETag": page.etag, "Content-Length": str(len(page.body))})


class PublicLane:
    """A kept page is made without asking who is there: no session, no token, no person. Whatever goes wrong goes the
    usual way, where the pages for errors are made.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page of a kept view; of every other what the usual way makes of it."""
        found: ResolverMatch | None = getattr(request, "gongkai_kept", None)
        if found is None:
            return self.get_response(request)
        with contextlib.suppress(Http404, PermissionDenied, DisallowedHost):
            request.get_host()
            request.resolver_match = found
            response: HttpResponse = found.func(request, *found.args, **found.kwargs)
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
            return response
        return self.get_response(request)

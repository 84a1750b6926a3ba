"""Our own public pages, walked in this process: the same walk and the same checks, without a network."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import resolve

from gongkai.patrol.clock import SystemClock
from gongkai.patrol.fetch import Answer, Bounds
from gongkai.patrol.settings import Settings
from gongkai.patrol.sitefile import Site
from gongkai.patrol.walk import Walk
from gongkai.readers.precheck.lists import FOLDER, Lists

START = "http://localhost/portal"
PAGES, MINUTES = 3000, 30.0


class Portal:
    """Answers as the server would, for what is declared public; the desk is never asked."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def once(self, method: str, url: str, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        """One answer."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        if not _public(path):
            return Answer(url, error="robots")
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "https" if settings.GONGKAI_BEHIND_TLS else "http",
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        }  # fmt: skip
        response = self._handler.get_response(WSGIRequest(environ))
        try:
            body = _body(response, bounds.bytes)
        finally:
            for close in getattr(response, "_resource_closers", ()):
                close()
        said = {name.lower(): value for name, value in response.headers.items() if name.lower() != "content-encoding"}
        if body is None:
            return Answer(url, response.status_code, "too_large", said, bytes=bounds.bytes)
        return Answer(url, response.status_code, "", said, b"" if method == "HEAD" else body, len(body))

    def close(self) -> None:
        """There is nothing to let go of."""


def _public(path: str) -> bool:
    """Whether an address is one of the public side; what has no address here (a static file, a page that is gone) may be asked."""
    try:
        return hasattr(resolve(path).func, "public")
    except Http404:
        return True


def _body(response: object, most: int) -> bytes | None:
    parts, size = [], 0
    for part in response:  # type: ignore[attr-defined]
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


def walk_portal(name: str) -> bytes:
    """Walk the portal from its first page; the result file."""
    lists, _ = Lists.of_folder(Path(settings.GONGKAI_DATA) / FOLDER)
    site = Site(name)
    told = Settings(
        (START,), site, lists, pages=PAGES, minutes=MINUTES, rate=0.0, again_after=0.0, retries=0, pause=0.0
    )
    out: list[bytes] = []
    Walk(told, Portal(), SystemClock(), out.append).go()
    return b"".join(out)

"""Headers that keep every page to itself, and the limit on what may be sent at once."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
Handler = Callable[[HttpRequest], HttpResponse]
_MEGABYTE = 1024 * 1024
LARGE_TEXT = "gongkai_large_text"
TERMINAL = "gongkai_terminal"
"""Cookies that change how a page looks and nothing else of it: large type, a public terminal in a service hall."""


def looks(request: HttpRequest) -> str:
    """How pages look for this browser: a sign for each of these cookies."""
    return "".join("1" if request.COOKIES.get(name) == "1" else "0" for name in (LARGE_TEXT, TERMINAL))


class HeadersMiddleware:
    """Everything comes from this server, nothing runs inline, no page stands in a frame."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to whatever is answered."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class SizeMiddleware:
    """Refuses more than the limit by its declared length, before a byte of it is kept."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 with a sentence when the request is too long or its length is no number."""
        sheet = request.path.startswith("/appraisals")  # words and ticks, no files
        outside = sheet or request.path.startswith(("/portal", "/apply", "/follow"))
        most = settings.GONGKAI_PORTAL["request_megabytes"] * _MEGABYTE if outside else settings.GONGKAI_BATCH_LIMIT
        most = _MEGABYTE if sheet else most
        try:
            length = int(request.headers.get("Content-Length") or 0)
        except ValueError:
            length = most + 1
        if length > most:
            return render(
                request,
                "portal/413.html" if outside else "413.html",
                {"limit": most // _MEGABYTE, "met": max(length // _MEGABYTE, 1), "sheet": sheet},
                status=413,
            )
        return self.get_response(request)

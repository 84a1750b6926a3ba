"""Until accounts come, whoever sits at this machine is the local operator."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.people.selectors import local_operator


class PersonMiddleware:
    """Sets `request.person`. The server listens on 127.0.0.1 only, so no one else can be here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the person."""
        request.person = local_operator()  # type: ignore[attr-defined]
        return self.get_response(request)

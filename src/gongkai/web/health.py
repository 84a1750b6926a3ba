"""`/health`: whether this server answers and reaches its database, for whoever watches over it. Says nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers before anybody asks who is there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """200 `ok`, or 503 `unavailable` when the database does not answer; every other address goes on."""
        if request.path != "/health":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            return _said("unavailable", 503)
        return _said("ok", 200)


def _said(word: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(word + "\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)

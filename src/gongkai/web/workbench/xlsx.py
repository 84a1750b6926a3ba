"""A table as a download."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from gongkai.documents.plain_table import KIND, OPTIONS, Cell, table

__all__ = ["KIND", "OPTIONS", "Cell", "answer", "table"]


def answer(data: bytes, name: str) -> HttpResponse:
    """The file as a download."""
    response = HttpResponse(data, content_type=KIND)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    response.headers["Cache-Control"] = "no-store"
    return response

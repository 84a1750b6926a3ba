"""A stored file as the desk gives it out: pictures are shown, of scans also PDF, everything else is a download."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from django.http import HttpResponse

from gongkai.web.files import services as files

PICTURES = frozenset(("image/png", "image/jpeg", "image/gif"))
SCANS = PICTURES | {"application/pdf"}


def file_answer(file: uuid.UUID, name: str, media_type: str, shown: frozenset[str] = PICTURES) -> HttpResponse:
    """The bytes of a stored file under its own policy: nothing in it can run, nothing between keeps it."""
    inline = media_type in shown
    response = HttpResponse(files.read(file), content_type=media_type if inline else "application/octet-stream")
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response

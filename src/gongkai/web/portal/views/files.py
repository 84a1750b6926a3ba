"""The files of a public entry. Nothing in them runs on this site: pictures are shown, everything else is taken away.

What a file is, its bytes decide; its name and what was said when it came do not.
"""

from __future__ import annotations

import re
import uuid
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.web.facts import Refused
from gongkai.web.files import kinds, services
from gongkai.web.people.policies import public
from gongkai.web.portal.context import county_of
from gongkai.web.portal.views.items import WHY, not_here
from gongkai.web.proactive.selectors.public import public_file

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def _named(name: str, kind: str, media_type: str) -> str:
    """The name under which a file is saved, with the ending that fits what it is."""
    ending = kinds.ENDINGS.get(media_type, "bin")
    said = services.plain_name(name)
    if not said.lower().endswith((f".{ending}", ".jpeg", ".tiff") if ending in ("jpg", "tif") else f".{ending}"):
        said = f"{said}.{ending}"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in said)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(said, safe='')}"


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of the one part that is asked for; None for the whole. ValueError when there is none such."""
    met = _RANGE.fullmatch(asked.strip())
    if met is None or not (met[1] or met[2]):
        return None
    if not met[1]:
        first, last = max(size - int(met[2]), 0), size - 1
    else:
        first, last = int(met[1]), min(int(met[2]) if met[2] else size - 1, size - 1)
    if first > last:
        raise ValueError(asked)
    return first, last


def _headers(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = tag
    response.headers["Accept-Ranges"] = "bytes"
    return response


@public(WHY)
@require_safe
def file(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A file of the version that is public at this moment; asked of every time, also when the visitor has it already."""
    row = public_file(county_of().pk, key, file)
    if row is None:
        return not_here(request, key)
    tag = f'"{row.file.sha256[:32]}"'
    if request.headers.get("If-None-Match", "") in (tag, f"W/{tag}"):
        return _headers(HttpResponse(status=304), tag)
    try:
        data = services.read(row.file_id)
    except (FileNotFoundError, Refused):
        return not_here(request, key)
    media_type = kinds.detect(data)
    response = HttpResponse(data, content_type=media_type)
    try:
        part = _part(request.headers.get("Range", ""), len(data)) if "If-Range" not in request.headers else None
    except ValueError:
        response = HttpResponse(status=416, content_type="text/plain")
        response.headers["Content-Range"] = f"bytes */{len(data)}"
        return _headers(response, tag)
    if part is not None:
        first, last = part
        response = HttpResponse(data[first : last + 1], status=206, content_type=media_type)
        response.headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    shown = media_type in SHOWN
    response.headers["Content-Disposition"] = _named(row.name, "inline" if shown else "attachment", media_type)
    return _headers(response, tag)

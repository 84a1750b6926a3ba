"""The file as it came: to take away, or a page of it as a picture. Never opened in this process, never shown inline."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.web.annual import policies
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.selectors import bytes_of
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import person_of, submission_or_404


def attachment(data: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """Bytes to be saved under a name, never shown by the browser itself."""
    response = HttpResponse(data, content_type=media_type)
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@needs("annual.look")
@require_GET
def file(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The original, byte for byte."""
    policies.check_look(person_of(request))
    submission = submission_or_404(request, key)
    try:
        return attachment(bytes_of(submission.file), submission.name)
    except FileNotFoundError:
        raise Http404("数据目录中找不到原件") from None


@needs("annual.look")
@require_GET
def page(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """A page of a PDF as a picture, drawn in the worker."""
    policies.check_look(person_of(request))
    submission = submission_or_404(request, key)
    try:
        answer, picture = pool().call(
            "page", bytes_of(submission.file), seconds=settings.GONGKAI_READING_SECONDS, number=number
        )
    except (WorkerFailed, FileNotFoundError):
        raise Http404("这一页不能显示") from None
    if not answer.get("found"):
        raise Http404("没有这一页")
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response

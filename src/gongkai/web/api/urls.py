"""The addresses of the interface. They ask for no account: each operation asks for a token of its own, or for none."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from gongkai.web.api import page
from gongkai.web.api.routes import api
from gongkai.web.people.policies import public

_PATTERNS, _APP, _NAMESPACE = api.urls
_ROUTES = [pattern for pattern in _PATTERNS if getattr(pattern, "name", "") != "api-root"]
for _view in [pattern.callback for pattern in _ROUTES if isinstance(pattern, URLPattern)]:
    if _view is not None:
        public("asks for a token itself")(_view)
        _view.__module__ = __name__  # ours, whatever library made it


def _kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say that what is read here depends on the address, what is public and the day alone (see `portal.kept`)."""

    @functools.wraps(view)
    def marked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = view(request, *args, **values)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    marked.kept = True  # type: ignore[attr-defined]
    return marked


for _pattern in _ROUTES:
    if isinstance(_pattern, URLPattern) and (_pattern.name or "").startswith("api-entr"):
        _pattern.callback = _kept(_pattern.callback)

urlpatterns = [
    path("api/", page.reference, name="api-page"),
    path("api/v1/openapi.json", page.document, name="api-openapi"),
    path("api/v1/", (_ROUTES, _APP, _NAMESPACE)),
    re_path(r"^api/", page.unknown, name="api-unknown"),
]

"""The addresses of the interface. They ask for no account: each operation asks for a token of its own."""

from __future__ import annotations

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

urlpatterns = [
    path("api/", page.reference, name="api-page"),
    path("api/v1/openapi.json", page.document, name="api-openapi"),
    path("api/v1/", (_ROUTES, _APP, _NAMESPACE)),
    re_path(r"^api/", page.unknown, name="api-unknown"),
]

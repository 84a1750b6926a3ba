"""Every address of the desk, and what is shown where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from gongkai.web.portal.views import errors as outside
from gongkai.web.workbench.views import errors as inside

urlpatterns = [
    path("", include("gongkai.web.workbench.urls")),
    path("", include("gongkai.web.workbench.urls_cases")),
    path("", include("gongkai.web.workbench.urls_ledgers")),
    path("", include("gongkai.web.workbench.urls_coverage")),
    path("", include("gongkai.web.workbench.urls_interaction")),
    path("", include("gongkai.web.workbench.urls_cms")),
    path("", include("gongkai.web.workbench.urls_patrol")),
    path("", include("gongkai.web.workbench.urls_year")),
    path("", include("gongkai.web.workbench.urls_collection")),
    path("", include("gongkai.web.workbench.urls_oversight")),
    path("", include("gongkai.web.workbench.urls_assessment")),
    path("", include("gongkai.web.workbench.urls_appraisal")),
    path("", include("gongkai.web.workbench.urls_overview")),
    path("", include("gongkai.web.portal.urls")),
    path("", include("gongkai.web.portal.urls_boards")),
    path("", include("gongkai.web.portal.urls_items")),
    path("", include("gongkai.web.portal.urls_data")),
    path("", include("gongkai.web.portal.urls_talk")),
    path("", include("gongkai.web.portal.urls_appraisal")),
    path("", include("gongkai.web.api.urls")),
]


def _either(name: str) -> Callable[..., HttpResponse]:
    """The page for what went wrong, on the side on which it did."""

    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        side = outside if outside.here(request) else inside
        page: Callable[..., HttpResponse] = getattr(side, name)
        return page(request, *args, **values)

    return answer


handler400 = _either("bad_request")
handler403 = _either("forbidden")
handler404 = _either("not_found")
handler500 = _either("failure")
csrf_failure = _either("csrf_failure")

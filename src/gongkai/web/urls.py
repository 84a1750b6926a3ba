"""Every address of the desk, and what is shown where there is none."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.web.workbench.urls")),
    path("", include("gongkai.web.workbench.urls_cases")),
]

handler400 = "gongkai.web.workbench.views.errors.bad_request"
handler403 = "gongkai.web.workbench.views.errors.forbidden"
handler404 = "gongkai.web.workbench.views.errors.not_found"
handler500 = "gongkai.web.workbench.views.errors.failure"

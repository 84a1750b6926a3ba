"""The addresses of what is kept no longer."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import erasing

urlpatterns = [
    path("erasures", erasing.erasures, name="erasures"),
    path("erasures/confirm", erasing.confirm, name="erasures-confirm"),
    path("erasures/years", erasing.years, name="erasures-years"),
]

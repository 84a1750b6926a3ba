"""The addresses of the standard catalogues and of what is missing, stale or late."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

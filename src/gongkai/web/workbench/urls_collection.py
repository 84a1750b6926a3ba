"""The addresses of what the county gathers: roll-up, periods, files handed in, templates, the January room."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

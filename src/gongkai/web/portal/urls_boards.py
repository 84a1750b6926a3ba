"""The addresses of the boards: organs, guide, rules, statutory content, yearly reports, topics."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""The addresses for machines: feeds, the map of the site, the catalogue as data."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

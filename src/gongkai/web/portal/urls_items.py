"""The addresses of what is published: an item, its files, the search, the policy library."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

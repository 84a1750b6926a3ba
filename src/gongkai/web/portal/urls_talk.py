"""The addresses where the public asks, suggests and takes part."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

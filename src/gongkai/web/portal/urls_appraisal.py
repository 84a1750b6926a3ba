"""The addresses where the public appraises the work of the year."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

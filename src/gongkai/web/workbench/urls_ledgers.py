"""The addresses of the registers that feed the yearly report and the portal."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

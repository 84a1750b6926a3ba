"""The addresses of the county at a glance and of the years side by side."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""The addresses of supervision in the year: tasks, inspections, training, notices, accountability."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""The addresses where letters, questions and consultations are worked on."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

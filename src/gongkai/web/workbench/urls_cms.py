"""The addresses of export to a site, reconciliation and what is brought in from an old one."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""The addresses of an organ's own yearly report: figures, words, signature, freezing, publication."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.web.workbench.urls_compilation")),
    path("", include("gongkai.web.workbench.urls_words")),
]

"""The addresses of the words of yearly reports."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import words, wordspart

_PART = "year/<uuid:organ>/<int:year>/words/<str:section>"

urlpatterns = [
    path("year/words", words.listing, name="words"),
    path("year/words/lengths", words.set_lengths, name="words-lengths"),
    path("year/<uuid:organ>/<int:year>/words", words.report, name="words-report"),
    path(_PART, wordspart.part, name="words-section"),
    path(f"{_PART}/join", wordspart.joining, name="words-join"),
    path(f"{_PART}/<int:number>", wordspart.version, name="words-version"),
]

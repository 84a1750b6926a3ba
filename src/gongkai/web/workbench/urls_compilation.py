"""The addresses of a yearly report's figures."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import year, yearcell

_YEAR = "year/<uuid:organ>/<int:year>"

urlpatterns = [
    path("year", year.listing, name="year"),
    path(_YEAR, year.report, name="year-report"),
    path(f"{_YEAR}/nothing/<int:table>", year.nothing, name="year-nothing"),
    path(f"{_YEAR}/cells/<str:address>", yearcell.cell, name="year-cell"),
    path(f"{_YEAR}/records/<slug:kind>/<uuid:key>", year.record, name="year-record"),
]

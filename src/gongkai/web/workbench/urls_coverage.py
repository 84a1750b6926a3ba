"""The addresses of the standard catalogues and of what is missing, stale or late."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.workbench.views import coverage, coverageimport, coverageline, freshness

urlpatterns: list[URLPattern] = [
    path("coverage", coverage.overview, name="coverage"),
    path("coverage/import", coverageimport.bring, name="coverage-import"),
    path("coverage/import/keep", coverageimport.keep, name="coverage-keep"),
    path("coverage/template", coverageimport.template, name="coverage-template-file"),
    path("coverage/export", coverage.export, name="coverage-export"),
    path("coverage/columns", freshness.of_columns, name="stale-columns"),
    path("coverage/limits", freshness.limits, name="publish-limits"),
    path("coverage/limits/<uuid:organ>", freshness.own_limit, name="own-limit"),
    path("coverage/fields/<str:field>", coverage.field, name="coverage-field"),
    path("coverage/fields/<str:field>/bearers", coverage.bear, name="coverage-bear"),
    path("coverage/organs/<uuid:organ>", coverage.of_organ, name="coverage-organ"),
    path("coverage/lines/<str:line>/<uuid:organ>", coverageline.line, name="coverage-line"),
]

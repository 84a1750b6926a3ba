"""The addresses of the yearly assessment."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.workbench.views import assessing, assessment, assessmentnotices, mocks

urlpatterns: list[URLPattern] = [
    path("assessment", assessment.listing, name="assessment"),
    path("assessment/new", assessment.new, name="assessment-new"),
    path("assessment/schemes", assessment.schemes, name="assessment-schemes"),
    path("assessment/schemes/<str:name>", assessment.scheme, name="assessment-scheme"),
    path("assessment/rounds/<uuid:key>", assessment.one, name="assessment-round"),
    path("assessment/rounds/<uuid:key>/export", assessment.export, name="assessment-export"),
    path("assessment/rounds/<uuid:key>/known", assessment.known, name="assessment-known"),
    path("assessment/rounds/<uuid:key>/notice", assessmentnotices.notice, name="assessment-notice"),
    path("assessment/ranking/<uuid:key>", assessment.ranking, name="assessment-ranking"),
    path("assessment/of/<uuid:key>", assessing.sheet, name="assessment-sheet"),
    path("assessment/of/<uuid:key>/form", assessing.form, name="assessment-form"),
    path("assessment/of/<uuid:key>/package", assessing.package, name="assessment-package"),
    path("assessment/of/<uuid:key>/indicators/<str:indicator>", assessing.indicator, name="assessment-indicator"),
    path("assessment/of/<uuid:key>/<str:name>", assessing.act, name="assessment-act"),
    path("assessment/proofs/<uuid:key>", assessing.proof, name="assessment-proof"),
    path("assessment/mocks", mocks.listing, name="assessment-mocks"),
    path("assessment/mocks/<uuid:key>", mocks.one, name="assessment-mock"),
]

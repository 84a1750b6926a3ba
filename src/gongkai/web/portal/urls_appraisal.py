"""The addresses where the public appraises the work of the year. None of them holds a number, a code or a name."""

from __future__ import annotations

from django.urls import path

from gongkai.web.portal.views import appraisal

urlpatterns = [
    path("appraisals", appraisal.index, name="portal-appraisals"),
    path("appraisals/<uuid:key>", appraisal.one, name="portal-appraisal"),
    path("appraisals/<uuid:key>/thanks", appraisal.thanks, name="portal-appraisal-thanks"),
    path("appraisals/<uuid:key>/result.<str:form>", appraisal.download, name="portal-appraisal-file"),
    path("appraisals/<uuid:key>/<uuid:organ>", appraisal.answer, name="portal-appraisal-answer"),
]

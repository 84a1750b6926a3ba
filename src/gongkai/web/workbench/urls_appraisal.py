"""The addresses of the public's appraisal at the desk."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import appraisal, appraisalsheets

urlpatterns = [
    path("appraisal", appraisal.listing, name="appraisal"),
    path("appraisal/new", appraisal.new, name="appraisal-new"),
    path("appraisal/settings", appraisalsheets.settings, name="appraisal-settings"),
    path("appraisal/<uuid:stem>", appraisal.one, name="appraisal-one"),
    path("appraisal/<uuid:stem>/draft", appraisal.draft, name="appraisal-draft"),
    path("appraisal/<uuid:stem>/edit", appraisal.edit, name="appraisal-edit"),
    path("appraisal/<uuid:stem>/open", appraisal.open_to_all, name="appraisal-open"),
    path("appraisal/<uuid:stem>/stop", appraisal.stop, name="appraisal-stop"),
    path("appraisal/<uuid:stem>/codes", appraisal.codes, name="appraisal-codes"),
    path("appraisal/<uuid:stem>/sheet.<str:form>", appraisal.document, name="appraisal-document"),
    path("appraisal/<uuid:stem>/paper", appraisalsheets.batches, name="appraisal-paper"),
    path("appraisal/<uuid:stem>/sift", appraisalsheets.sift, name="appraisal-sift"),
    path("appraisal/<uuid:stem>/words", appraisalsheets.words, name="appraisal-words"),
    path("appraisal/<uuid:stem>/result", appraisalsheets.result, name="appraisal-result"),
    path("appraisal/batches/<uuid:key>", appraisalsheets.batch, name="appraisal-batch"),
    path("appraisal/answers/<uuid:key>/strike", appraisalsheets.strike, name="appraisal-strike"),
]

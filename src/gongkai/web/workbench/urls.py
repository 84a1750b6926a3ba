"""The addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from gongkai.web.workbench.views import (
    downloads,
    judge,
    organs,
    original,
    precheck,
    preferences,
    publishing,
    report,
    start,
)

urlpatterns = [
    path("", include("gongkai.web.workbench.urls_people")),
    path("", include("gongkai.web.workbench.urls_outside")),
    path("", include("gongkai.web.workbench.urls_entries")),
    path("", include("gongkai.web.workbench.urls_erasure")),
    path("", include("gongkai.web.workbench.urls_issuing")),
    path("annual", start.start, name="start"),
    path("hand-in", start.hand_in, name="hand-in"),
    path("paste", start.paste, name="paste"),
    path("end-demo", start.end_demo, name="end-demo"),
    path("batches/<uuid:key>", start.batch, name="batch"),
    path("batches/<uuid:key>/progress", start.progress, name="batch-progress"),
    path("reports/<uuid:key>", report.report, name="report"),
    path("reports/<uuid:key>/place", report.place, name="place"),
    path("reports/<uuid:key>/publish", publishing.publish, name="report-publish"),
    path("reports/<uuid:key>/withdraw", publishing.withdraw, name="report-withdraw"),
    path("reports/<uuid:key>/aside", report.aside, name="aside"),
    path("reports/<uuid:key>/read-again", report.read_again, name="read-again"),
    path("reports/<uuid:key>/cells/<str:address>", judge.cell, name="cell"),
    path("reports/<uuid:key>/findings/<str:fingerprint>", judge.finding, name="finding"),
    path("reports/<uuid:key>/original", original.file, name="original"),
    path("reports/<uuid:key>/pages/<int:number>.png", original.page, name="page"),
    path("reports/<uuid:key>/download/<str:form>", downloads.one, name="download"),
    path("reports/<uuid:key>/notice", downloads.notice, name="notice"),
    path("downloads", downloads.several, name="downloads"),
    path("downloads/notices", downloads.notices, name="notices"),
    path("downloads/findings.<str:form>", downloads.findings, name="findings"),
    path("downloads/reports.<str:form>.zip", downloads.archive, name="archive"),
    path("organs", organs.organs, name="organs"),
    path("organs/list", organs.keep, name="organs-keep"),
    path("organs/county", organs.county, name="organs-county"),
    path("organs/<uuid:key>/strike", organs.strike, name="organ-strike"),
    path("precheck", precheck.precheck, name="precheck"),
    path("preferences/large-text", preferences.large_text, name="large-text"),
]

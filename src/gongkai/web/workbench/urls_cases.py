"""The addresses of the application desk."""

from __future__ import annotations

from django.urls import include, path

from gongkai.web.workbench.views import alike, caselists, cases, intake, ledger, letters

urlpatterns = [
    path("", include("gongkai.web.workbench.urls_registers")),
    path("", include("gongkai.web.workbench.urls_work")),
    path("", caselists.home, name="home"),
    path("cases", caselists.listing, name="cases"),
    path("cases/assign", caselists.assign_many, name="cases-assign"),
    path("cases/view", caselists.save_view, name="cases-view"),
    path("cases/export.xlsx", caselists.export, name="cases-export"),
    path("cases/ledger", ledger.ledger, name="ledger"),
    path("cases/ledger/bring", ledger.bring, name="ledger-bring"),
    path("cases/new", intake.new, name="case-new"),
    path("cases/<uuid:key>", cases.case, name="case"),
    path("cases/<uuid:key>/receipt", intake.receipt, name="case-receipt"),
    path("cases/<uuid:key>/acts/<str:name>", cases.act, name="case-act"),
    path("cases/<uuid:key>/records", cases.record, name="case-record"),
    path("cases/<uuid:key>/confirm", cases.confirm, name="case-confirm"),
    path("cases/<uuid:key>/assign", cases.assign, name="case-assign"),
    path("cases/<uuid:key>/applicant", cases.reveal, name="case-reveal"),
    path("cases/<uuid:key>/events/<uuid:row>", cases.correct, name="case-correct"),
    path("cases/<uuid:key>/files", cases.upload, name="case-upload"),
    path("cases/<uuid:key>/files/<uuid:attachment>", cases.file, name="case-file"),
    path("cases/<uuid:key>/beside/<uuid:other>", alike.compare, name="case-compare"),
    path("cases/<uuid:key>/letters/new", letters.new, name="letter-new"),
    path("cases/<uuid:key>/letters/<uuid:letter>", letters.letter, name="letter"),
    path("cases/<uuid:key>/letters/<uuid:letter>/steps/<str:name>", letters.step, name="letter-step"),
    path("cases/<uuid:key>/letters/<uuid:letter>/file.<str:form>", letters.document, name="letter-document"),
]

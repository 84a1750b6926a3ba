"""The addresses of an organ's own report on its way: check, signature, versions, publication."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import issuing, issuingacts

_REPORT = "year/<uuid:organ>/<int:year>/issue"
_DRAFT = f"{_REPORT}/drafts/<uuid:key>"
_VERSION = f"{_REPORT}/versions/<uuid:key>"

urlpatterns = [
    path("year/issue", issuing.listing, name="year-issues"),
    path(_REPORT, issuing.state, name="year-issue"),
    path(f"{_REPORT}/answer", issuingacts.answer, name="year-issue-answer"),
    path(f"{_REPORT}/hand-over", issuingacts.hand_over, name="year-issue-hand-over"),
    path(_DRAFT, issuing.draft, name="year-issue-draft"),
    path(f"{_DRAFT}/sheet.<str:form>", issuing.sheet, name="year-issue-sheet"),
    path(f"{_DRAFT}/scan", issuing.scan, name="year-issue-scan"),
    path(f"{_DRAFT}/take-back", issuingacts.take_back, name="year-issue-take-back"),
    path(f"{_DRAFT}/return", issuingacts.give_back, name="year-issue-return"),
    path(f"{_DRAFT}/sign", issuingacts.sign, name="year-issue-sign"),
    path(f"{_DRAFT}/paper", issuingacts.paper, name="year-issue-paper"),
    path(f"{_DRAFT}/freeze", issuingacts.freeze, name="year-issue-freeze"),
    path(_VERSION, issuing.version, name="year-issue-version"),
    path(f"{_VERSION}/cells/<str:address>", issuing.cell, name="year-issue-cell"),
    path(f"{_VERSION}/cells/<str:address>/<uuid:part>", issuing.part, name="year-issue-part"),
    path(f"{_VERSION}/report.<str:form>", issuing.file, name="year-issue-file"),
    path(f"{_VERSION}/note", issuingacts.note, name="year-issue-note"),
    path(f"{_VERSION}/publish", issuingacts.publish, name="year-issue-publish"),
    path(f"{_VERSION}/withdraw", issuingacts.withdraw, name="year-issue-withdraw"),
    path(f"{_VERSION}/archive", issuingacts.archive, name="year-issue-archive"),
    path(f"{_VERSION}/archive/<uuid:archive>", issuing.package, name="year-issue-package"),
]

"""The addresses of work on a case that has pages of its own: asking others, evidence, redaction, paper, archive."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import archive, assist, consult, evidence, paper, redaction, secrecy, together

CASE = "cases/<uuid:key>"
FILE = f"{CASE}/files/<uuid:attachment>"
ASKED = f"{CASE}/consultations/<uuid:consultation>"

urlpatterns = [
    path("cases/secrecy", secrecy.secret_files, name="secrecy"),
    path("cases/secrecy/<uuid:attachment>/hand-over", secrecy.hand_over, name="secrecy-hand-over"),
    path("cases/secrecy/<uuid:attachment>/take-out", secrecy.take_out, name="secrecy-take-out"),
    path(f"{CASE}/files/<uuid:attachment>/set-apart", secrecy.set_apart, name="set-apart"),
    path(f"{CASE}/consultations/new/<str:kind>", consult.new, name="consult-new"),
    path(ASKED, consult.consultation, name="consultation"),
    path(f"{ASKED}/steps/<str:name>", consult.step, name="consultation-step"),
    path(f"{ASKED}/notice/<str:whom>", consult.notice, name="consultation-notice"),
    path(f"{CASE}/help", assist.asked, name="help"),
    path(f"{CASE}/help/<uuid:passing>/end", assist.end, name="help-end"),
    path(f"{CASE}/assist", assist.assist, name="assist"),
    path(f"{CASE}/together", together.together, name="case-together"),
    path(f"{CASE}/together/merge", together.merge, name="case-merge"),
    path(f"{CASE}/together/split", together.split, name="case-split"),
    path(f"{CASE}/archive", archive.archive, name="case-archive"),
    path(f"{CASE}/archive/<uuid:attachment>/verify", archive.verify, name="case-archive-verify"),
    path(f"{CASE}/paper/<str:kind>.<str:form>", paper.of_case, name="case-paper"),
    path(f"{CASE}/letters/<uuid:letter>/paper/<str:kind>.<str:form>", paper.of_letter, name="letter-paper"),
    path(f"{FILE}/redact", redaction.redact, name="redact"),
    path(f"{FILE}/pages/<int:number>.png", redaction.picture, name="redact-picture"),
    path(f"{FILE}/preview", redaction.preview, name="redact-preview"),
    path(f"{CASE}/evidence/<str:kind>", evidence.evidence, name="case-evidence"),
]

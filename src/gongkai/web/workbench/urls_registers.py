"""The addresses of the registers beside the case, the figures of the desk and the county's settings."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import (
    disputes,
    fees,
    figures,
    mail,
    matters,
    month,
    registers,
    rules,
)

urlpatterns = [
    path("mail", mail.mail, name="mail"),
    path("mail/<uuid:key>/<str:name>", mail.step, name="mail-step"),
    path("disputes", disputes.listing, name="disputes"),
    path("disputes/new", disputes.new, name="dispute-new"),
    path("disputes/<uuid:key>", disputes.dispute, name="dispute"),
    path("disputes/<uuid:key>/steps", disputes.step, name="dispute-step"),
    path("disputes/<uuid:key>/reopen", disputes.reopen, name="dispute-reopen"),
    path("complaints", matters.complaints, name="complaints"),
    path("complaints/<uuid:key>", matters.complaint, name="complaint"),
    path("corrections", matters.corrections, name="corrections"),
    path("corrections/<uuid:key>", matters.correction, name="correction"),
    path("fees", fees.listing, name="fees"),
    path("cases/<uuid:key>/fee", fees.case_fee, name="case-fee"),
    path("cases/<uuid:key>/fee/<uuid:notice>/paid", fees.paid, name="fee-paid"),
    path("cases/<uuid:key>/fee/<uuid:notice>/lapsed", fees.lapsed, name="fee-lapsed"),
    path("registers", registers.registers, name="registers"),
    path("registers/<str:kind>.xlsx", registers.export, name="register-export"),
    path("registers/numbers/<uuid:key>/void", registers.void, name="number-void"),
    path("figures", figures.figures, name="figures"),
    path("month", month.month, name="month"),
    path("rules", rules.rules, name="rules"),
    path("rules/days", rules.days, name="rules-days"),
    path("rules/notice", rules.notice, name="rules-notice"),
    path("rules/<str:key>", rules.change, name="rules-change"),
]

"""The addresses of the registers that feed the yearly report and the portal."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import ledger_documents, ledger_import, ledger_row, ledgers

urlpatterns = [
    path("ledgers", ledgers.overview, name="ledgers"),
    path("ledgers/documents", ledger_documents.documents, name="ledger-documents"),
    path("ledgers/figures", ledger_documents.figures, name="ledger-figures"),
    path("ledgers/budgets-of-organs", ledger_documents.budgets, name="ledger-budgets"),
    path("ledgers/settings", ledger_documents.settings, name="ledger-settings"),
    path("ledgers/rows/<uuid:key>", ledger_row.row, name="ledger-row"),
    path("ledgers/rows/<uuid:key>/correct", ledger_row.correct, name="ledger-correct"),
    path("ledgers/rows/<uuid:key>/void", ledger_row.void, name="ledger-void"),
    path("ledgers/rows/<uuid:key>/files/<uuid:file>", ledger_row.file, name="ledger-file"),
    path("ledgers/lists/<uuid:key>/renew", ledgers.renew, name="ledger-renew"),
    path("ledgers/<slug:register>", ledgers.listing, name="ledger-list"),
    path("ledgers/<slug:register>/new", ledger_row.new, name="ledger-new"),
    path("ledgers/<slug:register>/import", ledger_import.bring, name="ledger-import"),
    path("ledgers/<slug:register>/template.xlsx", ledger_import.template, name="ledger-template"),
    path("ledgers/<slug:register>/export.xlsx", ledgers.export, name="ledger-export"),
    path("ledgers/<slug:register>/nothing", ledgers.nothing, name="ledger-nothing"),
    path("ledgers/<slug:register>/publish", ledgers.publish, name="ledger-publish"),
]

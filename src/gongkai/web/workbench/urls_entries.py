"""The addresses of the catalogue at the desk: drafting, review and release."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import (
    clarify,
    entries,
    entriesmany,
    entry,
    entrysettings,
    entryside,
    freshness,
    guides,
    reviewing,
)

urlpatterns = [
    path("entries", entries.listing, name="entries"),
    path("entries/new", entries.new, name="entry-new"),
    path("entries/alike", entries.alike, name="alike"),
    path("entries/import", entries.bring, name="entry-import"),
    path("entries/review", reviewing.queue, name="review-queue"),
    path("entries/review/many", entriesmany.review, name="review-many"),
    path("entries/release/many", entriesmany.release, name="release-many"),
    path("entries/ledger", reviewing.ledger, name="release-ledger"),
    path("entries/due", freshness.due, name="entries-due"),
    path("entries/clarifications", clarify.clarifications, name="clarifications"),
    path("entries/clarifications/<uuid:key>", clarify.follow, name="clarification-follow"),
    path("entries/settings", entrysettings.shown, name="entry-settings"),
    path("entries/settings/<uuid:organ>", entrysettings.change, name="entry-settings-change"),
    path("entries/settings/<uuid:organ>/kind", entrysettings.of_kind, name="entry-settings-kind"),
    path("guides", guides.guides, name="guides"),
    path("guides/topics", guides.topics, name="topics-desk"),
    path("guides/<uuid:key>", guides.guide, name="guide"),
    path("guides/<uuid:key>/bring-in", guides.bring_in, name="guide-bring-in"),
    path("entries/<uuid:key>", entry.entry, name="entry"),
    path("entries/<uuid:key>/edit", entries.edit, name="entry-edit"),
    path("entries/<uuid:key>/acts/<str:name>", entry.act, name="entry-act"),
    path("entries/<uuid:key>/hints", reviewing.hint, name="entry-hint"),
    path("entries/<uuid:key>/check", reviewing.check, name="entry-check"),
    path("entries/<uuid:key>/matters", entryside.matter, name="entry-matter"),
    path("entries/<uuid:key>/links", entryside.link, name="entry-link"),
    path("entries/<uuid:key>/validity", entryside.validity, name="entry-validity"),
    path("entries/<uuid:key>/sheet", entryside.sheet, name="entry-sheet"),
    path("entries/<uuid:key>/sheet/<str:form>", entryside.sheet_document, name="entry-sheet-document"),
    path("entries/<uuid:key>/papers/<uuid:paper>", entryside.paper, name="entry-paper-file"),
    path("entries/<uuid:key>/compare", entry.compare, name="entry-compare"),
    path("entries/<uuid:key>/files/<uuid:file>", entry.file, name="entry-file"),
]

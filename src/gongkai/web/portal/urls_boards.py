"""The addresses of the boards: organs, guide, rules, statutory content, yearly reports, topics."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.portal.views import boards, fields, ledgers, shelves, terminal, yearly

urlpatterns: list[URLPattern] = [
    path("boards", boards.county, name="portal-boards"),
    path("bodies", boards.organs, name="portal-organs"),
    path("organs/<uuid:key>", boards.organ, name="portal-organ"),
    path("guide", boards.guides, name="portal-guide"),
    path("organs/<uuid:key>/guide", boards.guide, name="portal-organ-guide"),
    path("system", boards.system, name="portal-system"),
    path("organs/<uuid:key>/system", boards.system_of, name="portal-organ-system"),
    path("statutory", shelves.statutory, name="portal-statutory"),
    path("organs/<uuid:key>/statutory", shelves.statutory_of, name="portal-organ-statutory"),
    path("statutory/all", shelves.everything, name="portal-everything"),
    path("statutory/<slug:facet>/<path:key>", shelves.shelf, name="portal-shelf"),
    path("fields", fields.every, name="portal-fields"),
    path("fields/<slug:key>", fields.field, name="portal-field"),
    path("yearly", yearly.yearly, name="portal-yearly"),
    path("organs/<uuid:key>/yearly", yearly.yearly_of, name="portal-organ-yearly"),
    path("yearly/<uuid:key>", yearly.report, name="portal-report"),
    path("yearly/<uuid:key>/report.<slug:form>", yearly.download, name="portal-report-file"),
    path("terminal", terminal.terminal, name="portal-terminal"),
    path("lists", ledgers.lists, name="portal-ledgers"),
    path("lists/<slug:register>", ledgers.ledger, name="portal-ledger"),
    path("topics", shelves.topics, name="portal-topics"),
    path("topics/<str:key>", shelves.topic, name="portal-topic"),
]

"""The addresses of the county at a glance and of the years side by side."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.workbench.views import compare, overview

urlpatterns: list[URLPattern] = [
    path("overview", overview.overview, name="overview"),
    path("overview/due", overview.due, name="overview-due"),
    path("overview/brief.<str:form>", overview.brief_file, name="overview-brief"),
    path("compare", compare.compare, name="compare"),
    path("compare/export.<str:form>", compare.export, name="compare-export"),
    path("compare/peers", compare.peers, name="compare-peers"),
    path("compare/peers/export.<str:form>", compare.peers_export, name="compare-peers-export"),
]

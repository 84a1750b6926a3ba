"""The addresses of what is published: an item, its files, the search, the policy library."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.portal.views import files, items, searching

urlpatterns: list[URLPattern] = [
    path("items/<uuid:key>", items.item, name="portal-item"),
    path("items/<uuid:key>/print", items.on_paper, name="portal-item-print"),
    path("items/<uuid:key>/code.svg", items.code, name="portal-item-code"),
    path("items/<uuid:key>/files/<uuid:file>", files.file, name="portal-item-file"),
    path("items/number/<path:number>", items.by_number, name="portal-item-number"),
    path("search", searching.results, name="portal-search"),
    path("search/suggest", searching.suggest, name="portal-suggest"),
    path("policies", searching.library, name="portal-library"),
]

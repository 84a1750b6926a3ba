"""The addresses of what the county gathers: roll-up, periods, files handed in, templates, the January room."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import collecting, collectperiods, collecttemplates, january

_TEMPLATE = "collection/templates/<uuid:key>"

urlpatterns = [
    path("collection", collecting.county_table, name="collection"),
    path("collection/cells/<int:year>/<str:address>", collecting.cell, name="collection-cell"),
    path("collection/organs/<uuid:organ>/<int:year>", collecting.choice, name="collection-organ"),
    path("collection/settings", collecting.settings, name="collection-settings"),
    path("collection/export/<int:year>.<str:form>", collecting.export, name="collection-export"),
    path("collection/january", january.room, name="collection-january"),
    path("collection/january/remind", january.remind, name="collection-remind"),
    path("collection/january/draft", january.draft, name="collection-january-draft"),
    path("collection/periods", collectperiods.periods, name="collection-periods"),
    path("collection/periods/export", collectperiods.export, name="collection-periods-export"),
    path("collection/templates", collecttemplates.listing, name="collection-templates"),
    path(_TEMPLATE, collecttemplates.template, name="collection-template"),
    path(f"{_TEMPLATE}/filled/<int:year>", collecttemplates.filled, name="collection-template-export"),
]

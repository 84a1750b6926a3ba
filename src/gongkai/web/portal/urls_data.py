"""The addresses for machines: feeds, the map of the site, the catalogue as data."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.portal.views import data, feeds

urlpatterns: list[URLPattern] = [
    path("feeds", feeds.page, name="portal-feeds"),
    path("feeds/<slug:form>", feeds.county, name="portal-feed"),
    path("feeds/<slug:form>/<slug:facet>/<path:key>", feeds.shelf, name="portal-feed-of"),
    path("data/catalogue.csv", data.as_csv, name="portal-csv"),
    path("data/catalogue.json", data.as_json, name="portal-json"),
    path("data/catalogue.jsonld", data.dcat, name="portal-dcat"),
    path("sitemap.xml", data.sitemap, name="portal-sitemap"),
    path("sitemap-<int:year>-<int:part>.xml", data.sitemap_part, name="portal-sitemap-part"),
    path("robots.txt", data.robots, name="portal-robots"),
]

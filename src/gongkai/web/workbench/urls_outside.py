"""The addresses of what lies outside: systems that call us, files from a province's platform, packages between networks."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import clients

urlpatterns = [
    path("clients", clients.clients, name="clients"),
    path("clients/<uuid:key>", clients.client, name="client"),
    path("clients/<uuid:key>/tokens", clients.give, name="client-token"),
    path("clients/<uuid:key>/tokens/<uuid:row>/revoke", clients.revoke, name="client-revoke"),
    path("clients/<uuid:key>/webhook", clients.webhook, name="client-webhook"),
    path("clients/<uuid:key>/end", clients.end, name="client-end"),
]

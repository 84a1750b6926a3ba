"""The addresses of what lies outside: systems that call us, messages that leave, files from a province's platform, packages between networks."""

from __future__ import annotations

from django.urls import path

from gongkai.web.workbench.views import clients, packages, platform, sending

urlpatterns = [
    path("packages", packages.packages, name="packages"),
    path("packages/import", packages.bring, name="packages-import"),
    path("packages/keys", packages.keys, name="packages-keys"),
    path("packages/keys/<uuid:key>/<str:act>", packages.settle, name="packages-settle"),
    path("packages/to/<uuid:key>", packages.export, name="packages-export"),
    path("packages/<uuid:key>/file", packages.file, name="packages-file"),
    path("cases/platform", platform.look, name="platform"),
    path("cases/platform/form.xlsx", platform.form, name="platform-form"),
    path("cases/platform/bring", platform.bring, name="platform-bring"),
    path("messages", sending.sent, name="messages"),
    path("messages/again", sending.again_all, name="messages-again"),
    path("messages/<uuid:key>/again", sending.again, name="message-again"),
    path("clients", clients.clients, name="clients"),
    path("clients/<uuid:key>", clients.client, name="client"),
    path("clients/<uuid:key>/tokens", clients.give, name="client-token"),
    path("clients/<uuid:key>/tokens/<uuid:row>/revoke", clients.revoke, name="client-revoke"),
    path("clients/<uuid:key>/webhook", clients.webhook, name="client-webhook"),
    path("clients/<uuid:key>/end", clients.end, name="client-end"),
]

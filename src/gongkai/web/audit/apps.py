"""The audit keeps watch over the tables that only grow: after every migration their triggers stand again."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from gongkai.web.triggers import guard_again


def _guard(using: str, **_: Any) -> None:
    guard_again(connections[using])


class AuditConfig(AppConfig):
    """The audit."""

    name = "gongkai.web.audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Ask to be told of each migration."""
        post_migrate.connect(_guard, sender=self, dispatch_uid="gongkai.audit.guard")

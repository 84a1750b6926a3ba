"""Attachments: whole or not there; isolated ones in one copy."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.files import disk, services
from gongkai.web.files.models import StoredFile
from tests.crash.scenarios.scenario import Scenario


def _text(number: int) -> bytes:
    return f"attachment {number} ".encode() * 300


def _store(audit: Audit, number: int) -> Any:
    with transaction.atomic():
        row = services.store(audit=audit, name=f"{number}.txt", data=_text(number))
    return [str(row.pk), number]


def _check_stored(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = [
        f"attachment {number} was promised and is not what was handed in"
        for key, number in receipts
        if services.read(uuid.UUID(key)) != _text(number)
    ]
    rows = StoredFile.objects.filter(kind="attachment", isolated=False, gone_on=None)
    for row in rows.order_by("-id")[:50]:
        if not disk.place(disk.ATTACHMENTS, row.stored).exists():
            wrong.append(f"row {row.pk} has no file")
        elif disk.digest(services.read(row.pk)) != row.sha256:
            wrong.append(f"row {row.pk} has another file")
        if Entry.objects.filter(object_id=row.pk, act="files.store").count() != 1:
            wrong.append(f"row {row.pk} was stored without one audit row")
    return wrong


def _isolate(audit: Audit, number: int) -> Any:
    with transaction.atomic():
        row = services.store(audit=audit, name="secret.txt", data=_text(number))
    services.isolate(audit=audit, key=row.pk)
    if number % 2:
        services.hand_over(audit=audit, key=row.pk, on=date(2026, 3, 2))
    return [str(row.pk), number]


def _copies(stored: str) -> list[str]:
    return sorted(p.parts[-3] for p in settings.GONGKAI_DATA.glob(f"*/{stored[:2]}/{stored}"))


def _check_isolated(audit: Audit, receipts: list[Any]) -> list[str]:
    services.sweep(seconds=-1)
    wrong = []
    for key, number in receipts:
        row = StoredFile.objects.get(pk=key)
        if bool(row.gone_on) != bool(number % 2) or not row.isolated:
            wrong.append(f"file {key} is not in the state that was promised")
    for row in StoredFile.objects.filter(isolated=True).order_by("-id")[:50]:
        copies = _copies(row.stored)
        if copies != ([] if row.gone_on else [disk.ISOLATED]):
            wrong.append(f"isolated {row.pk} lies in {copies}")
    return wrong


SCENARIOS = [
    Scenario("files.store", _store, _check_stored),
    Scenario("files.isolate", _isolate, _check_isolated),
]

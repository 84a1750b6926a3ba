"""Reading what was done."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.web.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Act:
    """One act as it was written."""

    at: datetime
    actor: uuid.UUID
    act: str
    object_id: uuid.UUID
    facts: dict[str, Any]
    intact: bool


def _act(entry: Entry) -> Act:
    payload = bytes(entry.payload)
    return Act(
        at=entry.recorded_at,
        actor=entry.actor,
        act=entry.act,
        object_id=entry.object_id,
        facts=json.loads(payload)["facts"],
        intact=hashlib.sha256(payload).hexdigest() == entry.digest,
    )


def acts_on(object_id: uuid.UUID) -> list[Act]:
    """Every act on one row, oldest first."""
    return [_act(entry) for entry in Entry.objects.filter(object_id=object_id).order_by("id")]


def latest(county: uuid.UUID, count: int = 50) -> list[Act]:
    """The county's newest acts, newest first."""
    return [_act(entry) for entry in Entry.objects.filter(county=county).order_by("-id")[:count]]

"""Writing an audit row: with the act, in its transaction, or not at all."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Fact, new_key


class NoTransaction(RuntimeError):
    """An audit row was about to be written outside the transaction of its act."""


def salted(words: str) -> str:
    """Words that may name a person, as a keyed hash: comparable within this office, readable by nobody."""
    key = settings.GONGKAI_AUDIT_SALT.encode()
    return "hmac-sha256:" + hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def canonical(data: Mapping[str, Any]) -> bytes:
    """The one way a row is written as bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Audit:
    """Who acts, for which county. A required argument of every service that writes."""

    actor: uuid.UUID
    county: uuid.UUID

    def record(self, act: str, about: Fact, facts: Mapping[str, Any] | None = None) -> Entry:
        """Write the row of one act on `about`. NoTransaction when no transaction is open.

        `facts` holds keys, codes, numbers and hashes; words a person typed go in through `salted`.
        """
        row = self.made(act, about, facts)
        row.save(force_insert=True)
        return row

    def made(self, act: str, about: Fact, facts: Mapping[str, Any] | None = None) -> Entry:
        """The row of one act, for who writes many at once, in the transaction of the acts. NoTransaction outside."""
        if not connection.in_atomic_block:
            raise NoTransaction(f"{act} 的审计记录必须与该行为在同一事务中写入")
        key, now = new_key(), timezone.now()
        kind = about._meta.label_lower
        row = {
            "id": str(key),
            "recorded_at": now.isoformat(),
            "county": str(self.county),
            "actor": str(self.actor),
            "act": act,
            "object_kind": kind,
            "object_id": str(about.pk),
            "facts": dict(facts or {}),
        }
        payload = canonical(row)
        return Entry(
            id=key,
            county=self.county,
            recorded_at=now,
            actor=self.actor,
            act=act,
            object_kind=kind,
            object_id=about.pk,
            payload=payload,
            digest=hashlib.sha256(payload).hexdigest(),
        )

    def saw(self, about: Fact, *columns: str, act: str = "people.see_personal") -> Entry:
        """Record that the actor is about to see personal data of a row: which columns, never what stood in them."""
        with transaction.atomic():
            return self.record(act, about, {"columns": sorted(columns)})

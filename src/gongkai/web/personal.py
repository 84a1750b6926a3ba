"""Personal data in the rows of an app: sealed before they are written, opened one by one, and who saw them on record."""

from __future__ import annotations

import uuid
from typing import Any

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Fact


def keep(kind: type[Fact], row: uuid.UUID, **words: str) -> dict[str, bytes]:
    """The sealed columns of a row that is about to be written: bound to its table, its column and its key."""
    table = kind._meta.db_table
    return {
        column: sealed.seal(text, table=table, column=column, row=row) if text else b""
        for column, text in words.items()
    }


def reveal(row: Fact, column: str) -> str:
    """The words of one sealed column. `sealed.Tampered` when they are not what was written there."""
    blob = bytes(getattr(row, column))
    return sealed.unseal(blob, table=row._meta.db_table, column=column, row=row.pk) if blob else ""


def revealed(row: Fact, *columns: str) -> dict[str, str]:
    """Several columns of one row."""
    return {column: reveal(row, column) for column in columns}


def seen(audit: Audit, act: str, row: Fact, *columns: str) -> dict[str, Any]:
    """The words of personal columns for a person's eyes: that they saw them is written first, in one transaction."""
    audit.record(act, row, {"columns": sorted(columns)})
    return revealed(row, *columns)

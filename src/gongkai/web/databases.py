"""The database of a desk: SQLite in its data folder, or PostgreSQL by one setting."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_NO_JIT = "-c jit=off"
"""Compiling a statement pays for itself in long reports; a page asks short questions and would wait for the compiler."""


def database_from(url: str, folder: Path) -> dict[str, Any]:
    """SQLite in the folder, or what GONGKAI_DATABASE_URL names (postgresql://user:word@host:port/name)."""
    if not url:
        return {
            "ENGINE": "gongkai.web.sqlite",
            "NAME": folder / "gongkai.sqlite3",
            "OPTIONS": {
                # cache_size: two megabytes for each thread of each process; what is read often, the system keeps in memory too.
                # IMMEDIATE: a writer waits for its turn instead of failing halfway. FULL: handing in promises a receipt.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-2000; PRAGMA temp_store=MEMORY;",
            },
            # A thread keeps its connection, and with it what it has read of the file and how statements are done.
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("GONGKAI_DATABASE_URL 应以 postgresql:// 开头")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": _NO_JIT, **dict(parse_qsl(parts.query))},
        # A thread of the server keeps its connection, and looks whether it still lives before each page.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

"""Keeping the bytes of a file."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from gongkai.web.audit.services import Audit
from gongkai.web.files.models import StoredFile


def place_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    folder: Path = settings.GONGKAI_DATA / "files" / sha256[:2]
    return folder / sha256


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def keep_bytes(data: bytes) -> str:
    """Write bytes under their hash, whole or not at all, and force them to disk. Returns the hash."""
    name = digest(data)
    target = place_of(name)
    if target.exists():
        return name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=target.parent, prefix="part-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return name


def store(*, audit: Audit, data: bytes) -> StoredFile:
    """The row of these bytes; inside the caller's transaction. The bytes are on disk before the row is written."""
    sha256 = keep_bytes(data)
    found = StoredFile.objects.filter(county=audit.county, sha256=sha256).first()
    if found:
        return found
    row = StoredFile.objects.create(county=audit.county, sha256=sha256, size=len(data))
    audit.record("files.store", row, {"sha256": sha256, "size": len(data)})
    return row

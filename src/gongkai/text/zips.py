"""What goes wrong with a zip that somebody sent: told in one place, since whoever opens one must expect all of it."""

from __future__ import annotations

import lzma
import zipfile
import zlib

BROKEN_ZIP: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What `zipfile` raises over bytes that are no zip, are cut off or changed, name a version or a way of packing that it does
not know (a kind of RuntimeError), or want a password (RuntimeError too)."""

"""Reading stored files."""

from __future__ import annotations

from gongkai.web.files.models import StoredFile
from gongkai.web.files.services import place_of


def bytes_of(file: StoredFile) -> bytes:
    """The bytes as they came. FileNotFoundError when the data folder lost them."""
    return place_of(file.sha256).read_bytes()

"""Reading stored files."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from gongkai.web.files import disk, kinds
from gongkai.web.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class About:
    """What a page may say of a stored file."""

    key: uuid.UUID
    name: str
    size: int
    media_type: str
    sha256: str
    isolated: bool

    @property
    def ending(self) -> str:
        """The ending that fits what the file is, whatever its name says."""
        return kinds.ENDINGS.get(self.media_type, "bin")


def about(key: uuid.UUID) -> About:
    """What is known of an attachment, its name unsealed."""
    row = StoredFile.objects.get(pk=key)
    return About(row.pk, row.plain_name, row.size, row.media_type, row.sha256, row.isolated)


def bytes_of(file: StoredFile) -> bytes:
    """The bytes of a report as they came. FileNotFoundError when the data folder lost them."""
    return disk.place(disk.REPORTS, file.sha256).read_bytes()

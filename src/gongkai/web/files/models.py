"""A stored file."""

from __future__ import annotations

from django.db import models

from gongkai.web.facts import Fact


class StoredFile(Fact):
    """The bytes of a file, known by their SHA-256; they lie in the data folder under that name, never changed."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        db_table = "files_stored_file"
        constraints = [models.UniqueConstraint(fields=["county", "sha256"], name="files_content_once")]

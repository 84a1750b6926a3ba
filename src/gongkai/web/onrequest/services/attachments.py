"""The files of a case. One that bears a classification mark is set apart: the case goes on without it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.models import StoredFile
from gongkai.web.files.services import check_file, store
from gongkai.web.onrequest.models import Application, Attachment


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as it was uploaded."""

    name: str
    data: bytes
    role: str = "attachment"


def check_upload(file: IncomingFile) -> None:
    """Refused when this file cannot be taken in, in a sentence for who sends it."""
    if file.role not in dict(Attachment.ROLES):
        raise Refused("请选择文件的用途。")
    check_file(name=file.name, data=file.data, limit=settings.GONGKAI_FILE_LIMIT)


def attach(
    *, audit: Audit, application: Application | None, file: IncomingFile, about: uuid.UUID | None = None
) -> Attachment:
    """Keep a file of a case; inside the caller's transaction. Only a mark with ★ isolates it, the word 秘密 does not."""
    check_upload(file)
    from gongkai.readers.uploads import classification_mark

    mark = classification_mark(file.name, file.data)
    stored: StoredFile = store(audit=audit, name=file.name, data=file.data, isolated=mark is not None)
    row = Attachment.objects.create(
        county=audit.county, application=application, about=about, role=file.role, file=stored, by=audit.actor
    )
    audit.record("onrequest.attach", row, {"role": file.role, "sha256": stored.sha256, "isolated": mark is not None})
    return row

"""The files of a case. One that bears a classification mark is set apart: the case goes on without it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from django.conf import settings

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.models import StoredFile
from gongkai.web.files.services import check_file, store
from gongkai.web.onrequest.models import Application, Attachment, Letter


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked through and may be kept. `marked`: it bears a classification mark and is set apart."""

    name: str
    data: bytes
    role: str
    marked: bool = False


def look_through(name: str, data: bytes, role: str = "attachment") -> Upload:
    """Look through a file as it was uploaded, in a process of its own with bounds, before anything is written.

    Refused with a sentence for what is not taken. Only a mark with ★ sets a file apart, the mere word 秘密 does not.
    """
    if role not in dict(Attachment.ROLES):
        raise Refused("请选择文件的用途。")
    check_file(name=name, data=data, limit=settings.GONGKAI_FILE_LIMIT)
    try:
        found, _ = pool().call("inspect", data, seconds=settings.GONGKAI_READING_SECONDS, name=name)
    except WorkerFailed as error:
        raise Refused(f"“{name}”在限定的时间和内存内没有查验完，不能接收。请拆分或者另存为PDF后再上传。") from error
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    return Upload(name, data, role, marked=found["marked"])


def kept_for(letter: Letter, file: Upload | None, role: str, *, audit: Audit) -> StoredFile | None:
    """A file that proves a step of a letter, kept with its case in this role; None where none was sent."""
    if file is None:
        return None
    return attach(audit=audit, application=letter.application, file=replace(file, role=role), about=letter.pk).file


def attach(
    *, audit: Audit, application: Application | None, file: Upload, about: uuid.UUID | None = None
) -> Attachment:
    """Keep a file of a case; inside the caller's transaction."""
    stored: StoredFile = store(audit=audit, name=file.name, data=file.data, isolated=file.marked)
    row = Attachment.objects.create(
        county=audit.county, application=application, about=about, role=file.role, file=stored, by=audit.actor
    )
    audit.record("onrequest.attach", row, {"role": file.role, "sha256": stored.sha256, "isolated": file.marked})
    return row

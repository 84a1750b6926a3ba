"""Files that bear a classification mark: set apart, and handed over to the secrecy office, each with its record."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.onrequest.models import Attachment
from gongkai.web.onrequest.services.records import record
from gongkai.web.typed import check_come


def set_apart(*, audit: Audit, attachment: Attachment, reason: str) -> None:
    """A person found a mark that the program did not: the file is set apart, and nobody opens it from the case again."""
    if attachment.application is None or not reason.strip():
        raise Refused("请写明在哪里看到了什么密级标志。")
    with transaction.atomic():
        if attachment.file.isolated:
            raise Refused("这个文件已经隔离。")
        files.isolate(audit=audit, key=attachment.file_id)
        record(
            audit=audit,
            application=attachment.application,
            kind="secrecy_check",
            on=timezone.localdate(),
            words=f"发现文件带有密级标志，已隔离。{reason.strip()}",
        )


def hand_over(*, audit: Audit, attachment: Attachment, on: date, to: str, by: str, words: str = "") -> None:
    """The secrecy office took the file: its bytes are wiped here, its hash and who took it stay."""
    if not to.strip() or not by.strip():
        raise Refused("请填写接收的保密机构和经办交接的人员。")
    check_come(on)
    if on < timezone.localdate(attachment.recorded_at):
        raise Refused("移交日期不能早于收到文件的日期，请核对。")
    if not attachment.file.isolated:
        raise Refused("这个文件没有隔离，不需要移交。")
    with transaction.atomic():
        files.hand_over(audit=audit, key=attachment.file_id, on=on)
        if attachment.application is not None:
            record(
                audit=audit,
                application=attachment.application,
                kind="secrecy_handover",
                on=on,
                words=words.strip() or "带密级标志的文件已移交保密机构，本系统不再留存。",
                told={"organ": to.strip(), "by": by.strip(), "files": f"SHA-256：{attachment.file.sha256}"},
            )

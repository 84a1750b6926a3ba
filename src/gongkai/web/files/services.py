"""Keeping the bytes of files: reports as they came, attachments encrypted, what may be secret apart from all else."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from django.db import transaction

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.files import disk, kinds
from gongkai.web.files.models import StoredFile

TABLE = StoredFile._meta.db_table
ORPHAN_SECONDS = 24 * 3600
"""A file without a row is kept this long: its row may be about to be committed."""
PREVIEW_SECONDS = 12 * 3600
"""How long a file that was only looked at may be brought in."""

_NAME_LENGTH = 200


def plain_name(name: str) -> str:
    """The last part of a file's name, without what no name may hold."""
    last = PurePosixPath(name.replace("\\", "/")).name
    words = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    return words[-_NAME_LENGTH:] or "未命名文件"


def check_file(*, name: str, data: bytes, limit: int) -> str:
    """The media type of a file that may be taken in. Refused for an empty, overlong, unknown or programmed one."""
    said = plain_name(name)
    if not data:
        raise Refused(f"“{said}”是空文件，请检查后重新上传。")
    if len(data) > limit:
        raise Refused(f"“{said}”超过{limit // 1024 // 1024}MB，请压缩图片或者分成几个文件后再上传。")
    kind = kinds.detect(data)
    if kind not in kinds.ENDINGS:
        raise Refused(f"“{said}”不是可以接收的文件类型，请上传PDF、Word、Excel、OFD、图片、文本或ZIP文件。")
    if kinds.has_macros(data):
        raise Refused(f"“{said}”带有宏，为安全起见不能接收，请另存为不带宏的文件或者PDF后再上传。")
    return kind


def store(*, audit: Audit, name: str, data: bytes, isolated: bool = False) -> StoredFile:
    """Keep an attachment, encrypted; inside the caller's transaction. The bytes are on disk before the row is written.

    When the caller's transaction fails, the bytes are an orphan, which is wiped a day later.
    """
    key = new_key()
    folder = disk.ISOLATED if isolated else disk.ATTACHMENTS
    stored = disk.write(folder, sealed.seal_bytes(data, table=TABLE, column="content", row=key))
    failpoint("files.before_row")
    row = StoredFile.objects.create(
        id=key,
        county=audit.county,
        kind="attachment",
        sha256=disk.digest(data),
        size=len(data),
        stored=stored,
        media_type=kinds.detect(data),
        name=sealed.seal(plain_name(name), table=TABLE, column="name", row=key),
        isolated=isolated,
    )
    audit.record("files.store", row, {"sha256": row.sha256, "size": row.size, "isolated": isolated})
    failpoint("files.after_row")
    return row


def erase_files(*, audit: Audit, files: Iterable[uuid.UUID], on: date) -> int:
    """Erase attachments whose time is over, inside the caller's transaction: their names and hashes at once, their bytes
    after it. What a crash leaves of the bytes the nightly cleaning takes.
    """
    rows = list(
        StoredFile.objects.select_for_update().filter(pk__in=list(files), kind="attachment", gone_on__isnull=True)
    )
    for row in rows:
        StoredFile.objects.filter(pk=row.pk).update(name=b"", sha256="", gone_on=on)
        audit.record("files.erase", row, {"size": row.size})
        folder = disk.ISOLATED if row.isolated else disk.ATTACHMENTS
        transaction.on_commit(partial(disk.wipe, folder, row.stored))
    return len(rows)


def keep_bytes(data: bytes) -> str:
    """Write the bytes of a report under their hash. Returns the hash."""
    return disk.write(disk.REPORTS, data)


def store_report(*, audit: Audit, data: bytes) -> StoredFile:
    """The row of a report's bytes, once a county; inside the caller's transaction, after the bytes are on disk."""
    sha256 = keep_bytes(data)
    found = StoredFile.objects.filter(county=audit.county, kind="report", sha256=sha256).first()
    if found:
        return found
    row = StoredFile.objects.create(county=audit.county, sha256=sha256, size=len(data))
    audit.record("files.store_report", row, {"sha256": sha256, "size": len(data)})
    return row


def read(key: uuid.UUID) -> bytes:
    """The bytes of a stored file, as they came. Who may is the caller's question.

    FileNotFoundError when the data folder lost them, `sealed.Tampered` when they are not what was written; Refused for
    a file that is isolated for the secrecy office.
    """
    row = StoredFile.objects.get(pk=key)
    if row.isolated:
        raise Refused("这个文件已隔离，等待保密机构处理，不能打开。")
    if row.gone_on:
        raise Refused(f"这个文件已于{row.gone_on:%Y年%m月%d日}按保存年限删除，本系统没有留存。")
    return _bytes_of(row)


def read_isolated(*, audit: Audit, key: uuid.UUID) -> bytes:
    """The bytes of an isolated file, for the secrecy office; that they were read is on record."""
    with transaction.atomic():
        row = StoredFile.objects.get(pk=key, isolated=True)
        if row.gone_on:
            raise Refused(f"这个文件已于{row.gone_on:%Y年%m月%d日}移交，本系统没有留存。")
        audit.record("files.read_isolated", row, {"sha256": row.sha256})
    return _bytes_of(row)


def _bytes_of(row: StoredFile) -> bytes:
    if row.kind == "report":
        return disk.place(disk.REPORTS, row.sha256).read_bytes()
    folder = disk.ISOLATED if row.isolated else disk.ATTACHMENTS
    blob = disk.place(folder, row.stored).read_bytes()
    return sealed.unseal_bytes(blob, table=TABLE, column="content", row=row.pk)


def isolate(*, audit: Audit, key: uuid.UUID) -> StoredFile:
    """Set an attachment apart for the secrecy office: one copy is left, in a folder that no backup takes.

    The row says so first and the old bytes go after the commit: a crash in between leaves bytes that nothing reads and
    that `sweep` removes.
    """
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().get(pk=key, kind="attachment")
        if row.isolated:
            return row
        disk.write(disk.ISOLATED, disk.place(disk.ATTACHMENTS, row.stored).read_bytes())
        failpoint("files.isolated_twice")
        row.isolated = True
        row.save(update_fields=["isolated"])
        audit.record("files.isolate", row, {"sha256": row.sha256})
        transaction.on_commit(lambda: disk.wipe(disk.ATTACHMENTS, row.stored))
    return row


def hand_over(*, audit: Audit, key: uuid.UUID, on: date) -> StoredFile:
    """Say that the secrecy office took an isolated file on that day; its bytes are wiped here, its hash stays."""
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().get(pk=key, isolated=True)
        if row.gone_on:
            raise Refused("这个文件已经移交，不需要再次办理。")
        row.gone_on = on
        row.save(update_fields=["gone_on"])
        audit.record("files.hand_over", row, {"sha256": row.sha256, "on": on.isoformat()})
        transaction.on_commit(lambda: disk.wipe(disk.ISOLATED, row.stored))
    return row


def sweep(*, seconds: float = ORPHAN_SECONDS) -> int:
    """Remove what a crash or a failed transaction left on disk: parts of files, and attachments without a row.

    Returns how many were removed. What is younger than `seconds` stays: its transaction may still be open.
    """
    gone = 0
    for path in disk.old(disk.REPORTS, seconds=seconds):
        if path.name.startswith(disk.PART):
            path.unlink(missing_ok=True)
            gone += 1
    for folder, isolated in ((disk.ATTACHMENTS, False), (disk.ISOLATED, True)):
        for path in disk.old(folder, seconds=seconds):
            kept = StoredFile.objects.filter(stored=path.name, isolated=isolated, gone_on__isnull=True)
            if path.name.startswith(disk.PART) or not kept.exists():
                disk.wipe(folder, path.name)
                path.unlink(missing_ok=True)
                gone += 1
    return gone

"""Files that bear something out: looked through in the bounded process, pictures without what a camera wrote into them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import check_file, plain_name, store
from gongkai.web.onrequest.services.attachments import look_through
from gongkai.web.oversight.models import Evidence

MOST_FILES = 9
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was looked through and may be kept."""

    name: str
    data: bytes
    stripped: bool = False


def look(name: str, data: bytes) -> Sent:
    """Look through a file as it was sent, before anything is written. Refused with a sentence for what is not taken."""
    kind = check_file(name=name, data=data, limit=settings.GONGKAI_FILE_LIMIT)
    said = plain_name(name)
    if kind not in PICTURES:
        if look_through(said, data).marked:
            raise Refused(f"“{said}”带有密级标志，不能在本系统上传。请按保密规定另行报送。")
        return Sent(said, data)
    try:
        told, made = pool().call("photo", data, seconds=settings.GONGKAI_READING_SECONDS)
    except WorkerFailed as error:
        raise Refused(f"“{said}”在限定的时间和内存内没有处理完，请缩小图片后再上传。") from error
    if "error" in told:
        raise Refused(f"“{said}”：{told['error']}")
    return Sent(f"{PurePosixPath(said).stem or '照片'}.jpg", made, stripped=bool(told["told"]))


def look_all(files: Iterable[tuple[str, bytes]]) -> list[Sent]:
    """Look through everything that was sent together."""
    found = list(files)
    if len(found) > MOST_FILES:
        raise Refused(f"一次最多上传{MOST_FILES}个文件，请分几次上传。")
    return [look(name, data) for name, data in found]


def keep(*, audit: Audit, kind: str, of: uuid.UUID, files: Iterable[Sent]) -> list[Evidence]:
    """Keep the files of an act; inside the caller's transaction."""
    rows = []
    for each in files:
        file = store(audit=audit, name=each.name, data=each.data)
        row = Evidence.objects.create(
            county=audit.county, kind=kind, of=of, file=file, stripped=each.stripped, by=audit.actor
        )
        audit.record("oversight.keep_evidence", row, {"kind": kind, "of": str(of), "sha256": file.sha256})
        rows.append(row)
    return rows

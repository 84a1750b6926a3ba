"""Reading a catalogue out of a file, keeping it as a new version, and saying whose lines its words mean."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from gongkai.proactive.coverage import COLUMNS, Line, fields
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.coverage.models import Bearing, Catalogue, CatalogueLine
from gongkai.web.coverage.selectors.catalogues import current
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import plain_name
from gongkai.web.organs.selectors import living_organs

MOST_LINES = 5000


def read(name: str, data: bytes) -> list[dict[str, Any]]:
    """The catalogues in a file, read in the bounded process; nothing is kept. Refused with a sentence."""
    said = plain_name(name)
    if len(data) > settings.GONGKAI_FILE_LIMIT:
        raise Refused(f"“{said}”超过{settings.GONGKAI_FILE_LIMIT // 1024 // 1024}MB，请按领域拆分。")
    try:
        found, _ = pool().call("catalogues", data, seconds=settings.GONGKAI_READING_SECONDS, name=said)
    except WorkerFailed as error:
        raise Refused(f"“{said}”在限定的时间和内存内没有读完，请按领域拆分。") from error
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    tables: list[dict[str, Any]] = found["tables"]
    return tables


def _same(old: Catalogue | None, lines: Sequence[Line]) -> bool:
    if old is None or old.lines != len(lines):
        return False
    return [row.said() for row in old.rows.order_by("position")] == list(lines)


def keep(
    *, audit: Audit, field: str, lines: Iterable[Line], source: str, title: str = "", name: str = "", sha256: str = ""
) -> Catalogue:
    """Keep a catalogue as the newest version of its field; what stood on equal lines before stands there still."""
    if field not in fields():
        raise Refused("请选择领域。")
    if not source.strip():
        raise Refused("请写明目录的来源，例如印发目录的文件名称和文号。")
    told = list(lines)
    if not told:
        raise Refused("没有可以收入的行。")
    if len(told) > MOST_LINES:
        raise Refused(f"一个领域最多{MOST_LINES}行。")
    if any(not line.content.strip() or not line.item.strip() for line in told):
        raise Refused("有的行没有公开事项或者公开内容，请核对。")
    if len({line.key(field) for line in told}) != len(told):
        raise Refused("有两行的事项和要素相同，请核对。")
    with transaction.atomic():
        if _same(current(audit.county).get(field), told):
            raise Refused("与现行的目录完全相同，没有重复保存。")
        row = _version(audit, field, source, title=title, name=name, sha256=sha256, lines=len(told))
        CatalogueLine.objects.bulk_create(
            CatalogueLine(
                county=audit.county,
                catalogue=row,
                position=position,
                key=line.key(field),
                **{column: getattr(line, column) for column in COLUMNS},
            )
            for position, line in enumerate(told, start=1)
        )
        audit.record("coverage.keep_catalogue", row, {"field": field, "number": row.number, "lines": row.lines})
        touch(county=audit.county)
    return row


def _version(audit: Audit, field: str, source: str, **columns: Any) -> Catalogue:
    last = Catalogue.objects.filter(county=audit.county, field=field).aggregate(last=Max("number"))["last"] or 0
    words = {key: value[:200] if isinstance(value, str) else value for key, value in columns.items()}
    return Catalogue.objects.create(
        county=audit.county, field=field, number=last + 1, source=source.strip()[:200], by=audit.actor, **words
    )


def take_back(*, audit: Audit, field: str, reason: str) -> Catalogue:
    """Let a field have no catalogue any more; its versions and what was placed on them stay."""
    if not reason.strip():
        raise Refused("请写明停用的原因。")
    with transaction.atomic():
        if field not in current(audit.county):
            raise Refused("这一领域现在没有目录。")
        row = _version(audit, field, reason, lines=0)
        audit.record("coverage.take_back", row, {"field": field, "number": row.number})
        touch(county=audit.county)
    return row


def digest(data: bytes) -> str:
    """The SHA-256 of a file from which a catalogue was read."""
    return hashlib.sha256(data).hexdigest()


def bear(*, audit: Audit, field: str, duty: str, organs: Iterable[uuid.UUID]) -> Bearing:
    """Say which organs some words of 公开主体 mean in a field; none: no organ of this county has it."""
    if field not in fields():
        raise Refused("请选择领域。")
    living = {organ.pk for organ in living_organs(audit.county)}
    chosen = list(dict.fromkeys(organs))
    if any(key not in living for key in chosen):
        raise Refused("请选择本县现有的机关。")
    with transaction.atomic():
        known = CatalogueLine.objects.filter(catalogue__in=current(audit.county).values(), catalogue__field=field)
        if not known.filter(duty=duty).exists():
            raise Refused("现行的目录里没有这一公开主体，请核对。")
        row = Bearing.objects.create(
            county=audit.county, field=field, duty=duty, organs=[str(key) for key in chosen], by=audit.actor
        )
        audit.record("coverage.bear", row, {"field": field, "organs": row.organs})
    return row

"""Severance of a file (art. 37): boxes drawn by a person, kept as facts, then a file in which nothing is under them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.documents.office import ENDINGS, NotConverted, office_to_pdf
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.files import services as files
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.onrequest.models import Attachment
from gongkai.web.onrequest.selectors.redaction import BOXES, POINTS, Spot, converted, drawn, is_drawable
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.facts import Overtaken, locked
from gongkai.web.onrequest.services.records import record

MOST_BOXES = 1000
LONGEST_REASON = 200
LOOKING_SECONDS, REDACTING_SECONDS = 30.0, 150.0


def _ask(op: str, row: Attachment, seconds: float, **head: Any) -> tuple[dict[str, Any], bytes]:
    try:
        answer, data = pool().call(op, files.read(row.file_id), seconds=seconds, **head)
    except WorkerFailed as error:
        raise Refused("文件在限定的时间和内存内没有处理完。请拆分或者另存为PDF后再试。") from error
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer, data


def page_sizes(row: Attachment) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    answer, _ = _ask("leaves", row, LOOKING_SECONDS)
    return [(round(width / POINTS, 2), round(height / POINTS, 2)) for width, height in answer["sizes"]]


def page_picture(row: Attachment, number: int) -> bytes:
    """A page (from 1) as PNG."""
    return _ask("leaf", row, LOOKING_SECONDS, number=number)[1]


def as_pages(*, audit: Audit, source: Attachment) -> Attachment:
    """The file on whose pages boxes are drawn: itself, or the pages into which an office file is turned once."""
    if is_drawable(source):
        return source
    done = converted(source)
    if done is not None:
        return done
    name = source.file.plain_name
    ending = PurePosixPath(name).suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise Refused("只能遮盖PDF、PNG、JPEG文件和Word等文档。请把文件另存为PDF后再上传。")
    try:
        pages = office_to_pdf(files.read(source.file_id), ending)
    except NotConverted as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        upload = Upload(f"{PurePosixPath(name).stem}.pdf", pages, "source")
        return attach(audit=audit, application=source.application, file=upload, about=source.pk)


def _checked(spots: Sequence[Spot], sizes: Sequence[tuple[float, float]]) -> list[Spot]:
    if len(spots) > MOST_BOXES:
        raise Refused(f"遮盖框超过{MOST_BOXES}个，请分成几个文件处理。")
    kept = []
    for place, spot in enumerate(spots, start=1):
        if not 1 <= spot.page <= len(sizes):
            raise Refused(f"第{place}个遮盖框写的是第{spot.page}页，文件只有{len(sizes)}页。")
        width, height = sizes[spot.page - 1]
        if not all(map(math.isfinite, spot[1:5])) or spot.w <= 0 or spot.h <= 0:
            raise Refused(f"第{place}个遮盖框没有大小，请填写宽和高。")
        if spot.x + spot.w <= 0 or spot.y + spot.h <= 0 or spot.x >= width or spot.y >= height:
            raise Refused(f"第{place}个遮盖框在页面之外，请核对位置。")
        if not spot.reason.strip():
            raise Refused(f"请写明第{place}个遮盖框（第{spot.page}页）不公开的理由。")
        kept.append(spot._replace(reason=spot.reason.strip()[:LONGEST_REASON]))
    return sorted(kept, key=lambda spot: (spot.page, spot.y, spot.x))


def _unchanged(source: Attachment, seen: str) -> None:
    if drawn(source).seen != seen:
        raise Overtaken("刚刚有人改过这个文件的遮盖框。请核对最新的遮盖框后再改；您画的仍保留在页面上。")


def keep(*, audit: Audit, source: Attachment, spots: Sequence[Spot], seen: str) -> None:
    """Keep the boxes of a file. Nothing is overwritten: the newest record counts, the earlier ones stay."""
    assert source.application is not None
    kept = _checked(spots, page_sizes(source))
    with transaction.atomic():
        locked(source.application)
        _unchanged(source, seen)
        record(
            audit=audit,
            application=source.application,
            kind=BOXES,
            on=timezone.localdate(),
            words=f"{source.file.plain_name}：{_counted(kept)}",
            told={"_source": str(source.pk), "_boxes": json.dumps(kept, ensure_ascii=False)},
        )


def _counted(spots: Sequence[Spot]) -> str:
    if not spots:
        return "没有遮盖框"
    return "，".join(f"第{page}页{count}处" for page, count in sorted(Counter(s.page for s in spots).items()))


def release(*, audit: Audit, source: Attachment, seen: str) -> Attachment:
    """Make the file that is released: pictures of the pages, black under the boxes, and nothing else of the original.

    An earlier one made of the same file no longer goes out. The reasons, page by page, are kept as the severance list.
    """
    assert source.application is not None
    spots = drawn(source).spots
    boxes = [(s.page, *(round(side * POINTS, 3) for side in (s.x, s.y, s.x + s.w, s.y + s.h))) for s in spots]
    answer, data = _ask("redact", source, REDACTING_SECONDS + 20, boxes=boxes, within=REDACTING_SECONDS)
    failpoint("redaction.made")
    name = f"{PurePosixPath(source.file.plain_name).stem}{'（遮盖后）' if spots else ''}.pdf"
    with transaction.atomic():
        locked(source.application)
        _unchanged(source, seen)
        row = attach(audit=audit, application=source.application, file=Upload(name, data, "released"), about=source.pk)
        if spots:
            said = "\n".join(f"第{page}页：{'、'.join(why)}" for page, why in _reasons(spots).items())
            record(
                audit=audit,
                application=source.application,
                kind="severance",
                on=timezone.localdate(),
                words=said,
                told={"result": f"{name}，共{answer['pages']}页，遮盖{answer['boxes']}处"},
            )
    return row


def _reasons(spots: Sequence[Spot]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for spot in spots:
        why = found.setdefault(spot.page, [])
        if spot.reason not in why:
            why.append(spot.reason)
    return found

"""Handing in: each file is stored once, and gets its work to be read; a bad one never stops the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.web.annual.models import Batch, BatchItem, Job, Submission
from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.files.archives import is_archive, members
from gongkai.web.files.disk import digest
from gongkai.web.files.models import StoredFile
from gongkai.web.files.services import keep_bytes, store_report

NAME_LIMIT = 180
FIRST_YEAR = 2008
"""There were no yearly reports before."""
PASTE_LIMIT = 2_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DROPPINGS = (".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file at the door: its name and bytes, or the sentence why its bytes were not taken.

    `scope` is of what its figures are, where that is known of it and stands in no document.
    """

    name: str
    data: bytes = b""
    message: str = ""
    advice: str = ""
    scope: str = ""


def plain_name(name: str) -> str:
    r"""A file name fit for showing: without folders, control and direction characters, and not endless.

    >>> plain_name("年报/2025/../<b>交通局\u202egpj.docx")
    '<b>交通局gpj.docx'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    clean = _CONTROL.sub("", last).strip() or "未命名文件"
    if len(clean) <= NAME_LIMIT:
        return clean
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[: NAME_LIMIT - 12]}…{dot}{ending[:10]}" if dot else clean[:NAME_LIMIT]


def _opened(files: Iterable[Incoming]) -> Iterator[Incoming]:
    """The files with every zip replaced by what is in it."""
    for file in files:
        if file.data and is_archive(file.data, file.name):
            empty = True
            for member in members(
                file.data,
                files=settings.GONGKAI_BATCH_FILES,
                one=settings.GONGKAI_FILE_LIMIT,
                total=settings.GONGKAI_BATCH_LIMIT,
            ):
                empty = False
                yield Incoming(member.name, member.data, member.message, member.advice)
            if empty:
                yield Incoming(file.name, message="压缩包里没有文件。", advice="请把年度报告放进压缩包后再交入。")
        else:
            yield file


def hand_in(
    *,
    audit: Audit,
    files: Iterable[Incoming],
    label: str = "",
    source: str = "file",
    received_on: date | None = None,
) -> Batch:
    """Take in files, one row each, and leave their reading as work. Refused when there is nothing at all.

    `files` may be lazy: one file at a time is held in memory. Each file is its own
    transaction: what was taken in before a failure stays taken in. `received_on` is the day on which a person states
    that they came, of reports of earlier years; when they were entered stays on record beside it. Refused for a day to come.
    """
    today = timezone.localdate()
    if received_on is not None and not date(FIRST_YEAR, 1, 1) <= received_on <= today:
        raise Refused(f"收到日期应在{FIRST_YEAR}年以后、不晚于今天，请核对。")
    wanted = (f for f in files if plain_name(f.name).lower() not in _DROPPINGS)
    first = next(wanted, None)
    if first is None:
        raise Refused("没有选中文件。请选择一份或者多份年度报告，也可以粘贴报告全文。")
    with transaction.atomic():
        label = plain_name(label or first.name)
        on = received_on or today
        batch = Batch.objects.create(county=audit.county, label=label, received_on=on, by=audit.actor)
        facts = {"label": salted(label), "source": source, "received_on": on.isoformat()}
        audit.record("annual.open_batch", batch, facts)
    for position, file in enumerate(_opened(chain((first,), wanted)), start=1):
        with transaction.atomic():
            _take(audit, batch, position, file, source)
    return batch


def _take(audit: Audit, batch: Batch, position: int, file: Incoming, source: str) -> BatchItem:
    item = BatchItem(county=audit.county, batch=batch, position=position, name=plain_name(file.name))
    limit = settings.GONGKAI_FILE_LIMIT
    if file.message:
        item.outcome, item.message, item.advice = "refused", file.message, file.advice
    elif not file.data:
        item.outcome, item.message = "refused", "这是一个空文件。"
        item.advice = "请检查文件是否保存完整，再重新交入。"
    elif len(file.data) > limit:
        item.outcome, item.message = "refused", f"文件超过{limit // 1024 // 1024}MB，没有收下。"
        item.advice = "请交入不含大图片的版本，或者只粘贴报告全文。"
    else:
        _keep(audit, item, batch, file, source)
    item.save(force_insert=True)
    return item


def _keep(audit: Audit, item: BatchItem, batch: Batch, file: Incoming, source: str) -> None:
    known = StoredFile.objects.filter(county=audit.county, kind="report", sha256=digest(file.data)).first()
    same = Submission.objects.filter(file=known).first() if known else None
    if same:
        keep_bytes(file.data)  # Heals a data folder that lost the bytes.
        item.outcome, item.submission = "same", same
        if same.aside:
            audit.record("annual.take_back", same, {})
            same.aside = False
            same.save(update_fields=["aside"])
            item.message = "此前已移出列表，现已恢复。"
        return
    stored = store_report(audit=audit, data=file.data)
    submission = Submission.objects.create(
        county=audit.county,
        batch=batch,
        file=stored,
        name=item.name,
        source=source,
        received_on=batch.received_on,
        scope=file.scope,
    )
    Job.objects.create(county=audit.county, submission=submission)
    audit.record("annual.hand_in", submission, {"sha256": stored.sha256, "name": salted(item.name)})
    item.outcome, item.submission = "new", submission


def paste(*, audit: Audit, text: str, received_on: date | None = None) -> Batch:
    """Take in a pasted text as a file of its own. Refused when it is empty or far too long, and for a day to come."""
    plain = text.strip()
    if not plain:
        raise Refused("没有粘贴内容。请把年度报告全文（包括表格）复制到文本框里。")
    if len(plain) > PASTE_LIMIT:
        raise Refused("粘贴的文本超过200万字，不像是一份年度报告。请核对后重新粘贴。")
    first = next((line.strip() for line in plain.splitlines() if line.strip()), "")
    words = re.sub(r"[\\/:*?\"<>|]", "", plain_name(first))[:40]
    name = f"粘贴：{words}.txt"
    file = Incoming(name, plain.encode())
    return hand_in(audit=audit, files=[file], label=name, source="paste", received_on=received_on)

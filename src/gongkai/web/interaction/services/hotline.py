"""The hotline's ledger: read by the office's own heads, looked at before it is taken, each line once, nobody's name."""

from __future__ import annotations

import csv
import hashlib
import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.readers.formats.xlsx import column_name
from gongkai.readers.ledger.days import NoDay, day_of
from gongkai.text.personal import masked
from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import PREVIEW_SECONDS, erase_files, store
from gongkai.web.files.services import read as read_stored
from gongkai.web.interaction import rulekeys
from gongkai.web.interaction.models import HotlineImport, HotlinePreview, HotlineRow
from gongkai.web.onrequest.services.intake import content_signature
from gongkai.web.organs.selectors import organ_named
from gongkai.web.rules.selectors import setting
from gongkai.web.rules.services import set_value

FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "number": ("工单编号", ("工单编号", "工单号", "编号", "受理编号", "流水号")),
    "received_on": ("受理日期", ("受理日期", "受理时间", "来电时间", "登记时间", "诉求时间")),
    "category": ("诉求类别", ("诉求类别", "类别", "诉求类型", "问题分类", "事项分类", "类型")),
    "organ_name": ("承办单位", ("承办单位", "承办机关", "主办单位", "责任单位", "办理单位")),
    "words": ("诉求内容", ("诉求内容", "内容", "诉求描述", "问题描述", "主要内容", "诉求标题")),
    "closed_on": ("办结日期", ("办结日期", "办结时间", "回复时间", "结案时间")),
    "satisfied": ("满意度", ("满意度", "满意情况", "评价结果", "是否满意", "回访结果")),
}
"""What is taken of a line, with the heads that usually stand over it. No other column is read."""
NEEDED = ("number", "received_on")
LIMIT_BYTES = 20 * 1024 * 1024
_HEAD_ROWS = 12
_LEVELS = {
    "满意": "satisfied",
    "非常满意": "satisfied",
    "基本满意": "mostly",
    "不满意": "not",
    "是": "satisfied",
    "否": "not",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it can be taken. `place` says where it stands."""

    place: str
    number: str
    received_on: date
    category: str = ""
    organ_name: str = ""
    words: str = ""
    closed_on: date | None = None
    satisfied: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """A line that is not taken: the cell and why."""

    cell: str
    says: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read: its heads, where each was found, what can be taken, what cannot, what is left alone."""

    columns: dict[str, str]
    left_out: tuple[str, ...]
    lines: tuple[Line, ...]
    refused: tuple[Turned, ...]
    sha256: str

    @property
    def fresh(self) -> int:
        """Lines that were not there before."""
        return sum(not line.known for line in self.lines)


def columns_set(county: uuid.UUID, on: date) -> dict[str, str]:
    """Which head stands for what in this office's ledger, as it was set."""
    return dict(setting(county, rulekeys.HOTLINE_COLUMNS, on=on) or {})


def set_columns(*, audit: Audit, heads: Mapping[str, str], valid_from: date) -> None:
    """Say once which head stands for what; what is left empty is looked for under its usual names."""
    said = {key: "".join(words.split())[:40] for key, words in heads.items() if key in FIELDS and words.strip()}
    if len(set(said.values())) != len(said):
        raise Refused("同一个表头不能对应两项，请核对。")
    set_value(audit=audit, key=rulekeys.HOTLINE_COLUMNS, value=said, valid_from=valid_from)


def set_days(*, audit: Audit, days: Mapping[str, int], valid_from: date, organ: uuid.UUID | None = None) -> None:
    """How many working days an answer to each kind of letter takes; 本系统规则."""
    if any(not 1 <= count <= rulekeys.MOST_DAYS for count in days.values()):
        raise Refused(f"答复时间应当在1到{rulekeys.MOST_DAYS}个工作日之间。")
    set_value(audit=audit, key=rulekeys.DAYS, value=dict(days), valid_from=valid_from, organ=organ)


def _grid(name: str, data: bytes) -> list[list[str]]:
    if len(data) > LIMIT_BYTES:
        raise Refused(f"台账文件不超过{LIMIT_BYTES // 1024 // 1024}MB，请按月分开导入。")
    try:
        found, _ = pool().call("grid", data, seconds=settings.GONGKAI_READING_SECONDS, name=name)
    except WorkerFailed as error:
        raise Refused("这份台账读不了：文件太大、已损坏，或者读取超时。请另存为XLSX或者CSV后再导入。") from error
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    rows: list[list[str]] = found["rows"]
    return rows


def _heads(rows: list[list[str]], told: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The row of heads and the column of each field. Refused when what is needed is not there."""
    best: tuple[int, dict[str, int]] = (0, {})
    for n, row in enumerate(rows[:_HEAD_ROWS]):
        cells = ["".join(cell.split()) for cell in row]
        found: dict[str, int] = {}
        for field, (_, names) in FIELDS.items():
            wanted = (told[field],) if told.get(field) else names
            at = next((cells.index(name) for name in wanted if name in cells), None)
            if at is not None and at not in found.values():
                found[field] = at
        if len(found) > len(best[1]):
            best = (n, found)
    lacking = [FIELDS[field][0] for field in NEEDED if field not in best[1]]
    if lacking:
        raise Refused(f"没有找到“{'”“'.join(lacking)}”的表头。请在“表头对应”中写明本县台账用的表头，或者核对文件。")
    return best


def look(*, county: uuid.UUID, name: str, data: bytes) -> Seen:
    """Read a ledger without taking anything in. Refused with a sentence when it cannot be read."""
    today = timezone.localdate()
    rows = _grid(name, data)
    at, where = _heads(rows, columns_set(county, today))
    heads = rows[at]
    lines, refused, met = [], [], set[str]()
    for n, row in enumerate(rows[at + 1 :], start=at + 2):
        if not any(cell.strip() for cell in row):
            continue
        got = _line(row, where, n, met, today)
        if isinstance(got, Turned):
            refused.append(got)
        else:
            met.add(got.number)
            lines.append(got)
    known = set(HotlineRow.objects.filter(county=county, number__in=list(met)).values_list("number", flat=True))
    used = set(where.values())
    return Seen(
        columns={field: heads[index].strip() for field, index in where.items()},
        left_out=tuple(head.strip() for i, head in enumerate(heads) if i not in used and head.strip()),
        lines=tuple(replace(line, known=line.number in known) for line in lines),
        refused=tuple(refused),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _line(row: list[str], where: Mapping[str, int], n: int, met: set[str], today: date) -> Line | Turned:
    def text(field: str) -> str:
        index = where.get(field)
        return row[index].strip() if index is not None and index < len(row) else ""

    def cell(field: str) -> str:
        return f"{column_name(where[field])}{n}"

    number = text("number")
    if not number or len(number) > 60:
        return Turned(cell("number"), "没有工单编号，或者编号过长")
    if number in met:
        return Turned(cell("number"), "工单编号与上面的一行重复")
    days: dict[str, date | None] = {}
    for field in ("received_on", "closed_on"):
        try:
            days[field] = day_of(text(field)) if field in where else None
        except NoDay as error:
            return Turned(cell(field), str(error))
    received, closed = days["received_on"], days["closed_on"]
    if received is None:
        return Turned(cell("received_on"), "没有受理日期")
    if received > today:
        return Turned(cell("received_on"), "受理日期还没有到")
    if closed and closed < received:
        return Turned(cell("closed_on"), "办结日期早于受理日期")
    satisfied = text("satisfied")
    if satisfied and satisfied not in _LEVELS and satisfied not in ("未评价", "未回访", "-", "/"):
        return Turned(cell("satisfied"), f"满意度“{satisfied[:10]}”不能识别，应为满意、基本满意、不满意或者空白")
    return Line(
        place=f"第{n}行",
        number=number,
        received_on=received,
        category=text("category")[:60],
        organ_name=text("organ_name")[:120],
        words=masked(text("words"))[:4000],
        closed_on=closed,
        satisfied=_LEVELS.get(satisfied, ""),
    )


_KEPT = ("place", "number", "received_on", "category", "organ_name", "words", "closed_on", "satisfied")


def keep_for_later(*, audit: Audit, seen: Seen) -> uuid.UUID:
    """Keep, sealed, what may be taken of a file until a person says so: the columns that are read and no other."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([seen.sha256, len(seen.refused)])
    for line in seen.lines:
        writer.writerow([getattr(line, name) or "" for name in _KEPT])
    with transaction.atomic():
        stored = store(audit=audit, name="热线台账.csv", data=out.getvalue().encode())
        HotlinePreview.objects.create(county=audit.county, file=stored)
    key: uuid.UUID = stored.pk
    return key


def forget_previews(*, audit: Audit, now: datetime) -> int:
    """Wipe what was kept of files that nobody brought in: after `PREVIEW_SECONDS` no page can bring it in any more."""
    rows = HotlinePreview.objects.filter(
        county=audit.county, file__gone_on=None, recorded_at__lt=now - timedelta(seconds=PREVIEW_SECONDS)
    )
    with transaction.atomic():
        files = list(rows.values_list("file", flat=True))
        return erase_files(audit=audit, files=files, on=timezone.localdate(now)) if files else 0


def kept(key: uuid.UUID) -> Seen:
    """What was kept, as it was seen. Refused once it was taken in."""
    try:
        data = read_stored(key)
    except Refused as error:
        raise Refused("这份台账已经导入，或者放得太久已经清除。要导入请重新上传。") from error
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    lines = []
    for row in rows[1:]:
        told: dict[str, Any] = dict(zip(_KEPT, row, strict=True))
        told["received_on"] = date.fromisoformat(told["received_on"])
        told["closed_on"] = date.fromisoformat(told["closed_on"]) if told["closed_on"] else None
        lines.append(Line(**told))
    refused = tuple(Turned("", "") for _ in range(int(rows[0][1])))
    return Seen({}, (), tuple(lines), refused, rows[0][0])


def bring(*, audit: Audit, seen: Seen, file: uuid.UUID | None = None) -> HotlineImport:
    """Take the lines in that were not there before, in one transaction with one audit row. What they say is sealed.

    `file`: where they were kept until now; nobody needs it any more.
    """
    with transaction.atomic():
        numbers = [line.number for line in seen.lines]
        known = set(HotlineRow.objects.filter(county=audit.county, number__in=numbers).values_list("number", flat=True))
        fresh = [line for line in seen.lines if line.number not in known]
        source = HotlineImport.objects.create(
            county=audit.county,
            sha256=seen.sha256,
            taken=len(fresh),
            known=len(seen.lines) - len(fresh),
            refused=len(seen.refused),
            by=audit.actor,
        )
        organs: dict[str, Any] = {}
        rows = []
        for line in fresh:
            if line.organ_name not in organs:
                organs[line.organ_name] = organ_named(audit.county, line.organ_name) if line.organ_name else None
            key = new_key()
            rows.append(
                HotlineRow(
                    id=key,
                    county=audit.county,
                    source=source,
                    number=line.number,
                    received_on=line.received_on,
                    category=line.category,
                    organ_name=line.organ_name,
                    organ=organs[line.organ_name],
                    closed_on=line.closed_on,
                    satisfied=line.satisfied,
                    likeness=content_signature(line.words),
                    **personal.keep(HotlineRow, key, words=line.words),
                )
            )
        HotlineRow.objects.bulk_create(rows, batch_size=500)
        audit.record("interaction.bring_hotline", source, {"taken": len(rows), "sha256": seen.sha256})
        if file is not None:
            erase_files(audit=audit, files=[file], on=timezone.localdate())
    return source

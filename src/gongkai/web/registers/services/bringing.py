"""Bringing a table in: looked at first, each line that cannot be taken named with its cell, nothing taken twice.

The whole import is one act: all rows in one transaction, with one audit row over their keys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.proactive.register_checks import Fault
from gongkai.proactive.registers import Register, alike, counting_day, heading, natural_key
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.organs.models import Organ
from gongkai.web.registers.models import Bring, Line, Row, Version
from gongkai.web.registers.selectors.lists import choices_of
from gongkai.web.registers.services.columns import HEAD_ROWS, Column, NoValue, columns_of, letters, value_of
from gongkai.web.registers.services.rows import Faulty, checked, digest, line_values, register_named

MOST_ROWS, LIMIT, BATCH = 20_000, 20 * 1024 * 1024, 1000
SUMS = ("合计", "总计", "小计")
STATES = {"new": "可以导入", "known": "以前导入过", "alike": "与已登记的一行完全相同", "refused": "不能导入"}


@dataclass(slots=True)
class Looked:
    """A line of the table: what it says, whether it may be taken, and each fault with its cell."""

    sheet: str
    line: int
    state: str
    values: dict[str, str] = field(default_factory=dict)
    title: str = ""
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state_zh(self) -> str:
        """Its state in words."""
        return STATES[self.state]

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.sheet} 第{self.line}行" if self.sheet else f"第{self.line}行"


@dataclass(frozen=True, slots=True)
class Look:
    """A table as it was looked at: its lines, the columns that were used, and sentences about the whole."""

    lines: list[Looked]
    columns: list[Column]
    remarks: tuple[str, ...]
    sha256: str

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(1 for line in self.lines if line.state == state)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Each state in words with its number of lines."""
        return [(state, says, self.count(state)) for state, says in STATES.items()]


def read_table(name: str, data: bytes) -> dict[str, Any]:
    """The sheets of a file (of pasted text where it has no name), read in the bounded process. Refused with a sentence."""
    if len(data) > LIMIT:
        raise Refused(f"文件不超过{LIMIT // 1024 // 1024}MB，较大的请按年度分开导入。")
    try:
        found, _ = pool().call(
            "sheets", data, seconds=settings.GONGKAI_READING_SECONDS, name=name, rows=MOST_ROWS + HEAD_ROWS + 1
        )
    except WorkerFailed as error:
        raise Refused("这份表格读不了：文件太大、已损坏，或者读取超时。请另存为XLSX，或者复制表格粘贴进来。") from error
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    return found


def look(*, organ: Organ, register: str, name: str, data: bytes) -> Look:
    """Look at a table before anything is kept."""
    of = register_named(register)
    found = read_table(name, data)
    looking = _Looking(organ, of, hashlib.sha256(data).hexdigest())
    for sheet in found["sheets"]:
        looking.sheet(sheet)
    if not looking.columns:
        wanted = "、".join(each.label for each in of.fields if each.need == "must")
        raise Refused(f"没有找到表头。表头至少应当有：{wanted}。可以先下载模板填写。")
    if not looking.lines:
        raise Refused("表头下面没有数据。")
    looking.compare()
    return Look(looking.lines, looking.columns, (*found["remarks"], *looking.remarks), looking.sha256)


class _Looking:
    """The lines of one table, sheet by sheet."""

    def __init__(self, organ: Organ, of: Register, sha256: str) -> None:
        self.organ, self.of, self.sha256 = organ, of, sha256
        self.lines: list[Looked] = []
        self.columns: list[Column] = []
        self.remarks: list[str] = []
        self.today = timezone.localdate()
        self.rows = {
            title: key for each in of.fields if each.kind == "row" for key, title in choices_of(organ.pk, each.of)
        }
        self.must = {each.key for each in of.fields if each.need == "must" and each.key != "entered_as"}

    def sheet(self, sheet: dict[str, Any]) -> None:
        """Find the head among the first rows, then read what is under it."""
        rows = sheet["rows"]
        top, columns, unused = self._head(rows)
        if top is None:
            return
        self.columns = columns
        if unused:
            self.remarks.append(f"没有用到的列：{'、'.join(unused[:12])}。")
        if sheet["more"] or len(rows) - top - 1 > MOST_ROWS:
            raise Refused(f"一次最多导入{MOST_ROWS}行，请分开导入。")
        name = sheet["name"]
        for number, row in enumerate(rows[top + 1 :], start=top + 2):
            cells = {column.place: row[column.place] if column.place < len(row) else "" for column in columns}
            if not any(str(cell).strip() for cell in cells.values()):
                continue
            if any(str(cell).strip().replace(" ", "") in SUMS for cell in row[:3]):
                self.remarks.append(f"第{number}行是合计，没有导入。")
                continue
            self.lines.append(self._line(name, number, columns, cells))

    def _head(self, rows: list[list[Any]]) -> tuple[int | None, list[Column], list[str]]:
        for top, row in enumerate(rows[:HEAD_ROWS]):
            try:
                columns, unused = columns_of(self.of, row)
            except NoValue as error:
                raise Refused(str(error)) from error
            if self.must <= {column.field.key for column in columns}:
                return top, columns, unused
        return None, [], []

    def _line(self, sheet: str, number: int, columns: list[Column], cells: dict[int, Any]) -> Looked:
        line = Looked(sheet, number, "new")
        given: dict[str, str] = {}
        for column in columns:
            try:
                given[column.field.key] = value_of(column, cells[column.place], self.rows, self.today)
            except NoValue as error:
                met = str(cells[column.place])[:30]
                line.faults.append((f"{column.letter}{number}", f"“{column.field.zh}”现为“{met}”，{error}。"))
        if "entered_as" in self.of.keys and not given.get("entered_as"):
            given["entered_as"] = "total" if given.get("month") else "single"
        if not line.faults:
            try:
                line.values = checked(self.organ, self.of, given)
            except Faulty as error:
                line.faults = [(_cell(columns, fault, number), fault.says) for fault in error.faults]
        line.state = "refused" if line.faults else "new"
        line.title = heading(self.of, line.values or given)
        return line

    def compare(self) -> None:
        """Set apart what came in before, and what stands there already."""
        fine = [line for line in self.lines if line.state == "new"]
        onces = {self.once(line): line for line in fine}
        for once in _known(Row, "once", list(onces), county=self.organ.county):
            onces[once].state = "known"
        own = Line.objects.filter(organ=self.organ, register=self.of.key, voided=False)
        keys = [digest(natural_key(self.of, line.values)) for line in fine]
        there: dict[str, str] = {}
        for part in _parts([key for key in keys if key]):
            there |= {row.natural: row.alike for row in own.filter(natural__in=part)}
        same = [digest(alike(self.of, line.values)) for line in fine]
        equal = {word for part in _parts(same) for word in own.filter(alike__in=part).values_list("alike", flat=True)}
        names = "、".join(self.of.field(key).zh for key in self.of.natural)
        first: dict[str, Looked] = {}
        for line, key, words in zip(fine, keys, same, strict=True):
            mark = key or words
            if line.state != "new":
                pass
            elif key in there:
                line.state = "known" if there[key] == words else "refused"
                if line.state == "refused":
                    line.faults = [("", f"已经登记过这一件（{names}相同），内容不同，请在原来的一行上更正。")]
            elif mark in first:
                line.state = "refused" if key else "alike"
                line.faults = [("", f"与第{first[mark].line}行{f'的{names}' if key else '完全'}相同。")]
            elif not key and words in equal:
                line.state = "alike"
            first.setdefault(mark, line)

    def once(self, line: Looked) -> str:
        """What makes this line of this file arrive once."""
        return once_of(self.organ, self.of.key, self.sha256, line)


def once_of(organ: Organ, register: str, sha256: str, line: Looked) -> str:
    """By file and line: the same line of the same file is the same row."""
    parts = (str(organ.pk), register, sha256, line.sheet, str(line.line))
    return f"import:{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()}"


def _cell(columns: list[Column], fault: Fault, number: int) -> str:
    place = next((column.place for column in columns if column.field.key == fault.key), None)
    return f"{letters(place)}{number}" if place is not None else ""


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), BATCH // 2):
        yield keys[start : start + BATCH // 2]


def _known(model: Any, column: str, keys: list[str], **more: Any) -> Iterator[str]:
    for part in _parts(keys):
        yield from model.objects.filter(**more, **{f"{column}__in": part}).values_list(column, flat=True)


def bring(
    *, audit: Audit, organ: Organ, register: str, name: str, data: bytes, alike_too: bool = False
) -> tuple[Bring, Look]:
    """Take in every line of a table that may be taken; `alike_too` also those that say what is there already."""
    found = look(organ=organ, register=register, name=name, data=data)
    return take(audit=audit, organ=organ, register=register, found=found, alike_too=alike_too), found


def take(*, audit: Audit, organ: Organ, register: str, found: Look, alike_too: bool = False) -> Bring:
    """Take in what was looked at, all of it or nothing."""
    taking = ("new", "alike") if alike_too else ("new",)
    of, now = register_named(register), timezone.now()
    rows: list[Row] = []
    versions: list[Version] = []
    for line in (each for each in found.lines if each.state in taking):
        row = Row(
            id=new_key(), county=audit.county, organ=organ, register=register, origin="import", by=audit.actor,
            once=once_of(organ, register, found.sha256, line), recorded_at=now,
        )  # fmt: skip
        rows.append(row)
        versions.append(
            Version(
                id=new_key(),
                county=audit.county,
                row=row,
                number=1,
                act="enter",
                values=line.values,
                by=audit.actor,
                on=counting_day(of, line.values),
                recorded_at=now,
            )
        )
    try:
        with transaction.atomic():
            Row.objects.bulk_create(rows, batch_size=BATCH)
            Version.objects.bulk_create(versions, batch_size=BATCH)
            Line.objects.bulk_create([Line(row=v.row, **line_values(v.row, v)) for v in versions], batch_size=BATCH)
            made = Bring.objects.create(
                county=audit.county,
                organ=organ,
                register=register,
                sha256=found.sha256,
                taken=len(rows),
                known=found.count("known"),
                refused=found.count("refused"),
                by=audit.actor,
            )
            keys = hashlib.sha256("".join(sorted(row.pk.hex for row in rows)).encode()).hexdigest()
            audit.record(
                "registers.bring",
                made,
                {"register": register, "file": found.sha256, "taken": len(rows), "rows": keys},
            )
    except IntegrityError as error:
        raise Refused("导入的同时有人登记了同样的内容，没有导入任何一行，请重新查看后再导入。") from error
    return made


def template_heads(of: Register) -> list[tuple[str, int]]:
    """The heads of an empty table to fill in, with their widths."""
    from gongkai.web.registers.services.columns import importable

    return [(each.label, max(12, min(28, len(each.label) * 2 + 4))) for each in importable(of)]

"""A county's standard catalogue as it is kept in an office: a workbook with merged cells, two rows of heads, ticks.

Each table with the heads of a catalogue is read line by line; a merged cell speaks for every line it covers. A line
that cannot be taken is refused with the cell that it fails at; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as made

from gongkai.proactive.coverage import COLUMNS, Line, fields
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats.xlsx import column_name
from gongkai.readers.ledger.sheets import Sheet, sheets_of

MOST_LINES = 5000
MOST_WORDS = 2000
_LOOKED_AT = 8
_LEAST_HEADS = 4
_LONGEST_HEAD = 16
_TICK = re.compile(r"^[√✓✔■●☑是]$")
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^序号$|^编号$")),
    ("first", re.compile(r"一级(?:事项|目录)|^事项类别$")),
    ("second", re.compile(r"二级(?:事项|目录)|^公开事项(?:名称)?$|^事项名称$")),
    ("content", re.compile(r"公开内容|内容.*要素|^要素$")),
    ("basis", re.compile(r"公开依据|^依据$")),
    ("limit", re.compile(r"公开时限|^时限$")),
    ("duty", re.compile(r"公开主体|责任(?:主体|单位|部门)")),
    ("channels", re.compile(r"公开渠道|渠道.*载体")),
    ("audience", re.compile(r"公开对象|^全社会$|^特定群体|^特定群众")),
    ("manner", re.compile(r"公开方式|^主动$|^依申请")),
    ("level", re.compile(r"公开层级|^县级$|^乡级$|^乡(?:镇|、)")),
)
_SUB = re.compile(r"^(?:全社会|特定群[体众].*|主动(?:公开)?|依申请.*|县级|市级|省级|乡.*级?|一级.*|二级.*)$")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line that was not taken, or a remark on one that was: the cell and a sentence."""

    cell: str
    says: str

    def to_json(self) -> dict[str, str]:
        """As plain data."""
        return {"cell": self.cell, "says": self.says}


@dataclass(slots=True)
class Table:
    """A catalogue as it was read; `field` is the field that its title names, if it names one."""

    title: str
    field: str = ""
    lines: list[Line] = made(default_factory=list)
    refused: list[Trouble] = made(default_factory=list)
    remarks: list[Trouble] = made(default_factory=list)


def read_catalogues(name: str, data: bytes) -> list[Table]:
    """Every catalogue in a file. Unreadable when there is none, or when the file cannot be read at all."""
    tables = [table for sheet in sheets_of(data, name).sheets if (table := _table(sheet)) is not None]
    if not tables:
        raise Unreadable(
            "no_catalogue",
            "没有找到标准目录的表头。",
            "表头应当有公开事项、公开内容（要素）、公开时限、公开主体等栏；可以下载模板填写。",
        )
    return tables


def field_named(title: str) -> str:
    """The key of the field that a title names; the longest name counts; nothing where none is named."""
    plain = "".join(title.split())
    found = [each for each in fields().values() if each.zh in plain]
    return max(found, key=lambda each: len(each.zh)).key if found else ""


def _words(sheet: Sheet, row: int, column: int) -> str:
    """What stands at a place; a merged cell stands at every place it covers."""
    top, left = sheet.merged.get((row, column), (row, column))
    said = sheet.at(top, left)
    if isinstance(said, float) and said.is_integer():
        said = int(said)
    return _clean(str(said)) if said is not None else ""


def _cell(sheet: Sheet, row: int, column: int) -> str:
    """A place as a person finds it: 义务教育!D5."""
    top, left = sheet.merged.get((row, column), (row, column))
    return f"{sheet.name}!{column_name(left)}{top + 1}"


def _role(words: str) -> str:
    plain = "".join(words.split())
    return next((key for key, pattern in _HEADS if pattern.search(plain)), "") if len(plain) <= _LONGEST_HEAD else ""


def _heads_of(sheet: Sheet, row: int) -> set[str]:
    return {_role(_words(sheet, row, column)) for column in range(sheet.width)} - {""}


def _table(sheet: Sheet) -> Table | None:
    height = len(sheet.rows)
    head = next((row for row in range(min(height, _LOOKED_AT)) if len(_heads_of(sheet, row)) >= _LEAST_HEADS), None)
    if head is None:
        return None
    over = dict.fromkeys(_words(sheet, row, column) for row in range(head) for column in range(sheet.width))
    title = " ".join(part for part in (sheet.name, *over) if part)
    columns, first = _columns(sheet, head)
    table = Table(title[:200], field_named(title))
    if "content" not in {role for role, _ in columns.values()}:
        table.refused.append(Trouble(_cell(sheet, head, 0), f"表头里没有“{COLUMNS['content']}”一栏。"))
        return table
    seen: dict[str, str] = {}
    for row in range(first, height):
        if len(table.lines) >= MOST_LINES:
            table.refused.append(Trouble(_cell(sheet, row, 0), f"一张表最多读{MOST_LINES}行，以下没有读。"))
            break
        _line(table, sheet, columns, row, seen)
    return table


def _columns(sheet: Sheet, head: int) -> tuple[dict[int, tuple[str, str]], int]:
    """For each column what it means and the words of its second head; and the row in which the lines begin."""
    own = [c for c in range(sheet.width) if sheet.merged.get((head + 1, c), (head + 1, c))[0] == head + 1]
    subs = {c: "".join(_words(sheet, head + 1, c).split()) for c in own if head + 1 < len(sheet.rows)}
    wide = any(sheet.merged.get((head, c), (head, c))[1] != c for c in range(sheet.width))
    levels = any(words.startswith(("一级", "二级")) for words in subs.values())
    two = (wide or levels) and any(_SUB.match(words) for words in subs.values())
    found: dict[int, tuple[str, str]] = {}
    for column in range(sheet.width):
        sub = subs.get(column, "") if two else ""
        role = _role(sub) if sub.startswith(("一级", "二级")) else ""
        role = role or _role(_words(sheet, head, column)) or _role(sub)
        if role:
            found[column] = (role, sub)
    return found, head + 2 if two else head + 1


def _line(table: Table, sheet: Sheet, columns: dict[int, tuple[str, str]], row: int, seen: dict[str, str]) -> None:
    said: dict[str, list[str]] = {}
    for column, (role, sub) in columns.items():
        words = _words(sheet, row, column)
        if sub and role in ("audience", "manner", "level") and _TICK.match(words):
            words = sub
        if words and words not in said.setdefault(role, []):
            said[role].append(words)
    if not any(said.get(role) for role in ("first", "second", "content")):
        return
    at = {role: next(c for c, (r, _) in columns.items() if r == role) for role, _ in columns.values()}
    where = {role: _cell(sheet, row, column) for role, column in at.items()}
    if _heads_again(said):
        return
    line = Line(**{role: "、".join(said.get(role, [])) for role in COLUMNS})
    if trouble := _trouble(line, where):
        table.refused.append(trouble)
        return
    key = line.key(table.field)
    if key in seen:
        table.refused.append(Trouble(where["content"], f"与{seen[key]}的事项和要素相同，没有重复收入。"))
        return
    seen[key] = where["content"]
    table.lines.append(line)
    for role in ("limit", "duty"):
        if not getattr(line, role):
            table.remarks.append(Trouble(where.get(role, where["content"]), f"没有写明{COLUMNS[role]}。"))


def _clean(text: str) -> str:
    return "\n".join(part for each in text.splitlines() if (part := " ".join(each.split())))


def _heads_again(said: dict[str, list[str]]) -> bool:
    """Whether a line is the head once more, as on each page of a long table."""
    return any(
        _role(words) == role for role in ("content", "limit", "duty") for words in said.get(role, []) if len(words) < 12
    )


def _trouble(line: Line, where: dict[str, str]) -> Trouble | None:
    if not line.item:
        return Trouble(where.get("second", where.get("first", where["content"])), "没有公开事项。")
    if not line.content:
        return Trouble(where["content"], "没有公开内容（要素）。")
    for role in COLUMNS:
        if len(getattr(line, role)) > MOST_WORDS:
            return Trouble(where[role], f"“{COLUMNS[role]}”超过{MOST_WORDS}字。")
    return None

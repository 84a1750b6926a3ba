"""Two reports of one organ and year laid side by side: which figures, records and words differ. Pure: no database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from gongkai.annual.forms import EDITIONS, cell, form
from gongkai.annual.narrative.facts import SECTIONS
from gongkai.web.issuing.packing import Members, written

What = Literal["came", "went", "changed", "moved"]
WHATS: dict[What, str] = {
    "came": "新计入",
    "went": "不再计入",
    "changed": "记录有变动",
    "moved": "计入的格变了",
}
HEAD: dict[str, str] = {"organ": "机关名称", "edition": "报告格式", "scope": "统计范围"}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that is not the same: what stood there and what stands there now, None for blank, with why it is."""

    address: str
    label: str
    before: str | None
    now: str | None
    why: str = ""
    came: int = 0
    went: int = 0


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that counts otherwise, or was itself changed. `version`: as it is now."""

    kind: str
    key: str
    number: str
    what: What
    before: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    version: str = ""

    @property
    def words(self) -> str:
        """What happened to it."""
        return WHATS[self.what]


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph on both sides; empty where the side has none. `same` when nothing differs."""

    before: str
    now: str

    @property
    def same(self) -> bool:
        """Whether both sides say the same."""
        return self.before == self.now


@dataclass(frozen=True, slots=True)
class TextChange:
    """A part of the words that differs, paragraph by paragraph."""

    section: str
    lines: tuple[Lines, ...]

    @property
    def words(self) -> str:
        """What the part is called."""
        return SECTIONS.get(self.section, HEAD.get(self.section, self.section))


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything in which a report differs from an earlier one."""

    cells: tuple[CellChange, ...] = ()
    records: tuple[RecordChange, ...] = ()
    texts: tuple[TextChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.cells or self.records or self.texts)

    @property
    def stamp(self) -> str:
        """A fingerprint of the differences; empty where there are none."""
        if not self:
            return ""
        told = [
            [[c.address, c.before, c.now] for c in self.cells],
            [[r.kind, r.key, r.what, r.now, r.version] for r in self.records],
            [[t.section, [[x.before, x.now] for x in t.lines]] for t in self.texts],
        ]
        return hashlib.sha256(written(told)).hexdigest()


def differences(
    before: tuple[bytes, Members], now: tuple[bytes, Members], *, reasons: dict[str, str] | None = None
) -> Differences:
    """What a report (its public bytes and its membership) says otherwise than an earlier one.

    `reasons` says of a cell why it is blank or what is to be known beside it now.
    """
    one, other = json.loads(before[0]), json.loads(now[0])
    return Differences(
        tuple(_cells(one, other, before[1], now[1], reasons or {})),
        tuple(_records(before[1], now[1])),
        tuple(_texts(one, other)),
    )


def label_of(address: str) -> str:
    """A cell as a person names it; the address itself where no form has it."""
    try:
        return cell(address).label
    except KeyError:
        return address


def _order(addresses: set[str]) -> list[str]:
    known = {address: n for n, address in enumerate(a for e in reversed(EDITIONS) for a in form(e).addresses)}
    return sorted(addresses, key=lambda address: (known.get(address, len(known)), address))


def _value(report: dict[str, Any], address: str) -> str | None:
    found = report["cells"].get(address)
    return str(found["text"]) if found else None


def _cells(
    one: dict[str, Any], other: dict[str, Any], before: Members, now: Members, reasons: dict[str, str]
) -> list[CellChange]:
    found = []
    for address in _order({*one["cells"], *other["cells"]}):
        old, new = _value(one, address), _value(other, address)
        if old == new:
            continue
        had = {row[:2] for row in before.get(address, ())}
        has = {row[:2] for row in now.get(address, ())}
        why = reasons.get(address, "")
        found.append(CellChange(address, label_of(address), old, new, why, len(has - had), len(had - has)))
    return found


def _placed(members: Members) -> dict[tuple[str, str], tuple[str, str, tuple[str, ...]]]:
    cells: dict[tuple[str, str], list[str]] = {}
    told: dict[tuple[str, str], tuple[str, str]] = {}
    for address, rows in members.items():
        for kind, key, version, number in rows:
            cells.setdefault((kind, key), []).append(address)
            told[kind, key] = (version, number)
    return {record: (*told[record], tuple(found)) for record, found in cells.items()}


def _records(before: Members, now: Members) -> list[RecordChange]:
    had, has = _placed(before), _placed(now)
    found = []
    for record in sorted({*had, *has}):
        old, new = had.get(record), has.get(record)
        what: What | None = None
        if old is None:
            what = "came"
        elif new is None:
            what = "went"
        elif old[2] != new[2]:
            what = "moved"
        elif old[0] != new[0]:
            what = "changed"
        if what is not None:
            number = (new or old or ("", "", ()))[1]
            where = old[2] if old else (), new[2] if new else ()
            found.append(RecordChange(*record, number, what, *where, new[0] if new else ""))
    return found


def _texts(one: dict[str, Any], other: dict[str, Any]) -> list[TextChange]:
    found = [
        TextChange(key, (Lines(str(one.get(key) or ""), str(other.get(key) or "")),))
        for key in HEAD
        if (one.get(key) or "") != (other.get(key) or "")
    ]
    for section in SECTIONS:
        old, new = _words(one, section), _words(other, section)
        if old != new:
            found.append(TextChange(section, tuple(side_by_side(old, new))))
    return found


def _words(report: dict[str, Any], section: str) -> str:
    said = report.get("preface") if section == "preface" else report["sections"].get(section)
    return str((said or {}).get("text", ""))


def side_by_side(before: str, now: str) -> list[Lines]:
    """Two texts paragraph by paragraph, those that differ beside each other."""
    old, new = before.split("\n"), now.split("\n")
    found: list[Lines] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = old[a:b], new[c:d]
        if tag != "equal":
            length = max(len(left), len(right))
            left, right = left + [""] * (length - len(left)), right + [""] * (length - len(right))
        found += [Lines(x, y) for x, y in zip(left, right, strict=True)]
    return found

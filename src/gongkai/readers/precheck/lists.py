"""The office's own lists: leaders, places, words, its own lines of contact; and the list that comes with the system.

A list is a TXT, TOML or XLSX file (docs/how-to/precheck.md). TXT has sections in square brackets, one entry a line;
TOML the same as tables; XLSX a sheet for each section with a row of heads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongkai.readers.errors import Unreadable

MOST_ENTRIES = 20_000
"""Entries of one section over all lists."""

LONGEST_ENTRY = 60
FOLDER = "precheck"
"""Where in the data folder the lists lie."""


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader as the office names them. The order of the list is the order in which they are named."""

    name: str
    titles: tuple[str, ...] = ()
    former: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word to be pointed out: misspelt when `instead` is given, sensitive otherwise; not where it stands in `but`."""

    word: str
    instead: str = ""
    note: str = ""
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything a file is compared with."""

    leaders: tuple[Leader, ...] = ()
    places: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    contacts: tuple[str, ...] = ()
    """The office's own numbers and addresses, which are nobody's in person."""

    def __or__(self, other: Lists) -> Lists:
        """Both; an entry of `other` about the same word or leader stands in place of the earlier one."""
        words = {word.word: word for word in (*self.words, *other.words)}
        leaders = {leader.name: leader for leader in (*self.leaders, *other.leaders)}
        return Lists(
            tuple(leaders.values()),
            tuple(dict.fromkeys((*self.places, *other.places))),
            tuple(words.values()),
            tuple(dict.fromkeys((*self.contacts, *other.contacts))),
        )

    @staticmethod
    @cache
    def shipped() -> Lists:
        """The common misspellings of official Chinese that come with the system."""
        raw = files("gongkai.readers.precheck").joinpath("misspelt.toml").read_text("utf-8")
        return _of_tables(tomllib.loads(raw), "misspelt.toml")

    @classmethod
    def of_folder(cls, folder: Path) -> tuple[Lists, tuple[str, ...]]:
        """The shipped list and all lists of a folder, in the order of their names; and what was not understood."""
        lists, troubles = cls.shipped(), []
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix.lower() not in (".txt", ".toml", ".xlsx") or path.name.startswith((".", "~$")):
                continue
            try:
                lists |= read_lists(path)
            except Unreadable as error:
                troubles.append(f"名单“{path.name}”没有用上：{error.message}{error.advice}")
        return lists, tuple(troubles)


SECTIONS = {"领导": "leaders", "地名": "places", "错别字": "misspelt", "敏感词": "sensitive", "联系方式": "contacts"}
_HEADS = {
    "leaders": ("姓名", "职务", "状态"),
    "places": ("地名",),
    "misspelt": ("错误", "正确", "例外"),
    "sensitive": ("词", "说明", "例外"),
    "contacts": ("联系方式",),
}
_ARROW = re.compile(r"\s*(?:=>|->|→|⇒|\t)\s*")
_BLANKS = re.compile(r"[\s　]+")
_FORMER = re.compile(r"[\s　]*[（(]离任[）)]$|(?:^|[\s　]+)离任$")


def read_lists(path: Path) -> Lists:
    """The lists in one file. `Unreadable` says what is wrong with it."""
    from gongkai.readers.border import read_limited

    return parse_lists(path.name, read_limited(path))


def parse_lists(name: str, data: bytes) -> Lists:
    """The lists in the bytes of one file. `Unreadable` says what is wrong with it."""
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx" or data.startswith(b"PK\x03\x04"):
        return _of_sheets(data, name)
    from gongkai.readers.formats import textfile

    text = textfile.decode(data)
    if ending == "toml":
        try:
            return _of_tables(tomllib.loads(text), name)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line = re.search(r"line (\d+)", str(error))
            raise _wrong(name, f"第{line[1]}行" if line else "") from error
    return _of_lines(text, name)


def _wrong(name: str, where: str = "", why: str = "写法不对") -> Unreadable:
    return Unreadable("bad_list", f"名单“{name}”{where}{why}。", "请对照手册“公开前检查”中的例子改正。")


# ---- the three ways of writing ------------------------------------------------------------------------------------


def _of_lines(text: str, name: str) -> Lists:
    rows: dict[str, list[list[str]]] = {}
    section = ""
    for number, raw in enumerate(text.replace("\r", "\n").split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line[0] in "[【" and line[-1] in "]】":
            section = SECTIONS.get(line[1:-1].strip(), "")
            if not section:
                raise _wrong(name, f"第{number}行", f"的“{line[:20]}”不是名单的种类（应为：{'、'.join(SECTIONS)}）")
            continue
        cells = _ARROW.split(line)
        kind = section or ("misspelt" if len(cells) > 1 else "sensitive")
        if kind == "leaders":
            cells = _leader_cells(cells)
            if not cells[0]:
                raise _wrong(name, f"第{number}行", "没有写姓名")
        rows.setdefault(kind, []).append(cells)
    return _of_rows(rows, name)


def _leader_cells(cells: list[str]) -> list[str]:
    """A line of leaders is a title, a blank and the name, as an office writes it; or the name with a tab behind."""
    if len(cells) > 1:
        return cells
    serving = _FORMER.sub("", cells[0])
    *titles, who = _BLANKS.split(serving)
    return [who, "、".join(titles), "" if serving == cells[0] else "离任"]


def _of_tables(data: Mapping[str, Any], name: str) -> Lists:
    def joined(value: Any) -> str:
        if not isinstance(value, str | list):
            raise _wrong(name)
        return value if isinstance(value, str) else "、".join(map(str, value))

    def words(entry: Any) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        if not isinstance(entry, dict):
            raise _wrong(name)
        but = joined(entry.get("but") or entry.get("except") or "")
        second = joined(entry.get("instead") or entry.get("note") or entry.get("titles") or "")
        first = str(entry.get("word") or entry.get("name") or entry.get("value") or "")
        return [first, second, but or ("离任" if entry.get("former") else "")]

    rows: dict[str, list[list[str]]] = {}
    for key, entries in data.items():
        kind = SECTIONS.get(key, key)
        if kind not in _HEADS:
            raise _wrong(name, "", f"的“{key}”不是名单的种类（应为：{'、'.join(SECTIONS)}）")
        if isinstance(entries, dict):
            entries = [{"word": w, "instead": i} for w, i in entries.items()]  # noqa: PLW2901 - one shape for both
        if not isinstance(entries, list):
            raise _wrong(name)
        rows[kind] = [words(entry) for entry in entries]
    return _of_rows(rows, name)


def _of_sheets(data: bytes, name: str) -> Lists:
    rows: dict[str, list[list[str]]] = {}
    for lines, tabular in _sheets(data, name):
        heads = [{column: _BLANKS.sub("", text) for column, text in line.items()} for line in lines]
        met = ((at, kind) for at, head in enumerate(heads) for kind in _HEADS if _HEADS[kind][0] in head.values())
        at, kind = next(met, (0, ""))
        if kind:
            places = [next((c for c, text in heads[at].items() if text == each), None) for each in _HEADS[kind]]
            entries = [["" if place is None else line.get(place, "") for place in places] for line in lines[at + 1 :]]
            rows.setdefault(kind, []).extend(entries)
        elif tabular:
            raise _wrong(name, "", f"的表头认不出来（第一列应为：{'、'.join(h[0] for h in _HEADS.values())}）")
    if not any(rows.values()):
        raise _wrong(name, "", "中没有写有内容的名单")
    return _of_rows(rows, name)


def _sheets(data: bytes, name: str) -> Iterator[tuple[list[dict[int, str]], bool]]:
    """The rows of each sheet or table by their columns, and whether they are more than lines of words.

    A blank row parts no list, nor does a long entry; a list of one column is lines of words to the readers.
    """
    from gongkai.readers.border import open_content
    from gongkai.readers.content import Grid, GridCell
    from gongkai.readers.formats.xlsx import reference

    tables: dict[str, dict[int, dict[int, str]]] = {}
    grids = set()
    for number, block in enumerate(open_content(data, name).blocks):
        cells = block.cells if isinstance(block, Grid) else [GridCell(block.text, 0, 0, at=block.at)]
        for cell in (cell for cell in cells if cell.text.strip()):
            sheet, _, written = (cell.at.dom or "").rpartition("!")
            line, column = reference(written) or (cell.row, cell.col)
            tables.setdefault(sheet or str(number), {}).setdefault(line, {})[column] = cell.text.strip()
            grids |= {sheet or str(number)} if isinstance(block, Grid) else set()
    for key, table in tables.items():
        yield [table[line] for line in sorted(table)], key in grids


def _of_rows(rows: Mapping[str, Iterable[list[str]]], name: str) -> Lists:
    found = {kind: list(_kept(entries, name)) for kind, entries in rows.items()}
    misspelt = [Word(w, i, but=_parts(b)) for w, i, b in found.get("misspelt", ()) if w != i]
    sensitive = [Word(w, note=n, but=_parts(b)) for w, n, b in found.get("sensitive", ())]
    if any(not word.instead for word in misspelt):
        bare = next(word.word for word in misspelt if not word.instead)
        raise _wrong(name, "", f"的错别字“{bare}”没有写正确的写法")
    leaders = [
        Leader(_BLANKS.sub("", n), _parts(t), f.strip("（）()") == "离任") for n, t, f in found.get("leaders", ())
    ]
    return Lists(
        tuple(leader for leader in leaders if len(leader.name) > 1),
        tuple(place for place, _, _ in found.get("places", ()) if len(place) > 1),
        (*misspelt, *sensitive),
        tuple(contact for contact, _, _ in found.get("contacts", ())),
    )


def _kept(entries: Iterable[list[str]], name: str) -> Iterator[tuple[str, str, str]]:
    for count, entry in enumerate(entries):
        if count >= MOST_ENTRIES:
            raise _wrong(name, "", f"超过{MOST_ENTRIES}条")
        first, second, third = (*(cell.strip() for cell in entry), "", "", "")[:3]
        if len(first) > LONGEST_ENTRY:
            raise _wrong(name, "", f"的“{first[:12]}…”太长（每条不超过{LONGEST_ENTRY}个字）")
        if first:
            yield first, second, third


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[、,，;；\s]+", text) if part)

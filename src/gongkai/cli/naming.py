"""Cells by the names people use: “三(一) 予以公开·自然人” for an address, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from gongkai.annual.forms import FormCell, all_addresses, cell, form

TABLES = {2: "表二", 3: "表三", 4: "表四"}
_NUMBERING = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．、])")
_REMARK = re.compile(r"（[^（）]*）$")
_SIGN = re.compile(r"^([一二三四]\([一二三四五六七]\)\d?)")
_FOLD = str.maketrans("（）．，：；·、/|\u3000", "().,:;     ")


def short(label: str) -> str:
    """A label without its number before and its remark behind."""
    return _REMARK.sub("", _NUMBERING.sub("", label)) or label


def row_name(found: FormCell) -> str:
    """The row of a cell: its sign in relations and its words, groups before it in table 四."""
    words = short(found.row.label)
    if found.table == 3:
        return f"{found.row.sign} {words}".strip()
    return "·".join((*found.row.groups, words))


def name(address: str) -> str:
    """A cell as a person names it; the address itself where the form does not have it."""
    try:
        found = cell(address)
    except KeyError:
        return address
    return f"{row_name(found)}·{short(found.column.label)}"


def names(addresses: Sequence[str], limit: int = 4) -> str:
    """Several cells, whole rows as rows, at most `limit` of them by name."""
    rows: dict[tuple[int, str], list[str]] = {}
    for address in addresses:
        found = cell(address)
        rows.setdefault((found.table, found.row.key), []).append(address)
    words: list[str] = []
    for group in rows.values():
        found = cell(group[0])
        whole = len(group) > 1 and len(group) >= _columns_of(found)
        words += [f"{row_name(found)}（整行）"] if whole else [name(a) for a in group]
    shown = "、".join(words[:limit])
    return shown if len(words) <= limit else f"{shown} 等"


def _columns_of(found: FormCell) -> int:
    newest = form("2021")
    sizes = {3: len(newest.columns), 4: len(newest.results)}
    if found.table in sizes:
        return sizes[found.table]
    prefix = found.address.rsplit(".", 1)[0] + "."
    return sum(a.startswith(prefix) for a in all_addresses())


def resolve(words: str, addresses: Iterable[str]) -> list[str]:
    """The addresses that an address or pieces of labels (“三(一) 自然人”) can mean, in the order of the form."""
    known = list(addresses)
    asked = words.strip()
    if asked in known or asked in all_addresses():
        return [asked]
    pieces = _SIGN.sub(r"\1 ", asked.translate(_FOLD)).split()
    glued = "".join(pieces)
    if not glued:
        return []
    named = [a for a in known if _glued(a) == glued]
    if named:
        return named
    found = known
    for piece in pieces:
        exact = [a for a in found if piece in _exact(a)]
        found = exact or [a for a in found if any(piece in word for word in _loose(a))]
    if not found:
        found = [a for a in known if glued in "".join(_loose(a)) or glued in _glued(a)]
    return found


@cache
def _exact(address: str) -> frozenset[str]:
    found = cell(address)
    labels = (found.row.label, found.column.label, *found.row.groups)
    words = [found.row.sign, found.row.key, found.column.key, TABLES[found.table]]
    words += [word for label in labels for word in (label, short(label))]
    return frozenset(w.translate(_FOLD).replace(" ", "") for w in words)


@cache
def _loose(address: str) -> tuple[str, ...]:
    found = cell(address)
    words = (*found.row.groups, found.row.sign, found.row.label, found.column.group or "", found.column.label, address)
    return tuple(w.translate(_FOLD).replace(" ", "") for w in words)


@cache
def _glued(address: str) -> str:
    return name(address).translate(_FOLD).replace(" ", "")

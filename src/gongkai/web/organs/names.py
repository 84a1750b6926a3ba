"""When are two names of an organ the same organ? Exact, then normalised, then likeness that a person must confirm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from rapidfuzz import fuzz

Way = Literal["exact", "normalised", "likeness"]
Key = TypeVar("Key")

LIKE_ENOUGH = 80.0
"""Percent of likeness from which a name is offered for confirmation. It never decides alone."""

_SPACES = re.compile(r"[\s\u3000·•]+")
_TOWNSHIP = re.compile(r"(镇|乡|街道)(人民政府|政府|办事处)$")
_TOWNSHIP_NAME = re.compile(r"(镇|乡|街道|街道办事处|镇人民政府|乡人民政府)$")


def normal_name(name: str, county: str = "") -> str:
    """A name without spaces, county, and the words that offices add or leave out (人民政府, 办事处).

    >>> normal_name("青河市 云岭县石桥镇人民政府", "云岭县")
    '石桥镇'
    >>> normal_name("县政府办公室", "云岭县") == normal_name("云岭县人民政府办公室", "云岭县")
    True
    """
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", name))
    if county and county in plain:
        rest = plain[plain.index(county) + len(county) :]
        plain = rest or plain
    elif county and plain.startswith(county[-1]) and len(plain) > 3:
        plain = plain[1:]
    plain = plain.replace("人民政府", "政府")
    plain = _TOWNSHIP.sub(r"\1", plain)
    return re.sub(r"政府办$", "政府办公室", plain)


@dataclass(frozen=True, slots=True)
class Match:
    """The organ that a name means, and how that is known. `likeness` is no match until a person says so."""

    key: object
    way: Way
    percent: float


def match(name: str, organs: Mapping[Key, str], county: str = "") -> Match | None:
    """The organ of `organs` (key → name) that `name` means; None when none is near or two are equally near."""
    for key, known in organs.items():
        if known == name:
            return Match(key, "exact", 100.0)
    wanted = normal_name(name, county)
    if not wanted:
        return None
    plain = {key: normal_name(known, county) for key, known in organs.items()}
    same = [key for key, known in plain.items() if known == wanted]
    if len(same) == 1:
        return Match(same[0], "normalised", 100.0)
    if same:
        return None
    near = sorted(((fuzz.ratio(wanted, known), key) for key, known in plain.items()), key=lambda p: -p[0])
    if not near or near[0][0] < LIKE_ENOUGH or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return Match(near[0][1], "likeness", near[0][0])


def guessed_kind(name: str) -> str:
    """The kind of organ that its name tells, for a list that does not say it; empty when the name does not tell."""
    if _TOWNSHIP_NAME.search(name):
        return "乡镇（街道）"
    if name.endswith(("局", "委员会", "办公室", "中心", "队", "处", "委", "办")):
        return "县级部门"
    return ""


_FORM_WORDS = (
    ("subdistrict", re.compile(r"街道(?:办事处)?$")),
    ("township", re.compile(r"(?:镇|乡)(?:人民政府|政府)?$")),
    ("county_government", re.compile(r"(?:县|市|区|旗)(?:人民政府|政府)$")),
    ("vertical", re.compile(r"税务局|海关|气象局|烟草专卖局|邮政管理局|消防救援|统计局调查队|金融监管")),
    ("department", re.compile(r"(?:局|委员会|办公室|委|办|室|会)$")),
)


def guessed_form(name: str, kind: str = "") -> str:
    """What an organ is in law, as far as its name tells; empty when it does not. A person confirms it.

    >>> [guessed_form(n) for n in ("云岭县石桥镇人民政府", "云岭县云岭街道办事处", "云岭县人民政府", "云岭县教育局", "云岭县档案馆")]
    ['township', 'subdistrict', 'county_government', 'department', '']
    """
    plain = _SPACES.sub("", name)
    found = next((form for form, words in _FORM_WORDS if words.search(plain)), "")
    return found or ("department" if kind == "县级部门" else "")


def organ_lines(text: str) -> list[tuple[str, str]]:
    """(name, kind) of each line of a pasted list; the kind stands after a tab, comma or 、 and may be left out.

    Numbers before a name and a head line 机关名称 are dropped; a name comes once.
    """
    return organ_rows(re.split(r"[\t,，|]", line) for line in text.splitlines())


def organ_rows(rows: Iterable[Iterable[object]]) -> list[tuple[str, str]]:
    """(name, kind) of each row of a sheet, as `organ_lines` reads lines. A column of numbers before the name is left."""
    found: dict[str, str] = {}
    for row in rows:
        cells = [str(value).strip() for value in row if value is not None and str(value).strip()]
        cells = [c for c in cells if not re.fullmatch(r"[\d.、()（）]+", c)]
        if not cells:
            continue
        name = re.sub(r"^[（(]?\d+[)）.、．]?\s*", "", _SPACES.sub("", cells[0]))
        if not name or name in ("机关名称", "单位名称", "名称", "机关", "单位", "序号") or len(name) > 60:
            continue
        kind = cells[1][:20] if len(cells) > 1 else guessed_kind(name)
        found.setdefault(name, kind)
    return list(found.items())

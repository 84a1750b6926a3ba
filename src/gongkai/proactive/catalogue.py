"""The catalogue as data: kinds of entries, their metadata and its checks, themes, and the columns to begin with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.citations import OUR_RULE, REGULATIONS, Citation, short_basis
from gongkai.proactive.items import items

Need = Literal["must", "conditional", "optional", "system"]
NEEDS: dict[Need, str] = {"must": "必备", "conditional": "有条件必备", "optional": "选填", "system": "系统填写"}
LONG = "long"
"""What stands in place of a last day where a document holds until further notice."""

Values = Mapping[str, str | tuple[str, ...]]
"""Metadata by key: words, days as 2026-11-22, or several keys (items, columns)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: whether it is a numbered document, normative, a policy to be interpreted, public for a period."""

    key: str
    zh: str
    document: bool = False
    normative: bool = False
    policy: bool = False
    period: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the metadata; `when` names the trait of the kind that makes a conditional one needed."""

    key: str
    zh: str
    need: Need
    tag: str
    when: str = ""
    check: str = ""
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)

    def needed_for(self, kind: Kind) -> bool:
        """Whether a person must fill it in for an entry of this kind."""
        return self.need == "must" or (self.need == "conditional" and bool(getattr(kind, self.when)))


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the national classification with those under it."""

    key: str
    zh: str
    under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the portal. `board`: one of the four at the top."""

    key: str
    zh: str
    parent: str = ""
    board: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What the metadata lacks or gets wrong, as a sentence for who drafts."""

    key: str
    says: str
    basis: str = OUR_RULE


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of entries by key."""
    return {entry["key"]: Kind(**entry) for entry in _data("catalogue.toml")["kind"]}


def _element(entry: dict[str, Any]) -> Element:
    cites = entry.get("cites")
    return Element(**{**entry, "cites": Citation(REGULATIONS, cites["article"], cites["quotation"]) if cites else None})


@cache
def elements() -> dict[str, Element]:
    """The elements of the metadata by key, in the order in which a form asks for them."""
    return {entry["key"]: _element(entry) for entry in _data("catalogue.toml")["element"]}


@cache
def themes() -> dict[str, Theme]:
    """The national themes by key."""
    return {e["key"]: Theme(e["key"], e["zh"], tuple(e["under"])) for e in _data("themes.toml")["theme"]}


@cache
def columns() -> dict[str, Column]:
    """The columns to begin with: the four boards, a column for each item of the law, and the usual further ones."""
    given = [Column(**entry) for entry in _data("catalogue.toml")["column"]]
    by_item = [Column(f"item.{item.key}", item.name, "statutory") for item in items().values()]
    return {column.key: column for column in (*given, *by_item)}


def theme_words(key: str) -> str:
    """A theme as written: 04 or 04/税务 → 财政、金融、审计/税务; the key itself where it is not known."""
    first, _, under = key.partition("/")
    known = themes().get(first)
    return "/".join(part for part in (known.zh if known else first, under) if part)


# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）()]{1,20}\s*[〔\[［(（【]\s*(?:19|20)\d{2}\s*[〕\]］)）】]\s*第?\d{1,5}号"
)
_ORDER = re.compile(r"第\s*[\d一二三四五六七八九十百零〇]{1,6}\s*号(?:令|公告)?|[\u4e00-\u9fff]{2,20}令第\d{1,5}号")
_TITLE = _NAME = 200
_WORDS = 2000


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _title(value: str | tuple[str, ...]) -> str:
    says = _text(value)
    if len(says) > _TITLE:
        return f"名称最多{_TITLE}字。"
    return "名称只写一行。" if "\n" in says else ""


def _name(value: str | tuple[str, ...]) -> str:
    return f"最多{_NAME}字。" if len(_text(value)) > _NAME else ""


def _words(value: str | tuple[str, ...]) -> str:
    return f"最多{_WORDS}字。" if len(_text(value)) > _WORDS else ""


def _theme(value: str | tuple[str, ...]) -> str:
    first, _, under = _text(value).partition("/")
    known = themes().get(first)
    if known is None or (under and under not in known.under):
        return "请从主题分类中选择。"
    return ""


def _items(value: str | tuple[str, ...]) -> str:
    keys = (value,) if isinstance(value, str) else value
    unknown = [key for key in keys if key not in items()]
    return f"没有“{unknown[0]}”这一法定事项，请重新选择。" if unknown else ""


def _document_number(value: str | tuple[str, ...]) -> str:
    says = _text(value).strip()
    if _NUMBER.fullmatch(says) or _ORDER.fullmatch(says):
        return ""
    return "发文字号应当像“云政发〔2026〕12号”，请核对年份的括号和序号。"


def _day(value: str | tuple[str, ...]) -> str:
    return "" if _is_day(_text(value)) else "日期应当像2026-03-02。"


def _day_or_long(value: str | tuple[str, ...]) -> str:
    return "" if _text(value) == LONG else _day(value)


INTERPRETATION_FORMS: dict[str, str] = {
    "text": "文字解读",
    "picture": "图解",
    "video": "视频、音频解读",
    "press": "新闻发布会、访谈",
}
"""In which forms a policy is interpreted."""


def _interpretation_form(value: str | tuple[str, ...]) -> str:
    keys = (value,) if isinstance(value, str) else value
    return "" if all(key in INTERPRETATION_FORMS for key in keys) else "请从所列的解读形式中选择。"


_CHECKS: dict[str, Callable[[str | tuple[str, ...]], str]] = {
    "": lambda _: "",
    "title": _title,
    "name": _name,
    "words": _words,
    "theme": _theme,
    "items": _items,
    "document_number": _document_number,
    "day": _day,
    "day_or_long": _day_or_long,
    "interpretation_form": _interpretation_form,
}


def faults(kind: str, values: Values) -> tuple[Fault, ...]:
    """What the metadata of an entry lacks or gets wrong; elements that the system fills in are not asked for."""
    of = kinds().get(kind)
    if of is None:
        return (Fault("kind", "请选择条目的种类。"),)
    found = []
    for element in elements().values():
        if element.need == "system":
            continue
        value = values.get(element.key, "")
        filled = bool(value.strip() if isinstance(value, str) else value)
        if not filled:
            if element.needed_for(of):
                found.append(Fault(element.key, f"没有填写“{element.zh}”。", element.basis))
            continue
        if wrong := _CHECKS[element.check](value):
            found.append(Fault(element.key, f"“{element.zh}”：{wrong}", element.basis))
    return (*found, *_in_order(values))


def _in_order(values: Values) -> tuple[Fault, ...]:
    """That the days of an entry follow each other."""
    days = {key: _text(values.get(key, "")) for key in ("written_on", "effective_on", "expires_on", "public_until")}
    known = {key: date.fromisoformat(value) for key, value in days.items() if _is_day(value)}
    found = []
    for first, then in (("effective_on", "expires_on"), ("written_on", "expires_on"), ("written_on", "public_until")):
        if first in known and then in known and known[then] < known[first]:
            names = elements()
            found.append(Fault(then, f"“{names[then].zh}”早于“{names[first].zh}”，请核对。"))
    return tuple(found[:1])


def citations() -> tuple[Citation, ...]:
    """Every provision quoted here."""
    return tuple(dict.fromkeys(e.cites for e in elements().values() if e.cites))

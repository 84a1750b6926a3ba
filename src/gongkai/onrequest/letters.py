"""The documents of an application: when to use each, what it must hold, its words composed from fields.

The wording is our own and cites only provisions that were read. A letter that lacks a mandatory element is composed all
the same, with the gap marked and named, so that a draft can be looked at; it must not be signed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

from gongkai.onrequest.decisions import Decision, decision
from gongkai.onrequest.events import Kind
from gongkai.onrequest.remedies import (
    NOTHING_SET,
    OrganSetting,
    RemedySettings,
    neutral_text,
    text_of,
    who_reconsiders,
)

RemedyKind = Literal["decision", "neutral", "optional", "none"]
Value = str | int | date | tuple[str, ...]

_REPLY_NEEDS = ("receiver", "you", "application_number", "received_on", "content", "manner", "contact")
_PIECES = ("opening", "trail", "closing")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with named fields; `only_if` names the field without which it is left out."""

    text: str
    only_if: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields its words name."""
        return tuple(dict.fromkeys(name for _, name, __, ___ in Formatter().parse(self.text) if name))


@dataclass(frozen=True, slots=True)
class LetterType:
    """A kind of document. `series` is its word in numbers, empty for a sheet that bears none."""

    key: str
    zh: str
    kind: Literal["letter", "sheet"]
    series: str
    use: str
    needs: tuple[str, ...]
    remedy: RemedyKind
    reply: bool = False
    approval: bool = False
    seal: bool = False
    event: Kind | None = None
    cites: tuple[str, ...] = ()
    body: tuple[Paragraph, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Mandatory fields first, then those that may be filled."""
        named = (name for paragraph in self.body for name in (*paragraph.fields, paragraph.only_if) if name)
        return tuple(dict.fromkeys((*self.needs, *named)))


@dataclass(frozen=True, slots=True)
class Letter:
    """A document as composed. `missing` names the mandatory elements that have no value yet."""

    key: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    remedy: tuple[str, ...] = ()
    number: str = ""
    signer: str = ""
    dated_on: date | None = None
    contact: str = ""
    missing: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = field(default=())
    """For a sheet: its columns with what stands in them."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("letters.toml").read_text("utf-8"))


@cache
def field_names() -> dict[str, str]:
    """Every field by its key, as a person reads it."""
    return dict(_data()["field"])


def _paragraph(entry: str | dict[str, str]) -> Paragraph:
    text, only_if = (entry, "") if isinstance(entry, str) else (entry["text"], entry["if"])
    for piece in _PIECES:
        text = text.replace(f"{{{piece}}}", _data()[piece])
    return Paragraph(text, only_if)


def _letter_type(entry: dict[str, Any]) -> LetterType:
    reply = entry.get("reply", False)
    return LetterType(
        **{
            **entry,
            "kind": entry.get("kind", "letter"),
            "needs": (*(_REPLY_NEEDS if reply else ()), *entry["needs"]),
            "approval": reply or entry.get("approval", False),
            "seal": reply or entry.get("seal", False),
            "event": Kind.DECIDED if reply else Kind(entry["event"]) if "event" in entry else None,
            "cites": tuple(entry["cites"]),
            "body": tuple(_paragraph(p) for p in entry.get("body", ())),
        }
    )


@cache
def letter_types() -> dict[str, LetterType]:
    """Every kind of document by its key."""
    return {entry["key"]: _letter_type(entry) for entry in _data()["letter"]}


def letter_type(key: str) -> LetterType:
    """The kind of document of a key. KeyError for any other."""
    found = letter_types().get(key)
    if found is None:
        raise KeyError(f"没有“{key}”这种文书")
    return found


def accompanying(kind: Kind) -> tuple[LetterType, ...]:
    """The documents that go with a fact."""
    return tuple(t for t in letter_types().values() if t.event is kind)


def document_number(organ_word: str, series_word: str, year: int, number: int) -> str:
    """机关代字、类别字、年份、序号: no 第, no leading zeros, six-cornered brackets.

    >>> document_number("青水", "公复", 2025, 7)
    '青水公复〔2025〕7号'
    """
    if number < 1:
        raise ValueError(f"文号的序号从1起，不能是{number}（本系统规则）")
    return f"{organ_word}{series_word}〔{year}〕{number}号"


def series_word(key: str, own: Mapping[str, str] | None = None) -> str:
    """The word of a document's series; an organ may have set its own, by key of the document or by our word."""
    word, own = letter_type(key).series, own or {}
    return own.get(key) or own.get(word) or word


def chinese_date(day: date) -> str:
    """2025年3月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def official(article: str) -> str:
    """An article with its item in brackets, as official letters write it: 第三十六条第（三）项."""
    return re.sub(r"第([一二三四五六七八九十]+)项", r"第（\1）项", article)


def provisions(of: Decision) -> str:
    """The provisions of a decision in words for a letter; empty where none was read."""
    laws: dict[str, list[str]] = {}
    for cites in of.cites:
        laws.setdefault(cites.law, []).append(official(cites.article))
    return "，".join(f"《中华人民共和国{law}》{'、'.join(articles)}" for law, articles in laws.items())


def _shown(value: Value) -> str:
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, tuple):
        return "；".join(_shown(v) for v in value)
    return str(value).strip().rstrip("。")


def _gap(key: str) -> str:
    return f"【待填：{field_names()[key]}】"


def missing_elements(key: str, fields: Mapping[str, Value]) -> tuple[str, ...]:
    """The mandatory fields of a document that have no value."""
    return tuple(name for name in letter_type(key).needs if not _has(fields, name))


def _has(fields: Mapping[str, Value], name: str) -> bool:
    value = fields.get(name)
    return value is not None and _shown(value) != ""


def compose(
    key: str,
    fields: Mapping[str, Value],
    *,
    remedy: tuple[str, ...] = (),
    number: str = "",
    signer: str = "",
    dated_on: date | None = None,
) -> Letter:
    """A document of a kind with its words filled in; what is mandatory and lacking is marked and named."""
    of = letter_type(key)
    unknown = [name for name in fields if name not in field_names()]
    if unknown:
        raise KeyError(f"没有这样的字段：{'、'.join(unknown)}")
    shown = {name: _shown(fields[name]) if _has(fields, name) else _gap(name) for name in field_names()}
    kept = (p for p in of.body if not p.only_if or _has(fields, p.only_if))
    receiver = shown["receiver"] if _has(fields, "receiver") or "receiver" in of.needs else ""
    return Letter(
        key=key,
        title=of.zh,
        addressee=receiver if of.kind == "letter" else "",
        paragraphs=tuple(p.text.format_map(shown) for p in kept),
        remedy=remedy,
        number=number,
        signer=signer,
        dated_on=dated_on,
        contact=shown["contact"] if _has(fields, "contact") else "",
        missing=missing_elements(key, fields),
        rows=tuple(_rows(of, fields)) if of.kind == "sheet" else (),
    )


def _rows(of: LetterType, fields: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for name in of.needs:
        yield field_names()[name], _shown(fields[name]) if _has(fields, name) else ""


def compose_reply(code: str, fields: Mapping[str, Value], **rest: Any) -> Letter:
    """The reply of a decision; its provisions are filled in unless they were written by hand."""
    of = decision(code)
    cited = provisions(of)
    filled = {"provision": cited, **fields} if cited else fields
    return compose(of.letter, filled, **rest)


def remedy_for(
    key: str,
    on: date,
    organ: OrganSetting,
    *,
    code: str = "",
    settings: RemedySettings = NOTHING_SET,
    parts: tuple[str, ...] = (),
    served_online: bool = False,
    print_optional: bool = True,
) -> tuple[str, ...]:
    """The remedy paragraphs of a document.

    A reply has those of its decision; others the neutral ones or none; `print_optional` is what the competent
    department decided for notices within the procedure.
    """
    match letter_type(key).remedy:
        case "decision":
            return text_of(code, on, organ, settings, parts=parts, served_online=served_online)
        case "neutral":
            return (neutral_text(who_reconsiders(organ, on), on),)
        case "optional" if print_optional:
            return (neutral_text(who_reconsiders(organ, on), on),)
        case _:
            return ()

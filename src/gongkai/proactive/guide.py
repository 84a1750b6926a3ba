"""政府信息公开指南: what art. 12 wants in it, what one lacks, where it no longer agrees with the organ, and its text."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gongkai.law.citations import REGULATIONS, Citation

CITES = Citation(
    REGULATIONS,
    "第十二条第二款",
    "政府信息公开指南包括政府信息的分类、编排体系、获取方式和政府信息公开工作机构的名称、办公地址、办公时间、联系电话、"
    "传真号码、互联网联系方式等内容",
)
"""What a guide holds."""
UP_TO_DATE = Citation(
    REGULATIONS, "第十二条第一款", "行政机关编制、公布的政府信息公开指南和政府信息公开目录应当及时更新"
)
NONE = "无"
"""What is written where there is no such thing, as of a fax that nobody has any more: said, and not left out."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of the guide; `long` ones are paragraphs, `of_organ` names what the list of organs says of the same."""

    key: str
    zh: str
    long: bool = False
    of_organ: Literal["", "address", "hours", "phone"] = ""


FIELDS: tuple[Field, ...] = (
    Field("classification", "政府信息的分类", long=True),
    Field("arrangement", "编排体系", long=True),
    Field("access", "获取方式", long=True),
    Field("work_body", "工作机构名称"),
    Field("address", "办公地址", of_organ="address"),
    Field("hours", "办公时间", of_organ="hours"),
    Field("phone", "联系电话", of_organ="phone"),
    Field("fax", "传真号码"),
    Field("internet", "互联网联系方式"),
)
"""The nine things that art. 12 names, in its order."""

CHANNELS: dict[str, str] = {
    "counter": "当面提交",
    "post": "邮政寄送",
    "online": "互联网在线提交",
    "email": "电子邮箱",
    "fax": "传真",
}
"""Ways in which an application is taken. The first two cannot be left out; the others hold once they are announced."""
ALWAYS = ("counter", "post")


def missing(values: Mapping[str, str]) -> tuple[Field, ...]:
    """The parts that nobody filled in; 无 is an answer."""
    return tuple(field for field in FIELDS if not values.get(field.key, "").strip())


@dataclass(frozen=True, slots=True)
class Stale:
    """A part that says something else than the list of organs does today."""

    field: Field
    said: str
    now: str

    @property
    def says(self) -> str:
        """In a sentence."""
        return f"机关名录中的{self.field.zh}是“{self.now}”，指南中仍是“{self.said}”。"


def _plain(words: str) -> str:
    return "".join(words.split())


def stale(values: Mapping[str, str], organ: Mapping[str, str]) -> tuple[Stale, ...]:
    """Where a guide no longer says what is known of the organ. What the list of organs leaves empty proves nothing."""
    found = []
    for field in FIELDS:
        now, said = organ.get(field.of_organ, "").strip(), values.get(field.key, "").strip()
        if field.of_organ and now and said and _plain(now) not in _plain(said):
            found.append(Stale(field, said, now))
    return tuple(found)


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{html.escape(line.strip())}</p>" for line in words.splitlines() if line.strip())


def text_of(values: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """The guide as a text: the long parts under their heads, ways of applying and contacts as tables.

    `channels` holds the ways that are open with how to use each. What is missing is left out, never made up.
    """
    parts = []
    for field in FIELDS:
        if field.long and values.get(field.key, "").strip():
            parts.append(f"<h2>{field.zh}</h2>{_paragraphs(values[field.key])}")
    rows = "".join(
        f'<tr><th scope="row">{words}</th><td>{html.escape(channels.get(key, "").strip()) or "可以"}</td></tr>'
        for key, words in CHANNELS.items()
        if key in channels or key in ALWAYS
    )
    parts.append(f"<h2>提出申请的渠道</h2><table><tbody>{rows}</tbody></table>")
    contacts = "".join(
        f'<tr><th scope="row">{field.zh}</th><td>{html.escape(values[field.key].strip())}</td></tr>'
        for field in FIELDS
        if not field.long and values.get(field.key, "").strip()
    )
    if contacts:
        parts.append(f"<h2>政府信息公开工作机构</h2><table><tbody>{contacts}</tbody></table>")
    return "".join(parts)


def citations() -> tuple[Citation, ...]:
    """Every provision quoted here."""
    return (CITES, UP_TO_DATE)

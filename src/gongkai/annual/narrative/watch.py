"""What is watched while people write: topics that must be there, length, and likeness to what was written elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.annual.forms import form
from gongkai.annual.narrative.facts import form_sentences
from gongkai.annual.narrative.slots import bare
from gongkai.annual.previous import STATUTORY
from gongkai.law.citations import REPORT_ON_SUPERVISION
from gongkai.text.likeness import Likeness, likeness

GOVERNMENTS = ("county_government", "township")
"""Forms of organs that are 人民政府, of whose reports art. 50 asks more."""
ALIKE = 0.5
"""From which share on a text is pointed out as alike (本系统规则)."""
FEWEST = 60
"""Fewer runs of characters than this say nothing about likeness."""
SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that a report must have. `sections` are the parts where it may stand; `basis` is what asks for it."""

    key: str
    zh: str
    pattern: str
    sections: tuple[str, ...]
    basis: str

    def stands_in(self, texts: Mapping[str, str]) -> bool:
        """Whether some part that may have it speaks of it."""
        return any(re.search(self.pattern, texts.get(section, "")) for section in self.sections)


def topics(edition: str, organ_form: str) -> tuple[Topic, ...]:
    """The topics that a report of an edition must have, for this form of organ; what it is in law may be unknown."""
    found: list[Topic] = []
    if edition == "2021":
        basis = form(edition).document_number
        found += [Topic(key, zh, pattern, ("1",), basis) for key, zh, pattern in _FIVE]
    if organ_form in GOVERNMENTS:
        basis = REPORT_ON_SUPERVISION.text
        found += [Topic(key, zh, pattern, ("1", "5"), basis) for key, zh, pattern in _OF_GOVERNMENTS]
    return tuple(found)


_FIVE = (
    ("proactive", "主动公开", "主动公开"),
    ("onrequest", "依申请公开", "依申请公开|公开申请"),
    ("management", "政府信息管理", "信息管理|规范性文件|公开审查|保密审查|发布审核|动态调整"),
    ("platform", "平台建设", "平台|网站|新媒体|公开专区"),
    ("supervision", "监督保障", "监督保障|考核|培训|督查|检查"),
)
_OF_GOVERNMENTS = (
    ("assessment", "工作考核", "考核"),
    ("appraisal", "社会评议", "评议"),
    ("accountability", "责任追究结果", "责任追究|追究责任|追责|问责|追究"),
)


def lacking(texts: Mapping[str, str], edition: str, organ_form: str) -> tuple[Topic, ...]:
    """The topics that no part speaks of. Only that words stand there is seen, not what they say."""
    return tuple(topic for topic in topics(edition, organ_form) if not topic.stands_in(texts))


def length(text: str) -> int:
    """How many characters a text has, white space left out, as a word processor counts them."""
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Alike:
    """How much of a text stands in another, with the longest stretches of the text itself, in its own words."""

    share: float
    base: int
    stretches: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(100 * self.share)

    @property
    def striking(self) -> bool:
        """Whether a person should be told of it."""
        return self.base >= FEWEST and self.share >= ALIKE


def alike(words: str, other: str, own_form: Iterable[str] = ()) -> Alike:
    """How much of a stored text stands in another one, bound numbers and sentences of the form and the law left aside.

    `own_form` are sentences that the program offered for this text beside the usual ones.
    """
    text = bare(words)
    out = (*STATUTORY, *form_sentences(), *(bare(each) for each in own_form))
    found: Likeness = likeness(text, bare(other), out)
    return Alike(found.share, found.base, tuple(text[a:b] for a, b in found.stretches[:3] if b - a >= SHORTEST))

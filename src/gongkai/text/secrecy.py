"""Classification marks (国家秘密标志) in a text: 机密★10年, 秘密★长期, 绝密★.

The mark is the word with the star behind it on the same line. The mere word 秘密 (商业秘密, 保守秘密) is ordinary language and changes nothing; a
file with a mark must not stay in a system that is not classified, whoever sent it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = r"[ \t\u00a0\u2000-\u200d\u2060\u3000\ufeff]{0,8}"
_LEVELS = {"绝": "绝密", "絕": "绝密", "机": "机密", "機": "机密", "秘": "秘密", "祕": "秘密"}
_MARK = re.compile(
    rf"(?P<level>[绝絕机機秘祕]){_GAP}密{_GAP}[★\u2b50]"
    rf"(?:{_GAP}(?P<period>长{_GAP}期|長{_GAP}期|[0-9０-９]{{1,2}}{_GAP}(?:年|个?{_GAP}月)|解密|启用|启封))?"
)
_SPACE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class ClassificationMark:
    """A mark: its level (绝密, 机密, 秘密), the period printed after the star, and its characters in the text."""

    level: str
    period: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The mark as it is usually printed: 机密★10年."""
        return f"{self.level}★{self.period}"


def classification_marks(text: str) -> tuple[ClassificationMark, ...]:
    """The classification marks of a text in order; empty when there is none."""
    return tuple(
        ClassificationMark(_LEVELS[found["level"]], _SPACE.sub("", found["period"] or ""), found.start(), found.end())
        for found in _MARK.finditer(text)
    )

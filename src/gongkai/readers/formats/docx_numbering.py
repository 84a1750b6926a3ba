"""The numbers that Word writes itself: a heading shown as `一、总体情况` holds only 总体情况 in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats.package import Package

_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_CIRCLED = 0x2460


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals; larger ones in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def counted(number: int, kind: str) -> str:
    """A number in a format of Word's (`w:numFmt`). Bullets and unknown formats give nothing."""
    if kind.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting", "ideographTraditional")):
        return chinese(number)
    if kind.startswith("decimalEnclosedCircle"):
        return chr(_CIRCLED + number - 1) if 0 < number <= 20 else str(number)
    if kind in ("decimal", "decimalFullWidth", "decimalHalfWidth", "decimalZero"):
        return str(number)
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if kind[0] == "u" else 97) + number - 1)
    return ""


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document. False where the document has none."""

    space: str
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.levels)

    @classmethod
    def of(cls, package: Package, space: str, document: bytes) -> Numbering:
        """The numbering of a package; an unreadable definition counts as none, since only decoration is lost."""
        made = cls(space)
        if "word/numbering.xml" not in package:
            return made
        styled = b"pStyle" in document and "word/styles.xml" in package
        if not styled and b"numPr" not in document:
            return made
        try:
            made._define(package.xml("word/numbering.xml"))
            if styled and made.levels:
                made._style(package.xml("word/styles.xml"))
        except Unreadable:
            return cls(space)
        return made

    def _define(self, root: etree._Element) -> None:
        w = self.space
        abstract: dict[str, dict[int, _Level]] = {}
        for definition in root.iter(w + "abstractNum"):
            abstract[definition.get(w + "abstractNumId", "")] = {
                int(level.get(w + "ilvl", "0")): self._level(level)
                for level in definition.iter(w + "lvl")
                if level.get(w + "ilvl", "").isdecimal()
            }
        for number in root.iter(w + "num"):
            key = number.get(w + "numId", "")
            target = self._value(number.find(w + "abstractNumId"))
            if target in abstract:
                self.levels[key] = abstract[target]
                # A list that restarts counts for itself, the others share the count of their definition.
                restarted = number.find(f"{w}lvlOverride/{w}startOverride") is not None
                self.shared[key] = key if restarted else f"abstract {target}"

    def _level(self, level: etree._Element) -> _Level:
        w = self.space
        start = self._value(level.find(w + "start"))
        return _Level(
            start=int(start) if start.isdecimal() and len(start) < 6 else 1,
            kind=self._value(level.find(w + "numFmt")) or "decimal",
            text=self._value(level.find(w + "lvlText")),
        )

    def _style(self, root: etree._Element) -> None:
        w = self.space
        for style in root.iter(w + "style"):
            found = self._numbered(style.find(f"{w}pPr/{w}numPr"))
            if found is not None:
                self.styles[style.get(w + "styleId", "")] = found

    def _value(self, element: etree._Element | None) -> str:
        return element.get(self.space + "val", "") if element is not None else ""

    def _numbered(self, properties: etree._Element | None) -> tuple[str, int] | None:
        if properties is None:
            return None
        level = self._value(properties.find(self.space + "ilvl"))
        return self._value(properties.find(self.space + "numId")), int(level) if level in "012345678" and level else 0

    def label(self, paragraph: etree._Element) -> str:
        """What Word writes before this paragraph; counts it."""
        w = self.space
        properties = paragraph.find(w + "pPr")
        if properties is None:
            return ""
        found = self._numbered(properties.find(w + "numPr"))
        if found is None:
            found = self.styles.get(self._value(properties.find(w + "pStyle")))
        if found is None or found[0] not in self.levels:
            return ""
        key, depth = found
        levels = self.levels[key]
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.shared[key], [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return self._shown(levels, counts, depth)

    @staticmethod
    def _shown(levels: dict[int, _Level], counts: list[int | None], depth: int) -> str:
        text = levels[depth].text
        if levels[depth].kind in ("bullet", "none"):
            return ""
        for place in range(depth + 1):
            level = levels.get(place, _Level())
            count = counts[place]
            text = text.replace(f"%{place + 1}", counted(level.start if count is None else count, level.kind))
        return text

"""Leaders and places against the office's list: one character off, the wrong title, the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongkai.readers.precheck.flow import Flow
from gongkai.readers.precheck.lists import Leader, Lists
from gongkai.readers.precheck.wording import Met
from gongkai.text.places import named

_HAN = "一-鿿"
_PADDING = re.compile(rf"(?<=[{_HAN}]) {{1,4}}(?=[{_HAN}])")
_BETWEEN = re.compile(r"[、,，和及与 ]")
_NEAR_TITLE = 8
_ALIKE = 14
"""Places of GB 2312, whose first level stands in the order of pinyin: so near, two characters sound alike."""


def met(flow: Flow, lists: Lists) -> Iterator[Met]:
    """Every doubt about a leader or a place."""
    if lists.leaders:
        yield from _leaders(flow, lists.leaders)
    if lists.places:
        yield from _places(flow, lists.places)


def _code(sign: str) -> int | None:
    try:
        high, low = sign.encode("gb2312")
    except ValueError:  # not in this set, or of one byte
        return None
    return (high - 0xB0) * 94 + low - 0xA1 if 0xB0 <= high <= 0xD7 else None


def sounds_alike(one: str, other: str) -> bool:
    """Whether two characters are pronounced alike, as near as the order of a character set tells."""
    first, second = _code(one), _code(other)
    return first is not None and second is not None and abs(first - second) <= _ALIKE


def one_off(name: str, other: str) -> tuple[str, str] | None:
    """The two characters in which names of one length differ, when it is one place or two neighbours exchanged."""
    if len(name) != len(other) or name == other:
        return None
    places = [i for i, (a, b) in enumerate(zip(name, other, strict=True)) if a != b]
    if len(places) == 1:
        return name[places[0]], other[places[0]]
    if len(places) == 2 and places[1] == places[0] + 1 and name[places[0]] == other[places[1]]:
        return (name[places[0]], name[places[0]]) if name[places[1]] == other[places[0]] else None
    return None


def _wild(name: str) -> re.Pattern[str]:
    """What is one place off a name, or two neighbours exchanged; overlapping ones too."""
    ways = [re.escape(name[:i]) + f"[{_HAN}]" + re.escape(name[i + 1 :]) for i in range(len(name))]
    ways += [re.escape(name[:i] + name[i + 1] + name[i] + name[i + 2 :]) for i in range(len(name) - 1)]
    return re.compile(f"(?=({'|'.join(dict.fromkeys(ways))}))")


@dataclass(frozen=True, slots=True)
class _Unpadded:
    """The text without blanks between characters (two-character names are spread), with the way back."""

    text: str
    places: list[int]

    @classmethod
    def of(cls, text: str) -> _Unpadded:
        """Blanks between two Chinese characters taken out."""
        pieces, places, last = [], list[int](), 0
        for found in _PADDING.finditer(text):
            pieces.append(text[last : found.start()])
            places.extend(range(last, found.start()))
            last = found.end()
        places.extend(range(last, len(text)))
        return cls("".join((*pieces, text[last:])), places)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the padded text."""
        return self.places[start], self.places[end - 1] + 1


def _leaders(flow: Flow, leaders: tuple[Leader, ...]) -> Iterator[Met]:
    flat = _Unpadded.of(flow.text)
    text = flat.text
    known = {leader.name: (rank, leader) for rank, leader in enumerate(leaders)}
    titles = sorted({title for leader in leaders for title in leader.titles}, key=len, reverse=True)
    titled = re.compile("|".join(map(re.escape, titles))) if titles else None
    ends = [found.end() for found in titled.finditer(text)] if titled else []
    behind = {place for end in ends for place in range(end, end + _NEAR_TITLE)}
    for leader in leaders:
        for found in _wild(leader.name).finditer(text):
            name, start = found[1], found.start()
            if name in known:
                continue
            near = start in behind or text[start + len(name) :].startswith(("同志", "书记", "县长", "主任", "局长"))
            off = one_off(leader.name, name)
            alike = off is not None and (off[0] == off[1] or sounds_alike(*off))
            if near and (alike or name[0] == leader.name[0]) and (len(name) > 2 or start in ends):
                says = f"“{name}”与名单中的“{leader.name}”{'只差一字' if off and off[0] != off[1] else '字序不同'}。"
                yield Met("leader", *flat.back(start, start + len(name)), says)
            elif len(name) > 2 and alike and name[0] == leader.name[0]:
                yield Met(
                    "leader", *flat.back(start, start + len(name)), f"“{name}”与名单中的“{leader.name}”相近。", "note"
                )
    spots = [
        (found.start(), found.end(), *known[found.group()])
        for found in re.finditer("|".join(map(re.escape, sorted(known, key=len, reverse=True))), text)
    ]
    if titled:
        yield from _titles(text, spots, titled, flat)
    yield from _order(text, spots, flat)


_Spot = tuple[int, int, int, Leader]


def _titles(text: str, spots: list[_Spot], titled: re.Pattern[str], flat: _Unpadded) -> Iterator[Met]:
    """A listed name right behind a title that is another's, or that was theirs."""
    for start, end, _, leader in spots:
        before = text[max(0, start - 24) : start]
        found = [m for m in titled.finditer(before) if m.end() == len(before)]
        if not found:
            continue
        title = found[-1].group()
        # 副县长 ends in 县长: the list's own longer title is met first, one that it lacks is not read as the shorter one.
        if text[max(0, start - len(title) - 1) : start - len(title)] in ("副", "原", "前"):
            continue
        if leader.former and title in leader.titles:
            yield Met("leader", *flat.back(start, end), f"名单中“{leader.name}”已离任，文中仍称“{title}”。")
        elif leader.titles and title not in leader.titles:
            theirs = "、".join(leader.titles)
            yield Met("leader", *flat.back(start, end), f"文中称“{title}{leader.name}”，名单中其职务为“{theirs}”。")


def _order(text: str, spots: list[_Spot], flat: _Unpadded) -> Iterator[Met]:
    """Leaders named one after another, not in the order of the list."""
    for one, other in pairwise(spots):
        between = text[one[1] : other[0]]
        if (
            len(between) <= 16
            and _BETWEEN.search(between)
            and "\n" not in between
            and "。" not in between
            and one[2] > other[2]
        ):
            says = f"“{one[3].name}”排在“{other[3].name}”之前，与名单的排序不同。"
            yield Met("leader", *flat.back(one[0], other[1]), says, "note")


def _places(flow: Flow, places: tuple[str, ...]) -> Iterator[Met]:
    text, known = flow.text, set(places)
    for place in places:
        if len(place) < 3:
            continue
        for found in _wild(place).finditer(text):
            name, start = found[1], found.start()
            off = one_off(place, name)
            if off is None or name in known or named(name):
                continue
            if name[-1] != place[-1] or (len(place) < 5 and off[0] != off[1] and not sounds_alike(*off)):
                continue
            # A longer right name that holds these characters: 东石桥镇 holds none of 石桥镇's mistakes.
            if any(
                known_name in text[max(0, start - 4) : start + len(name) + 4] and name in known_name
                for known_name in known
            ):
                continue
            yield Met("place_name", start, start + len(name), f"“{name}”与地名表中的“{place}”只差一字。")

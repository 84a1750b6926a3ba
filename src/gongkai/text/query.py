"""What a person types into a search box, and the one spelling in which it is compared with what is published.

`searchable` is that spelling: traditional and full-width characters folded, letters small, every bracket round, marks of
quotation gone, no white space but one blank between two Latin words. A document contains a word exactly when the
spelling of the document contains the spelling of the word. Runs of two and three characters (`pairs`, `triples`) lead
an index to the documents; they never decide alone unless they are the whole word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.text.normal import Normal, characters

LONGEST = 200
"""More of what was typed is not looked at."""
MOST_WORDS = 10

_QUOTES = "\"'“”‘’„‟「」『』﹁﹂﹃﹄《》〈〉«»"
_UNSEEN = {
    code: None
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xE000, 0xF900))
    if chr(code) not in "\t\n\v\f\r\x85"
}
_SPELLING: dict[int, int | str | None] = {
    **{ord(c): None for c in _QUOTES},
    **{ord(c): "(" for c in "([{〔【〖［"},
    **{ord(c): ")" for c in ")]}〕】〗］"},
    **{ord(a): b for a, b in zip("，；：！？", ",;:!?", strict=True)},
    **{code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
    **_UNSEEN,
}
_DROPPED = frozenset(chr(code) for code, spelled in _SPELLING.items() if spelled is None)
_GAP = re.compile(r"\s+")
_LATIN = re.compile(r"[0-9a-z]")
_EDGES = ",;:!?。、…·~-—_.|/\\+*&^$#@` "
_BARE = re.compile(r"[^0-9a-z\u3400-\u9fff]")
_PAIRS_OF_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", '"': '"', "„": "”", "«": "»"}
_NUMBER = re.compile(r"\(((?:19|20)[0-9]{2})\)([0-9]{1,6})(?![0-9])")
_TRIPLE_OR_PAIR = re.compile(r"(?=([^\W_]{3}|.{2}))")


@cache
def _spelling() -> dict[int, int | str | None]:
    # Character by character, so that a text is spelled the same whatever stands beside it: a report's own normalising
    # takes most traditional characters only for a sign that the text is traditional.
    return {**characters(), **_SPELLING}


def _gap_closed(text: str) -> str:
    def between(gap: re.Match[str]) -> str:
        start, end = gap.span()
        inside = start and end < len(text) and _LATIN.match(text[start - 1]) and _LATIN.match(text[end])
        return " " if inside else ""

    return _GAP.sub(between, text)


def searchable(source: str) -> str:
    """A text as it is searched. It holds no line break."""
    return _gap_closed(Normal(source).text.translate(_spelling()))


def bare(source: str) -> str:
    """Only the letters, digits and Chinese characters: 云政发〔2021〕5号 and 云政发2021 5号 are one number."""
    return _BARE.sub("", searchable(source))


def _closed(plain: str, kept: Sequence[int]) -> tuple[str, list[int]]:
    """`_gap_closed(plain)`, and where each of its characters stood."""
    at: list[int] = []
    pieces: list[str] = []
    last = 0
    for gap in _GAP.finditer(plain):
        start, end = gap.span()
        pieces.append(plain[last:start])
        at += kept[last:start]
        if start and end < len(plain) and _LATIN.match(plain[start - 1]) and _LATIN.match(plain[end]):
            pieces.append(" ")
            at.append(kept[start])
        last = end
    pieces.append(plain[last:])
    at += kept[last:]
    return "".join(pieces), at


def _stands(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a word, which is not empty, stands in a text, one place after the other."""
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


class Spelled:
    """`searchable(source)` with the way back, for marking what was found in the words as printed."""

    __slots__ = ("_at", "_normal", "text")

    def __init__(self, source: str) -> None:
        self._normal = Normal(source)
        given = self._normal.text
        plain = given.translate(_spelling())
        # Few texts lose a character on the way.
        kept: Sequence[int] = range(len(given))
        if len(plain) < len(given):
            kept = [i for i, c in enumerate(given) if c not in _DROPPED]
        self.text, self._at = (plain, kept) if _GAP.search(plain) is None else _closed(plain, kept)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source behind `text[start:end]`, which is not empty."""
        return self._normal.origin(self._at[start], self._at[end - 1] + 1)

    def places(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where the words stand in the source, in order; those that touch are one place."""
        found = sorted(place for word in words for place in _stands(word, self.text))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return [self.origin(start, end) for start, end in joined]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: every one of `words` stands somewhere in the document, each of `letters` in its title.

    `said` tells what of the request is not asked as it was typed; empty when everything is.
    """

    words: tuple[str, ...]
    letters: tuple[str, ...] = ()
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.letters)


def parts(typed: str) -> Iterator[str]:
    """What was typed, cut at white space; what stands in marks of quotation stays together."""
    rest = typed
    while rest:
        start = next((i for i, c in enumerate(rest) if c in _PAIRS_OF_QUOTES), len(rest))
        end = rest.find(_PAIRS_OF_QUOTES[rest[start]], start + 1) if start < len(rest) else -1
        if end < 0:
            yield from rest.split()
            return
        # A title copied with words around it (关于《办法》的通知) is one phrase: only blanks divide.
        before, quoted, rest = rest[:start], rest[start + 1 : end], rest[end + 1 :]
        head = before.split()
        if head and not before[-1].isspace():
            quoted = head.pop() + quoted
        yield from head
        if rest and not rest[0].isspace() and rest[0] not in _PAIRS_OF_QUOTES:
            tail = re.match(r"\S+", rest)
            assert tail
            if not any(c in _PAIRS_OF_QUOTES for c in tail[0]):
                quoted, rest = quoted + tail[0], rest[tail.end() :]
        yield quoted


def parse(typed: str) -> Query:
    """The question behind what was typed. A question without a word is false."""
    said = []
    if len(typed) > LONGEST:
        typed = typed[:LONGEST]
        said.append(f"输入超过{LONGEST}字，只查找了前{LONGEST}字。")
    words = list(dict.fromkeys(w for part in parts(typed) if (w := searchable(part).strip(_EDGES))))
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS]
        said.append(f"词语超过{MOST_WORDS}个，只查找了前{MOST_WORDS}个。")
    letters = tuple(w for w in words if len(w) == 1)
    if letters:
        said.append(f"单字（{'、'.join(letters)}）只在标题中查找，输入两个字以上可以查找全文。")
    return Query(tuple(w for w in words if len(w) > 1), letters, "".join(said))


def pairs(text: str) -> set[str]:
    """Every run of two characters of a searchable text."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def triples(text: str) -> set[str]:
    """Every run of three characters of a searchable text."""
    return {text[i : i + 3] for i in range(len(text) - 2)}


def runs(text: str) -> set[str]:
    """The runs an index of beginnings keeps: three letters, digits or Chinese characters, else two of whatever it is.

    The first two characters of all of them are the `pairs` of the text; its triples without a mark are among them.
    """
    return set(_TRIPLE_OR_PAIR.findall(text))


def numbers(text: str) -> set[str]:
    """The numbers of documents in a searchable text, year and number: their characters stand nearly everywhere."""
    return {f"{year}n{number}" for year, number in _NUMBER.findall(text)}


def numbers_asked(word: str) -> set[str]:
    """The `numbers` that every text with this word has: those that do not end where the word ends (5 may become 50)."""
    return {f"{found[1]}n{found[2]}" for found in _NUMBER.finditer(word) if found.end() < len(word)}


def leading(word: str) -> tuple[tuple[str, ...], bool]:
    """The runs of a word of two or more characters that `runs` of a document must begin with; whether they suffice."""
    if len(word) == 2:
        return (word,), True
    found: dict[str, None] = {}
    whole = True
    for i in range(len(word) - 2):
        triple = word[i : i + 3]
        if _TRIPLE_OR_PAIR.match(triple) and all(c.isalnum() for c in triple):
            found[triple] = None
        else:
            found[triple[:2]] = found[triple[1:]] = None
            whole = False
    return tuple(found), whole and len(word) == 3

"""Places in somebody else's Word file: paths to elements, the text of paragraphs, stretches of it found again.

Paths are those of `At.dom`: `p[17]` is the 17th paragraph of the body in document order, cells included;
`tbl[2]/tr[5]/tc[3]` the third cell of the fifth row of the second table, rows and cells counted within their nearest
table and row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

Element = etree._Element  # noqa: SLF001 - the only name lxml has for it

_PATH = re.compile(r"p\[(\d+)\]|tbl\[(\d+)\](?:/tr\[(\d+)\](?:/tc\[(\d+)\])?)?")
_BLANK = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[条章节])")
_SKIPPED = frozenset(("del", "moveFrom", "rt", "instrText"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A text element of a paragraph, where its text begins in the paragraph's, and the run that can be split around it.

    `whole` says that the run cannot be split there (ruby, a drawing with words in it).
    """

    node: Element
    start: int
    run: Element
    whole: bool

    @property
    def text(self) -> str:
        """The characters of the element."""
        return self.node.text or ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a character of one paragraph to the end of a character of the same or a later one."""

    first: Element
    start: int
    last: Element
    end: int


class Body:
    """The body of a Word document with its paragraphs in order. `space` is the namespace in braces."""

    def __init__(self, body: Element, space: str) -> None:
        self.body = body
        self.space = space
        self.paragraphs = list(body.iter(space + "p"))
        self._tables = list(body.iter(space + "tbl"))
        self._flow: tuple[str, list[int], list[list[int]]] | None = None

    def element(self, path: str | None) -> Element | None:
        """The element at a path (a paragraph, table, row or cell); None when there is none."""
        met = _PATH.fullmatch(path or "")
        if met is None:
            return None
        paragraph, table, row, cell = (int(n) if n else None for n in met.groups())
        if paragraph is not None:
            return _nth(self.paragraphs, paragraph)
        found = _nth(self._tables, table)
        if found is None or row is None:
            return found
        found = _nth(self._within(found, "tr", "tbl"), row)
        if found is None or cell is None:
            return found
        return _nth(self._within(found, "tc", "tr"), cell)

    def _within(self, parent: Element, name: str, boundary: str) -> list[Element]:
        """The elements whose nearest `boundary` above is the parent."""
        return [
            element
            for element in parent.iter(self.space + name)
            if next(element.iterancestors(self.space + boundary), None) is parent
        ]

    def paragraphs_of(self, element: Element) -> list[Element]:
        """The paragraphs of a cell, row or table, or the paragraph itself; those in text boxes are left out."""
        if element.tag == self.space + "p":
            # Word allows no comment in a text box: it stands where the box is anchored.
            outer = [element, *element.iterancestors(self.space + "p")]
            return [next(p for p in outer if not self._boxed(p))]
        return [p for p in element.iter(self.space + "p") if not self._boxed(p)]

    def _boxed(self, element: Element) -> bool:
        return next(element.iterancestors(self.space + "txbxContent"), None) is not None

    def pieces(self, paragraph: Element) -> list[Piece]:
        """The text elements of a paragraph in order, deleted words, readings of ruby and text boxes left out."""
        done: list[Piece] = []
        at = 0
        for node in paragraph.iter(self.space + "t"):
            above = list(_up_to(node, paragraph))
            names = {etree.QName(element).localname for element in above}
            if names & _SKIPPED or "txbxContent" in names:
                continue
            runs = [element for element in above if element.tag == self.space + "r"]
            if not runs:  # words outside any run are no words of a Word file
                continue
            done.append(Piece(node, at, runs[-1], node.getparent() is not runs[-1]))
            at += len(node.text or "")
        return done

    def text(self, paragraph: Element) -> str:
        """The characters of a paragraph."""
        return "".join(piece.text for piece in self.pieces(paragraph))

    def find(self, quote: str, near: Element | None = None, nth: tuple[int, int] | None = None) -> Stretch | None:
        """The words of a quote, spaces not regarded, over paragraphs if need be.

        Of several the nearest to `near`; without it the one `nth` says: which of how many, as they were read, from 0.
        A number that Word itself sets before a paragraph is no part of its text, so it is left off when the words are
        not found with it.
        """
        found = self._occurrences(_squeezed(quote))
        if not found:
            found = self._occurrences(_squeezed(_NUMBERING.sub("", quote)))
        if not found:
            return None
        if near is None and nth:
            return found[nth[0] if nth[1] == len(found) else min(nth[0], len(found) - 1)]
        order = {paragraph: number for number, paragraph in enumerate(self.paragraphs)}
        wanted = order.get(near, 0) if near is not None else 0
        return min(found, key=lambda stretch: abs(order[stretch.first] - wanted))

    def _occurrences(self, words: str) -> list[Stretch]:
        text, starts, offsets = self._searchable()
        return [self._stretch(at, at + len(words) - 1, starts, offsets) for at in _positions(text, words)]

    def _stretch(self, first: int, last: int, starts: list[int], offsets: list[list[int]]) -> Stretch:
        begin, end = bisect_right(starts, first) - 1, bisect_right(starts, last) - 1
        return Stretch(
            self.paragraphs[begin],
            offsets[begin][first - starts[begin]],
            self.paragraphs[end],
            offsets[end][last - starts[end]] + 1,
        )

    def _searchable(self) -> tuple[str, list[int], list[list[int]]]:
        """All words without spaces; where each paragraph begins in them; the offset of each character in its own."""
        if self._flow is None:
            parts: list[str] = []
            starts: list[int] = []
            offsets: list[list[int]] = []
            length = 0
            for paragraph in self.paragraphs:
                text = "" if self._boxed(paragraph) else self.text(paragraph)
                kept = [place for place, c in enumerate(text) if not _BLANK.match(c)]
                starts.append(length)
                offsets.append(kept)
                parts.append("".join(text[place] for place in kept))
                length += len(kept)
            self._flow = "".join(parts), starts, offsets
        return self._flow


def which_of(quote: str, text: str, at: int) -> tuple[int, int] | None:
    """Which of the occurrences of a quote in a text begins nearest to a character, from 0, and how many there are."""
    starts = list(_positions(_squeezed(text), _squeezed(quote)))
    wanted = len(_squeezed(text[:at]))
    return (min(range(len(starts)), key=lambda n: abs(starts[n] - wanted)), len(starts)) if starts else None


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)


def _positions(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _nth(elements: list[Element], number: int | None) -> Element | None:
    return elements[number - 1] if number and 1 <= number <= len(elements) else None


def _up_to(element: Element, end: Element) -> Iterator[Element]:
    """The elements above one, innermost first, up to and without `end`."""
    return takewhile(lambda parent: parent is not end, element.iterancestors())

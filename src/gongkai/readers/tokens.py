"""The tables' stretch of a document as one run of tokens: figures, blanks and words, each with its place.

Pipes, tabs, lines and grid cells all end here, so that everything after works the same on every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gongkai.readers.beside import mark_soiled
from gongkai.readers.content import Content, Grid, Line
from gongkai.readers.figures import UNITS, Figure, figure_of, is_blank
from gongkai.text.normal import Normal

TokenKind = Literal["figure", "blank", "words", "digits"]

_PAGE_MARK = re.compile(
    r"\s*(?:[-—–―─]{1,2}\s*\d{1,3}\s*[-—–―─]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|P\.\s*\d{1,3}|\d{1,3}\s*/\s*\d{1,3})\s*"
)
_ONLY_PIPES = re.compile(r"[\s|]*\|[\s|]*")
_HAN = '\u3400-\u9fff“"「'
_SCAN = re.compile(
    rf"(?P<before>\d+(?=\d\s?[.、．]\s*[{_HAN}]))"
    rf"|(?P<item>\d\s?[.、．]\s*(?=[{_HAN}])|\(\s?\d\s?\)\s*(?=[{_HAN}]))"
    r"|(?P<figure>(?:(?<![\w])[-+])?(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?))"
    r"|(?P<space>\s+)"
    r"|(?P<mark>(?<!\S)(?:/|-{1,3}|—{1,2}|无|\\)(?!\S))"
    r"|(?P<words>[^\d\s]+)"
)
_DIGIT = re.compile(r"\d")
_ENDS_IN_MARKS = re.compile(r"\S.*\s(?:/|-{1,3}|—{1,2}|无|\\)")
"""Words of a line without cells, and strokes behind them: blank places of a row that holds no figure."""
_FEWEST_PIPES = 4
"""A line of so many pipes is a row of cells."""
_NOTE = re.compile(r"\s*\([^()\n]*[\u3400-\u9fff][^()\n]*\)")
_SIGN_WORDS = ("增加", "减少", "下降", "增", "减")


@dataclass(slots=True, eq=False)  # not frozen: some hundred are made a report, and freezing triples what each costs
class Token:
    """A figure, a blank place, words, or digits that are no single number (leading zeros: glued)."""

    kind: TokenKind
    text: str
    start: int
    end: int
    strip: int
    piece: int
    col: int | None = None
    span: int = 1
    figure: Figure | None = None
    glued: bool = False
    """Digits or figure that touch words without a separator."""
    weak: bool = False
    """A blank known only from white space on a line of its own, or from a pipe that may only close its row."""
    soiled: bool = False
    """A figure with words in its cell that make it doubtful: 约3, 3余, 3至5."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A line or a row of a grid: its block, and which grid it is of."""

    block: int
    grid: int | None
    cells: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a stretch and the strips they stand on."""

    tokens: tuple[Token, ...]
    strips: tuple[Strip, ...]
    pages: tuple[tuple[int, int], ...]
    """Characters of page marks that stood between."""


class _Scanner:
    """Walks blocks within characters [start, end) of the flow text and collects tokens."""

    def __init__(self, content: Content, folded: str, start: int, end: int) -> None:
        self.content, self.folded, self.start, self.end = content, folded, start, end
        self.tokens: list[Token] = []
        self.strips: list[Strip] = []
        self.pages: list[tuple[int, int]] = []
        self.pipes = 0
        """Pipes since the last cell that was a line of its own."""
        self._emitted = 0
        self._opened, self._closed = self._framed()

    def _framed(self) -> tuple[bool, bool]:
        """Whether rows between pipes have a pipe before their first cell, and one behind their last.

        One row without it shows that they have none: then a pipe at the edge parts an empty cell. The last line of a
        file may have broken off.
        """
        lines = self.content.text[self.start : self.end].rstrip().split("\n")
        if self.end >= len(self.content.text.rstrip()):
            lines = lines[:-1]
        rows = [line.strip() for line in lines if line.count("|") >= _FEWEST_PIPES]
        return all(row.startswith("|") for row in rows), all(row.endswith("|") for row in rows)

    def run(self) -> Tokens:
        grids = 0
        for index, block in enumerate(self.content.blocks):
            chars = block.at.chars or (0, 0)
            if isinstance(block, Grid):
                grids += 1
            if chars[1] < self.start or chars[0] >= self.end:
                continue
            if isinstance(block, Line):
                self._line(index, max(chars[0], self.start), min(chars[1], self.end))
            else:
                self._grid(index, grids, block)
        return Tokens(tuple(self.tokens), tuple(self.strips), tuple(self.pages))

    def _line(self, block: int, start: int, end: int) -> None:
        text = self.folded[start:end]
        if not text:
            return
        if _PAGE_MARK.fullmatch(text):
            self.pages.append((start, end))
            return
        if not text.strip():
            # A cell that holds a no-break space, or a line between rows: only counting can tell.
            self.strips.append(Strip(block, None, 1))
            self.tokens.append(Token("blank", "", start, end, len(self.strips) - 1, 0, weak=True))
            return
        indent = len(text) - len(text.lstrip("\t"))
        if indent and "\t" not in text[indent:].rstrip() and not text.endswith("\t\t"):
            text, start = text[indent:].rstrip("\t"), start + indent  # one cell, pushed in: no columns
        separator = "|" if "|" in text else "\t" if "\t" in text else ""
        strip = len(self.strips)
        if separator != "|":
            self.pipes = self._emitted = 0
        elif self._cell_a_line(text, start, block):
            return
        if not separator:
            self.strips.append(Strip(block, None, 1))
            self._piece(text, start, strip, 0, None)
            return
        if self._opened and text.lstrip().startswith("|") and not _ONLY_PIPES.fullmatch(text):
            cut = text.index("|") + 1
            text, start = text[cut:], start + cut
        pieces, edge = text.split(separator), None
        if separator == "|" and len(pieces) > 1 and not pieces[-1].strip():
            last = pieces.pop()
            if not self._closed:
                edge = Token("blank", "", end - len(last), end, strip, len(pieces), len(pieces), weak=True)
        self.strips.append(Strip(block, None, len(pieces)))
        at = start
        for number, piece in enumerate(pieces):
            self._piece(piece, at, strip, number, number if len(pieces) > 1 else None)
            at += len(piece) + 1
        if edge is not None:
            self.tokens.append(edge)

    def _cell_a_line(self, text: str, start: int, block: int) -> bool:
        """A line that is one cell with its pipe, or only pipes: between two cells one pipe less counts as blanks."""
        filled = [piece for piece in text.split("|") if piece.strip()]
        if len(filled) > 1:
            self.pipes = self._emitted = 0
            return False
        count, strip = text.count("|"), len(self.strips)
        self.strips.append(Strip(block, None, 1))
        if filled:
            before = text.index(filled[0])
            self._blanks(self.pipes + text.count("|", 0, before), start, strip)
            self._piece(filled[0], start + before, strip, 0, None)
            self.pipes = text.count("|", before)
            self._emitted = 0
            self._blanks(self.pipes, start + len(text), strip)
        else:
            self.pipes += count
            self._blanks(self.pipes, start, strip)
        return True

    def _blanks(self, pipes: int, start: int, strip: int) -> None:
        while self._emitted < pipes - 1:
            self._emitted += 1
            self.tokens.append(Token("blank", "", start, start, strip, 0))

    def _grid(self, block: int, number: int, grid: Grid) -> None:
        strip, row = -1, -1
        first, last, folded, put = self.start, self.end, self.folded, self.tokens.append
        for cell in grid.cells:
            if cell.row != row:
                row, strip = cell.row, len(self.strips)
                self.strips.append(Strip(block, number, grid.columns))
            start, end = cell.start, cell.start + len(cell.text)
            if start < first or start >= last:
                continue
            text, col = folded[start:end], cell.col
            figure = figure_of(text) if text.isdigit() else None
            if figure is not None:  # most cells of a report: nothing else has to be asked
                put(Token("figure", text, start, end, strip, col, col, cell.colspan, figure))
            else:
                self._piece(text, start, strip, col, col, cell.colspan)

    def _piece(self, text: str, start: int, strip: int, piece: int, col: int | None, span: int = 1) -> None:
        bare = text.strip()
        begin = start if bare == text else start + (len(text) - len(text.lstrip()))
        parts = _remembered(bare, col is not None) if len(bare) <= _REMEMBERED else _parts(bare, col is not None)
        for kind, shown, first, last, figure, glued in parts:
            self.tokens.append(Token(kind, shown, begin + first, begin + last, strip, piece, col, span, figure, glued))


_Part = tuple[TokenKind, str, int, int, Figure | None, bool]
"""A token of a piece before it has its place: what it is, its text and characters, its figure, whether it is glued."""

_REMEMBERED = 80
"""Signs of a piece whose parts are kept: cells hold the same labels in every report, prose is never the same."""


@lru_cache(maxsize=4096)
def _remembered(bare: str, in_cell: bool) -> tuple[_Part, ...]:
    return _parts(bare, in_cell)


def _parts(bare: str, in_cell: bool) -> tuple[_Part, ...]:
    """What a piece without white space around it holds; most hold one thing."""
    whole = 0, len(bare)
    if is_blank(bare):
        return (("blank", bare, *whole, None, False),)
    figure = figure_of(bare)
    if figure is not None or (in_cell and _signs_only(bare)):
        # Signs that stand for no blank fill their place all the same: else the row would close up over it.
        return (("figure", bare, *whole, figure, False),)
    if not _DIGIT.search(bare) and (in_cell or not _ENDS_IN_MARKS.fullmatch(bare)):
        return (("words", bare, *whole, None, False),)
    return tuple(_mixed(bare))


def _mixed(text: str) -> Iterator[_Part]:
    """Words and figures of one piece in order."""
    words_from: int | None = None
    position = 0

    def pending(until: int) -> Iterator[_Part]:
        if words_from is not None:
            words = text[words_from:until].rstrip()
            yield "words", words, words_from, words_from + len(words), None, False

    while position < len(text):
        match = _SCAN.match(text, position)
        assert match is not None  # digits, white space and all else: each has its branch
        kind, end = match.lastgroup, match.end()
        if kind in ("item", "words") and words_from is None:
            words_from = position
        if kind in ("item", "words", "space"):
            position = end
            continue
        sign = ""
        if kind == "figure" and words_from is not None and text[words_from:position].strip() in _SIGN_WORDS:
            sign, words_from = text[words_from:position].strip(), None
        touching = words_from is not None and not text[position - 1].isspace()
        yield from pending(position)
        words_from = None
        if kind == "mark":
            yield "blank", match[0], position, end, None, False
        else:
            found = _figure(text, position, end, sign, touching=touching)
            yield found
            end = found[3]
        position = end
    yield from pending(len(text))


def _figure(text: str, position: int, end: int, sign: str, *, touching: bool) -> _Part:
    """The digits at `position`, with the unit and the note behind them."""
    digits = text[position:end]
    unit = next((u for u in UNITS if text.startswith(u, end)), "")
    after = text[end + len(unit) : end + len(unit) + 1]
    if unit and after and "\u3400" <= after <= "\u9fff" and not unit.endswith("元"):
        unit = ""
    stop = end + len(unit)
    note = _NOTE.match(text, stop)
    if note and re.fullmatch(r"\s*\([一二三四五六七八九十]\)", note[0]):
        note = None
    if note:
        stop = note.end()
    figure = figure_of((sign + text[position:stop]).strip())
    glued = touching or (stop < len(text) and "\u3400" <= text[stop] <= "\u9fff")
    if figure is None:
        return "digits", digits, position, stop, None, glued
    return "figure", text[position:stop], position, stop, figure, glued


_LETTERED = re.compile(r"[\w|]")
_RULE = re.compile(r":?-+:?")
"""What Markdown draws under the head of a table."""
_MEANT_AS_FIGURE = frozenset("零〇○oOlI")


def _signs_only(text: str) -> bool:
    """Whether a cell holds neither words nor digits, or one letter typed for a digit: `###`, `①`, `O`, `〇`."""
    return text in _MEANT_AS_FIGURE or not (_LETTERED.search(text) or _RULE.fullmatch(text))


def tokens_of(content: Content, folded: str, start: int, end: int) -> Tokens:
    """The tokens of `content` between two characters of its flow text. `folded` is the flow text folded in place."""
    found = _Scanner(content, folded, start, end).run()
    mark_soiled(found.tokens, found.strips)
    return found


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with the character each begins at."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def folded_in_place(text: str) -> str:
    """The flow text folded, the same length: what `Normal` drops (pinyin, zero-width signs) becomes spaces."""
    normal = Normal(text)
    if len(normal.text) == len(text):
        return normal.text
    pieces = [" "] * len(text)
    for index, character in enumerate(normal.text):
        pieces[normal.origin(index, index + 1)[0]] = character
    return "".join(pieces)

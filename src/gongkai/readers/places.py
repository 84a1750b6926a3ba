"""Where a piece of the flow text stands, for people and for programs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from gongkai.annual.report import NOWHERE, At
from gongkai.readers.content import Content, Grid

_new = tuple.__new__


class _Found(NamedTuple):
    """A block, its characters, and if it is a grid where its cells begin and how the place of one is begun in words."""

    number: int
    """Which of the blocks; -1 before the first."""
    start: int
    end: int
    grid: Grid | None = None
    starts: Sequence[int] = ()
    named: str = ""


class Places:
    """Looks places up in one content; nothing is computed before it is asked."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._last = _Found(-1, 0, 0)
        """The block last looked at: figures are asked for in order, a table at a time."""

    @cached_property
    def _line_starts(self) -> list[int]:
        lengths = (len(line) + 1 for line in self.content.text.split("\n"))
        return [0, *accumulate(lengths)]

    @cached_property
    def _starts(self) -> list[int]:
        return [b.at.chars[0] if b.at.chars else 0 for b in self.content.blocks]

    @cached_property
    def _grid_numbers(self) -> dict[int, int]:
        grids = [i for i, b in enumerate(self.content.blocks) if isinstance(b, Grid)]
        return {index: number for number, index in enumerate(grids, start=1)}

    def _found(self, start: int) -> _Found:
        """The block that holds a character."""
        index = bisect_right(self._starts, start) - 1
        after = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.content.text) + 1
        block = self.content.blocks[index] if index >= 0 else None
        grid = block if isinstance(block, Grid) else None
        self._last = _Found(
            index,
            self._starts[index] if index >= 0 else 0,
            after,
            grid,
            [cell.start for cell in grid.cells] if grid is not None else [],
            f"第{self._grid_numbers[index]}个表格第" if grid is not None else "",
        )
        return self._last

    def at(self, start: int, end: int) -> At:
        """The place of characters [start, end): page, line, box and path of the block or cell around them."""
        return self.spot(start, end)[0]

    def where(self, start: int, piece: int | None = None) -> str:
        """The place in words: 第31行第2格, with the page or the table where there is one."""
        return self.spot(start, start, piece)[1]

    def spot(self, start: int, end: int, piece: int | None = None) -> tuple[At, str]:
        """Both at once."""
        found = self._last
        if not found.start <= start < found.end:
            found = self._found(start)
        index, _, _, grid, starts, named = found
        line = bisect_right(self._line_starts, start)
        if grid is None:
            around = self.content.blocks[index].at if index >= 0 else NOWHERE
            where = f"第{line}行" if piece is None or index < 0 else f"第{line}行第{piece + 1}格"
            number = around.page
        else:
            cell = grid.cells[bisect_right(starts, start) - 1]  # the first begins where its grid does
            around = cell.at
            where = f"{named}{cell.row + 1}行第{cell.col + 1}格"
            number = around.page or grid.at.page
        at = _new(At, (number, line, around.bbox, around.dom, (start, end)))
        return at, f"第{number}页{where}" if number else where

"""Where a piece of the flow text stands, for people and for programs."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from gongkai.annual.report import At
from gongkai.readers.content import Block, Content, Grid, GridCell


class Places:
    """Looks places up in one content; nothing is computed before it is asked."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._cells: dict[int, list[int]] = {}
        self._last = (-1, 0, 0)
        """The block last looked at and its characters: figures are asked for in order, a table at a time."""

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

    def _block(self, start: int) -> tuple[int, Block | None, GridCell | None]:
        index, begin, end = self._last
        if not begin <= start < end:
            index = bisect_right(self._starts, start) - 1
            if index < 0:
                return index, None, None
            after = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.content.text) + 1
            self._last = (index, self._starts[index], after)
        block = self.content.blocks[index]
        if not isinstance(block, Grid):
            return index, block, None
        starts = self._cells.get(index)
        if starts is None:
            starts = self._cells[index] = [c.at.chars[0] if c.at.chars else 0 for c in block.cells]
        return index, block, block.cells[max(0, bisect_right(starts, start) - 1)]

    def at(self, start: int, end: int) -> At:
        """The place of characters [start, end): page, line, box and path of the block or cell around them."""
        return self.spot(start, end)[0]

    def where(self, start: int, piece: int | None = None) -> str:
        """The place in words: 第31行第2格, with the page or the table where there is one."""
        return self.spot(start, start, piece)[1]

    def spot(self, start: int, end: int, piece: int | None = None) -> tuple[At, str]:
        """Both at once."""
        index, block, cell = self._block(start)
        line = bisect_right(self._line_starts, start)
        if block is None:
            return At(None, line, None, None, (start, end)), f"第{line}行"
        around = block.at if cell is None else cell.at
        number = around.page or block.at.page
        at = At(number, line, around.bbox, around.dom, (start, end))
        page = f"第{number}页" if number else ""
        if cell is not None:
            return at, f"{page}第{self._grid_numbers[index]}个表格第{cell.row + 1}行第{cell.col + 1}格"
        return at, f"{page}第{line}行" if piece is None else f"{page}第{line}行第{piece + 1}格"

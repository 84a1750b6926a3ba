"""Where a piece of the flow text stands, for people and for programs."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from gongkai.annual.report import At
from gongkai.readers.content import Content, Grid, GridCell


class Places:
    """Looks places up in one content; nothing is computed before it is asked."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._cell_starts: dict[int, list[int]] = {}

    @cached_property
    def _newlines(self) -> list[int]:
        return [i for i, c in enumerate(self.content.text) if c == "\n"]

    @cached_property
    def _starts(self) -> list[int]:
        return [(b.at.chars or (0, 0))[0] for b in self.content.blocks]

    def at(self, start: int, end: int) -> At:
        """The place of characters [start, end): page, line, box and path of the block or cell around them."""
        line = bisect_right(self._newlines, start - 1) + 1
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return At(line=line, chars=(start, end))
        block = self.content.blocks[index]
        around = block.at
        if isinstance(block, Grid):
            cell = self._cell(index, block, start)
            if cell is not None:
                around = cell.at
        page = around.page or block.at.page
        return At(page=page, line=line, bbox=around.bbox, dom=around.dom, chars=(start, end))

    def _cell(self, index: int, grid: Grid, start: int) -> GridCell | None:
        """The cell of a grid that holds a character; cells follow each other in the flow text."""
        starts = self._cell_starts.get(index)
        if starts is None:
            starts = self._cell_starts[index] = [c.at.chars[0] if c.at.chars else -1 for c in grid.cells]
        found = bisect_right(starts, start) - 1
        if found < 0:
            return None
        chars = grid.cells[found].at.chars
        return grid.cells[found] if chars and start <= chars[1] else None

    def where(self, start: int, piece: int | None = None) -> str:
        """The place in words: 第31行第2格, with the page or the table where there is one."""
        line = bisect_right(self._newlines, start - 1) + 1
        index = bisect_right(self._starts, start) - 1
        block = self.content.blocks[index] if index >= 0 else None
        if isinstance(block, Grid):
            number = sum(1 for b in self.content.blocks[: index + 1] if isinstance(b, Grid))
            cell = self._cell(index, block, start)
            row = f"第{cell.row + 1}行第{cell.col + 1}格" if cell else ""
            return f"第{number}个表格{row}"
        page = f"第{block.at.page}页" if block is not None and block.at.page else ""
        return f"{page}第{line}行" + (f"第{piece + 1}格" if piece is not None else "")

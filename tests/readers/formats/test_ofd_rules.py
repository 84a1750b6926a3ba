"""OFD, second tier: which ruled lines are a table, and which are none."""

from __future__ import annotations

import pytest

from gongkai.readers.content import Content, Grid, Line
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, ofd_rules
from tests.readers.formats.samples import ofd_of, ofd_text, zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
FOUR = ofd_text("甲", 22, 31) + ofd_text("乙", 62, 31) + ofd_text("丙", 22, 41) + ofd_text("丁", 62, 41)


def path(steps: str, boundary: str = 'Boundary="0 0 210 297"') -> str:
    return f"<ofd:PathObject {boundary}><ofd:AbbreviatedData>{steps}</ofd:AbbreviatedData></ofd:PathObject>"


def level(y: float, first: float = 20, last: float = 100) -> str:
    return path(f"M {first} {y} L {last} {y}")


def upright(x: float, first: float = 30, last: float = 50) -> str:
    return path(f"M {x} {first} L {x} {last}")


FRAME = level(30) + level(50) + upright(20) + upright(100)
TWO_BY_TWO = FRAME + level(40) + upright(60)


def read(objects: str) -> Content:
    return ofd_rules.read(ofd_of(objects))


def cells(objects: str) -> list[list[tuple[str, int, int, int, int]]]:
    grids = [block for block in read(objects).blocks if isinstance(block, Grid)]
    return [[(c.text, c.row, c.col, c.rowspan, c.colspan) for c in grid.cells] for grid in grids]


def lines(objects: str) -> list[str]:
    return [block.text for block in read(objects).blocks if isinstance(block, Line)]


WHOLE = [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]
TABLES = [
    # what is ruled | the cells
    (TWO_BY_TWO, WHOLE),
    (FRAME + level(40, 60) + upright(60), [("甲丙", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丁", 1, 1, 1, 1)]),
    (FRAME + level(40) + upright(60, 40), [("甲乙", 0, 0, 1, 2), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]),
    # What says nothing of a rule does not spoil those that do.
    (TWO_BY_TWO + path("M 60 30 L 60 50", ""), WHOLE),
    (TWO_BY_TWO + path("M 60 30 L 60 50", 'Boundary="0 0"'), WHOLE),
    (TWO_BY_TWO + path("C M 40 30 L L 40"), WHOLE),
]


@pytest.mark.parametrize(("rules", "expected"), TABLES)
def test_rules_make_cells(rules: str, expected: list[tuple[str, int, int, int, int]]) -> None:
    assert cells(FOUR + rules) == [expected]
    assert lines(FOUR + rules) == []


NO_TABLES = [
    pytest.param("", id="no rule"),
    pytest.param(level(30) + level(50), id="two underlines"),
    pytest.param(level(30) + upright(20) + upright(100), id="three rules that touch"),
    pytest.param(FRAME, id="one frame around all"),
    pytest.param(FRAME + level(40), id="rows without columns"),
    pytest.param(FRAME + level(40, 20, 60) + upright(60, 30, 40), id="a place that is no rectangle"),
    pytest.param(TWO_BY_TWO.replace("<ofd:PathObject", '<ofd:PathObject Stroke="false"'), id="nothing is drawn"),
]


@pytest.mark.parametrize("rules", NO_TABLES)
def test_other_rules_leave_the_words_as_lines(rules: str) -> None:
    assert cells(FOUR + rules) == []
    assert lines(FOUR + rules) == ["甲\t乙", "丙\t丁"]


def squared(side: int) -> str:
    last = 2.0 * (side - 1)
    return "".join(level(2 * n, 0, last) + upright(2 * n, 0, last) for n in range(side))


def test_squared_paper_is_no_form() -> None:
    most = int(ofd_rules.MOST_PLACES**0.5)
    assert len(cells(ofd_text("甲", 2, 2) + squared(most))[0]) == (most - 1) ** 2
    assert cells(ofd_text("甲", 2, 2) + squared(most + 1)) == []
    assert lines(ofd_text("甲", 2, 2) + squared(most + 1)) == ["甲"]


def test_a_ruled_page_without_words_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(TWO_BY_TWO)
    assert refused.value.code == "no_text_layer"


def pages(count: int) -> bytes:
    listed = '<ofd:Page BaseLoc="Content.xml"/>' * count
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Document.xml": f"<ofd:Document {SPACE}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
            "Content.xml": f"<ofd:Page {SPACE}>{FOUR}</ofd:Page>",
        }
    )


def test_so_many_pages_are_read_and_one_more_is_refused() -> None:
    read_pages = {block.at.page for block in ofd_rules.read(pages(limits.MAX_GEOMETRY_PAGES)).blocks}
    assert len(read_pages) == limits.MAX_GEOMETRY_PAGES
    with pytest.raises(Unreadable) as refused:
        ofd_rules.read(pages(limits.MAX_GEOMETRY_PAGES + 1))
    assert refused.value.code == "too_large"

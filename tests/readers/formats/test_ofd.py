"""OFD (GB/T 33190): text by where it stands."""

from __future__ import annotations

import pytest

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from tests.readers.formats import samples
from tests.readers.formats.samples import ofd_of, ofd_text


def lines(*objects: str) -> list[str]:
    return samples.lines(border.open_content(ofd_of("".join(objects)), "a.ofd"))


def test_lines_are_put_in_order_by_height_then_side() -> None:
    assert lines(ofd_text("乙", 60, 30), ofd_text("丙", 20, 40), ofd_text("甲", 20, 30.5)) == ["甲\t乙", "丙"]


def test_pieces_that_touch_are_one_word() -> None:
    assert lines(ofd_text("行政许可", 20, 30), ofd_text("数量", 36, 30)) == ["行政许可数量"]


@pytest.mark.parametrize(
    ("text", "delta", "line"),
    [
        ("规章件", "4 4", "规章件"),
        ("规章件", "g 2 4", "规章件"),
        ("规章7", "4 30", "规章\t7"),
        ("1250", "2 2 2", "1250"),
        ("1250", "", "1250"),
    ],
)
def test_distances_between_characters(text: str, delta: str, line: str) -> None:
    assert lines(ofd_text(text, 20, 30, delta=delta)) == [line]


def test_a_table_is_lines_with_tabs() -> None:
    rows = [("规章", "0", "1"), ("行政规范性文件", "3", "27")]
    objects = [ofd_text(t, 20 + 40 * c, 30 + 8 * r) for r, row in enumerate(rows) for c, t in enumerate(row)]
    assert lines(*objects) == ["规章\t0\t1", "行政规范性文件\t3\t27"]


def test_places_are_page_line_and_box() -> None:
    block = border.open_content(ofd_of(ofd_text("甲乙", 20, 30)), "a.ofd").blocks[0]
    assert (block.at.page, block.at.line, block.at.bbox) == (1, 1, (20.0, 30.0, 28.0, 34.0))


def test_pages_of_pictures_are_said_to_have_no_text() -> None:
    with pytest.raises(Unreadable) as refusal:
        lines('<ofd:ImageObject Boundary="0 0 9 9"/>')
    assert refusal.value.code == "no_text_layer"


def test_a_page_outside_the_package_is_not_looked_for() -> None:
    data = ofd_of(ofd_text("甲", 20, 30), page="Doc_0/elsewhere.xml")
    with pytest.raises(Unreadable):
        border.open_content(data, "a.ofd")

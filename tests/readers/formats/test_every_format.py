"""The same invented report from every format: the same lines, the same grids with the same spans."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.readers import border
from gongkai.readers.content import Content, Grid
from tests.readers.formats import samples

FILES: dict[str, Callable[[], bytes]] = {
    "html": lambda: samples.html_page().encode(),
    "docx": samples.docx_file,
    "xlsx": samples.xlsx_file,
    "pdf": samples.pdf_file,
}


def _content(kind: str) -> Content:
    data = FILES[kind]()
    return border.open_geometry(data) if kind == "pdf" else border.open_content(data, "报告." + kind)


@pytest.mark.parametrize("kind", FILES)
def test_grids_keep_their_spans(kind: str) -> None:
    assert samples.grids(_content(kind)) == [samples.placed(samples.GROUND), samples.placed(samples.NESTED)]


@pytest.mark.parametrize("kind", FILES)
def test_lines_stand_in_order(kind: str) -> None:
    assert samples.lines(_content(kind)) == [samples.TITLE, samples.PROSE, "三、收到和处理政府信息公开申请情况"]


@pytest.mark.parametrize("kind", FILES)
def test_every_piece_knows_its_characters(kind: str) -> None:
    content = _content(kind)
    assert content.format == kind
    for block in content.blocks:
        assert block.at.chars is not None
        if isinstance(block, Grid):
            assert [content.text[cell.start : cell.end] for cell in block.cells] == [cell.text for cell in block.cells]
        else:
            assert content.text[slice(*block.at.chars)] == block.text


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("ending", ["doc", "txt", "pdf", "html", "xlsx", "json", ""])
def test_the_bytes_decide_not_the_ending(kind: str, ending: str) -> None:
    assert border.sniff(FILES[kind](), f"报告.{ending}") == kind


def test_the_text_layer_of_pdf_has_every_figure_in_writing_order() -> None:
    content = border.open_content(samples.pdf_file(), "a.pdf")
    text = "".join(content.text.split())
    assert text.index("规章") < text.index("行政规范性文件") < text.index("24252.311082") < text.index("（三）不予公开")
    assert all(isinstance(b.at.page, int) and b.at.bbox and b.at.line for b in content.blocks)

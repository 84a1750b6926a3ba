"""The Word file: page, fonts and rows of GB/T 9704-2012, tables merged as the form, nothing WPS would stumble over."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree

from gongkai.annual.report import Report
from gongkai.documents import write
from gongkai.documents.values import layouts
from tests.documents import samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VARIANTS = [("2021", False), ("2021", True), ("2019", False)]


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def body(report: Report) -> etree._Element:
    found = part(write(report, "docx"), "word/document.xml").find(W + "body")
    assert found is not None
    return found


def words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t"))


def grid(table: etree._Element) -> list[list[tuple[str, int]]]:
    """Each place of a Word table as (words of the cell that covers it, a number for that cell)."""
    rows: list[list[tuple[str, int]]] = []
    for number, row in enumerate(table.findall(W + "tr")):
        line: list[tuple[str, int]] = []
        for place, cell in enumerate(row.findall(W + "tc")):
            properties = cell.find(W + "tcPr")
            assert properties is not None
            span, merge = properties.find(W + "gridSpan"), properties.find(W + "vMerge")
            width = int(span.get(W + "val", "1")) if span is not None else 1
            if merge is not None and merge.get(W + "val") != "restart":
                line += rows[-1][len(line) : len(line) + width]
            else:
                line += [(words(cell), number * 100 + place)] * width
        rows.append(line)
    return rows


@pytest.mark.parametrize(("edition", "one_row"), VARIANTS)
def test_tables_are_merged_as_the_layout_says_and_hold_each_figure_in_its_place(edition: str, one_row: bool) -> None:
    report = samples.report(edition, one_row)
    tables = list(body(report).iter(W + "tbl"))
    assert len(tables) == 3
    for table, layout in zip(tables, layouts(report).values(), strict=True):
        met = grid(table)
        assert len(met) == layout.rows and {len(row) for row in met} == {layout.columns}
        owner: dict[int, str] = {}
        for row in range(layout.rows):
            for col in range(layout.columns):
                cell = layout.at(row, col)
                text, number = met[row][col]
                assert owner.setdefault(number, cell.id) == cell.id
                if cell.header:
                    assert text == cell.text
                elif cell.address in report.blank:
                    assert text == ""
                elif cell.address in report.cells:
                    assert str(abs(report.cells[cell.address].value)) in text
        assert len(owner) == len(layout.cells)


def test_the_page_is_that_of_the_standard() -> None:
    section = body(samples.report()).find(W + "sectPr")
    assert section is not None
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    assert size is not None and margins is not None
    millimetres = {
        side: round(int(margins.get(W + side, "0")) / 1440 * 25.4) for side in ("top", "bottom", "left", "right")
    }
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    assert (round(int(size.get(W + "w", "0")) / 1440 * 25.4), round(int(size.get(W + "h", "0")) / 1440 * 25.4)) == (
        210,
        297,
    )
    # 22 lines fit the 225 mm of type.
    pitch = section.find(W + "docGrid")
    assert pitch is not None
    assert (16838 - 2098 - 1984) // int(pitch.get(W + "linePitch", "1")) == 22


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("footer", "宋体", 14),
    ],
)
def test_fonts_are_named_as_the_standard_has_them(style: str, font: str, points: int) -> None:
    found = docx.Document(io.BytesIO(write(samples.report(), "docx"))).styles[style]
    assert found.font.size is not None and found.font.size.pt == points
    fonts = found.element.find(f"{W}rPr/{W}rFonts")
    assert fonts.get(W + "eastAsia") == font


def test_rows_are_not_split_and_heads_are_repeated() -> None:
    for number, table in zip((2, 3, 4), body(samples.report()).iter(W + "tbl"), strict=True):
        rows = table.findall(W + "tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == [number != 2 and place < 3 for place in range(len(rows))]


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    data = write(samples.report(), "docx")
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = part(data, name)
        assert words(footer) == "— 1 —"
        place = footer.find(f"{W}p/{W}pPr/{W}jc")
        assert place is not None and place.get(W + "val") == side
    assert part(data, "word/settings.xml").find(W + "evenAndOddHeaders") is not None


def test_headings_are_headings_and_the_words_stand_in_order() -> None:
    found = docx.Document(io.BytesIO(write(samples.report(), "docx")))
    heads = [p.text for p in found.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads[0] == "一、总体情况" and heads[-1] == "六、其他需要报告的事项" and len(heads) == 6
    texts = [p.text for p in found.paragraphs]
    assert texts.index("二、主动公开政府信息情况") < texts.index("本机关无规章制定权。") < texts.index(heads[2])


def test_every_relation_and_part_is_declared() -> None:
    archive = zipfile.ZipFile(io.BytesIO(write(samples.report(), "docx")))
    names = set(archive.namelist())
    assert archive.testzip() is None
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    declared = {e.get("PartName", "").lstrip("/") for e in types if e.get("PartName")}
    assert declared <= names
    links = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    assert {f"word/{link.get('Target')}" for link in links} <= names
    assert names - declared == {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"}


def test_marks_and_characters_of_the_words_do_no_harm() -> None:
    hostile = '<w:p/>&amp; "甲" \x00\x1b ]]> 𠮷'
    texts = [p.text for p in docx.Document(io.BytesIO(write(samples.with_words(hostile), "docx"))).paragraphs]
    assert '<w:p/>&amp; "甲"  ]]> 𠮷' in texts


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write(samples.report(), "docx") == write(samples.report(), "docx")

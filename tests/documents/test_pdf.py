"""The PDF: fonts inside, text layer that reads back, and no character printed as an empty box."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import pypdfium2
import pytest

from gongkai.annual.report import Report
from gongkai.documents import warnings
from gongkai.documents.glyphs import Coverage, character_ranges, drawable, missing_glyphs
from gongkai.documents.pdf import printed_pdf
from tests.documents import samples

RARE = "𪚥"


def pages(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield page.get_textpage().get_text_bounded()


def text(report: Report) -> str:
    return "".join(pages(printed_pdf(report).data))


@pytest.mark.parametrize(("edition", "one_row"), [("2021", False), ("2021", True), ("2019", False)])
def test_the_text_layer_has_every_label_and_table_three_stands_on_one_page(edition: str, one_row: bool) -> None:
    found = list(pages(printed_pdf(samples.report(edition, one_row)).data))
    third = [p for p in found if "申请人情况" in p]
    assert len(third) == 1
    assert "三、收到和处理政府信息公开申请情况" in third[0] and "结转下年度继续办理" in third[0]


def test_notes_units_and_refusals_are_printed() -> None:
    found = text(samples.report()).replace("\r\n", "")
    assert "22（其中修订16件）" in found and "16.31万元" in found and "11398889" in found
    assert "注：标“？”的数据在原文中未能确认" in found.replace("\n", "")


def test_it_is_pdf_a_with_its_fonts_inside() -> None:
    data = printed_pdf(samples.report()).data
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", data) and b"<pdfaid:conformance>B<" in data
    assert data.count(b"/FontFile3") >= 2
    assert b"NotoSerifSC" in data


def test_a_character_without_a_glyph_is_named_and_marked() -> None:
    printed = printed_pdf(samples.with_words(f"公开了{RARE}字牌匾{RARE}的照片🙂。"))
    assert printed.missing is not None
    assert printed.missing.characters == (RARE, "🙂")
    assert printed.missing.named == f"“{RARE}”（U+2A6A5）、“🙂”（U+1F642）"
    assert "Word文件" in printed.missing.message
    found = "".join(pages(printed.data)).replace("\r\n", "")
    assert "公开了〓字牌匾〓的照片〓。" in found and "U+2A6A5、U+1F642" in found


def test_the_person_is_told_what_to_look_at() -> None:
    report = samples.with_words(f"{RARE}字")
    assert warnings(report, "pdf") == (
        "有1格数据在原文中未能确认，已标“？”，请核实后填写。",
        f"PDF所用字体没有以下字符，已以“〓”代替，请在Word文件中核对：“{RARE}”（U+2A6A5）。",
    )
    assert warnings(report, "docx") == ("有1格数据在原文中未能确认，已标“？”，请核实后填写。",)
    assert warnings(report, "json") == warnings(samples.report("2019"), ".PDF") == ()


def test_an_ordinary_report_lacks_no_glyph() -> None:
    assert printed_pdf(samples.report()).missing is None


def test_what_is_never_drawn_is_not_missing() -> None:
    assert missing_glyphs("甲\u200b乙\ufe0f\n\u00ad") is None
    assert drawable("甲\u200b乙\ufe0f\n丙") == "甲乙\n丙"
    assert drawable(f"甲{RARE}") == "甲〓"


def test_words_are_never_markup_for_the_typesetter() -> None:
    hostile = "#panic(1) *粗* $x^2$ @见 <label> \\ ` // 注 = 标题"
    assert hostile.replace(" ", "") in text(samples.with_words(hostile)).replace(" ", "").replace("\r\n", "")


def test_ranges_of_code_points() -> None:
    found = Coverage.of([(5, 9), (1, 2), (3, 3), (8, 12)])
    assert (found.starts, found.ends) == ((1, 5), (3, 12))
    assert [n for n in range(15) if n in found] == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]


def font(table: bytes, tag: bytes = b"cmap") -> bytes:
    """The least font that holds one table of characters."""
    head = b"OTTO" + struct.pack(">HHHH", 1, 16, 0, 0) + struct.pack(">4sLLL", tag, 0, 28, len(table))
    return head + table


def cmap(subtable: bytes) -> bytes:
    return struct.pack(">HH", 0, 1) + struct.pack(">HHL", 3, 10, 12) + subtable


def test_both_kinds_of_character_map_are_read() -> None:
    twelve = struct.pack(">HHLLL", 12, 0, 40, 0, 2) + struct.pack(">LLLLLL", 0x41, 0x43, 0, 0x20BB7, 0x20BB8, 9)
    assert list(character_ranges(font(cmap(twelve)))) == [(0x42, 0x43), (0x20BB7, 0x20BB8)]
    four = struct.pack(">HHHHHHH", 4, 32, 0, 4, 0, 0, 0) + struct.pack(">HH", 0x5A, 0xFFFF) + b"\0\0"
    four += struct.pack(">HH", 0x41, 0xFFFF)
    assert list(character_ranges(font(cmap(four)))) == [(0x41, 0x5A)]


@pytest.mark.parametrize(
    ("data", "words"),
    [(font(b"", b"glyf"), "没有 cmap"), (font(cmap(struct.pack(">H", 6))), "不支持的 cmap")],
)
def test_a_font_of_another_kind_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(character_ranges(data))

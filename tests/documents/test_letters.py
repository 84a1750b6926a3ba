"""Official letters: what is written is what was given, in the same words in both formats and in the official layout."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.letters import (
    BLANK_DATE,
    Letter,
    blocks,
    letter_docx,
    letter_missing,
    letter_pdf,
    of_composed,
)
from gongkai.documents.sheets import of_rows, sheet_docx, sheet_pdf
from gongkai.onrequest.letters import compose, letter_types
from tests.documents.test_libreoffice import pages as word_pages

LETTER = Letter(
    organ_name="清溪县自然资源局",
    title="政府信息公开申请答复书",
    addressee="张三",
    paragraphs=(
        "你于2026年3月2日提交的政府信息公开申请收悉，申请编号为QX-2026-0012。",
        "一、事实认定",
        "（一）公开的部分。该方案正文予以公开。",
    ),
    number="清自然资公复〔2026〕12号",
    remedy=("如不服本答复，应当自收到之日起60日内先申请行政复议。",),
    attachments=("补偿安置方案", "公告"),
    contact="联系人：李四，联系电话：0000-1234567",
    dated_on=date(2026, 3, 30),
    copies_to=("清溪县司法局", "清溪县人民政府办公室"),
)


def words_of(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.text]


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_whole_letter_in_word() -> None:
    assert words_of(letter_docx(LETTER)) == [
        "清溪县自然资源局",
        "清自然资公复〔2026〕12号",
        "政府信息公开申请答复书",
        "张三：",
        "你于2026年3月2日提交的政府信息公开申请收悉，申请编号为QX-2026-0012。",
        "一、事实认定",
        "（一）公开的部分。该方案正文予以公开。",
        "如不服本答复，应当自收到之日起60日内先申请行政复议。",
        "附件：1.补偿安置方案",
        "　　　2.公告",
        "清溪县自然资源局",
        "2026年3月30日",
        "（联系人：李四，联系电话：0000-1234567）",
        "抄送：清溪县司法局，清溪县人民政府办公室。",
    ]


def test_the_pdf_says_the_same_in_the_same_order() -> None:
    assert squeezed("".join(pages_of(letter_pdf(LETTER).data))) == squeezed("".join(words_of(letter_docx(LETTER))))


def test_what_is_not_given_leaves_no_empty_label() -> None:
    bare = Letter("清溪县自然资源局", "告知书", "", ("正文。",))
    assert words_of(letter_docx(bare)) == ["清溪县自然资源局", "告知书", "正文。", "清溪县自然资源局", BLANK_DATE]
    assert squeezed(pages_of(letter_pdf(bare).data)[0]) == "清溪县自然资源局告知书正文。清溪县自然资源局年月日"


def test_one_attachment_has_no_number_and_another_signer_signs() -> None:
    found = replace(LETTER, attachments=("公告",), signer="清溪县人民政府办公室")
    words = words_of(letter_docx(found))
    assert "附件：公告" in words and words[words.index("2026年3月30日") - 1] == "清溪县人民政府办公室"


def test_the_body_is_edited_as_lines_of_text() -> None:
    assert LETTER.text.split("\n") == list(LETTER.paragraphs)
    edited = LETTER.edited("第一段。\r\n\n  第二段。 \n")
    assert edited.paragraphs == ("第一段。", "第二段。") and edited.remedy == LETTER.remedy


@pytest.mark.parametrize(
    "change",
    ({"organ_name": " "}, {"title": ""}, {"paragraphs": ()}, {"paragraphs": ("\n",)}),
    ids=["no organ", "no title", "no body", "empty body"],
)
def test_a_letter_that_says_nothing_is_refused(change: dict[str, object]) -> None:
    for write in (letter_docx, letter_pdf):
        with pytest.raises(ValueError, match="请填写|没有内容"):
            write(replace(LETTER, **change))


def test_a_rare_character_is_printed_or_named_never_a_box() -> None:
    rare = replace(LETTER, addressee="𠮷㛃")
    printed = letter_pdf(rare)
    assert printed.missing is not None and printed.missing.characters == ("𠮷",)
    text = squeezed("".join(pages_of(printed.data)))
    assert "〓㛃：" in text and "U+20BB7" in text and "U+36C3" not in text
    assert "𠮷㛃：" in words_of(letter_docx(rare))
    assert letter_missing(LETTER) is None


def test_the_first_page_has_the_rule_and_the_others_their_number() -> None:
    long = replace(LETTER, paragraphs=("本机关经检索后查明下列事实，现予以说明。" * 40,) * 3)
    found = pages_of(letter_pdf(long).data)
    assert len(found) > 2
    assert "— 1 —" not in found[0] and "— 2 —" in found[1] and "— 3 —" in found[2]


def test_the_pdf_is_a4_with_its_fonts_inside() -> None:
    data = letter_pdf(LETTER).data
    with pypdfium2.PdfDocument(data) as document:
        assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    assert b"/FontFile3" in data and b"pdfaid" in data


def test_the_page_set_up_and_fonts_of_the_standard_stand_in_the_word_file() -> None:
    with zipfile.ZipFile(io.BytesIO(letter_docx(LETTER))) as package:
        document, fonts = package.read("word/document.xml").decode(), package.read("word/fontTable.xml").decode()
    assert 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"' in document
    assert "仿宋_GB2312" in fonts and "方正小标宋简体" in fonts and "FangSong" in fonts


def test_the_same_letter_gives_the_same_word_file() -> None:
    assert letter_docx(LETTER) == letter_docx(LETTER)


@pytest.mark.needs("libreoffice")
def test_libreoffice_sets_it_on_one_page(tmp_path: Path) -> None:
    found = word_pages(letter_docx(LETTER), tmp_path)
    assert len(found) == 1 and "2026 年 3 月 30 日".replace(" ", "") in squeezed(found[0])


@pytest.mark.parametrize("key", letter_types())
def test_every_document_of_an_application_is_written_in_both_formats(key: str) -> None:
    filled = compose(
        key,
        {"application_number": "QX-1", "receiver": "张三"},
        remedy=("如不服，可以申请行政复议。",),
        number="青公复〔2026〕1号",
    )
    if letter_types()[key].kind == "sheet":
        sheet = of_rows(filled.title, "清溪县自然资源局", "QX-1", filled.rows)
        assert "QX-1" in squeezed(pages_of(sheet_pdf(sheet).data)[0]) and sheet_docx(sheet)
        return
    letter = of_composed(filled, "清溪县自然资源局", attachments=("附表",), copies_to=("县司法局",))
    words = squeezed("".join(words_of(letter_docx(letter))))
    assert squeezed("".join([filled.title, *filled.paragraphs, *filled.remedy])) in words.replace(
        f"{filled.addressee}：", "", 1
    )
    printed = letter_pdf(letter)
    assert printed.missing is None
    pages = pages_of(printed.data)
    # The number of a page stands at its foot, where the words of one run on to the next.
    read = squeezed("".join(p.replace(f"— {n} —", "") for n, p in enumerate(pages, start=1)))
    assert read == words


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=40), st.lists(st.text(max_size=80), max_size=4))
def test_whatever_is_typed_both_files_are_written_or_refused_in_chinese(
    addressee: str, title: str, paragraphs: list[str]
) -> None:
    letter = Letter("清溪县自然资源局", title, addressee, tuple(paragraphs))
    try:
        written = letter_docx(letter)
    except ValueError as error:
        assert not str(error).isascii()
        return
    docx.Document(io.BytesIO(written))
    assert letter_pdf(letter).data.startswith(b"%PDF")
    assert list(blocks(letter)) is not None


ONE_PAGE = replace(
    LETTER,
    title="政府信息公开申请答复书\n（政府信息不存在）",
    paragraphs=(
        "本机关收到你提出的政府信息公开申请，申请公开学校学区划分方案及调整依据。" * 2,
        "本机关由办公室、档案室以项目名称为关键词进行了检索，没有检索到你申请公开的信息。" * 2,
        "说明：本机关没有制作或者获取该信息。",
        "本文书以邮寄的方式送达。",
    ),
    remedy=(
        "如对本答复不服，可以自知道本答复之日起60日内向本级人民政府申请行政复议，也可以自知道本答复之日起6个月内直接向有管辖权的人民法院提起行政诉讼。",
    ),
    attachments=(),
    contact="",
    copies_to=(),
)


@pytest.mark.needs("libreoffice")
def test_what_fills_one_page_in_the_pdf_fills_one_in_the_word_file(tmp_path: Path) -> None:
    assert len(pages_of(letter_pdf(ONE_PAGE).data)) == 1
    assert len(word_pages(letter_docx(ONE_PAGE), tmp_path)) == 1


def test_head_and_rule_of_the_word_file_stand_where_the_standard_has_them() -> None:
    """GB/T 9704-2012, 10.1: the name 30 mm below the edge, rules of 170 mm, the lower one 20 mm above the edge."""
    with zipfile.ZipFile(io.BytesIO(letter_docx(LETTER))) as package:
        parts = [package.read(f"word/{name}.xml").decode() for name in ("document", "footer3")]
    frames = [
        {key: int(value) * 25.4 / 1440 for key, value in re.findall(r'w:([wxy])="(\d+)"', found)}
        for part in parts
        for found in re.findall(r"<w:framePr[^>]*>", part)
    ]
    assert [(round(f["x"]), round(f["w"]), round(f["y"])) for f in frames] == [(20, 170, 30), (20, 170, 276)]

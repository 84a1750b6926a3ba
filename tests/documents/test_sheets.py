"""Paper to be filled in: every word given stands in its box in both formats, and the code reads back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image

from gongkai.documents.approval import (
    OPINIONS,
    Case,
    approval_sheet,
    delivery_receipt,
    envelope_label,
    receipt_slip,
    registration_form,
    review_sheet,
)
from gongkai.documents.case_file import Paper, SealUse, contents_table, file_cover, seal_register
from gongkai.documents.sheets import SIGNED, Sheet, sheet_docx, sheet_missing, sheet_pdf
from tests.documents.test_libreoffice import pages as word_pages

CASE = Case(
    organ="清溪县自然资源局",
    number="QX-ZRZY-2026-0012",
    applicant="张三",
    applicant_kind="自然人",
    channel="邮政寄送（需签收）",
    content="城关镇二〇二五年征收土地补偿安置方案",
    received_on=date(2026, 3, 2),
    due_on=date(2026, 3, 30),
    registered_on=date(2026, 3, 2),
    handler="李四",
    identity="居民身份证 110***********00",
    phone="138****1234",
    address="清溪县城关镇解放路12号",
    provision="纸质",
    manner="邮寄",
    materials=("申请表", "身份证复印件"),
    query_code="K7QX-29PM",
    query_address="县政府门户网站",
    contact="0000-1234567",
)
PAPERS = [
    Paper("政府信息公开申请登记表", author="清溪县自然资源局", written_on=date(2026, 3, 2)),
    Paper("申请表及身份证明", author="张三", pages=3),
    Paper("答复书", "清自然资公复〔2026〕12号", "清溪县自然资源局", date(2026, 3, 30), 2),
]
SHEETS: dict[str, Callable[[], Sheet]] = {
    "registration": lambda: registration_form(CASE),
    "receipt": lambda: receipt_slip(CASE),
    "approval": lambda: approval_sheet(CASE, letter="答复书", letter_number="清自然资公复〔2026〕12号", proposal="拟同意公开。"),
    "review": lambda: review_sheet(CASE.organ, title="补偿安置方案", number="清自然资〔2026〕3号", mode="主动公开", reason="条例第二十一条"),
    "delivery": lambda: delivery_receipt(CASE, letters=(("答复书", "清自然资公复〔2026〕12号"), ("附件", "")), mail_number="XA123"),
    "envelope": lambda: envelope_label(CASE, postcode="100000", sender_address="人民路1号", contents="答复书1份"),
    "cover": lambda: file_cover(CASE.organ, title="张三申请案卷", number=CASE.number, year=2026, retention="10年", papers=3, pages=6),
    "contents": lambda: contents_table(CASE.organ, CASE.number, PAPERS),
    "seals": lambda: seal_register(CASE.organ, 2026, [SealUse(date(2026, 3, 30), "答复书", "清自然资公复〔2026〕12号", 2, "李四")]),
}  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(text.split())


def word_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([p.text for p in document.paragraphs] + cells))


def pdf_pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]


@pytest.mark.parametrize("name", SHEETS)
def test_every_word_stands_in_both_files(name: str) -> None:
    sheet = SHEETS[name]()
    word, pdf = word_text(sheet_docx(sheet)), "".join(pdf_pages(sheet_pdf(sheet).data))
    said = [sheet.title, sheet.organ, *sheet.above, *sheet.notes]
    said += [part for line in sheet.lines for cell in line.cells for part in (*cell.text.split("\n"), cell.foot)]
    assert [t for t in said if squeezed(t) not in word] == []
    assert [t for t in said if squeezed(t) not in pdf] == []


@pytest.mark.parametrize("name", SHEETS)
def test_each_is_one_page_and_the_same_twice(name: str) -> None:
    sheet = SHEETS[name]()
    assert len(pdf_pages(sheet_pdf(sheet).data)) == 1
    assert sheet_docx(sheet) == sheet_docx(sheet)
    assert all(sum(cell.span for cell in line.cells) == len(sheet.widths) for line in sheet.lines)


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("name", ["approval", "envelope", "receipt"])
def test_libreoffice_sets_it_on_one_page(name: str, tmp_path: Path) -> None:
    sheet = SHEETS[name]()
    found = word_pages(sheet_docx(sheet), tmp_path)
    assert len(found) == 1 and squeezed(CASE.number) in squeezed(found[0])


def test_the_approval_sheet_asks_each_opinion_with_a_signature() -> None:
    sheet = approval_sheet(CASE, proposal="拟同意公开。")
    asked = [line.cells[0].text for line in sheet.lines if line.cells[-1].foot == SIGNED]
    assert tuple(asked) == OPINIONS
    assert [len(approval_sheet(CASE, opinions=("领导批示",)).lines), len(sheet.lines)] == [5, 10]


def test_a_long_matter_is_cut_on_the_approval_sheet_and_whole_on_the_form() -> None:
    long = replace(CASE, content="甲" * 500)
    assert any(cell.text == "甲" * 119 + "…" for line in approval_sheet(long).lines for cell in line.cells)
    assert "甲" * 500 in "".join(pdf_pages(sheet_pdf(registration_form(long)).data))


def test_a_case_of_which_little_is_known_leaves_boxes_for_the_pen() -> None:
    bare = Case("清溪县自然资源局", "QX-1")
    for sheet in (registration_form(bare), receipt_slip(bare), approval_sheet(bare), envelope_label(bare)):
        assert "None" not in word_text(sheet_docx(sheet))


def test_pages_of_the_file_follow_one_another() -> None:
    table = contents_table("局", "1", PAPERS)
    assert [line.cells[5].text for line in table.lines] == ["页号", "1", "2", "5—6"]
    one = contents_table("局", "1", PAPERS[:1])
    assert one.lines[1].cells[5].text == "1"


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    table = contents_table(CASE.organ, CASE.number, PAPERS * 20)
    pages = pdf_pages(sheet_pdf(table).data)
    assert len(pages) > 2 and all("责任者" in page for page in pages)
    with zipfile.ZipFile(io.BytesIO(sheet_docx(table))) as package:
        assert b"<w:tblHeader/>" in package.read("word/document.xml")


def test_the_register_of_the_seal_lies_across_and_is_filled_up_with_empty_lines() -> None:
    sheet = seal_register("局", 2026, [], least=5)
    assert len(sheet.lines) == 6 and sheet.size[0] > sheet.size[1]
    with zipfile.ZipFile(io.BytesIO(sheet_docx(sheet))) as package:
        assert b'w:orient="landscape"' in package.read("word/document.xml")


def test_the_span_of_a_cover() -> None:
    found = file_cover(
        "局", title="t", number="1", year=2026, retention="永久", began_on=date(2026, 3, 2), ended_on=date(2026, 4, 1)
    )
    assert "2026年3月2日至2026年4月1日" in [cell.text for line in found.lines for cell in line.cells]


@pytest.mark.parametrize("number", ["QX-ZRZY-2026-0012", "清自然资〔2026〕3号"])
def test_the_code_is_that_of_the_number(number: str) -> None:
    import segno

    with zipfile.ZipFile(io.BytesIO(sheet_docx(approval_sheet(replace(CASE, number=number))))) as package:
        stored = package.read("word/media/image1.png")
        assert b"image/png" in package.read("[Content_Types].xml")
    expected = segno.make(number, error="m", micro=False)
    with Image.open(io.BytesIO(stored)) as image:
        grey = image.convert("L")
    modules = [
        [grey.getpixel((8 * (x + 2) + 4, 8 * (y + 2) + 4)) < 128 for x in range(len(row))]
        for y, row in enumerate(expected.matrix)
    ]
    assert modules == [[bool(cell) for cell in row] for row in expected.matrix]
    assert number in "".join(word_text(sheet_docx(approval_sheet(replace(CASE, number=number)))))


def test_the_code_on_the_pdf_is_drawn_dark_on_light() -> None:
    with pypdfium2.PdfDocument(sheet_pdf(approval_sheet(CASE)).data) as document:
        image = document[0].render(scale=2).to_pil().convert("L")
    area = image.crop(
        (
            int(170 / 210 * image.width),
            int(35 / 297 * image.height),
            int(190 / 210 * image.width),
            int(58 / 297 * image.height),
        )
    )
    dark = sum(area.histogram()[:100]) / (area.width * area.height)
    assert 0.25 < dark < 0.65


def test_a_rare_name_is_printed_or_named() -> None:
    rare = registration_form(replace(CASE, applicant="𠮷㛃"))
    printed = sheet_pdf(rare)
    assert printed.missing is not None and printed.missing.characters == ("𠮷",)
    assert "〓㛃" in pdf_pages(printed.data)[0] and "U+20BB7" in pdf_pages(printed.data)[0]
    assert "𠮷㛃" in word_text(sheet_docx(rare)) and sheet_missing(SHEETS["seals"]()) is None


def test_characters_that_no_document_holds_are_left_out() -> None:
    odd = registration_form(replace(CASE, content="a\x00b\x0bc", applicant="\x00"))
    assert "abc" in word_text(sheet_docx(odd)) and "abc" in pdf_pages(sheet_pdf(odd).data)[0]


def test_a_review_of_five_stages_still_fits_one_page():
    stages = ("保密审查意见", "初审意见", "复审意见", "合法性审核意见", "终审意见")
    made = review_sheet(CASE.organ, title="关于印发《管理办法》的通知", number="清自然资〔2026〕3号", stages=stages)
    document = pypdfium2.PdfDocument(sheet_pdf(made).data)
    assert len(document) == 1
    words = squeezed(document[0].get_textpage().get_text_range())
    assert words.count("签名：") == 5


def test_a_review_sheet_names_the_draft_and_leaves_the_pen_room() -> None:
    stages, asks = ("保密审查意见", "终审意见"), ("是否涉及国家秘密；" * 6, "是否同意公开")
    files = tuple(f"附件{n}.docx" for n in range(1, 8))
    made = review_sheet(
        CASE.organ,
        title="办法",
        files=files,
        stages=stages,
        asks=asks,
        draft="第3稿 9f3a2b1c",
        printed_on=date(2026, 3, 2),
    )
    words = pdf_pages(sheet_pdf(made).data)
    assert len(words) == 1 and "稿次和校验：第3稿9f3a2b1c" in words[0] and "打印日期：2026年3月2日" in words[0]
    assert (
        "附件5.docx等7个" in words[0] and "附件6" not in words[0] and words[0].index(asks[0]) < words[0].index(asks[1])
    )
    rows = docx.Document(io.BytesIO(sheet_docx(made))).tables[-1].rows
    spaces = [rows[at].cells[-1].paragraphs[-1].paragraph_format.space_before.mm for at in (-2, -1)]
    assert 10 < spaces[0] < spaces[1] < 34, "the longer question leaves less room, in a box of the same height"

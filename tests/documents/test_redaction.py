"""Redaction: what was boxed is in the released file neither as text nor as pixels, nor is anything hidden."""

from __future__ import annotations

import io
import re
import shutil
import time
import zlib
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from gongkai.documents import office, picture_pdf, redaction
from gongkai.documents.letters import Letter, letter_docx, letter_pdf
from gongkai.documents.redaction import Box, NotRedacted, as_pages, page_picture, page_sizes, redact

SECRET = b"SECRET7788"
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def made(*objects: bytes, more: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is its catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, more, start)
    return bytes(out)


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def words(text: bytes, x: int, y: int, more: bytes = b"") -> bytes:
    return b"BT /F 20 Tf %s %d %d Td (%s) Tj ET\n" % (more, x, y, text)


def treacherous() -> bytes:
    """Two pages that hold the secret in sight, and out of sight in every way that we know."""
    shown = words(SECRET, 72, 700) + words(b"PUBLIC", 72, 600)
    hidden = words(SECRET, 72, 500, b"3 Tr") + words(SECRET, 900, 900) + b"1 1 1 rg\n" + words(SECRET, 72, 400)
    layer = b"/OC /Off BDC\n" + words(SECRET, 72, 300) + b"EMC\n"
    resources = b"/Resources << /Font << /F 5 0 R >> /Properties << /Off 6 0 R >> >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Annots [8 0 R] " + resources + b" >>"
    )
    return made(
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 10 0 R /OpenAction << /S /JavaScript /JS (" + SECRET + b") >> "
        b"/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] /Order [] >> >> "
        b"/Names << /EmbeddedFiles << /Names [(a.txt) 9 0 R] >> >> >>",
        b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        page % 7,
        page % 11,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /OCG /Name (" + SECRET + b") >>",
        stream(shown + hidden + layer),
        b"<< /Type /Annot /Subtype /Text /Rect [300 300 320 320] /Contents (" + SECRET + b") >>",
        b"<< /Type /Filespec /F (a.txt) /EF << /F 12 0 R >> >>",
        stream(b"<x>" + SECRET + b"</x>", b"/Type /Metadata /Subtype /XML"),
        stream(zlib.compress(hidden + layer), b"/Filter /FlateDecode"),
        stream(SECRET, b"/Type /EmbeddedFile"),
        b"<< /Title (" + SECRET + b") /Author (" + SECRET + b") >>",
        more=b"/Info 13 0 R",
    )


HIDDEN_BOX = Box(1, 60, 120, 300, 150)
"""Over the words in sight on the first page: 842 - 700 is 142 from the top."""


def everything_in(data: bytes) -> bytes:
    """The bytes of a file together with all its streams decompressed."""
    found = [data]
    for match in STREAM.finditer(data):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return b"".join(found)


def page_of(data: bytes, index: int = 0, scale: float = 2.0) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        return document[index].render(scale=scale).to_pil().convert("RGB")


def colours(data: bytes, box: Box, inset: float = 1.0) -> list[tuple[int, int, int]]:
    image = page_of(data, box.page - 1)
    area = (box.left + inset, box.top + inset, box.right - inset, box.bottom - inset)
    return sorted({c for _, c in image.crop(tuple(round(2 * part) for part in area)).getcolors(1 << 20)})


def is_clean(data: bytes) -> None:
    """No text in any reader's eyes, nothing told of itself, nothing attached, nothing that could be hidden."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert [page.extract_text() for page in document.pages] == [""] * len(document.pages)
        assert document.metadata == {} and not any(page.annots for page in document.pages)
    with pypdfium2.PdfDocument(data) as document:
        assert not any(document.get_metadata_dict().values()) and document.count_attachments() == 0
        for page in document:
            assert page.get_textpage().count_chars() == 0
            assert {held.type for held in page.get_objects()} <= {
                pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,
                pypdfium2.raw.FPDF_PAGEOBJ_PATH,
            }
    for name in (
        b"/Font",
        b"/Metadata",
        b"/Info",
        b"/Annots",
        b"/OCG",
        b"/EmbeddedFile",
        b"/JavaScript",
        b"/AcroForm",
        b"/Names",
    ):
        assert name not in data


def test_the_source_really_holds_the_secret_everywhere() -> None:
    data = treacherous()
    assert everything_in(data).count(SECRET) > 12
    with pypdfium2.PdfDocument(data) as document:
        assert SECRET.decode() in document[0].get_textpage().get_text_bounded()
    assert (0, 0, 0) in colours(data, HIDDEN_BOX) and len(colours(data, HIDDEN_BOX)) > 1


def test_nothing_boxed_or_hidden_survives() -> None:
    found = redact(treacherous(), [HIDDEN_BOX])
    assert (found.pages, found.boxes) == (2, 1)
    assert SECRET not in everything_in(found.data)
    is_clean(found.data)
    assert colours(found.data, HIDDEN_BOX) == [(0, 0, 0)]


def test_what_is_outside_the_boxes_is_still_seen() -> None:
    before, after = page_of(treacherous()), page_of(redact(treacherous(), [HIDDEN_BOX]).data)
    public = (140, 440, 360, 500)
    assert before.size == after.size
    assert (0, 0, 0) in dict.fromkeys(c for _, c in after.crop(public).getcolors(1 << 20))
    assert (
        abs(
            sum(before.crop(public).convert("L").histogram()[:128])
            - sum(after.crop(public).convert("L").histogram()[:128])
        )
        < 300
    )


def test_the_same_file_and_boxes_give_the_same_bytes() -> None:
    assert redact(treacherous(), [HIDDEN_BOX]).data == redact(treacherous(), [HIDDEN_BOX]).data


def test_without_boxes_the_hidden_is_gone_all_the_same() -> None:
    found = redact(treacherous(), []).data
    is_clean(found)
    assert SECRET not in everything_in(found)


def test_chinese_words_of_a_letter_are_gone() -> None:
    letter = letter_pdf(
        Letter("清溪县自然资源局", "答复书", "张三", ("身份证号码110101199003070000，住所不公开。",))
    ).data
    with pypdfium2.PdfDocument(letter) as document:
        text = document[0].get_textpage()
        place = text.get_text_range().index("110101")
        first, last = text.get_charbox(place), text.get_charbox(place + 17)
        height = document[0].get_height()
    box = Box(1, first[0] - 1, height - first[3] - 2, last[2] + 1, height - first[1] + 2)
    found = redact(letter, [box]).data
    is_clean(found)
    assert b"110101" not in everything_in(found) and colours(found, box) == [(0, 0, 0)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_follow_the_page_as_it_is_shown(turn: int) -> None:
    data = treacherous().replace(
        b"/MediaBox [0 0 595 842]", b"/Rotate %d /CropBox [20 20 500 800] /MediaBox [0 0 595 842]" % turn
    )
    sizes = page_sizes(data)
    assert sizes[0] == pytest.approx((480, 780) if turn % 180 == 0 else (780, 480))
    box = Box(1, 100, 50, 200, 90)
    found = redact(data, [box]).data
    assert [pytest.approx(size, abs=0.01) for size in sizes] == list(page_sizes(found))
    assert colours(found, box) == [(0, 0, 0)]


def photograph(size: tuple[int, int] = (1200, 1600), mode: str = "RGB") -> Image.Image:
    return Image.effect_noise(size, 90).convert(mode)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_one_page(kind: str) -> None:
    held, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 6
    image = photograph()
    ImageDraw.Draw(image).rectangle((100, 100, 500, 200), fill=(250, 20, 20))
    image.save(held, kind, exif=exif)
    data = held.getvalue()
    assert page_sizes(data)[0] == pytest.approx((841.89, 631.4), abs=0.1)
    found = redact(data, [Box(1, 300, 50, 400, 300)])
    is_clean(found.data)
    assert SECRET not in everything_in(found.data)
    assert colours(found.data, Box(1, 300, 50, 400, 300)) == [(0, 0, 0)]


def test_a_photograph_stored_with_loss_is_black_in_its_own_pixels_too() -> None:
    held = io.BytesIO()
    colourful = Image.merge("RGB", [photograph().convert("L").rotate(turn) for turn in (0, 90, 180)])
    colourful.save(held, "PNG")
    found = redact(held.getvalue(), [Box(1, 100, 100, 300, 300)]).data
    assert b"/DCTDecode" in found and len(found) < 8_000_000
    with pypdfium2.PdfDocument(found) as document:
        stored = next(iter(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))).get_bitmap().to_pil()
    across = stored.width / page_sizes(found)[0][0]
    inner = stored.convert("L").crop(tuple(round(part * across) for part in (104, 104, 296, 296)))
    assert inner.getextrema()[1] <= 2
    assert colours(found, Box(1, 100, 100, 300, 300)) == [(0, 0, 0)]


def test_a_transparent_picture_stands_on_white() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (80, 100), (0, 0, 0, 0)).save(held, "PNG")
    assert page_of(redact(held.getvalue(), []).data).convert("L").getextrema() == (255, 255)


def test_the_page_to_draw_on_is_a_png_of_the_page() -> None:
    with Image.open(io.BytesIO(page_picture(treacherous(), 1, 72))) as shown:
        assert shown.format == "PNG" and shown.size == (595, 842)
    with pytest.raises(NotRedacted, match="没有第3页"):
        page_picture(treacherous(), 3)


def test_a_form_is_drawn_as_it_was_filled_in() -> None:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (FILLED) /DA (/F 20 Tf 0 g) /Rect [72 480 300 520] /P 3 0 R >>"
    data = made(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /NeedAppearances true /DR << /Font << /F 4 0 R >> >> >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        field,
    )
    found = redact(data, []).data
    is_clean(found)
    assert page_of(found).convert("L").getextrema()[0] < 100


# ---- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "says"),
    (
        (Box(3, 1, 1, 9, 9), "只有2页"),
        (Box(0, 1, 1, 9, 9), "只有2页"),
        (Box(1, 9, 9, 9, 20), "没有大小"),
        (Box(1, 9, 20, 19, 10), "没有大小"),
        (Box(1, 1, 1, float("nan"), 9), "没有大小"),
        (Box(1, 600, 1, 700, 9), "页面之外"),
        (Box(1, -9, -9, -1, -1), "页面之外"),
    ),
)
def test_a_box_that_covers_nothing_is_refused(box: Box, says: str) -> None:
    with pytest.raises(NotRedacted, match=says):
        redact(treacherous(), [box])


@pytest.mark.parametrize(
    ("data", "says"),
    (
        (b"", "不是PDF"),
        (b"hello", "不是PDF"),
        (b"%PDF-1.7\nbroken", "已损坏"),
        (b"\x89PNG\r\n\x1a\nbroken", "图片已损坏"),
        (b"\xff\xd8\xff\xe0broken", "图片已损坏"),
        (made(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"), "没有页面|已损坏"),
    ),
)
def test_what_is_no_page_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(NotRedacted, match=says):
        redact(data, [])


LOCK = (
    b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
)  # fmt: skip


def test_an_encrypted_file_is_refused_in_words() -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>"
    data = made(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, LOCK,
        more=b"/Encrypt 4 0 R /ID [<00112233> <00112233>]",
    )  # fmt: skip
    with pytest.raises(NotRedacted, match="打开密码"):
        redact(data, [])


def one_page(media: bytes = b"[0 0 595 842]", content: bytes = b"") -> bytes:
    return made(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox %s >>" % media,
        stream(content),
    )


def test_pages_out_of_proportion_are_refused_or_drawn_small() -> None:
    with pytest.raises(NotRedacted, match="大小异常"):
        redact(one_page(b"[0 0 90000 90000]"), [])
    with pytest.raises(NotRedacted, match="大小异常"):
        redact(one_page(b"[0 0 0.5 300]"), [])
    with Image.open(io.BytesIO(page_picture(one_page(b"[0 0 14000 14000]"), 1, 200))) as shown:
        assert shown.width * shown.height <= redaction.MAX_PIXELS * 1.01


@pytest.mark.parametrize(
    ("name", "value", "says"),
    (("MAX_BYTES", 10, "过大"), ("MAX_PAGES", 1, "超过1页"), ("MAX_BOXES", 0, "超过0个"), ("SECONDS", 0.0, "")),
)
def test_each_bound_refuses(monkeypatch: pytest.MonkeyPatch, name: str, value: float, says: str) -> None:
    monkeypatch.setattr(redaction, name, value)
    with pytest.raises(NotRedacted, match=says or "用时过长"):
        redact(treacherous(), [HIDDEN_BOX], seconds=redaction.SECONDS)


def test_a_page_made_to_be_slow_is_left_when_the_time_is_over() -> None:
    data = one_page(content=b"0 0 m 500 800 l 3 w S 10 10 500 700 re f\n" * 400_000)
    began = time.monotonic()
    with pytest.raises(NotRedacted, match="用时过长"):
        redact(data, [], seconds=0.6)
    assert time.monotonic() - began < 60  # left alone, it takes minutes


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    Image.new("1", (9000, 9000)).save(held, "PNG")
    with pytest.raises(NotRedacted, match="像素过多"):
        redact(held.getvalue(), [])


def test_a_page_that_is_listed_but_missing_is_refused() -> None:
    data = made(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 2 /Kids [3 0 R 9 0 R] >>", one_page()[0:0] or
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>")  # fmt: skip
    with pytest.raises(NotRedacted, match="第2页已损坏|已损坏"):
        redact(data, [])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_bytes_flipped_anywhere_are_redacted_or_refused(data: st.DataObject) -> None:
    whole = bytearray(treacherous())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = redact(bytes(whole), [HIDDEN_BOX], dpi=72, seconds=5)
    except NotRedacted as refusal:
        assert not str(refusal).isascii()
    else:
        is_clean(found.data)


# ---- office files ----------------------------------------------------------------------------------------------

DOCX = letter_docx(Letter("清溪县自然资源局", "答复书", "张三", ("住所：清溪县城关镇。",)))


def test_a_pdf_and_a_picture_are_their_own_pages() -> None:
    assert as_pages(treacherous(), "a.docx") == treacherous()
    with pytest.raises(NotRedacted, match="只能遮盖"):
        as_pages(b"MZ", "a.exe")


@pytest.mark.needs("libreoffice")
def test_a_word_file_becomes_pages_first() -> None:
    found = as_pages(DOCX, "答复书.docx")
    assert found.startswith(b"%PDF") and len(page_sizes(found)) == 1
    is_clean(redact(found, [Box(1, 100, 100, 300, 300)]).data)
    with pytest.raises(NotRedacted, match="没有转换成功"):
        as_pages(b"PK\x03\x04" + b"\x00" * 100, "a.docx")


def test_without_the_converter_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(NotRedacted, match="没有安装LibreOffice.*另存为PDF"):
        as_pages(DOCX, "a.docx")
    with pytest.raises(office.NotConverted, match="不能把这种文件"):
        office.office_to_pdf(b"", "exe")


def test_a_converter_that_hangs_fails_or_is_too_much_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(slow))
    monkeypatch.setattr(office, "SECONDS", 0.3)
    with pytest.raises(office.NotConverted, match="用时过长"):
        office.office_to_pdf(DOCX, ".docx")
    slow.chmod(0o644)
    with pytest.raises(office.NotConverted, match="没有启动"):
        office.office_to_pdf(DOCX, "docx")
    monkeypatch.setattr(office, "LARGEST", 10)
    with pytest.raises(office.NotConverted, match="过大"):
        office.office_to_pdf(DOCX, "docx")


def test_a_grey_page_is_stored_grey_and_a_coloured_one_in_colour() -> None:
    grey, red = Image.new("RGB", (40, 40), (90, 91, 92)), Image.new("RGB", (40, 40), (200, 20, 20))
    assert b"/DeviceGray" in picture_pdf.picture_pdf([picture_pdf.Page(grey, 40, 40)])
    assert b"/DeviceRGB" in picture_pdf.picture_pdf([picture_pdf.Page(red, 40, 40)])
    assert b"/DeviceGray" in picture_pdf.picture_pdf([picture_pdf.Page(grey.convert("L"), 40, 40)])

"""PDF: what lies under boxes and pictures, what is invisible, and what hangs on the file; what is seen is left alone."""

from __future__ import annotations

import random

import pytest
import typst

from gongkai.documents.glyphs import font_folder
from gongkai.readers.precheck import Precheck, precheck
from tests.documents.test_redaction import made, stream, treacherous, words
from tests.readers.precheck.files import IDENTITY, photograph

SECRET = b"SECRET7788"
SHOWN = words(b"Shown 1234", 72, 700)
BOX = b"0 0 0 rg 60 490 300 40 re f\n"


def pdf(content: bytes, resources: bytes = b"", *objects: bytes, page: bytes = b"", catalogue: bytes = b"") -> bytes:
    """A PDF of one page with one font; more objects are numbered from 6."""
    return made(
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R " + page + b" /Resources << /Font "
        b"<< /F 4 0 R >> " + resources + b" >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(content),
        *objects,
    )


def noise() -> bytes:
    head = b"/Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return stream(random.Random(1).randbytes(1600), head)


def form(content: bytes) -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >>"
    return stream(content, head)


SIX = b"/XObject << /X 6 0 R >>"
UNSEEN = [
    # how | the file | the kind | the words
    ("a black box", pdf(SHOWN + words(SECRET, 72, 500) + BOX), "covered_text", "SECRET7788"),
    ("half a box", pdf(SHOWN + words(SECRET, 72, 500) + b"0 g 120 490 300 40 re f\n"), "covered_text", "ET7788"),
    ("a turned page", pdf(words(SECRET, 72, 500) + BOX, page=b"/Rotate 90"), "covered_text", "SECRET7788"),
    (
        "a picture over it",
        pdf(words(SECRET, 72, 500) + b"q 300 0 0 40 60 490 cm /X Do Q\n", SIX, noise()),
        "covered_text",
        "SECRET7788",
    ),
    ("a box over a form", pdf(b"/X Do\n" + BOX, SIX, form(words(SECRET, 72, 500))), "covered_text", "SECRET7788"),
    ("a white box", pdf(words(SECRET, 72, 500) + b"1 g 60 490 300 40 re f\n"), "hidden_text", "SECRET7788"),
    ("white words", pdf(SHOWN + b"1 g\n" + words(SECRET, 72, 500)), "hidden_text", "SECRET7788"),
    ("an invisible mode", pdf(SHOWN + words(SECRET, 72, 500, b"3 Tr")), "hidden_text", "SECRET7788"),
    ("beyond the edge", pdf(SHOWN + words(SECRET, 72, 900)), "hidden_text", "SECRET7788"),
    ("one point high", pdf(SHOWN + b"BT /F 1 Tf 72 300 Td (SECRET7788) Tj ET\n"), "hidden_text", "SECRET7788"),
]


def hits(found: Precheck, *kinds: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in found.hits if hit.kind in kinds]


@pytest.mark.parametrize(("data", "kind", "text"), [case[1:] for case in UNSEEN], ids=[case[0] for case in UNSEEN])
def test_what_can_be_copied_and_not_seen_is_pointed_out(data: bytes, kind: str, text: str) -> None:
    assert hits(precheck("a.pdf", data), "covered_text", "hidden_text") == [(kind, text)]


SEEN = [
    pdf(SHOWN + words(SECRET, 72, 500)),
    pdf(b"0.8 g 60 490 300 40 re f 0 g\n" + words(SECRET, 72, 500)),
    pdf(b"0 g 60 490 300 40 re f 1 g\n" + words(SECRET, 72, 500)),
    pdf(b"/X Do\n", SIX, form(words(SECRET, 72, 500))),
    pdf(words(SECRET, 72, 500) + b"0 0 0 RG 60 490 300 40 re S\n"),
    pdf(b"q 300 0 0 40 60 490 cm /X Do Q\n" + b"1 0 0 rg\n" + words(SECRET, 72, 600), SIX, noise()),
]


@pytest.mark.parametrize("data", SEEN)
def test_what_is_seen_is_left_alone(data: bytes) -> None:
    assert hits(precheck("a.pdf", data), "covered_text", "hidden_text") == []


def scan(*boxes: tuple[int, int, int, int]) -> bytes:
    """A scanned page with its words as ink, some blackened, and the text layer of a recogniser over it."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf(SHOWN + words(SECRET, 72, 500) + words(b"Another line 99", 72, 300))) as drawn:
        image = drawn[0].render(scale=2, grayscale=True).to_pil().convert("L")
    for box in boxes:
        image.paste(0, box)
    head = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % image.size
    )
    layer = b"3 Tr\n" + SHOWN + words(SECRET, 72, 500) + words(b"Another line 99", 72, 300)
    return pdf(b"q 595 0 0 842 0 0 cm /X Do Q\n" + layer, SIX, stream(image.tobytes(), head))


def test_a_scan_with_its_text_layer_is_no_secret_but_what_was_blackened_in_it_is() -> None:
    clean, blackened = precheck("a.pdf", scan()), precheck("a.pdf", scan((130, 640, 500, 700)))
    assert hits(clean, "covered_text", "hidden_text") == []
    assert any("扫描图像" in sentence for sentence in clean.left_out)
    assert hits(blackened, "covered_text", "hidden_text") == [("covered_text", "SECRET7788")]


def test_everything_that_the_redaction_leaves_behind_is_pointed_out_before_it() -> None:
    found = precheck("a.pdf", treacherous())
    kinds = {hit.kind for hit in found.hits}
    assert {"hidden_text", "script", "comment", "attachment", "metadata"} <= kinds
    assert any("附件“a.txt”" in sentence for sentence in found.left_out)


def test_a_file_saved_on_top_of_itself_may_hold_what_it_was() -> None:
    once = pdf(SHOWN)
    assert hits(precheck("a.pdf", once), "earlier_version") == []
    assert hits(precheck("a.pdf", once + once[once.rindex(b"xref\n0") :]), "earlier_version") == [
        ("earlier_version", "")
    ]


def test_where_a_picture_in_a_page_was_taken_is_told() -> None:
    jpeg = photograph()
    head = b"/Type /XObject /Subtype /Image /Width 60 /Height 40 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    found = precheck("a.pdf", pdf(SHOWN + b"q 60 0 0 40 60 490 cm /X Do Q\n", SIX, stream(jpeg, head)))
    assert next((hit.kind, hit.place.says) for hit in found.hits) == ("location", "第1页第1张图片")


def test_chinese_pages_say_their_page_and_line() -> None:
    source = f'#set page(width: 12cm, height: 8cm)\n#set text(font: "Noto Serif SC")\n第一行 \\ 身份证号{IDENTITY}\n#pagebreak()\n机密★10年'
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    data = typst.Compiler(source.encode(), font_paths=fonts).compile(format="pdf")
    found = precheck("a.pdf", data)
    assert sorted((hit.kind, hit.place.says) for hit in found.hits) == [
        ("identity", "第1页第2行"),
        ("secrecy_mark", "第2页第1行"),
    ]

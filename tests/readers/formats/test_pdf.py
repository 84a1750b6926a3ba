"""PDF: what cannot be read is said; tables that a page cuts are two grids in order."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from gongkai.readers import border
from gongkai.readers.content import Grid
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits, pdf_geometry
from gongkai.readers.formats.boxes import edges_of
from tests.readers.formats import samples

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def _pdf(*objects: str) -> bytes:
    """A PDF of hand-written objects, the first of them the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def picture_pdf() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (60, 80), 200).save(stream, "PDF")
    return stream.getvalue()


def many_pages(count: int) -> bytes:
    kids = " ".join(["3 0 R"] * count)
    pages = f"<</Type/Pages/Count {count}/Kids[{kids}]>>"
    return _pdf("<</Type/Catalog/Pages 2 0 R>>", pages, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")


def encrypted_pdf() -> bytes:
    """A document whose dictionary names the standard handler with a password that nobody has."""
    owner = "00" * 32
    encrypt = f"<</Filter/Standard/V 1/R 2/O<{owner}>/U<{owner}>/P -4>>"
    base = _pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>", encrypt)
    return base.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]")


@pytest.mark.parametrize("tier", ["text", "geometry"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (picture_pdf(), "no_text_layer"),
        (encrypted_pdf(), "encrypted"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + b"1 0 obj <<" * 5000, "damaged"),
        (samples.pdf_file()[:3000], "damaged"),
        (many_pages(2_000), "too_large"),
    ],
    ids=["picture", "password", "header only", "nested", "cut", "pages"],
)
def test_what_cannot_be_read_is_said(tier: str, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        border.open_content(data, "a.pdf") if tier == "text" else border.open_geometry(data)
    assert refusal.value.code == code


def test_the_refusal_of_a_scan_says_what_to_do() -> None:
    with pytest.raises(Unreadable) as refusal:
        border.open_content(picture_pdf(), "a.pdf")
    assert "没有文字层" in refusal.value.message
    assert "原件" in refusal.value.advice


def test_a_page_of_too_many_objects_is_left_to_the_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGE_OBJECTS", 5)
    with pytest.raises(Unreadable) as refusal:
        border.open_geometry(samples.pdf_file())
    assert refusal.value.code == "too_large"
    assert border.open_content(samples.pdf_file(), "a.pdf").text


def test_a_table_cut_by_a_page_is_two_grids_in_order(tmp_path: Path) -> None:
    import pylopdf_fonts_zh_cn
    import typst

    rows = ",".join(f"[第{n}行],[{n * 3}]" for n in range(60))
    source = (
        f'#set text(font:"Noto Serif SC",size:12pt)\n#set page(height:14cm,numbering:"1")\n#table(columns:2,{rows})'
    )
    data = typst.compile(source.encode(), font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)])
    blocks = border.open_geometry(bytes(data)).blocks
    grids = [b for b in blocks if isinstance(b, Grid)]
    assert len(grids) > 2
    assert [c.text for g in grids for c in g.cells if c.col == 0] == [f"第{n}行" for n in range(60)]
    assert [g.at.page for g in grids] == list(range(1, len(grids) + 1))
    assert [b.text for b in blocks if not isinstance(b, Grid)] == [str(n) for n in range(1, len(grids) + 1)]


def test_edges_that_nearly_meet_are_one() -> None:
    assert edges_of([100.0, 10.0, 11.5, 99.0, 50.0], pdf_geometry.SNAP) == [10.0, 50.0, 99.0]


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("hongze-2023", [(8, 4), (6, 2), (16, 10), (9, 10), (4, 15)]),
        ("hongze-2024", [(7, 4), (7, 2), (16, 10), (10, 10), (4, 15)]),
        ("huaian-2024", [(8, 4), (6, 2), (16, 10), (12, 10), (4, 15)]),
    ],
)
def test_real_reports_give_their_tables(name: str, shapes: list[tuple[int, int]]) -> None:
    path = CORPUS / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"corpus file absent: {name}.pdf")
    grids = [b for b in border.open_geometry(path.read_bytes()).blocks if isinstance(b, Grid)]
    assert [(g.rows, g.columns) for g in grids] == shapes
    for grid in grids:
        assert sum(c.rowspan * c.colspan for c in grid.cells) == grid.rows * grid.columns


def test_without_an_office_program_old_formats_are_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Unreadable) as refusal:
        border.open_content(b"{\\rtf1 \\u38738 }", "a.rtf")
    assert refusal.value.code == "needs_conversion"
    assert "另存为 DOCX" in refusal.value.advice

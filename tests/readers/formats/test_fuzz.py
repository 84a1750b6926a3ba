"""Bytes of every kind: read, or refused as `Unreadable`; and never by an error of our own code."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.readers import border
from gongkai.readers.content import Content, Grid
from gongkai.readers.errors import Unreadable
from tests.readers.formats import samples

NAMES = st.sampled_from(["a.html", "a.docx", "a.xlsx", "a.pdf", "a.ofd", "a.md", "a.txt", "a.json", "a.xls", "a", ""])
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
OUR_MISTAKES = (NameError, AttributeError, TypeError, IndexError, KeyError, AssertionError)


@functools.cache
def valid(kind: str) -> bytes:
    made = {
        "html": lambda: samples.html_page().encode(),
        "docx": samples.docx_file,
        "xlsx": samples.xlsx_file,
        "pdf": samples.pdf_file,
        "ofd": lambda: samples.ofd_of(samples.ofd_text("甲乙", 20, 30, delta="g 1 4")),
        "mhtml": lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>1</p>",
    }
    return made[kind]()


def check(data: bytes, name: str, geometry: bool = False) -> None:
    try:
        content = border.open_geometry(data) if geometry else border.open_content(data, name)
    except Unreadable as refusal:
        assert refusal.code
        assert refusal.message
        assert refusal.advice
        assert not _is_ours(refusal.__cause__), repr(refusal.__cause__)
    else:
        check_content(content)


def _is_ours(cause: BaseException | None) -> bool:
    """Whether an error came out of our own lines rather than out of a library's."""
    if not isinstance(cause, OUR_MISTAKES) or cause.__traceback__ is None:
        return False
    trace = cause.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return "gongkai" in trace.tb_frame.f_globals.get("__name__", "")


def check_content(content: Content) -> None:
    for block in content.blocks:
        if not isinstance(block, Grid):
            assert block.at.chars is not None
            assert content.text[slice(*block.at.chars)] == block.text
            continue
        taken: set[tuple[int, int]] = set()
        for cell in block.cells:
            area = {
                (r, c)
                for r in range(cell.row, cell.row + cell.rowspan)
                for c in range(cell.col, cell.col + cell.colspan)
            }
            assert area
            assert not area & taken
            taken |= area
            assert cell.row + cell.rowspan <= block.rows
            assert cell.col + cell.colspan <= block.columns


@given(st.binary(max_size=400), NAMES)
@QUIET
def test_any_bytes(data: bytes, name: str) -> None:
    check(data, name)


@given(st.text(max_size=200), NAMES, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@QUIET
def test_any_text(text: str, name: str, encoding: str) -> None:
    check(text.encode(encoding, "replace"), name)


TAGS = st.sampled_from(
    ["table", "tr", "td", "th", "p", "div", "br", "tbody", "span", "script", "nav", "/table", "/tr", "/td", "/p"]
)
ATTRIBUTES = st.sampled_from(["", " rowspan=2", " colspan=3", " rowspan=0", " colspan=99999", " hidden", " rowspan=-1"])
PIECES = st.lists(
    st.tuples(TAGS, ATTRIBUTES, st.sampled_from(["", "1", "规章", "0\n2", "&nbsp;", "<!--x-->"])), max_size=40
)


@given(PIECES)
@settings(QUIET, max_examples=200)
def test_any_markup(pieces: list[tuple[str, str, str]]) -> None:
    check(("<html>" + "".join(f"<{t}{a}>{x}" for t, a, x in pieces)).encode(), "a.html")


WORD = st.sampled_from(
    [
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:p",
        "w:r",
        "w:sdt",
        "w:sdtContent",
        "w:ins",
        "w:del",
        "mc:AlternateContent",
        "mc:Fallback",
        "w:pict",
        "w:txbxContent",
    ]
)
LEAVES = st.sampled_from(
    [
        "",
        "<w:t>5</w:t>",
        "<w:tcPr><w:gridSpan w:val='3'/></w:tcPr>",
        "<w:tcPr><w:vMerge/></w:tcPr>",
        "<w:tab/>",
        "<w:br/>",
        "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>",
        "<w:tcPr><w:hMerge/></w:tcPr>",
        "<w:rPr><w:vanish/></w:rPr>",
        "<w:trPr><w:gridBefore w:val='2'/></w:trPr>",
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(WORD, st.lists(inner, max_size=4)).map(lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"),
    max_leaves=40,
)


@given(st.lists(TREES, max_size=6))
@settings(QUIET, max_examples=200)
def test_any_word_tree(trees: list[str]) -> None:
    check(samples.docx_of("".join(trees)), "a.docx")


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "pdf", "ofd", "mhtml"])
@given(st.data())
@QUIET
def test_valid_files_with_bytes_changed(kind: str, data: st.DataObject) -> None:
    broken = bytearray(valid(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(broken) - 1))
        broken[place] = data.draw(st.integers(0, 255))
    check(bytes(broken[: data.draw(st.sampled_from([len(broken), len(broken) // 2, len(broken) - 9]))]), f"a.{kind}")


PARTS = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml", "ofd": "Doc_0/Document.xml"}


@pytest.mark.parametrize("kind", PARTS)
@given(st.data())
@QUIET
def test_valid_packages_with_a_part_changed(kind: str, data: st.DataObject) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(valid(kind))) as package:
        parts: dict[str, bytes | str] = {n: package.read(n) for n in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name] if isinstance(parts[name], bytes) else b"")
    for _ in range(data.draw(st.integers(1, 4))):
        if part:
            place = data.draw(st.integers(0, len(part) - 1))
            part[place : place + data.draw(st.integers(0, 3))] = data.draw(
                st.sampled_from([b"", b"9", b"<", b"99999999", b"-1", b"z"])
            )
    check(samples.zipped({**parts, name: bytes(part)}), f"a.{kind}")


@given(st.data())
@settings(QUIET, max_examples=25)
def test_geometry_of_a_changed_pdf(data: st.DataObject) -> None:
    broken = bytearray(valid("pdf"))
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(broken), "a.pdf", geometry=True)

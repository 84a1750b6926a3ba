"""DOCX written by hand: merges, nesting, revisions, hidden text, boxes, content controls, numbering, places."""

from __future__ import annotations

import io

import pytest
from lxml import etree

from gongkai.readers import border
from gongkai.readers.content import Content, Grid
from gongkai.readers.errors import Unreadable
from tests.readers.formats import samples
from tests.readers.formats.samples import W, cell, docx_of, paragraph


def read(body: str, **more: object) -> Content:
    return border.open_content(docx_of(body, **more), "a.docx")  # type: ignore[arg-type]


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def plain(*texts: str) -> str:
    return "".join(cell(paragraph(t)) for t in texts)


@pytest.mark.parametrize(
    ("inner", "lines"),
    [
        ("<w:r><w:t>全年</w:t></w:r><w:r><w:t>12件</w:t></w:r>", ["全年12件"]),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲\t乙"]),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", ["甲", "乙"]),
        ("<w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r>", ["甲乙"]),
        ("<w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r>", ["甲"]),
        ("<w:r><w:t>1</w:t></w:r><w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:r><w:t>2</w:t></w:r>", ["12"]),
        ("<w:r><w:t>1</w:t></w:r><w:ins><w:r><w:t>8</w:t></w:r></w:ins>", ["18"]),
        ("<w:r><w:t>1</w:t></w:r><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom>", ["1"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r>", ["见"]),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>见</w:t></w:r>", ["见"]),
        ("<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>", ["链"]),
        ("<w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>", ["控"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>页</w:t></w:r>", ["页"]),
        ("<w:r><w:t>2023</w:t><w:noBreakHyphen/><w:t>01</w:t></w:r>", ["2023-01"]),
    ],
)
def test_words_of_a_paragraph(inner: str, lines: list[str]) -> None:
    assert samples.lines(read(f"<w:p>{inner}</w:p>")) == lines


def test_merges_down_and_across_and_columns_left_out() -> None:
    rows = (
        cell(paragraph("三、办理结果"), "<w:vMerge w:val='restart'/>") + plain("予以公开", "8"),
        cell(paragraph(""), "<w:vMerge/>") + cell(paragraph("合计"), "<w:gridSpan w:val='2'/>"),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + plain("部分公开", "2"),
    )
    (grid,) = samples.grids(read(table(*rows)))
    assert grid == [
        ("三、办理结果", 0, 0, 2, 1),
        ("予以公开", 0, 1, 1, 1),
        ("8", 0, 2, 1, 1),
        ("合计", 1, 1, 1, 2),
        ("部分公开", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]


def test_a_merge_without_a_beginning_is_a_cell() -> None:
    rows = (plain("甲", "1"), cell(paragraph("乙"), "<w:vMerge/>") + plain("2"))
    (grid,) = samples.grids(read(table(*rows)))
    assert [c[0] for c in grid] == ["甲", "1", "乙", "2"]


def test_a_deleted_row_is_left_out() -> None:
    rows = (plain("甲", "1"), "<w:trPr><w:del/></w:trPr>" + plain("乙", "2"), plain("丙", "3"))
    assert [c[0] for c in samples.grids(read(table(*rows)))[0]] == ["甲", "1", "丙", "3"]


def test_rows_and_cells_within_content_controls() -> None:
    row = f"<w:tr>{plain('甲')}<w:sdt><w:sdtContent>{plain('1')}</w:sdtContent></w:sdt></w:tr>"
    wrapped = f"<w:sdt><w:sdtContent><w:tr>{plain('乙', '2')}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent><w:tbl>{row}{wrapped}</w:tbl></w:sdtContent></w:sdt>"
    assert [c[:3] for c in samples.grids(read(body))[0]] == [("甲", 0, 0), ("1", 0, 1), ("乙", 1, 0), ("2", 1, 1)]


def test_two_paragraphs_of_figures_stay_apart() -> None:
    grid = samples.grids(read(table(cell(paragraph("3") + paragraph("5")) + plain("属于国家"), plain("甲", "乙"))))[0]
    assert grid[0][0] == "3\n5"


BOX = "<wps:txbx><w:txbxContent>" + paragraph("框中一句") + "</w:txbxContent></wps:txbx>"


def test_a_text_box_is_read_once() -> None:
    choice = f"<mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
    body = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"
    )
    assert samples.lines(read(body)) == ["正文", "框中一句"]


def _named(data: bytes, dom: str) -> str:
    """The text at a place, found by the rule of the module's docstring alone."""
    import re
    import zipfile

    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    body = root.find(f"{{{W}}}body")
    assert body is not None
    steps = re.findall(r"([a-z]+)\[(\d+)\]", dom)
    element, owner = body, body
    for name, number in steps:
        owner_tag = {"tr": "tbl", "tc": "tr"}.get(name)
        found = [
            e
            for e in element.iter(f"{{{W}}}{name}")
            if owner_tag is None or next(e.iterancestors(f"{{{W}}}{owner_tag}")) is owner
        ]
        element = owner = found[int(number) - 1]
    return "".join(element.itertext())


MIXED = (
    paragraph("一")
    + "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    + f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
    + f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    + table(
        plain("甲", "1", "四"),
        cell(table(plain("子", "5", "己"), plain("丑", "6", "庚")) + paragraph("")) + plain("2", "五"),
    )
    + paragraph("二")
    + table(
        plain("丙", "7"),
        cell(paragraph("丁"), "<w:vMerge w:val='restart'/>") + plain("8"),
        cell(paragraph(""), "<w:vMerge/>") + plain("9"),
    )
)


def test_every_place_can_be_found_again_by_counting() -> None:
    data = docx_of(MIXED)
    content = border.open_content(data, "a.docx")
    seen = []
    for block in content.blocks:
        for piece in block.cells if isinstance(block, Grid) else [block]:
            assert piece.at.dom is not None
            if piece.text:
                assert _named(data, piece.at.dom) == piece.text
                seen.append(piece.at.dom)
    assert "p[1]" in seen and "tbl[2]/tr[2]/tc[2]" in seen and "tbl[3]/tr[3]/tc[2]" in seen


def test_places_are_counted_the_same_with_and_without_revisions() -> None:
    body = table(plain("甲", "1"), plain("乙", "2")) + paragraph("末")
    places = [b.at.dom for b in read(body).blocks]
    careful = [b.at.dom for b in read(body + "<w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>").blocks]
    assert places == careful == ["tbl[1]", "p[5]"]


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def _numbered(text: str, level: int) -> str:
    return paragraph(text, f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr>")


def test_numbers_that_word_writes_itself_are_written() -> None:
    body = "".join(
        _numbered(t, n) for t, n in (("总体情况", 0), ("甲", 1), ("乙", 1), ("主动公开政府信息情况", 0), ("丙", 1))
    )
    content = read(body, extra={"word/numbering.xml": NUMBERING})
    assert samples.lines(content) == ["一、总体情况", "（1）甲", "（2）乙", "二、主动公开政府信息情况", "（1）丙"]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (120, "120")]
)
def test_chinese_numbers(number: int, words: str) -> None:
    from gongkai.readers.formats.docx_numbering import chinese

    assert chinese(number) == words


def test_an_entity_is_refused() -> None:
    head = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(Unreadable) as refusal:
        border.open_content(docx_of(paragraph("&x;"), head=head), "a.docx")
    assert refusal.value.code == "damaged"


def test_a_document_without_words_is_said_to_be_empty() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(paragraph(" "))
    assert refusal.value.code == "empty"

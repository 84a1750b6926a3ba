"""DOCX: what its markup means for who reads it: fields, tabs, boxes, styles, the ground under white words, broken tables."""

from __future__ import annotations

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.precheck import Hit, precheck
from tests.readers.formats.samples import zipped
from tests.readers.precheck import files
from tests.readers.precheck.books import book
from tests.readers.precheck.files import IDENTITY, W, plain_document, run_xml, saved, with_parts

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
DRAWING = nsdecls("a")


def with_body(*markup: str) -> bytes:
    """A notice with this markup before its first paragraph."""
    document = plain_document()
    for at, piece in enumerate(markup):
        document.element.body.insert(at, parse_xml(piece))
    return saved(document)


def hits(data: bytes, kind: str) -> list[Hit]:
    return [hit for hit in precheck("通知.docx", data).hits if hit.kind == kind]


def boxed(inner: str) -> str:
    return f"<w:pict><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:pict>"


# ---- words --------------------------------------------------------------------------------------------------------


def test_a_box_that_is_written_twice_for_old_programs_is_told_once() -> None:
    inner = boxed(run_xml(f"身份证号{IDENTITY}"))
    both = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    data = with_body(f"<w:p {W} {MC}><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>")
    assert [(hit.place.says, hit.count) for hit in hits(data, "identity")] == [("正文的文本框", 1)]


@pytest.mark.parametrize("between", ["<w:br/>", "<w:tab/>", "<w:cr/>"])
def test_numbers_parted_by_a_break_or_a_tab_are_two(between: str) -> None:
    run = f"<w:r><w:t>手机13800001234</w:t>{between}<w:t>13900001234</w:t></w:r>"
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>'
    assert len(hits(with_body(f"<w:p {W}>{stops}{run}</w:p>"), "phone")) == 2
    joined = run.replace(between, "")  # one stretch of digits is no telephone
    assert hits(with_body(f"<w:p {W}>{stops}{joined}</w:p>"), "phone") == []


def test_tab_stops_are_no_words() -> None:
    from gongkai.readers.precheck.word import read_docx

    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/><w:tab w:val="left" w:pos="840"/></w:tabs></w:pPr>'
    paragraph = f"<w:p {W}>{stops}<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>"
    assert read_docx(with_body(paragraph)).pieces[0].text == "甲\t乙"


def test_words_of_a_hidden_paragraph_style_are_hidden() -> None:
    document = plain_document()
    style = document.styles.add_style("NoPrint", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    document.add_paragraph("内部掌握的口径", style=style)
    document.add_paragraph("公开的口径", style="Normal")
    assert [hit.text for hit in hits(saved(document), "hidden_text")] == ["内部掌握的口径"]


def test_building_blocks_charts_and_diagrams_are_looked_through() -> None:
    paragraph = f"<w:p>{run_xml(f'身份证号{IDENTITY}')}</w:p>"
    point = "<c:pt><c:v>{}</c:v></c:pt><c:pt><c:v/></c:pt>"
    chart = f'<c:c xmlns:c="urn:c">{point.format("手机13800001234")}</c:c>'
    data = with_parts(
        saved(plain_document()),
        {
            "word/glossary/document.xml": f"<w:glossaryDocument {W}>{paragraph}</w:glossaryDocument>",
            "word/charts/chart1.xml": chart,
            "word/charts/style1.xml": chart,
            "word/diagrams/data1.xml": '<d xmlns:a="urn:a"><a:t>银行卡号6222021234567890128</a:t></d>',
        },
    )
    told = {hit.kind: (hit.place.part, hit.place.says) for hit in precheck("a.docx", data).hits}
    assert told == {
        "identity": ("hidden", "构建基块"),
        "phone": ("text_box", "图表"),
        "bank_card": ("text_box", "图示"),
    }


# ---- what is kept back --------------------------------------------------------------------------------------------

WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:tcPr><w:shd w:val="clear" w:fill="1B365D"/></w:tcPr>'
STYLE = '<w:tblPr><w:tblStyle w:val="GridTable4"/></w:tblPr>'


def cell(looks: str, style: str = "") -> str:
    paragraph = f"<w:p>{run_xml('白色的字', WHITE)}</w:p>"
    return f"<w:tbl {W}>{style}<w:tr><w:tc>{looks}{paragraph}</w:tc></w:tr></w:tbl>"


GROUNDS = [
    # where white words stand | whether they are hidden
    (cell(""), True),
    (cell('<w:tcPr><w:shd w:val="clear" w:fill="auto"/></w:tcPr>'), True),
    (cell(DARK), False),
    (cell("", STYLE), False),
    (f"<w:p {W}><w:r>{boxed(run_xml('白色的字', WHITE))}</w:r></w:p>", False),
    (f"<w:p {W}>{run_xml('白色的字', WHITE)}</w:p>", True),
]


@pytest.mark.parametrize(("markup", "hidden"), GROUNDS)
def test_white_words_are_hidden_only_on_white(markup: str, hidden: bool) -> None:
    assert [hit.text for hit in hits(with_body(markup), "hidden_text")] == ["白色的字"] * hidden


def change(tag: str, text: str, author: str) -> str:
    who = f'w:author="{author}"' if author else ""
    return f'<w:{tag} w:id="1" {who}>{run_xml(text)}</w:{tag}>'


def test_changes_are_counted_and_each_hand_and_each_place_is_named_once() -> None:
    one = "".join(change("ins", text, "王拟稿") for text in ("甲", "乙")) + change("ins", "丙", "")
    data = with_body(f"<w:p {W}>{one}</w:p>", f"<w:p {W}>{change('ins', '丁', '李复核')}</w:p>")
    (told,) = hits(data, "tracked_change")
    assert (told.count, told.place.says, told.also) == (4, "第1段", ("第2段",))
    assert told.text == "修订者：王＊＊、李＊＊" and "插入4处" in told.says


def test_a_field_betrays_the_path_of_its_picture_and_not_the_account_in_it() -> None:
    field = 'INCLUDEPICTURE "C:\\\\Users\\\\zhangsan\\\\Desktop\\\\a.png" \\* MERGEFORMAT'
    told = hits(with_body(f"<w:p {W}><w:r><w:instrText>{field}</w:instrText></w:r></w:p>"), "local_path")
    assert [hit.text for hit in told] == ["C:\\\\Users\\\\zh＊＊＊＊＊＊\\\\Desktop\\\\a.png"]
    plain = f"<w:p {W}><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText><w:instrText/></w:r></w:p>"
    assert hits(with_body(plain), "local_path") == []


@pytest.mark.parametrize(("edges", "cut"), [('l="12000" b="0"', 1), ('l="0" t=""', 0), ('t="-4000"', 1), ("", 0)])
def test_a_picture_cut_in_the_document_is_told(edges: str, cut: int) -> None:
    picture = f"<w:p {W} {DRAWING}><w:r><w:drawing><a:srcRect {edges}/></w:drawing></w:r></w:p>"
    assert len(hits(with_body(picture), "cropped_picture")) == cut


TEMPLATES = [
    ("C:\\Users\\zhangsan\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm", ["note 文档模板"]),
    ("Normal.dotm", []),
    ("D:\\公文\\红头.dotx", ["doubt 文档引用的模板"]),
]


@pytest.mark.parametrize(("target", "told"), TEMPLATES)
def test_the_common_template_is_told_only_for_its_path(target: str, told: list[str]) -> None:
    data = saved(plain_document())
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    found = hits(with_parts(data, {"word/_rels/settings.xml.rels": relation}), "local_path")
    assert [f"{hit.grade} {hit.place.says}" for hit in found] == told
    assert all("zhangsan" not in hit.text for hit in found)


def test_an_embedded_file_that_cannot_be_read_does_not_spoil_the_document() -> None:
    inner = files.changed(book({"A1": "x"}), xl__embeddings__inner_dot_xlsx=book({"A1": "y"}))
    data = with_parts(
        files.in_body(f"身份证号{IDENTITY}"),
        {
            "word/embeddings/坏.docx": zipped({"word/document.xml": "<w"}),
            "word/embeddings/表.xlsx": inner,
            "word/embeddings/说明.xml": b"x",
        },
    )
    found = precheck("a.docx", data)
    assert len([hit for hit in found.hits if hit.kind == "identity"]) == 1
    assert len([hit for hit in found.hits if hit.kind == "embedded_object"]) == 4
    broken = next(sentence for sentence in found.left_out if "坏.docx" in sentence)
    assert broken == "没有打开检查：第1个嵌入的文件（坏.docx）（文件已损坏或不完整，无法读取）。"
    assert any("表.xlsx" in sentence and "inner.xlsx" in sentence for sentence in found.left_out)


# ---- made to hurt -------------------------------------------------------------------------------------------------

PARAGRAPH = f"<w:p>{run_xml(f'身份证号{IDENTITY}', WHITE)}</w:p>"
BROKEN_TABLES = [
    f"<w:tbl {W}><w:tc>{PARAGRAPH}</w:tc></w:tbl>",
    f"<w:tr {W}><w:tc>{PARAGRAPH}</w:tc></w:tr>",
    f"<w:tc {W}>{PARAGRAPH}</w:tc>",
    f"<a:tc {W} {DRAWING}>{PARAGRAPH}</a:tc>",
]


@pytest.mark.parametrize("markup", BROKEN_TABLES)
def test_a_cell_without_its_row_or_its_table_is_still_read(markup: str) -> None:
    found = precheck("a.docx", with_body(markup)).hits
    assert sorted((hit.kind, hit.place.part) for hit in found) == [("hidden_text", "body"), ("identity", "hidden")]


def test_a_table_out_of_all_proportion_is_refused() -> None:
    cells = "<w:tc></w:tc>" * (4 * limits.MAX_CELLS + 1)
    data = with_parts(
        saved(plain_document()), {"word/document.xml": f"<w:document {W}><w:body>{cells}</w:body></w:document>"}
    )
    with pytest.raises(Unreadable) as refused:
        precheck("a.docx", data)
    assert refused.value.code == "too_many_cells"

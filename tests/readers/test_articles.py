"""Word读成文章：标题、编号、表格、修订、隐藏文字；带不过来的逐样指明，读不了的用一句话说明。"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from gongkai.readers.articles import Article, read_article
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats.docx import STRICT
from tests.readers.formats.hostile import ENTITIES, with_part, zeros
from tests.readers.formats.samples import W, cell, docx_of, paragraph, pdf_file, xlsx_file, zipped

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa471"
    "0000000049454e44ae426082"
)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def made(build: Callable[[Document], Any]) -> Article:
    """The article of what python-docx writes."""
    document = docx.Document()
    build(document)
    return read_article("通知.docx", saved(document))


def written(body: str, styles: str = "", **more: Any) -> Article:
    """The article of a body written by hand."""
    extra = {"word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'} if styles else {}
    return read_article("通知.docx", docx_of(body, extra={**extra, **more}))


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cells(*words: str) -> str:
    return "".join(cell(paragraph(each)) for each in words)


# ── what comes out ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_of_word_becomes_headings_paragraphs_and_a_table() -> None:
    def build(document: Document) -> None:
        document.add_heading("关于做好农村供水工作的通知", 1)
        document.add_paragraph("各乡镇人民政府：")
        document.add_heading("总体要求", 2)
        said = document.add_paragraph("到2026年底，覆盖率")
        said.add_run("达到95%").bold = True
        said.add_run("以上。").bold = True
        said.add_run("见附件").italic = True
        grid = document.add_table(2, 2)
        for place, words in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("乡镇", "户数", "石桥镇", "860"), strict=True):
            grid.cell(*place).text = words
        document.add_heading("细项", 5)

    article = made(build)
    assert article.title == "关于做好农村供水工作的通知"
    assert article.html.splitlines() == [
        "<h2>关于做好农村供水工作的通知</h2>",
        "<p>各乡镇人民政府：</p>",
        "<h3>总体要求</h3>",
        "<p>到2026年底，覆盖率<strong>达到95%以上。</strong><em>见附件</em></p>",
        "<table><tbody><tr><td>乡镇</td><td>户数</td></tr><tr><td>石桥镇</td><td>860</td></tr></tbody></table>",
        "<h4>细项</h4>",
    ]
    assert article.left_out == ()


def test_the_title_is_the_first_line_and_not_longer_than_a_title_may_be() -> None:
    assert (
        made(lambda d: [d.add_paragraph(" "), d.add_paragraph("石桥" * 150), d.add_paragraph("正文")]).title
        == "石桥" * 100
    )
    assert made(lambda d: [d.add_heading("第二级", 2), d.add_heading("第一级", 1)]).title == "第一级"
    assert made(lambda d: d.add_heading("第二级", 2)).title == ""


def test_what_is_written_is_never_markup() -> None:
    article = made(lambda d: d.add_paragraph("<script>alert(1)</script> A&B 小于<5"))
    assert article.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; A&amp;B 小于&lt;5</p>"
    assert article.title == "<script>alert(1)</script> A&B 小于<5"


def test_breaks_and_tabs_of_a_line() -> None:
    def build(document: Document) -> None:
        run = document.add_paragraph().add_run("甲\t乙")
        run.add_break()
        run.add_text("丙")
        run.add_break(WD_BREAK.PAGE)
        document.add_page_break()

    assert made(build).html == "<p>甲\u3000乙<br>丙</p>"


def test_a_link_leaves_its_words() -> None:
    def build(document: Document) -> None:
        said = document.add_paragraph("详见")
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), document.part.relate_to("https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, True))
        link.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>县政府网站</w:t></w:r>"))
        said._p.append(link)
        said.add_run("。")

    assert made(build).html == "<p>详见县政府网站。</p>"


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<w:r><w:t>2023</w:t><w:noBreakHyphen/><w:t>01</w:t></w:r>", "2023-01"),
        ("<w:r><w:t/><w:t>甲</w:t></w:r>", "甲"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>", "控"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>页</w:t></w:r>", "页"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>lù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甪</w:t></w:r></w:rubyBase></w:ruby></w:r>", "甪"),
        ("<w:r><w:rPr><w:b w:val='off'/></w:rPr><w:t>不粗</w:t></w:r>", "不粗"),
        ("<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>又粗</w:t></w:r>", "<strong><em>又粗</em></strong>"),
        ("<w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'> </w:t></w:r><w:r><w:t>乙</w:t></w:r>", "甲 乙"),
        ("<w:bookmarkStart/><w:r><w:t>甲</w:t></w:r>", "甲"),
    ],
)  # fmt: skip
def test_the_words_of_a_line(inner: str, words: str) -> None:
    article = written(f"<w:p>{inner}</w:p>")
    assert (article.html, article.left_out) == (f"<p>{words}</p>", ())


def test_the_numbers_that_word_writes_itself_are_written() -> None:
    def build(document: Document) -> None:
        for words in ("先核对", "再报送"):
            document.add_paragraph(words, style="List Number")
        document.add_paragraph("另行通知", style="List Bullet")

    assert made(build).html.splitlines() == ["<p>1.先核对</p>", "<p>2.再报送</p>", "<p>另行通知</p>"]


STYLES = (
    '<w:style w:styleId="a"><w:name w:val="标题 3"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="附件标题"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:styleId="c"><w:name w:val="款"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="d"><w:basedOn w:val="c"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:styleId="e"><w:name w:val="正文"/><w:basedOn w:val="e"/></w:style>'
    '<w:style w:styleId="hide"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="dark"><w:basedOn w:val="hide"/></w:style>'
    '<w:style w:styleId="show"><w:basedOn w:val="hide"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "tag"),
    [
        ('<w:pStyle w:val="a"/>', "h4"),
        ('<w:pStyle w:val="b"/>', "h4"),
        ('<w:pStyle w:val="c"/>', "h3"),
        ('<w:pStyle w:val="d"/>', "p"),
        ('<w:pStyle w:val="e"/>', "p"),
        ('<w:pStyle w:val="没有这一样式"/>', "p"),
        ('<w:pStyle w:val="a"/><w:outlineLvl w:val="0"/>', "h2"),
        ('<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>', "p"),
        ('<w:outlineLvl w:val="10"/>', "p"),
        ('<w:outlineLvl w:val="-1"/>', "p"),
        ('<w:outlineLvl w:val="1级"/>', "p"),
        ("<w:outlineLvl/>", "p"),
    ],
)
def test_the_level_of_a_heading_is_its_own_or_its_style_s(properties: str, tag: str) -> None:
    assert written(paragraph("总则", f"<w:pPr>{properties}</w:pPr>"), STYLES).html == f"<{tag}>总则</{tag}>"


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_merged_cells_keep_their_shape_and_a_table_within_one_stays_there() -> None:
    def build(document: Document) -> None:
        grid = document.add_table(3, 3)
        grid.cell(0, 0).merge(grid.cell(1, 0)).text = "事项"
        grid.cell(0, 1).merge(grid.cell(0, 2)).text = "数量"
        grid.cell(1, 1).text, grid.cell(1, 2).text = "上年", "本年"
        grid.cell(2, 0).text = "公开"
        inner = grid.cell(2, 1).add_table(1, 1)
        inner.cell(0, 0).text = "12"

    assert made(build).html == (
        '<table><tbody><tr><td rowspan="2">事项</td><td colspan="2">数量</td></tr><tr><td>上年</td><td>本年</td></tr>'
        "<tr><td>公开</td><td><table><tbody><tr><td>12</td></tr></tbody></table></td><td></td></tr></tbody></table>"
    )


BEGIN, GO_ON, WIDE = "<w:vMerge w:val='restart'/>", "<w:vMerge/>", "<w:gridSpan w:val='{}'/>"


@pytest.mark.parametrize(
    ("rows", "html"),
    [
        pytest.param(
            [cell(paragraph("甲"), BEGIN) + cell(paragraph("乙"), BEGIN), cell("<w:p/>", GO_ON) * 2, cells("丙", "丁")],
            '<tr><td rowspan="2">甲</td><td rowspan="2">乙</td></tr><tr></tr><tr><td>丙</td><td>丁</td></tr>',
            id="a row of nothing but continued cells is a row all the same",
        ),
        pytest.param(
            [cell(paragraph("甲"), BEGIN), cell(paragraph("被盖住的话"), GO_ON)],
            '<tr><td rowspan="2"><p>甲</p><p>被盖住的话</p></td></tr><tr></tr>',
            id="words under a merged cell are not lost",
        ),
        pytest.param(
            [cells("甲"), cell(paragraph("乙"), GO_ON)],
            "<tr><td>甲</td></tr><tr><td>乙</td></tr>",
            id="a merge without a beginning is a cell",
        ),
        pytest.param(
            [cell(paragraph("甲"), BEGIN), "", cell(paragraph("丙"), GO_ON)],
            "<tr><td>甲</td></tr><tr></tr><tr><td>丙</td></tr>",
            id="a merge does not leap over a row",
        ),
        pytest.param(
            [cell(paragraph("甲"), BEGIN), cell(paragraph("乙"), GO_ON + WIDE.format(2))],
            '<tr><td>甲</td></tr><tr><td colspan="2">乙</td></tr>',
            id="a merge keeps its width",
        ),
        pytest.param(
            [cell(paragraph("甲"), BEGIN), cell(paragraph("乙"), BEGIN)],
            "<tr><td>甲</td></tr><tr><td>乙</td></tr>",
            id="one merge after another",
        ),
        pytest.param(
            ["<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + cells("合计")],
            '<tr><td colspan="2"></td><td>合计</td></tr>',
            id="columns left out before a row",
        ),
        *(
            pytest.param([cell(paragraph("甲"), WIDE.format(said))], f"<tr><td{shown}>甲</td></tr>", id=f"span {said[:5]}")
            for said, shown in (("99999", ' colspan="100"'), ("0", ""), ("-3", ""), ("三", ""), ("9" * 5000, ""))
        ),
        pytest.param(
            [f"<w:sdt><w:sdtContent>{cells('控')}</w:sdtContent></w:sdt>" + cells("件")],
            "<tr><td>控</td><td>件</td></tr>",
            id="cells within a content control",
        ),
        pytest.param(
            [cell(paragraph("甲") + paragraph("乙"))], "<tr><td><p>甲</p><p>乙</p></td></tr>", id="two lines in a cell"
        ),
    ],
)  # fmt: skip
def test_cells_lie_where_word_shows_them(rows: list[str], html: str) -> None:
    article = written(table(*rows))
    assert article.html == f"<table><tbody>{html}</tbody></table>"


def test_rows_within_content_controls_are_rows_and_deleted_ones_are_none() -> None:
    kept = f"<w:sdt><w:sdtContent><w:tr>{cells('留')}</w:tr></w:sdtContent></w:sdt>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cells('删')}</w:tr>"
    article = written(f"<w:tbl><w:tblPr/>{kept}{gone}</w:tbl>")
    assert article.html == "<table><tbody><tr><td>留</td></tr></tbody></table>"
    assert article.left_out == ("修订中删去的文字",)


def test_a_table_without_a_cell_is_no_table() -> None:
    assert written(table("") + paragraph("正文")).html == "<p>正文</p>"


# ── what is left out ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_and_a_comment_are_named() -> None:
    def build(document: Document) -> None:
        said = document.add_paragraph("如图")
        said.add_run().add_picture(io.BytesIO(PNG))
        document.add_comment(said.runs, "请核对", author="赵某")

    article = made(build)
    assert article.html == "<p>如图</p>"
    assert article.left_out == ("图片", "批注")


_BOX = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></wps:txbx>"


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ("<w:r><w:footnoteReference/></w:r>", ["脚注"]),
        ("<w:r><w:endnoteReference/></w:r>", ["尾注"]),
        ("<w:r><w:object/></w:r>", ["嵌入的对象"]),
        ("<w:r><w:pict/></w:r>", ["图片"]),
        (f"<w:r><w:drawing>{_BOX}</w:drawing></w:r>", ["文本框"]),
        (f"<w:r><mc:AlternateContent><mc:Choice>{_BOX}</mc:Choice></mc:AlternateContent></w:r>", ["文本框"]),
        ("<mc:AlternateContent><mc:Choice/></mc:AlternateContent>", ["图片"]),
        ("<m:oMath xmlns:m='m'><m:r><m:t>x</m:t></m:r></m:oMath>", ["公式"]),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", ["特殊符号"]),
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", ["修订中删去的文字"]),
        ("<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>", ["修订中移走的文字"]),
        ("<w:ins><w:r><w:t>。</w:t></w:r></w:ins>", []),
        ("<w:moveTo><w:r><w:t>。</w:t></w:r></w:moveTo>", []),
    ],
)
def test_what_cannot_be_carried_over_is_named_and_its_words_do_not_come_along(inner: str, names: list[str]) -> None:
    article = written(f"<w:p><w:r><w:t>正文</w:t></w:r>{inner}</w:p>")
    assert article.left_out == tuple(names)
    assert article.html.replace("。", "") == "<p>正文</p>"


def test_what_stands_between_paragraphs_is_entered_or_named() -> None:
    article = written(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件中')}</w:sdtContent></w:sdt><w:altChunk/>"
        f"<w:moveFrom>{paragraph('移走')}</w:moveFrom><w:sectPr/>"
    )
    assert article.html == "<p>控件中</p>"
    assert article.left_out == ("嵌入的文档", "修订中移走的文字")


@pytest.mark.parametrize(
    ("of_line", "of_run", "hidden"),
    [
        ("", "<w:vanish/>", True),
        ("", "<w:vanish w:val='0'/>", False),
        ("", "<w:vanish w:val='off'/>", False),
        ("", "<w:rStyle w:val='hide'/>", True),
        ("", "<w:rStyle w:val='dark'/>", True),
        ("", "<w:rStyle w:val='show'/>", False),
        ("", "<w:rStyle w:val='hide'/><w:vanish w:val='0'/>", False),
        ("<w:pStyle w:val='dark'/>", "", True),
        ("<w:pStyle w:val='dark'/>", "<w:rStyle w:val='show'/>", False),
        ("<w:pStyle w:val='a'/>", "", False),
    ],
)
def test_hidden_words_stay_behind_and_are_named(of_line: str, of_run: str, hidden: bool) -> None:
    line = f"<w:p><w:pPr>{of_line}</w:pPr><w:r><w:rPr>{of_run}</w:rPr><w:t>暗处</w:t></w:r></w:p>"
    article = written(paragraph("明处") + line, STYLES)
    assert ("暗处" in article.html) is not hidden
    assert article.left_out == (("隐藏的文字",) if hidden else ())


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_strict_form_and_a_main_part_in_another_place_are_read() -> None:
    strict = f'<w:document xmlns:w="{STRICT.strip("{}")}"><w:body>{paragraph("严格格式")}</w:body></w:document>'
    assert read_article("a.docx", zipped({"word/document.xml": strict})).html == "<p>严格格式</p>"
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="/word/other.xml"/></Relationships>'
    elsewhere = strict.replace("严格格式", "另一处")
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<T/>",
        "_rels/.rels": relations,
        "word/other.xml": elsewhere,
    }
    assert read_article("a.docx", zipped(parts)).html == "<p>另一处</p>"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("台账.xlsx", xlsx_file, "“台账.xlsx”不是Word文档（DOCX）。请在Word中另存为DOCX后再导入。"),
        ("通知.docx", pdf_file, "不是Word文档"),
        ("通知.docx", lambda: b"", "不是Word文档"),
        ("通知.docx", lambda: docx_of(paragraph("甲"))[:200], "不是Word文档"),
    ],
)
def test_what_is_no_document_of_word_is_sent_back(name: str, data: Callable[[], bytes], says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_article(name, data())
    assert refused.value.code == "wrong_type"
    assert says in str(refused.value)


BLANK = table(cell("<w:p/>"), cell("<w:p/>"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(lambda: docx_of(""), "empty", id="an empty body"),
        pytest.param(lambda: docx_of(BLANK), "empty", id="an empty table"),
        pytest.param(lambda: saved(docx.Document()), "empty", id="an empty document"),
        pytest.param(lambda: zipped({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), "empty", id="no body"),
        pytest.param(lambda: zipped({"word/document.xml": "<html/>"}), "damaged", id="another root"),
        pytest.param(lambda: docx_of("<w:p><w:r>"), "damaged", id="broken XML"),
        pytest.param(lambda: docx_of(paragraph("&l9;"), head=ENTITIES), "damaged", id="entities"),
        pytest.param(
            lambda: docx_of(paragraph("甲"), extra={"word/styles.xml": "<w:styles"}), "damaged", id="broken styles"
        ),
        pytest.param(
            lambda: with_part(docx_of(""), "word/document.xml", zeros(60)), "too_large", id="a bomb"
        ),
        pytest.param(
            lambda: docx_of("<w:tbl><w:tr><w:tc>" * 60 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 60),
            "too_deep",
            id="tables within tables",
        ),
        pytest.param(
            lambda: docx_of("<w:p>" + "<w:ins>" * 60 + "<w:r><w:t>甲</w:t></w:r>" + "</w:ins>" * 60 + "</w:p>"),
            "too_deep",
            id="insertions within insertions",
        ),
        pytest.param(
            lambda: docx_of("<w:tbl>" + "<w:sdt>" * 60 + f"<w:tr>{cells('甲')}</w:tr>" + "</w:sdt>" * 60 + "</w:tbl>"),
            "too_deep",
            id="rows in controls within controls",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(data: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_article("通知.docx", data())
    assert refused.value.code == code
    assert refused.value.message.endswith("。")

"""Back to the sender: comments at the words and cells they speak of, and a file that is otherwise the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph
from lxml import etree

from gongkai.annual.findings import Finding
from gongkai.annual.report import At, Cell, Report, Source
from gongkai.documents import write
from gongkai.documents.returned import AUTHOR, NotWord, comment_docx, proposal
from tests.documents import samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EMPTY = Report(Source("来文.docx", "docx"), edition="2021")


def saved(document: Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def letter(*paragraphs: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def finding(**values: object) -> Finding:
    base = Finding(
        "N-SUM", "narrative_sum", "conflict", "分项相加为5，合计为4，两处不一致，请核实。", advice="请核实合计。"
    )
    return replace(base, **values)  # type: ignore[arg-type]


def commented(data: bytes) -> dict[int, str]:
    """The words between the marks of each comment."""
    body = docx.Document(io.BytesIO(data)).element.body
    found: dict[int, str] = {}
    open_: set[int] = set()
    for element in body.iter():
        if element.tag == W + "commentRangeStart":
            number = int(element.get(W + "id"))
            open_.add(number)
            found[number] = ""
        elif element.tag == W + "commentRangeEnd":
            open_.remove(int(element.get(W + "id")))
        elif element.tag == W + "t":
            for number in open_:
                found[number] += element.text or ""
    assert not open_
    references = [int(e.get(W + "id")) for e in body.iter(W + "commentReference")]
    assert sorted(references) == sorted(found)
    return found


def highlighted(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    return [
        "".join(t.text for t in run.iter(W + "t"))
        for run in body.iter(W + "r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]


def texts(data: bytes) -> list[str]:
    return [p.text for p in every_paragraph(docx.Document(io.BytesIO(data)))]


def every_paragraph(document: Document) -> list[Paragraph]:
    return [Paragraph(p, document) for p in document.element.body.iter(W + "p")]  # type: ignore[arg-type]


def test_a_comment_stands_at_exactly_the_quoted_words() -> None:
    original = letter("标题", "全年公开4条，其中文件1条、解读1条、其他3条。另有说明。")
    data = comment_docx(
        original, EMPTY, [finding(quote="公开4条，其中文件1条、解读1条、其他3条", met="4", expected="5")]
    )
    assert commented(data) == {0: "公开4条，其中文件1条、解读1条、其他3条"}
    assert highlighted(data) == ["4"]
    assert texts(data) == texts(original)
    [comment] = docx.Document(io.BytesIO(data)).comments
    assert comment.author == AUTHOR == "政府信息公开主管部门"
    assert comment.text.splitlines() == [
        "【不一致】分项相加为5，合计为4，两处不一致，请核实。",
        "建议核实：4 应为 5？",
        "请核实合计。",
    ]


def test_words_spread_over_several_runs_keep_their_looks() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, bold in (("全年公", True), ("开", False), ("4", True), ("条，其中", False), ("其他3条。", True)):
        paragraph.add_run(words).bold = bold
    data = comment_docx(saved(document), EMPTY, [finding(quote="公开4条，其中其他3", met="4", expected="5")])
    assert commented(data) == {0: "公开4条，其中其他3"}
    runs = [(r.text, r.bold) for r in docx.Document(io.BytesIO(data)).paragraphs[0].runs if r.text]
    assert runs == [
        ("全年", True),
        ("公", True),
        ("开", False),
        ("4", True),
        ("条，其中", False),
        ("其他3", True),
        ("条。", True),
    ]


def test_words_over_two_paragraphs() -> None:
    data = comment_docx(
        letter("前文。收到申请", "7件，答复6件。后文"), EMPTY, [finding(quote="收到申请\n7件，答复6件。")]
    )
    assert commented(data) == {0: "收到申请7件，答复6件。"}


def test_spaces_tabs_and_breaks_within_the_words_do_not_matter() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("收到 申请")
    run.add_tab()
    run.add_text("7件")
    run.add_break()
    run.add_text("均已答复")
    data = comment_docx(saved(document), EMPTY, [finding(quote="申请7件均已答复")])
    assert commented(data) == {0: "申请7件均已答复"}
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "收到 申请\t7件\n均已答复"


def test_two_findings_at_one_place_and_one_within_the_other() -> None:
    quotes = ["收到申请7件", "收到申请7件", "申请7"]
    found = [finding(quote=q, id=f"N-{n}") for n, q in enumerate(quotes)]
    data = comment_docx(letter("本年收到申请7件。"), EMPTY, found)
    assert list(commented(data).values()) == quotes
    assert len(list(docx.Document(io.BytesIO(data)).comments)) == 3


def test_of_equal_words_the_ones_at_the_place_of_the_finding() -> None:
    original = letter("收到申请7件。", "其他。", "收到申请7件。")
    body = docx.Document(
        io.BytesIO(comment_docx(original, EMPTY, [finding(quote="收到申请7件", at=At(dom="p[3]"))]))
    ).element.body
    marked = [p for p in body.iter(W + "p") if p.find(W + "commentRangeStart") is not None]
    assert marked == [list(body.iter(W + "p"))[2]]


@pytest.mark.parametrize(("at", "place"), [(3, 1), (9, 3), (0, 1)])
def test_of_equal_words_the_ones_that_were_read_there(at: int, place: int) -> None:
    text = "报告\n无。\n其他\n无。"
    report = replace(EMPTY, text=text)
    data = comment_docx(letter(*text.split("\n")), report, [finding(quote="无", at=At(chars=(at, at + 1)))])
    body = docx.Document(io.BytesIO(data)).element.body
    assert [p for p in body.iter(W + "p") if p.find(W + "commentRangeStart") is not None] == [
        list(body.iter(W + "p"))[place]
    ]


def test_for_a_blank_cell_another_one_of_its_row() -> None:
    report = replace(EMPTY, cells={"applications.received.total": Cell(10, "10件", at=At(dom="tbl[2]/tr[2]/tc[3]"))})
    data = comment_docx(with_tables(), report, [finding(cells=("applications.received.natural_person",))])
    assert commented(data) == {0: "10件"}


@pytest.mark.parametrize(
    ("met", "expected", "marked"),
    [("6件", "总计 10", ["6"]), ("1＋3＝5", "4", ["4"]), ("9", "8", []), ("4", "", [])],
)
def test_which_figure_of_the_words_is_marked(met: str, expected: str, marked: list[str]) -> None:
    data = comment_docx(
        letter("公开4条，答复6件，约16项。"),
        EMPTY,
        [finding(quote="公开4条，答复6件，约16项", met=met, expected=expected)],
    )
    assert highlighted(data) == marked


def with_tables() -> bytes:
    """Two tables; in the second one's first cell another one is nested."""
    document = docx.Document()
    document.add_paragraph("报告")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "甲"
    outer = document.add_table(rows=2, cols=3)
    inner = outer.cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 1).text = "内5"
    outer.cell(1, 2).text = "10件"
    outer.cell(1, 1).text = ""
    return saved(document)


@pytest.mark.parametrize(
    ("path", "words", "marked"),
    [("tbl[2]/tr[2]/tc[3]", "10件", ["10"]), ("tbl[3]/tr[1]/tc[2]", "内5", ["5"]), ("tbl[2]/tr[2]/tc[2]", "", [])],
)
def test_a_cell_is_found_by_its_path(path: str, words: str, marked: list[str]) -> None:
    address = "applications.concluded.total"
    report = replace(EMPTY, cells={address: Cell(10, "10件", at=At(dom=path))})
    data = comment_docx(with_tables(), report, [finding(cells=(address,), met="9", expected="8")])
    assert commented(data) == {0: words}
    assert highlighted(data) == marked


@pytest.mark.parametrize(
    "path", ["tbl[9]", "tbl[2]/tr[9]/tc[1]", "tbl[2]/tr[1]/tc[9]", "p[999]", "p[0]", "table/td", None]
)
def test_what_has_no_place_is_said_at_the_title(path: str | None) -> None:
    found = finding(quote="文中没有的话", at=At(dom=path), where="全文", met="", expected="")
    data = comment_docx(with_tables(), EMPTY, [found])
    assert commented(data) == {0: "报告"}
    assert "位置：全文" in next(iter(docx.Document(io.BytesIO(data)).comments)).text


def test_a_number_set_by_word_is_no_part_of_the_words() -> None:
    data = comment_docx(letter("收到申请7件。"), EMPTY, [finding(quote="（二）收到申请7件。")])
    assert commented(data) == {0: "收到申请7件。"}


def test_other_parts_are_the_same_bytes_and_older_comments_stay() -> None:
    document = docx.Document()
    run = document.add_paragraph("全年公开4条。").runs[0]
    document.add_comment(run, text="原有批注", author="张三", initials="张")
    original = saved(document)
    data = comment_docx(original, EMPTY, [finding(quote="公开4条")], written_at=datetime(2024, 3, 5, 8, 30, tzinfo=UTC))
    found = list(docx.Document(io.BytesIO(data)).comments)
    assert [(c.author, c.comment_id) for c in found] == [("张三", 0), (AUTHOR, 1)]
    assert found[1].timestamp == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)
    before, after = (zipfile.ZipFile(io.BytesIO(d)) for d in (original, data))
    assert set(before.namelist()) == set(after.namelist())
    changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    assert changed == ["word/document.xml", "word/comments.xml"]


def test_a_comment_never_stands_in_a_text_box() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("框外")
    box = etree.fromstring(
        f'<w:r xmlns:w="{W[1:-1]}"><w:pict><w:txbxContent><w:p><w:r><w:t>框内7件</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>'
    )
    paragraph._p.append(box)
    found = finding(quote=None, at=At(dom="p[2]"))
    body = docx.Document(io.BytesIO(comment_docx(saved(document), EMPTY, [found]))).element.body
    assert not [
        e for box in body.iter(W + "txbxContent") for e in box.iter(W + "commentRangeStart", W + "commentReference")
    ]
    assert len(list(body.iter(W + "commentReference"))) == 1


def test_our_own_report_comes_back_with_its_comments() -> None:
    report = samples.report()
    original = write(report, "docx")
    found = [
        finding(quote="政策文件40条、财政信息60条", met="60", expected="61"),
        finding(quote=None, id="S-1", grade="doubt"),
    ]
    data = comment_docx(original, report, found)
    assert commented(data) == {0: "政策文件40条、财政信息60条", 1: "清溪县青石镇人民政府2023年政府信息公开工作年度报告"}
    assert texts(data) == texts(original)


def packed(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        packed(a="1"),
        packed(word__document_xml="<a"),
        packed(word__document_xml="<a/>"),
        packed(word__document_xml='<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
        packed(word__document_xml=f'<w:document xmlns:w="{W[1:-1]}"><w:body/></w:document>'),
        packed(_rels__x="1"),
    ],
)
def test_what_is_no_word_document_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(NotWord, match="。"):
        comment_docx(data, EMPTY, [finding()])


@pytest.mark.parametrize(
    ("met", "expected", "words"),
    [
        ("7", "8", "建议核实：7 应为 8？"),
        ("25%", "20%", "建议核实：25% 应为 20%？"),
        ("7 + 0", "10 + 0", "建议核实：文中为 7 + 0；对照为 10 + 0。"),
        ("7 + 2 ≠ 10", "9", "建议核实：10 应为 9？"),
        ("7", "", ""),
        ("", "8", ""),
    ],
)
def test_the_proposal_asks_and_does_not_judge(met: str, expected: str, words: str) -> None:
    assert proposal(finding(met=met, expected=expected)) == words

"""Word files as no one makes them by hand and as some program does: comments find their place all the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from gongkai.annual.findings import Finding
from gongkai.annual.report import At, Cell, Report, Source
from gongkai.documents import returned
from gongkai.documents.returned import NotWord, comment_docx
from gongkai.documents.values import filled

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMPTY = Report(Source("来文.docx", "docx"), edition="2021")
FINDING = Finding(
    "N-SUM", "narrative_sum", "conflict", "两处不一致，请核实。", quote="收到申请7件", met="7", expected="8"
)


def relations(*links: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in links)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def package(body: str, space: str = W, name: str = "word/document.xml", **others: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
        for part, text in others.items():
            archive.writestr(part, text)
    return held.getvalue()


def opened(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def between(root: etree._Element, space: str = W) -> str:
    """The words between the marks of the first comment, runs that cannot be split included."""
    inside, words = False, []
    for element in root.iter():
        name = etree.QName(element).localname
        inside = (inside or name == "commentRangeStart") and name != "commentRangeEnd"
        if inside and name == "t":
            words.append(element.text or "")
    return "".join(words)


def test_a_file_without_lists_of_parts_gets_them() -> None:
    data = comment_docx(package("<w:p><w:r><w:t>本年收到申请7件。</w:t></w:r></w:p>"), EMPTY, [FINDING])
    assert between(opened(data)) == "收到申请7件"
    assert "comments.xml" in etree.tostring(opened(data, "word/_rels/document.xml.rels")).decode()
    assert "/word/comments.xml" in etree.tostring(opened(data, "[Content_Types].xml")).decode()


def test_a_main_part_elsewhere_and_a_link_to_comments_that_are_not_there() -> None:
    body = "<w:p><w:r><w:t>收到申请7件</w:t></w:r></w:p>"
    data = comment_docx(
        package(
            body,
            name="doc/main.xml",
            **{
                "_rels/.rels": relations(("a", "styles", "x.xml"), ("b", "officeDocument", "/doc/main.xml")),
                "doc/_rels/main.xml.rels": relations(
                    ("rIdComments1", "comments", "lost.xml"), ("c", "styles", "s.xml")
                ),
            },
        ),
        EMPTY,
        [FINDING],
    )
    assert between(opened(data, "doc/main.xml")) == "收到申请7件"
    links = opened(data, "doc/_rels/main.xml.rels")
    assert [(x.get("Id"), x.get("Target")) for x in links][-1] == ("rIdComments2", "comments.xml")
    assert len(opened(data, "doc/comments.xml")) == 1


def test_no_main_part_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("_rels/.rels", relations(("a", "officeDocument", "lost.xml")))
    with pytest.raises(NotWord, match="不是Word文档"):
        comment_docx(held.getvalue(), EMPTY, [FINDING])


def test_a_file_too_large_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "_LARGEST", 10)
    with pytest.raises(NotWord, match="过大"):
        comment_docx(package("<w:p/>"), EMPTY, [FINDING])


def test_the_strict_kind_of_file() -> None:
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = comment_docx(package("<w:p><w:r><w:t>收到申请7件</w:t></w:r></w:p>", space), EMPTY, [FINDING])
    assert opened(data, "word/comments.xml").tag == f"{{{space}}}comments"
    assert (
        "purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in etree.tostring(opened(data, "word/_rels/document.xml.rels")).decode()
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        # Deleted words, the readings of ruby and words outside a run are no part of the text.
        (
            "<w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:t>散</w:t><w:r><w:t>收到申请7件</w:t></w:r></w:p>",
            "收到申请7件",
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>shou</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>今收</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r><w:r><w:t>到申请7件。</w:t></w:r></w:p>",
            "shou今收到申请7件",
        ),
        (
            "<w:p><w:hyperlink><w:r><w:t>本年收到</w:t></w:r></w:hyperlink><w:ins><w:r><w:t>申请7件。</w:t></w:r></w:ins></w:p>",
            "收到申请7件",
        ),
        ("<w:p><w:r><w:tab/><w:t>收到申请7件</w:t><w:t>止</w:t></w:r></w:p>", "收到申请7件"),
        (
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>收到</w:t><w:br/><w:t>申请7件止</w:t><w:tab/></w:r></w:p>",
            "收到申请7件",
        ),
    ],
)
def test_words_in_every_kind_of_wrapping(body: str, words: str) -> None:
    assert between(opened(comment_docx(package(body), EMPTY, [FINDING]))) == words


def test_a_blank_cell_with_and_without_properties() -> None:
    row = "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:pPr><w:jc w:val='center'/></w:pPr></w:p></w:tc><w:tc/></w:tr>"
    original = package(f"<w:p><w:r><w:t>题</w:t></w:r></w:p><w:tbl>{row}</w:tbl>")
    for place in (1, 2):
        found = replace(FINDING, quote=None, at=At(dom=f"tbl[1]/tr[1]/tc[{place}]"))
        cell = list(opened(comment_docx(original, EMPTY, [found])).iter(f"{{{W}}}tc"))[place - 1]
        names = [etree.QName(e).localname for e in cell[0]]
        assert names[-3:] == ["commentRangeStart", "commentRangeEnd", "r"]
    # A cell without a paragraph, which Word does not allow, is no place: the title is.
    found = replace(FINDING, quote=None, at=At(dom="tbl[1]/tr[1]/tc[3]"))
    assert between(opened(comment_docx(original, EMPTY, [found]))) == "题"
    whole = replace(FINDING, quote=None, at=At(dom="tbl[1]"))
    assert "commentReference" in etree.tostring(opened(comment_docx(original, EMPTY, [whole]))).decode()


def test_a_document_of_blank_paragraphs_only() -> None:
    assert "commentReference" in etree.tostring(opened(comment_docx(package("<w:p/>"), EMPTY, [FINDING]))).decode()


def test_a_highlight_stands_where_the_schema_wants_it_and_replaces_another() -> None:
    looks = '<w:sz w:val="32"/><w:highlight w:val="red"/><w:u w:val="single"/>'
    body = f"<w:p><w:r><w:rPr>{looks}</w:rPr><w:t>收到申请7件</w:t></w:r></w:p>"
    root = opened(comment_docx(package(body), EMPTY, [FINDING]))
    marked = [r for r in root.iter(f"{{{W}}}r") if "".join(t.text or "" for t in r.iter(f"{{{W}}}t")) == "7"]
    properties = [(etree.QName(e).localname, e.get(f"{{{W}}}val")) for e in marked[0][0]]
    assert properties == [("sz", "32"), ("highlight", "yellow"), ("u", "single")]


def test_a_provision_is_named_only_where_the_finding_names_one() -> None:
    cited = replace(FINDING, citation="《中华人民共和国政府信息公开条例》第五十条")
    data = comment_docx(package("<w:p><w:r><w:t>收到申请7件</w:t></w:r></w:p>"), EMPTY, [cited, FINDING])
    first, second = ("".join(c.itertext()) for c in opened(data, "word/comments.xml"))
    assert first.endswith("依据：《中华人民共和国政府信息公开条例》第五十条") and "依据" not in second


def test_no_findings_change_no_words() -> None:
    body = "<w:p><w:r><w:t>收到申请7件</w:t></w:r></w:p>"
    assert opened(comment_docx(package(body), EMPTY, []))[0][0].xpath("string()") == "收到申请7件"


def test_an_address_that_no_form_has_is_printed_with_its_unit() -> None:
    report = replace(EMPTY, cells={"no.such.cell": Cell(5, "5", unit="元")})
    assert filled(report)["no.such.cell"].text == "5元"

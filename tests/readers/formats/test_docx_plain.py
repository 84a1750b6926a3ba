"""A plain table of a Word file taken in one pass gives the same content as the long way; what is not plain goes that way."""

from __future__ import annotations

import pytest
from lxml import etree

from gongkai.readers import border
from gongkai.readers.content import Content
from gongkai.readers.formats import docx
from gongkai.readers.formats.docx_plain import plain_table
from tests.readers.formats import samples
from tests.readers.formats.samples import W, cell, docx_of, paragraph
from tests.readers.formats.test_docx import NUMBERING, plain, table

SPACE = f"{{{W}}}"
DOWN, ON = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
LAST = plain("规章", "0", "1")

BODIES = (
    table(LAST, plain("行政规范性文件", "3", "")),
    table(cell(paragraph("甲") + paragraph("乙") + paragraph(" ")) + plain("3", "\u00a0"), LAST),
    table(cell(paragraph("3") + paragraph("5")) + plain("1", "2"), LAST),
    table(cell("<w:p><w:r><w:t>规</w:t></w:r><w:r><w:t>章</w:t></w:r></w:p>") + plain("1", "2"), LAST),
    table(cell(paragraph("三"), DOWN) + plain("1", "2"), cell(paragraph("、结果"), ON) + plain("3", "4"), LAST),
    table(cell(paragraph("甲"), ON) + plain("1", "2"), cell(paragraph("乙"), ON) + plain("3", "4")),
    table(cell(paragraph("甲"), DOWN) + plain("1"), LAST, cell(paragraph("乙"), ON) + plain("3")),
    table(cell(paragraph("甲"), DOWN + "<w:gridSpan w:val='2'/>") + plain("1"), cell("", ON) + plain("2", "3"), LAST),
    table(cell(paragraph("总计"), "<w:gridSpan w:val='2'/>") + plain("1"), LAST),
    table(cell(paragraph("总计"), "<w:gridSpan w:val='0'/>") + plain("1"), LAST),
    "<w:tbl><w:tr/></w:tbl>" + table(LAST, LAST) + paragraph("末"),
    paragraph("首") + table(plain("一"), plain("二")) + table(LAST, LAST),
)
ODD = (
    table(),
    table(plain("甲", ""), plain("", "")),
    table(plain("一"), plain("二")),
    table(plain("长" * 81, "1"), LAST),
    table(plain(*"甲" * 65), LAST),
    table(cell(table(LAST, LAST) + paragraph("")) + plain("1"), LAST),
    table("<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + plain("1", "2"), LAST),
    table("<w:trPr><w:del/></w:trPr>" + plain("1", "2"), LAST),
    table(cell(paragraph("甲")) + cell(paragraph("乙"), "<w:hMerge/>"), LAST),
    table(cell(paragraph("甲"), "<w:gridSpan/>") + plain("1"), LAST),
    table(cell(paragraph("甲"), "<w:gridSpan w:val='100'/>") + plain("1"), LAST),
    table(cell(paragraph("甲"), f"<w:tcPrChange><w:tcPr>{ON}</w:tcPr></w:tcPrChange>") + plain("1"), LAST),
    table(f"<w:tc>{paragraph('甲')}<w:tcPr>{ON}</w:tcPr></w:tc>" + plain("1"), LAST),
    table(cell("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>") + plain("1"), LAST),
    table(cell("<w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>") + plain("1"), LAST),
    table(cell(f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>") + plain("1"), LAST),
    table(f"<w:sdt><w:sdtContent>{plain('甲')}</w:sdtContent></w:sdt>" + plain("1"), LAST),
    f"<w:tbl><w:sdt><w:sdtContent><w:tr>{LAST}</w:tr></w:sdtContent></w:sdt><w:tr>{LAST}</w:tr></w:tbl>",
)


def taken(body: str) -> object:
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{body}</w:body>')
    element = next(root.iter(SPACE + "tbl"))
    return plain_table(element, SPACE, "tbl[1]")


@pytest.mark.parametrize("body", BODIES[:10])
def test_plain_tables_are_taken_in_one_pass(body: str) -> None:
    assert taken(body) is not None


@pytest.mark.parametrize("body", ODD)
def test_what_is_not_plain_goes_the_long_way(body: str) -> None:
    assert taken(body) is None


def shown(data: bytes) -> tuple[str, list[object]]:
    content: Content = border.open_content(data, "a.docx")
    return content.text, list(content.blocks)


@pytest.mark.parametrize("numbering", [{}, {"word/numbering.xml": NUMBERING}])
def test_both_ways_give_the_same_content(monkeypatch: pytest.MonkeyPatch, numbering: dict[str, bytes | str]) -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>情况</w:t></w:r></w:p>"
    bodies = [numbered + body + paragraph("末") for body in (*BODIES, *ODD, "".join(BODIES + ODD))]
    files = [docx_of(body, extra=numbering) for body in bodies] + [samples.docx_file()]
    quick = [shown(file) for file in files]
    monkeypatch.setattr(docx, "plain_table", lambda *_: None)
    slow = [shown(file) for file in files]

    assert quick == slow


LOOKS = '<w:rPr><w:rFonts w:ascii="宋体" w:hint="eastAsia"/><w:b/><w:color w:val="000000"/><w:sz w:val="21"/></w:rPr>'


@pytest.mark.parametrize("body", BODIES)
def test_looks_are_left_out_before_the_parts_are_parsed(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    dressed = docx_of(body.replace("<w:r>", "<w:r>" + LOOKS) + paragraph("末"))
    quick = shown(dressed)
    monkeypatch.setattr(docx, "_without_looks", lambda source: source)

    assert quick == shown(dressed) == shown(docx_of(body + paragraph("末")))


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?><w:t><w:sz w:val="21"/>3</w:t>', b"<w:t>3</w:t>"),
        ('<?xml version="1.0" encoding="UTF-8"?><w:t><w:szen w:val="21"/>3</w:t>', b'<w:szen w:val="21"/>'),
        ('<?xml version="1.0" encoding="UTF-8"?><w:t><w:sz w:val="2&#49;"/>3</w:t>', b"<w:sz"),
        ('<?xml version="1.0" encoding="UTF-8"?><w:t><![CDATA[<w:sz/>]]>3</w:t>', b"<w:sz/>"),
        ('<?xml version="1.0" encoding="UTF-8"?><w:t><!--<w:sz/>-->3</w:t>', b"<w:sz/>"),
        ('<?xml version="1.0" encoding="ISO-2022-JP"?><w:t><w:sz/>3</w:t>', b"<w:sz/>"),
    ],
)
def test_only_elements_are_taken_for_looks(source: str, left: bytes) -> None:
    assert left in docx._without_looks(source.encode())

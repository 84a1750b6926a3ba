"""XLSX: what hangs beside the cells of a sheet, what belongs to the whole workbook, and workbooks that are broken."""

from __future__ import annotations

import pytest
from openpyxl.styles import Font, PatternFill

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import limits
from gongkai.readers.precheck import Hit, precheck, workbook
from tests.readers.formats.samples import zipped
from tests.readers.precheck.books import book, hidden_sheet, unprinted, white
from tests.readers.precheck.files import IDENTITY, parts_of, with_parts

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"


def related(*targets: tuple[str, str], outside: bool = False) -> str:
    """Relations of these kinds to these targets."""
    mode = ' TargetMode="External"' if outside else ""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def told(data: bytes) -> list[str]:
    return [f"{hit.kind} {hit.grade} {hit.place.says}" for hit in precheck("名单.xlsx", data).hits]


def of_kind(data: bytes, kind: str) -> list[Hit]:
    return [hit for hit in precheck("名单.xlsx", data).hits if hit.kind == kind]


def of_rows(rows: str, columns: str = "") -> bytes:
    """A workbook whose one sheet is written by hand."""
    return with_parts(book({}), {SHEET: f"<worksheet>{columns}<sheetData>{rows}</sheetData></worksheet>"})


# ---- beside the cells ---------------------------------------------------------------------------------------------


def test_links_of_a_sheet_are_weighed_by_where_they_lead() -> None:
    links = related(
        ("hyperlink", "http://192.168.1.7/oa"),
        ("hyperlink", "https://www.gov.cn/"),
        ("oleObject", "file:///D:/报表/底稿.xlsx"),
        ("image", "https://example.com/a.png"),
        outside=True,
    )
    assert told(with_parts(book({"A1": "单位"}), {SHEET_RELATIONS: links})) == [
        "local_path doubt 工作表“名单”中的链接",
        "external_link doubt 工作表“名单”中的链接",
        "external_link doubt 工作表“名单”中的链接",
        "external_link note 工作表“名单”中的链接",
    ]


def test_drawings_threads_and_their_alternative_words_are_found_by_their_relations() -> None:
    drawing = '<d><t>手机13800001234</t><t/><cNvPr descr="C:\\Users\\zhangsan\\a.png"/><cNvPr name="图片 1"/></d>'
    threads = f'<x><threadedComment ref="B2"><text>身份证{IDENTITY}</text></threadedComment><other/></x>'
    legacy = '<x><authors><author>tc=1</author></authors><comment ref="B2"><t>[线程批注] 请升级</t></comment></x>'
    relations = related(
        ("drawing", "../drawings/./drawing1.xml"),
        ("threadedComment", "/xl/threadedComments/threadedComment1.xml"),
        ("comments", "../comments1.xml"),
        ("comments", "../comments9.xml"),
        ("drawing", "../drawings/drawing9.xml"),
        ("printerSettings", "../printerSettings/printerSettings1.bin"),
    )
    data = with_parts(
        book({"A1": "单位"}),
        {
            SHEET_RELATIONS: relations,
            "xl/drawings/drawing1.xml": drawing,
            "xl/threadedComments/threadedComment1.xml": threads,
            "xl/comments1.xml": legacy,
            "xl/printerSettings/printerSettings1.bin": b"\x00",
        },
    )
    assert sorted(told(data)) == [
        "comment doubt 工作表“名单”B2的批注",
        "identity warning 工作表“名单”B2的批注",
        "local_path note 工作表“名单”的图片说明",
        "phone doubt 工作表“名单”的文本框",
    ]
    assert [hit.says for hit in of_kind(data, "comment")] == ["表中有未署名的批注。"]
    assert all("zhangsan" not in hit.text for hit in of_kind(data, "local_path"))


def test_caches_connections_and_charts_of_the_workbook_are_told() -> None:
    data = with_parts(
        book({"A1": "单位"}),
        {
            "xl/externalLinks/externalLink1.xml": "<e/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": related(
                ("externalLinkPath", "file:///C:\\Users\\zhangsan\\预算.xlsx"),
                ("externalLinkPath", "https://example.com/b.xlsx"),
                outside=True,
            ),
            "xl/externalLinks/_rels/externalLink2.xml.rels": related(("externalLinkPath", "b.xlsx")),
            "xl/connections.xml": "<c/>",
            "xl/charts/chart1.xml": "<c><v>手机13800001234</v><v/><f>名单!A1</f></c>",
            "xl/pivotCache/pivotCacheDefinition1.xml": f'<p><s v="身份证{IDENTITY}"/><s/><n v="1"/></p>',
            "customXml/item1.xml": "<x/>",
        },
    )
    assert sorted(told(data)) == [
        "cached_data doubt 外部工作簿的缓存",
        "external_link doubt 引用的工作簿",
        "external_link note 数据连接",
        "identity warning 数据透视表的缓存",
        "local_path doubt 引用的工作簿",
        "phone doubt 图表",
    ]
    assert all("zhangsan" not in hit.text for hit in of_kind(data, "local_path"))


# ---- cells --------------------------------------------------------------------------------------------------------


def test_a_path_in_a_cell_is_told_without_its_account() -> None:
    cells = {"A1": "C:\\Users\\zhangsan\\a.doc", "A2": "\\\\server\\share\\b.doc", "A3": "和\\或", "A4": "file: 卷宗"}
    found = of_kind(book(cells), "local_path")
    assert [hit.place.dom for hit in found] == ["名单!A1", "名单!A2"]
    assert found[0].text == "C:\\Users\\zh＊＊＊＊＊＊\\a.doc"


def test_hidden_rows_are_named_by_their_stretches() -> None:
    def hide(made) -> None:
        for row in (2, 3, 4, 7, 9):
            made.active.row_dimensions[row].hidden = True

    (rows,) = of_kind(book({f"A{row}": f"第{row}行" for row in range(1, 9)}, hide), "hidden_rows")
    assert rows.place.says == "工作表“名单”第2至4、7行" and "4个隐藏的行" in rows.says

    def hide_all(made) -> None:
        for row in range(2, 30, 2):
            made.active.row_dimensions[row].hidden = True

    (many,) = of_kind(book({f"A{row}": "x" for row in range(1, 30)}, hide_all), "hidden_rows")
    assert many.place.says == "工作表“名单”第2、4、6、8、10、12、14、16等行" and "14个" in many.says


def test_a_column_of_no_width_is_hidden_and_a_narrow_one_is_not() -> None:
    row = '<row r="1"><c t="inlineStr" r="A1"><is><t>甲</t></is></c><c t="inlineStr"><is><t>乙</t></is></c></row>'
    for column, hidden in (
        ('<col min="2" max="2" width="0"/>', ["工作表“名单”B列"]),
        ('<col min="2" max="99999999" hidden="true"/>', []),
        ('<col min="2" max="99999" hidden="true"/>', ["工作表“名单”B列"]),
        ('<col min="2" max="2" width="0.5"/>', []),
        ('<col hidden="1"/>', []),
    ):
        assert [hit.place.says for hit in of_kind(of_rows(row, f"<cols>{column}</cols>"), "hidden_columns")] == hidden


def test_a_formula_is_read_by_the_value_stored_with_it() -> None:
    row = (
        '<row><c r="A1" t="str"><f>B9&amp;""</f><v>手机13800001234</v></c><c r="B1" s="1"/><c r="C1" t="s"><v>99</v></c>'
        '<c r="D1"><f>NOW()</f></c></row>'
    )
    assert told(of_rows(row)) == ["phone doubt 工作表“名单”A1"]


def test_white_words_on_a_dark_ground_and_on_an_unknown_one() -> None:
    def dark(made) -> None:
        white(made)
        made.active["B2"].fill = PatternFill("solid", fgColor="FF1B365D")

    def red(made) -> None:
        made.active["B2"].font = Font(color="FFFF0000")

    cells = {"A1": "甲", "B2": "标题"}
    assert [of_kind(book(cells, change), "hidden_text") for change in (dark, red)] == [[], []]
    # Without the table of styles nobody can say that a cell is not shown.
    for change in (white, unprinted):
        data = book(cells, change)
        assert [hit.text for hit in of_kind(data, "hidden_text")] == ["标题"]
        bare = zipped({name: part for name, part in parts_of(data).items() if name != "xl/styles.xml"})
        assert of_kind(bare, "hidden_text") == []


# ---- made to hurt -------------------------------------------------------------------------------------------------


def without(data: bytes, name: str) -> bytes:
    return zipped({part: content for part, content in parts_of(data).items() if part != name})


def test_a_sheet_that_is_missing_does_not_spoil_the_others() -> None:
    data = book({"A1": f"身份证{IDENTITY}"}, hidden_sheet("hidden"))
    assert told(without(data, "xl/worksheets/sheet2.xml")) == ["identity warning 工作表“名单”A1"]


def test_a_workbook_without_its_relations_is_damaged() -> None:
    with pytest.raises(Unreadable) as refused:
        precheck("a.xlsx", without(book({"A1": "甲"}), "xl/_rels/workbook.xml.rels"))
    assert refused.value.code == "damaged"


def test_one_sheet_listed_a_thousand_times_is_refused() -> None:
    listed = f'<sheet xmlns:r="{RELATIONS}" name="甲" r:id="rId1"/>'
    relations = related(("worksheet", "worksheets/sheet1.xml"))
    parts = {"xl/_rels/workbook.xml.rels": relations}
    few = {**parts, "xl/workbook.xml": f"<workbook><sheets>{listed * 3}</sheets></workbook>"}
    assert precheck("a.xlsx", with_parts(book({"A1": "甲"}), few)).hits == ()
    many = {**parts, "xl/workbook.xml": f"<workbook>{listed * (4 * limits.MAX_SHEETS + 1)}</workbook>"}
    with pytest.raises(Unreadable) as refused:
        precheck("a.xlsx", with_parts(book({"A1": "甲"}), many))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("change", [None, white, unprinted])
def test_more_cells_than_a_list_of_persons_are_refused(change: object, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {"A1": "甲", "B1": "乙", "A2": "丙", "B2": "丁"}
    monkeypatch.setattr(workbook, "MOST_CELLS", 4)
    assert precheck("a.xlsx", book(cells, change)).format == "xlsx"
    # In one sheet, or over several: what shows nothing counts too.
    for data in (book({**cells, "A3": "戊"}, change), book(cells, hidden_sheet("visible"))):
        with pytest.raises(Unreadable) as refused:
            precheck("a.xlsx", data)
        assert refused.value.code == "too_many_cells"

"""The bounds of every format, each made small and then passed; and odd pieces that files of others carry."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import (
    archive,
    docx_numbering,
    html,
    legacy,
    limits,
    markdown,
    mhtml,
    ofd,
    pdf,
    pdf_geometry,
    tables,
    textfile,
    xlsx,
)
from gongkai.readers.formats.package import Package
from tests.readers.formats import samples
from tests.readers.formats.samples import cell, docx_of, ofd_of, ofd_text, paragraph, zipped
from tests.readers.formats.test_docx import plain, read, table
from tests.readers.formats.test_pdf import _pdf
from tests.readers.formats.test_sheets import made, put, sheet_of

INNER = (
    "<table><tr><td>甲<td>乙<tr><td><table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table><td>丁<tr><td>戊<td>己</table>"
)
PAGE = samples.html_page().encode()
SHEET = samples.xlsx_file()


def nested(depth: int) -> str:
    """A Word table within a table within a table."""
    return table(cell(nested(depth - 1) + paragraph("内"))) if depth else paragraph("底")


def numbered_runs(depth: int) -> str:
    """A run within hyperlinks within hyperlinks."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    return f"<w:p>{hidden}" + "<w:hyperlink>" * depth + "<w:r><w:t>底</w:t></w:r>" + "</w:hyperlink>" * depth + "</w:p>"


def controlled_rows(depth: int) -> str:
    """A row within content controls within content controls."""
    row = f"<w:tr>{plain('甲', '乙')}</w:tr>"
    control = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    return f"<w:tbl>{control[0] * depth}{row}{control[1] * depth}</w:tbl>"


BOX = "<w:r><w:pict><w:txbxContent>" + paragraph("框内") + "</w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("what", "bound", "small", "data", "code"),
    [
        ("text boxes", "MAX_TEXT_BOXES", 1, docx_of(paragraph("甲") + f"<w:p>{BOX * 3}</w:p>"), "too_large"),
        ("tables in tables", "MAX_TABLE_DEPTH", 1, docx_of(nested(12)), "too_deep"),
        ("links in links", "MAX_TABLE_DEPTH", 3, docx_of(numbered_runs(6)), "too_deep"),
        ("controls in controls", "MAX_TABLE_DEPTH", 3, docx_of(controlled_rows(6)), "too_deep"),
        ("cells of a document", "MAX_CELLS", 1, docx_of(table(plain("甲", "乙", "丙"))), "too_many_cells"),
        ("steps of a grid", "MAX_GRID_STEPS", 3, PAGE, "too_many_cells"),
        ("lines", "MAX_LINES", 1, PAGE, "too_large"),
        ("a page", "MAX_TEXT_BYTES", 10, PAGE, "too_large"),
        ("a file", "MAX_FILE_BYTES", 10, PAGE, "too_large"),
        ("cells of a sheet", "MAX_CELLS", 3, SHEET, "too_many_cells"),
        ("merged cells", "MAX_MERGES", 1, SHEET, "too_many_cells"),
        ("sheets", "MAX_SHEETS", 0, SHEET, "too_large"),
        ("pages of an OFD", "MAX_PAGES", 0, ofd_of(ofd_text("甲", 20, 30)), "too_large"),
        ("characters of an OFD", "MAX_PAGE_CHARACTERS", 0, ofd_of(ofd_text("甲", 20, 30)), "too_large"),
        ("characters of a PDF page", "MAX_PAGE_CHARACTERS", 3, samples.pdf_file(), "too_large"),
        ("what a package unpacks to", "MAX_PARTS_BYTES", 10, SHEET, "too_large"),
        ("tables in tables of a page", "MAX_TABLE_DEPTH", 0, samples.html_page(INNER).encode(), "too_deep"),
    ],
)  # fmt: skip
def test_past_a_bound_a_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, what: str, bound: str, small: int, data: bytes, code: str
) -> None:
    assert border.open_content(data, "a").text
    monkeypatch.setattr(limits, bound, small)
    with pytest.raises(Unreadable) as refusal:
        border.open_content(data, "a")
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("reader", "data", "code"),
    [
        (markdown.read, b"# \n" * 9, "too_large"),
        (mhtml.read, b"From: a\n\n" * 9, "too_large"),
    ],
)
def test_texts_have_a_bound(monkeypatch: pytest.MonkeyPatch, reader: Callable, data: bytes, code: str) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 10)
    with pytest.raises(Unreadable) as refusal:
        reader(data)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("reader", "data", "code"),
    [
        (markdown.read, b" \n\n ", "empty"),
        (markdown.read, b"\x01\x02\x03\x04" * 300, "unknown_format"),
        (mhtml.read, b"Content-Type: text/html\n\n", "damaged"),
        (mhtml.read, b"Content-Type: text/plain\n\nwords", "damaged"),
        (ofd.read, zipped({"other.xml": "<a/>"}), "damaged"),
        (xlsx.read, zipped({"xl/other.xml": "<a/>"}), "damaged"),
    ],
)
def test_what_holds_nothing_of_its_kind(reader: Callable, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        reader(data)
    assert refusal.value.code == code


def test_a_docx_whose_main_part_is_nowhere() -> None:
    for parts in ({"word/other.xml": "<a/>"}, {"word/other.xml": "<a/>", "_rels/.rels": "<r><a Type='/x'/></r>"}):
        with pytest.raises(Unreadable):
            from gongkai.readers.formats import docx

            docx.read(zipped(dict(parts)))


def test_a_file_is_not_read_past_the_bound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("全年公开", "utf-8")
    assert border.read_limited(path).decode() == "全年公开"
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 3)
    with pytest.raises(Unreadable) as refusal:
        border.read_limited(path)
    assert refusal.value.code == "too_large"


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("甲", "utf-8")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(Unreadable) as refusal:
        border.read_limited(path)
    assert "读取权限" in refusal.value.advice


# ---- names in archives, numbers of lists ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "met"),
    [("甲", "甲"), ("a.txt", "a.txt"), ("甲".encode("gbk").decode("cp437"), "甲"), ("\xff", "\xff")],
)
def test_names_are_regained_where_they_can_be(name: str, met: str) -> None:
    assert archive._regained(name) == met


def test_a_name_in_no_encoding_stays() -> None:
    name = b"\xff\xff".decode("cp437")
    assert archive._regained(name) == name


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (3, "chineseCountingThousand", "三"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "decimal", "3"),
        (3, "upperLetter", "C"),
        (3, "lowerLetter", "c"),
        (27, "upperLetter", ""),
        (3, "upperRoman", ""),
    ],
)
def test_numbers_as_word_shows_them(number: int, kind: str, shown: str) -> None:
    assert docx_numbering.counted(number, kind) == shown


def listed(levels: str, *, style: str = "", numbering: str | None = None) -> list[str]:
    """The lines of two numbered paragraphs under these levels."""
    space = samples.W
    whole = numbering or (
        f"<w:numbering xmlns:w='{space}'><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='9'/></w:num>"
        "</w:numbering>"
    )
    level = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr></w:pPr>"
    body = (
        paragraph("甲", level.format(0, 1)) + paragraph("乙", level.format(5, 1)) + paragraph("丙", level.format(0, 2))
    )
    return samples.lines(
        read(body + paragraph("丁", "<w:pPr/>") + paragraph("戊"), extra={"word/numbering.xml": whole})
    )


@pytest.mark.parametrize(("kind", "first"), [("decimal", "1.甲"), ("bullet", "甲"), ("none", "甲")])
def test_a_list_of_one_level(kind: str, first: str) -> None:
    level = f"<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='%1.'/></w:lvl>"
    assert listed(level) == [first, "乙", "丙", "丁", "戊"]


def test_a_broken_list_of_numbers_leaves_the_words() -> None:
    assert listed("", numbering="<broken") == ["甲", "乙", "丙", "丁", "戊"]


def test_a_list_that_restarts_and_a_paragraph_numbered_by_its_style() -> None:
    levels = "<w:lvl w:ilvl='0'><w:start w:val='x'/><w:lvlText w:val='%1.'/></w:lvl>"
    again = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    numbering = (
        f"<w:numbering xmlns:w='{samples.W}'><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        f"<w:num w:numId='2'><w:abstractNumId w:val='0'/>{again}</w:num></w:numbering>"
    )
    styled = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = (
        f"<w:styles xmlns:w='{samples.W}'><w:style w:styleId='H'>{styled}</w:style><w:style w:styleId='N'/></w:styles>"
    )
    second = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/></w:numPr></w:pPr>"
    body = paragraph("甲", "<w:pPr><w:pStyle w:val='H'/></w:pPr>") * 2 + paragraph("乙", second)
    content = read(body, extra={"word/numbering.xml": numbering, "word/styles.xml": styles})
    assert samples.lines(content) == ["1.甲", "2.甲", "1.乙"]


SAME = "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>{}</mc:AlternateContent>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        # the same drawing for new programs and for old: once
        (SAME.format(f"<mc:Choice>{paragraph('新')}</mc:Choice><mc:Fallback>{paragraph('旧')}</mc:Fallback>"), ["新"]),
        (SAME.format("<mc:Other/>") + paragraph("后"), ["后"]),
        (f"<w:p><w:r>{SAME.format('<mc:Choice><w:t>新</w:t></mc:Choice>')}</w:r></w:p>", ["新"]),
        (f"<w:p><w:r>{SAME.format('')}<w:t>后</w:t></w:r></w:p>", ["后"]),
    ],
)
def test_a_choice_for_new_and_old_programs(body: str, lines: list[str]) -> None:
    assert samples.lines(read(body)) == lines


def test_the_main_part_is_found_among_other_relations() -> None:
    relations = "<r><a Type='/x'/><a Type='/officeDocument' Target='/word/d.xml'/></r>"
    from gongkai.readers.formats import docx

    assert docx.document_part(Package(zipped({"_rels/.rels": relations}))) == "word/d.xml"


# ---- tables of Word, pages, workbooks ------------------------------------------------------------------------------


def test_cells_merged_across_in_the_old_way() -> None:
    row = cell(paragraph("甲"), "<w:hMerge w:val='restart'/>") + cell(paragraph(""), "<w:hMerge/>") + plain("乙")
    (grid,) = samples.grids(read(table(row, plain("1", "2", "3"))))
    assert grid[0] == ("甲", 0, 0, 1, 2)
    assert grid[1][0] == "乙"


def test_a_column_break_is_no_line() -> None:
    assert samples.lines(read("<w:p><w:r><w:t>甲</w:t><w:br w:type='column'/><w:t>乙</w:t></w:r></w:p>")) == ["甲乙"]


def test_a_page_without_rows_around_its_cells() -> None:
    page = "<table><caption>表</caption><td>甲</td><td>1</td><tr><td>乙<td>2</table>"
    assert samples.grids(html.read(f"<html><body><p>前</p>{page}</body></html>".encode()))[0][0][0] == "甲"


def test_two_words_of_letters_stay_apart_and_figures_do_not_hang_on_words() -> None:
    assert tables.join_paragraphs(["A", "B"]) == "A\nB"
    assert tables.join_paragraphs(["规章", "3"]) == "规章\n3"
    assert tables.join_paragraphs(["行政", " ", "许可"]) == "行政许可"


def test_a_grid_without_words_is_none() -> None:
    empty = "<table><tr><td>&nbsp;<td>&nbsp;<tr><td>&nbsp;<td>&nbsp;</table>"
    content = html.read(f"<html><body><p>前</p>{empty}<p> </p></body></html>".encode())
    assert samples.grids(content) == []


def test_a_wide_cell_ends_where_one_hangs_down() -> None:
    page = "<table><tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=3>丁<tr><td>1<td>2<td>3</table>"
    (grid,) = samples.grids(html.read(f"<html><body>{page}</body></html>".encode()))
    assert ("丁", 1, 0, 1, 1) in grid


@pytest.mark.parametrize(
    ("text", "style", "shown"),
    [("12", "0", "12"), ("0.5", "1", "50%"), ("45000", "2", "2023年3月15日"), ("abc", "1", "abc"), ("x", "2", "x"), ("3", "", "3"), ("3", "9", "3")],
)  # fmt: skip
def test_numbers_by_their_style(text: str, style: str, shown: str) -> None:
    styles = xlsx._Styles.__new__(xlsx._Styles)
    styles._kinds = ["", "percent", "date"]
    assert styles.shown(text, style) == shown


def test_odd_parts_of_a_sheet_are_passed_over() -> None:
    content = sheet_of(
        '<row r="1"><c r="A1" t="s"><v>7</v></c><c t="b"><v>1</v></c><c t="str"><f>x</f><v>甲</v></c><c><v></v></c></row>',
        '<mergeCells><mergeCell ref="?"/><mergeCell ref="D4:E5"/></mergeCells><phoneticPr/>'
        '<cols><col min="x" max="2" hidden="1"/><col min="1" max="2"/></cols>',
    )
    assert content.text.split() == ["TRUE", "甲"]


def test_a_sheet_that_is_named_but_missing_is_passed_over() -> None:
    parts = {
        "xl/workbook.xml": "<workbook><sheets><sheet name='无' a:id='r9' xmlns:a='u'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='r1' Target='/xl/x.xml'/></Relationships>",
    }
    with pytest.raises(Unreadable) as refusal:
        xlsx.read(zipped(dict(parts)))
    assert refusal.value.code == "empty"


def test_a_merge_on_hidden_rows_and_without_words() -> None:
    def fill(book: object, sheet: object) -> None:
        put(sheet, ("甲", "1"), ("乙", "2"), ("丙", "3"))
        sheet.merge_cells("D1:E2")  # type: ignore[attr-defined]
        sheet.merge_cells("A2:A3")  # type: ignore[attr-defined]
        sheet.row_dimensions[2].hidden = True  # type: ignore[attr-defined]

    assert "丙" not in made(fill).text or "3" in made(fill).text


# ---- old workbooks -------------------------------------------------------------------------------------------------

OLD = Path(__file__).parent / "data" / "small.xls"


@pytest.mark.parametrize(
    ("bound", "code"), [("MAX_CONVERTED_BYTES", "too_large"), ("MAX_SHEET_PLACES", "too_many_cells")]
)
def test_an_old_workbook_has_bounds(monkeypatch: pytest.MonkeyPatch, bound: str, code: str) -> None:
    monkeypatch.setattr(legacy, bound, 1)
    with pytest.raises(Unreadable) as refusal:
        legacy.read_xls(OLD.read_bytes())
    assert refusal.value.code == code


@pytest.mark.parametrize(("bound", "spans"), [("MAX_CELLS", 1), ("MAX_GRID_STEPS", 2)])
def test_merges_of_an_old_workbook_have_bounds(monkeypatch: pytest.MonkeyPatch, bound: str, spans: int) -> None:
    class Sheet:
        merged_cell_ranges = tuple(((3 * i, 0), (3 * i + 1, 1)) for i in range(spans))

    monkeypatch.setattr(limits, bound, 3)
    with pytest.raises(Unreadable) as refusal:
        list(legacy._rows(Sheet(), "表"))
    assert refusal.value.code == "too_many_cells"


def test_an_old_workbook_of_empty_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SHEETS", 0)
    with pytest.raises(Unreadable) as refusal:
        legacy.read_xls(OLD.read_bytes())
    assert refusal.value.code == "empty"


def test_an_old_workbook_with_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine

    class Locked:
        @staticmethod
        def from_filelike(stream: io.BytesIO) -> None:
            raise python_calamine.PasswordError("locked")

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Locked)
    with pytest.raises(Unreadable) as refusal:
        legacy.read_xls(OLD.read_bytes())
    assert refusal.value.code == "encrypted"


@pytest.mark.parametrize(
    ("value", "shown"), [(True, "TRUE"), (3.0, "3"), (0.5, "0.5"), (date(2023, 3, 5), "2023年3月5日"), (" 甲 ", "甲")]
)
def test_values_of_an_old_workbook(value: object, shown: str) -> None:
    assert legacy._shown(value) == shown


def test_an_old_document_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "converter", lambda: "soffice")
    monkeypatch.setattr(legacy, "MAX_CONVERTED_BYTES", 1)
    with pytest.raises(Unreadable) as refusal:
        legacy.convert(b"123", "doc")
    assert refusal.value.code == "too_large"


# ---- OFD, PDF, encodings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "numbers"), [("1 2.5", [1.0, 2.5]), ("a 1", [1.0]), ("1e9 2", [2.0]), (None, []), ("", [])]
)
def test_numbers_of_an_ofd(printed: str | None, numbers: list[float]) -> None:
    assert ofd.numbers(printed) == numbers


@pytest.mark.parametrize(
    ("printed", "most", "steps"),
    [("g 2 4 5", 5, [4.0, 4.0, 5.0]), ("g x 4 5", 5, [5.0]), ("g 99 1", 3, [1.0] * 3), ("1 2 3", 2, [1.0, 2.0]), ("g 2", 5, [2.0])],
)  # fmt: skip
def test_distances_of_an_ofd(printed: str, most: int, steps: list[float]) -> None:
    assert ofd._deltas(printed, most) == steps


def test_an_ofd_text_without_characters() -> None:
    data = ofd_of(ofd_text("", 20, 30) + ofd_text("  ", 20, 40) + ofd_text("甲", 20, 50))
    assert samples.lines(border.open_content(data, "a.ofd")) == ["甲"]


def test_a_text_layer_without_characters_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_NO_CHARACTER", pdf.re.compile("."))
    with pytest.raises(Unreadable) as refusal:
        pdf.text_layer(samples.pdf_file())
    assert refusal.value.code == "garbled_text"


def test_a_character_without_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf._Boxes, "_box", lambda self, index: None)
    assert pdf.text_layer(samples.pdf_file()).blocks[0].at.bbox is None


def test_pdfium_that_knows_no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    class Layer:
        raw = None

    boxes = pdf._Boxes(Layer(), 100.0)
    boxes._call = lambda *_: 0
    assert boxes.of(0, 1) is None


def test_a_page_that_is_listed_but_missing_is_passed_over() -> None:
    pages = "<</Type/Pages/Count 2/Kids[9 0 R 3 0 R]>>"
    stream = "<</Length 44>>stream\nBT /F1 12 Tf 20 50 Td (Report 2023) Tj ET     \nendstream"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    data = _pdf("<</Type/Catalog/Pages 2 0 R>>", pages, page, stream, font)
    assert pdf.text_layer(data).text.strip() == "Report 2023"


def test_boxes_of_cells_that_cover_each_other_or_nothing() -> None:
    places, kept = pdf_geometry._cells_of([(0, 0, 10, 10), (10, 0, 20, 10), (0, 0, 10, 10), (5, 5, 5, 5)])
    assert len(places) == len(kept)


def test_shadows_of_bold_characters_are_one() -> None:
    char = {"text": "甲", "x0": 1.0, "top": 2.0}
    assert pdf_geometry._once([char, dict(char), {**char, "x0": 9.0}]) == [char, {**char, "x0": 9.0}]


@pytest.mark.parametrize("declared", [None, "no-such-code", "utf-8", "ascii"])
def test_a_declared_encoding_that_does_not_hold(declared: str | None) -> None:
    assert textfile._declared("公开".encode("gbk"), declared) is None


def test_a_declared_encoding_that_holds() -> None:
    assert textfile._declared("政府信息公开工作年度报告".encode("gbk"), "gbk") == "政府信息公开工作年度报告"


def test_what_a_package_holds() -> None:
    package = Package(zipped({"word\\a.xml": "<a/>", "b.xml": "<b/>"}))
    assert package.names == ("word/a.xml", "b.xml")


@pytest.mark.parametrize("name", ["nowhere.xml", "/nowhere.xml"])
def test_a_part_that_is_missing(name: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        Package(zipped({"a.xml": "<a/>"})).read(name)
    assert refusal.value.code == "damaged"


def test_a_text_box_within_a_text_box_is_read_with_it() -> None:
    inner = f"<w:p>{BOX}</w:p>" + paragraph("外")
    outer = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    assert sorted(samples.lines(read(outer))) == ["外", "框内"]


def test_a_part_that_is_broken() -> None:
    data = bytearray(zipped({"a.xml": "".join(map(chr, range(0x4E00, 0x5200)))}))
    data[200:400] = b"\xff" * 200
    with pytest.raises(Unreadable) as refusal:
        Package(bytes(data)).read("a.xml")
    assert refusal.value.code == "damaged"


@pytest.mark.parametrize("text", ["", "<!-- -->", "<html></html>"])
def test_a_page_of_nothing(text: str) -> None:
    assert html.items_of(text) == []


def test_a_table_without_rows_and_a_paragraph_of_line_breaks() -> None:
    page = "<p><br><br></p><table><tbody></tbody></table><p>甲</p>"
    assert samples.lines(html.read(f"<html><body>{page}</body></html>".encode())) == ["甲"]


def test_an_ofd_text_that_stands_nowhere() -> None:
    data = ofd_of(ofd_text("乙", 20, 40).replace("Boundary", "Elsewhere") + ofd_text("甲", 20, 50))
    assert samples.lines(border.open_content(data, "a.ofd")) == ["甲"]


@pytest.mark.parametrize(
    ("data", "code"), [(b" \n\n ", "empty"), (b"\x01\x02\x03\x04" * 300, "unknown_format"), (b"x" * 9, "too_large")]
)
def test_a_text_that_holds_nothing(monkeypatch: pytest.MonkeyPatch, data: bytes, code: str) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 8 if code == "too_large" else 1 << 20)
    with pytest.raises(Unreadable) as refusal:
        textfile.read(data)
    assert refusal.value.code == code


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_their_mark(code: str) -> None:
    text = "总计 12 34 56 78 90\n" * 6
    assert textfile.decode(text.encode(code)) == text


def test_zeros_on_one_side_are_not_yet_wide_characters() -> None:
    assert textfile._without_bom(b"\x01\x00" * 200) is None


def test_a_guess_that_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    import charset_normalizer

    class Best:
        encoding = "ascii"

        @staticmethod
        def best() -> Best | None:
            return Best()

    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda *_, **__: Best())
    assert textfile._guessed("開放".encode("big5")) is None
    monkeypatch.setattr(Best, "best", staticmethod(lambda: None))
    assert textfile._guessed("開放".encode("big5")) is None


LONG = "各单位按照要求报送年度工作情况，统一汇总后公布。" * 40


@pytest.mark.parametrize(
    ("page", "grids"),
    [
        # a long text beside others only arranges a page
        (f"<table><tr><td>{LONG}<td>导航<tr><td>甲<td>乙</table>", 0),
        # an inner row that does not fit the width of its cell stays a table of its own
        ("<table><tr><td>甲<td colspan=3><table><tr><td>1<td>2</table><td>丙<tr><td>丁<td>4<td>5<td>6<td>己<tr><td>7<td>8<td>9<td>0<td>庚</table>", 3),
        ("<table><tr><td>甲<td colspan=2><table><tr><td>1<td>2</table><td>丙<tr><td>丁<td>4<td>5<td>己<tr><td>7<td>8<td>9<td>庚</table>", 1),
        # a long line across the table parts it
        (f"<table><tr><td colspan=2>{LONG[:300]}<tr><td>甲<td>1<tr><td>乙<td>2</table>", 1),
    ],
)  # fmt: skip
def test_tables_that_arrange_and_tables_that_hold(page: str, grids: int) -> None:
    met = html.read(f"<html><body><p>前</p>{page}</body></html>".encode())
    assert len(samples.grids(met)) == grids


def test_empty_lines_of_a_paragraph_are_left_out() -> None:
    from gongkai.readers.content import ContentBuilder

    builder = ContentBuilder("docx")
    tables.Emitter(builder).words(tables.Words("甲\n \n乙"))
    assert builder.build().text == "甲\n乙\n"


def test_tables_in_tables_past_the_bound() -> None:
    from gongkai.readers.content import ContentBuilder

    inner = tables.RawTable([[tables.RawCell([tables.Words("甲")])]])
    with pytest.raises(Unreadable) as refusal:
        tables.Emitter(ContentBuilder("docx")).table(inner, limits.MAX_TABLE_DEPTH + 1)
    assert refusal.value.code == "too_deep"


def test_a_frame_of_one_column_is_no_table() -> None:
    import typst

    source = "#set page(width: 200pt, height: 200pt)\n#table(columns: 1, [Frame], [Words])"
    content = border.open_geometry(typst.compile(source.encode()))
    assert samples.grids(content) == []
    assert [line.strip() for line in samples.lines(content)] == ["Frame", "Words"]


def test_a_merge_that_reaches_into_hidden_rows() -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1"><v>1</v></c></row><row r="2" hidden="1"/><row r="3"><c r="B3"><v>3</v></c></row>'
    (grid,) = samples.grids(sheet_of(rows, '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'))
    assert grid[0] == ("甲", 0, 0, 2, 1)

"""The city's own workbook: only the chosen cells are written, and a workbook whose cells moved is refused."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from gongkai.documents.template import CellsMoved, chosen, fill, from_json, moved, onward, to_json
from gongkai.documents.template_grid import NotTemplate, opened, place_of

RECEIVED, CARRIED, FEES = (
    "applications.received.total",
    "applications.carried_forward.total",
    "proactive.charges.amount",
)


def city_book(*, before: int = 0, title: str = "年报汇总", sheet: str = "汇总表") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for _ in range(before):
        page.append(["填表说明"])
    page.append([title])
    page.append(["项目", "本年", None, "合计"])
    page.append([None, "自然人", "法人", None])
    top = before + 3
    page.append(["收到申请", None, 5, f"=SUM(B{top + 1}:C{top + 1})"])
    page.append(["结转下年", 0, 7, f"=SUM(B{top + 2}:C{top + 2})"])
    page.append(["收费（万元）", None, None, None])
    page.merge_cells(start_row=top - 1, start_column=2, end_row=top - 1, end_column=3)
    page.cell(top + 1, 2).fill = PatternFill("solid", fgColor="FFEEAA")
    page.cell(top + 1, 2).font = Font(bold=True)
    page.column_dimensions["A"].width = 33
    book.create_sheet("说明").append(["本表由市政府办公室印制"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def places_in(data: bytes) -> dict:
    book = opened(data)
    return {
        RECEIVED: chosen(book, "汇总表", "B4"),
        CARRIED: chosen(book, "汇总表", "B5"),
        FEES: chosen(book, "汇总表", "B6"),
    }


def test_only_the_chosen_cells_are_written_and_formulas_and_styles_stay():
    data = city_book()
    made = fill(data, places_in(data), {RECEIVED: 12, CARRIED: None, FEES: Decimal("3.50")})
    page = openpyxl.load_workbook(io.BytesIO(made))["汇总表"]
    assert (page["B4"].value, page["B5"].value, page["B6"].value) == (12, None, 3.5)
    assert (page["C4"].value, page["D4"].value) == (5, "=SUM(B4:C4)")
    assert page["B4"].font.bold
    assert page["B4"].fill.fgColor.rgb == "00FFEEAA"
    assert page.column_dimensions["A"].width == 33
    assert [str(each) for each in page.merged_cells.ranges] == ["B2:C2"]
    assert openpyxl.load_workbook(io.BytesIO(made), data_only=True)["汇总表"]["D4"].value is None
    with zipfile.ZipFile(io.BytesIO(made)) as out, zipfile.ZipFile(io.BytesIO(data)) as came:
        assert b'fullCalcOnLoad="1"' in out.read("xl/workbook.xml")
        same = [name for name in came.namelist() if out.read(name) == came.read(name)]
        assert {"xl/styles.xml", "xl/worksheets/sheet2.xml"} <= set(same)


def test_a_cell_that_is_not_in_the_file_yet_is_made_in_its_place():
    book = openpyxl.Workbook()
    book.active.append(["项目", "数"])
    book.active["A9"] = "合计"
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    grid = opened(data)
    name = grid.sheets[0].name
    made = fill(data, {"x": chosen(grid, name, "B9"), "y": chosen(grid, name, "B5")}, {"x": 4, "y": "未填"})
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert (page["B9"].value, page["B5"].value, page["A9"].value) == (4, "未填", "合计")


@pytest.mark.parametrize(
    ("cell", "why"),
    [("D4", "公式"), ("C2", "合并"), ("A4", "文字"), ("ZZ1", "没有"), ("B4000000", "没有"), ("甲1", "没有")],
)
def test_a_cell_where_no_figure_can_go_is_refused(cell, why):
    with pytest.raises(NotTemplate, match=why):
        chosen(opened(city_book()), "汇总表", cell)


def test_a_cell_without_any_label_around_it_is_refused():
    book = openpyxl.Workbook()
    book.active["D9"] = "备注"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(NotTemplate, match="左边和上面都没有文字"):
        chosen(opened(out.getvalue()), book.active.title, "B2")


def test_a_workbook_whose_rows_moved_is_refused_with_where_they_went():
    places = places_in(city_book())
    later = city_book(before=2)
    with pytest.raises(CellsMoved) as refused:
        fill(later, places, {RECEIVED: 12})
    found = {each.address: each for each in refused.value.moved}
    assert set(found) == {RECEIVED, CARRIED, FEES}
    assert [place.cell for place in found[RECEIVED].proposals] == ["B6"]
    assert "收到申请" in found[RECEIVED].place.anchor.zh
    agreed = {address: each.proposals[0] for address, each in found.items()}
    page = openpyxl.load_workbook(io.BytesIO(fill(later, agreed, {RECEIVED: 12})))["汇总表"]
    assert page["B6"].value == 12


def test_a_renamed_sheet_and_a_reworded_label_are_seen_and_a_new_title_is_not():
    places = places_in(city_book())
    assert not moved(opened(city_book(title="2026年报汇总")), places)
    gone = moved(opened(city_book(sheet="总表")), places)
    assert [each.proposals[0].sheet for each in gone] == ["总表"] * 3
    assert "没有名为“汇总表”的工作表" in gone[0].why


def test_a_row_is_chosen_onward_passing_over_what_cannot_be_filled():
    page = opened(city_book()).sheets[0]
    assert onward(page, "B4", 2) == ["B4", "C4"]
    assert onward(page, "B4", 2, 2) == ["B4", "C4", "B5", "C5"]
    assert onward(page, "B4", 4) == []


def test_the_choice_is_kept_and_comes_back():
    places = places_in(city_book())
    assert from_json(to_json(places)) == places


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"%PDF-1.7", b"\x00" * 100])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(NotTemplate):
        opened(data)


def test_an_entity_bomb_and_a_zip_bomb_are_refused():
    def with_part(name: str, words: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(city_book())) as came, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for each in came.namelist():
                made.writestr(each, words if each == name else came.read(each))
            made.writestr("xl/media/image1.png", b"0")
        return out.getvalue()

    with pytest.raises(NotTemplate, match="声明"):
        opened(with_part("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'))
    with pytest.raises(NotTemplate, match="过大"):
        opened(with_part("xl/styles.xml", bytes(70 * 1024 * 1024)))


def test_places_have_names():
    assert [place_of(name) for name in ("A1", "C5", "AA10", "5C", "")] == [(0, 0), (4, 2), (9, 26), None, None]

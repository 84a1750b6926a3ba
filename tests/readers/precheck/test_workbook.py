"""XLSX: hidden sheets, rows and columns, what is not printed, what lies beside the cells."""

from __future__ import annotations

import pytest

from gongkai.readers.precheck import precheck
from tests.readers.precheck import books
from tests.readers.precheck.books import book
from tests.readers.precheck.files import IDENTITY, photograph, with_parts

LIST = {"A1": "姓名", "B1": "身份证号", "A2": "张三", "B2": IDENTITY, "A3": "李四", "B3": "见附件"}

KEPT_BACK = [
    # what is done | the kind that says so | its place | where the number itself is said to be
    (books.hidden_sheet("hidden"), "hidden_sheet", "工作表“底稿”", "工作表“底稿”B2（隐藏的工作表）"),
    (books.hidden_sheet("veryHidden"), "hidden_sheet", "工作表“底稿”", "工作表“底稿”B2（隐藏的工作表）"),
    (books.hidden_row, "hidden_rows", "工作表“名单”第2行", "工作表“名单”B2（隐藏的行）"),
    (books.hidden_column, "hidden_columns", "工作表“名单”B列", "工作表“名单”B2（隐藏的列）"),
    (books.white, "hidden_text", "工作表“名单”B2", "工作表“名单”B2（看不见）"),
    (books.unprinted, "hidden_text", "工作表“名单”B2", "工作表“名单”B2（看不见）"),
    (books.comment, "comment", "工作表“名单”A1的批注", "工作表“名单”A1的批注"),
]


@pytest.mark.parametrize(("change", "kind", "place", "number"), KEPT_BACK)
def test_what_is_kept_back_is_said_and_looked_through(change, kind, place, number) -> None:
    found = precheck("名单.xlsx", book(LIST, change))
    assert [hit.place.says for hit in found.hits if hit.kind == kind] == [place]
    assert number in [hit.place.says for hit in found.hits if hit.kind == "identity"]
    assert all(IDENTITY not in f"{hit.text}{hit.says}" for hit in found.hits)


def test_a_very_hidden_sheet_is_called_so_and_a_shown_one_is_not_mentioned() -> None:
    (deep,) = (
        h for h in precheck("a.xlsx", book(LIST, books.hidden_sheet("veryHidden"))).hits if h.kind == "hidden_sheet"
    )
    assert "深度隐藏" in deep.says
    assert [hit.kind for hit in precheck("a.xlsx", book(LIST)).hits] == ["identity"]


def test_a_list_of_persons_is_told_by_columns_with_all_its_places() -> None:
    cells: dict[str, object] = {"A1": "云岭县救助名单", "A2": "姓名", "B2": "联系电话", "C2": "银行账号", "D2": "金额"}
    for row in range(3, 43):
        cells |= {f"A{row}": "张三", f"B{row}": 13800000000 + row, f"C{row}": "6222021234567890128", f"D{row}": 500}
    hits = {hit.kind: hit for hit in precheck("名单.xlsx", book(cells)).hits}
    assert set(hits) == {"phone", "bank_card"}
    assert (hits["phone"].count, hits["phone"].place.says) == (40, "工作表“名单”B3")
    assert (hits["bank_card"].count, hits["bank_card"].place.dom) == (40, "名单!C3")


def test_empty_hidden_rows_and_columns_are_nobodys_secret() -> None:
    def change(workbook) -> None:
        workbook.active.row_dimensions[40].hidden = True
        workbook.active.column_dimensions["Z"].hidden = True

    assert [hit.kind for hit in precheck("a.xlsx", book({"A1": "单位", "B1": "金额"}, change)).hits] == []


def test_page_heads_pictures_caches_and_links_are_looked_at() -> None:
    data = with_parts(
        book({"A1": "单位"}, books.page_head),
        {
            "xl/media/image1.jpeg": photograph(),
            "xl/pivotCache/pivotCacheRecords1.xml": f'<r><x><s v="{IDENTITY}"/></x></r>',
            "xl/externalLinks/externalLink1.xml": "<e/>",
            "xl/vbaProject.bin": b"x",
        },
    )
    kinds = sorted(hit.kind for hit in precheck("a.xlsx", data).hits)
    assert kinds == sorted(["secrecy_mark", "location", "exif", "cached_data", "cached_data", "identity", "macro"])


def test_numbers_of_things_in_cells_are_left_alone() -> None:
    cells = {
        "A1": "订单编号",
        "B1": "金额",
        "A2": 13800001234,
        "B2": 138000012345,
        "A3": "110101199003074515",
        "B3": 6222021.5,
    }
    assert precheck("a.xlsx", book(cells)).hits == ()

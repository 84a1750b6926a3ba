"""Workbooks by openpyxl with something kept back in them."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font


def book(cells: dict[str, object], change: object = None) -> bytes:
    """A workbook of one sheet 名单 with these cells; `change` does the rest to the workbook."""
    workbook = openpyxl.Workbook()
    workbook.properties.creator = None
    sheet = workbook.active
    sheet.title = "名单"
    for place, value in cells.items():
        sheet[place] = value
    if callable(change):
        change(workbook)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def hidden_sheet(state: str):
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.create_sheet("底稿")
        sheet["B2"] = "110101199003074514"
        sheet.sheet_state = state

    return change


def hidden_row(workbook: openpyxl.Workbook) -> None:
    workbook.active.row_dimensions[2].hidden = True


def hidden_column(workbook: openpyxl.Workbook) -> None:
    workbook.active.column_dimensions["B"].hidden = True


def comment(workbook: openpyxl.Workbook) -> None:
    workbook.active["A1"].comment = Comment("身份证110101199003074514", "李复核")


def white(workbook: openpyxl.Workbook) -> None:
    workbook.active["B2"].font = Font(color="FFFFFFFF")


def unprinted(workbook: openpyxl.Workbook) -> None:
    workbook.active["B2"].number_format = ";;;"


def page_head(workbook: openpyxl.Workbook) -> None:
    workbook.active.oddHeader.center.text = "机密★5年"

"""What a careful person would not sign stays out of `cells`: figures with words beside them, places that moved."""

from __future__ import annotations

import io
from random import Random

import pytest
from docx import Document

from gongkai.annual.report import Report
from gongkai.readers import read_bytes, read_text
from tests.mess.files import docx
from tests.mess.invent import invent
from tests.mess.markup import html
from tests.mess.render import PRINTERS
from tests.mess.sheet import Cell, Sheet, Truth, sheet

SEED = 3


def _sheet(edition: str = "2021") -> Sheet:
    return sheet(invent(Random(SEED), edition, faults=False))


def _read(of: Sheet, printer: str) -> Report:
    if printer == "html":
        return read_bytes(html(Random(SEED), of).encode(), "年报.html")
    return read_text(PRINTERS[printer](Random(SEED), of))


def _with(text: str, address: str, printer: str) -> tuple[Sheet, Report]:
    """The invented report with one cell printed as `text`, and what is read of it."""
    of = _sheet("2019" if address.endswith((".made", ".previous")) else "2021")
    next(c for t in of.tables() for c in t.values() if c.address == address).text = text
    return of, _read(of, printer)


PLACES = ("proactive.licences.decisions", "applications.received.enterprise", "disputes.reconsideration.upheld")
NO_FIGURE = (
    *("约3", "近3", "不少于3", "≥3", "<3", "3余", "30余件", "3以上", "3左右", "3?", "?3"),
    *("3至5", "3-5", "3~5", "0或1", "5→3", "3+2", "1/0", "12:30", "3 5", "3 3"),
    *("1、234", "1.2万", "2万", "3千", "1e3", "1'234", ".5", "10⁴", "3½", "1O", "12\u200b34"),
    *("（3）", "第3", "注1", "3月", "2023年", "3个月", "3%", "5（应为3）", "5（更正为3）", "3（约）", "5万元"),
    *("①", "³", "〇", "O", "###", "见附件"),
)


@pytest.mark.parametrize("printer", ["html", "pipes", "tabs"])
@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("text", NO_FIGURE)
def test_a_figure_with_words_beside_it_is_not_signed_and_moves_no_other(text: str, address: str, printer: str):
    of, report = _with(text, address, printer)
    wrong = {a: c.value for a, c in report.cells.items() if a == address or c.value != of.truth[a].value}
    assert wrong == {}


@pytest.mark.parametrize("printer", ["html", "pipes", "tabs"])
@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize(("text", "value"), [("3", 3), ("3件", 3), ("3（上年2）", 3), ("３", 3), ("1，234", 1234)])
def test_a_figure_with_its_unit_note_or_separators_is_read(text: str, value: int, address: str, printer: str):
    _, report = _with(text, address, printer)
    assert report.cells[address].value == value


@pytest.mark.parametrize("text", ["①", "〇", "三", "见附件", "###"])
def test_a_word_in_the_first_place_does_not_let_the_row_close_up(text: str):
    rows = f"信息内容|本年新制作数量|本年新公开数量|对外公开总数\n规章|0|0|0\n规范性文件|{text}|8|112||||\n"
    report = read_text(f"某县林业局2019年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{rows}")
    assert report.cells["proactive.government_rules.made"].value == 0
    assert report.cells.get("proactive.normative_documents.made") is None
    found = report.cells.get("proactive.normative_documents.disclosed")
    assert found is None or found.value == 8


def test_a_decimal_is_not_taken_apart_into_two_places():
    of = _sheet()
    table = next(t for t in of.tables() if t.number == 4)
    texts = ["0", "6", "0", "5", "11", "0", "4", "0", "5", "9", "1", "0", "0", "1.2万"]
    values = list(table.values())
    for cell, text in zip(values, [*texts, ""], strict=True):
        cell.text = text
    report = _read(of, "tabs")
    assert "disputes.litigation_after_reconsideration.pending" not in report.cells
    assert "disputes.litigation_after_reconsideration.total" not in report.cells


def _with_subtotals(of: Sheet) -> list[list[Cell]]:
    """A column 小计 of the office's own before 总计 in table 三; the values of each row."""
    table = next(t for t in of.tables() if t.number == 3)
    table.rows[0][-1].colspan += 1
    table.rows[1].insert(-1, Cell("小计", "head", rowspan=2))
    table.columns += 1
    found = []
    for row in table.rows:
        values = [c for c in row if c.role == "value"]
        if values:
            row.insert(-1, Cell(str(sum(int(c.text) for c in values[1:6])), "void"))
            found.append(values)
    return found


@pytest.mark.parametrize("printer", ["html", "pipes", "tabs", "markdown", "layout"])
@pytest.mark.parametrize("every", [1, 3])
def test_a_column_of_the_offices_own_lends_no_place_to_a_blank(printer: str, every: int):
    of = _sheet()
    for number, values in enumerate(_with_subtotals(of)):
        if number % (every + 1) == 0:
            cell = values[number % 6]
            cell.text, of.truth[cell.address or ""] = "", Truth("none")
    report = _read(of, printer)
    assert {a: c.value for a, c in report.cells.items() if c.value != of.truth[a].value} == {}


@pytest.mark.parametrize("printer", ["html", "pipes", "tabs", "layout"])
def test_two_years_in_one_cell_are_neither_years_row(printer: str):
    of = _sheet()
    table = next(t for t in of.tables() if t.number == 3)
    for cell in table.values():
        cell.text = f"3 {cell.text}"
    report = _read(of, printer)
    assert [a for a in report.cells if a.startswith("applications.")] == []


@pytest.mark.parametrize("printer", ["html", "pipes", "tabs", "one_cell_a_line", "layout"])
def test_last_years_number_is_not_this_years_where_this_years_is_blank(printer: str):
    of = _sheet()
    table = next(t for t in of.tables() if t.number == 2)
    for row in table.rows:
        values = [c for c in row if c.role == "value"]
        if values:
            values[-1].text = ""
            row.append(Cell("26", "void"))
        elif len(row) > 1:
            row.append(Cell("上年数", "head"))
        else:
            row[0].colspan += 1
    table.columns += 1
    report = _read(of, printer)
    assert [a for a, c in report.cells.items() if a.startswith("proactive.") and c.value == 26] == []


def _page(inside: str) -> Report:
    """The invented report as a page, one cell of table 三 holding this markup."""
    of = _sheet()
    next(c for t in of.tables() for c in t.values() if c.address == PLACES[1]).text = "甲乙"
    return read_bytes(html(Random(SEED), of).replace("甲乙", inside).encode(), "年报.html")


@pytest.mark.parametrize(
    "inside",
    [
        "3<sup>1</sup>",
        '3<sup><a href="#n1">1</a></sup>',
        "3<sub>2</sub>",
        '3<span style="vertical-align: super">1</span>',
        "<s>5</s>3",
        "<del>5</del>3",
        "<strike>5</strike>",
        '<span style="text-decoration:line-through">5</span>3',
    ],
)
def test_a_raised_or_struck_out_digit_is_no_digit_of_the_number(inside: str):
    assert PLACES[1] not in _page(inside).cells


@pytest.mark.parametrize("inside", ["3", "<ins>3</ins>", "<b>3</b>", "<span>3</span>", "3<sup>[1]</sup>"])
def test_other_markup_leaves_the_number_what_it_is(inside: str):
    assert _page(inside).cells[PLACES[1]].value == 3


@pytest.mark.parametrize(
    ("runs", "value"),
    [
        ((("3", None), ("1", "superscript")), None),
        ((("5", "strike"), ("3", None)), None),
        ((("3", None), ("1", None)), 31),
    ],
)
def test_raised_and_struck_out_runs_of_word(runs: tuple[tuple[str, str | None], ...], value: int | None):
    of = _sheet()
    next(c for t in of.tables() for c in t.values() if c.address == PLACES[1]).text = "77777"
    document = Document(io.BytesIO(docx(Random(SEED), of)))
    cell = next(c for t in document.tables for row in t.rows for c in row.cells if c.text == "77777")
    cell.text = ""
    for text, kind in runs:
        run = cell.paragraphs[0].add_run(text)
        if kind:
            setattr(run.font, kind, True)
    out = io.BytesIO()
    document.save(out)
    found = read_bytes(out.getvalue(), "年报.docx").cells.get(PLACES[1])
    assert (found.value if found else None) == value

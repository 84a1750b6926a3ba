"""How a table is laid out — grid, pipes, tabs, lines — and what its layout proves about a row."""

from __future__ import annotations

import pytest

from gongkai.annual.report import NOWHERE, At
from gongkai.readers import read_bytes
from gongkai.readers.content import Content, ContentBuilder, GridCell
from gongkai.readers.places import Places
from tests.spec.readers.tables import CORNER, HEADS, KEYS, LABELS, SOUND, TITLE, read, row, says, table_three, why

REFUSED, MISSING = "? ? ? ? ? ? ?", ". . . . . . ."
PEOPLE = "applications.disclosed.natural_person"
Row = list[str]


def in_grid(
    rows: dict[str, Row] | None = None, *, heads: bool = True, labels: dict[str, str] | None = None
) -> list[Row]:
    """Table 三 as the rows of a grid."""
    body = [[(labels or {}).get(k, LABELS[k]), *(rows or {}).get(k, SOUND[k].split())] for k in KEYS]
    return [["项目", *HEADS], *body] if heads else body


def page(rows: list[Row]) -> bytes:
    """The rows as a page."""
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in r) + "</tr>" for r in rows)
    return f"<html><body><h1>{TITLE}</h1><p>三、收到和处理情况</p><table>{table}</table></body></html>".encode()


def read_grid(rows: list[Row]):
    """What is read of the page."""
    return read_bytes(page(rows), "年报.html")


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        (["5", "2", "", "", "", "", "7"], "5 2 空 空 空 空 7"),
        (["", "2", "0", "0", "0", "0", "2"], "空 2 0 0 0 0 2"),
        (["5", "2", "0", "0", "0", "0", ""], "5 2 0 0 0 0 空"),
        (["5（其中区分2件）", "2", "0", "0", "0", "0", "7"], "5 2 0 0 0 0 7"),
        ([""] * 7, "空 空 空 空 空 空 空"),
        # two figures in one cell may be one that was folded
        (["5<br>2", "2", "0", "0", "0", "7"], REFUSED),
        (["5<br>2", "0", "0", "0", "0", "0", "7"], REFUSED),
        # too few, too many, words among them
        (["5", "2", "0", "0", "7"], REFUSED),
        (["5", "2", "0", "0", "0", "0", "7", "9"], REFUSED),
        (["5", "2", "见附件", "0", "0", "0", "7"], REFUSED),
    ],
)
def test_a_row_of_a_grid(cells: Row, met: str):
    assert row(read_grid(in_grid({"disclosed": cells})), "disclosed") == met


ONE_BLANK = ["1", "", "", "", "", "", "1"]


@pytest.mark.parametrize("heads", [True, False])
def test_where_every_row_has_blanks_the_heads_or_the_reach_of_all_rows_show_the_columns(heads: bool):
    report = read_grid(in_grid(dict.fromkeys(KEYS, ONE_BLANK), heads=heads))
    assert row(report, "disclosed") == "1 空 空 空 空 空 1"


def test_without_heads_a_table_that_reaches_too_few_columns_shows_none():
    report = read_grid(in_grid({key: ["1", "", "", "", "", "1", ""] for key in KEYS}, heads=False))
    assert row(report, "disclosed") == REFUSED


def test_a_row_pushed_one_column_aside():
    aside = {"received": ["", *SOUND["received"].split()]}
    report = read_grid(in_grid(aside | {"disclosed": ["5", "2", "", "0", "0", "0", "7"]}))
    assert row(report, "received") == SOUND["received"]
    assert row(report, "disclosed") == "5 2 空 0 0 0 7"
    assert says(report, PEOPLE) == "按列的位置逐格放入，空格照留"


def test_rows_of_a_grid_without_their_labels():
    one = read_grid(in_grid(labels={"disclosed": ""}))
    assert row(one, "disclosed") == SOUND["disclosed"]
    two = read_grid(in_grid(labels={"disclosed": "", "disclosed_in_part": ""}))
    assert (row(two, "disclosed"), row(two, "brought_forward")) == (MISSING, SOUND["brought_forward"])


def test_the_place_in_a_grid_is_said():
    cell = read_grid(in_grid()).cells["applications.received.total"]
    assert cell.where == "第1个表格第2行第8格"


# ---- lines ---------------------------------------------------------------------------------------------------------


def lines(text: str):
    """What is read of a text."""
    return read(*text.split("\n"))


BLANKS = {"disclosed": "5 2 空 空 空 空 7"}
PART = LABELS["disclosed_in_part"]


@pytest.mark.parametrize(
    ("what", "text", "met"),
    [
        ("Markdown", "\n".join(f"|{line}|" for line in table_three(BLANKS).split("\n")), "5 2 空 空 空 空 7"),
        ("a pipe on a line of its own", table_three(BLANKS, "\n|\n"), "5 2 空 空 空 空 7"),
        ("a pipe behind each cell", table_three(BLANKS, "|\n"), "5 2 空 空 空 空 7"),
        (
            "cells pushed in by tabs",
            "\n".join(f"\t{x}" for x in table_three(joint="\n").split("\n")),
            SOUND["disclosed"],
        ),
        (
            "rows pushed in by tabs",
            "\n".join(f"\t{x}" for x in table_three(BLANKS, "\t").split("\n")),
            "5 2 空 空 空 空 7",
        ),
        (
            "an empty line between rows",
            table_three(joint="\n").replace("\n（二）", "\n\u00a0\n（二）"),
            SOUND["disclosed"],
        ),
        ("an empty line in a row", table_three({"disclosed": "5 2 \u00a0 0 0 0 7"}, "\n"), REFUSED),
        ("all in one line", " ".join(table_three(joint=" ").split("\n")), SOUND["disclosed"]),
    ],
)
def test_a_table_in_lines(what: str, text: str, met: str):
    assert row(lines(text), "disclosed") == met


@pytest.mark.parametrize("joint", [" | ", "  ", "\n"])
@pytest.mark.parametrize("mark", ["- 17 -", "第 3 页 共 8 页", "P. 3", "3 / 8"])
def test_page_marks_inside_the_table(joint: str, mark: str):
    assert (
        row(lines(table_three(joint=joint).replace("\n（二）", f"\n{mark}\n（二）")), "disclosed") == SOUND["disclosed"]
    )


@pytest.mark.parametrize(("joint", "met"), [(" | ", SOUND["disclosed"]), ("  ", SOUND["disclosed"]), ("\n", REFUSED)])
def test_a_bare_page_number_behind_a_row(joint: str, met: str):
    assert row(lines(table_three(joint=joint).replace("\n（二）", "\n17\n（二）")), "disclosed") == met


def test_a_bare_page_number_before_the_figures_of_a_row():
    text = table_three(joint="  ").replace("（一）予以公开  ", "（一）予以公开\n17\n")
    assert row(lines(text), "disclosed") == SOUND["disclosed"]
    wrong = text.replace("5  2  0  0  0  0  7", "5  2  0  0  0  0  8")
    assert row(lines(wrong), "disclosed") == REFUSED, "a number alone may be the end of one that was folded"


def test_rows_of_lines_without_their_labels():
    text = table_three(joint="  ")
    one = lines(text.replace(PART, ""))
    assert row(one, "disclosed_in_part") == SOUND["disclosed_in_part"]
    two = lines(text.replace(PART, "").replace("1.属于国家秘密", ""))
    assert (row(two, "disclosed"), row(two, "disclosed_in_part")) == (SOUND["disclosed"], MISSING)


@pytest.mark.parametrize("order", ["behind each row", "one a line"])
def test_labels_may_stand_behind_their_figures(order: str):
    if order == "one a line":
        text = "\n".join([CORNER, *(cell for k in KEYS for cell in (*SOUND[k].split(), LABELS[k]))])
    else:
        text = "\n".join([CORNER, " ".join(HEADS), *(f"{SOUND[k]} {LABELS[k]}" for k in KEYS)])
    report = lines(text)
    assert row(report, "disclosed") == REFUSED
    assert why(report, PEOPLE) == "数在标签之前还是之后不能确定"


def broken_off(*rest: str, joint: str = " | "):
    """Table 三 up to 二、上年结转, then the rest."""
    head = table_three(joint=joint).split("（一）予以公开")[0].rstrip("\n")
    return lines("\n".join((head, *rest)))


@pytest.mark.parametrize(
    ("rest", "met"),
    [
        (("（一）予以公开 | 5 | 2 | 0",), "5 2 0 . . . ."),
        (("（一）予以公开 | 5 | 2",), "5 ? . . . . ."),
        (("（一）予以公开 | 5 | 2 | 0 | 0 | 0 | 0 | 7",), SOUND["disclosed"]),
        # 7 may be the beginning of 70: only the row's own sum says that it is whole
        (("（一）予以公开 | 5 | 2 | 0 | 0 | 0 | 0 | 8",), "5 2 0 0 0 0 ?"),
        (("（一）予以公开",), REFUSED),
        ((), MISSING),
    ],
)
def test_a_file_that_breaks_off(rest: tuple[str, ...], met: str):
    report = broken_off(*rest)
    assert row(report, "disclosed") == met
    assert row(report, "concluded") == MISSING
    assert report.tables[3] == "cut"


def test_why_the_last_figure_of_a_broken_off_file_is_refused():
    report = broken_off("（一）予以公开 | 5 | 2")
    assert why(report, "applications.disclosed.enterprise") == "文件在这个数之后中断，可能没有写完"


# ---- contents and places -------------------------------------------------------------------------------------------


def test_a_grid_without_cells_is_none():
    builder = ContentBuilder("html")
    builder.grid([])
    builder.line("以上。")
    assert [type(b).__name__ for b in builder.build().blocks] == ["Line"]


def test_cells_in_any_order_stand_in_reading_order():
    builder = ContentBuilder("html")
    builder.grid([GridCell("丁", 1, 1), GridCell("甲", 0, 0, 1, 2), GridCell("丙", 1, 0)], At(page=2, dom="table[1]"))
    content = builder.build()
    assert content.text == "甲\n丙\t丁\n"
    assert (content.blocks[0].rows, content.blocks[0].columns, content.blocks[0].at.chars) == (2, 2, (0, 5))


@pytest.mark.parametrize(
    ("start", "line", "where"),
    [(0, 1, "第3页第1行第1格"), (3, 2, "第3页第1个表格第1行第1格"), (5, 2, "第3页第1个表格第1行第2格")],
)
def test_where_a_character_stands(start: int, line: int, where: str):
    builder = ContentBuilder("pdf")
    builder.line("前言", At(page=3))
    builder.grid([GridCell("甲", 0, 0), GridCell("乙", 0, 1, at=At(bbox=(1, 2, 3, 4)))], At(page=3))
    places = Places(builder.build())
    assert places.where(start, 0) == where
    assert (places.at(start, start + 1).line, places.at(start, start + 1).page) == (line, 3)
    assert places.at(5, 6).bbox == (1, 2, 3, 4)


def test_nothing_stands_in_an_empty_content():
    places = Places(Content((), "", "text"))
    assert places.at(0, 1) == At(line=1, chars=(0, 1))
    assert places.where(0) == "第1行"
    assert NOWHERE.chars is None


def test_a_broken_off_row_with_words_between_its_label_and_its_figures():
    report = broken_off("（一）予以公开 | 年度 | 2 | 0")
    assert row(report, "disclosed") == REFUSED
    assert why(report, PEOPLE) == "标签与数之间的格内是文字，不能确定数从哪一格起"

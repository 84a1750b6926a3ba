"""Empty cells at the edges of rows, strokes between figures, cells that were merged: what may be another row's or column's."""

from __future__ import annotations

import io

import pytest
from docx import Document

from gongkai.readers import read_bytes, read_text
from tests.spec.readers.tables import (
    CORNER,
    HEADS,
    KEYS,
    LABELS,
    SOUND,
    disputes,
    lines_of,
    proactive,
    read,
    row,
    table_three,
)

REFUSED = "? ? ? ? ? ? ?"
TITLE_2019 = "青禾县水务局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况"
LICENCES = "第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量"


@pytest.mark.parametrize(
    ("figures", "met"),
    [
        ("214 - 21", "214 空 21"),
        ("214 1 21 - - -", "214 1 21"),
        # three figures, but a stroke among them: the last is another row's
        ("214 - 21 158 - -", "? ? ?"),
        ("- 213 - 2 4", "? ? ?"),
    ],
)
def test_strokes_among_as_many_figures_as_places(figures: str, met: str):
    lines = (TITLE_2019, LICENCES, "行政许可", *figures.split(), "第二十条第（六）项")
    assert proactive(read_text("\n".join(lines)), "licences") == met


def rows_between_pipes(changed: dict[str, str], form: str = "{}") -> str:
    """Table 三 between pipes; `changed` gives a row's cells as printed, 空 for an empty one."""
    lines = [form.format(f"{CORNER} | 申请人情况"), form.format(" | ".join(HEADS))]
    for key in KEYS:
        cells = changed.get(key, SOUND[key]).replace("空", "").split(" ")
        lines.append(form.format(" | ".join((LABELS[key], *cells))))
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["{}", "{} |", "| {} |"])
def test_an_empty_cell_between_pipes(form: str):
    printed = rows_between_pipes({"disclosed_in_part": "2 0 0 空 0 0 2"}, form)
    assert row(read(printed), "disclosed_in_part") == "2 0 0 空 0 0 2"


def test_a_row_pushed_aside_whose_last_cell_is_empty():
    # no row has a pipe behind its last cell: the last pipe of this one parts an empty cell
    others = ("withheld.state_secret", "withheld.barred_by_law", "not_processed.repeated")
    printed = rows_between_pipes(
        {key: "空 " + SOUND[key] for key in others} | {"disclosed_in_part": "空 2 0 0 空 0 0 空"}
    )
    assert row(read(printed), "disclosed_in_part") == REFUSED


def test_the_last_line_of_a_file_says_nothing_of_closing_pipes():
    printed = rows_between_pipes({"disclosed_in_part": "2 0 0 空 0 0 2"}, "| {} |")
    assert row(read(printed[:-6]), "disclosed_in_part") == "2 0 0 空 0 0 2"


def test_a_line_of_white_space_is_no_place_of_figures_side_by_side():
    short = table_three({"disclosed_in_part": "2 0 0 0 0 2\n "}, "    ")
    assert row(read(short), "disclosed_in_part") == REFUSED


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        (("0", "0"), "0 0"),
        (("0", "3", "3"), "0 3"),
        # the second cell is merged and printed twice: the first place is empty
        (("空", "0", "0"), "? ?"),
        (("空", "3", "3"), "? ?"),
    ],
)
def test_a_merged_cell_printed_twice_beside_an_empty_one(cells: tuple[str, ...], met: str):
    figures = " | ".join(cells).replace("空", "")
    lines = (TITLE_2019, "| 第二十条第（八）项 | 第二十条第（八）项 | 第二十条第（八）项 |")
    heads = "| 信息内容 | 上一年项目数量 | 本年增/减 | 本年增/减 |"
    report = read_text(
        "\n".join((*lines, heads, f"| 行政事业性收费 | {figures} |", "三、收到和处理政府信息公开申请情况"))
    )
    assert proactive(report, "charges") == met


def test_two_figures_in_one_cell_beside_an_empty_one():
    # 0 and 1 stand in one cell: neither column is known to hold the one or the other
    merged = table_three({"received": "1 / 0 0 0␣1 空 2"}).replace("␣", " ")
    assert row(read(merged), "received") == REFUSED


@pytest.mark.parametrize(
    ("other", "met"),
    [
        # the rows above have all their figures: so the last has its first three
        ("2 0 0 0 0 0 2", "1 0 0 . . . ."),
        # a row above lacks figures: blanks leave no trace here, and which three these are nobody knows
        ("2 0 0 0 2", REFUSED),
    ],
)
def test_a_row_that_breaks_off(other: str, met: str):
    lines = table_three({"disclosed_in_part": other}, "    ").split("\n")
    cut = next(i for i, line in enumerate(lines) if line.startswith(LABELS["disclosed_in_part"])) + 1
    report = read(*lines[:cut], f"{LABELS['withheld.state_secret']}    1 0 0")
    assert row(report, "withheld.state_secret").replace("0 ? .", "0 0 .") == met


def test_the_first_row_of_a_table_that_breaks_off():
    assert (
        proactive(
            read_text(f"{TITLE_2019}\n信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n规章 0 0"),
            "government_rules",
        )
        == "? ? ?"
    )


@pytest.mark.parametrize(
    ("places", "met"),
    [
        ("空 2 0 0 0 0 2", "空 2 0 0 0 0 2"),
        # one cell a line: eight cells, the first of them empty, the last perhaps a place, perhaps not
        ("空 空 2 0 0 0 0 空", REFUSED),
        ("空 2 0 0 0 0 2 空", REFUSED),
    ],
)
def test_a_row_of_lines_that_begins_with_an_empty_cell(places: str, met: str):
    printed = table_three({"disclosed_in_part": places.replace("空", "␣")}, "\n").replace("␣", "\u00a0")
    assert row(read(printed), "disclosed_in_part") == met


@pytest.mark.parametrize(
    ("places", "met"),
    [
        ("2 空 0 0 0 0 2", "2 空 0 0 0 0 2"),
        ("空 2 0 0 0 0 空", "? ? ? ? ? ? ?"),
    ],
)
def test_a_pushed_row_among_cells_with_a_pipe_each(places: str, met: str):
    # other full rows have an empty cell before their figures too
    rows = {"disclosed_in_part": places, "withheld.state_secret": "空 0 0 0 0 0 0 0"}
    lines = [CORNER, "|", *(f"{head}\n|" for head in HEADS)]
    for key in KEYS:
        lines += [LABELS[key], "|", *(f"{place}\n|" for place in rows.get(key, SOUND[key]).split(" "))]
    text = "\n".join(lines).replace("空\n", "")
    assert row(read(text), "disclosed_in_part") == met


def test_a_stray_row_below_a_row_whose_digits_run_together():
    glued = table_three({"unavailable.still_unclear": "␣"}, "    ").replace("␣", "0000000\n              0 1 0 0 0 0 1")
    assert row(read(glued), "unavailable.still_unclear") == REFUSED


@pytest.mark.parametrize(("amount", "unit"), [("283418.29", "元"), ("28.34万元", "万元")])
def test_the_unit_of_an_amount_on_the_line_below_it(amount: str, unit: str):
    heads = "第二十条第（九）项\n信息内容  采购项目数量  采购总金额"
    figures = f"政府集中采购    14个    {amount}\n                       元"
    report = read_text(f"{TITLE_2019}\n{heads}\n{figures}\n三、收到和处理政府信息公开申请情况")
    assert report.cells["proactive.procurement.amount"].unit == unit


def test_figures_below_a_row_that_starts_in_another_column():
    # label over two columns, then padding of any length: the row begins in another column than the full ones
    lines = ["| 信息 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |"]
    lines += [f"| |1.属于国家秘密|{'|'.join('1000001')} |||", "|三、本年度办理结果|（一）予以公开||0|||0|0|0| ||"]
    assert row(read_bytes(lines_of(CORNER, *lines).encode(), "report.txt"), "disclosed") == REFUSED


@pytest.mark.parametrize(
    ("total", "below", "met"),
    [
        ("37", "", "35 2 0 0 0 0 37"),
        # the sum of the row says that its last figure is whole: what stands below is a page number
        ("37", "7", "35 2 0 0 0 0 37"),
        ("3", "7", "35 2 0 0 0 0 ?"),
        ("3", "条", "35 2 0 0 0 0 3"),
    ],
)
@pytest.mark.parametrize("form", ["{} | {}", "{}\t{}"])
def test_digits_below_a_row_of_cells(total: str, below: str, met: str, form: str):
    joint = form[2:-2]
    lines = table_three({"disclosed": "35 2 0 0 0 0 37"}, joint).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(LABELS["disclosed"]))
    lines[at] = lines[at].removesuffix("37") + total
    report = read(*lines[: at + 1], *([below] if below else []), *lines[at + 1 :])
    assert row(report, "disclosed") == met


@pytest.mark.parametrize(
    ("lines", "met"),
    [
        (("5", "1", "7"), "5 1 7"),
        (("5 1 7",), "5 1 7"),
        # last year's and this year's number in one cell, a cell a line, some cells empty
        (("5 6", "7"), "? ? ?"),
        (("5 6", " ", "7"), "? ? ?"),
        (("5 6", "1 0", "7 8"), "? ? ?"),
    ],
)
def test_two_figures_a_line(lines: tuple[str, ...], met: str):
    report = read_text("\n".join((TITLE_2019, LICENCES, "行政许可", *lines, "第二十条第（六）项")))
    assert proactive(report, "licences") == met


@pytest.mark.parametrize(
    ("lines", "met"),
    [
        ("5 2 0 0 0\n0 7", "5 2 0 0 0 0 7"),
        ("5 2\n0 0\n0 0\n7", REFUSED),
        ("5\n2 0 0 0 0 7", REFUSED),
    ],
)
def test_a_long_row_is_folded_after_a_full_line(lines: str, met: str):
    assert row(read(table_three({"disclosed": "␣"}, " ").replace("␣", lines)), "disclosed") == met


def test_figures_with_a_word_before_each_are_not_blank():
    # 自然人5件，商业企业2件: the row is not blank, though no figure stands behind its label
    lines = [
        LABELS[key] + "：" + "，".join(f"{h}{v}件" for h, v in zip(HEADS, SOUND[key].split(), strict=True))
        for key in KEYS
    ]
    assert row(read(CORNER, *lines), "disclosed") == REFUSED


def test_a_pipe_that_belongs_to_a_cell():
    escaped = rows_between_pipes({"disclosed": "5 2 0\\|0 0 0 0 7"}, "| {} |")
    assert row(read(escaped), "disclosed") == REFUSED
    named = rows_between_pipes({}, "| {} |").replace("（一）予以公开", "（一）予以\\|公开")
    assert row(read(named), "disclosed") == SOUND["disclosed"]


@pytest.mark.parametrize("cut", [1, 3, 4, 6])
def test_a_table_parted_by_kinds_of_applicants(cut: int):
    # 自然人 in one table, the organisations in the next: no row has all seven
    halves = [(HEADS[a:b], [(LABELS[k], *SOUND[k].split()[a:b]) for k in KEYS]) for a, b in ((0, cut), (cut, 7))]
    lines = [" | ".join(cells) for heads, rows in halves for cells in (("信息", *heads), *rows)]
    assert row(read(CORNER, *lines), "disclosed") == REFUSED


FIFTEEN = ("1 0 0 0 1 2 0 0 0 2 0 0 0 0 0", "3 0 0 0 3 4 0 0 0 4 0 0 0 0 0")


@pytest.mark.parametrize(
    ("this", "last", "met"), [(*FIFTEEN, " ".join("?" * 15)), (FIFTEEN[0], FIFTEEN[0], FIFTEEN[0])]
)
def test_last_years_table_four_behind_this_years(this: str, last: str, met: str):
    document = Document()
    document.add_paragraph("青禾县水务局2023年政府信息公开工作年度报告")
    document.add_paragraph("四、政府信息公开行政复议、行政诉讼情况")
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    over = ["行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    for title, figures in (("本年", this), ("2022年：", last)):
        document.add_paragraph(title)
        table = document.add_table(3, 15)
        for y, cells in enumerate((over, leaves * 3, figures.split())):
            for x, text in enumerate(cells):
                table.cell(y, x).text = text
    out = io.BytesIO()
    document.save(out)
    assert disputes(read_bytes(out.getvalue(), "年报.docx")) == met

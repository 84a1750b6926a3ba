"""Chapters, tables, forms: what is missing from the report itself, and what only the file has lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual.forms import form
from gongkai.annual.presence import check_blank, check_fee, check_improvement, check_last_chapter
from gongkai.annual.report import At, Cell
from gongkai.annual.structure import (
    check_chapters,
    check_document_number,
    check_edition,
    check_headings,
    check_numbering,
)
from tests.structure.making import ids, made, verbatim, zeros

ALL_TABLES_MISSING = {2: "missing", 3: "missing", 4: "missing"}


def test_a_whole_report_is_silent() -> None:
    report = made()
    assert check_chapters(report) == check_numbering(report) == check_headings(report) == []


@pytest.mark.parametrize(
    ("chapters", "tables", "rules"),
    [
        ((1, 2, 3, 5, 6), {2: "whole", 3: "whole", 4: "missing"}, ["S-CHAPTER"]),
        ((1, 2, 5, 6), {2: "whole", 3: "missing", 4: "missing"}, ["S-CHAPTER"]),
        ((1, 2, 3, 4, 6), {2: "whole", 3: "whole", 4: "whole"}, ["S-CHAPTER-WORDS"]),
        # the heading was lost on the way, its table is there
        ((1, 2, 3, 5, 6), {2: "whole", 3: "whole", 4: "whole"}, []),
        ((1, 2, 3, 5, 6), {2: "whole", 3: "whole", 4: "unsure"}, []),
        # the file ends, or opens in the middle
        ((1, 2), {2: "cut", 3: "missing", 4: "missing"}, []),
        ((1,), ALL_TABLES_MISSING, []),
        ((4, 5), {2: "missing", 3: "missing", 4: "whole"}, []),
        ((), ALL_TABLES_MISSING, []),
    ],
)
def test_chapters_that_are_missing(chapters: tuple[int, ...], tables: dict[int, str], rules: list[str]) -> None:
    report = made(chapters=chapters, tables=tables)
    findings = check_chapters(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)


def test_a_missing_chapter_names_the_cells_of_its_table_and_the_heading_after_it() -> None:
    report = made(chapters=(1, 2, 3, 5, 6), tables={2: "whole", 3: "whole", 4: "missing"})
    (found,) = check_chapters(report)
    assert found.grade == "conflict"
    assert found.quote == "五、存在的主要问题及改进情况"
    assert len(found.cells) == 15 and all(a.startswith("disputes.") for a in found.cells)


def test_headings_without_tables_are_one_finding_that_quotes_them_all() -> None:
    report = made(tables=ALL_TABLES_MISSING)
    (found,) = check_chapters(report)
    assert (found.id, found.grade) == ("S-TABLE", "conflict")
    assert found.quote and found.quote.startswith("二、") and found.quote.rstrip().endswith("行政诉讼情况")
    assert verbatim(report, [found])


def test_words_between_the_headings_leave_the_first_heading_as_quote() -> None:
    report = made({3: "本年度没有收到申请，也没有上年结转的申请，有关情况见前文说明。"}, tables=ALL_TABLES_MISSING)
    (found,) = check_chapters(report)
    assert found.quote == "二、主动公开政府信息情况"


def test_a_table_in_an_attachment_is_not_missing() -> None:
    report = made({2: "详见附件1。", 3: "详见附件2。", 4: "表格附后。"}, tables=ALL_TABLES_MISSING)
    assert check_chapters(report) == []


def cut_report(chapters: tuple[int, ...], *, last_row: bool = False):  # type: ignore[no-untyped-def]
    row = "4.保护第三方合法权益\t0\t0\t0\t0\t0\t0\t0\n"
    report = made(chapters=chapters, tables={2: "whole", 3: "cut", 4: "whole"}, table_words={3: row})
    start = report.text.index(row)
    columns = [c.key for c in form("2021").columns]
    cells = {
        f"applications.withheld.third_party_interests.{key}": Cell(
            0, "0", at=At(chars=(start + 12 + 2 * i, start + 13 + 2 * i))
        )
        for i, key in enumerate(columns)
    }
    if last_row:
        cells |= {f"applications.carried_forward.{key}": Cell(0, "0") for key in columns}
    return replace(report, cells=cells)


def test_a_table_that_breaks_off_before_the_words_go_on_is_a_conflict() -> None:
    report = cut_report((1, 2, 3, 4, 5, 6))
    (found,) = check_chapters(report)
    assert (found.id, found.grade) == ("S-CUT", "conflict")
    assert found.quote == "4.保护第三方合法权益\t0\t0\t0\t0\t0\t0\t0"
    assert "applications.concluded.total" in found.cells
    assert verbatim(report, [found])


def test_rows_without_labels_behind_the_last_row_read_do_not_break_off() -> None:
    report = cut_report((1, 2, 3, 4, 5, 6))
    row = "0\t0\t0\t0\t0\t0\t0\n"
    at = report.text.index("四、政府信息公开")
    moved = tuple(
        replace(h, at=At(chars=(h.at.chars[0] + len(row), h.at.chars[1] + len(row))))
        if h.at.chars and h.at.chars[0] >= at
        else h
        for h in report.headings
    )
    assert check_chapters(replace(report, text=report.text[:at] + row + report.text[at:], headings=moved)) == []


def test_a_row_printed_one_cell_a_line_is_quoted_from_its_label_on() -> None:
    lines = "1.属于国家秘密\n" + "0\n" * 7
    report = made(tables={2: "whole", 3: "cut", 4: "whole"}, table_words={3: lines})
    start = report.text.index(lines) + len("1.属于国家秘密\n")
    cells = {
        f"applications.withheld.state_secret.{c.key}": Cell(0, "0", at=At(chars=(start + 2 * i, start + 2 * i + 1)))
        for i, c in enumerate(form("2021").columns)
    }
    (found,) = check_chapters(replace(report, cells=cells))
    assert found.quote == lines.rstrip("\n")


def test_without_places_a_heading_is_quoted_as_it_is_named() -> None:
    report = made(tables=ALL_TABLES_MISSING)
    (found,) = check_chapters(replace(report, headings=tuple(replace(h, at=At()) for h in report.headings)))
    assert found.quote == "二、主动公开政府信息情况" and found.at == At()


def test_a_table_at_the_end_of_the_file_is_cut_and_no_fault() -> None:
    assert check_chapters(cut_report((1, 2, 3))) == []


def test_rows_lost_by_a_page_break_are_no_fault() -> None:
    assert check_chapters(cut_report((1, 2, 3, 4, 5, 6), last_row=True)) == []


def test_chapters_out_of_order_are_a_doubt() -> None:
    report = made()
    five, six = report.headings[4], report.headings[5]
    swapped = replace(report, headings=(*report.headings[:4], replace(six, at=five.at), replace(five, at=six.at)))
    assert ids(check_chapters(swapped)) == ["S-CHAPTER-WORDS"]


def test_headings_listed_as_contents_first_are_not_out_of_order() -> None:
    report = made()
    listed = tuple(replace(h, at=At(chars=(0, 1))) for h in report.headings)
    assert check_chapters(replace(report, headings=(*listed, *report.headings))) == []


def test_own_headings_in_place_of_the_chapters() -> None:
    report = made(chapters=(1, 3, 4, 5, 6), own={1: ("一、加强组织领导",)})
    headings = tuple(h for h in report.headings if h.number != 1)
    assert ids(check_chapters(replace(report, headings=headings))) == ["S-CHAPTER-WORDS"]


@pytest.mark.parametrize(
    ("own", "rules"),
    [
        (("一、加强组织领导", "二、健全工作制度", "三、抓好督促检查"), ["S-NUMBERED-TWICE"]),
        (("（一）加强组织领导", "（二）健全工作制度"), []),
        (("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"), []),
        (("一、加强组织领导",), []),
    ],
)
def test_own_headings_numbered_like_the_chapters(own: tuple[str, ...], rules: list[str]) -> None:
    report = made(own={1: own})
    findings = check_numbering(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)
    assert not findings or findings[0].quote == own[0]


def test_headings_in_other_words_are_one_note() -> None:
    report = made()
    other = tuple(
        replace(h, text=h.text.replace("总体情况", "概述").replace("其他需要", "其他")) for h in report.headings
    )
    (found,) = check_headings(replace(report, headings=other))
    assert found.grade == "note"
    assert "“一、概述”应为“一、总体情况”" in found.message and "“六、其他报告的事项”" in found.message


@pytest.mark.parametrize("printed", ["##  一、 总体情况", "第一部分 总体情况", "一. 总体情况：", "一、總體情況"])
def test_signs_and_spelling_of_a_heading_do_not_matter(printed: str) -> None:
    report = made({1: "我們開展政務公開。" if "總" in printed else ""})
    headings = (replace(report.headings[0], text=printed), *report.headings[1:])
    assert check_headings(replace(report, headings=headings)) == []


@pytest.mark.parametrize(
    ("year", "edition", "found"),
    [
        (2023, "2019", [("S-EDITION", "conflict")]),
        (2020, "2021", [("S-EDITION-EARLY", "doubt")]),
        (2020, "2019", []),
        (2021, "2021", []),
        (2018, "2019", []),
        (None, "2019", []),
        (2023, None, []),
    ],
)
def test_the_form_of_another_year(year: int | None, edition: str | None, found: list[tuple[str, str]]) -> None:
    report = made(year=year, edition=edition)
    assert [(f.id, f.grade) for f in check_edition(report)] == found


def test_the_form_of_another_year_is_shown_at_its_head() -> None:
    report = made(edition="2019", table_words={2: "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"})
    (found,) = check_edition(report)
    assert found.quote == "本年新制作数量 | 本年新公开数量 | 对外公开总数量"


@pytest.mark.parametrize(
    ("year", "preface", "rules"),
    [
        (2023, "按照国办公开办函〔2021〕30号编制。", []),
        (2023, "按照国办公开办函[2021]30号编制。", []),
        (2020, "按照国办公开办函〔2019〕60号编制。", []),
        (2023, "按照国办公开办函〔2019〕60号编制。", ["S-DOCUMENT"]),
        (2020, "按照国办公开办函（2021）30号编制。", ["S-DOCUMENT"]),
        (2023, "按照国办公开办函〔2019〕60号和国办公开办函〔2021〕30号编制。", []),
        (2018, "按照国办公开办函〔2019〕60号编制。", []),
        (2023, "按照赣府厅字〔2019〕60号编制。", []),
    ],
)
def test_the_format_document_of_another_year(year: int, preface: str, rules: list[str]) -> None:
    assert ids(check_document_number(made(year=year, preface=preface))) == rules


def test_blank_cells_are_one_finding() -> None:
    cells = zeros(3)
    blank = ("applications.received.total", "applications.concluded.total")
    report = made(cells={a: c for a, c in cells.items() if a not in blank}, blank=blank)
    (found,) = check_blank(report)
    assert (found.id, found.cells) == ("S-BLANK", blank)
    assert "2格" in found.message


def test_a_table_without_figures_is_said_once() -> None:
    blank = tuple(a for a in form("2021").addresses if a.startswith("disputes."))
    report = made(cells=zeros(3), blank=(*blank, "proactive.licences.decisions"))
    assert ids(check_blank(report)) == ["S-BLANK-TABLE", "S-BLANK"]


@pytest.mark.parametrize(
    ("year", "words", "rules"),
    [
        (2023, {6: "无。"}, ["S-FEE"]),
        (2023, {}, ["S-FEE"]),
        (2023, {6: "本年度未收取信息处理费。"}, []),
        (2023, {1: "全年收取信息处理费0元。", 6: "无。"}, []),
        (2020, {6: "无。"}, []),
        (None, {6: "无。"}, []),
    ],
)
def test_the_fee_in_chapter_six(year: int | None, words: dict[int, str], rules: list[str]) -> None:
    report = made(words, year=year)
    findings = check_fee(report)
    assert ids(findings) == rules
    assert all(f.grade == "doubt" and f.citation is None for f in findings)
    assert verbatim(report, findings)


def test_a_report_that_ends_before_chapter_six_is_not_asked_about_the_fee() -> None:
    assert check_fee(made(chapters=(1, 2, 3, 4, 5))) == []


def test_a_chapter_six_without_words_or_heading_is_not_asked_about() -> None:
    report = made({6: ""})
    assert check_fee(replace(report, headings=report.headings[:5])) == []


def test_heads_that_close_the_document_lost_their_figures_with_the_file() -> None:
    blank = tuple(a for a in form("2021").addresses if a.startswith("disputes."))
    assert check_blank(made(chapters=(1, 2, 3, 4), cells=zeros(3), blank=blank)) == []


@pytest.mark.parametrize(
    ("words", "tables", "rules"),
    [
        ("问题是人手不足，将予改进。", {2: "whole", 3: "whole", 4: "whole"}, ["S-LAST"]),
        ("问题是人手不足，将予", {2: "whole", 3: "whole", 4: "whole"}, []),
        ("问题是人手不足，将予改进。", {2: "whole", 3: "whole", 4: "missing"}, []),
    ],
)
def test_the_last_chapter_is_missed_only_where_nothing_was_cut_off(
    words: str, tables: dict[int, str], rules: list[str]
) -> None:
    assert ids(check_last_chapter(made({5: words}, chapters=(1, 2, 3, 4, 5), tables=tables))) == rules


def test_problems_without_improvements_are_a_note() -> None:
    assert ids(check_improvement(made({5: "存在人手不足的问题。"}))) == ["S-IMPROVEMENT"]
    assert check_improvement(made({5: "存在人手不足的问题。下一步充实人手。"})) == []
    assert check_improvement(made({5: "存在人手不足的问题。"}, chapters=(1, 2, 3, 4, 5))) == []

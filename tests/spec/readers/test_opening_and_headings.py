"""Whose report it is and of which year; which lines are headings of chapters."""

from __future__ import annotations

import pytest

from gongkai.readers import read_text
from gongkai.readers.chapters import headings, opening, spine
from tests.spec.readers.tables import TITLE, table_three

ORGAN = "青禾县水务局"


@pytest.mark.parametrize(
    ("text", "organ", "year"),
    [
        ("青禾县水务局2023年政府信息公开工作年度报告", ORGAN, 2023),
        ("青禾县水务局 2 0 2 3 年政府信息公开工作年度报告", ORGAN, 2023),
        ("青禾县水务局\n2023年政府信息公开工作年度报告", ORGAN, 2023),
        ("青禾县\n水务局2023年政府信息公开工作年度报告", ORGAN, 2023),
        ("2023年度青禾县水务局政府信息公开工作年度报告", ORGAN, 2023),
        ("青禾县水务局政府信息公开工作2023年度报告", ORGAN, 2023),
        ("关于青禾县水务局2023年政府信息公开工作年度报告", ORGAN, 2023),
        ("首页：青禾县水务局2023年政务公开年报", ORGAN, 2023),
        ("公开目录\n本报告由青禾县水务局根据《条例》编制", ORGAN, None),
        ("本报告由青禾县水务局根据《条例》编制，2022年1月1日起", ORGAN, 2022),
        # the year alone: the period, or the year that is named most often
        ("年度工作\n2022年印发，2023年1月1日至2023年12月31日", None, 2023),
        ("2022年、2023年、2023年", None, 2023),
        ("2023年政府信息公开\n工作年度报告", None, 2023),
        # what is no name of an organ
        ("我局2023年政府信息公开工作年度报告", None, 2023),
        ("政府信息公开\n2023年政府信息公开工作年度报告", None, 2023),
        ("本报告由我们大家根据《条例》编制", None, None),
        ("按照要求，大家根据《条例》编制", None, None),
        ("第12期2023年政府信息公开工作年度报告", None, 2023),
        ("信息来源与发布时间等说明文字如下：青禾县水务局2023年政府信息公开工作年度报告", None, 2023),
        ("无", None, None),
        ("", None, None),
    ],
)
def test_organ_and_year(text: str, organ: str | None, year: int | None):
    met = opening(text)
    assert (met.organ, met.year) == (organ, year)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TITLE, TITLE),
        ("青禾县水务局\n2023年政府信息公开工作年度报告", TITLE),
        ("2023年度青禾县水务局政府信息公开工作年度报告", "2023年度青禾县水务局政府信息公开工作年度报告"),
        ("2023年政府信息公开年报", "2023年政府信息公开年报"),
        ("没有标题", None),
    ],
)
def test_the_title_as_printed(text: str, title: str | None):
    assert opening(text).title == title


SIX = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def found(*lines: str, any_order: bool = False) -> dict[int, str]:
    """The chapters of a text, by number."""
    text = "\n".join(lines)
    return {n: c.text for n, c in spine(headings(text, text), any_order=any_order).items()}


def test_the_six_chapters():
    assert found(*SIX) == dict(enumerate(SIX, start=1))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("一 总体情况", 1),
        ("一、 总 体 情 况", 1),
        ("# 一、总体情况", 1),
        ("**一、总体情况", 1),
        ("二、主动公开情况。", 2),
        ("二、依申请公开办理情况", 3),
        ("四、因政府信息公开被申请行政复议的情况", 4),
        ("四、存在问题", 5),
        ("五、需要报告的其他事项", 6),
    ],
)
def test_a_heading_is_known_by_its_words(line: str, number: int):
    assert found("前言", line) == {number: line.lstrip("#* ").rstrip("。")}


@pytest.mark.parametrize(
    "line",
    [
        "一是总体情况",
        "一般情况",
        "一个总体情况",
        "二十条第一项",
        "一总体情况",
        "七、附件",
        "一、" + "工作" * 30,
        "一、" + "工作" * 200,
        "一、本年新收政府信息公开申请数量",
        "  \t",
        "总体情况",
    ],
)
def test_a_line_that_is_no_heading(line: str):
    assert found(line) == {}


def test_headings_inside_one_long_line():
    assert found("　".join(f"{h} 其下的话。" for h in SIX)) == dict(enumerate(SIX, start=1))


def test_of_two_headings_the_one_with_its_own_number_counts():
    assert found("三、总体情况介绍", *SIX)[1] == SIX[0]


@pytest.mark.parametrize(
    ("lines", "met"),
    [
        # chapters numbered otherwise, in the form's order
        (("一、主动公开情况", "二、依申请公开情况"), {2: "一、主动公开情况", 3: "二、依申请公开情况"}),
        # a heading out of its order with another number is none
        (
            ("一、概述", "二、依申请公开情况", "三、主动公开情况", "四、问题"),
            {1: "一、概述", 3: "二、依申请公开情况", 5: "四、问题"},
        ),
        # one whose own number says so stands, and what stood before it is none
        ((SIX[5], SIX[4]), {5: SIX[4]}),
    ],
)
def test_the_order_of_the_chapters(lines: tuple[str, ...], met: dict[int, str]):
    assert found(*lines) == met


def test_sheets_of_a_workbook_may_stand_in_any_order():
    assert found(SIX[5], SIX[4], any_order=True) == {5: SIX[4], 6: SIX[5]}


def test_the_words_of_each_chapter_leave_the_tables_out():
    report = read_text(
        "\n".join(
            (
                TITLE,
                "按照规定编制。",
                SIX[0],
                "全年工作平稳。",
                SIX[2],
                "数据如下：",
                table_three(),
                "以上属实。",
                SIX[4],
                "人手不足。",
            )
        )
    )
    assert report.preface is not None and "按照规定编制。" in report.preface.text
    words = {n: s.text for n, s in report.sections.items()}
    assert words[1] == "全年工作平稳。"
    assert words[3].startswith("数据如下：") and words[3].endswith("以上属实。") and "属于国家秘密" not in words[3]
    assert words[5] == "人手不足。"
    assert report.sections[3].heading == SIX[2]
    assert [h.number for h in report.headings] == [1, 3, 5]


def test_a_text_without_chapters_is_all_preface():
    report = read_text("全年工作平稳。")
    assert report.preface is not None and report.preface.text == "全年工作平稳。\n"
    assert (report.edition, report.sections, report.absent[:1]) == (None, {}, ("proactive.government_rules.made",))


def test_an_empty_text_is_a_report_of_nothing():
    report = read_text("")
    assert (report.preface, report.sections, report.cells) == (None, {}, {})


@pytest.mark.parametrize(
    ("year", "words", "edition"),
    [
        ("2023", SIX[1:3], "2021"),
        ("2020", SIX[1:3], "2019"),
        ("2018", SIX[1:3], None),
        ("2023", SIX[:1], None),
    ],
)
def test_without_tables_the_year_tells_the_edition_where_their_chapters_stand(
    year: str, words: list[str], edition: str | None
):
    assert read_text("\n".join((TITLE.replace("2023", year), *words))).edition == edition


@pytest.mark.parametrize(("year", "edition"), [("2023", "2021"), ("2020", "2019"), ("2018", "2021")])
def test_where_the_words_of_the_table_say_nothing_of_the_edition_the_year_does(year: str, edition: str):
    lines = [line for line in table_three().split("\n") if "逾期" not in line]
    report = read_text("\n".join((TITLE.replace("2023", year), *lines)))
    assert report.edition == edition


def test_without_a_year_the_newest_edition_is_taken():
    lines = [line for line in table_three().split("\n") if "逾期" not in line]
    assert read_text("\n".join(lines)).edition == "2021"

"""Sentences at the edges of the rules: charges, cases said the other way round, ambiguous lists, odd marks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.report import At, Cell, Report, SectionText, Source
from gongkai.annual.words import check_words
from gongkai.text.flow import running
from gongkai.text.numbers import spelled_number
from tests.spec.words.support import cells, check, report, said

CHARGES = [
    ("全年行政事业性收费12.5万元。", []),
    ("全年行政事业性收费共计125000元。", []),
    ("全年行政事业性收费12.6万元。", []),
    ("全年行政事业性收费93万元。", [("N-CHARGES", "doubt")]),
    ("全年收取信息处理费93万元。", []),
]


@pytest.mark.parametrize(("words", "expected"), CHARGES)
def test_charges(words: str, expected: list[tuple[str, str]]) -> None:
    table = {**cells(), "proactive.charges.amount": Cell(Decimal("12.5"), "12.5")}
    assert said(check(words, table=table)) == expected


def test_charges_are_left_alone_where_the_table_is_silent() -> None:
    table = {a: c for a, c in cells().items() if a != "proactive.charges.amount"}
    assert said(check("全年行政事业性收费93万元。", table=table)) == []


ROWS: list[tuple[str, list[tuple[str, str]]]] = [
    # ---- cases said the other way round
    ("因政府信息公开引发3件行政复议、2件行政诉讼。", []),
    ("因政府信息公开引发7件行政复议。", [("N-DISPUTES", "conflict")]),
    ("因政府信息公开引发6件行政诉讼。", [("N-DISPUTES", "conflict")]),
    ("因政府信息公开引发行政复议和行政诉讼共5件。", []),
    ("因政府信息公开引发行政复议和行政诉讼共9件。", [("N-DISPUTES", "conflict")]),
    ("2022年因政府信息公开引发行政复议9件。", []),
    ("2022年因政府信息公开引发行政复议9件，均获维持。", []),
    ("政府信息公开行政复议约9件。", []),
    # ---- none, of one case or of one kind only
    ("该件未引发政府信息公开行政复议。", []),
    ("未发生因政府信息公开答复不当被纠正的行政复议。", []),
    ("2022年未收到政府信息公开申请。", []),
    ("未收到政府信息公开申请的投诉。", []),
    ("其余单位未收到政府信息公开申请。", []),
    ("未收到政府信息公开申请的单位较多。", []),
    ("无上年结转。", [("N-NONE", "conflict")]),
    # ---- decided, said behind the number
    ("收到政府信息公开申请10件，其中6件已办结。", []),
    # ---- years
    ("2022年收到政府信息公开申请25件，2023年收到政府信息公开申请10件。", []),
    ("收到政府信息公开申请10件，2021年结转4件。", []),
    # ---- lists that may be read in more than one way
    ("收到留言50条，转办40条，其中建议类25条，咨询类20条。", [("N-SUM", "doubt")]),
    ("公开信息30条，其中网站20条，微信公众号20条。", [("N-SUM", "doubt")]),
    ("公开信息30条，其中甲类20条、乙类5条；丙类9条。", [("N-SUM", "doubt")]),
    ("共检查单位3个，其中整改单位2个，通报单位2个。", []),
    ("开设专栏12个，其中栏目甲3个。", []),
    ("公开信息120条，其中网站100条，其中政策文件80条、动态60条。", []),
    ("公开信息120条，其中网站100条，其中政策文件30条、动态30条。", []),
    ("情况说明如下。各项工作：公开信息30条，解读5条。", []),
    ("公开信息30条，其中甲类10条，乙类10条，丙类10条，召开会议3次，共计80条。", []),
    ("办结政府信息公开申请约11件。予以公开4件，部分公开2件，不予公开2件，无法提供2件，不予处理1件，其他处理0件。", []),
    ("予以公开4件，部分公开2件，不予公开2件，无法提供2件，不予处理1件，其他处理0件。", []),
    # ---- shares
    ("公开信息100余条，其中甲类40条，占40%，乙类60条，占60%。", []),
    ("甲类0条，占0%；乙类0条，占0%；丙类0条，占0%。", []),
    ("公开信息100条，其中甲类40条，约占45%，乙类60条，占60%。", []),
    ("发布文件20件。召开会议8次，占45%。", []),
    ("全年制发文件30件，收文40件，公开20件，占总数的90%。", []),
    (
        "公开信息200条，其中甲类50条，占25%，乙类50条，占25%，丙类60条，占80%。",
        [("N-PERCENT", "conflict"), ("N-SUM", "doubt")],
    ),
    ("收到申请20件，其中甲类5件，占45%。", [("N-PERCENT", "conflict"), ("N-RECEIVED", "doubt")]),
    # ---- the same column again
    ("在县网站审计信息栏目公开信息20条。\n本年在县网站审计信息栏目新增公开信息6条。", []),
    ("在县网站审计信息栏目公开信息20条。\n在县网站审计信息栏目公开信息20条。", []),
    ("在县网站审计信息栏目公开信息20条。\n该栏目公开信息16条。", []),
    ("在县网站审计信息栏目公开信息20条。\n其中在县网站审计信息栏目公开信息16条。", []),
    ("公开信息100条，相关栏目均已按照省市县三级统一要求完成调整并正常运行：甲类60条，乙类50条。", []),
    ("公开信息120条，其中网站100条，其中政策文件40条、动态60条。召开会议3次。", []),
    ("网络渠道未收到政府信息公开申请。", []),
    ("发布信息200条，公开信息100条，其中公文40条，占20%。", []),
    ("公开信息20件，比例为50%。", []),
    ("公开信息0条，其中甲类0条，占0%，乙类0条，占0%，其他0条，占0%。", []),
    # ---- marks
    ("“一直没有合上的引号，" + "公开" * 40 + "”全年共收到政府信息公开申请10件。", []),
    ("（说明）10件。", []),
    ("(12件)公开信息。", []),
]


@pytest.mark.parametrize(("words", "expected"), ROWS)
def test_corners(words: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(said(check(words))) == sorted(expected)


def test_an_organ_that_is_unknown_or_of_another_circle_gives_doubts_only() -> None:
    for organ, words in (
        (None, "全县共收到政府信息公开申请15件。"),
        ("青河县教育局", "全县共收到政府信息公开申请15件。"),
        ("青河县人民政府", "县本级共收到政府信息公开申请15件。"),
    ):
        assert said(check(words, organ=organ)) == [("N-RECEIVED", "doubt")]
    assert said(check("政府办公室本级共收到政府信息公开申请15件。", organ="青河县人民政府办公室")) == [
        ("N-RECEIVED", "conflict")
    ]
    assert said(check("全镇共收到政府信息公开申请15件。", organ="青河县临江镇人民政府")) == [("N-RECEIVED", "conflict")]


def test_without_a_year_two_years_in_a_sentence_are_left_alone() -> None:
    assert said(check("2022年、2023年收到政府信息公开申请25件。", year=None)) == []
    assert said(check("2023年收到政府信息公开申请25件。", year=None)) == [("N-RECEIVED", "conflict")]


def test_the_older_form_has_one_row_of_other_outcomes() -> None:
    made = report("办结政府信息公开申请11件。其他处理4件。")
    table = {a: c for a, c in made.cells.items() if not a.startswith(("applications.otherwise_closed", "proactive"))}
    for column in ("natural_person", "total"):
        table[f"applications.otherwise_closed.{column}"] = Cell(1, "1")
    table["proactive.normative_documents.disclosed_total"] = Cell(75, "75")
    for edition in ("2019", "2021"):
        assert ("N-OUTCOME", "conflict") in said(check_words(replace(made, edition=edition, cells=table)))
    older = replace(
        report(
            "制定出台规范性文件75件。现行有效规范性文件80件。全年行政事业性收费3万元。废止规范性文件3件。作出行政处罚决定3件。"
        ),
        edition="2019",
        cells={"proactive.normative_documents.disclosed_total": Cell(75, "75")},
    )
    assert said(check_words(older)) == [("N-DOCUMENTS", "doubt")]


def test_words_without_a_document_are_quoted_too() -> None:
    made = Report(
        Source("from.json", "json"),
        edition="2021",
        year=2023,
        organ="青河县人民政府",
        cells=cells(),
        preface=SectionText("前言。"),
        sections={1: SectionText("全年共收到政府信息公开申请15件。"), 6: SectionText(" ")},
    )
    found = check_words(made)
    assert [(f.id, f.quote, f.at, f.where) for f in found] == [
        ("N-RECEIVED", "全年共收到政府信息公开申请15件", At(), "第一部分")
    ]


def test_a_chapter_in_pieces_is_found_line_by_line() -> None:
    text = "题目\n第一段。\n| 表 | 格 |\n全年共收到政府信息公开申请15件。\n"
    made = Report(
        Source("a.txt", "txt"),
        edition="2021",
        year=2023,
        organ="青河县人民政府",
        cells=cells(),
        text=text,
        sections={3: SectionText("第一段。\n全年共收到政府信息公开申请15件。", At(chars=(3, len(text))))},
    )
    found = check_words(made)
    assert [text[slice(*f.at.chars)] for f in found if f.at.chars] == ["全年共收到政府信息公开申请15件"]
    assert found[0].where == "第三部分，第4行"


def test_spelled_numbers_that_are_none() -> None:
    assert spelled_number("二〇一九") == 2019
    assert spelled_number("两三") is None
    assert spelled_number("五六百") is None
    assert [spelled_number(t) for t in ("十", "二十", "两百零三", "一千")] == [10, 20, 203, 1000]


def test_running_text_of_nothing() -> None:
    assert running("").text == ""
    assert running("").origin(0, 0) == (0, 0)

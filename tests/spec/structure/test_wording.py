"""Slips of the pen: rests of a template, phrases twice, gaps in 一是二是三是, numbers lost before their unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual.report import At, SectionText
from gongkai.annual.wording import check_lost_numbers, check_ordinals, check_repeats, check_residue
from tests.structure.making import ids, made, verbatim


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("XX县高度重视公开工作。", "XX"),
        ("20XX年，我局制定方案。", "20XX年"),
        ("在××镇设立公开栏。", "××"),
        ("（文字描述）", "(文字描述)"),
        ("主动公开____条。", None),
        ("全年公开信息__条。", "__"),
        ("某某局积极推进公开。", "某某局"),
        ("由xx局负责。", "xx"),
    ],
)
def test_rests_of_a_template_are_asked_about(words: str, met: str | None) -> None:
    report = made({1: words})
    findings = check_residue(report)
    assert ids(findings) == ["S-RESIDUE"]
    assert met is None or findings[0].met == met
    assert verbatim(report, findings)


@pytest.mark.parametrize(
    "words",
    [
        "召开“1+X”新闻发布会三场。",
        "网址为http://www.example.gov.cn/xxgk/zfxxgkzn/index.shtml。",
        "某项工作有待改进。",
        "X光检查信息已公开。",
    ],
)
def test_signs_that_mean_something_are_no_rests(words: str) -> None:
    assert check_residue(made({1: words})) == []


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("规范工作流程，强化日常督办规范工作流程，提高水平。", ["S-REPEAT"]),
        ("加强业务培训，加强业务培训，提高水平。", ["S-REPEAT"]),
        ("切实提高公开质量切实提高公开质量。", ["S-REPEAT"]),
        ("以公开为常态，不公开为例外。", []),
        ("推进政务公开，深化政务公开。", []),
        ("机构信息0条，占0%，人事信息0条，占0%。", []),
        ("面对面、手把手指导，点对点服务。", []),
        ("公开5件，公开5件。", []),
    ],
)
def test_a_phrase_said_twice_in_a_row(words: str, rules: list[str]) -> None:
    report = made({1: words})
    findings = check_repeats(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)


def test_the_same_slip_twice_is_one_finding() -> None:
    words = "规范工作流程，强化日常督办规范工作流程。"
    assert ids(check_repeats(made({1: words + "如下：" + words}))) == ["S-REPEAT"]


def test_a_quote_that_runs_over_pieces_of_the_source_is_left_out() -> None:
    report = made({1: "在××镇设立公开栏。"})
    apart = replace(report, text=report.text.replace("××镇", "×\n（表略）\n×镇"))
    (found,) = check_residue(apart)
    assert found.quote is None and found.where == "第一部分"


def test_a_report_without_its_text_keeps_the_quote_of_its_chapter() -> None:
    (found,) = check_residue(replace(made({1: "在××镇设立公开栏。"}), text=""))
    assert found.quote == "在××镇设立公开栏" and found.at.chars is None


def test_a_chapters_place_is_a_hint_only() -> None:
    report = made({1: "在××镇设立公开栏。"})
    late = replace(
        report, sections={1: SectionText("在××镇设立公开栏。", At(chars=(len(report.text), len(report.text))))}
    )
    assert verbatim(late, check_residue(late)) and check_residue(late)[0].quote


def test_a_quote_stops_at_an_empty_line() -> None:
    report = made({1: "在各镇\n\n在××镇设立公开栏\n\n每季更新"})
    (found,) = check_residue(report)
    assert found.quote == "在××镇设立公开栏"


def test_a_heading_and_the_words_below_it_are_no_repetition() -> None:
    assert check_repeats(made({1: "（一）政策解读情况\n政策解读情况良好。"})) == []


def test_a_long_sentence_in_two_chapters_is_a_note() -> None:
    sentence = "各股室要把公开工作与业务工作同部署同检查同考核并于每季度末向办公室书面报告进展。"
    findings = check_repeats(made({1: sentence, 5: sentence}))
    assert [(f.id, f.grade) for f in findings] == [("S-SENTENCE-TWICE", "note")]


@pytest.mark.parametrize(
    ("words", "met", "due"),
    [
        ("一是制度不全；三是人手不足。", "三是", "二是"),
        ("一是制度不全；二是人手不足；二是经费不足。", "二是", "三是"),
        ("".join(f"{n}是甲；" for n in (*"一二三四五六七八九十", "十二")), "十二是", "十一是"),
        ("问题如下：\n一是制度不全。\n二是人手不足。\n四是经费不足。", "四是", "三是"),
    ],
)
def test_a_gap_or_a_double_in_an_enumeration(words: str, met: str, due: str) -> None:
    report = made({5: words})
    findings = check_ordinals(report)
    assert [(f.met, f.expected) for f in findings] == [(met, due)]
    assert verbatim(report, findings)


@pytest.mark.parametrize(
    "words",
    [
        "一是制度不全；二是人手不足；三是经费不足。",
        "一是制度不全；二是人手不足。改进：一是建章立制；二是充实人手。",
        "一是制度不全；二要充实人手；三是保障经费。",
        "统一是关键，唯一是本局，第三是财政局。",
        "二是人手不足；四是经费不足。",
        "之一是制度，三是经费。",
    ],
)
def test_enumerations_without_a_gap(words: str) -> None:
    assert check_ordinals(made({5: words})) == []


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("办理采伐许可条、木材运输证76条、检疫证121条。", ["S-NUMBER-LOST"]),
        ("公开预算件、决算5件。", ["S-NUMBER-LOST"]),
        ("公开政策文件、信访件12件。", []),
        ("发布头条、公告12条。", []),
        ("公开公告三条、通知12条。", []),
        ("公开公告5条、通知12条。", []),
        ("审核稿件、信件12件。", []),
    ],
)
def test_a_number_lost_before_its_unit(words: str, rules: list[str]) -> None:
    report = made({1: words})
    findings = check_lost_numbers(report)
    assert ids(findings) == rules
    assert verbatim(report, findings)

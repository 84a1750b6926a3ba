"""The sequence of a report: the six chapters with the words of the form, whatever the document lacked."""

from __future__ import annotations

import pytest

from gongkai.annual.forms import form
from gongkai.annual.report import Report, SectionText, Source
from gongkai.documents.flow import ChapterHeading, FormTable, Paragraph, Remark, Title, clean, flow, title_of
from tests.documents import samples


def test_an_empty_report_has_every_heading_and_every_table() -> None:
    pieces = flow(Report(Source("x", "text")))
    assert [p.text for p in pieces if isinstance(p, ChapterHeading)] == [s.heading for s in form("2021").sections]
    assert [p.layout.number for p in pieces if isinstance(p, FormTable)] == [2, 3, 4]
    assert not any(p.values for p in pieces if isinstance(p, FormTable))


def test_words_introduce_the_table_and_remarks_follow_it() -> None:
    kinds = [type(p).__name__ for p in flow(samples.report())]
    assert kinds[-10:] == [
        "ChapterHeading",
        "FormTable",
        "Remark",
        "ChapterHeading",
        "FormTable",
        "Paragraph",
        "ChapterHeading",
        "Paragraph",
        "Paragraph",
        "ChapterHeading",
    ] or kinds.index("FormTable") > kinds.index("Paragraph")
    pieces = flow(samples.report())
    tables = [i for i, p in enumerate(pieces) if isinstance(p, FormTable)]
    assert pieces[tables[0] - 1] == Paragraph("本机关无规章制定权。")
    assert isinstance(pieces[tables[1] + 1], Remark)
    assert pieces[tables[2] + 1] == Paragraph("注：复议后起诉的按最后结果统计。")


@pytest.mark.parametrize(
    ("line", "level", "lead"),
    [
        ("（一）主动公开情况。全年公开5条。", 2, "（一）主动公开情况。"),
        ("（二）依申请公开情况", 2, "（二）依申请公开情况"),
        ("(三)平台建设", 2, "(三)平台建设"),
        ("一、基本情况", 1, "一、基本情况"),
        ("全年公开5条。", 0, ""),
        ("一是加强领导。二是抓好落实。", 0, ""),
        ("（一）" + "很长的一段话" * 10 + "。", 0, ""),
    ],
)
def test_heads_within_the_words(line: str, level: int, lead: str) -> None:
    found = [p for p in flow(samples.with_words(line)) if isinstance(p, Paragraph) and p.text == line]
    assert [(p.level, p.text[: p.lead]) for p in found] == [(level, lead)]


def test_the_title_is_the_printed_one_else_made_of_organ_and_year() -> None:
    whole = samples.report()
    assert title_of(whole) == "清溪县青石镇人民政府2023年政府信息公开工作年度报告"
    assert flow(whole)[0] == Title(("清溪县青石镇人民政府", "2023年政府信息公开工作年度报告"))
    assert title_of(Report(Source("x", "text"), title="某局 2022年\n年报")) == "某局2022年年报"
    assert title_of(Report(Source("x", "text"))) == "政府信息公开工作年度报告"


def test_a_preface_does_not_print_the_title_again() -> None:
    preface = SectionText("字号：大 中 小\n|\n某局2022年政府信息公开\n工作年度报告\n本报告由某局编制。\n某局")
    pieces = flow(Report(Source("x", "text"), organ="某局", year=2022, preface=preface))
    assert [p.text for p in pieces[1:3] if isinstance(p, Paragraph)] == ["本报告由某局编制。", "某局"]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800", "\x85"])
def test_characters_that_no_document_holds_are_left_out(bad: str) -> None:
    assert clean(f"甲{bad}乙") == "甲乙"


def test_characters_beyond_the_basic_plane_stay() -> None:
    assert clean("𠮷\t甲\r\n乙") == "𠮷\t甲\n乙"

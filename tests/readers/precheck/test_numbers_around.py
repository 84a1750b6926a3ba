"""What stands around a number decides what it is: its line, the line above, its label, the end of a line within it."""

from __future__ import annotations

import pytest

from gongkai.readers.precheck import precheck, precheck_text
from gongkai.readers.precheck.lists import parse_lists
from tests.readers.precheck.files import plain_document, saved

AROUND = [
    # text | kinds, with the grade of each
    ("咨询电话：\n13800001234", ["phone note"]),
    ("现将本年度困难群众救助资金发放的有关事项公布如下，欢迎拨打咨询电话。\n13800001234", ["phone doubt"]),
    ("身份证110101900230451", []),
    ("东城区某人110101900307451登记", ["identity doubt"]),
    ("总量990101900307451立方米", []),
    ("编号110101900307451", []),
    ("卡号：1234 5678 9012 3", []),
    ("银行卡号：6222 0212 3456 7", []),
    ("5105105105105100", ["bank_card note"]),
    ("5105105105105101", []),
    ("卡号5105105105105100", ["bank_card warning"]),
    ("投稿请寄 wang@ylkj.com.cn", ["email note"]),
    ("咨询邮箱：info@ylkj.com.cn", []),
    ("咨询邮箱：ylx@yunling.gov.cn", []),
    ("王某 wang@qq.com", ["email doubt"]),
]


@pytest.mark.parametrize(("text", "expected"), AROUND)
def test_a_number_is_weighed_by_what_stands_around_it(text: str, expected: list[str]) -> None:
    assert [f"{hit.kind} {hit.grade}" for hit in precheck_text(text).hits] == expected


def test_a_cell_of_a_table_is_no_label_of_the_paragraph_below() -> None:
    document = plain_document()
    document.add_table(1, 1).rows[0].cells[0].text = "咨询单位"
    document.add_paragraph("张某13800001234")
    assert [hit.grade for hit in precheck("a.docx", saved(document)).hits] == ["doubt"]
    document.add_paragraph("咨询电话：")
    document.add_paragraph("13900001234")
    assert [hit.grade for hit in precheck("a.docx", saved(document)).hits] == ["doubt", "note"]


WRONG = [
    # a labelled number of eighteen | what is wrong with it
    ("110101199003074515", "校验位不符"),
    ("110101199002304517", "地区代码或者出生日期不对"),
    ("990101199003074518", "地区代码或者出生日期不对"),
]


@pytest.mark.parametrize(("number", "why"), WRONG)
def test_what_is_wrong_with_an_identity_number_is_said_rightly(number: str, why: str) -> None:
    (hit,) = precheck_text(f"身份证号{number}").hits
    assert (hit.kind, hit.grade, why in hit.says) == ("identity", "doubt", True)
    assert precheck_text(f"数量{number}").hits == ()


def test_a_number_before_the_end_of_its_line_is_told_once() -> None:
    hits = precheck_text("手机13800001234，共12\n34元").hits
    assert [(hit.kind, hit.place.line, hit.count) for hit in hits] == [("phone", 1, 1)]


PARTED = [
    ("手机138\n00001234", ["phone"]),
    ("数量138\n00001234", []),
    ("银行卡号：6222021234\n567890128", ["bank_card"]),
    ("银行卡号：6222021234\n567890129", []),
    ("合计：6222021234\n567890128", []),
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_a_parted_number_needs_its_label_or_its_check_digit(text: str, expected: list[str]) -> None:
    assert [hit.kind for hit in precheck_text(text).hits] == expected


@pytest.mark.parametrize(
    "written", ["0871-65551234", "（0871）65551234", "(0871) 65551234", "０８７１－６５５５１２３４"]
)
def test_the_offices_own_line_is_known_however_it_is_written(written: str) -> None:
    own = parse_lists("名单.txt", f"[联系方式]\n{written}".encode())
    for text in ("张三，(0871)65551234", "张三，（0871）65551234", "张三，0871-65551234"):
        assert precheck_text(text, own).hits == ()
        assert [hit.kind for hit in precheck_text(text).hits] == ["telephone"]
    assert [hit.kind for hit in precheck_text("张三，0871-65551235", own).hits] == ["telephone"]


DRAFTS = [
    ("云岭县规划（征求意见稿）", []),
    ("云岭县规划（内部征求意见稿）", ["文件标注了“内部征求意见稿”，请核对是不是定稿。"]),
    ("云岭县规划（讨论稿）", ["文件标注了“讨论稿”，请核对是不是定稿。"]),
]


@pytest.mark.parametrize(("text", "said"), DRAFTS)
def test_a_draft_for_the_public_is_no_draft_and_one_for_the_house_is(text: str, said: list[str]) -> None:
    assert [hit.says for hit in precheck_text(text).hits] == said


def test_a_word_is_right_within_its_exceptions_in_whatever_width_they_are_written() -> None:
    listed = parse_lists("名单.toml", '"错别字" = [{word = "园满", instead = "圆满", but = "校园满（意）"}]'.encode())
    assert precheck_text("校园满(意)度，校园满（意）度", listed).hits == ()
    assert [hit.says for hit in precheck_text("会议园满结束", listed).hits] == ["“园满”疑为“圆满”之误。"]

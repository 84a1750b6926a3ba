"""The rectification notice: every conflict quoted, doubts apart, nothing said that the findings do not say."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest

from gongkai.annual.findings import Finding
from gongkai.annual.report import Report, Source
from gongkai.documents.notice import chinese_date, numeral, rectification_notice
from tests.documents import samples

CONFLICT = Finding(
    "T3-SUM",
    "relation",
    "conflict",
    "自然人一列各项相加为9，（七）总计为10。",
    where="表三第27行第4格",
    met="10",
    expected="9",
    advice="请核实总计和各项。",
)
DOUBT = Finding(
    "N-SAME",
    "same_quantity",
    "doubt",
    "同一数量出现两个值。",
    quote="历年累计 102 条\n其中",
    met="102",
    citation="《中华人民共和国政府信息公开条例》第五十条",
)
NOTE = Finding("S-BRACKET", "structure", "note", "年份宜用六角括号。")


def notice(findings: list[Finding], report: Report | None = None, **values: object) -> bytes:
    given: dict[str, object] = {
        "issuer": "清溪县人民政府办公室",
        "addressee": "青石镇人民政府",
        "number": "清政公开函〔2024〕3号",
        "written_on": date(2024, 3, 5),
        "reply_by": date(2024, 3, 19),
        **values,
    }
    return rectification_notice(report or samples.report(), findings, **given)  # type: ignore[arg-type]


def lines(findings: list[Finding], report: Report | None = None, **values: object) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(notice(findings, report, **values))).paragraphs if p.text]


def test_the_whole_letter() -> None:
    assert lines([DOUBT, NOTE, CONFLICT]) == [
        "清溪县人民政府办公室",
        "清政公开函〔2024〕3号",
        "关于清溪县青石镇人民政府\n2023年政府信息公开工作年度报告的\n整改通知",
        "青石镇人民政府：",
        "经核对，你单位报送的《清溪县青石镇人民政府2023年政府信息公开工作年度报告》中有下列内容前后不一致或者需要说明。"
        "两处不一致的，仅凭报告文本不能判断何者正确，请对照登记台账和原始记录逐项核实。",
        "一、不一致的内容",
        "（一）自然人一列各项相加为9，（七）总计为10。",
        "位置：表三第27行第4格",
        "文中为：10",
        "对照为：9",
        "处理建议：请核实总计和各项。",
        "二、需要核实说明的内容",
        "（一）同一数量出现两个值。",
        "原文：“历年累计 102 条 其中”",
        "文中为：102",
        "依据：《中华人民共和国政府信息公开条例》第五十条",
        "三、有关要求",
        "请于2024年3月19日（星期二）前将逐项核实情况书面报送我单位。确需更正的，一并报送更正后的报告，并同步更正已经公开的文本；"
        "经核实无误的，请说明理由。",
        "清溪县人民政府办公室",
        "2024年3月5日",
    ]


def test_parts_are_numbered_by_what_is_there() -> None:
    assert [w for w in lines([DOUBT]) if w[1:2] == "、"] == ["一、需要核实说明的内容", "二、有关要求"]
    assert [w for w in lines([CONFLICT]) if w[1:2] == "、"] == ["一、不一致的内容", "二、有关要求"]


def test_what_is_not_given_is_not_invented() -> None:
    met = lines([CONFLICT], Report(Source("x", "text")), number=None, reply_by=None)
    assert "请将逐项核实情况书面报送我单位。" in "".join(met)
    assert not [w for w in met if "〔" in w or "条例" in w or "None" in w]
    assert met[1] == "关于青石镇人民政府\n政府信息公开工作年度报告的\n整改通知"


def test_a_finding_of_few_words_takes_few_lines() -> None:
    met = lines([Finding("S-X", "structure", "conflict", "缺少第五部分。", expected="五、存在的主要问题及改进情况")])
    assert met[met.index("（一）缺少第五部分。") + 1 :][:2] == ["对照为：五、存在的主要问题及改进情况", "二、有关要求"]


@pytest.mark.parametrize("word", ["违法", "弄虚作假", "抄袭", "责任"])
def test_the_tone_is_a_colleagues(word: str) -> None:
    assert word not in "".join(lines([CONFLICT, DOUBT]))


@pytest.mark.parametrize(
    ("findings", "values", "words"),
    [
        ([], {}, "无需制发"),
        ([NOTE], {}, "无需制发"),
        ([CONFLICT], {"issuer": " "}, "发文机关"),
        ([CONFLICT], {"addressee": ""}, "主送机关"),
    ],
)
def test_a_notice_without_matter_or_names_is_refused(
    findings: list[Finding], values: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        notice(findings, **values)


def test_a_letter_has_red_rules_and_no_number_on_its_first_page() -> None:
    archive = zipfile.ZipFile(io.BytesIO(notice([CONFLICT])))
    document = archive.read("word/document.xml").decode()
    assert "thickThinSmallGap" in document and "<w:titlePg/>" in document and 'w:type="first"' in document
    footer = archive.read("word/footer3.xml").decode()
    assert "thinThickSmallGap" in footer and "PAGE" not in footer


def test_many_findings_are_counted_in_chinese() -> None:
    met = lines([replace(CONFLICT, id=f"T{n}") for n in range(12)])
    assert [w[: w.index("）") + 1] for w in met if w.startswith("（")][9:] == ["（十）", "（十一）", "（十二）"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (90, "九十"), (99, "九十九"), (100, "100")],
)
def test_numerals(number: int, words: str) -> None:
    assert numeral(number) == words


def test_dates() -> None:
    assert chinese_date(date(2026, 3, 19)) == "2026年3月19日"
    assert chinese_date(date(2026, 3, 19), weekday=True) == "2026年3月19日（星期四）"

"""Statements against the law: only what was read in full is cited, and an organ's own shorter limit is no fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.annual.home import home
from gongkai.annual.legal import check_law, check_rules
from gongkai.annual.report import Cell
from gongkai.law.citations import ALL, REGULATIONS
from tests.structure.making import ids, made, verbatim

LAWS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "laws"

STATEMENTS = [
    (2023, "按照条例规定，自收到申请之日起15个工作日内予以答复。", ["S-LAW-REPLY"]),
    (2023, "收到申请后30个工作日内答复申请人。", ["S-LAW-REPLY"]),
    (2023, "收到申请后20个工作日内答复申请人。", []),
    (2023, "我局要求收到申请后10个工作日内答复申请人。", []),
    (2023, "12345热线工单5个工作日内依法规定时限答复。", []),
    (2023, "申请答复需延长的，延长30个工作日。", ["S-LAW-EXTENSION"]),
    (2023, "申请答复需延长的，延长不超过20个工作日。", []),
    (2023, "文件印发后30个工作日内主动公开。", ["S-LAW-PUBLISH"]),
    (2023, "规范性文件印发后3个工作日内上网公开。", []),
    (2023, "依申请公开收取检索费、复制费共300元。", ["S-LAW-FEE"]),
    (2023, "全年未收取检索费、复制费、邮寄费。", []),
    (2023, "全年收取信息处理费300元。", []),
    (2023, "根据《政府信息公开条例》（国务院令第492号）编制。", ["S-LAW-ORDER"]),
    (2023, "根据国务院令第492号公布、第711号修订的条例编制。", []),
    (2024, "不服答复的，可以向上一级主管部门申请行政复议。", ["S-LAW-RECONSIDER"]),
    (2023, "不服答复的，可以向上一级主管部门申请行政复议。", []),
    (2024, "不服答复的，可以向县人民政府申请行政复议。", []),
    (2016, "按照条例规定15个工作日内答复申请。", []),
]


@pytest.mark.parametrize(("year", "sentence", "rules"), STATEMENTS)
def test_statements_about_limits_fees_and_remedies(year: int, sentence: str, rules: list[str]) -> None:
    report = made({1: sentence}, year=year)
    findings = check_law(report)
    assert ids(findings) == rules
    assert all(f.grade == "doubt" and f.citation for f in findings)
    assert verbatim(report, findings)


def test_a_rule_speaks_once_a_report() -> None:
    sentence = "收到申请后30个工作日内答复申请人。"
    assert ids(check_law(made({1: sentence, 5: sentence}))) == ["S-LAW-REPLY"]


@pytest.mark.parametrize(
    ("organ", "below"),
    [
        ("衡东县杨林镇人民政府", True),
        ("上犹县人民政府", True),
        ("上犹县林业局", True),
        ("五常市人民政府", True),  # a city of county level
        ("淮安市洪泽区人民政府", True),
        ("东城街道办事处", True),
        ("赵县人民政府", True),
        ("淮安市人民政府", False),
        ("淮安市水利局", False),
        ("上海市人民政府办公厅", False),
        ("江西省人民政府", False),
        ("延边朝鲜族自治州人民政府", False),
        ("退役军人事务局", False),  # not known
        (None, False),
    ],
)
def test_who_makes_no_government_rules(organ: str | None, below: bool) -> None:
    assert home(made(organ=organ)).below_districted_city is below


def test_an_organ_without_a_name_that_says_our_town_is_a_township() -> None:
    assert home(made({1: "我镇强化公开，我镇专人负责。"}, organ=None)).township
    assert not home(made({1: "我局强化公开。各镇密切配合。"}, organ=None)).township


def test_government_rules_of_a_township_are_asked_about_as_the_systems_own_hint() -> None:
    cells = {"proactive.government_rules.issued": Cell(1, "1"), "proactive.government_rules.repealed": Cell(0, "0")}
    (found,) = check_rules(made(organ="衡东县杨林镇人民政府", cells=cells))
    assert found.cells == ("proactive.government_rules.issued",)
    assert found.grade == "doubt" and found.citation is None and "系统提示" in found.advice
    assert check_rules(made(organ="淮安市人民政府", cells=cells)) == []
    assert check_rules(made(organ="衡东县杨林镇人民政府", cells={})) == []


def _text_of(law: str) -> str:
    files = sorted(LAWS.glob(f"*{law}(*).md"))
    return re.sub(r"\s", "", files[-1].read_text("utf-8")) if files else ""


@pytest.mark.parametrize("citation", ALL, ids=lambda c: c.article)
def test_each_quotation_stands_in_the_law(citation) -> None:  # type: ignore[no-untyped-def]
    if not LAWS.is_dir():
        pytest.skip("旁边没有法规文本（shared/data/laws）")
    text = _text_of(citation.law)
    quotation = re.sub(r"\s", "", citation.quotation)
    assert quotation in text
    article = citation.article.split("条")[0] + "条"
    if citation.article.startswith("第"):
        # Markdown begins each article on a line of its own; without white space the number follows a stop or a heading.
        assert re.search(rf"{article}(?:(?!第[一二三四五六七八九十百]+条[^规例]).)*?{re.escape(quotation)}", text)


def test_a_citation_reads_as_a_lawyer_writes_it() -> None:
    assert ALL[1].text == f"《{REGULATIONS}》第三十三条第二款：“应当自收到申请之日起20个工作日内予以答复”"

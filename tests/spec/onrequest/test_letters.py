"""文书：每种文书何时用、必备什么、怎么写；缺的要素逐项指出，引用的条款都在官方文本里。"""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.events import Kind
from gongkai.onrequest.letters import (
    accompanying,
    compose,
    compose_reply,
    document_number,
    field_names,
    letter_type,
    letter_types,
    missing_elements,
    official,
    provisions,
    remedy_for,
    series_word,
)
from gongkai.onrequest.remedies import OrganKind, OrganSetting
from gongkai.onrequest.remedy_check import check_citations
from tests.spec.onrequest.tables import LAW, article, rows

DAY = date(2025, 7, 1)
ORGAN = OrganSetting(OrganKind.DEPARTMENT, "青禾县人民政府")
GIVEN = {
    "receiver": "李青",
    "you": "你",
    "application_number": "QH-2025-0012",
    "received_on": date(2025, 6, 3),
    "content": "2024年防汛物资采购合同。",
    "manner": "邮寄",
    "contact": "王晓，0536-8223344",
}
CITED = re.compile(r"政府信息公开条例》(第.+?条)(第.+?款)?(第（.+?）项)?")


def filled(key: str) -> dict[str, object]:
    """Every field of a document filled with its own name, what is given by GIVEN as there."""
    return {name: GIVEN.get(name, f"〈{field_names()[name]}〉") for name in letter_type(key).fields}


def test_a_refusal_reads_like_a_letter() -> None:
    fields = GIVEN | {"finding": "属于行政执法案卷信息", "reason": "该案尚在办理"}
    letter = compose_reply("N7", fields, remedy=remedy_for("reply_n", DAY, ORGAN, code="N7"), dated_on=DAY)
    assert letter.title == "政府信息公开申请答复书（不予公开）"
    assert letter.addressee == "李青"
    assert letter.missing == ()
    assert letter.paragraphs == (
        "本机关于2025年6月3日收到你提出的政府信息公开申请（登记编号：QH-2025-0012），申请公开：2024年防汛物资采购合同。",
        "经审查，你申请公开的信息属于行政执法案卷信息。依照《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项的规定，决定不予公开。",
        "不予公开的理由：该案尚在办理。",
        "本文书以邮寄的方式送达。",
    )
    assert letter.remedy[0].startswith("如对本答复不服，应当先申请行政复议")


def test_a_paragraph_that_hangs_on_a_field_appears_with_it() -> None:
    fields = GIVEN | {"places": ("www.example.cn", "县档案馆"), "supplemented_on": date(2025, 6, 10)}
    letter = compose_reply("G1", fields)
    assert letter.paragraphs[1] == "本机关于2025年6月10日收到你的补正。"
    assert letter.paragraphs[2].endswith("现将获取的方式、途径告知如下：www.example.cn；县档案馆。")


def test_what_is_lacking_is_marked_and_named() -> None:
    letter = compose("supplement_notice", GIVEN | {"guidance": " ", "supplement_matters": "文件名称或者文号"})
    assert letter.missing == ("guidance", "supplement_until")
    assert "说明如下：【待填：指导和释明的内容】。" in letter.paragraphs[2]
    assert missing_elements("supplement_notice", {})[:2] == ("receiver", "you")
    assert compose("supplement_notice", {}).addressee == "【待填：收文人】"


def test_what_a_person_types_is_never_taken_for_a_field() -> None:
    letter = compose("supplement_notice", filled("supplement_notice") | {"guidance": "{organ}与{0}"})
    assert "{organ}与{0}" in letter.paragraphs[2]


def test_a_sheet_has_columns_and_no_paragraphs() -> None:
    sheet = compose("approval_sheet", {"application_number": "QH-2025-0012", "due_on": date(2025, 7, 1)})
    assert sheet.paragraphs == ()
    assert sheet.addressee == ""
    assert sheet.rows[0] == ("申请登记编号", "QH-2025-0012")
    assert dict(sheet.rows)["答复截止日"] == "2025年7月1日"
    assert dict(sheet.rows)["审核和批示"] == ""


NUMBERS = """
    机关代字 | 文书 | 年 | 序号 | 文号
    青水 | reply_n | 2025 | 7 | 青水公复〔2025〕7号
    青水 | receipt | 2025 | 120 | 青水公回〔2025〕120号
    青水 | supplement_notice | 2026 | 1 | 青水公补〔2026〕1号
    青水 | extension_notice | 2026 | 1 | 青水公延〔2026〕1号
    青水 | third_party_consult | 2026 | 1 | 青水公询〔2026〕1号
    青水 | fee_notice | 2026 | 1 | 青水公费〔2026〕1号
    青水 | explain_reason_notice | 2026 | 1 | 青水公说〔2026〕1号
    青水 | correction_transfer | 2026 | 1 | 青水公转〔2026〕1号
"""


@pytest.mark.parametrize(("organ", "key", "year", "number", "written"), rows(NUMBERS))
def test_a_number_has_no_leading_zeros_and_six_cornered_brackets(
    organ: str, key: str, year: str, number: str, written: str
) -> None:
    assert document_number(organ, series_word(key), int(year), int(number)) == written


def test_an_organ_may_have_words_of_its_own() -> None:
    own = {"公复": "信复", "reply_u1a": "不存"}
    assert [series_word(key, own) for key in ("reply_n", "reply_u1a", "receipt")] == ["信复", "不存", "公回"]
    with pytest.raises(ValueError, match="序号从1起，不能是0（本系统规则）"):
        document_number("青水", "公复", 2025, 0)


@pytest.mark.parametrize("key", letter_types())
def test_a_document_filled_has_no_gap_and_cites_only_what_is_there(key: str) -> None:
    of = letter_type(key)
    letter = compose(key, filled(key), remedy=remedy_for(key, DAY, ORGAN, code=of_decision(key)))
    words = "\n".join((*letter.paragraphs, *letter.remedy))
    assert letter.missing == ()
    assert "待填" not in words
    assert "{" not in words
    assert check_citations(words, DAY) == ()
    assert of.use.endswith("。")
    assert (of.kind == "sheet") == (not of.body) == (not of.series)
    for cited in CITED.findall(words):
        assert article("政府信息公开条例", "".join(cited))
    for cited in of.cites:
        assert article("政府信息公开条例", cited)


def of_decision(key: str) -> str:
    return next((code for code, d in decisions().items() if d.letter == key), "")


@pytest.mark.parametrize("key", letter_types())
def test_a_document_cites_in_its_words_what_its_table_says(key: str) -> None:
    of = letter_type(key)
    words = "".join(p.text for p in of.body)
    cited = {"".join(c) for c in CITED.findall(words)} | {"第" + c for c in re.findall(r"该条例第(.+?条)", words)}
    of_another = {"第三十三条"} if key == "deferral_notice" else set()
    assert cited - of_another <= set(of.cites)


@pytest.mark.parametrize("key", letter_types())
def test_mandatory_elements_stand_in_the_words(key: str) -> None:
    of = letter_type(key)
    if of.kind == "sheet":
        return
    named = {name for p in of.body for name in p.fields}
    assert set(of.needs) - named <= {"receiver", "contact", "you"}
    assert [n for p in of.body if not p.only_if for n in p.fields if n not in of.needs] == []


def test_every_field_is_of_use_and_every_used_one_has_a_name() -> None:
    assert {name for of in letter_types().values() for name in of.fields} == set(field_names())


def test_replies_have_the_common_elements_and_are_approved_and_sealed() -> None:
    replies = [of for of in letter_types().values() if of.reply]
    assert {d.letter for d in decisions().values()} - {of.key for of in replies} == {"close_o3b"}
    assert all(of.approval and of.seal and of.remedy == "decision" and of.event is Kind.DECIDED for of in replies)
    assert all({"receiver", "received_on", "content", "contact", "manner"} <= set(of.needs) for of in replies)


def test_the_provisions_of_a_letter_are_those_of_its_decision() -> None:
    for code, of in decisions().items():
        articles = [official(c.article) for c in of.cites if c.law == "政府信息公开条例"]
        if letter_type(of.letter).cites:
            assert articles[0] in letter_type(of.letter).cites, code
    assert provisions(decisions()["N4"]) == "《中华人民共和国政府信息公开条例》第十五条、第三十二条"
    assert provisions(decisions()["U3"]) == ""
    assert "provision" not in compose_reply("U3", GIVEN).missing


def test_notices_within_the_procedure_are_neutral_or_silent() -> None:
    assert remedy_for("extension_notice", DAY, ORGAN)[0].startswith("如认为本机关")
    assert remedy_for("extension_notice", DAY, ORGAN, print_optional=False) == ()
    assert remedy_for("third_party_decision_notice", DAY, ORGAN) == remedy_for("fee_notice", DAY, ORGAN)
    assert remedy_for("receipt", DAY, ORGAN) == ()


def test_a_fact_knows_the_documents_that_go_with_it() -> None:
    assert [of.key for of in accompanying(Kind.RECEIVED)] == ["registration_form", "receipt"]
    assert [of.key for of in accompanying(Kind.EXTENDED)] == ["extension_notice"]


def test_every_document_of_the_rule_book_is_here() -> None:
    if not LAW.exists():
        pytest.skip("旁边没有 shared/reference/law.md")
    section = LAW.read_text("utf-8").split("### 5.3")[1].split("### 5.4")[0]
    assert {key.lower() for key in re.findall(r"\{key: (\w+)", section)} <= set(letter_types())


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="没有“poem”这种文书"):
        letter_type("poem")
    with pytest.raises(KeyError, match="没有这样的字段：purpose"):
        compose("receipt", {"purpose": "科研"})


PAGE = (("文号", NUMBERS),)

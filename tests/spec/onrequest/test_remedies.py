"""救济途径：二十五种决定 × 作出之日 × 机关种类；未定的一律中性，由主管部门设定。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.remedies import (
    MODES,
    NOTHING_SET,
    ORGAN_KINDS,
    Mode,
    OrganKind,
    OrganSetting,
    RemedySettings,
    matrix,
    refusal_of_setting,
    remedy,
    settable,
    text_of,
    who_reconsiders,
)
from gongkai.onrequest.remedy_check import check_citations, check_remedy, limits
from tests.spec.onrequest.tables import rows

NOW, THEN = date(2025, 7, 1), date(2023, 12, 31)

# 2024年1月1日起作出的决定
ORDER = """
    决定                     | 救济途径
    N1 N2 N3 N4 N5 N6 N7     | 复议前置
    G1 G2 U1a U1b R4 O1      | 可以复议，也可以直接起诉
    P1 N8 U2 U3 R1 R2 R3 R5 O2 O3a O3b O3c | 中性告知
"""

WHO = """
    机关                       | 行政复议机关             | 依据
    县级人民政府               | 上一级人民政府           | 第二十四条第一款第二项
    政府工作部门               | 本级人民政府             | 第二十四条第一款第一项
    乡镇人民政府               | 县级人民政府             | 第二十四条第一款第二项
    街道办事处（派出机关）     | 设立该派出机关的人民政府 | 第二十四条第一款第三项
    垂直领导机关               | 上一级主管部门           | 第二十七条
    以自己名义履职的派出机构   | 本级人民政府             | 第二十四条第四款
    法律、法规、规章授权的组织 | 管理该组织的本级人民政府 | 第二十四条第一款第四项
    其他                       | 有管辖权的行政复议机关   |
"""


@pytest.mark.parametrize(("codes", "mode"), rows(ORDER), ids=lambda cell: cell.split()[0])
def test_the_order_of_remedies_from_2024(codes: str, mode: str) -> None:
    assert {MODES[remedy(code, NOW, kind).mode] for code in codes.split() for kind in OrganKind} == {mode}


def test_the_matrix_is_whole_and_before_2024_nothing_is_said_of_order_or_organ() -> None:
    assert len(matrix(NOW)) == 25 * len(OrganKind) == len(matrix(THEN))
    assert sorted(code for codes, _ in rows(ORDER) for code in codes.split()) == sorted(decisions())
    assert {found.mode for found in matrix(THEN).values()} == {Mode.NEUTRAL}
    assert {found.basis for found in matrix(THEN).values()} == {OUR_RULE}
    text = text_of("N1", THEN, OrganSetting(OrganKind.DEPARTMENT), served_online=True)
    assert text == ("如认为本机关在政府信息公开工作中侵犯你（单位）的合法权益，可以依法申请行政复议或者提起行政诉讼。",)


@pytest.mark.parametrize(("kind", "who", "provision"), rows(WHO), ids=lambda cell: cell)
def test_who_reconsiders_from_2024(kind: str, who: str, provision: str) -> None:
    of = next(k for k, zh in ORGAN_KINDS.items() if zh == kind)
    found = remedy("N5", NOW, of)
    assert found.reconsiders == who_reconsiders(OrganSetting(of), NOW) == who
    assert provision in found.basis
    assert f"向{who}提出" in text_of("N5", NOW, OrganSetting(of))[0]


def test_an_organ_is_asked_once_and_its_answers_stand_in_the_text() -> None:
    organ = OrganSetting(OrganKind.DEPARTMENT, "青禾县人民政府", "临川市铁路运输法院", "https://fy.example.cn")
    first, online = text_of("N6", NOW, organ, served_online=True)
    assert first == (
        "如对本答复不服，应当先申请行政复议：可以自知道本答复之日起60日内向青禾县人民政府提出。"
        "对行政复议决定不服的，可以再自收到行政复议决定书之日起15日内向人民法院提起行政诉讼。"
    )
    assert online == "行政复议申请书可以通过互联网提交：https://fy.example.cn。"
    assert text_of("U1a", NOW, organ) == (
        "如对本答复不服，可以自知道本答复之日起60日内向青禾县人民政府申请行政复议，"
        "也可以自知道本答复之日起6个月内直接向临川市铁路运输法院提起行政诉讼。",
    )
    justice = OrganSetting(OrganKind.DEPARTMENT, justice=True)
    assert who_reconsiders(justice, NOW) == "本级人民政府或者上一级司法行政部门"
    assert who_reconsiders(OrganSetting(OrganKind.DEPARTMENT), THEN) == "有管辖权的行政复议机关"


def test_the_competent_department_sets_only_what_the_law_left_open() -> None:
    chosen = RemedySettings({"U2": Mode.EITHER, "N1": Mode.EITHER, "P1": Mode.PER_PART, "U3": Mode.PER_PART})
    assert remedy("U2", NOW, OrganKind.TOWNSHIP, chosen).mode is Mode.EITHER
    assert remedy("U2", NOW, OrganKind.TOWNSHIP, chosen).set_by_department
    assert remedy("N1", NOW, OrganKind.TOWNSHIP, chosen).mode is Mode.REVIEW_FIRST
    assert remedy("U3", NOW, OrganKind.TOWNSHIP, chosen).mode is Mode.NEUTRAL
    assert settable("N1") == frozenset()
    assert refusal_of_setting("U2", Mode.EITHER) == ""
    assert refusal_of_setting("N1", Mode.EITHER).startswith(
        "“不予公开：国家秘密”的救济途径已由法律确定（《行政复议法》第二十三条第一款第四项"
    )
    assert refusal_of_setting("U3", Mode.PER_PART) == (
        "“补正后申请内容仍不明确”不能设为“不公开部分复议前置，其余可以复议也可以起诉”（本系统规则）。"
    )


def test_remedies_per_part_of_a_disclosure_in_part() -> None:
    chosen = RemedySettings({"P1": Mode.PER_PART})
    organ = OrganSetting(OrganKind.TOWNSHIP)
    both = text_of("P1", NOW, organ, chosen, parts=("process_information", "not_government_information"))
    assert [line[:18] for line in both] == [
        "如对本答复中不予公开的部分不服，应当",
        "如对本答复的其他部分不服，可以自知道",
    ]
    assert len(text_of("P1", NOW, organ, chosen, parts=("not_government_information",))) == 1
    assert "应当先" not in "".join(text_of("P1", NOW, organ))


@pytest.mark.parametrize("day", [NOW, THEN])
@pytest.mark.parametrize("kind", OrganKind)
@pytest.mark.parametrize(
    "chosen", [NOTHING_SET, RemedySettings(dict.fromkeys(("P1", "U2", "R5", "O2"), Mode.REVIEW_FIRST))]
)
def test_no_text_of_ours_has_a_fault(day: date, kind: OrganKind, chosen: RemedySettings) -> None:
    for code in decisions():
        text = "\n".join(text_of(code, day, OrganSetting(kind), chosen, parts=("state_secret",)))
        assert check_remedy(text, code, day, kind, chosen) == ()


# 别人写的文字：哪里不对
FAULTS = """
    决定 | 机关 | 文字 | 指出
    N5 | department | 可以60日内申请行政复议，或者6个月内向法院起诉。 | review_first_missing direct_suit_offered no_limit_after_reconsideration
    N5 | department | 应当先向县人民政府申请行政复议，期限为收到之日起60日内；对复议决定不服的，15日内起诉。 |
    N5 | department | 应当先申请行政复议，60日内提出申请复议。 | no_limit_after_reconsideration
    N5 | department | 应当先申请行政复议，60日内申请复议；也可以直接向法院起诉。 | direct_suit_offered no_limit_after_reconsideration
    U1a | township | 可以在60日内申请行政复议，也可以在六个月内向人民法院提起诉讼。 |
    U1a | township | 可以在六十日内申请行政复议，也可以在3个月内向人民法院提起诉讼。 | wrong_limit
    U1a | township | 可以在15日内申请行政复议，也可以在６个月内向人民法院提起诉讼。 | wrong_limit
    U1a | township | 应当先申请行政复议，60日内申请复议；6个月内起诉。 | review_first_unfounded
    U1a | township | 可以依法申请行政复议或者提起行政诉讼。 | no_limit_of_reconsideration no_limit_of_litigation
    U1a | township | 可以60日内申请复议，对复议决定不服的，六个月内起诉，也可以六个月内直接起诉。 | wrong_limit
    G2 | department | 可以60日内向本级人民政府或者上一级主管部门申请复议，也可以6个月内起诉。 | wrong_organ
    G2 | vertical | 可以60日内向上一级主管部门申请复议，也可以6个月内起诉。 |
    G2 | vertical | 可以60日内向本级人民政府申请复议，也可以6个月内起诉。 | wrong_organ
    G2 | other | 可以60日内向上级主管部门申请复议，也可以6个月内起诉。 | wrong_organ
    R2 | department | 收到本告知书30日内有疑问的，可以咨询本机关。 |
    R2 | department | 依据法释〔2011〕17号，可以依法申请行政复议。 | repealed_interpretation
    R2 | department | 依据国务院令第492号公布的条例，可以依法申请行政复议。 | regulations_of_2007
    R2 | department | 依据《中华人民共和国政府信息公开条例》第二十一条第（三）项，可以依法申请行政复议。 | regulations_of_2007
    R2 | department | 依据《中华人民共和国政府信息公开条例》第八条，可以依法申请行政复议。 | article_of_other_matter
    R2 | department | 如不服，60日内申请复议；起诉的，应当在收到之日起一个月内提出。 | wrong_limit
    N1 | county_government |  | no_remedy
"""


@pytest.mark.parametrize(("code", "kind", "text", "keys"), rows(FAULTS))
def test_what_a_text_says_wrongly_is_named(code: str, kind: str, text: str, keys: str) -> None:
    found = check_remedy(text, code, NOW, OrganKind(kind))
    assert {fault.key for fault in found} == set(keys.split())
    assert all(fault.says.endswith("）。") for fault in found)
    assert [fault.grade for fault in found] == sorted(fault.grade for fault in found)


def test_a_letter_served_on_line_names_the_channel() -> None:
    text = "可以60日内申请行政复议，也可以6个月内起诉。"
    found = check_remedy(text, "G2", NOW, OrganKind.TOWNSHIP, served_online=True)
    assert [fault.key for fault in found] == ["no_online_channel"]
    assert check_remedy(text + "网址：https://fy.example.cn", "G2", NOW, OrganKind.TOWNSHIP, served_online=True) == ()


def test_what_was_in_force_on_its_day_is_no_fault() -> None:
    assert check_citations("依据法释〔2011〕17号", date(2025, 5, 31)) == ()
    assert check_remedy("可以60日内向上一级主管部门申请行政复议。", "N5", THEN, OrganKind.DEPARTMENT) == ()
    old = check_remedy("可以三个月内向人民法院起诉。", "N5", THEN, OrganKind.DEPARTMENT)
    assert [fault.key for fault in old] == ["wrong_limit"]


def test_a_limit_is_read_with_the_act_it_is_for() -> None:
    read = limits(
        "可以60日内申请复议，对复议决定不服的，十五日内起诉；也可以6个月内直接起诉。5个工作日内补正。起诉须一年内提出。"
    )
    assert [(limit.days, limit.act) for limit in read] == [
        ("60日", "reconsideration"),
        ("15日", "after_reconsideration"),
        ("6个月", "direct"),
        ("5个工作日", ""),
        ("1年", "direct"),
    ]


PAGE = (("先复议还是可以直接起诉", ORDER), ("向谁申请复议", WHO), ("别人写的救济告知哪里不对", FAULTS))

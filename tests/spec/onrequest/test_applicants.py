"""申请人：六类、证件、渠道和收到之日；校验位不符只提醒，不拒绝。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual.forms import form
from gongkai.onrequest.applicants import (
    APPLICANT_KINDS,
    CHANNELS,
    IDENTITY_KINDS,
    PAPERS_OF,
    REQUIRED,
    ApplicantKind,
    Channel,
    IdentityKind,
    identity_warnings,
    lacking,
    lacking_sentence,
    mask_address,
    mask_email,
    mask_identity,
    mask_name,
    mask_phone,
    receipt_day,
    squeezed,
)
from tests.spec.onrequest.tables import rows

NUMBERS = """
    证件 | 号码 | 提醒
    居民身份证 | 11010519491231002X |
    居民身份证 | １１０１０５１９４９１２３１００２x |
    居民身份证 | 110105 19491231 0021 | 身份证号码的校验位不符
    居民身份证 | 110105194913310026 | 身份证号码中的出生日期不存在
    居民身份证 | 110105491231002 |
    居民身份证 | 110105491331002 | 15位身份证号码中的出生日期不存在
    居民身份证 | 12345 | 身份证号码应为18位或者15位
    居民身份证 |  |
    护照 | E12345678 |
    护照 | 甲1 | 护照号码一般为5至20位字母和数字
    港澳居民来往内地通行证 | H12345678 |
    港澳居民来往内地通行证 | 12345678 | 该通行证号码一般为H或M加8位数字
    台湾居民来往大陆通行证 | 12345678 |
    台湾居民来往大陆通行证 | ABC | 该通行证号码一般为8位数字
    港澳台居民居住证 | 810000199408230021 |
    统一社会信用代码 | 91350100M000100Y43 |
    统一社会信用代码 | 91350100M000100Y44 | 统一社会信用代码的校验位不符
    统一社会信用代码 | 91350100M000100O43 | 统一社会信用代码应为18位数字和字母
    其他证明 | 随便什么 |
"""


@pytest.mark.parametrize(("paper", "number", "warning"), rows(NUMBERS))
def test_a_number_that_looks_wrong_is_a_warning(paper: str, number: str, warning: str) -> None:
    kind = next(k for k, zh in IDENTITY_KINDS.items() if zh == paper)
    found = identity_warnings(kind, number)
    assert [w[: len(warning)] for w in found][:1] == ([warning] if warning else [])
    assert all(w.endswith("证件确如此的，可以继续（本系统规则）。") for w in found)


MASKED = """
    什么 | 原文 | 遮盖后
    证件 | 11010519491231002X | 110*************2X
    证件 | E1234567 | E12***67
    证件 | E123456 | *******
    电话 | 13800001234 | 138****1234
    电话 | 0536-8223344 | **********44
    电话 | 110 | ***
    住址 | 某省某市青禾县东关街道柳园路18号 | 某省某市青禾县****
    住址 | 柳园路18号 | ****
    住址 |  |
    邮箱 | li.qing@example.cn | l***@example.cn
    邮箱 | liqing | ****ng
    姓名 | 李青 | 李*
    姓名 | 𠮷田 | 𠮷*
"""
MASKS = {"证件": mask_identity, "电话": mask_phone, "住址": mask_address, "邮箱": mask_email, "姓名": mask_name}


@pytest.mark.parametrize(("what", "text", "masked"), rows(MASKED))
def test_personal_data_is_masked(what: str, text: str, masked: str) -> None:
    assert MASKS[what](text) == masked


RECEIPT = """
    渠道 | 收到之日 | 依据 | 当日确认
    当面提交 | 提交 | 第三十一条第一项 |
    邮政寄送（需签收） | 签收 | 第三十一条第二项 |
    平常信函 | 确认 | 第三十一条第二项 | 是
    互联网 | 确认 | 第三十一条第三项 | 是
    电子邮件 | 确认 | 第三十一条第三项 | 是
    传真 | 确认 | 第三十一条第三项 | 是
    口头申请（工作人员代填） | 提交 | 第二十九条第一款 |
"""
DAYS = {"提交": date(2025, 3, 3), "签收": date(2025, 3, 4), "确认": date(2025, 3, 5)}


@pytest.mark.parametrize(("channel", "which", "provision", "confirm"), rows(RECEIPT))
def test_the_day_of_receipt_follows_the_channel(channel: str, which: str, provision: str, confirm: str) -> None:
    rule = next(r for r in CHANNELS.values() if r.zh == channel)
    days = {"submitted_on": DAYS["提交"], "signed_on": DAYS["签收"], "confirmed_on": DAYS["确认"]}
    assert receipt_day(rule.channel, **days) == DAYS[which]
    assert receipt_day(rule.channel) is None
    assert (rule.cites.article, rule.confirm) == (provision, bool(confirm))


def test_the_kinds_are_the_columns_of_the_form() -> None:
    columns = {c.key: c.label for c in form("2021").columns if not c.sum_of}
    assert [kind.value for kind in ApplicantKind] == list(columns)
    assert all(columns[kind.value] in zh for kind, zh in APPLICANT_KINDS.items())
    assert [kind.you for kind in ApplicantKind] == ["你", *["你单位"] * 5]
    assert set(PAPERS_OF[True]) | set(PAPERS_OF[False]) == set(IdentityKind)
    assert set(CHANNELS) == set(Channel)


def test_an_application_needs_what_article_29_lists_and_no_purpose() -> None:
    assert list(REQUIRED) == ["name", "identity_proof", "contact", "description", "form"]
    given = dict.fromkeys(REQUIRED, "有")
    assert lacking(given) == ()
    assert lacking_sentence(given) == ""
    assert lacking_sentence(given | {"contact": " "}) == "申请还缺：联系方式（《政府信息公开条例》第二十九条第二款）。"
    assert squeezed(" 1101-05 ") == "110105"


PAGE = (("证件号码", NUMBERS), ("遮盖", MASKED), ("收到之日", RECEIPT))

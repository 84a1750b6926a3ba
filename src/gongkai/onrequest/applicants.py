"""Who applies, how, and what an application must hold: kinds, identity papers, channels, the day of receipt, masking.

A number that fails its check digit is a warning and never a refusal: passports, permits and old numbers exist, and the
clerk sees the paper. What an application must hold is art. 29's list; a purpose is not on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.citations import OUR_RULE, REGULATIONS, Citation


class ApplicantKind(StrEnum):
    """The six columns of table 三."""

    NATURAL_PERSON = "natural_person"
    ENTERPRISE = "enterprise"
    RESEARCH_INSTITUTION = "research_institution"
    PUBLIC_BENEFIT_ORGANISATION = "public_benefit_organisation"
    LEGAL_SERVICE_PROVIDER = "legal_service_provider"
    OTHER_ORGANISATION = "other_organisation"

    @property
    def you(self) -> str:
        """How a letter speaks to the applicant."""
        return "你" if self is ApplicantKind.NATURAL_PERSON else "你单位"


APPLICANT_KINDS: dict[ApplicantKind, str] = {
    ApplicantKind.NATURAL_PERSON: "自然人",
    ApplicantKind.ENTERPRISE: "商业企业",
    ApplicantKind.RESEARCH_INSTITUTION: "科研机构",
    ApplicantKind.PUBLIC_BENEFIT_ORGANISATION: "社会公益组织",
    ApplicantKind.LEGAL_SERVICE_PROVIDER: "法律服务机构",
    ApplicantKind.OTHER_ORGANISATION: "其他法人或其他组织",
}


class IdentityKind(StrEnum):
    """The papers by which an applicant proves who they are."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    HONG_KONG_MACAO_PERMIT = "hong_kong_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    RESIDENCE_PERMIT = "residence_permit"
    UNIFIED_CREDIT_CODE = "unified_credit_code"
    OTHER = "other"


IDENTITY_KINDS: dict[IdentityKind, str] = {
    IdentityKind.IDENTITY_CARD: "居民身份证",
    IdentityKind.PASSPORT: "护照",
    IdentityKind.HONG_KONG_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdentityKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdentityKind.RESIDENCE_PERMIT: "港澳台居民居住证",
    IdentityKind.UNIFIED_CREDIT_CODE: "统一社会信用代码",
    IdentityKind.OTHER: "其他证明",
}

PAPERS_OF: dict[bool, tuple[IdentityKind, ...]] = {
    True: (
        IdentityKind.IDENTITY_CARD,
        IdentityKind.PASSPORT,
        IdentityKind.HONG_KONG_MACAO_PERMIT,
        IdentityKind.TAIWAN_PERMIT,
        IdentityKind.RESIDENCE_PERMIT,
        IdentityKind.OTHER,
    ),
    False: (IdentityKind.UNIFIED_CREDIT_CODE, IdentityKind.OTHER),
}
"""The papers offered to a natural person (True) and to an organisation."""

# ── check digits ─────────────────────────────────────────────────────────────────────────────────────────────────────

_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPES: dict[IdentityKind, tuple[re.Pattern[str], str]] = {
    IdentityKind.PASSPORT: (re.compile(r"[A-Z0-9]{5,20}"), "护照号码一般为5至20位字母和数字"),
    IdentityKind.HONG_KONG_MACAO_PERMIT: (re.compile(r"[HM]\d{8}(?:\d{2})?"), "该通行证号码一般为H或M加8位数字"),
    IdentityKind.TAIWAN_PERMIT: (re.compile(r"\d{8}(?:\d{2})?[A-Z]?"), "该通行证号码一般为8位数字"),
}
_LOOK_AGAIN = f"，请对照证件核对；证件确如此的，可以继续（{OUR_RULE}）。"


def squeezed(number: str) -> str:
    """A number as it is compared: full-width signs made half-width, no blanks and dashes, capitals."""
    wide = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return re.sub(r"[\s\-·]", "", number.translate(wide)).upper()


def card_check(first_seventeen: str) -> str:
    """The eighteenth sign of an identity card number (GB 11643).

    >>> card_check("11010519491231002")
    'X'
    """
    return _CARD_CHECKS[sum(int(d) * w for d, w in zip(first_seventeen, _CARD_WEIGHTS, strict=True)) % 11]


def credit_code_check(first_seventeen: str) -> str:
    """The eighteenth sign of a unified social credit code (GB 32100).

    >>> credit_code_check("91350100M000100Y4")
    '3'
    """
    total = sum(_CODE_SIGNS.index(sign) * pow(3, i, 31) for i, sign in enumerate(first_seventeen))
    return _CODE_SIGNS[-total % 31]


def identity_warnings(kind: IdentityKind, number: str) -> tuple[str, ...]:
    """What looks wrong with a number of a paper, in sentences; never a reason to refuse."""
    plain = squeezed(number)
    if not plain or kind is IdentityKind.OTHER:
        return ()
    if kind in (IdentityKind.IDENTITY_CARD, IdentityKind.RESIDENCE_PERMIT):
        return _card_warnings(plain)
    if kind is IdentityKind.UNIFIED_CREDIT_CODE:
        if not re.fullmatch(f"[{_CODE_SIGNS}]{{18}}", plain):
            return (f"统一社会信用代码应为18位数字和字母（不用I、O、S、V、Z）{_LOOK_AGAIN}",)
        return () if credit_code_check(plain[:17]) == plain[17] else (f"统一社会信用代码的校验位不符{_LOOK_AGAIN}",)
    shape, says = _SHAPES[kind]
    return () if shape.fullmatch(plain) else (f"{says}{_LOOK_AGAIN}",)


def _card_warnings(plain: str) -> tuple[str, ...]:
    if re.fullmatch(r"\d{15}", plain):
        born = "19" + plain[6:12]
        return () if _is_day(born) else (f"15位身份证号码中的出生日期不存在{_LOOK_AGAIN}",)
    if not re.fullmatch(r"\d{17}[\dX]", plain):
        return (f"身份证号码应为18位或者15位{_LOOK_AGAIN}",)
    found = []
    if not _is_day(plain[6:14]):
        found.append(f"身份证号码中的出生日期不存在{_LOOK_AGAIN}")
    if card_check(plain[:17]) != plain[17]:
        found.append(f"身份证号码的校验位不符{_LOOK_AGAIN}")
    return tuple(found)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


# ── masking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _between(text: str, head: int, tail: int) -> str:
    """The first and last signs with stars between; all stars where that would leave hardly anything hidden."""
    if len(text) < head + tail + 3:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def mask_identity(number: str) -> str:
    """The first three and last two signs of a paper's number.

    >>> mask_identity("110105194912310021")
    '110*************21'
    """
    return _between(number.strip(), 3, 2)


def mask_phone(number: str) -> str:
    """A mobile number with its middle four hidden; of other numbers the last two are left.

    >>> mask_phone("13800001234"), mask_phone("0536-8223344")
    ('138****1234', '**********44')
    """
    plain = number.strip()
    if re.fullmatch(r"1\d{10}", plain):
        return f"{plain[:3]}****{plain[7:]}"
    return _between(plain, 0, 2)


_PLACE = re.compile(r"(?:[^省市县区旗州盟]{1,8}(?:省|自治区|特别行政区|市|自治州|州|盟|县|区|旗)){1,4}")


def mask_address(address: str) -> str:
    """An address down to its county; what follows is hidden.

    >>> mask_address("某省某市青禾县东关街道柳园路18号3单元")
    '某省某市青禾县****'
    """
    met = _PLACE.match(address.strip())
    return f"{met[0] if met else ''}****" if address.strip() else ""


def mask_email(address: str) -> str:
    """The first sign and the host of an address of e-mail.

    >>> mask_email("li.qing@example.cn")
    'l***@example.cn'
    """
    name, at, host = address.strip().partition("@")
    return f"{name[:1]}***{at}{host}" if at else _between(name, 0, 2)


def mask_name(name: str) -> str:
    """The first sign of a person's name.

    >>> mask_name("李青")
    '李*'
    """
    plain = name.strip()
    return plain[:1] + "*" * (len(plain) - 1)


# ── channels and the day of receipt (art. 31) ────────────────────────────────────────────────────────────────────────


class Channel(StrEnum):
    """How an application came."""

    IN_PERSON = "in_person"
    POST_SIGNED = "post_signed"
    POST_PLAIN = "post_plain"
    INTERNET = "internet"
    EMAIL = "email"
    FAX = "fax"
    ORAL = "oral"


class ReceiptBy(StrEnum):
    """Which day is the day of receipt."""

    SUBMITTED = "submitted"
    SIGNED = "signed"
    CONFIRMED = "confirmed"


_BY_HAND = Citation(REGULATIONS, "第三十一条第一项", "以提交之日为收到申请之日")
_SIGNED = Citation(REGULATIONS, "第三十一条第二项", "以行政机关签收之日为收到申请之日")
_PLAIN = Citation(REGULATIONS, "第三十一条第二项", "应当于收到申请的当日与申请人确认，确认之日为收到申请之日")
_ONLINE = Citation(REGULATIONS, "第三十一条第三项", "以双方确认之日为收到申请之日")
_ORAL = Citation(
    REGULATIONS, "第二十九条第一款", "申请人可以口头提出，由受理该申请的政府信息公开工作机构代为填写政府信息公开申请"
)
CONTENTS = Citation(REGULATIONS, "第二十九条第二款", "政府信息公开申请应当包括下列内容")


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """A channel in words and the day of receipt it has; `confirm`: to be confirmed with the applicant the same day."""

    channel: Channel
    zh: str
    receipt: ReceiptBy
    cites: Citation
    confirm: bool = False


CHANNELS: dict[Channel, ChannelRule] = {
    rule.channel: rule
    for rule in (
        ChannelRule(Channel.IN_PERSON, "当面提交", ReceiptBy.SUBMITTED, _BY_HAND),
        ChannelRule(Channel.POST_SIGNED, "邮政寄送（需签收）", ReceiptBy.SIGNED, _SIGNED),
        ChannelRule(Channel.POST_PLAIN, "平常信函", ReceiptBy.CONFIRMED, _PLAIN, confirm=True),
        ChannelRule(Channel.INTERNET, "互联网", ReceiptBy.CONFIRMED, _ONLINE, confirm=True),
        ChannelRule(Channel.EMAIL, "电子邮件", ReceiptBy.CONFIRMED, _ONLINE, confirm=True),
        ChannelRule(Channel.FAX, "传真", ReceiptBy.CONFIRMED, _ONLINE, confirm=True),
        ChannelRule(Channel.ORAL, "口头申请（工作人员代填）", ReceiptBy.SUBMITTED, _ORAL),
    )
}


def receipt_day(
    channel: Channel,
    *,
    submitted_on: date | None = None,
    signed_on: date | None = None,
    confirmed_on: date | None = None,
) -> date | None:
    """The day of receipt; None while what fixes it has not happened, never a day put in its place."""
    days = {ReceiptBy.SUBMITTED: submitted_on, ReceiptBy.SIGNED: signed_on, ReceiptBy.CONFIRMED: confirmed_on}
    return days[CHANNELS[channel].receipt]


# ── what an application must hold (art. 29) ──────────────────────────────────────────────────────────────────────────

REQUIRED: dict[str, str] = {
    "name": "姓名或者名称",
    "identity_proof": "身份证明",
    "contact": "联系方式",
    "description": "所申请信息的名称、文号或者便于查询的其他特征性描述",
    "form": "形式要求（获取信息的方式、途径）",
}
"""The contents of art. 29(2). What an application is for is none of them."""


def lacking(given: Mapping[str, str]) -> tuple[str, ...]:
    """What of art. 29's contents an application lacks: a matter of supplement, not of refusal."""
    return tuple(key for key in REQUIRED if not given.get(key, "").strip())


def lacking_sentence(given: Mapping[str, str]) -> str:
    """The lacking contents as a clerk is told them; empty when all are there."""
    keys = lacking(given)
    if not keys:
        return ""
    return f"申请还缺：{'；'.join(REQUIRED[key] for key in keys)}（《{CONTENTS.law}》{CONTENTS.article}）。"


CITATIONS = (_BY_HAND, _SIGNED, _PLAIN, _ONLINE, _ORAL, CONTENTS)

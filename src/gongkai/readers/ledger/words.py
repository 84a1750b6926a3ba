"""People's words for kinds of applicant, channels, decisions and ways of delivery, as codes.

Each function gives every code that the words can mean: one is certain, several are an ambiguity to be named to the
person, none is unknown. Nothing is taken for the likeliest.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.text.normal import fold

KINDS = {
    "natural_person": "自然人",
    "enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_benefit_organisation": "社会公益组织",
    "legal_service_provider": "法律服务机构",
    "other_organisation": "其他",
}
CHANNELS = {
    "in_person": "当面提交",
    "post_signed": "邮政寄送",
    "post_plain": "平常信函",
    "internet": "互联网",
    "email": "电子邮件",
    "fax": "传真",
    "oral": "口头申请",
}
DELIVERIES = {
    "in_person": "直接送达",
    "post": "邮寄送达",
    "other_organ": "委托其他行政机关代为送达",
    "online": "网上送达",
    "email": "电子邮件",
    "fax": "传真",
}
NOT_YET = ""
"""The code of words that say that nothing was decided yet."""

_SPACE = re.compile(r"[\s、,，。.:：;；/\\_*\"'“”‘’]+")
_ENUMERATED = re.compile(r"^[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*")

_KIND_PREFIX = re.compile(r"^法人(?:或者?|和|及)?其他组织(?:[-—:：(（]|$)")
_KIND_RULES = (
    ("natural_person", r"自然人|个人|公民|居民|村民|群众|市民"),
    ("enterprise", r"企业|公司|个体工商户|合作社"),
    ("research_institution", r"科研|研究(?:院|所|机构|中心)|高校|大学|高等院校"),
    ("public_benefit_organisation", r"公益|慈善|基金会"),
    ("legal_service_provider", r"法律服务|律师事务所|律所"),
    ("other_organisation", r"^其他(?:组织|单位|机构)?$|村民委员会|村委会|居民委员会|居委会|业主委员会|业委会"),
)
_KIND_UNCLEAR = re.compile(r"^(?:法人|单位|组织|机构|法人(?:或者?|和|及)?其他组织|社会组织|社会团体|律师|事业单位)$")

_CHANNEL_RULES = (
    ("in_person", r"当面|现场|窗口|上门|柜台|直接(?:提交|送达)|来访|面交|自行提交|到局"),
    ("post_plain", r"平信|平常信函|信箱"),
    ("post_signed", r"邮寄|邮政|挂号|快递|特快|EMS|信函|来信|寄送|顺丰|邮递"),
    ("email", r"电子邮件|邮箱|电邮|E-?MAIL"),
    ("internet", r"网络|网上|在线|网站|互联网|平台|系统|线上|门户|小程序|网申|^网$"),
    ("fax", r"传真"),
    ("oral", r"口头|电话"),
)
_DELIVERY_RULES = (
    ("post", r"邮寄|邮政|挂号|快递|特快|EMS|信函|寄送|顺丰|邮递|寄出"),
    ("other_organ", r"(?:委托|代为|转交)\w*送达|委托送达|代送"),
    ("in_person", r"当面|现场|自取|领取|直接送达|窗口|面交|上门"),
    ("email", r"电子邮件|邮箱|电邮|E-?MAIL"),
    ("online", r"网络|网上|在线|网站|互联网|平台|系统|线上"),
    ("fax", r"传真"),
)

_WITHHELD = ("N1", "N2", "N3", "N4", "N5", "N6", "N7")
_DECISION_RULES: tuple[tuple[str, str], ...] = (
    ("P1", r"部分(?:予以)?公开|区分处理|部分提供|部分不予?公开"),
    ("G1", r"(?<!不属于)(?<!非)主动公开(?!范围之?外)|告知(?:其)?(?:获取|查询|查阅)"),
    (
        "G2",
        r"^(?:依法|同意|全部|全文|决定)?予以公开(?:并提供|并答复)?$|^(?:依法|同意|全部)(?:公开|提供)$|^予以提供$|公开并提供|依申请公开并",
    ),
    ("N1", r"国家秘密|涉密"),
    ("N2", r"(?:法律|法规)[^不]{0,6}(?:禁止|不得)公开"),
    ("N3", r"三安全|危及|(?:国家|公共|经济)安全|社会稳定"),
    ("N4", r"第三方|商业秘密|个人隐私|商密"),
    ("N5", r"内部事务|内部管理|人事管理|后勤管理|内部工作流程"),
    ("N6", r"过程性?信息|过程性|讨论记录|过程稿|磋商信函|请示报告"),
    ("N7", r"执法案卷|案卷信息"),
    ("N8", r"行政查询|专门查询|登记资料查询|档案查询"),
    ("U1a", r"(?:信息)?不存在|未(?:检索|查询|查找)到|检索无|未制作|未(?:获取|保存)"),
    ("U1b", r"(?:不属于?|非)(?:由)?(?:本|我)(?:行政)?(?:机关|单位|局|部门|镇|乡|街道|办|县|区|市|委|厅)|非本机关"),
    ("U2", r"另行制作|加工|汇总|分析|没有现成|无现成|重新制作"),
    ("U3", r"仍不明确|补正[^,，]{0,8}不明确|补正后?不明"),
    ("R1", r"信访|举报|投诉"),
    ("R2", r"重复"),
    ("R3", r"出版物|公报|报刊|书籍"),
    ("R4", r"反复|大量申请|频次|次数明显"),
    ("R5", r"确认(?:或者?|、)?重新出具|重新出具|要求(?:行政机关)?确认|确认类"),
    ("O1", r"逾期[不未]补正|[未不]按期补正|未补正|不补正|补正逾期|逾期没有补正|未(?:在[^,，]{0,10})?补正"),
    ("O2", r"逾期[不未]缴|未缴费|不缴费|未按[^,，]{0,6}缴"),
    ("O3a", r"不属于?政府信息|非政府信息|^(?:属于?)?(?:业务|政策)?咨询(?:类|事项|类申请)?$|不是政府信息"),
    ("O3b", r"撤回|撤销申请|申请人(?:主动)?(?:放弃|撤销)|撤件"),
    ("O3c", r"^其他(?:情况|情形|原因)?$"),
)
_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in _DECISION_RULES)
_GENERAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"^(?:已|已经)?公开$|^(?:已|同意)?提供$", ("G1", "G2")),
    (r"不予?公开|不公开|不同意公开|免予公开", (*_WITHHELD, "N8")),
    (r"不掌握", ("U1a", "U1b")),
    (r"无法提供|不能提供|不予提供", ("U1a", "U1b", "U2", "U3")),
    (r"不明确|不清", ("U3",)),
    (r"不予处理|不予受理|不作处理|不再处理|不予办理", ("R1", "R2", "R3", "R4", "R5")),
    (r"^其他处理", ("O1", "O2", "O3a", "O3b", "O3c")),
)
_NOT_YET = re.compile(
    r"|[-—－/无]+|(?:正?在)?(?:办理|处理|审核|审批|审查)(?:中|之中)|在办|未办结?|待(?:办|答复|处理|回复|审)|未答复|未到期|尚未\w{0,6}|补正中|征求意见中"
)


def _bare(text: str) -> str:
    return _SPACE.sub("", _ENUMERATED.sub("", fold(text).strip()))


def _by_rules(text: str, rules: tuple[tuple[str, str], ...], names: dict[str, str]) -> tuple[str, ...]:
    bare = _bare(text)
    if bare in names:
        return (bare,)
    upper = bare.upper()
    return tuple(code for code, pattern in rules if re.search(pattern, upper))


@lru_cache(maxsize=5_000)
def kinds_of(text: str) -> tuple[str, ...]:
    """The columns of table 三 that words for an applicant can mean."""
    bare = _KIND_PREFIX.sub("", _bare(text)).rstrip(")）")
    if not bare or _KIND_UNCLEAR.fullmatch(bare):
        return tuple(KINDS) if bare == "律师" else tuple(KINDS)[1:]
    return _by_rules(bare, _KIND_RULES, KINDS)


@lru_cache(maxsize=5_000)
def channels_of(text: str) -> tuple[str, ...]:
    """The channels that words can mean. 邮寄 is the post of article 31, signed for; 平信 is not."""
    return _by_rules(text, _CHANNEL_RULES, CHANNELS)


@lru_cache(maxsize=5_000)
def deliveries_of(text: str) -> tuple[str, ...]:
    """The ways of delivery that words can mean."""
    return _by_rules(text, _DELIVERY_RULES, DELIVERIES)


@lru_cache(maxsize=20_000)
def decisions_of(text: str, grounds: str = "") -> tuple[str, ...]:
    """The codes of decisions that words can mean; (`NOT_YET`,) where they say that the case is still open.

    `grounds` are the words of a column beside it; they are looked at only where the decision alone is not clear.
    """
    bare = _bare(text)
    if _NOT_YET.fullmatch(bare):
        return (NOT_YET,)
    code = bare.upper()
    exact = next((c for c, _ in _COMPILED if c.upper() == code), None)
    if exact:
        return (exact,)
    named = tuple(c for c, pattern in _COMPILED if pattern.search(bare))
    if "P1" in named:
        # What is kept back of a disclosure in part has its own grounds; the decision is one.
        return ("P1",)
    if named:
        return named
    general = next((codes for pattern, codes in _GENERAL if re.search(pattern, bare)), ())
    if grounds:
        told = _bare(grounds)
        narrowed = tuple(c for c, pattern in _COMPILED if c in general and pattern.search(told))
        return narrowed or general
    return general

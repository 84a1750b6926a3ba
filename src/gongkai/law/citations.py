"""Provisions that findings rest on: which law, which article, and the words themselves.

Only what was read in full stands here; a test finds each quotation in the official text. What practice or this system
adds is never cited as law.
"""

from __future__ import annotations

from dataclasses import dataclass

REGULATIONS = "政府信息公开条例"
RECONSIDERATION = "行政复议法"
LITIGATION = "行政诉讼法"
PERSONAL_INFORMATION = "个人信息保护法"

OUR_RULE = "本系统规则"
"""What stands in place of a provision where a rule rests on none that was read."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a law and a short quotation from it. `text` is what a finding shows."""

    law: str
    article: str
    quotation: str

    @property
    def text(self) -> str:
        """《政府信息公开条例》第三十三条：“…”"""
        return f"{self.short}：“{self.quotation}”"

    @property
    def short(self) -> str:
        """《政府信息公开条例》第三十三条"""
        return f"《{self.law}》{self.article}"


def basis(citation: Citation | None) -> str:
    """The provision with its words, or 本系统规则."""
    return citation.text if citation else OUR_RULE


def short_basis(citation: Citation | None) -> str:
    """The provision by its name alone, or 本系统规则."""
    return citation.short if citation else OUR_RULE


LIMIT_TO_PUBLISH = Citation(
    REGULATIONS,
    "第二十六条",
    "应当自该政府信息形成或者变更之日起20个工作日内及时公开",
)
LIMIT_TO_REPLY = Citation(
    REGULATIONS,
    "第三十三条第二款",
    "应当自收到申请之日起20个工作日内予以答复",
)
LIMIT_TO_EXTEND = Citation(
    REGULATIONS,
    "第三十三条第二款",
    "延长的期限最长不得超过20个工作日",
)
NO_FEE = Citation(
    REGULATIONS,
    "第四十二条第一款",
    "行政机关依申请提供政府信息，不收取费用",
)
REPORT_CONTENTS = Citation(
    REGULATIONS,
    "第五十条",
    "政府信息公开工作年度报告应当包括下列内容",
)
REPORT_ON_SUPERVISION = Citation(
    REGULATIONS,
    "第五十条第一款第四项",
    "各级人民政府的政府信息公开工作年度报告还应当包括工作考核、社会评议和责任追究结果情况",
)
REPORT_OF_DEPARTMENT = Citation(
    REGULATIONS,
    "第四十九条第一款",
    "县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告并向社会公布",
)
REPORT_OF_GOVERNMENT = Citation(
    REGULATIONS,
    "第四十九条第二款",
    "县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前向社会公布本级政府上一年度政府信息公开工作年度报告",
)
SUPERVISION = Citation(
    REGULATIONS,
    "第四十七条第一款",
    "对行政机关未按照要求开展政府信息公开工作的，予以督促整改或者通报批评",
)
ORDER_711 = Citation(
    REGULATIONS,
    "公布令",
    "2019年4月3日 中华人民共和国国务院令第711号修订",
)
OWN_GOVERNMENT_RECONSIDERS = Citation(
    RECONSIDERATION,
    "第二十四条第一款第一项",
    "对本级人民政府工作部门作出的行政行为不服的",
)
LIMIT_TO_RECONSIDER = Citation(
    RECONSIDERATION,
    "第二十条第一款",
    "自知道或者应当知道该行政行为之日起六十日内提出行政复议申请",
)
LIMIT_TO_SUE = Citation(
    LITIGATION,
    "第四十六条第一款",
    "应当自知道或者应当知道作出行政行为之日起六个月内提出",
)
LIMIT_TO_SUE_AFTER_RECONSIDERATION = Citation(
    LITIGATION,
    "第四十五条",
    "可以在收到复议决定书之日起十五日内向人民法院提起诉讼",
)

RECEIPT = Citation(
    REGULATIONS,
    "第三十一条",
    "行政机关收到政府信息公开申请的时间，按照下列规定确定",
)
LIMIT_TO_ASK_FOR_SUPPLEMENT = Citation(
    REGULATIONS,
    "第三十条",
    "自收到申请之日起7个工作日内一次性告知申请人作出补正",
)
COUNT_ANEW_AFTER_SUPPLEMENT = Citation(
    REGULATIONS,
    "第三十条",
    "答复期限自行政机关收到补正的申请之日起计算",
)
TIME_NOT_COUNTED = Citation(
    REGULATIONS,
    "第三十三条第三款",
    "行政机关征求第三方和其他机关意见所需时间不计算在前款规定的期限内",
)
LIMIT_OF_THIRD_PARTY = Citation(
    REGULATIONS,
    "第三十二条",
    "第三方应当自收到征求意见书之日起15个工作日内提出意见",
)
LIMIT_OF_OTHER_ORGAN = Citation(
    REGULATIONS,
    "第三十四条",
    "被征求意见机关应当自收到征求意见书之日起15个工作日内提出意见",
)
DEFERRED_REPLY = Citation(
    REGULATIONS,
    "第三十五条",
    "可以确定延迟答复的合理期限并告知申请人",
)
NOT_DISCLOSED = Citation(
    REGULATIONS,
    "第十四条",
    "依法确定为国家秘密的政府信息，法律、行政法规禁止公开的政府信息",
)
PRIVACY_OF_OTHERS = Citation(
    REGULATIONS,
    "第十五条",
    "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开",
)
REVIEW_BEFORE_DISCLOSURE = Citation(
    REGULATIONS,
    "第十七条第二款",
    "对拟公开的政府信息进行审查",
)
NO_PERSONAL_INFORMATION_IN_PUBLIC = Citation(
    PERSONAL_INFORMATION,
    "第二十五条",
    "个人信息处理者不得公开其处理的个人信息，取得个人单独同意的除外",
)

IN_FORCE = {
    REGULATIONS: Citation(REGULATIONS, "第五十六条", "本条例自2019年5月15日起施行"),
    RECONSIDERATION: Citation(RECONSIDERATION, "第九十条", "本法自2024年1月1日起施行"),
}
"""Since when a law holds, in its own words; for those whose text says so."""

ALL = (
    LIMIT_TO_PUBLISH,
    LIMIT_TO_REPLY,
    LIMIT_TO_EXTEND,
    NO_FEE,
    REPORT_CONTENTS,
    REPORT_ON_SUPERVISION,
    REPORT_OF_DEPARTMENT,
    REPORT_OF_GOVERNMENT,
    SUPERVISION,
    ORDER_711,
    OWN_GOVERNMENT_RECONSIDERS,
    LIMIT_TO_RECONSIDER,
    LIMIT_TO_SUE,
    LIMIT_TO_SUE_AFTER_RECONSIDERATION,
    RECEIPT,
    LIMIT_TO_ASK_FOR_SUPPLEMENT,
    COUNT_ANEW_AFTER_SUPPLEMENT,
    TIME_NOT_COUNTED,
    LIMIT_OF_THIRD_PARTY,
    LIMIT_OF_OTHER_ORGAN,
    DEFERRED_REPLY,
    NOT_DISCLOSED,
    PRIVACY_OF_OTHERS,
    REVIEW_BEFORE_DISCLOSURE,
    NO_PERSONAL_INFORMATION_IN_PUBLIC,
    *IN_FORCE.values(),
)
"""Those that findings, the clock and its steps show. The parameters' own citations stand with the parameters."""

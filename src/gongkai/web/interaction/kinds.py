"""Letters as data: their kinds, why one is set aside, where one is sent on to, what may be said of an answer.

Every number of days here is 本系统规则 until an office sets its own; none of them is law.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.citations import Citation


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter: what it is for, and how many working days an answer takes unless an office says otherwise."""

    key: str
    zh: str
    says: str
    days: int


KINDS: dict[str, LetterKind] = {
    each.key: each
    for each in (
        LetterKind("question", "咨询", "问政策、问办事、问职责", 5),
        LetterKind("suggestion", "建议", "对政府工作的意见和建议", 15),
        LetterKind("message", "留言", "反映身边的情况和困难", 10),
        LetterKind("head", "县长信箱", "写给县长的信，由县政府办公室分送", 15),
    )
}


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a letter is not answered. `valid`: it stays an effective letter; `says` is told to who wrote."""

    key: str
    zh: str
    says: str


ASIDE: dict[str, Aside] = {
    each.key: each
    for each in (
        Aside("spam", "广告、无实质内容", "来信没有可以办理的内容。"),
        Aside("abuse", "辱骂、恐吓、造谣", "来信含有不适当的内容，没有办理。请说明事实后重新来信。"),
        Aside("repeated", "与已经答复的来信重复", "同一事项已经答复，请查看前一次的答复。"),
        Aside("unclear", "内容不明，无法联系补充", "来信没有说明时间、地点或者事项，无法办理。请补充后重新来信。"),
        Aside("elsewhere", "不属于本县行政机关的职责", "来信反映的事项不属于本县行政机关的职责。"),
        Aside("petition", "属于信访事项", "来信属于信访事项，请向信访工作机构提出，由其依照信访的程序办理。"),
        Aside(
            "court", "应当通过诉讼、仲裁、复议等途径解决", "来信反映的事项应当通过诉讼、仲裁、行政复议等法定途径解决。"
        ),
    )
}
"""Every reason for which a letter is not answered; it is kept, counted, and may be taken up again."""

TURNED: dict[str, str] = {"application": "政府信息公开申请", "complaint": "对政府信息公开工作的投诉"}
"""What a letter may really be."""

LEVELS: dict[str, str] = {"satisfied": "满意", "mostly": "基本满意", "not": "不满意"}
"""What may be said of an answer, once."""

MONTHS_AT_MOST = 3
"""Letters without an answer for longer are a veto of the check named below."""
CHECK_2019 = Citation(
    "政府网站与政务新媒体检查指标",
    "单项否决指标“互动回应差”",
    "前1年内应答复的政务咨询类栏目存在超过3个月未回应有效留言",
)
"""国办秘函〔2019〕19号: what a site is checked for; no limit by which an office must answer."""

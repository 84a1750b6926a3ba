"""A form for each kind of evidence: what it asks, so that what a decision needs is on file and says enough.

A form only guides: what it holds is kept as one record of its kind, like any other. The provision behind each kind
stands with it in `onrequest.decisions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.onrequest.decisions import evidence


@dataclass(frozen=True, slots=True)
class Ask:
    """One field. `shape`: line, long or day; `choices` makes it a list to choose from."""

    key: str
    label: str
    needed: bool = True
    shape: str = "line"
    hint: str = ""
    choices: tuple[str, ...] = ()


def _long(key: str, label: str, hint: str = "", *, needed: bool = True) -> Ask:
    return Ask(key, label, needed, "long", hint)


def _chosen(key: str, label: str, *choices: str) -> Ask:
    return Ask(key, label, choices=choices)


_BY = Ask("by", "判断人、经办人")

FORMS: dict[str, tuple[Ask, ...]] = {
    "search_record": (
        _long("places", "检索范围", "哪些科室、业务系统、档案库、下属单位"),
        _long("keywords", "检索关键词", "文件名称、文号、地点、年度，用过的每一组词"),
        _long("way", "检索方式", "系统检索、查阅纸质档案、询问经办人员"),
        Ask("times", "检索时间", hint="例如：2026年3月2日至3日"),
        Ask("by", "检索人"),
        _long("result", "检索结果", "没有检索到的，写明各处都没有；有相近信息的，写明是什么"),
        _long("words", "是否应当制作、保存而没有", "依职责应当有而没有的，说明原因", needed=False),
    ),
    "publication_place": (
        Ask("places", "网址、索引号或者查阅地点"),
        Ask("published_on", "公开日期", needed=False, shape="day"),
        _chosen("checked", "是否打开核对过", "已打开核对，内容与申请一致", "已打开核对，内容包含所申请的信息"),
        Ask("words", "核对人和情况"),
    ),
    "provided_list": (
        _long("words", "提供哪些信息", "逐项写明名称、文号、页数"),
        Ask("form", "以什么形式提供", hint="纸质复印件、电子文件等"),
        Ask("count", "附件份数", needed=False),
    ),
    "disclosure_review": (
        _chosen("result", "审查意见", "同意公开", "同意部分公开", "不同意公开"),
        _long("words", "理由", "是否涉及国家秘密、商业秘密、个人隐私等"),
        Ask("by", "审查人"),
    ),
    "secrecy_check": (
        _chosen("result", "审查结论", "不涉及国家秘密、工作秘密", "涉及，不得公开", "不能确定，报有关机关确定"),
        _long("words", "理由和依据"),
        Ask("by", "审查人"),
    ),
    "severance": (
        _long("words", "不公开的部分，逐处写明理由和依据", "在文件页遮盖生成的，系统自动记入，不必重写"),
        _long("result", "可以公开的部分"),
    ),
    "severance_considered": (_long("words", "为什么不能区分处理"), _BY),
    "secrecy_mark": (
        _chosen("level", "密级", "绝密", "机密", "秘密"),
        Ask("until", "保密期限"),
        Ask("words", "定密机关和依据", hint="只登记情况。涉密文件不得进入本系统"),
    ),
    "barring_provision": (
        Ask("words", "法律或者行政法规的名称和条款", hint="规章、地方性法规不是这里的依据"),
        _long("result", "条款的原文"),
    ),
    "harm_assessment": (
        _chosen("kind", "可能危及", "国家安全", "公共安全", "经济安全", "社会稳定"),
        _long("words", "公开后会怎样危及，为什么"),
        Ask("by", "评估人"),
    ),
    "third_party_consultation": (_long("words", "征求意见的经过", "从“征求第三方意见”办理的，系统自动记入，不必重写"),),
    "public_interest_weighing": (
        _long("words", "不公开是否会对公共利益造成重大影响"),
        _chosen("result", "结论", "不会造成重大影响，不予公开", "会造成重大影响，予以公开"),
        _BY,
    ),
    "discretion_statement": (
        _chosen("kind", "属于哪一类", "内部事务信息", "过程性信息", "行政执法案卷信息"),
        _long("words", "为什么决定不公开"),
        _BY,
    ),
    "duty_to_disclose_checked": (
        _long("places", "查过哪些法律、法规、规章"),
        _chosen("words", "有没有规定应当公开", "没有规定应当公开", "有规定应当公开"),
    ),
    "special_provision": (
        Ask("words", "作出特别规定的法律、行政法规和条款"),
        Ask("places", "查询机构和地址"),
    ),
    "responsible_organ": (
        _long("words", "为什么不由本机关负责公开"),
        Ask("organ", "负责机关的名称", needed=False, hint="能够确定的应当告知"),
        Ask("contact", "负责机关的联系方式", needed=False),
    ),
    "existing_information": (
        _long("places", "本机关现有哪些信息"),
        _long("words", "为什么须加工、分析才能得到所申请的内容"),
        _chosen("result", "能否区分处理", "不能区分处理", "可以区分处理，提供现有部分"),
    ),
    "petition_reading": (
        _long("words", "哪些内容表明是信访、投诉、举报"),
        Ask("places", "可以通过什么渠道提出", needed=False),
    ),
    "earlier_reply": (
        Ask("number", "前次答复的文号"),
        Ask("replied_on", "前次答复的日期", shape="day"),
        _long("words", "两次申请内容相同的比对"),
    ),
    "published_work": (Ask("words", "出版物的名称"), Ask("places", "获取的途径")),
    "earlier_provision": (_long("words", "申请人什么时候、怎样获取过该信息"),),
    "contact": (
        _chosen("way", "联系方式", "电话", "短信", "电子邮件", "当面", "信函"),
        Ask("with", "联系对象", needed=False),
        _long("words", "联系内容"),
    ),
}
"""The fields of each kind; any other kind asks for its words alone."""

_STORED = {
    "way": "方式", "with": "对象", "places": "范围", "keywords": "关键词", "by": "经办人", "result": "结果",
    "times": "时间", "organ": "机关", "reason": "理由", "others": "拆出的申请", "files": "文件",
}  # fmt: skip
"""Labels of what else a record may say."""


def asks_of(kind: str) -> tuple[Ask, ...]:
    """The form of a kind."""
    if kind in FORMS:
        return FORMS[kind]
    known = evidence().get(kind)
    return (_long("words", known.zh if known else "内容", known.asks if known else ""),)


def lacking(kind: str, told: Mapping[str, str]) -> list[str]:
    """The labels of what a form still needs; a choice that is none of the list counts as lacking."""
    return [
        ask.label
        for ask in asks_of(kind)
        if (ask.needed and not told.get(ask.key, "").strip())
        or (ask.choices and told.get(ask.key) and told[ask.key] not in ask.choices)
    ]


def lines(kind: str, told: Mapping[str, str]) -> tuple[str, ...]:
    """What a record says, one line each, with the labels of its form."""
    labels = _STORED | {ask.key: ask.label for ask in FORMS.get(kind, ())}
    if kind not in FORMS:
        labels["words"] = ""
    order = {ask.key: place for place, ask in enumerate(asks_of(kind))}
    shown = sorted(told.items(), key=lambda item: order.get(item[0], len(order)))
    alone = len(told) == 1
    return tuple(
        f"{labels[key]}：{value}" if labels.get(key) and not (alone and key == "words") else value
        for key, value in shown
        if not key.startswith("_")
    )

"""What the system's own records can tell of an indicator: the names that a scheme may use, and in which way.

How each is counted belongs to whoever keeps the records; here stands what it means, for the office that writes a scheme.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that records tell: which way of scoring it fits, and what is counted."""

    zh: str
    mode: str
    says: str
    keys: tuple[tuple[str, str], ...] = ()


COMPUTED: dict[str, Told] = {
    "reply_in_time": Told(
        "依申请公开按期答复", "share", "期间内送达答复的申请中，在期限当日或者以前送达的；征求意见仍未结束的不计"
    ),
    "no_reply_overdue": Told(
        "申请逾期未答复", "deduct", "期限在考核期间内或者以前，截止时已过期限仍未答复的申请件数", (("overdue", "逾期未答复"),)
    ),
    "not_corrected": Told(
        "复议诉讼被纠正", "deduct", "期间内复议、诉讼结果为纠正的件数",
        (("reconsideration", "复议纠正"), ("litigation", "诉讼纠正")),
    ),
    "published_in_time": Told(
        "主动公开按期发布", "share", "期间内公开、且有公开期限的信息中，在期限当日或者以前公开的"
    ),
    "documents_interpreted": Told(
        "规范性文件有解读", "share", "期间内公开的规范性文件中，与已公开的解读相互链接的"
    ),
    "document_metadata": Told(
        "规范性文件标注齐全", "share", "现有的规范性文件中，有效性、成文日期都已标注的"
    ),
    "guide_complete": Told(
        "公开指南完整、及时", "check", "指南的要素齐全、已经公开、与现有的机关信息一致",
        (("complete", "要素齐全"), ("public", "已公开"), ("fresh", "与机关信息一致")),
    ),
    "stale_columns": Told("栏目未按期更新", "deduct", "截止时超过更新间隔的栏目数", (("stale", "未按期更新的栏目"),)),
    "patrol_tasks": Told(
        "网站巡查问题按期办结", "share", "期间内发现、分办给本机关的问题中，已经办结且没有超过期限的"
    ),
    "catalogue_covered": Told("标准目录覆盖", "share", "本机关负责的标准目录各行中，已有公开信息或者已说明不涉及的"),
    "annual_report": Told(
        "年度报告按期公布", "check", "上一年度的年度报告在期限前公布；县级部门为1月31日，其他机关按本县规定",
        (("published", "已公布"), ("in_time", "按期公布")),
    ),
    "letters_in_time": Told("来信按期答复", "share", "期间内答复的来信中，在期限当日或者以前答复的"),
    "appraised": Told(
        "社会评议满意率", "share",
        "期间内结束、由主管部门组织并已公布结果的社会评议中，计为满意的评价占全部评价（不含不了解）的比例；评价太少的不计算",
    ),
    "review_complete": Told("发布前三审齐全", "share", "期间内公开的信息中，本机关设定的审查环节都有记录的"),
}  # fmt: skip
"""What a scheme may name as `computed`."""

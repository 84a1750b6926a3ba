"""The kinds of record that work on a case leaves behind, what each has to say, and what a stored one says."""

from __future__ import annotations

import json

from gongkai.onrequest.decisions import evidence
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import CaseRecord

KINDS: dict[str, str] = {
    "contact": "联系记录",
    "confirmation": "确认收到",
    "identity_check": "身份核验",
    "counsel": "法律意见",
    "secrecy_check": "保密审查意见",
    "secrecy_handover": "涉密标志文件移交",
    "redaction_boxes": "遮盖位置",
    "split": "拆分申请",
    "excess_found": "认定数量、频次明显超过合理范围",
    "ordered": "责令重新办理的决定或者判决",
    "late_reason": "逾期原因",
    "files_do_not_open": "申请人反映文件打不开",
    "supplement_text": "申请人补正的内容",
    "reasons_text": "申请人说明的理由",
    "withdrawal_text": "申请人撤回的说明",
    "note": "办理备注",
    **{key: found.zh for key, found in evidence().items()},
}
"""Every kind of record in words: work on the case, and each kind of evidence that a decision may need."""

SEARCHED = (
    ("places", "检索范围"),
    ("keywords", "检索关键词"),
    ("way", "检索方式"),
    ("by", "检索人"),
    ("result", "检索结果"),
)
"""What a search record says, so that a court can see that the search was a reasonable one."""

REQUIRED: dict[str, tuple[tuple[str, str], ...]] = {
    **{key: (("words", name),) for key, name in KINDS.items()},
    "contact": (("way", "联系方式"), ("words", "联系内容")),
    "confirmation": (("way", "确认方式"),),
    "search_record": SEARCHED,
}
"""What each kind of record has to say."""


def told(row: CaseRecord) -> dict[str, str]:
    """What a record says, opened: the keys of `REQUIRED` and whatever else was told."""
    said = personal.reveal(row, "words")
    return dict(json.loads(said)) if said else {}

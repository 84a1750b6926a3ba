"""The kinds of record that work on a case leaves in its file, in words."""

from __future__ import annotations

RECORDS: dict[str, str] = {
    "contact": "联系记录",
    "confirmation": "与申请人确认收到",
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
}
"""What is noted in the file of a case besides evidence."""

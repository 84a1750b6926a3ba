"""The matters that a county or an organ may set for its application desk: keys, words, and what each value may be.

All of them rest on no provision that was read (tags M, I, K): a page names them 本系统规则.
"""

from __future__ import annotations

FEE = "onrequest.fee"
REMEDIES = "onrequest.remedies"
PRINT_OPTIONAL = "onrequest.print_optional_remedy"
SERIES = "onrequest.series"
REMINDERS = "onrequest.reminders"
MAILBOX = "onrequest.reminder_mailbox"
COMPLAINT_DAYS = "onrequest.complaint_days"
CORRECTION_DAYS = "onrequest.correction_days"
COUNTING = "onrequest.counting"

KEYS: dict[str, str] = {
    FEE: "信息处理费",
    REMEDIES: "救济途径的告知",
    PRINT_OPTIONAL: "程序性文书附带告知救济途径",
    SERIES: "文号字样",
    REMINDERS: "到期提醒",
    MAILBOX: "接收提醒的办公邮箱",
    COMPLAINT_DAYS: "投诉的办理期限",
    CORRECTION_DAYS: "更正本人信息的办理期限",
    COUNTING: "合并、拆分申请的统计口径",
}
"""Every key in words, for the list of what was set."""

STAGES: dict[str, str] = {"handler": "承办人", "head": "工作机构负责人", "competent": "主管部门"}
"""Whom a reminder goes to, in the order in which they are reminded."""

DEFAULT_REMINDERS: dict[str, int] = {"handler": 5, "head": 3, "competent": 1}
"""Working days before the due day, until an office sets its own."""

MERGED: dict[str, str] = {"each": "合并答复的各件分别统计", "one": "合并答复的按一件统计"}
SPLIT: dict[str, str] = {"each": "拆分后的各件分别统计", "one": "拆分后的仍按一件统计"}
DEFAULT_COUNTING: dict[str, str] = {"merged": "each", "split": "one"}
"""One declared policy, used everywhere."""

MOST_DAYS = 120
"""How many working days a limit of one's own may be."""

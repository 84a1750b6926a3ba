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
ONLINE_REVIEW = "onrequest.online_review"
RETENTION = "onrequest.retention"

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
    ONLINE_REVIEW: "网上申请行政复议的渠道",
    RETENTION: "案卷的保管期限",
}
"""Every key in words, for the list of what was set."""

STAGES: dict[str, str] = {"handler": "承办人", "head": "工作机构负责人", "competent": "主管部门"}
"""Whom a reminder goes to, in the order in which they are reminded."""

DEFAULT_REMINDERS: dict[str, int] = {"handler": 5, "head": 3, "competent": 1}
"""Working days before the due day, until an office sets its own."""

MERGED: dict[str, str] = {"each": "每件各计一件", "leading": "当年只计主件"}
SPLIT: dict[str, str] = {"each": "每部分各计一件", "paper": "按原申请书计一件"}
DEFAULT_COUNTING: dict[str, str] = {"merged": "each", "split": "each"}
"""One declared policy, used everywhere."""

PERIODS = ("永久", "30年", "10年")
DEFAULT_RETENTION: dict[str, str] = {"ordinary": "10年", "disputed": "30年"}
RETAINED: dict[str, str] = {"ordinary": "一般申请案件", "disputed": "有行政复议、行政诉讼或者投诉举报的案件"}
"""How long a case is kept, by what became of it."""

MOST_DAYS = 120
"""How many working days a limit of one's own may be."""

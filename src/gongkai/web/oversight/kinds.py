"""What states and acts are called: a task is confirmed, a problem is struck off the list."""

from __future__ import annotations

STATES: dict[str, dict[str, str]] = {
    "task": {"open": "办理中", "answered": "待复核", "done": "已完成", "withdrawn": "已撤销"},
    "problem": {"open": "待整改", "answered": "待复查", "done": "已销号", "withdrawn": "已撤销"},
}
"""What a state is called, by kind."""
ACTS: dict[str, dict[str, str]] = {
    "task": {
        "assign": "分解任务",
        "report": "报告进展",
        "answer": "报告完成",
        "return": "退回",
        "close": "确认完成",
        "change": "改期",
        "withdraw": "撤销",
        "reopen": "重新办理",
    },
    "problem": {
        "assign": "交办问题",
        "report": "报告进展",
        "answer": "反馈整改",
        "return": "复查退回",
        "close": "复查销号",
        "change": "改期",
        "withdraw": "撤销",
        "reopen": "重新整改",
    },
}
"""What an act is called, by kind."""

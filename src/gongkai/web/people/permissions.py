"""Who may: role × act × whose. The one table; policies read it and nothing else."""

from __future__ import annotations

from typing import Literal

Whose = Literal["own", "passed_on", "other"]
EVERYONE: tuple[Whose, ...] = ("own", "passed_on", "other")

ACTS: dict[str, str] = {
    "annual.look": "查看年度报告",
    "annual.hand_in": "交入年度报告",
    "annual.place": "指定报告所属的机关和年度",
    "annual.judge": "确认或者排除问题",
    "annual.correct": "更正读取的数据",
    "annual.set_aside": "将一份报告移出列表",
    "annual.write": "导出报告、批注和通知",
    "organs.keep_list": "维护机关名录",
}

DONE: dict[str, str] = {
    "annual.hand_in": "交入",
    "annual.read": "读取",
    "annual.read_again": "要求重新读取",
    "annual.place": "确定所属机关和年度",
    "annual.confirm_finding": "确认一个问题",
    "annual.dismiss_finding": "排除一个问题",
    "annual.withdraw_finding": "撤回对一个问题的处理",
    "annual.correct_cell": "更正一格",
    "annual.set_aside": "移出列表",
    "annual.take_back": "恢复到列表",
}
"""What was done, as the page of a report tells it."""

ROLES: dict[str, str] = {
    "local_operator": "本机操作人",
    "onlooker": "查阅人",
}

PERMISSIONS: dict[str, dict[str, tuple[Whose, ...]]] = {
    "local_operator": dict.fromkeys(ACTS, EVERYONE),
    "onlooker": {"annual.look": EVERYONE, "annual.write": EVERYONE},
}

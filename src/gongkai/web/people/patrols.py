"""What was done about walks and what they met, as the audit tells it."""

from __future__ import annotations

PATROLS: dict[str, str] = {
    "patrol.bring_in": "导入巡查结果",
    "patrol.begin_own": "巡查本系统的网页",
    "patrol.assign": "分办巡查发现的问题",
    "patrol.answer": "反馈巡查问题的处理情况",
    "patrol.verify": "复查办结巡查发现的问题",
    "patrol.dismiss": "排除巡查发现的问题",
    "patrol.reopen": "重新办理巡查发现的问题",
}

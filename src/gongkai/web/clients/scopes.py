"""What a token may be good for."""

from __future__ import annotations

from datetime import date

SCOPES: dict[str, str] = {
    "intake": "提交申请",
    "state": "按编号查询办理状态",
    "ledger": "逐页读取有变动的申请",
    "statistics": "读取统计数据",
    "personal": "在查询结果中包含申请人信息和申请内容",
}
"""Each scope in words. `personal` widens `state`; by itself it opens nothing."""

WEBHOOK_EVENTS: dict[str, str] = {
    "application.received": "申请已登记",
    "application.state_changed": "办理状态有变化",
    "application.delivered": "答复已送达",
}
"""What another system can be told of. The call holds the number and the state, and nothing else of the case."""

PER_MINUTE = 120
MOST_PER_MINUTE = 6000
LONGEST_DAYS = 366


def over(expires_on: date, today: date) -> bool:
    """Whether a token is past its last day."""
    return expires_on < today

"""What was done about proactive disclosure, as the audit tells it."""

from __future__ import annotations

CATALOGUE: dict[str, str] = {
    "proactive.begin": "建立目录条目",
    "proactive.write_version": "写一稿",
    "proactive.drafted": "记入：起草、修改",
    "proactive.submitted": "送审",
    "proactive.passed": "审查通过",
    "proactive.returned": "退回",
    "proactive.recalled": "收回送审的条目",
    "proactive.released": "发布",
    "proactive.kept": "归入目录，不主动公开",
    "proactive.withdrawn": "撤回已公开的条目",
    "proactive.expired": "记入：公开期满",
    "proactive.corrected": "开始更正",
    "proactive.abandoned": "作废草稿",
    "proactive.opened": "记入：协商、报批开始",
    "proactive.settled": "记入：协商、报批有结果",
    "proactive.reevaluated": "记入：评估不予公开的信息",
    "proactive.give_number": "编索引号",
    "proactive.link": "关联两个条目",
    "proactive.unlink": "解除关联",
    "proactive.open_matter": "与其他机关协商、报请批准",
    "proactive.settle_matter": "登记协商、报批的结果",
    "proactive.clarify": "登记虚假、不完整信息和澄清",
    "proactive.change_validity": "登记文件的修改、失效、废止",
    "proactive.void_validity": "作废一条有效性记录",
    "proactive.reevaluate": "评估不予公开的信息",
    "review.check": "发布前检查",
    "review.decide_hint": "对一处提示作出判断",
}

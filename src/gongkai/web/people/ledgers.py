"""What was done in the registers, as the audit tells it."""

from __future__ import annotations

LEDGERS: dict[str, str] = {
    "registers.enter": "在台账登记一行",
    "registers.correct": "更正台账的一行",
    "registers.void": "作废台账的一行",
    "registers.bring": "导入台账",
    "registers.nothing": "说明一期没有可登记的",
    "registers.take_back_nothing": "收回没有可登记的说明",
    "registers.draft_list": "由台账生成公开清单的草稿",
    "registers.renew_list": "按台账重做公开清单的草稿",
}

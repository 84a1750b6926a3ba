"""What was done about an organ's own report, as the audit tells it."""

from __future__ import annotations

ISSUING: dict[str, str] = {
    "issuing.answer": "答复核对提出的存疑",
    "issuing.hand_over": "将年度报告送签",
    "issuing.take_back": "撤回送签的年度报告",
    "issuing.return": "退回送签的年度报告",
    "issuing.sign": "签发年度报告",
    "issuing.enter_paper": "录入年度报告的纸质签发",
    "issuing.freeze": "年度报告定稿",
    "issuing.note": "说明定稿后的变动不作更正",
    "issuing.publish": "公布定稿的年度报告",
    "issuing.archive": "将年度报告归档",
}

"""What was done in assessments, as the audit tells it."""

from __future__ import annotations

ASSESSING: dict[str, str] = {
    "assessment.save_scheme": "保存考核方案",
    "assessment.open_round": "发起考核",
    "assessment.make_known": "公布考核排名",
    "assessment.reckon": "按记录计算考核指标",
    "assessment.mark_self": "填写自评",
    "assessment.mark_scored": "评分",
    "assessment.mark_reviewed": "复核时调整评分",
    "assessment.mark_appeal": "依申诉调整评分",
    "assessment.prove": "存入佐证材料",
    "assessment.take_back": "撤回佐证材料",
    "assessment.handed_in": "提交自评",
    "assessment.returned": "退回自评",
    "assessment.scored": "评分完毕",
    "assessment.sent_back": "退回重新评分",
    "assessment.reviewed": "复核通过，告知结果",
    "assessment.appealed": "提出申诉",
    "assessment.replied": "答复申诉",
    "assessment.accepted": "对考核结果无异议",
    "assessment.finished": "定为最终结果",
    "assessment.reopened": "更正最终结果",
    "assessment.keep_result": "保存最终结果",
    "assessment.send_mock": "登记模拟申请",
    "assessment.find_mock": "登记模拟申请的结果",
    "assessment.take_package": "导出佐证材料包",
}

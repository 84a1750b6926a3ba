"""What was done in supervision, as the audit tells it."""

from __future__ import annotations

SUPERVISING: dict[str, str] = {
    "oversight.keep_evidence": "存入证明材料",
    "oversight.keep_point": "填写年度工作要点",
    "oversight.duty_assign": "交办任务或者问题",
    "oversight.duty_report": "报告任务进展",
    "oversight.duty_answer": "报告办理结果",
    "oversight.duty_return": "退回办理结果",
    "oversight.duty_close": "确认完成或者销号",
    "oversight.duty_change": "改期",
    "oversight.duty_withdraw": "撤销任务或者问题",
    "oversight.duty_reopen": "重新办理",
    "oversight.keep_checklist": "编制检查清单",
    "oversight.begin_inspection": "开始检查",
    "oversight.judge": "记录一项检查结果",
    "oversight.end_inspection": "结束检查、交办问题",
    "oversight.draft_notice": "起草通知",
    "oversight.edit_notice": "修改通知",
    "oversight.drop_notice": "不再发出通知",
    "oversight.send_notice": "发出通知",
    "oversight.notice_receive": "签收通知",
    "oversight.notice_reply": "回复通知",
    "oversight.keep_training": "填写培训",
    "oversight.sign_in": "培训签到",
    "oversight.enter_attendance": "登记参加培训的人员",
    "oversight.keep_paper": "填写测试题",
    "oversight.sit_test": "参加测试",
    "oversight.enter_accountability": "登记责任追究",
    "oversight.void_accountability": "作废责任追究的一条登记",
    "oversight.see_personal": "查看参加培训人员的姓名",
}

"""The table of the law's numbers. One row a number; a number of a later day is a further row of the same key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.citations import (
    LIMIT_OF_OTHER_ORGAN,
    LIMIT_OF_THIRD_PARTY,
    LIMIT_TO_ASK_FOR_SUPPLEMENT,
    LIMIT_TO_EXTEND,
    LIMIT_TO_PUBLISH,
    LIMIT_TO_RECONSIDER,
    LIMIT_TO_REPLY,
    LIMIT_TO_SUE,
    LIMIT_TO_SUE_AFTER_RECONSIDERATION,
    LITIGATION,
    RECONSIDERATION,
    Citation,
)

LITIGATION_INTERPRETED = "最高人民法院关于适用《行政诉讼法》的解释"
BUDGET = "预算法"
BUDGET_IMPLEMENTED = "预算法实施条例"
PROCUREMENT = "政府采购法实施条例"
PENALTIES = "行政处罚法"
MAJOR_DECISIONS = "重大行政决策程序暂行条例"

REGULATIONS_2019 = date(2019, 5, 15)
RECONSIDERATION_2023 = date(2024, 1, 1)
PENALTIES_2021 = date(2021, 7, 15)
MAJOR_DECISIONS_2019 = date(2019, 9, 1)
FEES_2020 = date(2021, 1, 1)
BUDGET_2020 = date(2020, 10, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One number: what it is, from when on, and where it is written.

    `amount` None: repealed from `since` on. `citation` None: a rule of this system.
    """

    key: str
    says: str
    amount: int | None
    unit: str
    counts_from: str
    since: date
    citation: Citation | None


def _regulations(key: str, says: str, amount: int, counts_from: str, citation: Citation) -> Row:
    return Row(key, says, amount, "workday", counts_from, REGULATIONS_2019, citation)


def _reconsideration(
    key: str, says: str, amount: int, unit: str, counts_from: str, article: str, quotation: str
) -> Row:
    citation = Citation(RECONSIDERATION, article, quotation)
    return Row(key, says, amount, unit, counts_from, RECONSIDERATION_2023, citation)


def _litigation(key: str, says: str, amount: int, unit: str, counts_from: str, article: str, quotation: str) -> Row:
    return Row(key, says, amount, unit, counts_from, REGULATIONS_2019, Citation(LITIGATION, article, quotation))


_APPLICATION = (
    _regulations("reply", "答复申请", 20, "收到申请之日", LIMIT_TO_REPLY),
    _regulations("extension", "延长答复期限，合计最长", 20, "原期限届满之日", LIMIT_TO_EXTEND),
    _regulations("supplement_notice", "告知补正", 7, "收到申请之日", LIMIT_TO_ASK_FOR_SUPPLEMENT),
    _regulations("third_party_reply", "第三方提出意见", 15, "第三方收到征求意见书之日", LIMIT_OF_THIRD_PARTY),
    _regulations("organ_reply", "被征求意见机关提出意见", 15, "该机关收到征求意见书之日", LIMIT_OF_OTHER_ORGAN),
    Row("payment", "缴纳信息处理费", 20, "workday", "收到收费通知之日", FEES_2020, None),
)

_PUBLICATION = (
    _regulations("publish", "主动公开", 20, "信息形成或者变更之日", LIMIT_TO_PUBLISH),
    Row(
        "publish_budget",
        "公开本级预算、预算调整、决算及报告、报表",
        20,
        "day",
        "批准之日",
        REGULATIONS_2019,
        Citation(BUDGET, "第十四条第一款", "应当在批准后二十日内由本级政府财政部门向社会公开"),
    ),
    Row(
        "publish_department_budget",
        "公开部门预算、决算及报表",
        20,
        "day",
        "批复之日",
        REGULATIONS_2019,
        Citation(BUDGET, "第十四条第二款", "应当在批复后二十日内由各部门向社会公开"),
    ),
    Row(
        "publish_unit_budget",
        "公开部门所属单位预算、决算及报表",
        20,
        "day",
        "部门批复之日",
        BUDGET_2020,
        Citation(BUDGET_IMPLEMENTED, "第六条第四款", "应当在部门批复后20日内由单位向社会公开"),
    ),
    Row(
        "publish_award",
        "公告中标、成交结果",
        2,
        "workday",
        "中标、成交供应商确定之日",
        REGULATIONS_2019,
        Citation(PROCUREMENT, "第四十三条第二款", "应当自中标、成交供应商确定之日起2个工作日内"),
    ),
    Row(
        "publish_contract",
        "公告政府采购合同",
        2,
        "workday",
        "合同签订之日",
        REGULATIONS_2019,
        Citation(PROCUREMENT, "第五十条", "采购人应当自政府采购合同签订之日起2个工作日内"),
    ),
    Row(
        "withdraw_penalty",
        "撤回被变更、撤销的行政处罚决定信息",
        3,
        "workday",
        "变更、撤销、确认违法或者无效之日",
        PENALTIES_2021,
        Citation(PENALTIES, "第四十八条第二款", "行政机关应当在三日内撤回行政处罚决定信息并公开说明理由"),
    ),
    Row(
        "consult_the_public",
        "重大行政决策公开征求意见，一般不少于",
        30,
        "day",
        "公开征求意见之日",
        MAJOR_DECISIONS_2019,
        Citation(MAJOR_DECISIONS, "第十五条第一款", "公开征求意见的期限一般不少于30日"),
    ),
)

_RECONSIDERATION = (
    Row(
        "reconsideration_apply",
        "申请行政复议",
        60,
        "day",
        "知道或者应当知道该行政行为之日",
        RECONSIDERATION_2023,
        LIMIT_TO_RECONSIDER,
    ),
    _reconsideration(
        "reconsideration_apply_uninformed",
        "未告知复议权利、机关、期限的，申请行政复议最长",
        1,
        "year",
        "知道或者应当知道行政行为内容之日",
        "第二十条第三款",
        "自知道或者应当知道行政行为内容之日起最长不得超过一年",
    ),
    _reconsideration(
        "reconsideration_apply_outer",
        "申请行政复议的最长期限",
        5,
        "year",
        "行政行为作出之日",
        "第二十一条",
        "其他行政复议申请自行政行为作出之日起超过五年的，行政复议机关不予受理",
    ),
    _reconsideration(
        "reconsideration_accept",
        "复议机关审查是否受理",
        5,
        "workday",
        "收到行政复议申请之日",
        "第三十条第一款",
        "行政复议机关收到行政复议申请后，应当在五日内进行审查",
    ),
    _reconsideration(
        "reconsideration_supplement_notice",
        "复议机关通知补正",
        5,
        "workday",
        "收到行政复议申请之日",
        "第三十一条第一款",
        "行政复议机关应当自收到申请之日起五日内书面通知申请人补正",
    ),
    _reconsideration(
        "reconsideration_supplement",
        "申请人提交补正材料",
        10,
        "workday",
        "收到补正通知之日",
        "第三十一条第二款",
        "申请人应当自收到补正通知之日起十日内提交补正材料",
    ),
    _reconsideration(
        "reconsideration_copy",
        "复议机构发送申请书副本（普通程序）",
        7,
        "workday",
        "受理之日",
        "第四十八条",
        "行政复议机构应当自行政复议申请受理之日起七日内",
    ),
    _reconsideration(
        "reconsideration_answer",
        "被申请人书面答复（普通程序）",
        10,
        "workday",
        "收到申请书副本之日",
        "第四十八条",
        "被申请人应当自收到行政复议申请书副本或者行政复议申请笔录复印件之日起十日内，提出书面答复",
    ),
    _reconsideration(
        "reconsideration_copy_simplified",
        "复议机构发送申请书副本（简易程序）",
        3,
        "workday",
        "受理之日",
        "第五十四条第一款",
        "行政复议机构应当自受理行政复议申请之日起三日内",
    ),
    _reconsideration(
        "reconsideration_answer_simplified",
        "被申请人书面答复（简易程序）",
        5,
        "workday",
        "收到申请书副本之日",
        "第五十四条第一款",
        "被申请人应当自收到行政复议申请书副本或者行政复议申请笔录复印件之日起五日内，提出书面答复",
    ),
    _reconsideration(
        "reconsideration_decide",
        "作出复议决定（普通程序）",
        60,
        "day",
        "受理之日",
        "第六十二条第一款",
        "行政复议机关应当自受理申请之日起六十日内作出行政复议决定",
    ),
    _reconsideration(
        "reconsideration_extend",
        "复议期限延长，最多",
        30,
        "day",
        "原期限届满之日",
        "第六十二条第一款",
        "延长期限最多不得超过三十日",
    ),
    _reconsideration(
        "reconsideration_decide_simplified",
        "作出复议决定（简易程序）",
        30,
        "day",
        "受理之日",
        "第六十二条第二款",
        "行政复议机关应当自受理申请之日起三十日内作出行政复议决定",
    ),
    _reconsideration(
        "litigation_after_refusal",
        "复议前置案件被不予受理、驳回或者逾期不作答复后起诉",
        15,
        "day",
        "收到决定书或者复议期限届满之日",
        "第三十四条",
        "可以自收到决定书之日起或者行政复议期限届满之日起十五日内，依法向人民法院提起行政诉讼",
    ),
)

_LITIGATION = (
    Row(
        "litigation_direct",
        "直接提起行政诉讼",
        6,
        "month",
        "知道或者应当知道作出行政行为之日",
        REGULATIONS_2019,
        LIMIT_TO_SUE,
    ),
    Row(
        "litigation_after_reconsideration",
        "不服复议决定起诉",
        15,
        "day",
        "收到复议决定书之日",
        REGULATIONS_2019,
        LIMIT_TO_SUE_AFTER_RECONSIDERATION,
    ),
    Row(
        "litigation_inaction",
        "对不履行法定职责起诉",
        6,
        "month",
        "履行期限届满之日",
        REGULATIONS_2019,
        Citation(LITIGATION_INTERPRETED, "第六十六条", "应当在行政机关履行法定职责期限届满之日起六个月内提出"),
    ),
    _litigation(
        "litigation_answer",
        "被告提交证据、依据和答辩状",
        15,
        "day",
        "收到起诉状副本之日",
        "第六十七条第一款",
        "被告应当在收到起诉状副本之日起十五日内向人民法院提交作出行政行为的证据和所依据的规范性文件",
    ),
    _litigation(
        "litigation_first_instance",
        "第一审判决",
        6,
        "month",
        "立案之日",
        "第八十一条",
        "人民法院应当在立案之日起六个月内作出第一审判决",
    ),
    _litigation(
        "litigation_simplified",
        "简易程序审结",
        45,
        "day",
        "立案之日",
        "第八十三条",
        "应当在立案之日起四十五日内审结",
    ),
    _litigation(
        "appeal_judgment",
        "对判决上诉",
        15,
        "day",
        "判决书送达之日",
        "第八十五条",
        "有权在判决书送达之日起十五日内向上一级人民法院提起上诉",
    ),
    _litigation(
        "appeal_ruling",
        "对裁定上诉",
        10,
        "day",
        "裁定书送达之日",
        "第八十五条",
        "有权在裁定书送达之日起十日内向上一级人民法院提起上诉",
    ),
)

ROWS: tuple[Row, ...] = (*_APPLICATION, *_PUBLICATION, *_RECONSIDERATION, *_LITIGATION)

"""Who may: role × act × whose. The one table; policies read it and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Whose = Literal["own", "passed_on", "other"]
WHOSE: dict[Whose, str] = {"own": "本机关的", "passed_on": "转来或者请求协助的", "other": "其他机关的"}
OWN: tuple[Whose, ...] = ("own",)
NEAR: tuple[Whose, ...] = ("own", "passed_on")
EVERYONE: tuple[Whose, ...] = ("own", "passed_on", "other")
OTHERS: tuple[Whose, ...] = ("passed_on", "other")
"""What nobody may do for their own organ: judging it."""

ACTS: dict[str, str] = {
    "annual.look": "查看年度报告",
    "annual.hand_in": "交入年度报告",
    "annual.place": "指定报告所属的机关和年度",
    "annual.judge": "确认或者排除问题",
    "annual.correct": "更正读取的数据",
    "annual.set_aside": "将一份报告移出列表",
    "annual.write": "导出报告、批注和通知",
    "annual.publish": "在门户公布和撤回年度报告",
    "compilation.look": "查看年报的数据和后面的记录",
    "compilation.enter": "填报年报的数据、更改上年结转",
    "narrative.look": "查看年度报告的文字",
    "narrative.write": "撰写年度报告的文字、合并两稿",
    "collection.look": "查看全县年报的汇总和各期统计",
    "collection.keep": "指定汇总按哪里的数计入、管理上报模板",
    "issuing.look": "查看年度报告的送签、定稿和变动",
    "issuing.hand_over": "答复存疑、送签和撤回年度报告、录入纸质签发",
    "issuing.sign": "签发和退回年度报告",
    "issuing.freeze": "年度报告定稿、归档、说明变动",
    "issuing.publish": "公布和撤回定稿的年度报告",
    "onrequest.look": "查看申请的办理情况",
    "onrequest.see_personal": "查看申请人的个人信息",
    "onrequest.register": "登记申请",
    "onrequest.mail_room": "登记和移交收到的信件",
    "onrequest.assign": "分办申请",
    "onrequest.handle": "办理申请",
    "onrequest.assist": "协助检索、出具意见并反馈结果",
    "onrequest.ask_supplement": "告知补正",
    "onrequest.consult": "征求意见",
    "onrequest.extend": "延长答复期限",
    "onrequest.draft_decision": "拟写答复",
    "onrequest.review": "审核答复",
    "onrequest.approve": "批准答复",
    "onrequest.sign": "签发",
    "onrequest.number": "编文号",
    "onrequest.seal": "用印登记",
    "onrequest.deliver": "送达",
    "onrequest.archive": "归档",
    "onrequest.redact": "区分处理文件",
    "onrequest.secrecy_file": "处理被隔离的涉密标志文件",
    "onrequest.dispute": "登记行政复议和行政诉讼",
    "onrequest.complaint": "办理投诉举报",
    "onrequest.correct_record": "办理更正本人信息的申请",
    "onrequest.import_ledger": "导入台账",
    "onrequest.carry_packages": "导出和导入两网之间的数据包",
    "onrequest.export": "导出申请清单",
    "onrequest.statistics": "查看申请办理的统计",
    "onrequest.merge": "合并或者拆分申请",
    "onrequest.reopen": "依复议决定或者判决重新办理",
    "proactive.look": "查看目录条目（含未公开的）",
    "proactive.draft": "起草、修改和送审条目",
    "proactive.coordinate": "登记协商、报批和有效性变动",
    "proactive.check": "检查正文和附件、判断提示",
    "proactive.review_secrecy": "保密审查",
    "proactive.review_first": "初审",
    "proactive.review_second": "复审",
    "proactive.review_legality": "合法性审核",
    "proactive.review_final": "终审",
    "proactive.release": "发布和归入目录",
    "proactive.withdraw": "撤回已公开的条目",
    "proactive.reevaluate": "评估不予公开的信息",
    "interaction.look": "查看来信和意见征集的办理情况",
    "interaction.see_personal": "查看来信人的个人信息和原文",
    "interaction.register": "登记信函、电话、当面的来信",
    "interaction.route": "转办来信",
    "interaction.answer": "办理来信、起草答复和公开内容",
    "interaction.assist": "会办来信",
    "interaction.review": "审核答复和公开内容",
    "interaction.set_aside": "将来信归为不予办理、恢复办理",
    "interaction.withdraw": "撤下已公开的来信和答复",
    "interaction.consult": "办理意见征集",
    "interaction.hotline": "导入热线台账、确认热点问题",
    "interaction.statistics": "查看来信和热线的统计",
    "interaction.set": "设置答复时间",
    "registers.look": "查看台账",
    "registers.enter": "登记、更正、作废和导入台账",
    "coverage.look": "查看标准目录的覆盖情况",
    "coverage.place": "把条目对应到标准目录",
    "coverage.declare": "说明不涉及标准目录的某一行",
    "coverage.keep": "导入标准目录、指定公开主体",
    "cms.look": "查看网站导出、核对和迁入的情况",
    "cms.export": "登记上线、核对网站、认定和派办",
    "cms.migrate": "迁入旧网站",
    "cms.keep": "设置导出的网站",
    "patrol.look": "查看网站巡查发现的问题",
    "patrol.carry": "导入巡查结果、巡查本系统的网页",
    "patrol.assign": "分办巡查发现的问题、设置归口和天数",
    "patrol.answer": "反馈巡查问题的处理情况",
    "patrol.verify": "复查、排除和重新办理巡查发现的问题",
    "oversight.look": "查看督查任务、问题和通知",
    "oversight.assign": "分解任务、交办问题、改期和撤销",
    "oversight.report": "报告任务进展、反馈整改、签收和回复通知",
    "oversight.verify": "复核任务、复查和销号",
    "oversight.inspect": "编制检查清单、开展检查",
    "oversight.train": "举办培训、登记参加人员、填写测试题",
    "oversight.learn": "参加培训和测试",
    "oversight.notify": "起草督办通知、整改通知和通报",
    "oversight.send": "发出督办通知、整改通知和通报",
    "oversight.account": "登记责任追究",
    "assessment.look": "查看考核的指标、得分和材料",
    "assessment.report": "填写自评、提交佐证材料、提出申诉",
    "assessment.score": "考核评分",
    "assessment.review": "复核考核评分、答复申诉",
    "assessment.keep": "制定考核方案、发起考核、确定最终结果",
    "assessment.ranking": "查看已经公布的考核排名",
    "assessment.mock": "登记模拟申请",
    "files.precheck": "公开前检查文件",
    "erasure.look": "查看个人信息的保存和删除",
    "erasure.confirm": "确认删除期满的个人信息",
    "rules.look": "查看本县设置",
    "rules.set": "修改本县设置",
    "messages.look": "查看短信和邮件的发送情况",
    "api.keep_clients": "管理接口的接入方",
    "organs.keep_list": "维护机关名录",
    "organs.keep_tree": "维护机关设置",
    "people.look": "查看人员名单",
    "people.keep": "管理人员和账号",
    "people.appoint": "授予或者收回身份",
    "people.hand_over": "移交工作",
    "people.own_account": "管理本人账号",
    "audit.look": "查看审计记录",
    "audit.verify": "校验审计记录",
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
    "annual.publish": "在门户公布",
    "annual.withdraw": "从门户撤回",
}
"""What was done, as the page of a report tells it."""

ROLES: dict[str, str] = {
    "mail_room": "收发室人员",
    "clerk": "承办人",
    "reviewer": "审核人",
    "head": "工作机构负责人",
    "leader": "机关负责人",
    "secrecy": "保密审查员",
    "legality": "合法性审核员",
    "competent": "主管部门工作人员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
    "local_operator": "本机操作人",
    "onlooker": "查阅人",
    "unappointed": "尚未授予身份",
    "applicant": "申请人（网上）",
    "api_client": "接入方（其他系统）",
}

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
"""Three different people; none of them holds any other role."""
APART = ("clerk", "reviewer", "head")
"""Stages of one decision: two of them in one hand at one organ only under a recorded exception."""
APPOINTED = tuple(role for role in ROLES if role not in ("local_operator", "unappointed", "applicant", "api_client"))
"""What a person can be appointed as. The local operator is nobody's appointment.

`applicant` stands for whoever acts on line on the portal, `api_client` for a system that calls us: names in the audit
that cannot log in and may do nothing.
"""


def _each(whose: tuple[Whose, ...], acts: Iterable[str]) -> dict[str, tuple[Whose, ...]]:
    return dict.fromkeys(acts, whose)


def _onrequest(words: str) -> list[str]:
    return [f"onrequest.{word}" for word in words.split()]


def _proactive(words: str) -> list[str]:
    return [f"proactive.{word}" for word in words.split()]


def _interaction(words: str) -> list[str]:
    return [f"interaction.{word}" for word in words.split()]


_SUPERVISES = ("look", "assign", "verify", "inspect", "train", "notify", "send", "account", "learn")
_ANYONE = _each(EVERYONE, ["people.own_account"])
_ANNUAL_READER = _each(EVERYONE, ["annual.look", "annual.write"])

PERMISSIONS: dict[str, dict[str, tuple[Whose, ...]]] = {
    "mail_room": {
        **_ANYONE,
        **_each(OWN, _onrequest("mail_room deliver")),
        **_each(NEAR, ["oversight.learn"]),
    },
    "clerk": {
        **_ANYONE,
        **_each(EVERYONE, ["files.precheck"]),
        **_ANNUAL_READER,
        **_each(NEAR, _onrequest("assist")),
        **_each(OWN, _onrequest("look see_personal handle draft_decision redact")),
        **_each(
            OWN, _onrequest("register mail_room ask_supplement consult extend number seal deliver archive dispute")
        ),
        **_each(OWN, _onrequest("complaint correct_record import_ledger export statistics merge")),
        **_each(OWN, _proactive("look draft coordinate check release withdraw")),
        **_each(OWN, ["coverage.look", "coverage.place", "coverage.declare"]),
        **_each(NEAR, _interaction("look assist")),
        **_each(OWN, _interaction("see_personal register answer consult statistics")),
        **_each(OWN, ["rules.look"]),
        **_each(OWN, ["registers.look", "registers.enter"]),
        **_each(OWN, ["compilation.look", "compilation.enter"]),
        **_each(OWN, ["patrol.look", "patrol.answer"]),
        **_each(OWN, ["oversight.look", "oversight.report", "oversight.train"]),
        **_each(NEAR, ["oversight.learn"]),
        **_each(OWN, ["narrative.look", "narrative.write"]),
        **_each(OWN, ["issuing.look", "issuing.hand_over", "issuing.freeze"]),
        **_each(OWN, ["assessment.look", "assessment.report"]),
        **_each(EVERYONE, ["assessment.ranking"]),
    },
    "reviewer": {
        **_ANYONE,
        **_each(EVERYONE, ["files.precheck"]),
        **_ANNUAL_READER,
        **_each(NEAR, _onrequest("assist")),
        **_each(OWN, _onrequest("look see_personal review")),
        **_each(OWN, _onrequest("export statistics")),
        **_each(OWN, _proactive("look check review_first review_second")),
        **_each(OWN, ["coverage.look"]),
        **_each(OWN, _interaction("look see_personal review statistics")),
        **_each(OWN, ["rules.look"]),
        **_each(OWN, ["registers.look"]),
        **_each(OWN, ["compilation.look"]),
        **_each(OWN, ["patrol.look"]),
        **_each(OWN, ["oversight.look"]),
        **_each(NEAR, ["oversight.learn"]),
        **_each(OWN, ["narrative.look"]),
        **_each(OWN, ["issuing.look"]),
        **_each(OWN, ["assessment.look"]),
        **_each(EVERYONE, ["assessment.ranking"]),
    },
    "head": {
        **_ANYONE,
        **_each(EVERYONE, ["files.precheck"]),
        **_ANNUAL_READER,
        **_each(OWN, ["annual.publish"]),
        **_each(NEAR, _onrequest("assist")),
        **_each(OWN, _onrequest("look see_personal assign")),
        **_each(OWN, _onrequest("approve sign extend secrecy_file dispute complaint correct_record archive")),
        **_each(OWN, _onrequest("export statistics merge reopen")),
        **_each(
            OWN,
            _proactive("look check review_secrecy review_first review_second review_final release withdraw reevaluate"),
        ),
        **_each(OWN, ["coverage.look", "coverage.place", "coverage.declare"]),
        **_each(NEAR, _interaction("look assist")),
        **_each(OWN, _interaction("see_personal review set_aside withdraw consult statistics set")),
        **_each(OWN, ["rules.look", "rules.set", "people.look", "people.hand_over"]),
        **_each(OWN, ["erasure.look", "erasure.confirm"]),
        **_each(OWN, ["registers.look", "registers.enter"]),
        **_each(OWN, ["compilation.look", "compilation.enter"]),
        **_each(OWN, ["patrol.look", "patrol.answer"]),
        **_each(OWN, ["oversight.look", "oversight.report", "oversight.train"]),
        **_each(NEAR, ["oversight.learn"]),
        **_each(OWN, ["narrative.look", "narrative.write"]),
        **_each(OWN, [f"issuing.{word}" for word in ("look", "hand_over", "sign", "freeze", "publish")]),
        **_each(OWN, ["assessment.look", "assessment.report"]),
        **_each(EVERYONE, ["assessment.ranking"]),
    },
    "leader": {
        **_ANYONE,
        **_ANNUAL_READER,
        **_each(OWN, _proactive("look check review_second review_final withdraw")),
        **_each(OWN, ["coverage.look"]),
        **_each(OWN, ["rules.look"]),
        **_each(OWN, ["registers.look"]),
        **_each(OWN, ["compilation.look"]),
        **_each(OWN, ["patrol.look"]),
        **_each(OWN, ["oversight.look"]),
        **_each(NEAR, ["oversight.learn"]),
        **_each(OWN, ["narrative.look"]),
        **_each(OWN, ["issuing.look", "issuing.sign"]),
        **_each(OWN, ["assessment.look"]),
        **_each(EVERYONE, ["assessment.ranking"]),
    },
    "secrecy": {
        **_ANYONE,
        **_each(OWN, _proactive("look check review_secrecy reevaluate")),
        **_each(NEAR, ["oversight.learn"]),
    },
    "legality": {
        **_ANYONE,
        **_each(OWN, _proactive("look check review_legality")),
        **_each(NEAR, ["oversight.learn"]),
    },
    "competent": {
        **_ANYONE,
        **_each(EVERYONE, ["files.precheck"]),
        **_each(EVERYONE, [act for act in ACTS if act.startswith("annual.")]),
        **_each(EVERYONE, _onrequest("look statistics export complaint import_ledger carry_packages")),
        **_each(OWN, _onrequest("see_personal")),
        **_each(EVERYONE, _proactive("look check withdraw")),
        **_each(OWN, _proactive("review_secrecy review_first review_second review_legality review_final")),
        **_each(OWN, _proactive("draft coordinate release reevaluate")),
        **_each(EVERYONE, ["coverage.look", "coverage.keep"]),
        **_each(OWN, ["coverage.place", "coverage.declare"]),
        **_each(EVERYONE, _interaction("look route set_aside withdraw hotline statistics set")),
        **_each(OWN, _interaction("see_personal register answer review consult")),
        **_each(EVERYONE, ["cms.look", "cms.export", "cms.migrate"]),
        **_each(EVERYONE, ["rules.look", "rules.set", "messages.look", "organs.keep_list", "people.look"]),
        **_each(EVERYONE, ["erasure.look"]),
        **_each(OWN, ["erasure.confirm"]),
        **_each(EVERYONE, ["registers.look"]),
        **_each(EVERYONE, ["collection.look", "collection.keep"]),
        **_each(OWN, ["registers.enter"]),
        **_each(EVERYONE, ["compilation.look"]),
        **_each(OWN, ["compilation.enter"]),
        **_each(EVERYONE, ["patrol.look", "patrol.carry", "patrol.assign", "patrol.verify"]),
        **_each(OWN, ["patrol.answer"]),
        **_each(EVERYONE, [f"oversight.{word}" for word in _SUPERVISES]),
        **_each(OWN, ["oversight.report"]),
        **_each(EVERYONE, ["narrative.look"]),
        **_each(OWN, ["narrative.write"]),
        **_each(EVERYONE, ["issuing.look"]),
        **_each(OWN, ["issuing.hand_over", "issuing.freeze", "issuing.publish"]),
        **_each(EVERYONE, ["assessment.look", "assessment.keep", "assessment.ranking"]),
        **_each(OTHERS, ["assessment.score", "assessment.review", "assessment.mock"]),
        **_each(OWN, ["assessment.report"]),
    },
    "system_admin": {
        **_ANYONE,
        **_each(EVERYONE, ["people.look", "people.keep", "organs.keep_tree"]),
        **_each(EVERYONE, ["api.keep_clients", "messages.look", "cms.look", "cms.keep"]),
    },
    "security_admin": {
        **_ANYONE,
        **_each(EVERYONE, ["people.look", "people.appoint", "people.hand_over"]),
    },
    "audit_admin": {
        **_ANYONE,
        **_each(EVERYONE, ["audit.look", "audit.verify", "people.look"]),
    },
    "local_operator": dict.fromkeys(ACTS, EVERYONE),
    "onlooker": {**_ANYONE, **_ANNUAL_READER},
    "unappointed": _ANYONE,
    "applicant": {},
    "api_client": {},
}

"""What was done, as the audit tells it: one Chinese phrase for each act that services record."""

from __future__ import annotations

from gongkai.web.people.appraising import APPRAISING
from gongkai.web.people.assessing import ASSESSING
from gongkai.web.people.casework import CASEWORK
from gongkai.web.people.catalogue import CATALOGUE
from gongkai.web.people.collecting import COLLECTING
from gongkai.web.people.compiling import COMPILING
from gongkai.web.people.issuing import ISSUING
from gongkai.web.people.ledgers import LEDGERS
from gongkai.web.people.patrols import PATROLS
from gongkai.web.people.permissions import ACTS
from gongkai.web.people.permissions import DONE as ON_REPORTS
from gongkai.web.people.sites import SITES
from gongkai.web.people.supervising import SUPERVISING
from gongkai.web.people.talk import TALK
from gongkai.web.people.words import WORDS

APPS: dict[str, str] = {
    "annual": "年度报告",
    "compilation": "年报数据",
    "narrative": "年报文字",
    "issuing": "年报签发",
    "collection": "年报汇总",
    "oversight": "监督",
    "appraisal": "社会评议",
    "assessment": "考核",
    "onrequest": "依申请公开",
    "proactive": "主动公开",
    "review": "发布审查",
    "guide": "公开指南和专题",
    "interaction": "互动交流",
    "registers": "台账",
    "coverage": "标准目录",
    "cms": "网站导出和迁移",
    "patrol": "网站巡查",
    "rules": "本县设置",
    "messages": "消息",
    "files": "文件",
    "jobs": "后台事项",
    "api": "接口",
    "exchange": "数据包",
    "erasure": "个人信息的删除",
    "organs": "机关",
    "people": "人员",
    "audit": "审计",
}

DONE: dict[str, str] = {
    **ON_REPORTS,
    **CASEWORK,
    **CATALOGUE,
    **SITES,
    **TALK,
    **LEDGERS,
    **ISSUING,
    **PATROLS,
    **APPRAISING,
    **ASSESSING,
    **COMPILING,
    **COLLECTING,
    **WORDS,
    **SUPERVISING,
    "guide.keep": "填写公开指南",
    "guide.bring_in": "将公开指南送入目录",
    "guide.lead_topic": "选定专题的导语条目",
    "annual.open_batch": "交入一批报告",
    "annual.end_demonstration": "结束演示",
    "organs.create_county": "建立本县",
    "organs.name_county": "填写本县名称",
    "organs.list_organ": "列入机关名录",
    "organs.strike_organ": "移出机关名录",
    "organs.found_organ": "登记机关",
    "organs.change_organ": "变更机关",
    "organs.merge_organ": "撤并机关",
    "organs.set_answering": "登记以谁的名义答复",
    "people.create_local_operator": "建立本机操作人",
    "people.create_online_applicant": "建立网上申请人",
    "people.name_client": "以接入方的名义记录",
    "people.add_person": "添加人员",
    "people.appoint": "授予身份",
    "people.end_appointment": "收回身份",
    "people.allow_coinciding": "登记岗位兼任的例外",
    "people.let_go": "登记人员离开",
    "people.hand_over": "移交工作",
    "people.switch_accounts_on": "启用账号",
    "people.open_account": "开通账号",
    "people.close_account": "停用账号",
    "people.reopen_account": "恢复账号",
    "people.unlock": "解锁账号",
    "people.reset_password": "重置口令",
    "people.change_password": "修改口令",
    "people.enrol_second_factor": "设置两步验证",
    "people.reset_second_factor": "清除两步验证",
    "people.rotate_keys": "更换密钥",
    "people.log_in": "登录",
    "people.log_in_failed": "登录失败",
    "people.log_out": "退出登录",
    "people.see_personal": "查看个人信息",
    "onrequest.see_personal": "查看申请人的个人信息",
    "rules.set": "修改本县设置",
    "rules.set_day": "设定地方放假的日子",
    "rules.enter_notice": "录入放假通知",
    "messages.subscribe": "登记接收通知的地址",
    "erasure.erase": "删除期满的个人信息",
    "files.erase": "删除期满的文件",
    "files.store": "存入文件",
    "files.store_report": "存入报告文件",
    "files.isolate": "隔离文件",
    "files.read_isolated": "读取被隔离的文件",
    "files.hand_over": "移交被隔离的文件",
    "api.register_client": "登记接入方",
    "api.end_client": "停用接入方",
    "api.give_token": "发放令牌",
    "api.revoke_token": "撤销令牌",
    "api.set_webhook": "设置通知地址",
    "api.call": "调用接口",
    "api.refuse": "调用接口被拒绝",
    "exchange.add_peer": "登记数据包的对端",
    "exchange.confirm_peer": "确认对端的指纹",
    "exchange.end_peer": "停用对端",
    "exchange.export": "导出数据包",
    "exchange.import": "导入数据包",
    "messages.send": "发送消息",
    "messages.send_again": "重新发送消息",
    "messages.register_client": "登记接入方",
    "messages.end_client": "停用接入方",
}


def app_words(act: str) -> str:
    """The part of the work that an act belongs to."""
    return APPS.get(act.split(".", 1)[0], "其他")


def act_words(act: str) -> str:
    """An act in Chinese; of one that has no phrase at least the part of the work."""
    return DONE.get(act) or ACTS.get(act) or f"{app_words(act)}：其他操作"

"""What a walk can meet: the kinds of hits, how each is called and on what it rests, and why a page was not fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai.law.citations import (
    NO_PERSONAL_INFORMATION_IN_PUBLIC,
    NOT_DISCLOSED,
    OUR_RULE,
    PRIVACY_OF_OTHERS,
    basis,
)

Grade = Literal["grave", "doubt", "note"]
GRADES: dict[Grade, str] = {"grave": "尽快处理", "doubt": "请核实", "note": "请留意"}
"""How much a hit weighs. A person decides on each."""

INDICATORS_2019 = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
SURVEY_2015 = "2015年全国政府网站普查评分规则：“未注明发布时间视为不更新”"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of hit: its name, its weight, what it rests on, and what an organ may do about it."""

    zh: str
    grade: Grade
    basis: str
    what_to_do: str


KINDS: dict[str, Kind] = {
    "dead_link": Kind("死链", "doubt", OUR_RULE, "请改正或者删去页面上的这个链接；目标页面应当在线的，请恢复。"),
    "broken_picture": Kind("图片打不开", "note", OUR_RULE, "请重新上传图片，或者从页面上删去。"),
    "broken_file": Kind("附件打不开", "doubt", OUR_RULE, "请重新上传附件，并核对页面上的链接。"),
    "blank_column": Kind(
        "空白栏目", "grave", f"{INDICATORS_2019}：空白栏目", "请补充内容；不再使用的栏目请撤下或者合并。"
    ),
    "stale_column": Kind(
        "栏目未按期更新", "doubt", f"{INDICATORS_2019}：栏目不更新", "请按期更新；没有应发布的内容的，请说明情况。"
    ),
    "own_stale_column": Kind(
        "栏目超过本单位的更新期限", "note", "本单位设置的更新期限（不是法定期限）", "请按期更新，或者调整本单位的期限。"
    ),
    "undated_column": Kind("栏目列表未注明时间", "doubt", SURVEY_2015, "请在列表中注明每条信息的发布日期。"),
    "undated_item": Kind("未注明发布时间", "doubt", SURVEY_2015, "请在页面上注明发布日期。"),
    "personal": Kind(
        "个人信息", "grave", basis(NO_PERSONAL_INFORMATION_IN_PUBLIC),
        "确有必要公开的，请遮去号码的中间几位，公示期满及时撤下；不必公开的请立即删去。",
    ),
    "private": Kind(
        "个人住址或者敏感情况", "doubt", basis(PRIVACY_OF_OTHERS), "请核对有没有公开的依据；没有的请删去。"
    ),
    "secrecy_mark": Kind(
        "密级标志", "grave", basis(NOT_DISCLOSED), "请立即撤下核查，按保密规定报告本机关保密机构；确系误标的，由定密责任人纠正。"
    ),
    "misspelt": Kind("疑似错别字", "note", OUR_RULE, "请核对原文；引用原话的可以保留。"),
    "sensitive": Kind("敏感词", "doubt", OUR_RULE, "请结合上下文判断，需要时修改。"),
    "leader": Kind("领导姓名和职务", "doubt", OUR_RULE, "请对照最新的任免文件核对姓名、职务和排序。"),
    "template_residue": Kind("模板残留", "doubt", OUR_RULE, "请补充正式内容，或者撤下页面。"),
    "bad_words": Kind(
        "涉赌涉黄等字样", "grave", f"{INDICATORS_2019}：内容被篡改", "请立即核查页面是否被篡改，清除后排查后台账号和漏洞。"
    ),
    "foreign_script": Kind(
        "引用外站脚本", "doubt", OUR_RULE, "请由技术人员核对脚本的来源；不是本单位引用的，按网页被篡改处置。"
    ),
    "hidden_link": Kind(
        "隐藏的外站链接", "grave", f"{INDICATORS_2019}：内容被篡改", "请立即核查页面是否被篡改，清除后排查后台账号和漏洞。"
    ),
    "fixed_parts_changed": Kind(
        "页面框架大幅变动", "doubt", OUR_RULE, "请核对是不是本单位改版；不是的，按网页被篡改处置。"
    ),
    "title_changed": Kind("首页标题变动", "doubt", OUR_RULE, "请核对是不是本单位修改；不是的，按网页被篡改处置。"),
    "insecure_form": Kind(
        "表单未加密传送", "doubt", OUR_RULE, "请改用HTTPS页面和地址接收填写的内容。"
    ),
    "mixed_content": Kind(
        "加密页面引用未加密内容", "note", OUR_RULE, "请把引用的地址改为HTTPS，否则浏览器会拦截。"
    ),
    "unreviewed": Kind(
        "没有审查记录", "doubt", OUR_RULE, "请补做发布审查，或者登记该页面对应的目录条目；不应公开的请撤下。"
    ),
}  # fmt: skip
"""Every kind, in the order in which a summary lists them. `unreviewed` is found where the entries are kept."""

NOT_FETCHED: dict[str, str] = {
    "timeout": "超过等待时间",
    "connect": "连接不上",
    "name": "域名无法解析",
    "tls": "证书或者加密方式不被接受",
    "protocol": "服务器的应答不合规范",
    "short": "内容没有传完",
    "server": "服务器出错",
    "refused": "服务器拒绝访问",
    "too_large": "内容超过上限，没有看完",
    "bomb": "压缩内容异常膨胀",
    "redirects": "跳转次数过多或者循环",
    "outside": "跳转到其他网站",
    "robots": "网站声明不允许抓取",
    "encoding": "无法判断文字编码",
    "address": "地址写法不对",
}
"""Why something was not fetched. Nothing of this ever counts as missing or as dead."""

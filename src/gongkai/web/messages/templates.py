"""Every message that may leave: a fixed list. A text names a case by its number and says the rest in general words.

Who gets the message and what the case is about stand in no text: a phone's screen is read by others too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.web.facts import Refused

FIELDS = ("number",)
"""What a text may be filled with. A case number is made by the system or comes from the office's registry."""

_NUMBER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9〔〕（）()\[\]【】\-—－/. ]{1,40}")
_LONG = re.compile(r"\d{9}")


@dataclass(frozen=True, slots=True)
class Template:
    """One message. `body` is one sentence or two: it must do as a text message as well."""

    code: str
    subject: str
    body: str
    fields: tuple[str, ...] = FIELDS

    def words(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """Subject and body, filled in."""
        return self.subject.format(**fields), self.body.format(**fields)


def _case(code: str, subject: str, body: str) -> Template:
    return Template(code, f"{subject}（{{number}}）", body)


_ALL = (
    _case(
        "application.received", "已收到您的申请", "您的政府信息公开申请已登记，编号{number}。请凭编号和查询码查看进度。"
    ),
    _case(
        "application.supplement_wanted",
        "申请需要补正",
        "编号{number}的申请需要补正，请登录查看补正告知书并在期限内补正。",
    ),
    _case("application.supplement_received", "已收到补正材料", "编号{number}的申请的补正材料已收到。"),
    _case(
        "application.consulting", "正在征求意见", "编号{number}的申请正在征求意见，征求意见所需时间不计算在答复期限内。"
    ),
    _case("application.extended", "答复延期", "编号{number}的申请已延长答复期限，请登录查看延期告知书。"),
    _case("application.answered", "已作出答复", "编号{number}的申请已作出答复，请凭编号和查询码查看。"),
    _case("application.fee", "需要缴纳费用", "编号{number}的申请需要缴纳信息处理费，请登录查看收费通知。"),
    _case("application.withdrawn", "申请已撤回", "编号{number}的申请已按您的要求撤回。"),
    _case("application.file_ready", "文件可以下载", "编号{number}的申请有新的文件，请凭编号和查询码下载。"),
    _case(
        "third_party.consulted", "征求您的意见", "有一件政府信息公开事项征求您的意见，编号{number}，详见征求意见书。"
    ),
    _case("organ.consulted", "征求意见函", "收到征求意见函，编号{number}，请登录系统办理。"),
    _case("complaint.received", "已收到您的投诉", "您的投诉已登记，编号{number}。"),
    _case("complaint.answered", "投诉已处理", "编号{number}的投诉已处理，请凭编号和查询码查看。"),
    _case("letter.received", "已收到您的来信", "您的来信已收到，编号{number}。请凭编号和查询码查看答复。"),
    _case("letter.answered", "来信已答复", "编号{number}的来信已答复，请凭编号和查询码查看并评价。"),
    _case("letter.closed", "来信已处理", "编号{number}的来信已处理，请凭编号和查询码查看。"),
    _case("desk.assigned", "有新的待办", "编号{number}的事项已交由您办理，请登录系统查看。"),
    _case("desk.review_wanted", "有待审核的事项", "编号{number}的事项等待您审核，请登录系统查看。"),
    _case("desk.due_soon", "事项即将到期", "编号{number}的事项即将到期，请登录系统查看。"),
    _case("desk.overdue", "事项已超期", "编号{number}的事项已超过答复期限，请登录系统查看。"),
    _case("desk.unregistered_mail", "已签收未登记", "编号{number}的邮件已签收但尚未登记，请登录系统查看。"),
    _case("desk.report_due", "年度报告的报送", "您单位的{number}还没有完成报送，请登录系统查看。"),
    Template("desk.digest", "今日待办提醒", "您有待办的政府信息公开事项，请登录系统查看。", ()),
)

TEMPLATES: dict[str, Template] = {template.code: template for template in _ALL}

EVENTS = (
    "application.received",
    "application.supplement_wanted",
    "application.supplement_received",
    "application.consulting",
    "application.extended",
    "application.answered",
    "application.withdrawn",
    "application.closed",
    "application.state_changed",
    "application.delivered",
    "complaint.received",
    "complaint.answered",
)
"""What another system may be told of; it gets the code, the number, the state and the moment, and asks for the rest by its token."""


def check_fields(template: str, fields: Mapping[str, str]) -> Template:
    """The template, when it is on the list and is filled with nothing but what it may hold. Refused otherwise."""
    found = TEMPLATES.get(template)
    if found is None:
        raise Refused("没有这一种消息。")
    if set(fields) != set(found.fields):
        raise Refused("消息里只能填写编号，不能填写其他内容。")
    for value in fields.values():
        check_number(value)
    return found


def check_number(value: str) -> str:
    """A case number, when it looks like one. Refused for what may be a phone, an identity number or a name."""
    if not _NUMBER.fullmatch(value) or _LONG.search(value) or not any(c.isdigit() for c in value):
        raise Refused("编号中有不该有的内容，消息没有生成。")
    return value

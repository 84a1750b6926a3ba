"""What goes in and out, as types: the OpenAPI document is made from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, field_validator

from gongkai.onrequest.applicants import APPLICANT_KINDS, IDENTITY_KINDS, ApplicantKind, IdentityKind
from gongkai.onrequest.decisions import OUTCOMES
from gongkai.onrequest.progress import STATES, State
from gongkai.web.onrequest.words import MANNERS, PROVISIONS
from gongkai.web.typed import in_reach


def _told(words: dict[Any, str]) -> str:
    return "、".join(f"{key}（{zh}）" for key, zh in words.items())


Provision = Literal["paper", "email", "disc", "inspect", "any"]
Manner = Literal["post", "pick_up", "email", "online", "fax"]


class Asked(Schema):
    """What comes in: nothing but what is described, in words that can be written down."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)

    @field_validator("*")
    @classmethod
    def _written(cls, value: Any) -> Any:
        """ValueError for words with half a character in them, as JSON can hold, and for moments out of all reach."""
        if isinstance(value, str):
            value.encode("utf-8")
        if isinstance(value, datetime) and not in_reach(value):
            raise ValueError
        return value


class ApplicantIn(Asked):
    """申请人"""

    kind: ApplicantKind = Field(description=f"申请人类型：{_told(APPLICANT_KINDS)}")
    name: str = Field(description="姓名或者名称", min_length=1, max_length=100)
    identity_kind: IdentityKind = Field(description=f"身份证明种类：{_told(IDENTITY_KINDS)}")
    identity: str = Field(description="身份证明号码", min_length=1, max_length=60)
    phone: str = Field("", description="电话；电话、电子邮箱、通信地址至少填写一项", max_length=40)
    email: str = Field("", description="电子邮箱", max_length=120)
    address: str = Field("", description="通信地址", max_length=300)
    agent: str = Field("", description="代理人或者联系人", max_length=100)


class FileIn(Asked):
    """附件"""

    name: str = Field(description="文件名", min_length=1, max_length=200)
    role: str = Field(
        "attachment", description="用途：attachment（申请附件）、identity_proof（身份证明）", max_length=20
    )
    content_base64: str = Field(description="文件内容，Base64编码")


class ApplicationIn(Asked):
    """一件申请"""

    organ: str = Field(description="受理机关的标识或者全称", min_length=1, max_length=120)
    applicant: ApplicantIn
    content: str = Field(
        description="申请公开的政府信息的名称、文号或者便于查询的其他特征性描述", min_length=1, max_length=20_000
    )
    provision: Provision = Field(description=f"提供信息的形式：{_told(dict(PROVISIONS))}")
    manner: Manner = Field(description=f"获取信息的途径：{_told(dict(MANNERS))}")
    needs: str = Field("", description="其他需要说明的事项", max_length=5000)
    submitted_at: datetime | None = Field(None, description="申请人在对方系统提交的时刻，只作记录，不影响收到日期")
    attachments: list[FileIn] = Field(default_factory=list, description="附件", max_length=10)


class OrganOut(Schema):
    """行政机关"""

    id: UUID = Field(description="标识")
    name: str = Field(description="全称")


class RegisteredOut(Schema):
    """登记的结果"""

    number: str = Field(description="编号")
    query_code: str = Field(description="查询码，请告知申请人，凭编号和查询码可以在网上查看办理情况")
    organ: OrganOut
    received_on: date = Field(description="收到日期")
    due_on: date | None = Field(description="登记时的答复期限")
    warnings: list[str] = Field(description="需要留意的事项，例如证件号码校验不符；不影响登记")


class ApplicantOut(Schema):
    """申请人信息和申请内容，只在令牌有相应权限时返回"""

    name: str = Field(description="姓名或者名称")
    identity: str = Field(description="身份证明号码")
    phone: str = Field(description="电话")
    email: str = Field(description="电子邮箱")
    address: str = Field(description="通信地址")
    agent: str = Field(description="代理人或者联系人")
    content: str = Field(description="申请内容")
    needs: str = Field(description="其他需要说明的事项")


class CaseOut(Schema):
    """一件申请的办理状态"""

    number: str = Field(description="编号")
    organ: OrganOut
    state: State = Field(description=f"办理状态：{_told(STATES)}")
    state_words: str = Field(description="办理状态的中文")
    received_on: date = Field(description="收到日期")
    due_on: date | None = Field(description="答复期限；征求意见期间没有期限")
    provisional: bool = Field(description="期限所在年度的放假安排尚未公布，期限为暂定")
    overdue: bool = Field(description="尚未答复且已过期限")
    decision: str | None = Field(description="处理决定的代码，见处理决定列表")
    decided_on: date | None = Field(description="签发日期")
    delivered_on: date | None = Field(description="送达日期")
    closed_on: date | None = Field(description="办结日期")
    reopened: bool = Field(description="依复议决定或者判决重新办理")
    changed_at: datetime = Field(description="最近一次变动的时刻")
    personal: ApplicantOut | None = Field(None, description="申请人信息和申请内容；令牌没有这项权限时为空")


class ChangedOut(Schema):
    """有变动的申请，一页"""

    cases: list[CaseOut]
    cursor: str = Field(description="读取下一页用的游标；没有新的变动时与传入的相同，请保存")
    more: bool = Field(description="后面还有")


class DecisionOut(Schema):
    """处理决定的一种"""

    code: str = Field(description="代码")
    words: str = Field(description="名称")
    outcome: str = Field(description=f"结果类别：{_told(OUTCOMES)}")
    outcome_words: str = Field(description="结果类别的中文")


class FiguresOut(Schema):
    """一个机关在一段时间内的数字"""

    organ: OrganOut
    received: int = Field(description="收到的申请")
    answered: int = Field(description="答复送达的申请")
    on_time: int = Field(description="其中在期限内送达")
    late: int = Field(description="其中逾期送达")
    withdrawn: int = Field(description="这段时间收到、未经答复而撤回或者并案的申请")
    open: int = Field(description="今天尚未答复的申请")
    overdue: int = Field(description="今天尚未答复且已过期限的申请")
    outcomes: dict[str, int] = Field(description="答复送达的申请按结果类别计数")


class StatisticsOut(Schema):
    """统计数据"""

    first: date = Field(description="起始日期（含）")
    last: date = Field(description="截止日期（含）")
    organs: list[FiguresOut]


class ErrorField(Schema):
    """不符合接口说明的一处"""

    field: str = Field(description="位置")
    message: str = Field(description="说明")


class ErrorOut(Schema):
    """错误"""

    code: str = Field(description="错误代码，不随说明文字改变")
    message: str = Field(description="说明")
    fields: list[ErrorField] = Field(default_factory=list, description="逐项的说明")

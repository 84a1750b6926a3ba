"""The form by which an application is keyed in at the desk: what came on paper, as it is written there."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.onrequest.applicants import APPLICANT_KINDS, CHANNELS, IDENTITY_KINDS
from gongkai.web.onrequest.services.intake import CONTENT_LIMIT, Incoming, Who
from gongkai.web.onrequest.words import MANNERS, PROVISIONS

KINDS = [("", "请选择"), *((kind.value, zh) for kind, zh in APPLICANT_KINDS.items())]
PAPERS = [("", "未提供"), *((kind.value, zh) for kind, zh in IDENTITY_KINDS.items())]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ApplicationForm(forms.Form):
    """One application. Only the kind of applicant and a name or a content are required: what lacks is supplemented."""

    once = forms.CharField(max_length=60, widget=forms.HiddenInput)
    organ = forms.ChoiceField(label="收到申请的机关")
    channel = forms.ChoiceField(label="提交方式", choices=[(rule.channel.value, rule.zh) for rule in CHANNELS.values()])
    received_on = forms.DateField(
        label="收到日期",
        widget=DAY,
        help_text="当面提交的为提交之日；需签收的邮件为本机关签收之日（收发室、门卫签收的也算）。",
    )
    late_reason = forms.CharField(
        label="补登原因", required=False, max_length=200, help_text="收到日期早于昨天的才需要填写。"
    )
    kind = forms.ChoiceField(label="申请人类型", choices=KINDS)
    name = forms.CharField(label="姓名或者名称", required=False, max_length=100)
    identity_kind = forms.ChoiceField(label="证件种类", choices=PAPERS, required=False)
    identity = forms.CharField(label="证件号码", required=False, max_length=40)
    phone = forms.CharField(label="电话", required=False, max_length=40)
    email = forms.CharField(label="电子邮箱", required=False, max_length=120)
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    agent = forms.CharField(label="代理人", required=False, max_length=100)
    content = forms.CharField(
        label="申请内容",
        required=False,
        max_length=CONTENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="照申请书录入，不必改写。不要求说明用途。",
    )
    provision = forms.ChoiceField(label="提供形式", choices=PROVISIONS, initial="paper")
    manner = forms.ChoiceField(label="获取方式", choices=MANNERS, initial="post")
    needs = forms.CharField(
        label="需要的帮助", required=False, max_length=200, help_text="阅读困难、视听障碍等需要协助的情况。"
    )

    def __init__(self, *args: Any, organs: list[Any], **values: Any) -> None:
        super().__init__(*args, **values)
        self.organs = {str(organ.pk): organ for organ in organs}
        field = self.fields["organ"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, organ.name) for key, organ in self.organs.items()]

    @staticmethod
    def fresh() -> dict[str, Any]:
        """What an empty form begins with; `once` lets a form that is sent twice be registered once."""
        return {"once": f"desk:{uuid.uuid4()}", "received_on": timezone.localdate(), "channel": "in_person"}

    def incoming(self, files: tuple[Any, ...] = ()) -> Incoming:
        """The application as it was keyed in. Only after `is_valid`."""
        told = self.cleaned_data
        who = {f: told[f] for f in Who.__slots__}
        return Incoming(
            organ=self.organs[told["organ"]],
            channel=told["channel"],
            who=Who(**who),
            content=told["content"],
            received_on=told["received_on"],
            provision=told["provision"],
            manner=told["manner"],
            needs=told["needs"],
            late_reason=told["late_reason"],
            once=told["once"],
            files=files,
        )

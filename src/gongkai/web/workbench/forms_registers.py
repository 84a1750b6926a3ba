"""The small forms of the registers beside the case. What each may choose is passed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.typed import in_reach

Choices = Sequence[tuple[str, str]]


def reachable(day: date) -> None:
    """ValidationError for a day of a year of which nothing here could tell."""
    if not in_reach(day):
        raise forms.ValidationError("年份有误，请核对。")


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    """A day, today unless told otherwise."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    initial = timezone.localdate if required else None
    return forms.DateField(
        label=label, widget=widget, help_text=help_text, required=required, initial=initial, validators=[reachable]
    )


def words_field(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """Words of several lines."""
    return forms.CharField(
        label=label,
        max_length=5000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OrganForm(forms.Form):
    """A form that asks for one of the organs this person may do it for."""

    organ = forms.ChoiceField(label="机关")

    def __init__(self, *args: Any, organs: Iterable[Any], **values: Any) -> None:
        super().__init__(*args, **values)
        self.organs = {str(organ.pk): organ for organ in organs}
        self.choose("organ", [(key, organ.name) for key, organ in self.organs.items()])

    def choose(self, name: str, choices: Choices) -> None:
        """Set what a field may choose."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    @property
    def organ_chosen(self) -> Any:
        """The organ. Only after `is_valid`."""
        return self.organs[self.cleaned_data["organ"]]


class MailForm(OrganForm):
    """A letter for the mail room's book."""

    place = forms.ChoiceField(label="在哪里收到")
    mail_number = forms.CharField(label="邮件号", required=False, max_length=40)
    sender = forms.CharField(label="寄件人", required=False, max_length=100)
    signed_on = day_field("签收日期")
    signed_for = forms.BooleanField(label="挂号信、特快专递等签收的邮件", required=False, initial=True)


class DisputeForm(OrganForm):
    """A dispute."""

    kind = forms.ChoiceField(label="种类")
    before = forms.CharField(label="复议机关或者法院", max_length=80)
    case_number = forms.CharField(label="案号", required=False, max_length=80, help_text="例如（2026）鲁0101行初12号。")
    procedure = forms.ChoiceField(
        label="程序", help_text="以行政复议机关的通知为准；政府信息公开案件可以适用简易程序。诉讼选普通程序即可。"
    )
    received_on = day_field("收到日期", "收到行政复议申请书副本或者起诉状副本之日，答复、答辩期限从次日起算。")
    application = forms.CharField(
        label="申请的登记编号", required=False, max_length=60, help_text="没有登记过申请的可以留空。"
    )
    follows = forms.ChoiceField(label="接续的行政复议", required=False, help_text="复议后起诉的，选择原来的行政复议。")
    co_defendant = forms.BooleanField(
        label="县级人民政府为共同被告",
        required=False,
        help_text="统计在作出行为的机关名下，汇总时不重复计算（本系统规则）。",
    )


class ComplaintForm(OrganForm):
    """A complaint that came on paper or by telephone."""

    about = forms.ChoiceField(label="投诉事项", choices=[("", "请选择"), *ABOUT.items()])
    received_on = day_field("收到日期")
    complainant = forms.CharField(label="投诉人", required=False, max_length=100, help_text="加密保存，列表中不显示。")
    application = forms.CharField(label="申请的登记编号", required=False, max_length=60)
    words = words_field("事实和理由")


class CorrectionForm(OrganForm):
    """A request to correct a record about oneself."""

    received_on = day_field("收到日期")
    requester = forms.CharField(label="提出人", max_length=100, help_text="加密保存，列表中不显示。")
    words = words_field("要求更正的记录和证据", "哪一条记录、现在怎样记载、应当怎样记载、有什么证据。")


class FeeForm(forms.Form):
    """How a fee is reckoned."""

    method = forms.ChoiceField(label="计收方式")
    pages = forms.IntegerField(
        label="页数", required=False, min_value=1, max_value=999_999, help_text="按量计收时填写。"
    )
    pay_by = day_field("缴费期限的最后一日", required=False)
    sent_on = day_field("已发出的日期", "只在通知已经用纸质发出、事后登记时填写。", required=False)
    way = forms.CharField(label="缴费方式", max_length=200, required=False, help_text="例如缴款窗口、账户。")

"""The forms of interaction at the desk: a letter or an opinion that came on paper, a period."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.web.interaction.kinds import KINDS
from gongkai.web.interaction.services.facts import WORDS_LIMIT
from gongkai.web.interaction.services.intake import TITLE_LIMIT
from gongkai.web.workbench.forms_registers import day_field

_CAME = (("post", "信函"), ("phone", "电话"), ("visit", "当面"))
_GIVEN = (("post", "信函"), ("visit", "当面"), ("meeting", "座谈会、听证会"))


class LetterForm(forms.Form):
    """A letter that came by post, by telephone or over the counter."""

    once = forms.CharField(max_length=60, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="类型", choices=[(kind.key, kind.zh) for kind in KINDS.values()])
    origin = forms.ChoiceField(label="途径", choices=_CAME)
    received_on = day_field("收到日期")
    organ = forms.ChoiceField(label="写给哪个机关", required=False)
    title = forms.CharField(label="标题", max_length=TITLE_LIMIT)
    words = forms.CharField(
        label="内容", max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 6}), help_text="照来信录入。"
    )
    name = forms.CharField(label="姓名", required=False, max_length=50, help_text="加密保存，列表中不显示。")
    phone = forms.CharField(label="电话", required=False, max_length=20)
    email = forms.CharField(label="电子邮箱", required=False, max_length=120)
    may_publish = forms.BooleanField(label="来信人同意整理后公开", required=False)

    def __init__(self, *args: Any, organs: list[Any], **values: Any) -> None:
        super().__init__(*args, **values)
        self.organs = {str(organ.pk): organ for organ in organs}
        field = self.fields["organ"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "没有写明"), *((key, organ.name) for key, organ in self.organs.items())]

    @staticmethod
    def fresh() -> dict[str, Any]:
        """What an empty form begins with."""
        return {"once": f"desk:{uuid.uuid4()}", "received_on": timezone.localdate(), "origin": "phone"}


class OpinionForm(forms.Form):
    """An opinion that came on paper or was given at a meeting."""

    once = forms.CharField(max_length=60, widget=forms.HiddenInput)
    origin = forms.ChoiceField(label="来源", choices=_GIVEN)
    received_on = day_field("收到日期")
    words = forms.CharField(label="意见", max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 4}))
    name = forms.CharField(label="姓名或者单位名称", required=False, max_length=80)
    contact = forms.CharField(label="联系方式", required=False, max_length=120)

    @staticmethod
    def fresh() -> dict[str, Any]:
        """What an empty form begins with."""
        return {"once": f"desk:{uuid.uuid4()}", "received_on": timezone.localdate()}


class PeriodForm(forms.Form):
    """From when until when a draft takes opinions."""

    opens_on = day_field("开始日")
    closes_on = day_field("截止日", "当日仍可提意见。", required=True)
    major = forms.BooleanField(label="属于重大行政决策", required=False)
    shorter = forms.CharField(
        label="缩短征集期的理由",
        required=False,
        max_length=300,
        help_text="重大行政决策的征集期短于30日的，写明理由，反馈时一并公布。",
    )

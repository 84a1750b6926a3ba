"""The forms by which the public writes a letter and gives an opinion: what is needed to answer, and no more."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms

from gongkai.web import sealed
from gongkai.web.facts import Refused
from gongkai.web.interaction.kinds import KINDS
from gongkai.web.interaction.services.consultations import Given
from gongkai.web.interaction.services.facts import WORDS_LIMIT
from gongkai.web.interaction.services.intake import TITLE_LIMIT, Arriving
from gongkai.web.messages.channels import check_address
from gongkai.web.portal.forms import Text


def _once(*parts: str) -> str:
    """The form and all that stands in it: sent twice it arrives once, changed and sent again it is another."""
    return f"portal:{sealed.lookup('portal once', json.dumps(parts))}"


class Trapped(forms.Form):
    """What stands in every form against floods."""

    website = forms.CharField(label="请勿填写这一格", required=False, max_length=200)
    reading = forms.CharField(label="确认", required=False, max_length=10)


class LetterForm(Trapped):
    """One letter."""

    kind = forms.ChoiceField(
        label="类型",
        choices=[(kind.key, f"{kind.zh}（{kind.says}）") for kind in KINDS.values()],
        initial="question",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择类型。"},
    )
    organ = forms.ChoiceField(
        label="写给哪个机关", required=False, help_text="不清楚的不用选，由县政府办公室转给负责的机关。"
    )
    title = Text(
        "请写一句话的标题。",
        label="标题",
        max_length=TITLE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = Text(
        "请写明要问或者要说的事情。",
        label="内容",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="写清时间、地点和事情。不要写身份证号、银行卡号，也不要写涉及国家秘密的内容。",
    )
    name = Text("请填写姓名。", label="姓名", max_length=50, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = Text(
        label="手机号码",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        help_text="可以不填。需要向您核实情况时使用。",
    )
    email = Text(
        label="电子邮箱",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text="可以不填。",
    )
    by_sms = forms.BooleanField(label="答复后发短信到上面的手机", required=False)
    by_email = forms.BooleanField(label="答复后发邮件到上面的邮箱", required=False)
    may_publish = forms.BooleanField(
        label="同意把问题和答复整理后公开，供有同样问题的人查看（不公开姓名和联系方式）", required=False
    )

    def __init__(self, *args: Any, organs: list[Any], **values: Any) -> None:
        super().__init__(*args, **values)
        self.organs = {str(organ.pk): organ for organ in organs}
        field = self.fields["organ"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不清楚，请转给负责的机关"), *((key, organ.name) for key, organ in self.organs.items())]

    def clean(self) -> dict[str, Any]:
        """Addresses that are wanted for notices must be addresses."""
        told = super().clean() or self.cleaned_data
        for field, channel, wanted in (("phone", "sms", "by_sms"), ("email", "email", "by_email")):
            if told.get(wanted) and field not in self.errors:
                try:
                    check_address(channel, told.get(field, ""))
                except Refused as error:
                    self.add_error(field, str(error))
        return told

    def arriving(self, once: str, today: date) -> Arriving:
        """The letter as it was filled in, still without its files. Only after `is_valid`."""
        told = self.cleaned_data
        wanted = {"sms": told["phone"] if told["by_sms"] else "", "email": told["email"] if told["by_email"] else ""}
        typed = [str(told[name]) for name in ("kind", "organ", "title", "words", "name", "phone", "email")]
        return Arriving(
            kind=told["kind"],
            title=told["title"],
            words=told["words"],
            received_on=today,
            name=told["name"],
            phone=told["phone"],
            email=told["email"],
            addressed=self.organs.get(told["organ"]),
            may_publish=told["may_publish"],
            once=_once(once, *typed),
            notices={channel: to.strip() for channel, to in wanted.items() if to.strip()},
        )


class OpinionForm(Trapped):
    """One opinion on a draft. Who gives it may stay unnamed."""

    words = Text(
        "请写下您的意见。",
        label="您的意见",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="可以写明是对哪一条的意见、建议怎样修改。不要写涉及国家秘密的内容。",
    )
    name = Text(
        label="姓名或者单位名称",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="可以不填。",
    )
    contact = Text(
        label="联系方式", max_length=120, required=False, help_text="可以不填。需要向您了解意见时使用，不公开。"
    )

    def given(self, once: str, item: str, today: date) -> Given:
        """The opinion as it was filled in, still without its files. Only after `is_valid`."""
        told = self.cleaned_data
        return Given(
            words=told["words"],
            received_on=today,
            name=told["name"],
            contact=told["contact"],
            once=_once(once, item, told["words"], told["name"], told["contact"]),
        )

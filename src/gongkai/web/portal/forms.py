"""The form of an application as an applicant fills it in: what article 29 asks for, and no purpose."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from gongkai.onrequest.applicants import APPLICANT_KINDS, IDENTITY_KINDS, PAPERS_OF, ApplicantKind
from gongkai.web import sealed
from gongkai.web.facts import Refused
from gongkai.web.messages.channels import check_address
from gongkai.web.onrequest.services.intake import CONTENT_LIMIT, Incoming, Who
from gongkai.web.onrequest.words import MANNERS, PROVISIONS

_MANNERS = dict(MANNERS)
_PAPERS = [
    ("个人", [(paper.value, IDENTITY_KINDS[paper]) for paper in PAPERS_OF[True]]),
    ("单位", [(paper.value, IDENTITY_KINDS[paper]) for paper in PAPERS_OF[False] if paper not in PAPERS_OF[True]]),
]
_NO_NULL = ProhibitNullCharactersValidator(message="填写的文字中有不能识别的控制字符，请删去后重新填写。")


class Text(forms.CharField):
    """A line or more of text, its refusals in our words."""

    def __init__(self, needed: str = "", **options: Any) -> None:
        options.setdefault("required", bool(needed))
        super().__init__(error_messages={"required": needed} if needed else None, **options)
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]
        self.validators.append(_NO_NULL)
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = "最多%(limit_value)d字，现有%(show_value)d字。"  # type: ignore[attr-defined]


def _line(**attributes: Any) -> forms.TextInput:
    return forms.TextInput(attrs=attributes)


class ApplyForm(forms.Form):
    """One application sent on line."""

    content = Text(
        "请写明要申请公开的信息。",
        label="申请公开哪些信息",
        max_length=CONTENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写信息的名称、文号，或者时间、地点、事项等便于查找的特征。不需要说明用途。",
    )
    provision = forms.ChoiceField(label="希望得到的形式", choices=PROVISIONS, initial="any")
    manner = forms.ChoiceField(
        label="怎样得到",
        choices=[(key, _MANNERS[key]) for key in ("online", "email", "post", "pick_up", "fax")],
        initial="online",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样得到信息。"},
    )
    kind = forms.ChoiceField(
        label="申请人类型",
        choices=[(kind.value, zh) for kind, zh in APPLICANT_KINDS.items()],
        initial=ApplicantKind.NATURAL_PERSON.value,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择申请人类型。"},
    )
    name = Text("请填写姓名或者单位名称。", label="姓名或者单位名称", max_length=100, widget=_line(autocomplete="name"))
    identity_kind = forms.ChoiceField(
        label="证件种类", choices=_PAPERS, error_messages={"required": "请选择证件种类。"}
    )
    identity = Text(
        "请填写证件号码。", label="证件号码", max_length=40, widget=_line(autocomplete="off", spellcheck="false")
    )
    identity_confirmed = forms.BooleanField(label="证件号码确实如此", required=False)
    phone = Text(
        label="电话", max_length=40, required=False, widget=_line(type="tel", autocomplete="tel", inputmode="tel")
    )
    email = Text(
        label="电子邮箱",
        max_length=120,
        required=False,
        widget=_line(type="text", autocomplete="email", inputmode="email"),
    )
    address = Text(
        label="通信地址",
        max_length=200,
        required=False,
        widget=_line(autocomplete="street-address"),
        help_text="选择邮寄的，请写到门牌号和收件人。",
    )
    agent = Text(
        label="代理人或者联系人",
        max_length=100,
        required=False,
        help_text="由他人代办或者单位申请的，写姓名和电话，并上传授权委托书。",
    )
    needs = Text(
        label="需要的帮助",
        max_length=200,
        required=False,
        help_text="阅读困难、视力或者听力不便的，可以写明希望怎样协助您。",
    )
    by_sms = forms.BooleanField(label="有进展时发短信到上面的电话", required=False)
    by_email = forms.BooleanField(label="有进展时发邮件到上面的邮箱", required=False)
    website = forms.CharField(label="请勿填写这一格", required=False, max_length=200)
    reading = forms.CharField(label="确认", required=False, max_length=10)

    def clean(self) -> dict[str, Any]:
        """What one field asks of another."""
        told = super().clean() or self.cleaned_data
        phone, email, address = (told.get(name, "").strip() for name in ("phone", "email", "address"))
        sound = not {"phone", "email", "address"} & set(self.errors)
        if sound and not (phone or email or address):
            self.add_error("phone", "请至少填写一种联系方式：电话、电子邮箱或者通信地址。")
        if told.get("manner") == "email" and not email and sound:
            self.add_error("email", "选择以电子邮件得到信息的，请填写电子邮箱。")
        if told.get("manner") == "post" and not address and sound:
            self.add_error("address", "选择邮寄的，请填写通信地址。")
        if told.get("manner") == "fax" and not phone and sound:
            self.add_error("phone", "选择传真的，请填写传真号码。")
        self._check("email", "email", bool(email))
        self._check("phone", "sms", bool(told.get("by_sms")))
        self._check("email", "email", bool(told.get("by_email")))
        return told

    def _check(self, field: str, channel: str, wanted: bool) -> None:
        if not wanted or field in self.errors:
            return
        try:
            check_address(channel, self.cleaned_data.get(field, ""))
        except Refused as error:
            self.add_error(field, str(error))

    def notices(self) -> dict[str, str]:
        """By which ways the applicant wants to be told, and where. Only after `is_valid`."""
        told = self.cleaned_data
        wanted = {"sms": told["phone"] if told["by_sms"] else "", "email": told["email"] if told["by_email"] else ""}
        return {channel: to.strip() for channel, to in wanted.items() if to.strip()}

    def incoming(self, organ: Any, once: str, today: date) -> Incoming:
        """The application as it was filled in, still without its files. Only after `is_valid`.

        `once` is the form and all that stands in it: sent twice it arrives once, changed and sent again it is another.
        """
        told = self.cleaned_data
        who = Who(**{name: told[name].strip() for name in Who.__slots__})
        typed = [told[name] for name in ("content", "provision", "manner", "needs")]
        words = json.dumps([once, str(organ.pk), *typed, *(getattr(who, name) for name in Who.__slots__)])
        return Incoming(
            organ=organ,
            channel="internet",
            origin="portal",
            who=who,
            content=told["content"].strip(),
            received_on=today,
            provision=told["provision"],
            manner=told["manner"],
            needs=told["needs"].strip(),
            once=f"portal:{sealed.lookup('portal once', words)}",
        )

"""The form of a row, made from the fields of its register."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.proactive.registers import FILES, Field, Register
from gongkai.web.registers.selectors.lists import choices_of
from gongkai.web.registers.services.rows import Faulty

_DAY = {"type": "date"}


def _widget(each: Field) -> tuple[type[forms.Field], dict[str, Any]]:
    plain = {"max_length": 200}
    known: dict[str, tuple[type[forms.Field], dict[str, Any]]] = {
        "day": (forms.DateField, {"widget": forms.DateInput(attrs=_DAY, format="%Y-%m-%d")}),
        "month": (forms.CharField, {"widget": forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"})}),
        "period": (forms.CharField, {"max_length": 21}),
        "text": (forms.CharField, plain),
        "party": (forms.CharField, plain),
        "words": (forms.CharField, {"max_length": 2000, "widget": forms.Textarea(attrs={"rows": 3})}),
        "choice": (forms.ChoiceField, {"choices": [("", "请选择"), *each.choices.items()]}),
        "choices": (
            forms.MultipleChoiceField,
            {"choices": list(each.choices.items()), "widget": forms.CheckboxSelectMultiple()},
        ),
        "count": (forms.CharField, {"widget": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9})}),
        "amount": (forms.CharField, {"widget": forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20})}),
        "organ": (forms.CharField, plain),
        "entry": (forms.CharField, {"max_length": 60, "widget": forms.TextInput(attrs={"placeholder": "索引号"})}),
        "row": (forms.ChoiceField, {}),
        "file": (forms.FileField, {}),
        "photo": (
            forms.FileField,
            {"widget": forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})},
        ),
        "yes": (forms.BooleanField, {}),
    }
    return known[each.kind]


def _help(of: Register, each: Field) -> str:
    if each.when:
        key, _, value = each.when.partition("=")
        other = of.field(key)
        says = f"“{other.zh}”为“{other.choices.get(value, value)}”时填写。"
        return f"{says}{each.help}"
    if each.kind == "entry" and not each.help:
        return "已在目录中的，填索引号；没有的留空。"
    return each.help


class RowForm(forms.Form):
    """A row of a register; what may be chosen depends on the organ."""

    def __init__(self, *args: Any, of: Register, organ: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.of, self.organ = of, organ
        for each in of.fields:
            kind, told = _widget(each)
            if each.kind == "row":
                told = {"choices": [("", "请选择"), *choices_of(organ.pk, each.of)]}
            made = kind(label=each.label, required=False, help_text=_help(of, each), **told)
            made.when = each.when  # type: ignore[attr-defined]
            made.must = each.need != "optional"  # type: ignore[attr-defined]
            self.fields[each.key] = made

    def values(self) -> dict[str, str]:
        """What was typed, by field, as words. Only after `is_valid`."""
        found = {}
        for each in self.of.fields:
            said = self.cleaned_data.get(each.key)
            if each.kind in FILES or said in (None, "", False, []):
                continue
            if isinstance(said, list):
                found[each.key] = ",".join(said)
            elif each.kind == "yes":
                found[each.key] = "yes"
            else:
                found[each.key] = said.isoformat() if hasattr(said, "isoformat") else str(said)
        return found

    def uploads(self) -> dict[str, Any]:
        """The files that were sent, by field. Only after `is_valid`."""
        sent = {each.key: self.cleaned_data.get(each.key) for each in self.of.fields if each.kind in FILES}
        return {key: file for key, file in sent.items() if file}

    def blame(self, error: Faulty) -> None:
        """Set each fault beside its field."""
        for fault in error.faults:
            self.add_error(fault.key if fault.key in self.fields else None, fault.says)

    @staticmethod
    def begin(of: Register, values: dict[str, str], numbers: dict[str, str] | None = None) -> dict[str, Any]:
        """The values of a row as the form begins with them; `numbers` are index numbers by the key of an entry."""
        found: dict[str, Any] = {}
        for each in of.fields:
            said = values.get(each.key, "")
            if each.kind == "choices":
                found[each.key] = said.split(",") if said else []
            elif each.kind == "yes":
                found[each.key] = said == "yes"
            elif each.kind == "entry" and said:
                found[each.key] = (numbers or {}).get(said) or said
            elif each.kind not in FILES:
                found[each.key] = said
        return found

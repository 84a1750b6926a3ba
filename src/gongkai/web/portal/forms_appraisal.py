"""The sheet of a public appraisal as it is answered on line: its questions, a code where one is asked for, nobody's name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.oversight.questions import MOST_TEXT, UNKNOWN, UNKNOWN_ZH, Choice, Question
from gongkai.web.appraisal.services.taking import Sheet
from gongkai.web.portal.forms import Text
from gongkai.web.portal.forms_talk import Trapped

_SAYS = {"required": "请回答这一题。", "invalid_choice": "请在选项中选择。", "invalid_list": "请在选项中选择。"}


def _field(question: Question) -> forms.Field:
    choices = [(str(place), words) for place, words in enumerate(question.options)]
    if question.kind == "text":
        return Text(
            label=question.words,
            max_length=MOST_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=f"可以不填，最多{MOST_TEXT}字。请不要写姓名、电话和证件号码，写了的号码会被隐去。",
        )
    if question.kind == "many":
        return forms.MultipleChoiceField(
            label=question.words,
            choices=choices,
            required=question.needed,
            widget=forms.CheckboxSelectMultiple,
            error_messages=_SAYS,
        )
    if question.kind == "scale":
        choices.append((UNKNOWN, UNKNOWN_ZH))
    return forms.ChoiceField(
        label=question.words,
        choices=choices,
        required=question.needed,
        widget=forms.RadioSelect,
        error_messages=_SAYS,
    )


class AnswerForm(Trapped):
    """One sheet."""

    def __init__(self, *args: Any, questions: Sequence[Question], invited: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        self.questions = questions
        if invited:
            self.fields["code"] = Text(
                "请填写邀请码。",
                label="邀请码",
                max_length=20,
                widget=forms.TextInput(
                    attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
                ),
                help_text="印在邀请信上或者写在短信里的10位字母和数字，不分大小写。只核对是否用过，不与答案对应。",
            )
        for question in questions:
            self.fields[question.key] = _field(question)

    def asked(self) -> list[tuple[Question, Any]]:
        """Each question with its field, in their order."""
        return [(question, self[question.key]) for question in self.questions]

    def typed_code(self) -> str:
        """The code that was typed. Only after `is_valid`."""
        return str(self.cleaned_data.get("code") or "")

    def sheet(self, organ: uuid.UUID) -> Sheet:
        """The answers as they were filled in. Only after `is_valid`."""
        told = self.cleaned_data
        choices: dict[str, Choice] = {}
        texts: dict[str, str] = {}
        for each in self.questions:
            said = told.get(each.key)
            if each.kind == "text":
                texts[each.key] = str(said or "")
            elif each.kind == "many" and said:
                choices[each.key] = [int(place) for place in said]
            elif said:
                choices[each.key] = UNKNOWN if said == UNKNOWN else int(said)
        return Sheet(organ, choices, texts)

"""The form of a catalogue entry: its metadata, its disclosure mode, its text and its files."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.proactive.catalogue import INTERPRETATION_FORMS, LONG, kinds, themes
from gongkai.proactive.items import items, items_of
from gongkai.proactive.limits import LIMITS
from gongkai.scope.grounds import grounds
from gongkai.scope.modes import MODES
from gongkai.web.proactive.body import from_plain, is_markup
from gongkai.web.proactive.selectors.entries import column_names, topic_names
from gongkai.web.proactive.services.drafting import Content, KeptFile, NewFile
from gongkai.web.workbench.forms_registers import reachable

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDS = ("genre", "issuing_organ", "document_number", "duty_unit", "keywords", "summary", "no_interpretation", "theme")
ALIKE = {
    "hx-get": "/entries/alike",
    "hx-trigger": "change, keyup changed delay:600ms",
    "hx-target": "#alike",
    "hx-include": "closest form",
    "hx-params": "organ,title,document_number,but",
}
"""While it is typed, entries that may be the same are named beside it."""
DAYS = ("written_on", "effective_on", "expires_on")


def _themes() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [("", "请选择")]
    for theme in themes().values():
        under = [(theme.key, theme.zh), *((f"{theme.key}/{word}", f"{theme.zh}／{word}") for word in theme.under)]
        found.append((theme.zh, under))
    return found


class EntryForm(forms.Form):
    """One entry. What is needed for review is said at review; here only what a version cannot be without."""

    once = forms.CharField(max_length=80, widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organ = forms.ChoiceField(label="发布机构（本机关）")
    kind = forms.ChoiceField(label="条目的种类")
    title = forms.CharField(label="名称", max_length=200, widget=forms.TextInput(attrs=ALIKE))
    formed_on = forms.DateField(
        label="信息形成或者变更日期",
        widget=DAY,
        validators=[reachable],
        help_text="公开期限从这一天起算，当日不计算在内。",
    )
    limit = forms.ChoiceField(label="公开期限", choices=list(LIMITS.items()), initial="publish")
    mode = forms.ChoiceField(label="公开属性", required=False, choices=[("", "请选择"), *MODES.items()])
    ground = forms.ChoiceField(label="不予公开的情形", required=False)
    mode_reason = forms.CharField(
        label="不主动公开的理由",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="依申请公开、不予公开的必须写；没有理由的，送审时自动退回。",
    )
    theme = forms.ChoiceField(label="主题分类", required=False)
    items = forms.MultipleChoiceField(label="法定主动公开事项", required=False, widget=forms.CheckboxSelectMultiple)
    columns = forms.MultipleChoiceField(label="栏目", required=False, widget=forms.CheckboxSelectMultiple)
    lines = forms.MultipleChoiceField(label="标准目录的行", required=False, widget=forms.CheckboxSelectMultiple)
    topics = forms.MultipleChoiceField(label="专题", required=False, widget=forms.CheckboxSelectMultiple)
    issuing_organ = forms.CharField(label="发文机关（标准全称）", required=False, max_length=200)
    document_number = forms.CharField(
        label="发文字号",
        required=False,
        max_length=60,
        help_text="公文必填，例如“云政发〔2026〕12号”。",
        widget=forms.TextInput(attrs=ALIKE),
    )
    written_on = forms.DateField(label="成文日期", required=False, widget=DAY, validators=[reachable])
    effective_on = forms.DateField(label="实施日期", required=False, widget=DAY, validators=[reachable])
    expires_on = forms.DateField(label="有效期至", required=False, widget=DAY, validators=[reachable])
    long_term = forms.BooleanField(label="长期有效", required=False)
    public_until = forms.DateField(
        label="公示截止日",
        required=False,
        widget=DAY,
        validators=[reachable],
        help_text="公示、意见征集必填；当日仍公开，次日零时自动撤下。",
    )
    interpretation_form = forms.MultipleChoiceField(
        label="解读形式（政策解读填写）",
        required=False,
        choices=list(INTERPRETATION_FORMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    genre = forms.CharField(label="体裁", required=False, max_length=40)
    duty_unit = forms.CharField(label="责任部门", required=False, max_length=100)
    keywords = forms.CharField(label="关键词", required=False, max_length=200)
    summary = forms.CharField(
        label="内容概述", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    no_interpretation = forms.CharField(
        label="不作解读的理由", required=False, max_length=300, help_text="政策文件应当同步解读；确实不需要的写明理由。"
    )
    body = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "data-editor": "squire"}),
        help_text="可以直接写字，一行一段。",
    )

    def __init__(
        self,
        *args: Any,
        organs: Iterable[Any],
        county: uuid.UUID,
        form: str = "",
        lines: Iterable[tuple[str, str]] = (),
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        self.organs = {str(organ.pk): organ for organ in organs}
        self._choose("organ", [(key, organ.name) for key, organ in self.organs.items()])
        self._choose("kind", [(key, kind.zh) for key, kind in kinds().items()])
        self._choose("ground", [("", "请选择"), *((g.key, f"{g.zh}（{g.basis}）") for g in grounds().values())])
        self._choose("theme", _themes())
        bound = items_of(form) if form else tuple(items().values())
        self._choose("items", [(item.key, f"{item.article} {item.name}") for item in bound])
        self._choose("columns", list(column_names(county).items()))
        if of_catalogue := list(lines):
            self._choose("lines", of_catalogue)
        else:
            del self.fields["lines"]
        topics = topic_names(county)
        if topics:
            self._choose("topics", list(topics.items()))
        else:
            del self.fields["topics"]

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @staticmethod
    def fresh(organ_name: str = "") -> dict[str, Any]:
        """What an empty form begins with; `once` lets a form that is sent twice become one entry."""
        today = timezone.localdate()
        return {
            "once": f"desk:{uuid.uuid4()}",
            "formed_on": today,
            "written_on": today,
            "mode": "",
            "kind": "general",
            "issuing_organ": organ_name,
        }

    @staticmethod
    def of(content: Content, seen: int, organ: uuid.UUID) -> dict[str, Any]:
        """The form filled with a version."""
        said = dict(content.metadata)
        long_term = said.get("expires_on") == LONG
        if long_term:
            said.pop("expires_on")
        plain = ("kind", "title", "formed_on", "limit", "mode", "ground", "mode_reason", "public_until", "body")
        return {
            **said,
            **{name: getattr(content, name) for name in plain},
            "long_term": long_term,
            "seen": seen,
            "organ": str(organ),
        }

    @property
    def organ_chosen(self) -> Any:
        """The organ. Only after `is_valid`."""
        return self.organs[self.cleaned_data["organ"]]

    def content(self, files: tuple[NewFile | KeptFile, ...]) -> Content:
        """What was written. Only after `is_valid`."""
        told = self.cleaned_data
        metadata: dict[str, Any] = {name: told[name] for name in WORDS}
        metadata |= {name: told[name].isoformat() for name in DAYS if told[name]}
        metadata |= {name: told.get(name) or [] for name in ("items", "columns", "topics", "interpretation_form")}
        if told["long_term"]:
            metadata["expires_on"] = LONG
        body = told["body"]
        return Content(
            kind=told["kind"],
            title=told["title"],
            formed_on=told["formed_on"],
            metadata=metadata,
            mode=told["mode"],
            ground=told["ground"],
            mode_reason=told["mode_reason"],
            limit=told["limit"],
            public_until=told["public_until"],
            body=body if is_markup(body) else from_plain(body),
            files=files,
        )

"""The line of pages above the registers: those that this person may open."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.web.people.policies import can_some

register = template.Library()

PAGES = (
    ("mail", "收件登记", "onrequest.mail_room"),
    ("disputes", "复议诉讼", "onrequest.look"),
    ("complaints", "投诉", "onrequest.complaint"),
    ("corrections", "更正本人信息", "onrequest.correct_record"),
    ("fees", "收费", "onrequest.look"),
    ("registers", "登记簿", "onrequest.look"),
    ("figures", "统计", "onrequest.statistics"),
    ("month", "日历", "onrequest.look"),
    ("rules", "本县设置", "rules.look"),
)
"""Each page's address name, its words and the act it asks for."""


@register.inclusion_tag("cases/_registers_nav.html", takes_context=True)
def registers_nav(context: dict[str, Any]) -> dict[str, Any]:
    """The line of pages."""
    person = context.get("person")
    pages = [(name, words, person is not None and can_some(person, act)) for name, words, act in PAGES]
    return {"desk_pages": pages, "request": context["request"]}

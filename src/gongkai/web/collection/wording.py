"""Texts for a chat group that remind organs of their yearly reports. Pure; a person goes over them before they are sent.

They name organs, days and what is missing, never a figure of another organ and never a person.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from gongkai.annual.january import DEPARTMENT, GOVERNMENT, LOCAL, Late
from gongkai.calendar import in_chinese
from gongkai.law.citations import REPORT_OF_DEPARTMENT
from gongkai.web.collection.selectors.days import Days
from gongkai.web.collection.selectors.january import Line, Room

TITLE = "【{year}年度政府信息公开工作年度报告报送提醒】"


def day_said(day: date) -> str:
    """1月31日（星期六）."""
    return f"{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）"


def days_said(days: Days, forms: Container[str]) -> list[str]:
    """By when who is to hand in: what the Regulations say, and what the county itself asks for, of organs of these forms."""
    of = days.department
    assert of.law is not None
    said = [f"按照{REPORT_OF_DEPARTMENT.short}，县级部门应在{in_chinese(of.law)}前报送并向社会公布。"]
    if of.county:
        said.append(f"为避开节假日，本县规定提前到{day_said(of.county)}前报送。")
    local = {form: days.of(form).county for form in LOCAL if form in forms}
    for day in sorted({each for each in local.values() if each}):
        names = "、".join(LOCAL[form] for form, each in local.items() if each == day)
        said.append(f"{names}按本县规定在{day_said(day)}前报送。")
    return said


def _due(line: Line) -> str:
    of = line.due
    if of.form == DEPARTMENT and of.law and of.county and line.next_on == of.county:
        return f"请于{day_said(of.county)}前（本县规定；法定期限{day_said(of.law)}）"
    if of.law:
        return f"请于{day_said(of.law)}前"
    return f"请于{day_said(of.county)}前（本县规定）" if of.county else "请抓紧"


def _hurry(line: Line) -> str:
    handed = line.due.form == DEPARTMENT and line.due.handed_on(line.seen)
    what = "向社会公布" if handed or line.due.form == GOVERNMENT else "报送并公布"
    if line.overdue is Late.LAW:
        assert line.due.law is not None
        return f"法定期限{day_said(line.due.law)}已过，请立即{what}。"
    if line.overdue is Late.COUNTY:
        assert line.due.county is not None
        law = f"，最迟不得超过法定期限{day_said(line.due.law)}" if line.due.law else ""
        return f"本县规定的{day_said(line.due.county)}已过，请立即{what}{law}。"
    if line.done:
        return "请抓紧办理。"
    return f"{_due(line)}{what}。"


def whom(line: Line) -> str:
    """Who is addressed: the organ, or who took it over."""
    if line.to is None or line.to.pk == line.organ.pk:
        return line.organ.name
    return f"{line.to.name}（原{line.organ.name}）"


def for_all(room: Room, lines: Iterable[Line], office: str) -> str:
    """One text for a group of organs: how each stands in a few words, without figures."""
    some = list(lines)
    parts = [TITLE.format(year=room.year), "各有关单位："]
    parts += days_said(room.days, {line.organ.form for line in some})
    parts.append(f"截至{in_chinese(room.today)}，下列{len(some)}个单位请抓紧办理：")
    for number, line in enumerate(some, start=1):
        late = f"{line.late_zh}；" if line.overdue else ""
        parts.append(f"{number}. {whom(line)}：{late}{line.lacking}。")
    parts.append("已经在别处报送、公布的，或者确有困难的，请及时告知。")
    return "\n".join([*parts, office, in_chinese(room.today)])


def for_one(room: Room, line: Line, office: str) -> str:
    """The text for one organ, with what contradicts itself in its own figures."""
    parts = [TITLE.format(year=room.year), f"{whom(line)}：", f"你单位的{room.year}年度报告：{line.state_zh}。"]
    if line.lacking:
        parts.append(f"还缺：{line.lacking}。")
    parts += [f"· {message}" for message in line.conflicts]
    parts.append(_hurry(line))
    return "\n".join([*parts, office, in_chinese(room.today)])

"""What a notice says of yearly reports: late ones, figures that contradict each other, problems still open.

Here the January room and supervision come together, of which neither knows the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.annual.january import Late, State
from gongkai.web.audit.services import Audit
from gongkai.web.collection.selectors.january import Line, Room
from gongkai.web.facts import Refused
from gongkai.web.oversight.services import notices
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from gongkai.web.rules.selectors import calendar_of

REPORT = "{year}年度政府信息公开工作年度报告"


def key_of(line: Line, year: int) -> uuid.UUID:
    """By what notices about an organ's report of a year are found again."""
    return uuid.uuid5(line.organ.pk, f"report:{year}")


def _report(line: Line, year: int, subject: Subject) -> About:
    return About("yearly", key_of(line, year), subject)


def _whose(line: Line) -> str:
    name = line.organ.name
    return name if line.to is None or line.to.pk == line.organ.pk else f"{line.to.name}（原{name}）"


def _days_late(line: Line, day: date | None) -> int:
    if day is None or day >= line.today:
        return 0
    return calendar_of(line.organ.county).left(day, line.today) or 0


def about(kind: str, room: Room, line: Line, problems: Sequence[Any] = ()) -> list[About]:
    """What a notice of a kind says of an organ; `problems` are those of its duties that go into it. Empty: nothing.

    To urge: what is not there yet. To have put right: every contradiction. To all: both in a few words.
    """
    year, name = room.year, _whose(line)
    report = REPORT.format(year=year)
    day = line.due.county if line.overdue is Late.COUNTY else line.due.law or line.due.county
    found: list[About] = []
    if kind == "rectify":
        found += [
            _report(line, year, Subject(f"{report}：{message}", "请核实后更正", organ=name))
            for message in line.conflicts
        ]
        if line.state is State.UNREADABLE:
            found.append(_report(line, year, Subject(f"{report}的文件打不开", "请重新报送可以打开的文件", organ=name)))
    elif not line.done:
        said, asked = _not_done(line)
        found.append(_report(line, year, Subject(f"{report}{said}", asked, day, _days_late(line, day), name)))
    elif line.conflicts:
        words = f"{report}有{len(line.conflicts)}处不一致"
        found.append(_report(line, year, Subject(words, "请核实后更正", organ=name)))
    for duty in problems:
        late = _days_late(line, duty.due_on)
        found.append(About("duty", duty.pk, Subject(duty.title, duty.measure, duty.due_on, late, name)))
    return found


def _not_done(line: Line) -> tuple[str, str]:
    """What is said of a report that is not there or not public, and what is asked for."""
    soon = "立即" if line.overdue else "按期"
    if not line.due.handed_on(line.seen):
        unread = line.due.basis is not None and line.seen.state is State.UNREADABLE
        lacking = f"（{line.lacking}）" if line.lacking else ""
        return f"{'的文件打不开' if unread else '尚未报送'}{lacking}", f"请{soon}报送并向社会公布"
    if line.conflicts:
        return f"有{len(line.conflicts)}处不一致，已报送，未见公布", f"请核实更正，并{soon}向社会公布"
    return f"已报送，未见公布（{line.lacking}）", f"请{soon}向社会公布"


def draft(
    *,
    audit: Audit,
    room: Room,
    lines: Sequence[Line],
    kind: str,
    reply_by: date | None,
    problems: Mapping[uuid.UUID, Sequence[Any]],
) -> list[Any]:
    """Draft the notices: one to all organs to be made known, else to each organ its own. Nothing is sent.

    Refused for an organ of which the notice would say nothing, and for one whose duties nobody took over.
    """
    if not lines:
        raise Refused("请选择单位。")
    if orphans := [line.organ.name for line in lines if line.to is None]:
        raise Refused(f"{'、'.join(orphans)}已经撤销，没有承接的单位，请先在“机关设置”中登记。")
    said = {line.organ.pk: about(kind, room, line, problems.get(line.organ.pk, ())) for line in lines}
    if silent := [line.organ.name for line in lines if not said[line.organ.pk]]:
        what = "需要整改的不一致或者问题" if kind == "rectify" else "需要督办的事项"
        raise Refused(f"{'、'.join(silent)}没有{what}，请取消选择。")
    with transaction.atomic():
        if kind == "circular":
            every = [each for line in lines for each in said[line.organ.pk]]
            organs = [line.to.pk for line in lines if line.to]
            return [notices.draft(audit=audit, kind=kind, organs=organs, about=every, reply_by=reply_by)]
        return [
            notices.draft(audit=audit, kind=kind, organs=[line.to.pk], about=said[line.organ.pk], reply_by=reply_by)
            for line in lines
            if line.to
        ]

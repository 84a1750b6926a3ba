"""Checklists and visits: a visit goes line by line, each line with its words and photos; its end gives out the problems."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import living_organs
from gongkai.web.oversight.models import Checklist, Duty, Inspection, InspectionEnd, Judgement
from gongkai.web.oversight.services.duties import Found, find
from gongkai.web.oversight.services.evidence import Sent, keep
from gongkai.web.oversight.services.words import said

MOST_LINES = 100
LONGEST_LINE = 160
LONGEST_TITLE = 200


def read_lines(text: str) -> list[list[str]]:
    """Lines of a checklist as a person types them: `# 组名` begins a group, `检查内容 | 怎样检查` is a line."""
    found: list[list[str]] = []
    group = ""
    for typed in text.splitlines():
        plain = typed.strip()
        if not plain:
            continue
        if plain.startswith(("#", "＃")):
            group = said(plain.lstrip("#＃ "), "组名", 40, needed=False)
            continue
        words, _, how = plain.replace("｜", "|").partition("|")
        words = said(words, "检查内容", LONGEST_LINE)
        found.append([f"{len(found) + 1}", group, words, said(how, "怎样检查", 300, needed=False)])
    if not found:
        raise Refused("请填写检查内容，一行一项。")
    if len(found) > MOST_LINES:
        raise Refused(f"一份清单最多{MOST_LINES}项，现有{len(found)}项。")
    if len({line[2] for line in found}) < len(found):
        raise Refused("有的检查内容写了两次，请核对。")
    return found


def keep_checklist(*, audit: Audit, name: str, text: str, seen: int | None = None) -> Checklist:
    """Write a checklist, or its next version. Visits keep the version with which they began.

    Refused when it is not the version any more that the person saw (`seen`; 0: a new list).
    """
    title, lines = said(name, "清单名称", 80), read_lines(text)
    try:
        with transaction.atomic():
            last = Checklist.objects.filter(county=audit.county, name=title).order_by("-version").first()
            there = last.version if last else 0
            if seen == 0 and there:
                raise Refused(f"已经有“{title}”，请在原来的清单中修改，或者换一个名称。")
            if seen is not None and seen != there:
                raise Refused(f"“{title}”刚刚由另一人存为第{there}版，您的修改没有保存。请对照新的一版再改。")
            if last is not None and last.lines == lines:
                raise Refused("清单没有变动。")
            version = there + 1
            row = Checklist.objects.create(
                county=audit.county, name=title, version=version, lines=lines, by=audit.actor
            )
            audit.record("oversight.keep_checklist", row, {"version": version, "lines": len(lines)})
    except IntegrityError as error:
        raise Refused("另有一人刚刚修改了这份清单，请刷新后核对。") from error
    return row


def begin(
    *, audit: Audit, checklist: Checklist, organs: Sequence[uuid.UUID], title: str, on: date, place: str = ""
) -> list[Inspection]:
    """Begin a visit to each of these organs."""
    living: dict[uuid.UUID, Organ] = {organ.pk: organ for organ in living_organs(audit.county)}
    if not organs or any(key not in living for key in organs):
        raise Refused("请选择被检查的单位。")
    if on > timezone.localdate():
        raise Refused("检查日期还没有到，请到当天再开始。")
    name, where = said(title, "检查名称", 120), said(place, "地点", 120, needed=False)
    with transaction.atomic():
        rows = []
        for key in dict.fromkeys(organs):
            row = Inspection.objects.create(
                county=audit.county, checklist=checklist, organ=living[key], title=name, on=on, place=where,
                by=audit.actor,
            )  # fmt: skip
            audit.record("oversight.begin_inspection", row, {"organ": str(key), "checklist": str(checklist.pk)})
            rows.append(row)
    return rows


def _open(inspection: Inspection) -> Inspection:
    """The visit, held until the transaction ends. Refused after its end."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if InspectionEnd.objects.filter(inspection=held).exists():
        raise Refused("这次检查已经结束，不能再改。发现的问题请在问题清单中办理。")
    return held


def judge(
    *, audit: Audit, inspection: Inspection, line: str, verdict: str, words: str = "", files: Sequence[Sent] = ()
) -> Judgement:
    """Judge one line; what was judged of it before stays on record. A problem needs words."""
    if verdict not in dict(Judgement.VERDICTS):
        raise Refused("请选择检查的结果。")
    if line not in {each[0] for each in inspection.checklist.lines}:
        raise Refused("清单里没有这一项，请刷新后核对。")
    plain = said(words, "问题的具体情况", 500, needed=verdict == "problem")
    with transaction.atomic():
        held = _open(inspection)
        row = Judgement.objects.create(
            county=audit.county, inspection=held, line=line, verdict=verdict, words=plain, by=audit.actor
        )
        keep(audit=audit, kind="judgement", of=row.pk, files=files)
        audit.record("oversight.judge", row, {"line": line, "verdict": verdict})
    return row


def newest(inspection: Inspection) -> dict[str, Judgement]:
    """What holds of each line."""
    return {row.line: row for row in Judgement.objects.filter(inspection=inspection).order_by("id")}


def end(*, audit: Audit, inspection: Inspection, due_on: date | None, words: str = "") -> list[Duty]:
    """End a visit: its problems go to the organ to be put right by a day. Refused while a line is not judged."""
    with transaction.atomic():
        held = _open(inspection)
        judged = newest(held)
        lines = {line[0]: line for line in held.checklist.lines}
        open_lines = [line[2] for key, line in lines.items() if key not in judged]
        if open_lines:
            raise Refused(f"还有{len(open_lines)}项没有检查，例如“{open_lines[0]}”。没有看到的请选“没有看到”。")
        row = InspectionEnd.objects.create(
            county=audit.county, inspection=held, on=timezone.localdate(), by=audit.actor,
            words=said(words, "总的情况", 500, needed=False),
        )  # fmt: skip
        met = [judged[key] for key in lines if judged[key].verdict == "problem"]
        problems = [_problem(held, lines[each.line], each) for each in met]
        given = find(audit=audit, problems=problems, due_on=due_on) if problems else []
        audit.record("oversight.end_inspection", row, {"problems": len(given)})
    return given


def _problem(visit: Inspection, line: list[str], met: Judgement) -> Found:
    """What was found, in the words of who found it; the line of the list is what it is held against."""
    basis = f"检查清单“{visit.checklist.name}”第{line[0]}项：{line[2]}"
    more = met.words if len(met.words) > LONGEST_TITLE else ""
    return Found(visit.organ_id, met.words[:LONGEST_TITLE], more, basis[:200], "inspection", met.pk)

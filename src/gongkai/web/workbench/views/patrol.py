"""What was met on a site as tasks: the list, one task with its story, the figures, the workbook."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.patrol.kinds import KINDS
from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors.waiting import Line as WaitingLine
from gongkai.web.organs.selectors import living_organs
from gongkai.web.patrol import policies
from gongkai.web.patrol.progress import MAY
from gongkai.web.patrol.selectors import tasks as selectors
from gongkai.web.patrol.selectors.tasks import Line
from gongkai.web.patrol.services import tasks as services
from gongkai.web.people.policies import can_some, needs
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import day_asked, key_asked, page_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of

LOOK = "patrol.look"
PAGE = 50
EXPORT_LIMIT = 20_000
WAITING = 50


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """The tasks of a group, what is due first on top."""
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    group = request.GET.get("group", "open")
    group = group if group in selectors.GROUPS else "open"
    kind, overdue = request.GET.get("kind", ""), request.GET.get("overdue") == "1"
    number = page_asked(request.GET)
    lines = selectors.tasks(
        person.county, organs, group, today, kind=kind, overdue=overdue, limit=PAGE + 1, offset=PAGE * (number - 1)
    )
    counts = selectors.counts(person.county, organs, today)
    groups = [
        (key, zh, counts[key]) for key, (zh, _) in selectors.GROUPS.items() if key != "unassigned" or organs is None
    ]
    context = {
        "groups": groups,
        "group": group,
        "lines": lines[:PAGE],
        "more": number + 1 if len(lines) > PAGE else None,
        "less": number - 1 if number > 1 else None,
        "kind": kind,
        "kinds": [(key, known.zh) for key, known in KINDS.items()],
        "overdue": overdue,
        "late": counts["overdue"],
        "whole_county": organs is None,
    }
    return render(request, "patrol/list.html", context)


def _task(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    """The task, when this person may do `act` to it. Http404 when the county has none."""
    person = person_of(request)
    found = selectors.task(person.county, key)
    if found is None:
        raise Http404("没有这个问题")
    policies.check_task(person, act, found)
    return found


def _page(request: HttpRequest, found: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    may = {
        act: found.state in states and policies.can_task(person, policies.PERMISSION[act], found)
        for act, states in MAY.items()
    }
    context = {
        "line": Line(found, today),
        "task": found,
        "story": selectors.story(found),
        "can_do": may,
        "any": any(may.values()),
        "organs": living_organs(person.county) if may["assign"] else [],
        "refused": refused,
        "typed": request.POST.get("words", "") if refused else "",
        "today": today,
    }
    return render(request, "patrol/task.html", context, status=status)


@require_GET
@needs(LOOK)
def task(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One task: what was met, where, on what it rests, and what became of it."""
    return _page(request, _task(request, key))


@require_POST
@needs(LOOK)
def act(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Do something about a task."""
    if name not in policies.PERMISSION:
        raise Http404("没有这个办法")
    found = _task(request, key, policies.PERMISSION[name])
    said, audit = request.POST, audit_of(request)
    words = said.get("words", "")
    try:
        if name == "assign":
            organ, due = key_asked(said.get("organ", "")), day_of(request, "due_on")
            if organ is None:
                raise Refused("请选择办理的机关。")
            services.assign(audit=audit, task=found, organ=organ, due_on=due, words=words)
        else:
            {
                "answer": services.answer,
                "verify": services.verify,
                "dismiss": services.dismiss,
                "reopen": services.reopen,
            }[name](audit=audit, task=found, words=words)
    except Refused as error:
        return _page(request, found, refused=str(error), status=409)
    messages.success(request, _DONE[name])
    again = selectors.task(person_of(request).county, key)
    if again is None or not policies.can_task(person_of(request), LOOK, again):
        return HttpResponseRedirect(reverse("patrol"))
    return HttpResponseRedirect(reverse("patrol-task", args=[key]))


_DONE = {
    "assign": "已分办。",
    "answer": "已记下处理情况，等下一次巡查或者由人复查。",
    "verify": "已办结。",
    "dismiss": "已记为不作为问题，以后的巡查不再列出。",
    "reopen": "已重新列为待处理。",
}


def _between(request: HttpRequest, today: date) -> tuple[date, date]:
    said = request.GET
    return day_asked(said.get("first", "")) or today.replace(month=1, day=1), day_asked(said.get("last", "")) or today


@require_GET
@needs(LOOK)
def figures(request: HttpRequest) -> HttpResponse:
    """What was met between two days and what became of it, by organ and by kind; each share beside its base."""
    person, today = person_of(request), timezone.localdate()
    first, last = _between(request, today)
    by_organ, by_kind = selectors.figures(person.county, policies.organs_seen(person), today, first, last)
    tables = [("单位", "各单位", by_organ), ("种类", "各种问题", by_kind)]
    context = {"first": first, "last": last, "tables": tables, "today": today}
    return render(request, "patrol/figures.html", context)


_HEADS = (
    ("问题", 16), ("程度", 10), ("情况", 10), ("单位", 22), ("办理期限", 12), ("逾期", 6), ("页面", 50), ("所指地址", 50), ("位置", 20),
    ("内容", 40), ("说明", 50), ("首次发现", 12), ("最近发现", 12), ("办结", 12),
)  # fmt: skip


def _row(line: Line) -> list[xlsx.Cell]:
    task = line.task
    return [
        line.kind.zh, line.grade_zh, task.get_state_display(), task.organ.name if task.organ else "待分办", task.due_on,
        "是" if line.overdue else "", line.address, line.target, task.place, task.words, task.why, task.first_on, task.met_on,
        task.closed_on,
    ]  # fmt: skip


@require_GET
@needs(LOOK)
def export(request: HttpRequest) -> HttpResponse:
    """A group of tasks as a workbook."""
    person, today = person_of(request), timezone.localdate()
    group = request.GET.get("group", "open")
    group = group if group in selectors.GROUPS else "open"
    lines = selectors.tasks(
        person.county,
        policies.organs_seen(person),
        group,
        today,
        kind=request.GET.get("kind", ""),
        overdue=request.GET.get("overdue") == "1",
        limit=EXPORT_LIMIT,
    )
    return xlsx.answer(xlsx.table("网站巡查", _HEADS, (_row(line) for line in lines)), f"网站巡查问题{today:%Y%m%d}")


def waiting(person: Any, today: date) -> Iterator[WaitingLine]:
    """What waits on the start page: an organ's open tasks; what nobody has yet, for who assigns."""
    calendar = calendar_of(person.county)
    if person.organ_id and can_some(person, "patrol.answer"):
        for line in selectors.waiting(person.county, person.organ_id, WAITING):
            yield _waiting(line, "改正后反馈", calendar, today)
    if can_some(person, "patrol.assign"):
        for line in selectors.waiting(person.county, None, WAITING):
            yield _waiting(line, "分办", calendar, today)


def _waiting(line: Line, act: str, calendar: Any, today: date) -> WaitingLine:
    task = line.task
    title = f"网站巡查：{line.kind.zh}"
    organ = task.organ.name if task.organ else "待分办"
    left = calendar.left(today, task.due_on)
    return WaitingLine("patrol", title, line.address[:120], organ, act, task.due_on, left, "patrol-task", (task.pk,))

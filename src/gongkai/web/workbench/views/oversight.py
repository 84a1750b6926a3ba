"""Supervision at the desk: what is due, the work points of a year split into tasks, files, settings, what waits."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.facts import Refused
from gongkai.web.files.selectors import about
from gongkai.web.onrequest.selectors.waiting import Line as WaitingLine
from gongkai.web.organs.succession import succession
from gongkai.web.oversight import policies
from gongkai.web.oversight.rulekeys import PASS_MARK, PROBLEM_DAYS, REPLY_DAYS
from gongkai.web.oversight.selectors import duties as selectors
from gongkai.web.oversight.selectors import inspections, notices, trainings
from gongkai.web.oversight.services import duties as services
from gongkai.web.oversight.services import settings as setting_services
from gongkai.web.people.policies import can_some, needs
from gongkai.web.rules.selectors import calendar_of, number_set
from gongkai.web.typed import key_asked, keys_asked, number_said
from gongkai.web.workbench.asked import day_of, organ_choices, year_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.deskfiles import file_answer

LOOK, ASSIGN, VERIFY = policies.LOOK, policies.ASSIGN, policies.VERIFY
WAITING = 50
SHOWN = 15


@require_GET
@needs(LOOK)
def overview(request: HttpRequest) -> HttpResponse:
    """What is due and overdue, what waits for a look, the year in figures."""
    person, today = person_of(request), timezone.localdate()
    organs, year = policies.organs_seen(person), year_of(request)
    due = {
        kind: selectors.duties(person.county, organs, kind, selectors.Wanted("open"), today, limit=SHOWN)
        for kind in selectors.KINDS
    }
    figures = [
        (zh, selectors.figures(person.county, organs, kind, year, today)) for kind, zh in selectors.KINDS.items()
    ]
    context = {
        "due": [(kind, selectors.KINDS[kind], lines) for kind, lines in due.items()],
        "answered": [
            line
            for kind in selectors.KINDS
            for line in selectors.duties(person.county, organs, kind, selectors.Wanted("answered"), today, limit=SHOWN)
        ],
        "counts": [
            (kind, zh, selectors.counts(person.county, organs, kind, today)) for kind, zh in selectors.KINDS.items()
        ],
        "figures": figures,
        "year": year,
        "inspected": inspections.counted(person.county, year, organs),
        "trained": trainings.counted(person.county, year, today, organs),
        "noticed": [(notices.KINDS[k], n) for k, n in notices.counted(person.county, year).items()]
        if organs is None
        else [],
        "whole_county": organs is None,
        "today": today,
    }
    return render(request, "oversight/overview.html", context)


@require_GET
@needs(LOOK)
def file(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A file that bears something out, for who may see what it bears out."""
    person = person_of(request)
    row = selectors.evidence(person.county, key)
    if row is None:
        raise Http404("没有这个文件")
    owner: Any = selectors.owner_of(row)
    if row.kind == "notice":
        reply = notices.act_of_file(row.of)
        if reply is None or reply.organ is None:
            raise Http404("没有这个文件")
        policies.check_organ(person, LOOK, row.county, reply.organ)
    elif row.kind == "judgement":
        visit = owner.inspection
        ended = inspections.ended(visit) is not None
        policies.check_organ(person, LOOK if ended else policies.INSPECT, row.county, visit.organ_id)
    elif row.kind == "duty":
        policies.check_organ(person, LOOK, row.county, owner.organ_id)
    else:
        raise Http404("没有这个文件")
    told = about(row.file_id)
    return file_answer(row.file_id, told.name, told.media_type)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=ASSIGN)
def points(request: HttpRequest) -> HttpResponse:
    """The work points of a year, each with what became of its tasks; sent: one more point."""
    person, today = person_of(request), timezone.localdate()
    refused = ""
    if request.method == "POST":
        said = request.POST
        try:
            row = services.keep_point(
                audit=audit_of(request),
                year=number_said(said.get("year", ""), "年度"),
                title=said.get("title", ""),
                words=said.get("words", ""),
                source=said.get("source", ""),
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已记下，请分解到单位。")
            return HttpResponseRedirect(reverse("oversight-point", args=[row.stem]))
    organs, year = policies.organs_seen(person), year_of(request)
    lines = selectors.points(person.county, year, organs, today)
    if organs is not None:
        lines = [line for line in lines if line.tasks]
    context = {
        "lines": lines,
        "year": year,
        "years": sorted({*selectors.years(person.county), today.year, today.year + 1}, reverse=True),
        "may_assign": can_some(person, ASSIGN),
        "refused": refused,
        "typed": request.POST if refused else {"year": year},
        "whole_county": organs is None,
    }
    return render(request, "oversight/points.html", context, status=422 if refused else 200)


def _point(request: HttpRequest, stem: uuid.UUID) -> Any:
    found = selectors.point(person_of(request).county, stem)
    if found is None:
        raise Http404("没有这条要点")
    return found


def _point_page(request: HttpRequest, found: Any, refused: str = "", *, worded: bool = False) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    context = {
        "point": found,
        "worded": request.POST if worded else found,
        "rewording": worded,
        "lines": selectors.tasks_of(person.county, found.stem, organs, today),
        "may_assign": can_some(person, ASSIGN),
        "organs": organ_choices(request, request.POST.getlist("organs")),
        "refused": refused,
        "typed": request.POST if refused and not worded else {},
        "today": today,
        "whole_county": organs is None,
    }
    return render(request, "oversight/point.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=ASSIGN)
def point(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """One work point with its tasks; sent: it is split to more organs."""
    found = _point(request, stem)
    if request.method == "GET":
        return _point_page(request, found)
    said = request.POST
    try:
        made = services.split(
            audit=audit_of(request),
            point=found,
            organs=keys_asked(said.getlist("organs")),
            title=said.get("title", ""),
            measure=said.get("measure", ""),
            due_on=day_of(request, "due_on"),
            begun_on=day_of(request, "begun_on"),
        )
    except Refused as error:
        return _point_page(request, found, str(error))
    messages.success(request, f"已分解给{len(made)}个单位。")
    return HttpResponseRedirect(reverse("oversight-point", args=[stem]))


@require_POST
@needs(ASSIGN)
def point_words(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """Put a work point in other words."""
    found, said = _point(request, stem), request.POST
    try:
        services.keep_point(
            audit=audit_of(request), year=found.year, title=said.get("title", ""), words=said.get("words", ""),
            source=said.get("source", ""), stem=stem, seen=key_asked(said.get("seen", "")),
        )  # fmt: skip
    except Refused as error:
        return _point_page(request, found, str(error), worded=True)
    messages.success(request, "已修改。已经分解的任务不变。")
    return HttpResponseRedirect(reverse("oversight-point", args=[stem]))


@require_http_methods(["GET", "POST"])
@needs(ASSIGN)
def settings(request: HttpRequest) -> HttpResponse:
    """Days and the mark of a test: what holds, and setting it."""
    person, today = person_of(request), timezone.localdate()
    refused = ""
    if request.method == "POST":
        said = request.POST
        try:
            setting_services.set_all(
                audit=audit_of(request),
                problem_days=number_said(said.get("problem_days", ""), "问题的整改天数"),
                reply_days=number_said(said.get("reply_days", ""), "通知的回复天数"),
                pass_mark=number_said(said.get("pass_mark", ""), "测试的及格线"),
                valid_from=today,
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已保存，自今天起生效。")
            return HttpResponseRedirect(reverse("oversight-settings"))
    keys = PROBLEM_DAYS, REPLY_DAYS, PASS_MARK
    held = [number_set(person.county, *key, today) for key in keys]
    names = ("problem_days", "reply_days", "pass_mark")
    rows = zip(
        names,
        ("问题的整改天数", "通知的回复天数", "测试的及格线"),
        ("个工作日，结束检查或者列入问题时可以另定", "个工作日，起草通知时可以另定", "分（满分100分）"),
        [request.POST.get(name, "") for name in names] if refused else held,
        strict=True,
    )
    context = {"rows": list(rows), "refused": refused}
    return render(request, "oversight/settings.html", context, status=409 if refused else 200)


def waiting(person: Any, today: date) -> Iterator[WaitingLine]:
    """What waits on the start page: an organ's duties and notices; for the competent department what was answered."""
    calendar = calendar_of(person.county)
    if person.organ_id and can_some(person, policies.REPORT):
        for line in selectors.waiting(person.county, person.organ_id, WAITING, today):
            act = "整改后反馈" if line.duty.kind == "problem" else "办理并报告"
            yield _waiting(line, act, line.duty.due_on, calendar, today)
        heirs = succession(person.county)
        for row in notices.waiting(person.county, person.organ_id, WAITING):
            found = row.notice
            due = found.reply_by
            act = "回复" if row.received_on else "签收"
            left = calendar.left(today, due)
            detail = found.number or f"{found.sent_on:%Y-%m-%d}发出"
            name, view = f"{found.get_kind_display()}：{found.title}", "oversight-notice"
            yield WaitingLine("oversight", name, detail, heirs.named(row.organ), act, due, left, view, (found.pk,))
    if can_some(person, VERIFY):
        for line in selectors.to_verify(person.county, WAITING, today):
            act = "复查，销号或者退回" if line.duty.kind == "problem" else "复核"
            yield _waiting(line, act, None, calendar, today)


def _waiting(line: selectors.Line, act: str, due: date | None, calendar: Any, today: date) -> WaitingLine:
    duty = line.duty
    title = f"{selectors.KINDS[duty.kind]}：{duty.title}"
    left = calendar.left(today, due)
    detail = f"{duty.number}　{line.state_zh}"
    return WaitingLine("oversight", title, detail, line.organ_zh, act, due, left, "oversight-duty", (duty.pk,))

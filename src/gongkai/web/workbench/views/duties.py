"""Tasks and problems at the desk: lists, one of them with its story, acts, workbooks and the list of problems on paper."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.documents import sheets
from gongkai.patrol.kinds import KINDS as HITS
from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.oversight import policies
from gongkai.web.oversight.kinds import ACTS, STATES
from gongkai.web.oversight.progress import MAY
from gongkai.web.oversight.selectors import duties as selectors
from gongkai.web.oversight.selectors import notices
from gongkai.web.oversight.selectors import settings as settings_of
from gongkai.web.oversight.selectors.duties import Line, Wanted
from gongkai.web.oversight.services import duties as services
from gongkai.web.oversight.services.evidence import look_all
from gongkai.web.patrol.selectors import tasks as patrolled
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import key_asked, page_asked, words_asked, year_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import day_of, files_sent, organ_choices
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.paper import DOCX

LOOK, ASSIGN = policies.LOOK, policies.ASSIGN
PAGE = 50
EXPORT_LIMIT = 20_000
PRINTED = 1000


def _wanted(request: HttpRequest, usual: str) -> Wanted:
    said = request.GET
    group = said.get("group", usual)
    source = said.get("source", "")
    return Wanted(
        group if group in selectors.GROUPS else "",
        year_asked(said.get("year", "")),
        key_asked(said.get("organ", "")),
        source if source in selectors.SOURCES else "",
        said.get("overdue") == "1",
        words_asked(said),
    )


def _kept(wanted: Wanted) -> str:
    told = {
        "year": wanted.year or "",
        "organ": wanted.organ or "",
        "source": wanted.source,
        "overdue": "1" if wanted.overdue else "",
        "words": wanted.words,
    }
    return urlencode({key: value for key, value in told.items() if value})


def _listing(request: HttpRequest, kind: str) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs, wanted = policies.organs_seen(person), _wanted(request, "open")
    number = page_asked(request.GET)
    lines = selectors.duties(person.county, organs, kind, wanted, today, limit=PAGE + 1, offset=PAGE * (number - 1))
    counts = selectors.counts(person.county, organs, kind, today)
    states = STATES[kind]
    context = {
        "kind": kind,
        "kind_zh": selectors.KINDS[kind],
        "groups": [
            ("all", "全部", sum(counts[key] for key in states)),
            *((k, zh, counts[k]) for k, zh in states.items()),
        ],
        "group": wanted.group or "all",
        "lines": lines[:PAGE],
        "less": number - 1 if number > 1 else None,
        "more": number + 1 if len(lines) > PAGE else None,
        "wanted": wanted,
        "kept": _kept(wanted),
        "late": counts["overdue"],
        "sources": [(key, zh) for key, zh in selectors.SOURCES.items() if key != "point"],
        "organs": organ_choices(request, [str(wanted.organ)]) if organs is None else [],
        "whole_county": organs is None,
        "may_assign": can_some(person, ASSIGN),
    }
    return render(request, "oversight/duties.html", context)


@require_GET
@needs(LOOK)
def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of a group, what is due first on top."""
    return _listing(request, "task")


@require_GET
@needs(LOOK)
def problems(request: HttpRequest) -> HttpResponse:
    """The list of problems (问题清单), what is due first on top."""
    return _listing(request, "problem")


_HEADS = (
    ("编号", 18), ("单位", 24), ("内容", 44), ("要求或者措施", 44), ("来源", 12), ("依据", 30), ("交办", 12), ("期限", 12), ("情况", 10),
    ("逾期", 6), ("报告结果", 12), ("完成或者销号", 12), ("退回次数", 8),
)  # fmt: skip


def _row(line: Line) -> list[xlsx.Cell]:
    duty = line.duty
    return [
        duty.number, line.organ_zh, duty.title, duty.measure, line.source_zh, duty.basis, duty.begun_on, duty.due_on,
        line.state_zh, "是" if line.overdue or duty.late else "", duty.answered_on, duty.closed_on, duty.returned,
    ]  # fmt: skip


def _export(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    lines = selectors.duties(
        person.county, policies.organs_seen(person), kind, _wanted(request, ""), today, limit=EXPORT_LIMIT
    )
    return xlsx.answer(xlsx.table(name, _HEADS, (_row(line) for line in lines)), f"{name}{today:%Y%m%d}")


@require_GET
@needs(LOOK)
def tasks_export(request: HttpRequest) -> HttpResponse:
    """The tasks as a workbook."""
    return _export(request, "task", "任务清单")


@require_GET
@needs(LOOK)
def problems_export(request: HttpRequest) -> HttpResponse:
    """The problems as a workbook."""
    return _export(request, "problem", "问题清单")


@require_GET
@needs(LOOK)
def problems_document(request: HttpRequest, form: str) -> HttpResponse:
    """The list of problems on paper, as PDF or Word."""
    if form not in ("pdf", "docx"):
        raise Http404("没有这种格式")
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    lines = selectors.duties(person.county, organs, "problem", _wanted(request, ""), today, limit=PRINTED)
    heads = ("序号", "单位", "问题", "整改要求", "期限", "整改情况")
    rows = [sheets.Line(tuple(sheets.Cell(head, label=True) for head in heads), 9.0, head=True)]
    for number, line in enumerate(lines, start=1):
        duty = line.duty
        closed = f"\n{duty.closed_on:%Y-%m-%d}" if duty.closed_on else ""
        told = (
            str(number), line.organ_zh, duty.title, duty.measure or "—", f"{duty.due_on:%Y-%m-%d}",
            f"{line.state_zh}{'（已过期限）' if line.overdue else ''}{closed}",
        )  # fmt: skip
        rows.append(sheets.Line(tuple(sheets.Cell(words) for words in told), 9.0))
    sheet = sheets.Sheet(
        "政府信息公开工作问题清单", (7, 20, 30, 30, 14, 16), tuple(rows),
        above=(f"截至{today:%Y年%-m月%-d日}，共{len(lines)}个问题",), points=10.5, size=(297.0, 210.0),
    )  # fmt: skip
    made = sheets.sheet_docx(sheet) if form == "docx" else sheets.sheet_pdf(sheet).data
    response = HttpResponse(made, content_type=DOCX if form == "docx" else "application/pdf")
    name = quote(f"问题清单{today:%Y%m%d}.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _duty(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    """The duty, when this person may do `act` to it. Http404 when the county has none."""
    person = person_of(request)
    found = selectors.duty(person.county, key)
    if found is None:
        raise Http404("没有这个任务或者问题")
    policies.check_organ(person, act, found.county, found.organ_id)
    return found


def _page(request: HttpRequest, found: Any, *, refused: str = "", name: str = "", status: int = 200) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    may = {
        act: found.state in states and policies.can_organ(person, policies.PERMISSION[act], found.organ_id)
        for act, states in MAY.items()
    }
    context = {
        "line": Line(found, today),
        "duty": found,
        "names": ACTS[found.kind],
        "story": selectors.story(found),
        "can_do": may,
        "any": any(may.values()),
        "notices": notices.about(person.county, "duty", found.pk) if can_some(person, policies.NOTIFY) else [],
        "may_notify": can_some(person, policies.NOTIFY),
        "refused": refused,
        "refused_at": name,
        "typed": request.POST if refused else {},
        "today": today,
    }
    return render(request, "oversight/duty.html", context, status=status)


@require_GET
@needs(LOOK)
def duty(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One task or problem: what it is, until when, and what was done."""
    return _page(request, _duty(request, key))


@require_POST
@needs(LOOK)
def act(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Do something about a task or problem."""
    if name not in policies.PERMISSION:
        raise Http404("没有这个办法")
    found = _duty(request, key, policies.PERMISSION[name])
    try:
        services.act_on(
            audit=audit_of(request),
            duty=found,
            act=name,
            words=request.POST.get("words", ""),
            due_on=day_of(request, "due_on"),
            files=look_all(files_sent(request)),
        )
    except Refused as error:
        again = selectors.duty(person_of(request).county, key)
        return _page(request, again, refused=str(error), name=name, status=409)
    messages.success(request, f"已记下：{ACTS[found.kind][name]}。")
    return HttpResponseRedirect(reverse("oversight-duty", args=[key]))


@require_http_methods(["GET", "POST"])
@needs(ASSIGN)
def new(request: HttpRequest) -> HttpResponse:
    """Put a problem on the list: by hand, or taken over from the patrol or a complaint."""
    person, today = person_of(request), timezone.localdate()
    said = request.POST if request.method == "POST" else request.GET
    source, key, begun = _taken(request, said)
    there = selectors.taken_over(person.county, source, [key]).get(key, []) if key else []
    refused = ""
    if request.method == "POST":
        try:
            organ = key_asked(said.get("organ", ""))
            if organ is None:
                raise Refused("请选择责任单位。")
            found = services.Found(
                organ, said.get("title", ""), said.get("measure", ""), said.get("basis", ""), source, key
            )
            [made] = services.find(
                audit=audit_of(request), problems=[found], due_on=day_of(request, "due_on"),
                begun_on=day_of(request, "begun_on"),
            )  # fmt: skip
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已列入问题清单，编号{made.number}。")
            return HttpResponseRedirect(reverse("oversight-duty", args=[made.pk]))
    begun = begun | {"due_on": settings_of.problem_due(person.county, today).isoformat()}
    typed = request.POST if refused else begun
    context = {
        "source": source,
        "source_zh": selectors.SOURCES[source],
        "key": key,
        "there": there,
        "organs": organ_choices(request, [str(typed.get("organ", ""))]),
        "typed": typed,
        "refused": refused,
        "today": today,
    }
    return render(request, "oversight/problem_new.html", context, status=422 if refused else 200)


def _taken(request: HttpRequest, said: Any) -> tuple[str, uuid.UUID | None, dict[str, Any]]:
    """What a problem is taken over from: its kind, its key, and what the form begins with."""
    county = person_of(request).county
    if key := key_asked(said.get("patrol", "")):
        task = patrolled.task(county, key)
        if task is None:
            raise Http404("没有这个巡查问题")
        hit = HITS[task.kind]
        words = f"{hit.zh}：{task.words or task.place or patrolled.Line(task, timezone.localdate()).address}"
        begun = {"title": words[:200], "measure": hit.what_to_do, "organ": str(task.organ_id or "")}
        return "patrol", key, begun | {"basis": "" if hit.basis == "本系统规则" else hit.basis[:200]}
    if key := key_asked(said.get("complaint", "")):
        complaint = matters.complaint(county, key)
        if complaint is None:
            raise Http404("没有这件投诉")
        about = ABOUT.get(complaint.about, "")
        return "complaint", key, {"title": about, "organ": str(complaint.organ_id)}
    return "hand", None, {"organ": said.get("organ", "")}

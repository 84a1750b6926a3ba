"""The January room at the desk: where each organ's yearly report stands, reminders to copy, notices to draft."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.annual.forms import edition_for
from gongkai.annual.january import LOCAL, State, day_words
from gongkai.web.collection import policies, wording
from gongkai.web.collection.selectors import january as selectors
from gongkai.web.collection.selectors.reminders import log
from gongkai.web.collection.services import reminding
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest.selectors.waiting import Line as WaitingLine
from gongkai.web.organs.selectors import competent_department
from gongkai.web.oversight import policies as supervision
from gongkai.web.oversight.selectors import duties, notices
from gongkai.web.oversight.selectors.settings import reply_due
from gongkai.web.people.policies import can_some, needs
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import key_asked, keys_asked
from gongkai.web.workbench import januarynotices
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, county_of, person_of
from gongkai.web.workbench.views.collecting import year_of, years

LOOK, REMIND, NOTIFY = policies.LOOK, policies.REMIND, supervision.NOTIFY
FIRST = 5
"""Organs named on top as those to be chased first."""
SEASON = (1, 4)
"""The months in which an organ's people see their report of last year on the start page."""
REMINDED = timedelta(days=60)
"""So long after a reminder they see it too, whatever the month."""
WORKS_ON = "narrative.write"


def _room(request: HttpRequest) -> selectors.Room:
    return selectors.room(county_of(request), year_of(request), timezone.localdate())


def _group(request: HttpRequest, usual: str = "") -> str:
    said = request.GET.get("group", usual)
    return said if said in selectors.GROUPS else usual


@require_GET
@needs(LOOK)
def room(request: HttpRequest) -> HttpResponse:
    """Every organ of a county, who is to be chased first on top."""
    found, group = _room(request), _group(request)
    person = person_of(request)
    lines = found.group(group)
    keys = {januarynotices.key_of(line, found.year): line.organ.pk for line in lines}
    sent: dict[uuid.UUID, list[Any]] = {}
    if can_some(person, NOTIFY):
        about = notices.about_each(person.county, "yearly", keys)
        sent = {keys[key]: held for key, held in about.items()}
    calendar = calendar_of(person.county)
    late = {name: len(found.group(name)) for name in ("law", "county")}
    context = {
        "room": found,
        "year": found.year,
        "years": years(),
        "rows": [(line, sent.get(line.organ.pk, [])) for line in lines],
        "group": group,
        "group_zh": selectors.GROUPS.get(group, ""),
        "counts": found.counts,
        "late": [(name, selectors.GROUPS[name], count) for name, count in late.items() if count],
        "first": [line for line in found.outstanding[:FIRST] if line.overdue or line.left is not None],
        "days": _days(found, calendar),
        "may_remind": can_some(person, REMIND),
        "may_notify": can_some(person, NOTIFY),
        "keeps": policies.can_keep(person),
    }
    return render(request, "collection/january.html", context)


def _days(found: selectors.Room, calendar: Any) -> list[tuple[str, str, str, date | None]]:
    """Who has which day: who, the day in words, what it rests on, the day."""
    of = found.days.department
    assert of.law is not None
    assert of.basis is not None
    rows: list[tuple[str, str, str, date | None]] = []
    if of.county:
        rows.append(("县级部门（提前）", day_words(calendar, of.county), "本县规定", of.county))
    rows.append(("县级部门", day_words(calendar, of.law), of.basis.short, of.law))
    there = {line.organ.form for line in found.lines}
    for form, zh in LOCAL.items():
        day = found.days.of(form).county
        if form in there or form in found.days.local:
            words = day_words(calendar, day) if day else "没有规定，不计期限"
            rows.append((zh, words, "本县规定" if day else "", day))
    if "" in there:
        rows.append(("没有填写类别的单位", "不能确定期限，请在“机关设置”中填写类别", "", None))
    own = found.days.of("county_government")
    assert own.law is not None
    assert own.basis is not None
    rows.append(("县级人民政府", f"{day_words(calendar, own.law)}，由主管部门向社会公布", own.basis.short, own.law))
    return rows


# ── reminding ────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
@needs(REMIND)
def remind(request: HttpRequest) -> HttpResponse:
    """Texts to copy into a chat group; sent: that they were sent, or a message of the system to the organs' people."""
    found, refused = _room(request), ""
    if request.method == "POST":
        try:
            done = _remind(request, found)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(f"{reverse('collection-remind')}?{request.GET.urlencode()}")
    group = _group(request, "outstanding")
    lines = [line for line in found.group(group) if line.outstanding or line.state is State.HANDED_IN]
    office = competent_department(person_of(request).county)
    name = office.name if office else county_of(request).name
    kept = (request.POST.get("for", ""), request.POST.get("words", "")) if refused else ("", "")
    texts = [
        (line, kept[1] if kept[0] == str(line.organ.pk) else wording.for_one(found, line, name), new_key())
        for line in lines
    ]
    context = {
        "room": found,
        "year": found.year,
        "group": group,
        "group_zh": selectors.GROUPS[group],
        "groups": [(key, zh, len(found.group(key))) for key, zh in selectors.GROUPS.items() if key != "published"],
        "lines": lines,
        "all": kept[1] if kept[0] == "all" else wording.for_all(found, lines, name),
        "once": new_key(),
        "message_once": new_key(),
        "texts": texts,
        "log": log(person_of(request).county, found.year),
        "refused": refused,
    }
    return render(request, "collection/remind.html", context, status=409 if refused else 200)


def _remind(request: HttpRequest, found: selectors.Room) -> str:
    said, audit = request.POST, audit_of(request)
    wanted = set(keys_asked(said.getlist("organs")))
    lines = [line for line in found.lines if line.organ.pk in wanted]
    once = key_asked(said.get("once", ""))
    if once is None or len(lines) != len(wanted):
        raise Refused("所选的单位有变动，请刷新后核对。")
    if said.get("way") == "message":
        _, count = reminding.message(audit=audit, year=found.year, lines=lines, once=once)
        return f"已记下。给{count}个邮箱写了消息；各单位的人员登录后在待办页都能看到。"
    reminding.record(audit=audit, year=found.year, lines=lines, words=said.get("words", ""), once=once)
    return f"已记下：提醒了{len(lines)}个单位。"


# ── notices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=NOTIFY)
def draft(request: HttpRequest) -> HttpResponse:
    """Draft notices to the organs that were chosen; what is written into them is shown first."""
    found, person, today, refused = _room(request), person_of(request), timezone.localdate(), ""
    said = request.POST if request.method == "POST" else request.GET
    chosen = set(keys_asked(said.getlist("organ")))
    lines = [line for line in found.lines if line.organ.pk in chosen] or found.outstanding
    problems = _problems(person.county, lines, today)
    if request.method == "POST":
        try:
            made = januarynotices.draft(
                audit=audit_of(request), room=found, lines=[line for line in lines if line.organ.pk in chosen],
                kind=said.get("kind", ""), reply_by=day_of(request, "reply_by"),
                problems=problems if said.get("problems") == "1" else {},
            )  # fmt: skip
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已起草{len(made)}份，请逐份核对后发出。")
            if len(made) == 1:
                return HttpResponseRedirect(reverse("oversight-notice", args=[made[0].pk]))
            return HttpResponseRedirect(f"{reverse('oversight-notices')}?group=draft")
    usual = "urge" if any(line.overdue for line in lines) or not any(line.conflicts for line in lines) else "rectify"
    kind = said.get("kind", usual)
    context = {
        "room": found,
        "year": found.year,
        "kinds": [(key, zh, key == kind) for key, zh in notices.KINDS.items()],
        "rows": [(line, not chosen or line.organ.pk in chosen, problems.get(line.organ.pk, [])) for line in lines],
        "with_problems": said.get("problems") == "1",
        "some_problems": sum(len(held) for held in problems.values()),
        "reply_by": said.get("reply_by") or reply_due(person.county, today).isoformat(),
        "refused": refused,
        "today": today,
        "may_notify": can_some(person, NOTIFY),
    }
    return render(request, "collection/january_draft.html", context, status=422 if refused else 200)


def _problems(county: uuid.UUID, lines: list[selectors.Line], today: date) -> dict[uuid.UUID, list[Any]]:
    """The open problems of organs, by the organ; those of one that was merged with its successor."""
    whose = {line.to.pk: line.organ.pk for line in reversed(lines) if line.to}
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for each in duties.duties(county, None, "problem", duties.Wanted("open"), today, limit=1000):
        now = each.now
        if now in whose:
            found[whose[now]].append(each.duty)
    return dict(found)


# ── an organ's own line on the start page ────────────────────────────────────────────────────────────────────────────


def waiting(person: Any, today: date) -> Iterator[WaitingLine]:
    """An organ's own report of last year, for the people who work on it: in season, or when they were reminded."""
    year = today.year - 1
    if not person.organ_id or not can_some(person, WORKS_ON) or edition_for(year) is None:
        return
    if not SEASON[0] <= today.month <= SEASON[1] and not selectors.reminded_since(
        person.organ_id, year, today - REMINDED
    ):
        return
    calendar = calendar_of(person.county)
    for line in selectors.of_organ(person.organ, year, today):
        if line.state is State.PUBLISHED or (line.done and not line.outstanding and today.month > SEASON[1]):
            continue
        view, args, act = _next(line, year)
        due = None if line.done else line.next_on
        left = calendar.left(today, due)
        told = [line.lacking, line.late_zh]
        if line.reminded:
            told.append(f"{timezone.localdate(line.reminded.recorded_at):%-m月%-d日}县里提醒过")
        detail = "；".join(words for words in told if words)
        yield WaitingLine(
            "yearly", f"{year}年度报告：{line.state_zh}", detail, line.organ.name, act, due, left, view, args
        )


def _next(line: selectors.Line, year: int) -> tuple[str, tuple[object, ...], str]:
    """Where to go on: the page and what is to be done there."""
    of = (line.organ.pk, year)
    match line.state:
        case State.NONE:
            return "year-report", of, "开始编写"
        case State.UNREADABLE:
            return "start", (), "重新报送"
        case State.CONFLICT if line.file:
            return "report", (line.file,), "核对并更正"
        case State.CONFLICT:
            return "year-report", of, "核对并更正"
        case State.DRAFTED if line.unwritten:
            return "words-report", of, "继续编写，送签"
        case State.DRAFTED:
            return "year-issue", of, "送签或者跟踪签发"
        case State.SIGNED:
            return "year-issue", of, "定稿报送"
        case _:
            return "year-issue", of, "公布"

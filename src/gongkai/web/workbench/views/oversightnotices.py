"""Notices at the desk: drafted from what is overdue or found, gone over, sent; received and replied to by organs."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.documents.letters import letter_docx, letter_pdf
from gongkai.web.annual.selectors.reports import report_view
from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.services.complaints import ABOUT
from gongkai.web.oversight import policies
from gongkai.web.oversight.selectors import duties
from gongkai.web.oversight.selectors import notices as selectors
from gongkai.web.oversight.selectors import settings as settings_of
from gongkai.web.oversight.services import notices as services
from gongkai.web.oversight.services.evidence import look_all
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from gongkai.web.people.policies import can_some, needs
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import key_asked, keys_asked, number_said
from gongkai.web.workbench.asked import day_of, files_sent, organ_choices
from gongkai.web.workbench.context import audit_of, person_of, submission_or_404
from gongkai.web.workbench.views.paper import DOCX

LOOK, NOTIFY, SEND = policies.LOOK, policies.NOTIFY, policies.SEND
OFFERED = 200


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """The notices, newest first; an organ's people see those that were sent to it."""
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    group = request.GET.get("group", "")
    lines = selectors.notices(person.county, organs, today, group)
    context = {
        "lines": lines,
        "groups": [("", "全部"), *selectors.STATES.items()] if organs is None else [],
        "group": group if group in selectors.STATES else "",
        "whole_county": organs is None,
        "may_notify": can_some(person, NOTIFY),
    }
    return render(request, "oversight/notices.html", context)


def _about(person: Any, keys: list[uuid.UUID]) -> dict[uuid.UUID, list[About]]:
    """What a notice says of these duties, by organ."""
    today, calendar = timezone.localdate(), calendar_of(person.county)
    found: dict[uuid.UUID, list[About]] = defaultdict(list)
    for line in duties.duties_with(person.county, keys, today):
        duty = line.duty
        late = calendar.left(duty.due_on, today) or 0 if line.overdue else 0
        subject = Subject(duty.title, duty.measure, duty.due_on, late, duty.organ.name)
        found[duty.organ_id].append(About("duty", duty.pk, subject))
    return found


@require_http_methods(["GET", "POST"])
@needs(NOTIFY)
def new(request: HttpRequest) -> HttpResponse:
    """Draft notices from tasks and problems, a complaint, or what a person writes: to each organ its own."""
    person, today, refused = person_of(request), timezone.localdate(), ""
    said = request.POST if request.method == "POST" else request.GET
    complaint, report = _complaint(request, said), _report(request, said)
    if request.method == "POST":
        try:
            made = _draft(request, said, complaint, report)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已起草{len(made)}份，请逐份核对后发出。")
            if len(made) == 1:
                return HttpResponseRedirect(reverse("oversight-notice", args=[made[0].pk]))
            return HttpResponseRedirect(f"{reverse('oversight-notices')}?group=draft")
    chosen = set(keys_asked(said.getlist("duty")))
    offered = [
        (line, line.duty.pk in chosen or (not chosen and not complaint and not report and line.overdue))
        for kind in duties.KINDS
        for line in duties.duties(person.county, None, kind, duties.Wanted("open"), today, limit=OFFERED)
    ]
    kind = said.get("kind", "rectify" if complaint or report else "urge")
    context = {
        "kinds": [(key, zh, key == kind) for key, zh in selectors.KINDS.items()],
        "offered": offered,
        "complaint": complaint,
        "report": report,
        "organs": organ_choices(request, said.getlist("organs") or ([str(complaint.organ_id)] if complaint else [])),
        "reply_by": said.get("reply_by") or settings_of.reply_due(person.county, today).isoformat(),
        "other": said.get("other", ""),
        "refused": refused,
        "today": today,
    }
    return render(request, "oversight/notice_new.html", context, status=422 if refused else 200)


def _complaint(request: HttpRequest, said: Any) -> Any:
    key = key_asked(said.get("complaint", ""))
    if key is None:
        return None
    found = matters.complaint(person_of(request).county, key)
    if found is None:
        raise Http404("没有这件投诉")
    return found


@dataclass(frozen=True, slots=True)
class _Report:
    """A yearly report that was handed in, with what the checker found and nobody dismissed."""

    submission: Any
    findings: tuple[Any, ...]

    def about(self) -> list[About]:
        """What a notice says of it."""
        name = self.submission.organ.name
        return [
            About("report", self.submission.pk, Subject(each.message, each.advice, organ=name))
            for each in self.findings
        ]


def _report(request: HttpRequest, said: Any) -> _Report | None:
    key = key_asked(said.get("report", ""))
    if key is None:
        return None
    submission = submission_or_404(request, key)
    view = report_view(submission)
    if view is None or submission.organ is None:
        raise Http404("这份报告还没有读出来，或者没有确定所属的机关")
    found = [each for each in view.findings if each.grade in ("conflict", "doubt") and not each.dismissed]
    return _Report(submission, tuple(found))


def _draft(request: HttpRequest, said: Any, complaint: Any, report: _Report | None) -> list[Any]:
    person, audit = person_of(request), audit_of(request)
    kind, reply_by = said.get("kind", ""), day_of(request, "reply_by")
    by_organ = _about(person, keys_asked(said.getlist("duty")))
    organs = keys_asked(said.getlist("organs"))
    more: list[About] = []
    if complaint is not None:
        words = f"投诉举报反映的“{ABOUT.get(complaint.about, '其他')}”问题经查证属实"
        more.append(About("complaint", complaint.pk, Subject(words, organ=complaint.organ.name)))
    if report is not None:
        by_organ[report.submission.organ_id] += report.about()
    more += [About("other", None, Subject(line.strip())) for line in said.get("other", "").splitlines() if line.strip()]
    with transaction.atomic():
        if kind == "circular":
            about = [each for held in by_organ.values() for each in held] + more
            return [services.draft(audit=audit, kind=kind, organs=organs, about=about, reply_by=reply_by)]
        if complaint is not None and complaint.organ_id not in organs:
            organs.append(complaint.organ_id)
        wanted = list(dict.fromkeys([*by_organ, *(organs if more else [])]))
        if not wanted:
            raise Refused("请选择通知的事项。")
        return [
            services.draft(
                audit=audit,
                kind=kind,
                organs=[organ],
                about=by_organ.get(organ, []) + (more if organ in organs else []),
                reply_by=reply_by,
            )
            for organ in wanted
        ]


def _notice(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    person = person_of(request)
    found = selectors.notice(person.county, key)
    if found is None:
        raise Http404("没有这份通知")
    organs = selectors.organs_of(found)
    policies.check_notice(person, act, found.county, organs, sent=found.state == "sent")
    return found


def _settled(found: Any, today: date) -> list[Any]:
    """What a draft asks for although it is no longer open: nobody is to be urged to what was done since."""
    if found.state != "draft":
        return []
    keys = [each.key for each in selectors.subjects(found) if each.kind == "duty" and each.key]
    return [line for line in duties.duties_with(found.county, keys, today) if line.duty.state != "open"]


def _page(request: HttpRequest, found: Any, *, refused: str = "", name: str = "", status: int = 200) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    organs = policies.organs_seen(person)
    text = selectors.text_of(found)
    told = selectors.recipients(found)
    mine = selectors.own_of(told, policies.carried(person))
    edited = bool(refused) and name == "edit"
    chosen = request.POST.getlist("organs") if edited else [str(key) for key in selectors.organs_of(found)]
    context = {
        "notice": found,
        "text": text,
        "letter": selectors.letter(found, text),
        "recipients": told if organs is None else [each for each in told if each.organ_id in organs],
        "mine": mine,
        "story": selectors.story(found, organs),
        "subjects": selectors.subjects(found) if organs is None else [],
        "settled": _settled(found, today) if organs is None else [],
        "versions": selectors.versions(found) if organs is None else [],
        "organs": organ_choices(request, chosen),
        "may_edit": found.state == "draft" and can_some(person, NOTIFY),
        "may_send": found.state == "draft" and can_some(person, SEND),
        "may_reply": mine is not None and can_some(person, policies.REPORT),
        "refused": refused,
        "refused_at": name,
        "typed": request.POST if edited else {},
        "said": request.POST.get("words", "") if refused else "",
        "today": today,
    }
    return render(request, "oversight/notice.html", context, status=status)


@require_GET
@needs(LOOK)
def notice(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One notice: its text, to whom it went, what they answered."""
    return _page(request, _notice(request, key))


@require_POST
@needs(LOOK)
def act(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Change, send or drop a draft; receive a notice or reply to it."""
    if name not in policies.NOTICE_PERMISSION:
        raise Http404("没有这个办法")
    found = _notice(request, key, policies.NOTICE_PERMISSION[name])
    try:
        done = _do(request, found, name)
    except Refused as error:
        again = selectors.notice(person_of(request).county, key)
        return _page(request, again, refused=str(error), name=name, status=409)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("oversight-notice", args=[key]))


def _do(request: HttpRequest, found: Any, name: str) -> str:
    said, audit, person = request.POST, audit_of(request), person_of(request)
    match name:
        case "edit":
            services.edit(
                audit=audit, notice=found, base=number_said(said.get("base", ""), "稿次"), title=said.get("title", ""),
                body=said.get("body", ""), organs=keys_asked(said.getlist("organs")), reply_by=day_of(request, "reply_by"),
            )  # fmt: skip
            return "已保存。"
        case "send":
            services.send(
                audit=audit, notice=found, version=number_said(said.get("version", ""), "稿次"), number=said.get("number", ""),
                on=day_of(request, "on", needed="印发日期") or timezone.localdate(),
                confirmed=said.get("confirmed") == "1",
            )  # fmt: skip
            return "已发出，各单位登录后签收和回复。"
        case "drop":
            services.drop(audit=audit, notice=found, words=said.get("words", ""))
            return "已记下，不再发出。"
        case "receive":
            services.receive(audit=audit, notice=found, organ=person.organ_id)
            return "已签收。"
        case _:
            services.reply(
                audit=audit,
                notice=found,
                organ=person.organ_id,
                words=said.get("words", ""),
                files=look_all(files_sent(request)),
            )
            return "已回复。"


@require_GET
@needs(LOOK)
def document(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """The notice as a letter, in Word or PDF."""
    found = _notice(request, key)
    if form not in ("docx", "pdf"):
        raise Http404("没有这种格式")
    letter = selectors.letter(found, selectors.text_of(found))
    data, kind = (letter_docx(letter), DOCX) if form == "docx" else (letter_pdf(letter).data, "application/pdf")
    response = HttpResponse(data, content_type=kind)
    name = quote(f"{found.get_kind_display()} {found.title}.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response

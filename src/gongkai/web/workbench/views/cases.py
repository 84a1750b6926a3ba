"""A case: its page, the acts on it, the records of work, its files."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.onrequest.letters import field_names
from gongkai.onrequest.procedure import ACTS, Act
from gongkai.web.erasure.selectors import erased_at
from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.memo import page_memory
from gongkai.web.onrequest import personal, policies
from gongkai.web.onrequest.covered import see_typed
from gongkai.web.onrequest.recordkinds import KINDS
from gongkai.web.onrequest.selectors import cases as case_selectors
from gongkai.web.onrequest.selectors.casepage import LETTER_OF, case_page
from gongkai.web.onrequest.selectors.casework import case_work
from gongkai.web.onrequest.selectors.disputes import disputes_of
from gongkai.web.onrequest.selectors.facts import applicant_of
from gongkai.web.onrequest.selectors.hidden import without_personal
from gongkai.web.onrequest.selectors.paper import OF_CASE
from gongkai.web.onrequest.services import acts, facts, records
from gongkai.web.onrequest.services.attachments import attach, look_through
from gongkai.web.people.policies import needs
from gongkai.web.people.selectors import people_at
from gongkai.web.typed import day_asked
from gongkai.web.workbench.asked import day_of, files_sent, number_of
from gongkai.web.workbench.context import audit_of, person_of

FIELDS: dict[Act, tuple[str, ...]] = {
    Act.ASK_FOR_SUPPLEMENT: ("until",),
    Act.ASK_FOR_REASONS: ("until",),
    Act.DEFER: ("until",),
    Act.CONSULT_THIRD_PARTY: ("matter",),
    Act.END_THIRD_PARTY: ("open_matter",),
    Act.CONSULT_ORGAN: ("matter",),
    Act.END_ORGAN: ("open_matter",),
    Act.ASK_COUNSEL: ("matter",),
    Act.END_COUNSEL: ("open_matter",),
    Act.ASK_ASSISTANCE: ("matter",),
    Act.END_ASSISTANCE: ("open_matter",),
    Act.EXTEND: ("days",),
    Act.NOTIFY_FEE: ("until",),
    Act.MERGE: ("leading",),
    Act.REOPEN: ("days", "until"),
}
"""What the form of an act asks for besides its day and a note."""


OWN_PAGES: dict[Act, tuple[str, tuple[str, ...], str]] = {
    Act.CONSULT_THIRD_PARTY: ("consult-new", ("third_party",), ""),
    Act.CONSULT_ORGAN: ("consult-new", ("organ",), ""),
    Act.ASK_ASSISTANCE: ("help", (), "?purpose=assistance"),
    Act.ASK_COUNSEL: ("help", (), "?purpose=counsel"),
    Act.MERGE: ("case-together", (), ""),
    Act.CLOSE: ("case-archive", (), ""),
    Act.NOTIFY_FEE: ("case-fee", (), ""),
    Act.RECEIVE_FEE: ("case-fee", (), ""),
}
"""Acts that have a page of their own, on which more is done than a fact entered."""

ONLY_THERE = (Act.MERGE, Act.CLOSE, Act.NOTIFY_FEE)
"""Those of them that are done on that page and nowhere else."""


def own_page(act: Act, key: uuid.UUID) -> str:
    """The address of the page of an act, or nothing."""
    if act not in OWN_PAGES:
        return ""
    name, more, query = OWN_PAGES[act]
    return reverse(name, args=[key, *more]) + query


def application_or_404(request: HttpRequest, key: uuid.UUID, act: str = "onrequest.look") -> Any:
    """The application, when this person may do `act` to it. Http404 when the county has none."""
    person = person_of(request)
    found = case_selectors.application_of(person.county, key)
    if found is None:
        raise Http404("没有这件申请")
    policies.check_case(person, act, found)
    return found


def application_named(request: HttpRequest, number: str, otherwise: str) -> Any:
    """The application with this number, which this person may look at; None for no number.

    Refused where there is none; `otherwise` says when the number may be left out.
    """
    plain, person = number.strip(), person_of(request)
    if not plain:
        return None
    found = case_selectors.application_numbered(person.county, plain)
    if found is None:
        raise Refused(f"没有编号为“{plain}”的申请，请核对；{otherwise}的可以留空。")
    policies.check_case(person, "onrequest.look", found)
    return found


TYPED = {
    "on": "日期", "reason": "说明", "words": "内容", "matter": "代称", "until": "截止日期", "days": "工作日数",
    "opinion": "意见", "body": "正文", "remedy": "救济告知", "attachments": "附件", "late_reason": "逾期原因",
}  # fmt: skip
"""What the fields are called when what was typed is shown once more."""


def typed_lines(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be shown beside a refusal: its form may be gone, since someone else acted first."""
    said = {k: f"{v}".strip() for k, v in request.POST.items() if k not in ("csrfmiddlewaretoken", "seen")}
    names = field_names()
    return [(TYPED.get(k) or names.get(k.removeprefix("f-"), "其他"), v) for k, v in said.items() if v]


def _known_at(request: HttpRequest) -> datetime | None:
    """The end of the day as of which the case is to be shown."""
    day = day_asked(request.GET.get("known", ""))
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


@require_GET
@needs("onrequest.look")
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page of a case, now or as it was known on an earlier day."""
    application = application_or_404(request, key)
    return _page(request, application)


def _page(
    request: HttpRequest, application: Any, *, refused: str = "", act: str = "", status: int = 200
) -> HttpResponse:
    with page_memory():  # also after a refusal: what was to be written was, or was not, and only the page is left
        context = _told(request, application, refused, act) | {"erased_at": erased_at(application.pk)}
    return render(request, "cases/case.html", context, status=status)


def _told(request: HttpRequest, application: Any, refused: str, act: str) -> dict[str, Any]:
    person = person_of(request)
    today = timezone.localdate()
    page = case_page(application, today, _known_at(request))
    shown = policies.organs_seen(person)
    page = replace(page, alike=[each for each in page.alike if shown is None or each.organ in shown])
    if not policies.can_case(person, "onrequest.see_personal", application):
        page = without_personal(page)
    possible = [
        (
            p,
            FIELDS.get(p.act, ()),
            LETTER_OF.get(p.act, ""),
            policies.can_case(person, policies.permission_of(p.act), application),
            own_page(p.act, application.pk),
        )
        for p in page.may
    ]
    return {
        "page": page,
        "possible": possible,
        "may_not": [(p, FIELDS.get(p.act, ())) for p in page.may_not],
        "can": {
            name: policies.can_case(person, f"onrequest.{name}", application)
            for name in (
                "see_personal",
                "assign",
                "handle",
                "draft_decision",
                "merge",
                "dispute",
                "archive",
                "secrecy_file",
                "redact",
            )
        },
        "work": case_work(application, today),
        "sheets": OF_CASE.items(),
        "today": today,
        "record_kinds": [(k, v) for k, v in KINDS.items() if k != "confirmation"],
        "colleagues": people_at(application.organ_id),
        "disputes": disputes_of(application, today),
        "refused": refused,
        "refused_act": act,
        "typed": request.POST if refused else {},
        "typed_lines": typed_lines(request) if refused else [],
    }


@require_POST
@needs("onrequest.look")
def act(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Do one act of the procedure. What was typed stays on the page when it is refused."""
    try:
        wanted = Act(name)
    except ValueError as error:
        raise Http404("没有这种办理") from error
    application = application_or_404(request, key, policies.permission_of(wanted))
    if wanted in ONLY_THERE:
        return HttpResponseRedirect(own_page(wanted, key))
    try:
        acts.perform(
            audit=audit_of(request),
            application=application,
            act=wanted,
            on=day_of(request, "on", needed="办理日期") or timezone.localdate(),
            seen=number_of(request, "seen"),
            as_fact=request.POST.get("as_fact") == "1",
            reason=request.POST.get("reason", ""),
            until=day_of(request, "until"),
            days=number_of(request, "days"),
            matter=request.POST.get("matter", "").strip()[:80],
        )
    except Refused as error:
        return _page(request, application, refused=str(error), act=name, status=409)
    messages.success(request, f"已登记：{ACTS[wanted].zh}。")
    return HttpResponseRedirect(reverse("case", args=[key]))


@require_POST
@needs("onrequest.look")
def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down work on the case."""
    application = application_or_404(request, key, "onrequest.handle")
    told = {k: request.POST.get(k, "") for k in ("way", "with", "places", "keywords", "by", "result")}
    try:
        row = records.record(
            audit=audit_of(request),
            application=application,
            kind=request.POST.get("kind", ""),
            on=day_of(request, "on", needed="日期") or timezone.localdate(),
            words=request.POST.get("words", ""),
            told=told,
        )
    except Refused as error:
        return _page(request, application, refused=str(error), act="record", status=409)
    messages.success(request, f"已记入：{KINDS[row.kind]}。")
    return HttpResponseRedirect(reverse("case", args=[key]) + "#story")


@require_POST
@needs("onrequest.look")
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm receipt with the applicant."""
    application = application_or_404(request, key, "onrequest.handle")
    try:
        records.confirm_receipt(
            audit=audit_of(request),
            application=application,
            way=request.POST.get("way", ""),
            words=request.POST.get("words", ""),
        )
    except Refused as error:
        return _page(request, application, refused=str(error), act="confirm", status=409)
    messages.success(request, "已记入与申请人的确认。")
    return HttpResponseRedirect(reverse("case", args=[key]))


@require_POST
@needs("onrequest.look")
def assign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the case to someone of the organ."""
    application = application_or_404(request, key, "onrequest.assign")
    known = {str(p.pk): p for p in people_at(application.organ_id)}
    chosen = known.get(request.POST.get("handler", ""))
    if chosen is None:
        return _page(request, application, refused="请选择本机关的一名承办人。", act="assign", status=409)
    records.assign(
        audit=audit_of(request), application=application, handler=chosen.pk, reason=request.POST.get("reason", "")
    )
    messages.success(request, f"已分给{chosen.name}办理。")
    return HttpResponseRedirect(reverse("case", args=[key]))


@require_POST
@needs("onrequest.see_personal")
def reveal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show the applicant's data once; that they were seen is on record before they are shown."""
    application = application_or_404(request, key, "onrequest.see_personal")
    row = applicant_of(application)
    with transaction.atomic():
        told = personal.seen(audit_of(request), row, "name", "identity", "phone", "email", "address", "agent")
        typed = see_typed(audit_of(request), application)
    response = render(request, "cases/_personal.html", {"told": told, "typed": typed, "application": application})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@needs("onrequest.look")
def correct(request: HttpRequest, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Put right a fact that was mistaken, or say that it never was."""
    application = application_or_404(request, key, "onrequest.handle")
    old = case_selectors.event_of(application, row)
    if old is None:
        raise Http404("没有这条记录")
    try:
        event = old.event()
        never = request.POST.get("void") == "1"
        new = None if never else replace(event, on=day_of(request, "on", needed="正确的日期") or event.on)
        facts.correct(
            audit=audit_of(request),
            application=application,
            row=row,
            event=new,
            reason=request.POST.get("reason", ""),
            seen=number_of(request, "seen"),
        )
    except Refused as error:
        return _page(request, application, refused=str(error), act=f"correct-{row}", status=409)
    messages.success(request, "已更正。原记录仍保留，期限已重新计算。")
    return HttpResponseRedirect(reverse("case", args=[key]) + "#story")


@require_POST
@needs("onrequest.look")
def upload(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Add files to the case."""
    application = application_or_404(request, key, "onrequest.handle")
    try:
        files = files_sent(request)
        if not files:
            raise Refused("请选择要添加的文件。")
        role = request.POST.get("role", "other")
        uploads = [look_through(*each, role) for each in files]
        isolated = sum(upload.marked for upload in uploads)
        with transaction.atomic():
            for upload in uploads:
                attach(audit=audit_of(request), application=application, file=upload)
    except Refused as error:
        return _page(request, application, refused=str(error), act="upload", status=409)
    if isolated:
        messages.warning(request, f"{isolated}个文件带有密级标志，已隔离，只供保密机构处理，本系统不再留存其他副本。")
    else:
        messages.success(request, f"已添加{len(files)}个文件。")
    return HttpResponseRedirect(reverse("case", args=[key]) + "#files")


@require_GET
@needs("onrequest.look")
def file(request: HttpRequest, key: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """A file of the case, as a download; that it was opened is on record when it may name the applicant."""
    application = application_or_404(request, key)
    found = case_selectors.attachment_of(application, attachment)
    if found is None:
        raise Http404("没有这个文件")
    if found.role != "released":
        policies.check_case(person_of(request), "onrequest.see_personal", application)
    if found.role == "archive":
        policies.check_case(person_of(request), "onrequest.archive", application)
    try:
        data = file_services.read(found.file_id)
    except Refused as error:
        return _page(request, application, refused=str(error), act="upload", status=409)
    with transaction.atomic():
        audit_of(request).record("onrequest.open_file", found, {"role": found.role})
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file.plain_name)}"
    response.headers["Cache-Control"] = "no-store"
    return response

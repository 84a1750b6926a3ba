"""The public's appraisal at the desk: questionnaires, drawn up, opened, stopped, printed; codes for who is invited."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.documents.sheets import sheet_docx, sheet_pdf
from gongkai.oversight.questions import written
from gongkai.web.appraisal import policies
from gongkai.web.appraisal.selectors import paper, results
from gongkai.web.appraisal.selectors import questionnaires as selectors
from gongkai.web.appraisal.services import drafting, inviting
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_with
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import key_asked, keys_asked, number_said
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of

LOOK, DRAFT, PUBLISH = policies.LOOK, policies.DRAFT, policies.PUBLISH
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAMPLE = """单选：您主要从哪里了解政府信息？
政府网站
公开栏、政务服务大厅
村（社区）干部
其他

评价：您对这个机关公开信息的及时程度是否满意？
*满意
*基本满意
不满意

评价：您对这个机关公开信息的内容是否满意？
*满意
*基本满意
不满意

文字：您还有什么意见和建议？
"""


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """Every questionnaire that this person may see, the newest first."""
    person = person_of(request)
    seen = policies.organs_seen(person)
    context = {
        "lines": selectors.lines(person.county, timezone.localdate(), seen),
        "may_draft": can_some(person, DRAFT),
        "whole_county": seen is None,
    }
    return render(request, "appraisal/list.html", context)


def found_one(request: HttpRequest, stem: uuid.UUID, act: str = LOOK, *, draft: bool = True) -> Any:
    """The version that the address names: else the one that was opened last, else (`draft`) what nobody opened yet."""
    person, said = person_of(request), request.GET.get("version", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else None
    row = selectors.version(person.county, stem, number)
    if row is None and draft and number is None:
        row = selectors.newest(person.county, stem)
    if row is None:
        raise Http404("没有这份问卷")
    policies.check_organ(person, act, row.county, row.organ_id)
    return row


def about(request: HttpRequest, row: Any) -> dict[str, Any]:
    """What every page of a questionnaire shows in its head."""
    person = person_of(request)
    acts = {"draft": DRAFT, "enter": policies.ENTER, "publish": PUBLISH}
    return {
        "row": row,
        "state": selectors.state_of(row, timezone.localdate()),
        "state_zh": selectors.STATES[selectors.state_of(row, timezone.localdate())],
        "organs": selectors.subjects_of(row),
        "versions": selectors.versions(row.county, row.stem),
        "can": {name: policies.can_organ(person, act, row.organ_id) for name, act in acts.items()},
    }


def one_page(request: HttpRequest, row: Any, refused: str = "") -> HttpResponse:
    """One questionnaire: how far it is, what it asks, and what may be done."""
    newest = selectors.newest(row.county, row.stem)
    context = about(request, row) | {
        "questions": selectors.questions_of(row),
        "ending": selectors.ending_of(row),
        "told": results.live(row),
        "published": results.published(row),
        "draft": newest if newest and newest.pk != row.pk and newest.version > row.version else None,
        "refused": refused,
    }
    return render(request, "appraisal/one.html", context, status=409 if refused else 200)


@require_GET
@needs(LOOK)
def one(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """One questionnaire."""
    return one_page(request, found_one(request, stem))


def _hosts(request: HttpRequest) -> list[Any]:
    """The organs for which this person may draw one up, their own first."""
    person = person_of(request)
    found = [each for each in living_organs(person.county) if policies.can_organ(person, DRAFT, each.pk)]
    return sorted(found, key=lambda organ: (organ.pk != person.organ_id, not organ.competent))


def _told(request: HttpRequest) -> drafting.Told:
    said = request.POST
    opens, closes = day_of(request, "opens_on", needed="开始日"), day_of(request, "closes_on", needed="截止日")
    assert opens is not None
    assert closes is not None
    return drafting.Told(
        said.get("title", ""), said.get("text", ""), tuple(keys_asked(said.getlist("organs"))), opens, closes,
        said.get("intro", ""), said.get("invited") == "1",
    )  # fmt: skip


def _form(request: HttpRequest, row: Any, refused: str = "") -> HttpResponse:
    """The form of a questionnaire: as it was typed, else as it stands, else with an example."""
    chosen = request.POST.getlist("organs") if refused else row.subjects if row else []
    typed: Any = request.POST
    if not refused:
        typed = {"text": written(selectors.questions_of(row)) if row else SAMPLE}
        if row:
            typed |= {name: getattr(row, name) for name in ("title", "intro", "invited")}
            typed |= {name: getattr(row, name).isoformat() for name in ("opens_on", "closes_on")}
    hosts = [row.organ] if row else _hosts(request)
    opened = row is not None and selectors.state_of(row, timezone.localdate()) != "draft"
    every = living_organs(person_of(request).county)
    context = {
        "row": row,
        "opened": opened,
        "hosts": hosts,
        "subjects": [(organ, str(organ.pk) in chosen) for organ in every],
        "typed": typed,
        "refused": refused,
        "competent": any(each.competent for each in hosts),
    }
    return render(request, "appraisal/form.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def new(request: HttpRequest) -> HttpResponse:
    """Draw one up."""
    if request.method == "GET":
        return _form(request, None)
    person = person_of(request)
    key = key_asked(request.POST.get("host", ""))
    host = organ_with(person.county, key) if key else None
    try:
        if host is None:
            raise Refused("请选择组织评议的机关。")
        policies.check_organ(person, DRAFT, host.county, host.pk)
        row = drafting.keep(audit=audit_of(request), organ=host, told=_told(request))
    except Refused as error:
        return _form(request, None, str(error))
    messages.success(request, "已保存，还没有开放。请核对后开放。")
    return HttpResponseRedirect(reverse("appraisal-one", args=[row.stem]))


@require_http_methods(["GET", "POST"])
@needs(DRAFT)
def edit(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """Change what nobody opened yet, or draw up the next version of what was."""
    person = person_of(request)
    row = selectors.newest(person.county, stem)
    if row is None:
        raise Http404("没有这份问卷")
    policies.check_organ(person, DRAFT, row.county, row.organ_id)
    if request.method == "GET":
        return _form(request, row)
    try:
        drafting.keep(
            audit=audit_of(request), organ=row.organ, told=_told(request), stem=stem,
            base=key_asked(request.POST.get("base", "")), why=request.POST.get("why", ""),
        )  # fmt: skip
    except Refused as error:
        return _form(request, row, str(error))
    messages.success(request, "已保存，还没有开放。请核对后开放。")
    return HttpResponseRedirect(reverse("appraisal-draft", args=[stem]))


@require_GET
@needs(LOOK)
def draft(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """What is drawn up and not opened yet, while an earlier version may run."""
    person = person_of(request)
    row = selectors.newest(person.county, stem)
    if row is None:
        raise Http404("没有这份问卷")
    policies.check_organ(person, LOOK, row.county, row.organ_id)
    return one_page(request, row)


@require_POST
@needs(PUBLISH)
def open_to_all(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """Let the public answer what this person has before them."""
    person = person_of(request)
    row = selectors.newest(person.county, stem)
    if row is None:
        raise Http404("没有这份问卷")
    policies.check_organ(person, PUBLISH, row.county, row.organ_id)
    if str(row.pk) != request.POST.get("base", ""):
        return one_page(request, row, drafting.TAKEN)
    try:
        drafting.open_to_all(audit=audit_of(request), row=row)
    except Refused as error:
        return one_page(request, row, str(error))
    messages.success(request, "已经开放，题目不再变动。到开始日即可填写。")
    return HttpResponseRedirect(reverse("appraisal-one", args=[stem]))


@require_POST
@needs(PUBLISH)
def stop(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """Take no more answers."""
    row = found_one(request, stem, PUBLISH)
    try:
        drafting.stop(audit=audit_of(request), row=row, why=request.POST.get("why", ""))
    except Refused as error:
        return one_page(request, row, str(error))
    messages.success(request, "已经停止，不再接收答卷。")
    return HttpResponseRedirect(reverse("appraisal-one", args=[stem]))


@require_GET
@needs(LOOK)
def document(request: HttpRequest, stem: uuid.UUID, form: str) -> HttpResponse:
    """The sheet to be printed and handed out."""
    row = found_one(request, stem)
    if form not in ("pdf", "docx"):
        raise Http404("没有这种格式")
    sheet = paper.sheet_of(row)
    data, kind = (sheet_docx(sheet), DOCX) if form == "docx" else (sheet_pdf(sheet).data, "application/pdf")
    response = HttpResponse(data, content_type=kind)
    name = quote(f"{row.title}（{row.code}）.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@needs(DRAFT)
def codes(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """Make codes; they leave once, as a table for letters and messages."""
    row = found_one(request, stem, DRAFT)
    said = request.POST
    try:
        made = inviting.invite(
            audit=audit_of(request),
            row=row,
            count=number_said(said.get("count", ""), "个数"),
            words=said.get("words", ""),
        )
    except Refused as error:
        return one_page(request, row, str(error))
    address = request.build_absolute_uri(reverse("portal-appraisal", args=[stem]))
    heads = (("邀请码", 16), ("填写地址", 60), ("问卷", 40))
    table = xlsx.table("邀请码", heads, ((code, address, row.title) for code in made))
    return xlsx.answer(table, f"邀请码（{row.title}）")

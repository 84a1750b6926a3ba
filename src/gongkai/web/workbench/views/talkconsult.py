"""Consultations at the desk: the period of a draft, opinions on paper, what became of them, the entry that says so."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.facts import Refused
from gongkai.web.interaction import policies
from gongkai.web.interaction.selectors import consultations as reading
from gongkai.web.interaction.services import consultations as services
from gongkai.web.interaction.services.consultations import Given
from gongkai.web.people.policies import can_act, needs, whose
from gongkai.web.proactive.policies import organs_seen as catalogue_seen
from gongkai.web.proactive.selectors.entries import GROUPS, entries, entry
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.forms_talk import OpinionForm, PeriodForm
from gongkai.web.workbench.views.talk import handed_out

LOOK, CONSULT = "interaction.look", "interaction.consult"


@require_GET
@needs(LOOK)
def listing(request: HttpRequest) -> HttpResponse:
    """The consultations, and the drafts of that kind that take no opinions yet."""
    person = person_of(request)
    organs = policies.organs_seen(person)
    lines = reading.lines(person.county, organs, timezone.localdate())
    known = {line.item for line in lines}
    waiting = [
        line
        for group in ("drafts", "review", "approved", "public")
        for line in entries(person.county, catalogue_seen(person), group, kind=services.KIND)
        if line.key not in known and group in GROUPS
    ]
    context = {"lines": lines, "waiting": waiting, "whole_county": organs is None, "today": timezone.localdate()}
    return render(request, "talk/consultations.html", context)


def _item(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    found = entry(person_of(request).county, key)
    if found is None or found.standing.kind != services.KIND:
        raise Http404("没有这一征集")
    policies.check_organ(person_of(request), act, found.county, found.organ_id)
    return found


def _page(request: HttpRequest, item: Any, *, refused: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    asked = reading.consultation(item.county, item.pk)
    who = whose(person, item.organ_id)
    may_see = can_act(person, policies.SEE, who)
    with transaction.atomic():
        opinions = reading.opinions(asked, audit_of(request)) if asked and may_see else []
    told = reading.summed_up(asked) if asked else None
    start = {"opens_on": asked.opens_on, "closes_on": asked.closes_on, "major": asked.major} if asked else None
    context = {
        "item": item,
        "asked": asked,
        "told": told,
        "opinions": opinions,
        "unplaced": [line for line in opinions if line.group is None],
        "may_see": may_see,
        "may": can_act(person, CONSULT, who),
        "outcomes": reading.OUTCOMES,
        "period_form": forms.get("period_form") or PeriodForm(initial=start),
        "opinion_form": forms.get("opinion_form") or OpinionForm(initial=OpinionForm.fresh()),
        "feedback": reading.feedback_of(item.pk),
        "ended": bool(asked and asked.closes_on < today),
        "least": services.least_days(today),
        "basis": services.basis(today),
        "days": (asked.closes_on - asked.opens_on).days if asked else 0,
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "talk/consultation.html", context, status=status)


@require_GET
@needs(LOOK)
def consultation(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One consultation."""
    return _page(request, _item(request, key))


def _back(request: HttpRequest, key: uuid.UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("talk-consultation", args=[key]))


@require_POST
@needs(CONSULT)
def period(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Set or change the period."""
    item = _item(request, key, CONSULT)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _page(request, item, refused="请填写开始日和截止日。", status=422, period_form=form)
    try:
        services.ask(audit=audit_of(request), item=item.pk, **form.cleaned_data)
    except Refused as error:
        return _page(request, item, refused=str(error), status=409, period_form=form)
    return _back(request, key, "征集期已经保存。条目发布后，征集期内公众可以在网上提意见。")


@require_POST
@needs(CONSULT)
def opinion(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Key in an opinion that came on paper."""
    item = _item(request, key, CONSULT)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, item, refused="有几项需要改正，请看标出的位置。", status=422, opinion_form=form)
    try:
        done = services.give(audit=audit_of(request), item=item.pk, given=Given(**form.cleaned_data))
    except Refused as error:
        return _page(request, item, refused=str(error), status=409, opinion_form=form)
    return _back(request, key, f"已登记，编号{done.number}。")


def _keys(request: HttpRequest) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(said) for said in request.POST.getlist("opinion")[:500]]
    except ValueError as error:
        raise Refused("有一条意见不是对这一条目提出的，请核对。") from error


@require_POST
@needs(CONSULT)
def group(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Sum up some opinions with what became of them, put more into a group, or correct one."""
    item = _item(request, key, CONSULT)
    audit, said = audit_of(request), request.POST
    held = reading.group(item.county, item.pk, said.get("group", ""))
    try:
        if "place" in said:
            if held is None:
                raise Refused("请选择归入哪一组。")
            services.place(audit=audit, item=item.pk, opinions=_keys(request), group=held)
        else:
            services.sum_up(
                audit=audit,
                item=item.pk,
                summary=said.get("summary", ""),
                outcome=said.get("outcome", ""),
                reason=said.get("reason", ""),
                opinions=_keys(request),
                follows=held,
            )
    except Refused as error:
        return _page(request, item, refused=str(error), status=409)
    return _back(request, key, "已经保存。")


@require_POST
@needs(CONSULT)
def feedback(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Draft the entry that says what became of the opinions."""
    item = _item(request, key, CONSULT)
    try:
        made = services.draft_feedback(audit=audit_of(request), item=item.pk)
    except Refused as error:
        return _page(request, item, refused=str(error), status=409)
    messages.success(request, "反馈已经起草，请补充后送审；发布后与征集的条目互相链接。")
    return HttpResponseRedirect(reverse("entry", args=[made]))


@require_GET
@needs("interaction.see_personal")
def file(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A file that came with an opinion; that it was opened is on record."""
    item = _item(request, key, "interaction.see_personal")
    found = reading.opinion_file(item.county, item.pk, file)
    if found is None:
        raise Http404("没有这个文件")
    with transaction.atomic():
        audit_of(request).record("interaction.open_file", found, {})
    return handed_out(found.file_id)

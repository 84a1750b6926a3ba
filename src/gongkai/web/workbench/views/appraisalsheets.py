"""Sheets of an appraisal at the desk: batches of paper, what stands out from the net, what was written, the result."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.oversight.answers import differences
from gongkai.oversight.questions import UNKNOWN, Choice
from gongkai.web.appraisal import policies
from gongkai.web.appraisal.rulekeys import BURST, LEAST, MINUTES, SAME
from gongkai.web.appraisal.selectors import questionnaires, results, watching
from gongkai.web.appraisal.selectors import sheets as selectors
from gongkai.web.appraisal.selectors.showing import shown
from gongkai.web.appraisal.services import publishing, sifting, taking
from gongkai.web.appraisal.services import settings as setting_services
from gongkai.web.appraisal.services.taking import Sheet
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.rules.selectors import number_set
from gongkai.web.typed import key_asked, keys_asked, number_said
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.appraisal import about, found_one

LOOK, ENTER, SIFT, PUBLISH, SET = policies.LOOK, policies.ENTER, policies.SIFT, policies.PUBLISH, policies.SET
NUMBERS = (
    ("least", LEAST, "不列比例的份数", "份。回答少于这个数的题，只列份数，不列比例。"),
    ("burst", BURST, "集中提交的份数", "份。网上的答卷在下面的时间内达到这个数，提示核对。"),
    ("minutes", MINUTES, "集中提交的时间", "分钟。"),
    ("same", SAME, "雷同答卷的份数", "份。同一天答案完全相同的答卷达到这个数，提示核对。"),
)


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def batches(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """The batches of paper; sent: one more."""
    row, refused = found_one(request, stem, ENTER, draft=False), ""
    if request.method == "POST":
        try:
            on = day_of(request, "collected_on", needed="收回的日期")
            assert on is not None
            made = taking.bring(
                audit=audit_of(request), row=row, place=request.POST.get("place", ""), collected_on=on,
                sheets=number_said(request.POST.get("sheets", ""), "份数"),
            )  # fmt: skip
        except Refused as error:
            refused = str(error)
        else:
            return HttpResponseRedirect(reverse("appraisal-batch", args=[made.pk]))
    context = about(request, row) | {
        "batches": selectors.batches(row),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "appraisal/paper.html", context, status=422 if refused else 200)


def _batch(request: HttpRequest, key: uuid.UUID) -> Any:
    found = selectors.batch(person_of(request).county, key)
    if found is None:
        raise Http404("没有这一批答卷")
    policies.check_organ(person_of(request), ENTER, found.county, found.questionnaire.organ_id)
    return found


def _choices(request: HttpRequest, row: Any) -> dict[str, Choice]:
    """What was ticked, as numbers; what is none goes through as it was sent and is refused."""

    def place(said: str) -> int:
        return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else -1

    found: dict[str, Choice] = {}
    for each in questionnaires.questions_of(row):
        said = [word for word in request.POST.getlist(each.key) if word]
        if each.kind == "many" and said:
            found[each.key] = [place(word) for word in said]
        elif each.kind != "text" and said:
            found[each.key] = UNKNOWN if said[0] == UNKNOWN else place(said[0])
    return found


def _enter(request: HttpRequest, found: Any) -> int:
    row, said = found.questionnaire, request.POST
    texts = {each.key: said.get(each.key, "") for each in questionnaires.questions_of(row) if each.kind == "text"}
    organ = key_asked(said.get("organ", ""))
    if organ is None:
        raise Refused("请选择评议的机关。")
    number = number_said(said.get("number", ""), "序号")
    taking.enter(
        audit=audit_of(request), batch=found, number=number, printed=said.get("printed", ""),
        sheet=Sheet(organ, _choices(request, row), texts), void=said.get("void", ""),
    )  # fmt: skip
    return number


def batch_page(request: HttpRequest, found: Any, refused: str = "") -> HttpResponse:
    """One batch with its sheets, and the form for the next."""
    row = found.questionnaire
    asked = [(each, request.POST.getlist(each.key) if refused else []) for each in questionnaires.questions_of(row)]
    context = about(request, row) | {
        "batch": found,
        "sheets": selectors.entered(found),
        "next": selectors.next_number(found),
        "asked": asked,
        "refused": refused,
        "typed": request.POST if refused else {"printed": request.GET.get("printed", "")[:20]},
    }
    return render(request, "appraisal/batch.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One batch; sent: one sheet of it."""
    found = _batch(request, key)
    if request.method == "GET":
        return batch_page(request, found)
    try:
        number = _enter(request, found)
    except Refused as error:
        return batch_page(request, found, str(error))
    messages.success(request, f"第{number}份已录入。")
    return HttpResponseRedirect(reverse("appraisal-batch", args=[key]) + f"?printed={found.questionnaire.code}")


@require_POST
@needs(ENTER)
def strike(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Strike a sheet that was entered wrongly."""
    found = selectors.answer(person_of(request).county, key)
    if found is None or found.batch is None:
        raise Http404("没有这份纸质答卷")
    policies.check_organ(person_of(request), ENTER, found.county, found.questionnaire.organ_id)
    try:
        taking.strike(audit=audit_of(request), answer=found, why=request.POST.get("why", ""))
    except Refused as error:
        return batch_page(request, found.batch, str(error))
    messages.success(request, f"第{found.sheet}份已冲销，可以重新录入。")
    return HttpResponseRedirect(reverse("appraisal-batch", args=[found.batch.pk]))


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=SIFT)
def sift(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """What stands out and what was set aside; sent: answers are set aside or count again."""
    row, refused, person = found_one(request, stem, draft=False), "", person_of(request)
    if request.method == "POST":
        said, keys = request.POST, keys_asked(request.POST.getlist("answers"))
        subjects = {organ.pk for organ in questionnaires.subjects_of(row)}
        may = {organ for organ in subjects if policies.can_organ(person, SIFT, organ)}
        for organ in selectors.organs_of(row, keys) or may or subjects:
            policies.check_organ(person, SIFT, row.county, organ)
        try:
            kind = said.get("kind", "")
            count = sifting.sift(
                audit=audit_of(request), row=row, answers=keys, kind=kind, reason=said.get("reason", ""),
                words=said.get("words", ""),
            )  # fmt: skip
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已{'剔除' if kind == 'aside' else '恢复计入'}{count}份。")
            return HttpResponseRedirect(f"{reverse('appraisal-sift', args=[stem])}?version={row.version}")
    context = about(request, row) | {
        "groups": watching.standing_out(row, timezone.localdate()),
        "aside": watching.set_aside(row),
        "reasons": results.REASONS.items(),
        "may_sift": any(policies.can_organ(person, SIFT, organ.pk) for organ in questionnaires.subjects_of(row)),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "appraisal/sift.html", context, status=409 if refused else 200)


@require_GET
@needs(LOOK)
def words(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """What was written, for the desk alone; that it was read is on record."""
    row = found_one(request, stem, draft=False)
    with transaction.atomic():
        written = selectors.written(audit=audit_of(request), row=row)
    return render(request, "appraisal/words.html", about(request, row) | {"written": written})


def _result_page(request: HttpRequest, row: Any, refused: str = "") -> HttpResponse:
    told = results.live(row)
    before = results.published(row)
    organ = request.GET.get("organ", "")[:40]
    found = shown(told, organ)
    if found is None:
        raise Http404("这份问卷不评议这个机关")
    context = about(request, row) | {
        "told": told,
        "shown": found,
        "mark": results.mark_of(told),
        "incomplete": results.incomplete(row),
        "published": before,
        "changes": differences(before[0].result, told) if before else [],
        "apart": results.apart(row),
        "refused": refused,
        "typed": request.POST if refused else {"remarks": before[0].result["remarks"]} if before else {},
    }
    return render(request, "appraisal/result.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=PUBLISH)
def result(request: HttpRequest, stem: uuid.UUID) -> HttpResponse:
    """The result as it stands; sent: it is published."""
    act = PUBLISH if request.method == "POST" else LOOK
    row, said = found_one(request, stem, act, draft=False), request.POST
    if request.method == "GET":
        return _result_page(request, row)
    try:
        publishing.publish(
            audit=audit_of(request), row=row, seen=said.get("seen", ""), remarks=said.get("remarks", ""),
            why=said.get("why", ""),
        )  # fmt: skip
    except Refused as error:
        return _result_page(request, row, str(error))
    messages.success(request, "已在门户公布。")
    return HttpResponseRedirect(f"{reverse('appraisal-result', args=[stem])}?version={row.version}")


@require_http_methods(["GET", "POST"])
@needs(SET)
def settings(request: HttpRequest) -> HttpResponse:
    """What the county goes by, and setting it."""
    person, today, refused = person_of(request), timezone.localdate(), ""
    if request.method == "POST":
        try:
            numbers = {name: number_said(request.POST.get(name, ""), zh) for name, _, zh, _ in NUMBERS}
            setting_services.set_all(audit=audit_of(request), valid_from=today, **numbers)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已保存，自今天起生效。")
            return HttpResponseRedirect(reverse("appraisal-settings"))
    rows = [
        (
            name,
            zh,
            says,
            request.POST.get(name, "") if refused else number_set(person.county, *key, today),
        )
        for name, key, zh, says in NUMBERS
    ]
    return render(
        request, "appraisal/settings.html", {"rows": rows, "refused": refused}, status=409 if refused else 200
    )

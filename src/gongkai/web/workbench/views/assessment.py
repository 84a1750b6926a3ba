"""Assessments at the desk: rounds, schemes, opening a round, the ranking, the draft of its notice."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.oversight.computed import COMPUTED
from gongkai.oversight.scheme import FORMS, MODES, PERIODS, TAGS, Scheme
from gongkai.web.assessment import policies
from gongkai.web.assessment.selectors import rounds as selectors
from gongkai.web.assessment.selectors.settings import weight
from gongkai.web.assessment.selectors.sheets import sheets
from gongkai.web.assessment.services import rounds as services
from gongkai.web.assessment.services.schemes import Faulty, save
from gongkai.web.assessment.services.settings import set_weight
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import key_asked, keys_asked, whole_number
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, county_of, person_of

LOOK, KEEP = policies.LOOK, policies.KEEP


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def listing(request: HttpRequest) -> HttpResponse:
    """The rounds: for the competent department all of them, for an organ its own sheets and the rankings.

    Sent: the share that the assessment has in the whole performance.
    """
    person, refused = person_of(request), ""
    if request.method == "POST":
        try:
            set_weight(audit=audit_of(request), said=request.POST.get("weight", ""), valid_from=timezone.localdate())
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已保存，自今天起生效。")
            return HttpResponseRedirect(reverse("assessment"))
    context = {
        "rounds": selectors.rounds(person.county, policies.organs_seen(person)),
        "known": selectors.known_rounds(person.county),
        "whole": policies.organs_seen(person) is None,
        "may_keep": can_some(person, KEEP),
        "weight": weight(person.county, timezone.localdate()),
        "refused": refused,
    }
    return render(request, "assessment/list.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def schemes(request: HttpRequest) -> HttpResponse:
    """The county's schemes and those that came with the system; sent: a text, as a new scheme."""
    person = person_of(request)
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            row = save(audit=audit_of(request), text=_text(request), seen=0)
        except Refused as error:
            refused = _says(error)
        else:
            messages.success(request, f"已保存“{row.title}”第{row.number}版。")
            return HttpResponseRedirect(reverse("assessment-scheme", args=[row.key]))
    context = {
        "schemes": selectors.schemes(person.county),
        "tags": TAGS,
        "refused": refused,
        "typed": request.POST.get("text", ""),
        "computed": COMPUTED.items(),
        "forms": FORMS.items(),
        "may_keep": can_some(person, KEEP),
    }
    return render(request, "assessment/schemes.html", context, status=422 if refused else 200)


def _says(error: Refused) -> tuple[str, ...]:
    return error.says if isinstance(error, Faulty) else (str(error),)


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").replace("\r\n", "\n")
    if (file.size or 0) > 1_000_000:
        raise Refused("方案文件超过1MB，没有收下。")
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("方案文件不是UTF-8编码的文本，请另存为UTF-8后再上传。") from None


def _tree(found: Scheme) -> list[dict[str, Any]]:
    return [
        {
            "of": each,
            "number": found.number(each.key),
            "mode": MODES.get(each.mode, ""),
            "tag": TAGS.get(each.tag, ""),
            "computed": COMPUTED.get(each.computed),
            "forms": "、".join(FORMS[form] for form in each.applies_to),
        }
        for each in found.indicators.values()
    ]


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=KEEP)
def scheme(request: HttpRequest, name: str) -> HttpResponse:
    """One scheme: its tree, its text, its versions; sent: a changed text, as the next version."""
    person = person_of(request)
    number = request.GET.get("version", "")
    if len(name) > 40 or (number and not (number.isascii() and number.isdigit() and len(number) < 6)):
        raise Http404("没有这个方案")
    found = selectors.scheme_version(person.county, name, int(number) if number else None)
    if found is None:
        raise Http404("没有这个方案")
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            row = save(
                audit=audit_of(request), text=_text(request), seen=whole_number(request.POST.get("seen", "")) or 0
            )
        except Refused as error:
            refused = _says(error)
        else:
            messages.success(request, f"已保存“{row.title}”第{row.number}版；已经发起的考核仍按原来的版本评分。")
            return HttpResponseRedirect(reverse("assessment-scheme", args=[row.key]))
    context = {
        "version": found,
        "scheme": found.scheme,
        "period": PERIODS[found.scheme.period],
        "tag": TAGS[found.scheme.tag],
        "tree": _tree(found.scheme),
        "versions": selectors.numbers_of(person.county, name),
        "text": request.POST.get("text", found.text) if refused else found.text,
        "refused": refused,
        "may_keep": can_some(person, KEEP),
    }
    return render(request, "assessment/scheme.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    person = person_of(request)
    refused = ""
    if request.method == "POST":
        try:
            row = _opened(request)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, "已发起考核，各单位可以开始自评。")
            return HttpResponseRedirect(reverse("assessment-round", args=[row.pk]))
    said = request.POST
    context = {
        "schemes": selectors.usable(person.county),
        "organs": living_organs(person.county),
        "chosen": said.getlist("organ"),
        "said": said,
        "refused": refused,
        "fields": _DAYS,
        "typed": {key: said.get(key, "") for key, _, _ in _DAYS},
    }
    return render(request, "assessment/new.html", context, status=422 if refused else 200)


_DAYS = (
    ("first", "考核开始日", True),
    ("last", "考核结束日", True),
    ("cutoff", "数据截止日", True),
    ("self_due", "自评期限", False),
    ("appeal_due", "申诉期限", False),
)


def _opened(request: HttpRequest) -> Any:
    said = request.POST
    days = {key: day_of(request, key, needed=zh if needed else "") for key, zh, needed in _DAYS}
    key = key_asked(said.get("scheme", ""))
    version = selectors.scheme_key(person_of(request).county, key) if key else None
    if version is None:
        raise Refused("请选择考核方案。")
    first, last, cutoff = days["first"], days["last"], days["cutoff"]
    assert first is not None
    assert last is not None
    assert cutoff is not None
    return services.open_round(
        audit=audit_of(request),
        title=said.get("title", ""),
        scheme=version,
        first=first,
        last=last,
        cutoff=cutoff,
        organs=keys_asked(said.getlist("organ")),
        self_due=days["self_due"],
        appeal_due=days["appeal_due"],
    )


def _round(request: HttpRequest, key: uuid.UUID) -> Any:
    found = selectors.round_of(county_of(request).pk, key)
    if found is None:
        raise Http404("没有这次考核")
    return found


@require_GET
@needs(KEEP)
def one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One round: every organ with its stage and its score so far."""
    return _one(request, _round(request, key))


def _one(request: HttpRequest, found: Any, refused: str = "") -> HttpResponse:
    rows = sheets(found)
    context = {
        "round": found,
        "sheets": rows,
        "refused": refused,
        "ranked": selectors.ranked(found),
        "all_final": all(row.standing.stage == "final" for row in rows),
        "over": timezone.now() > found.cutoff_at,
    }
    return render(request, "assessment/round.html", context, status=409 if refused else 200)


@require_POST
@needs(KEEP)
def known(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Make the ranking known to the organs."""
    found = _round(request, key)
    try:
        services.make_known(audit=audit_of(request), of=found)
    except Refused as error:
        return _one(request, found, str(error))
    messages.success(request, "排名已公布，各单位可以看到。")
    return HttpResponseRedirect(reverse("assessment-ranking", args=[key]))


@require_GET
@needs(policies.RANKING)
def ranking(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The ranking as it was made known."""
    found = _round(request, key)
    known_as = selectors.ranked(found)
    person = person_of(request)
    if known_as is None:
        raise Http404("这次考核还没有公布排名")
    context = {"round": found, "made": known_as[0], "lines": known_as[1], "own": person.organ_id}
    return render(request, "assessment/ranking.html", context | {"may_keep": can_some(person, KEEP)})


_HEADS = (("单位", 30), ("阶段", 14), ("自评得分", 14), ("得分", 14), ("等次", 12), ("看不到的指标", 40))


@require_GET
@needs(KEEP)
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The round as a workbook, one organ a line, every indicator a column."""
    found = _round(request, key)
    rows = sheets(found)
    leaves = [(line.of.key, f"{line.number} {line.of.title}") for line in rows[0].lines] if rows else []
    heads = [*_HEADS, *((title, 14) for _, title in leaves)]
    table = xlsx.table("考核得分", heads, ([*_cells(row), *_steps(row, leaves)] for row in rows))
    return xlsx.answer(table, f"{found.title}得分")


def _cells(row: Any) -> list[xlsx.Cell]:
    unseen = "、".join(row.line(key).of.title for key in row.score.unknown)
    said = [
        row.assessed.name,
        row.standing.stage_zh,
        row.own_score.words,
        row.score.words,
        row.score.verdict_zh,
        unseen,
    ]
    return list(said)


def _steps(row: Any, leaves: list[tuple[str, str]]) -> list[xlsx.Cell]:
    found = [row.score.step(key) for key, _ in leaves]
    return [step.low if step.low == step.high else f"{step.low:f}至{step.high:f}" for step in found]

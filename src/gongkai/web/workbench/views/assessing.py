"""The sheet of one organ at the desk: its indicators with their evidence, its steps, its files, its package."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.oversight.scheme import MODES
from gongkai.oversight.values import from_data
from gongkai.web.assessment import policies
from gongkai.web.assessment.progress import MARKS, MAY
from gongkai.web.assessment.selectors import mocks, rounds
from gongkai.web.assessment.selectors import package as packages
from gongkai.web.assessment.selectors import sheets as selectors
from gongkai.web.assessment.selectors.waiting import waiting as sheets_waiting
from gongkai.web.assessment.services import deeds, marks
from gongkai.web.assessment.services.packages import taken
from gongkai.web.assessment.words import value_from, value_words
from gongkai.web.facts import Refused
from gongkai.web.onrequest.selectors.waiting import Line as WaitingLine
from gongkai.web.people.policies import can_some, needs
from gongkai.web.people.selectors import names_of
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import key_asked, whole_number
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import file_sent
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.deskfiles import SCANS, file_answer

LOOK = policies.LOOK
KINDS = deeds.KINDS
WAITING = 100
"""The sheets that the start page looks through at most."""
SIMPLE = ("handed_in", "returned", "scored", "sent_back", "reviewed", "accepted", "finished", "reopened")
"""Steps that need at most words."""


def _assessed(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    person = person_of(request)
    found = selectors.assessed_of(person.county, key)
    if found is None:
        raise Http404("没有这张考核表")
    policies.check_assessed(person, act, found)
    return found


def _row(line: Any, found: Any) -> dict[str, Any]:
    step = found.score.step(line.of.key)
    own = found.own_score.step(line.of.key)
    return {
        "line": line,
        "mode": MODES[line.of.mode],
        "words": value_words(line.of, line.value),
        "own_words": value_words(line.of, line.own_value),
        "step": step,
        "own_step": own,
        "unseen": step.kind == "unknown",
        "apart": step.kind == "apart",
        "heading": line.above,
    }


@require_GET
@needs(LOOK)
def sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The sheet: every indicator, what the records say, what the organ says, the score with its steps."""
    return _sheet(request, _assessed(request, key))


def _sheet(request: HttpRequest, assessed: Any, refused: str = "") -> HttpResponse:
    person, found = person_of(request), selectors.sheet(assessed)
    stage, today = found.standing.stage, timezone.localdate()
    may = {
        kind: stage in stages and policies.can_assessed(person, policies.PERMISSION[kind], assessed)
        for kind, stages in MAY.items()
    }
    people = names_of(deed.by for deed in found.deeds)
    context = {
        "assessed": assessed,
        "round": assessed.round,
        "sheet": found,
        "rows": [_row(line, found) for line in found.lines],
        "whole": [step for step in found.score.steps if not step.key],
        "simple": [(kind, KINDS[kind], kind in deeds.NEED_WORDS) for kind in SIMPLE if may[kind]],
        "can_do": may,
        "can_reckon": stage in ("self", "scoring")
        and policies.can_assessed(person, policies.OF_STAGE[stage], assessed),
        "story": [(deed, KINDS[deed.kind], people.get(deed.by, "")) for deed in found.deeds],
        "appeals": [(one, answer, _title(found, one.indicator)) for one, answer in found.appeals],
        "leaves": [(line.of.key, f"{line.number} {line.of.title}") for line in found.lines],
        "waits": found.standing.may_finish(today, assessed.round.appeal_due_on) if may["finished"] else "",
        "results": rounds.history(assessed),
        "ranked": rounds.ranked(assessed.round) is not None,
        "lacking": sum(line.lacks_proof for line in found.lines),
        "over": timezone.now() > assessed.round.cutoff_at,
        "refused": refused,
        "typed": request.POST.get("words", "") if refused else "",
    }
    return render(request, "assessment/sheet.html", context, status=409 if refused else 200)


def _title(found: Any, key: str) -> str:
    line = found.line(key) if key else None
    return f"{line.number} {line.of.title}" if line else "全部结果"


def _link(member: dict[str, Any]) -> dict[str, Any]:
    name, key, url = member.get("url_name", ""), member.get("key", ""), ""
    if name:
        try:
            url = reverse(name, args=[part for part in key.split("|") if part])
        except NoReverseMatch:
            url = ""
    return {**member, "url": url}


@require_GET
@needs(LOOK)
def indicator(request: HttpRequest, key: uuid.UUID, indicator: str) -> HttpResponse:
    """One indicator of one organ: the records behind it, the files, what was said by whom, and saying it."""
    return _indicator(request, _assessed(request, key), indicator)


def _indicator(request: HttpRequest, assessed: Any, key: str, refused: str = "") -> HttpResponse:
    person, found = person_of(request), selectors.sheet(assessed)
    line = found.line(key)
    if line is None:
        raise Http404("没有这个指标")
    stage = found.standing.stage
    may_mark = stage in MARKS and policies.can_assessed(person, policies.OF_STAGE[stage], assessed)
    said = [
        (mark.get_said_by_display(), mark, value_words(line.of, from_data(mark.value))) for mark in line.marks.values()
    ]
    names = names_of(mark.by for _, mark, _ in said)
    computed = line.computed
    now = line.own if stage == "self" else line.holds
    tests = mocks.summary(assessed) if "模拟" in line.of.sampling else None
    context = {
        "assessed": assessed,
        "round": assessed.round,
        "line": line,
        "row": _row(line, found),
        "said": [(who, mark, words, names.get(mark.by, "")) for who, mark, words in said],
        "members": [_link(member) for member in computed.members] if computed else [],
        "most": marks.FILES,
        "may_mark": may_mark,
        "may_prove": stage == "self" and policies.can_assessed(person, policies.REPORT, assessed),
        "stage": stage,
        "stage_zh": found.standing.stage_zh,
        "data": now.value if now else {},
        "typed": request.POST if refused else {},
        "tests": tests if stage != "self" else None,
        "refused": refused,
    }
    return render(request, "assessment/indicator.html", context, status=409 if refused else 200)


@require_POST
@needs(LOOK)
def act(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Take a step, say what an indicator is worth, hand a file in or take it back."""
    if name not in policies.PERMISSION:
        raise Http404("没有这个办法")
    assessed = _assessed(request, key)
    wanted = policies.PERMISSION[name]
    if name in ("mark", "reckon"):
        wanted = policies.OF_STAGE.get(selectors.sheet(assessed).standing.stage, policies.KEEP)
    policies.check_assessed(person_of(request), wanted, assessed)
    said, of = request.POST, request.POST.get("indicator", "")
    on_page = name in ("mark", "prove", "unprove")
    if on_page and selectors.sheet(assessed).line(of) is None:
        raise Http404("没有这个指标")
    try:
        done = _do(request, assessed, name, of)
    except Refused as error:
        return _indicator(request, assessed, of, str(error)) if on_page else _sheet(request, assessed, str(error))
    messages.success(request, done)
    if on_page:
        return HttpResponseRedirect(reverse("assessment-indicator", args=[key, said["indicator"]]))
    return HttpResponseRedirect(reverse("assessment-sheet", args=[key]))


def _do(request: HttpRequest, assessed: Any, name: str, of: str) -> str:
    said, audit = request.POST, audit_of(request)
    words = said.get("words", "")
    if name == "reckon":
        changed = marks.reckon(audit=audit, assessed=assessed)
        return f"已计算，{changed}项有变化。" if changed else "已计算，没有变化。"
    if name == "mark":
        line = selectors.sheet(assessed).line(of)
        assert line is not None
        value = value_from(line.of, said.dict(), words)
        marks.mark(audit=audit, assessed=assessed, indicator=of, value=value, words=words, stage=said.get("stage", ""))
        return "已保存。"
    if name == "prove":
        return _prove(request, assessed, of)
    if name == "unprove":
        key = key_asked(said.get("proof", ""))
        found = selectors.proof_of(audit.county, key) if key else None
        if found is None or found.assessed_id != assessed.pk:
            raise Refused("没有这份材料，可能已经撤回。")
        marks.take_back(audit=audit, proof=found)
        return "材料已撤回。"
    if name == "appealed":
        deeds.appeal(audit=audit, assessed=assessed, indicator=of, words=words)
        return "申诉已提出，等待答复。"
    if name == "replied":
        return _replied(request, assessed)
    deeds.step(audit=audit, assessed=assessed, kind=name, words=words, seen=whole_number(said.get("seen", "")))
    return f"已{KINDS[name]}。"


def _prove(request: HttpRequest, assessed: Any, of: str) -> str:
    name, data = file_sent(request, "材料", marks.FILE_BYTES, "请压缩图片，或者分成几个文件。")
    words = request.POST.get("words", "")
    marks.prove(audit=audit_of(request), assessed=assessed, indicator=of, name=name, data=data, words=words)
    return "材料已收下。"


def _replied(request: HttpRequest, assessed: Any) -> str:
    said = request.POST
    key = key_asked(said.get("about", ""))
    about = rounds.appeal_of(assessed, key) if key else None
    if about is None:
        raise Refused("没有这件申诉。")
    agreed, value = said.get("agreed") == "yes", None
    if agreed and about.indicator:
        line = selectors.sheet(assessed).line(about.indicator)
        value = value_from(line.of, said.dict(), said.get("words", "")) if line else None
    words = said.get("words", "")
    deeds.reply(audit=audit_of(request), assessed=assessed, about=about, agreed=agreed, words=words, value=value)
    return "申诉已答复。"


@require_GET
@needs(LOOK)
def form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The self-assessment form as a workbook."""
    assessed = _assessed(request, key)
    return xlsx.answer(packages.form_table(selectors.sheet(assessed)), f"{assessed.name}自评表")


@require_GET
@needs(LOOK)
def package(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The evidence package as one zip; that it was taken is on record."""
    assessed = _assessed(request, key)
    made = packages.pieces(selectors.sheet(assessed))
    first = next(made)
    taken(audit=audit_of(request), assessed=assessed)
    answer: Any = StreamingHttpResponse(chain([first], made), content_type="application/zip")
    name = quote(f"{assessed.name}佐证材料.zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, answer)


@require_GET
@needs(LOOK)
def proof(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A file that was handed in."""
    found = selectors.proof_of(person_of(request).county, key)
    if found is None or found.file_id is None:
        raise Http404("没有这份材料")
    policies.check_assessed(person_of(request), LOOK, found.assessed)
    return file_answer(found.file_id, found.name, found.media_type, SCANS)


def waiting(person: Any, today: date) -> Iterator[WaitingLine]:
    """What waits on the start page: an organ's own sheets, and those that others wait to have judged."""
    reports, judges = can_some(person, policies.REPORT), can_some(person, policies.SCORE)
    if not reports and not judges:
        return
    calendar = calendar_of(person.county)
    own = policies.carried(person)
    found = sheets_waiting(person.county, own, timezone.now(), reports=reports, judges=judges, most=WAITING)
    for each in found:
        one = each.assessed
        left = calendar.left(today, each.due_on)
        title = f"考核：{one.round.title}"
        yield WaitingLine("assessment", title, "", one.name, each.act, each.due_on, left, "assessment-sheet", (one.pk,))

"""One entry of the catalogue: what it says, where it stands, the acts on it, and what stands beside it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.procedure import Act
from gongkai.proactive.progress import STATES
from gongkai.proactive.stages import STAGES
from gongkai.proactive.validity import CHANGES
from gongkai.web.cms.selectors.standing import of_entry
from gongkai.web.coverage import policies as of_lines
from gongkai.web.coverage.selectors import catalogues, suggest
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.proactive import policies
from gongkai.web.proactive.selectors import entries as selectors
from gongkai.web.proactive.selectors import relations as beside
from gongkai.web.proactive.selectors.facts import files_of, newest_version, possibilities, progress
from gongkai.web.proactive.selectors.outside import is_document
from gongkai.web.proactive.selectors.validity import told_changes, validity
from gongkai.web.proactive.selectors.versions import compared
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.proactive.services.facts import hands_of
from gongkai.web.proactive.services.review import OnPaper
from gongkai.web.review.policies import check_stage, exception_at
from gongkai.web.review.selectors import hints, newest_runs
from gongkai.web.typed import in_reach, whole_number
from gongkai.web.workbench.asked import day_of, number_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.deskfiles import file_answer

LOOK = "proactive.look"
DONE_HERE = {
    *("submit", "recall", "pass", "return", "release", "keep", "withdraw", "correct", "abandon", "reevaluate"),
}
"""The acts that have a form on the page of an entry."""


def item_or_404(request: HttpRequest, key: uuid.UUID, act: str = LOOK) -> Any:
    """The entry with this key that this person may do `act` to. Http404 when the county has none."""
    found = selectors.entry(person_of(request).county, key)
    if found is None:
        raise Http404("没有这一条目")
    policies.check_item(person_of(request), act, found)
    return found


def standing_lines(item: Any, title: str, person: Any) -> dict[str, Any]:
    """The lines of the standard catalogues on which an entry stands, and those on which it may."""
    placed = set(suggest.placed_on(item.pk))
    there = [row for row in catalogues.lines(item.county) if row.key in placed] if placed else []
    may = of_lines.can_organ(person, of_lines.PLACE, item.organ)
    like = suggest.lines_for(item.county, item.organ_id, title, tuple(row.key for row in there)) if may else []
    return {"there": [(row, row.said()) for row in there], "like": like[:3]}


def page(request: HttpRequest, item: Any, *, refused: str = "", status: int = 200) -> HttpResponse:
    """The page of an entry as it stands at this moment."""
    person, now = person_of(request), timezone.now()
    then = progress(item, now)
    version = newest_version(item)
    assert version is not None
    acts = possibilities(item, now, actor=hands_of(audit_of(request)), exception=exception_at(item.organ_id))
    # A form asks for the reason; whether it was given is said when the form is sent.
    acts_asked = possibilities(
        item, now, actor=hands_of(audit_of(request)), exception=exception_at(item.organ_id), reason="…"
    )
    stage = then.next_stage
    public = then.public(now)
    shown = {
        act.value: possible
        for act, possible in acts_asked.items()
        if policies.can_item(person, policies.ACT_PERMISSION.get(act, LOOK), item)
    }
    may_review = selectors.may_review(person, item, then)
    context = {
        "item": item,
        "written": version,
        "standing": item.standing,
        "state": STATES[then.state],
        "progress": then,
        "stage": STAGES[stage] if stage else None,
        "stages": [(STAGES[s].zh, s in then.passed, s is stage) for s in then.plan.stages] if then.plan else [],
        "public": public,
        "upcoming": then.upcoming(now),
        "acts": shown,
        "pass_act": acts[Act.PASS] if may_review else None,
        "may_review": may_review,
        "body": selectors.body_shown(item, version),
        "table": selectors.metadata_table(version),
        "files": files_of(version),
        "story": selectors.story(item),
        "versions": selectors.versions_of(item),
        "hints": hints(version.pk),
        "runs": newest_runs(version.pk),
        "matters": beside.matters_of(item),
        "document": is_document(version.kind),
        "policy": version.kind in kinds() and kinds()[version.kind].policy,
        "life": validity(version, timezone.localdate()) if is_document(version.kind) else None,
        "changes": told_changes(item) if is_document(version.kind) else [],
        "change_kinds": [(kind.value, zh) for kind, zh in CHANGES.items()],
        "evaluations": beside.reevaluations_of(item),
        "links": beside.links_of(item),
        "on_line": of_entry(item.county, item.pk) if item.standing.index_number else [],
        "standard": standing_lines(item, version.title, person),
        "duplicates": selectors.near_duplicates(version),
        "refused": refused,
        "typed": request.POST if refused else {},
        "today": timezone.localdate(),
        "now": now,
    }
    return render(request, "entries/entry.html", context, status=status)


@require_GET
@needs(LOOK)
def entry(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page."""
    return page(request, item_or_404(request, key))


def _moment(request: HttpRequest, name: str) -> datetime | None:
    said = request.POST.get(name, "").strip()
    if not said:
        return None
    try:
        found = parse_datetime(said)
    except ValueError:
        found = None
    if found is None or not in_reach(found):
        raise Refused(f"“{said[:40]}”不是有效的时间，请按“2026-03-19T09:00”的样子填写。")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _paper(request: HttpRequest) -> OnPaper | None:
    scan, signer = request.FILES.get("scan"), request.POST.get("signer", "").strip()
    if scan is None and not signer:
        return None
    if scan is None:
        raise Refused("纸质签批的，请上传签字后的审查表扫描件。")
    looked = drafting.look_through(scan.name or "审查表", scan.read(), "original")
    return OnPaper(signer, day_of(request, "on", needed="签字日期") or timezone.localdate(), looked)


def _do(request: HttpRequest, item: Any, act: Act) -> str:
    """Do an act as its form says; what to tell then."""
    audit, said = audit_of(request), request.POST
    reason, seen = said.get("reason", ""), number_of(request, "seen")
    given: dict[str, Any] = {"audit": audit, "item": item, "seen": seen}
    match act:
        case Act.SUBMIT:
            rows = review.submit(**given, urgent=said.get("urgent") == "1", reason=reason)
            return rows[0].reason if rows[0].lacking else "已送审，正文和附件已自动检查。"
        case Act.PASS:
            review.pass_stage(**given, opinion=reason, paper=_paper(request))
            return "已审查通过。"
        case Act.RETURN:
            review.send_back(**given, reason=reason, paper=_paper(request))
            return "已退回。"
        case Act.RECALL:
            review.recall(**given)
            return "已收回。"
        case Act.RELEASE:
            begins = _moment(request, "from_at")
            released = release.release(**given, from_at=begins)
            when = f"，{timezone.localtime(begins):%Y年%-m月%-d日 %H:%M}起公开" if begins else ""
            return f"已发布{len(released)}条{when}，索引号{released[0].index_number}。"
        case Act.KEEP:
            release.keep(**given)
            return "已归入目录，不主动公开。"
        case Act.WITHDRAW:
            release.withdraw(**given, reason=reason)
            return "已撤回，网页、文件和检索即时不再提供。"
        case Act.CORRECT:
            drafting.correct(**given, reason=reason)
            return "已开始更正，原来公开的版本不变。"
        case Act.ABANDON:
            drafting.abandon(**given, reason=reason)
            return "草稿已作废。"
        case Act.REEVALUATE:
            release.reevaluate(**given, outcome=said.get("outcome", ""), words=reason)
            if said.get("outcome") == "disclose":
                return "已登记评估结果，并回到起草：公开属性已改为主动公开，请核对内容、补齐元数据后送审。"
            return "已登记评估结果。"
        case _:
            raise Http404("没有这一步")


def _check(request: HttpRequest, item: Any, act: Act) -> None:
    person = person_of(request)
    if act not in (Act.PASS, Act.RETURN):
        policies.check_item(person, policies.ACT_PERMISSION[act], item)
        return
    then = progress(item)
    if then.plan and then.next_stage:
        check_stage(person, item.organ_id, then.next_stage, then.plan)
    else:
        policies.check_item(person, "proactive.review_final", item)


@require_POST
@needs(LOOK)
def act(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """Do one act of the procedure."""
    item = item_or_404(request, key)
    if name not in DONE_HERE:
        raise Http404("没有这一步")
    _check(request, item, Act(name))
    try:
        messages.success(request, _do(request, item, Act(name)))
    except Refused as error:
        return page(request, selectors.entry(item.county, key), refused=str(error), status=409)
    return HttpResponseRedirect(reverse("entry", args=[key]))


@require_GET
@needs(LOOK)
def compare(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Two versions of an entry, line by line."""
    item = item_or_404(request, key)
    versions = selectors.versions_of(item)
    last = versions[0].number
    said = request.GET
    new = whole_number(said.get("new", "")) or last
    old = whole_number(said.get("old", "")) or max(new - 1, 1)
    found_old, found_new = selectors.version_at(item, old), selectors.version_at(item, new)
    if found_old is None or found_new is None:
        raise Http404("没有这一稿")
    context = {
        "item": item,
        "versions": versions,
        "old": found_old,
        "new": found_new,
        "changed": compared(found_old, found_new),
    }
    return render(request, "entries/compare.html", context)


@require_GET
@needs(LOOK)
def file(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A file of an entry, for the desk: pictures are shown, everything else is a download."""
    item = item_or_404(request, key)
    found = selectors.desk_file(item, file)
    if found is None:
        raise Http404("没有这个文件")
    return file_answer(found.file_id, found.name, found.media_type)

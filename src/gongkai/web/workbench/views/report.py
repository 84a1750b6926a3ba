"""The report page: form, findings and original side by side."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.annual.forms import form
from gongkai.annual.january import GOVERNMENT
from gongkai.annual.report import SCOPES
from gongkai.web.annual import policies
from gongkai.web.annual.desk import wake
from gongkai.web.annual.selectors.formtable import form_tables
from gongkai.web.annual.selectors.lists import rows_of
from gongkai.web.annual.selectors.published import history_of, publication_of
from gongkai.web.annual.selectors.readings import newest_reading, scope_of
from gongkai.web.annual.selectors.reports import MARKS, ReportView, label_of, report_view
from gongkai.web.annual.services import placing
from gongkai.web.annual.services import reading as reading_services
from gongkai.web.annual.services.placing import scope_fixed
from gongkai.web.audit.selectors import acts_on
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.people.permissions import DONE
from gongkai.web.people.policies import needs
from gongkai.web.people.selectors import names_of
from gongkai.web.workbench.context import audit_of, county_of, person_of, submission_or_404
from gongkai.web.workbench.original import Span, chars_of, lines_of, paragraphs_of


@needs("annual.look")
@require_GET
def report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page of one report; of an unreadable file, its one sentence and what to do."""
    person = person_of(request)
    policies.check_look(person)
    submission = submission_or_404(request, key)
    view = report_view(submission)
    row = next((r for r in rows_of(county_of(request), aside=submission.aside) if r.key == key), None)
    context: dict[str, Any] = {
        "submission": submission,
        "row": row,
        "organs": listed_organs(submission.county),
        "reading": newest_reading(submission),
        "can_judge": policies.can_judge(person, submission),
        "can_correct": policies.can_correct(person, submission),
        "can_write": policies.can_write(person),
        "can_publish": policies.can_publish(person, submission),
        "publication": publication_of(submission),
        "publications": history_of(submission),
        "log": _log(submission),
        **_scope(submission),
    }
    if view is None:
        return render(request, "workbench/unread.html", context)
    return render(request, "workbench/report.html", {**context, **_shown(request, view)})


def _scope(submission: Any) -> dict[str, Any]:
    """Of what its figures are; with the choice where its organ reports in more than one way and no document says."""
    organ, scope = submission.organ, scope_of(submission)
    both = organ is not None and (organ.form == GOVERNMENT or organ.competent)
    choice = both and not scope_fixed(submission)
    return {"scope": scope, "unclear": not scope, "scopes": list(SCOPES.items()) if choice else []}


def _shown(request: HttpRequest, view: ReportView) -> dict[str, Any]:
    wanted = request.GET.get("finding", "")
    chosen = next((f for f in view.findings if f.fingerprint == wanted), None)
    cell = view.cells.get(request.GET.get("cell", ""))
    lit = chars_of((cell or chosen).chars) if (cell or chosen) else None  # type: ignore[union-attr]
    tables = form_tables(view.report, view.cells)
    edition = form(view.report.edition or "2021")
    return {
        "view": view,
        "findings": view.findings,
        "counts": counts(view),
        "chapters": [(s, tables.get(s.number), _words(view, s.number, lit)) for s in edition.sections],
        "preface": _words(view, 0, lit),
        "lines": lines_of(view.report.text, _spans(view), lit),
        "cell": cell,
        "chosen": chosen,
        "marks": [
            (m, sign, words)
            for m, (sign, words) in MARKS.items()
            if any(c.mark == m for c in view.cells.values()) and sign
        ],
        "data": cell_data(view),
        "pages": [(n, w, h) for n, (w, h) in enumerate(view.reading.pages, start=1)],
        "page_lit": _page_lit(cell, chosen),
    }


def _log(submission: Any) -> list[dict[str, Any]]:
    """Everything that was done with this report, newest first."""
    acts = acts_on(submission.pk)[::-1]
    names = names_of(a.actor for a in acts)
    return [
        {
            "at": a.at,
            "by": names.get(a.actor, "（未知）"),
            "what": DONE.get(a.act, a.act),
            "intact": a.intact,
            "cell": label_of(a.facts["address"]) if "address" in a.facts else "",
        }
        for a in acts
    ]


def _page_lit(cell: Any, chosen: Any) -> dict[str, Any] | None:
    at = (cell or chosen).at if (cell or chosen) else {}
    return at if at.get("page") else None


def counts(view: ReportView) -> list[tuple[str, str, int]]:
    """(grade, its words, how many are open) for the head of the page."""
    open_ = view.open_findings
    return [
        ("conflict", "不一致", sum(f.grade == "conflict" for f in open_)),
        ("doubt", "存疑", sum(f.grade == "doubt" for f in open_)),
        ("note", "提示", sum(f.grade == "note" for f in open_)),
        ("unsure", "读不准", len(view.report.unsure)),
    ]


def _spans(view: ReportView) -> list[Span]:
    spans = []
    for finding in view.findings:
        at = chars_of(finding.chars)
        if at:
            spans.append(Span(*at, "" if finding.dismissed else finding.grade))
    spans += [Span(*at) for c in view.cells.values() if (at := chars_of(c.chars))]
    return spans


def _words(view: ReportView, number: int, lit: tuple[int, int] | None) -> list[Any]:
    """The words of a chapter (0: before the first) as paragraphs of marked lines."""
    return paragraphs_of(_lines(view, number, lit))


def _lines(view: ReportView, number: int, lit: tuple[int, int] | None) -> list[Any]:
    """The lines of a chapter from their own place in the flow text."""
    section = view.report.sections.get(number) if number else view.report.preface
    if section is None or not section.text.strip():
        return []
    chars = section.at.chars
    if chars is None or view.report.text[chars[0] : chars[1]].strip() != section.text.strip():
        return _found_words(view, section.text, lit)
    return _slice(view, chars[0], chars[1], lit)


def _found_words(view: ReportView, text: str, lit: tuple[int, int] | None) -> list[Any]:
    """Words whose paragraphs are looked up one by one in the flow text, since tables were left out between them."""
    done, start = [], 0
    for paragraph in (p.strip() for p in text.split("\n")):
        if not paragraph:
            continue
        place = view.report.text.find(paragraph, start)
        if place < 0:
            done += lines_of(paragraph, [])
        else:
            done += _slice(view, place, place + len(paragraph), lit)
            start = place + len(paragraph)
    return done


def _slice(view: ReportView, start: int, end: int, lit: tuple[int, int] | None) -> list[Any]:
    inner = [Span(s.start - start, s.end - start, s.grade) for s in _spans(view) if s.start < end and s.end > start]
    near = (lit[0] - start, lit[1] - start) if lit and start <= lit[0] < end else None
    lines = lines_of(view.report.text[start:end], inner, near, start)
    # A line of nothing but marks (## of Markdown, rules of dashes) is no words.
    return [line for line in lines if any(p.text.strip(" \t#*-_|") for p in line.pieces)]


def cell_data(view: ReportView) -> dict[str, Any]:
    """What the page's script needs to preview a cell: relations once, cells pointing at them."""
    relations: list[dict[str, Any]] = []
    index: dict[tuple[Any, ...], int] = {}
    cells: dict[str, Any] = {}
    for address, cell in view.cells.items():
        numbers = []
        for relation in cell.relations:
            key = (relation["id"], relation.get("place"), tuple(relation["cells"]))
            if key not in index:
                index[key] = len(relations)
                relations.append(
                    {
                        "says": relation.get("says", ""),
                        "verdict": relation.get("verdict", "unknown"),
                        "met": relation.get("met", ""),
                        "cells": relation["cells"],
                    }
                )
            numbers.append(index[key])
        cells[address] = {
            "label": cell.label,
            "shown": cell.shown,
            "mark": cell.mark_words,
            "where": cell.where,
            "says": list(cell.says)[:3],
            "relations": numbers,
            "page": cell.at.get("page"),
            "bbox": cell.at.get("bbox"),
        }
    return {"relations": relations, "cells": cells}


@needs("annual.place")
@require_POST
def place(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say whose report it is and of which year."""
    policies.check_place(person_of(request))
    submission = submission_or_404(request, key)
    words = request.POST.get("organ", "")
    try:
        organ = uuid.UUID(words) if words else None
        placing.place(
            audit=audit_of(request), submission=submission, organ=organ, year=request.POST.get("year", ""),
            scope=request.POST.get("scope"),
        )  # fmt: skip
        messages.success(request, "已指定这份报告所属的机关和年度。")
    except Refused as error:
        messages.error(request, str(error))
    except ValueError:
        messages.error(request, "名录中没有这个机关。")
    return HttpResponseRedirect(reverse("report", args=[key]))


@needs("annual.set_aside")
@require_POST
def aside(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a report off the list, or put it back."""
    policies.check_set_aside(person_of(request))
    submission = submission_or_404(request, key)
    take = request.POST.get("aside") == "1"
    placing.set_aside(audit=audit_of(request), submission=submission, aside=take)
    messages.success(request, "已移出列表，原件和记录仍然保留。" if take else "已恢复到列表。")
    return HttpResponseRedirect(reverse("report", args=[key]))


@needs("annual.hand_in")
@require_POST
def read_again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Read the file once more."""
    policies.check_hand_in(person_of(request))
    submission = submission_or_404(request, key)
    reading_services.read_again(audit=audit_of(request), submission=submission)
    wake()
    messages.success(request, "已重新排队读取，请稍候刷新本页。")
    return HttpResponseRedirect(reverse("report", args=[key]))

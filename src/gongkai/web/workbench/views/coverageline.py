"""One line of a standard catalogue at one organ: its entries, what may belong to it, and what does not concern the organ."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.proactive.coverage import fields
from gongkai.web.coverage import policies
from gongkai.web.coverage.selectors import catalogues, matrix, suggest
from gongkai.web.coverage.services import placing
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.proactive import policies as of_entries
from gongkai.web.proactive.selectors import relations as beside
from gongkai.web.workbench.asked import organ_or_404
from gongkai.web.workbench.context import audit_of, person_of

LOOK, PLACE, DECLARE = policies.LOOK, policies.PLACE, policies.DECLARE


def _found(request: HttpRequest, line: str, organ: uuid.UUID) -> tuple[Any, Any]:
    person = person_of(request)
    at = organ_or_404(request, organ)
    policies.check_organ(person, LOOK, at)
    row = catalogues.line(person.county, line)
    if row is None:
        raise Http404("现行的标准目录里没有这一行")
    return row, at


def _shown(request: HttpRequest, row: Any, at: Any, refused: str = "") -> HttpResponse:
    person = person_of(request)
    every = matrix.cells(person.county, timezone.localdate())
    cell = next((c for c in every if c.row.key == row.key and c.organ and c.organ.pk == at.pk), None)
    if cell is None:
        raise Http404("这一行不由这个机关公开")
    context = {
        "row": row,
        "line": row.said(),
        "field": fields()[row.catalogue.field],
        "organ": at,
        "cell": cell,
        "may_place": policies.can_organ(person, PLACE, at),
        "may_declare": policies.can_organ(person, DECLARE, at),
        "suggestions": suggest.entries_for(row, at.pk) if policies.can_organ(person, PLACE, at) else [],
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return render(request, "coverage/line.html", context, status=409 if refused else 200)


def _entry(request: HttpRequest, at: Any, words: str) -> Any:
    """The entry that was named, of this organ. Refused for another's."""
    item = beside.named(at.county, words)
    if item is None or not of_entries.can_item(person_of(request), of_entries.LOOK, item):
        raise Refused("没有找到这一条目，请填写索引号，或者条目页面的地址。")
    if item.organ_id != at.pk:
        raise Refused("这是其他机关的条目，只能对应本机关的条目。")
    return item


def _do(request: HttpRequest, row: Any, at: Any) -> str:
    said, audit, person = request.POST, audit_of(request), person_of(request)
    what = said.get("what", "")
    policies.check_organ(person, DECLARE if what in ("declare", "applies") else PLACE, at)
    match what:
        case "place":
            item = _entry(request, at, said.get("entry", ""))
            found = "suggested" if said.get("suggested") else "desk"
            placing.place(audit=audit, entry=item.pk, line=row.key, found=found)
            return "已对应。"
        case "take-off":
            item = _entry(request, at, said.get("entry", ""))
            placing.take_off(audit=audit, entry=item.pk, line=row.key)
            return "已取消对应。"
        case "declare":
            placing.declare(audit=audit, organ=at, line=row.key, reason=said.get("reason", ""))
            return "已登记为不涉及。"
        case "applies":
            placing.take_back(audit=audit, organ=at, line=row.key)
            return "已恢复为应当公开。"
        case _:
            raise Http404("没有这一步")


@require_http_methods(["GET", "POST"])
@needs(LOOK)
def line(request: HttpRequest, line: str, organ: uuid.UUID) -> HttpResponse:
    """The page of a line at an organ, and what is done on it."""
    row, at = _found(request, line, organ)
    if request.method != "POST":
        return _shown(request, row, at)
    try:
        messages.success(request, _do(request, row, at))
    except Refused as error:
        return _shown(request, row, at, str(error))
    return HttpResponseRedirect(reverse("coverage-line", args=[line, organ]))

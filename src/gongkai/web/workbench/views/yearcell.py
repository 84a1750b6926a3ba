"""One figure of a year: the records behind it, and entering or changing it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.annual.compiling import SOURCES
from gongkai.web.compilation import policies
from gongkai.web.compilation.selectors import facts, pages
from gongkai.web.compilation.selectors.figures import members
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.compilation.services import entering
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.people.selectors import names_of
from gongkai.web.workbench.asked import known_of
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.year import ENTER, LOOK, organ_or_404

PAGE = 100


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=ENTER)
def cell(request: HttpRequest, organ: uuid.UUID, year: int, address: str) -> HttpResponse:
    """A figure with the records behind it; entering one, changing it with a reason, taking it back."""
    found = organ_or_404(request, organ, year, ENTER if request.method == "POST" else LOOK)
    try:
        of = entering.cell_of(year, address)
    except Refused as error:
        raise Http404(str(error)) from None
    refused, status = "", 200
    if request.method == "POST":
        try:
            words = _entered(request, found, year, address)
        except Refused as error:
            refused, status = str(error), 409
        else:
            messages.success(request, words)
            return HttpResponseRedirect(reverse("year-cell", args=[found.pk, year, address]))
    return render(request, "year/cell.html", _shown(request, found, year, of) | {"refused": refused}, status=status)


def _entered(request: HttpRequest, organ: Any, year: int, address: str) -> str:
    said = request.POST
    try:
        seen = uuid.UUID(said["seen"]) if said.get("seen") else None
    except ValueError:
        raise Refused(entering.OVERTAKEN) from None
    told: dict[str, Any] = {"audit": audit_of(request), "organ": organ, "year": year, "address": address, "seen": seen}
    if said.get("back"):
        entering.take_back(**told, reason=said.get("reason", ""))
        return "已收回填报的数。"
    entering.enter(**told, words=said.get("value", ""), note=said.get("note", ""), reason=said.get("reason", ""))
    return "已保存。"


def _shown(request: HttpRequest, organ: Any, year: int, cell: Any) -> dict[str, Any]:
    known_at, known = known_of(request)
    person = person_of(request)
    address = cell.address
    figure = worked(organ, year, known_at).compiled.figures[address]
    listed = members(organ, year, address, known_at)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    past = facts.history(organ.pk, year, address)
    standing = past[0] if past and past[0].value is not None else None
    enters = known is None and entering.may_be_entered(cell) and policies.can_year(person, ENTER, organ)
    names = names_of([row.by for row in past])
    return {
        "organ": organ,
        "year": year,
        "known": known,
        "cell": cell,
        "label": pages.label_of(cell),
        "figure": figure,
        "shown": pages.shown(figure),
        "source": SOURCES[figure.source],
        "page": page,
        "opens": {kind: policies.may_open(person, kind, organ) for kind in policies.OF_RECORD},
        "weighed": any(each.adds != 1 for each in listed),
        "brought": pages.may_be_changed(address),
        "enters": enters,
        "standing": standing,
        "seen": past[0].pk if past else "",
        "past": [(row, names.get(row.by, "")) for row in past],
        "typed": request.POST,
    }

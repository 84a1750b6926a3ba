"""The county's list of organs, and who is missing in a year."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.annual import policies as annual_policies
from gongkai.web.annual.selectors import lists
from gongkai.web.annual.services.placing import place_all_again
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.organs import services
from gongkai.web.organs.names import organ_lines, organ_rows
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.people import policies
from gongkai.web.people.policies import needs
from gongkai.web.workbench.context import audit_of, county_of, person_of

SHEET_LIMIT = 5 * 1024 * 1024


@needs("annual.look")
@require_GET
def organs(request: HttpRequest) -> HttpResponse:
    """The list, each organ with its reports by year."""
    annual_policies.check_look(person_of(request))
    county = county_of(request)
    rows = [r for r in lists.rows_of(county) if r.state not in ("waiting", "reading")]
    years = [y for y, _ in lists.count_years(rows)]
    listed = listed_organs(county.pk)
    by_organ: dict[tuple[uuid.UUID, int], lists.Row] = {}
    for row in rows:
        if row.organ_key and row.year and row.state != "unreadable":
            by_organ.setdefault((row.organ_key, row.year), row)
    table = [(organ, [by_organ.get((organ.pk, y)) for y in years]) for organ in listed]
    context = {
        "table": table,
        "years": years,
        "listed": listed,
        "handed_in": [(y, sum(1 for o in listed if (o.pk, y) in by_organ), len(listed)) for y in years],
        "unplaced": [r for r in rows if not r.organ_known and r.state != "unreadable"],
        "can_keep": policies.can_keep_list(person_of(request)),
    }
    return render(request, "workbench/organs.html", context)


@needs("organs.keep_list")
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take in a pasted list or a workbook."""
    policies.check_keep_list(person_of(request))
    county = county_of(request)
    sheet = request.FILES.get("sheet")
    try:
        if sheet:
            if (sheet.size or 0) > SHEET_LIMIT:
                raise Refused("名录文件超过5MB，请只保留机关名称和类别两列。")
            answer, _ = pool().call("rows", sheet.read(), seconds=settings.GONGKAI_READING_SECONDS)
            found = organ_rows(answer["rows"])
        else:
            found = organ_lines(request.POST.get("list", ""))
        change = services.keep_list(
            audit=audit_of(request), county=county, organs=found, replace=request.POST.get("replace") == "1"
        )
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("organs") + "#add")
    except WorkerFailed:
        messages.error(request, "这个文件不是能打开的XLSX工作簿。请另存为XLSX后再导入，也可以直接粘贴名录。")
        return HttpResponseRedirect(reverse("organs") + "#add")
    placed = place_all_again(audit=audit_of(request), county=county)
    words = f"名录新增{change.added}个机关，保留{change.kept}个，移出{change.struck}个"
    messages.success(request, words + (f"；另有{placed}份报告找到了所属机关。" if placed else "。"))
    return HttpResponseRedirect(reverse("organs"))


@needs("organs.keep_list")
@require_POST
def county(request: HttpRequest) -> HttpResponse:
    """Say what the county is called."""
    policies.check_keep_list(person_of(request))
    try:
        services.name_county(audit=audit_of(request), county=county_of(request), name=request.POST.get("name", ""))
        place_all_again(audit=audit_of(request), county=county_of(request))
        messages.success(request, "已保存本县名称。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("organs"))


@needs("organs.keep_list")
@require_POST
def strike(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one organ off the list."""
    policies.check_keep_list(person_of(request))
    try:
        row = services.strike(audit=audit_of(request), county=county_of(request), key=key)
        messages.success(request, f"已将“{row.name}”移出名录，它的报告仍然保留。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("organs"))

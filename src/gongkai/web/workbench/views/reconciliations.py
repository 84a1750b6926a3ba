"""What stands on line against what was reviewed: listings read, each line under its heading, and what people decide."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.readers.sites.labels import day_of
from gongkai.web.cms.selectors import reconcile as selectors
from gongkai.web.cms.selectors.standing import targets
from gongkai.web.cms.services import reconciling
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_of
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import page_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.context import audit_of, county_of, person_of

LOOK, EXPORT = "cms.look", "cms.export"
PAGE = 50
VERDICTS: dict[str, tuple[tuple[str, str], ...]] = {
    "without": (
        ("same", "认定为同一篇"),
        ("supplement", "需补办审查"),
        ("take_down", "需在网上撤下"),
        ("other", "不属于本县机关的信息"),
        ("no_item", "不是信息条目（栏目页、专题首页等）"),
    ),
    "several": (("same", "认定为同一篇"), ("supplement", "需补办审查"), ("other", "不属于本县机关的信息")),
    "still": (("take_down", "需在网上撤下"), ("not_same", "不是同一篇"), ("done", "已办结")),
    "differs": (
        ("same", "认定为同一篇"), ("not_same", "不是同一篇"), ("correct", "需在网上更正"), ("done", "已办结"),
    ),
    "twice": (("take_down", "需在网上撤下"), ("done", "已办结")),
    "missing": (("put_up", "需补发上线"), ("elsewhere", "另有去处，不必上线"), ("done", "已办结")),
    "unknown": (("put_up", "需补发上线"), ("elsewhere", "另有去处，不必上线")),
    "unfetched": (),
    "agree": (("not_same", "不是同一篇"),),
    "aside": (("done", "取消认定，重新核对"),),
}  # fmt: skip
"""What may be decided of a line under each heading."""


def _listing(request: HttpRequest, key: uuid.UUID) -> Any:
    found = selectors.listing(county_of(request).pk, key)
    if found is None:
        raise Http404("没有这次核对")
    return found


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=EXPORT)
def listings(request: HttpRequest) -> HttpResponse:
    """The listings that were read, and what organs were asked to do. POST: a further listing."""
    county, refused = county_of(request), ""
    sites = targets(county.pk)
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused("请选择文件。")
            taken = day_of(request.POST.get("taken_on", ""))
            if taken is None:
                raise Refused("请填写清单是哪一天的。")
            kept = reconciling.keep_listing(
                audit=audit_of(request),
                name=file.name or "清单",
                data=file.read(),
                taken_on=taken,
                whole=bool(request.POST.get("whole")),
                base=request.POST.get("base", "").strip(),
                target=next((site for site in sites if str(site.pk) == request.POST.get("site")), None),
            )
        except Refused as error:
            refused = str(error)
        else:
            for words in kept.said:
                messages.warning(request, f"{words}。")
            return HttpResponseRedirect(reverse("reconciliation", args=[kept.pk]))
    context = {
        "listings": selectors.listings(county.pk),
        "sites": sites,
        "tasks": selectors.open_tasks(county.pk),
        "refused": refused,
        "today": timezone.localdate(),
        "may_export": can_some(person_of(request), EXPORT),
    }
    return render(request, "cms/listings.html", context, status=422 if refused else 200)


@require_GET
@needs(LOOK)
def result(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One listing against our entries: counts with their bases, and the lines under one heading."""
    found = selectors.reconcile(_listing(request, key))
    counts = found.counts
    usual = next((group for group, count in counts.items() if count and group != "agree"), "agree")
    group = request.GET.get("group", usual)
    group = group if group in selectors.GROUPS else usual
    number = page_asked(request.GET)
    rows = found.of(group)
    context = {
        "result": found,
        "groups": [(key, zh, counts[key]) for key, zh in selectors.GROUPS.items()],
        "group": group,
        "group_zh": selectors.GROUPS[group],
        "rows": rows[PAGE * (number - 1) : PAGE * number],
        "more": number + 1 if len(rows) > PAGE * number else None,
        "less": number - 1 if number > 1 else None,
        "verdicts": VERDICTS[group],
        "organs": living_organs(found.listing.county),
        "today": timezone.localdate(),
        "may_export": can_some(person_of(request), EXPORT),
    }
    return render(request, "cms/result.html", context)


@require_POST
@needs(EXPORT)
def judge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Decide about a line, or make it a task."""
    found, said = _listing(request, key), request.POST
    group = said.get("group", "")
    try:
        item = uuid.UUID(said["item"]) if said.get("item") else None
        organ = uuid.UUID(said["organ"]) if said.get("organ") else None
    except ValueError:
        raise Http404("没有这一条目") from None
    try:
        reconciling.judge(
            audit=audit_of(request),
            verdict=said.get("verdict", ""),
            url="" if group in ("missing", "unknown") else said.get("url", ""),
            item=item,
            named_as=said.get("named_as", ""),
            reason=said.get("reason", ""),
            organ=organ_of(found.county, organ) if organ else None,
            target=found.target,
            due_on=said.get("due_on", ""),
        )
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已记下。")
    where = reverse("reconciliation", args=[key])
    return HttpResponseRedirect(f"{where}?group={group}" if group in selectors.GROUPS else where)


@require_GET
@needs(LOOK)
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every line of the result as a workbook."""
    found = selectors.reconcile(_listing(request, key))
    heads = [
        ("情况", 26), ("网上的标题", 50), ("网址", 50), ("网上的日期", 12), ("本系统的名称", 50), ("索引号", 28), ("发布日期", 12),
        ("机关", 24), ("怎样对上", 16), ("说明", 30), ("认定", 24), ("办理", 30),
    ]  # fmt: skip
    rows = [
        (
            selectors.GROUPS[row.group], row.title, row.url, row.day, row.our_title, row.index_number, row.our_day,
            row.organ, row.how, row.says or "；".join(f"{c.title}（{c.index_number}）" for c in row.candidates), row.judged,
            row.task,
        )
        for group in selectors.GROUPS
        for row in found.of(group)
    ]  # fmt: skip
    return xlsx.answer(xlsx.table("网上核对", heads, rows), f"网上核对{found.listing.taken_on:%Y%m%d}")

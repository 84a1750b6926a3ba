"""The first page: hand in, see what was read, who is missing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.annual import policies
from gongkai.web.annual.desk import wait_for, wake
from gongkai.web.annual.selectors import lists
from gongkai.web.annual.services import intake
from gongkai.web.annual.services.placing import end_demonstration
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import listed_organs
from gongkai.web.people.policies import needs
from gongkai.web.typed import year_asked
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of, county_of, person_of

ROWS = 50
MOMENT_SECONDS = 4.0
"""How long handing in a few files waits for their reading before it shows the progress page."""


def _query(**values: Any) -> str:
    kept = {k: v for k, v in values.items() if v not in (None, "", "organ")}
    return "?" + urlencode(kept) if kept else "?"


@needs("annual.look")
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Everything handed in, with verdicts; filters are links that keep the other choices."""
    policies.check_look(person_of(request))
    county = county_of(request)
    aside = request.GET.get("aside") == "1"
    rows = lists.rows_of(county, aside=aside)
    year, state = year_asked(request.GET.get("year", "")), request.GET.get("state", "")
    words, sort = request.GET.get("q", "")[:60], request.GET.get("sort", "organ")
    down = request.GET.get("down") == "1"
    in_year = lists.filter_rows(rows, year=year, state="", words=words)
    found = lists.sort_rows(lists.filter_rows(in_year, year=None, state=state), sort, down=down)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    kept = {"year": year, "state": state, "q": words, "sort": sort, "down": "1" if down else "", "aside": aside or ""}

    def link(**changes: Any) -> str:
        return _query(**{**kept, **changes})

    missing_year = year or lists.asked_year(rows, timezone.localdate())
    listed = listed_organs(county.pk)
    context = {
        "page": page,
        "rows": rows,
        "found": found,
        "year": year,
        "state": state,
        "words": words,
        "sort": sort,
        "down": down,
        "aside": aside,
        "years": [(y, n, link(year=y)) for y, n in lists.count_years(lists.filter_rows(rows, year=None, state=""))],
        "all_years": link(year=None),
        "states": [(k, w, n, link(state=k)) for k, w, n in lists.count_states(in_year)],
        "all_states": link(state=""),
        "in_year": in_year,
        "heads": [
            (k, w, link(sort=k, down="1" if k == sort and not down else ""), k == sort) for k, w in lists.SORTS.items()
        ],
        "page_links": [(n, link(page=n)) for n in page.paginator.page_range] if page.has_other_pages() else [],
        "missing_year": missing_year,
        "missing": lists.missing_organs(county, missing_year) if missing_year and listed else [],
        "listed": listed,
        "unreadable_organs": {r.guess for r in rows if r.state == "unreadable" and r.guess},
        "demo": any(r.source == "demo" for r in rows),
        "busy": any(r.state in ("waiting", "reading") for r in rows),
        "batch": lists.latest_batch(county),
        "can_hand_in": policies.can_hand_in(person_of(request)),
        **limits(),
    }
    return render(request, "workbench/start.html", context)


def limits() -> dict[str, int]:
    """The limits said on the page."""
    return {
        "file_limit": settings.GONGKAI_FILE_LIMIT // 1024 // 1024,
        "batch_limit": settings.GONGKAI_BATCH_LIMIT // 1024 // 1024,
        "files_limit": settings.GONGKAI_BATCH_FILES,
    }


def _incoming(files: list[UploadedFile]) -> Iterator[intake.Incoming]:
    limit, most = settings.GONGKAI_FILE_LIMIT, settings.GONGKAI_BATCH_FILES
    for count, file in enumerate(files, start=1):
        name = file.name or ""
        if count > most:
            yield intake.Incoming(name, message=f"一次最多交入{most}份，其余没有收下。", advice="请分几次交入。")
            return
        whole = settings.GONGKAI_BATCH_LIMIT if name.lower().endswith(".zip") else limit
        if (file.size or 0) > whole:
            yield intake.Incoming(
                name,
                message=f"文件超过{whole // 1024 // 1024}MB，没有收下。",
                advice="请交入不含大图片的版本，或者只粘贴报告全文。",
            )
        else:
            yield intake.Incoming(name, file.read())
        file.close()


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect, or its address as JSON for the page's own upload with a progress bar."""
    if request.headers.get("X-Desk-Upload"):
        return JsonResponse({"url": url})
    return HttpResponseRedirect(url)


def _after(request: HttpRequest, batch: Any) -> HttpResponse:
    wake()
    few = batch.items.count() <= 3
    if few and wait_for(batch, MOMENT_SECONDS):
        items = list(batch.items.all())
        if len(items) == 1 and items[0].submission_id:
            if items[0].outcome == "same":
                messages.info(request, f"“{items[0].name}”与已有的一份内容完全相同，没有重复保存。下面是已有的这一份。")
            return _go(request, reverse("report", args=[items[0].submission_id]))
    return _go(request, reverse("batch", args=[batch.pk]))


@needs("annual.hand_in")
@require_POST
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take in what was chosen or dropped."""
    policies.check_hand_in(person_of(request))
    files = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
    try:
        on = day_of(request, "received_on")
        batch = intake.hand_in(audit=audit_of(request), files=_incoming(files), received_on=on)
    except Refused as error:
        messages.error(request, str(error))
        return _go(request, reverse("start"))
    return _after(request, batch)


@needs("annual.hand_in")
@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Take in a pasted text."""
    policies.check_hand_in(person_of(request))
    try:
        on = day_of(request, "received_on")
        batch = intake.paste(audit=audit_of(request), text=request.POST.get("text", ""), received_on=on)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("start") + "#paste")
    return _after(request, batch)


@needs("annual.set_aside")
@require_POST
def end_demo(request: HttpRequest) -> HttpResponse:
    """Take the demonstration off the desk."""
    policies.check_set_aside(person_of(request))
    reports, organs = end_demonstration(audit=audit_of(request), county=county_of(request))
    messages.success(
        request,
        f"已移出{reports}份演示报告和{organs}个演示机关。请在“机关名录”中填写本县名称、录入本县机关，再交入报告。",
    )
    return HttpResponseRedirect(reverse("start"))


def _batch(request: HttpRequest, key: uuid.UUID) -> dict[str, Any]:
    policies.check_look(person_of(request))
    view = lists.batch_view(county_of(request), key)
    if view is None:
        raise Http404("没有这一批")
    pairs = [(item, view.rows.get(item.submission_id) if item.submission_id else None) for item in view.items]
    return {"view": view, "pairs": pairs}


@needs("annual.look")
@require_GET
def batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One batch: what became of each file, filling in while it is read."""
    return render(request, "workbench/batch.html", _batch(request, key))


@needs("annual.look")
@require_GET
def progress(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The changing part of the batch page."""
    return render(request, "workbench/_progress.html", _batch(request, key))

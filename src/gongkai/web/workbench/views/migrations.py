"""Bringing in an old site: handed in, looked through, read as a report, brought in as drafts."""

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
from gongkai.web.cms.report import workbook
from gongkai.web.cms.selectors import migration as selectors
from gongkai.web.cms.services import migrating
from gongkai.web.cms.tasks import bring_in_site, look_through_site
from gongkai.web.facts import Refused
from gongkai.web.jobs.services import enqueue
from gongkai.web.organs.selectors import living_organs
from gongkai.web.organs.selectors import organ as organ_of
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import page_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.asked import file_sent
from gongkai.web.workbench.context import audit_of, county_of, person_of

LOOK, MIGRATE = "cms.look", "cms.migrate"
PAGE = 100


def _migration(request: HttpRequest, key: uuid.UUID) -> Any:
    found = selectors.migration(county_of(request).pk, key)
    if found is None:
        raise Http404("没有这次迁入")
    return found


@require_http_methods(["GET", "POST"])
@needs(LOOK, post=MIGRATE)
def migrations(request: HttpRequest) -> HttpResponse:
    """What was handed in. POST: a further site."""
    county, refused = county_of(request), ""
    if request.method == "POST":
        organ = request.POST.get("organ", "")
        try:
            name, data = file_sent(request, "文件", migrating.LIMIT, "请分成几个。")
            usual = organ_of(county.pk, uuid.UUID(organ)) if len(organ) == 36 else None
            audit = audit_of(request)
            made = migrating.hand_in(audit=audit, name=name, data=data)
        except (Refused, ValueError) as error:
            refused = str(error) if isinstance(error, Refused) else "请选择机关。"
        else:
            enqueue(look_through_site, made.pk, audit.actor, usual.pk if usual else "none", key=f"cms.site:{made.pk}")
            return HttpResponseRedirect(reverse("migration", args=[made.pk]))
    context = {
        "rows": selectors.migrations(county.pk),
        "organs": living_organs(county.pk),
        "refused": refused,
        "may_migrate": can_some(person_of(request), MIGRATE),
    }
    return render(request, "cms/migrations.html", context, status=422 if refused else 200)


@require_GET
@needs(LOOK)
def migration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The report: what was understood of every page, and what became of it."""
    found = _migration(request, key)
    state = request.GET.get("state", "")
    number = page_asked(request.GET)
    rows = selectors.lines(found, state, PAGE + 1, PAGE * (number - 1))
    summary = selectors.summary(found)
    context = {
        "summary": summary,
        "made": selectors.made_of(found),
        "states": [(key, zh, summary.states[key]) for key, zh in selectors.STATES.items()],
        "state": state if state in selectors.STATES else "",
        "rows": rows[:PAGE],
        "more": number + 1 if len(rows) > PAGE else None,
        "less": number - 1 if number > 1 else None,
        "today": timezone.localdate(),
        "may_migrate": can_some(person_of(request), MIGRATE),
    }
    return render(request, "cms/migration.html", context)


@require_POST
@needs(MIGRATE)
def bring(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Make drafts of what was understood; a worker does it."""
    found = _migration(request, key)
    words, mode = request.POST.get("undated_on", ""), request.POST.get("mode", "")
    day = day_of(words) if words else None
    if found.file_id is None:
        messages.error(request, "这次迁入是在命令行里做的，请在命令行里继续。")
    elif words and (day is None or day > timezone.localdate()):
        messages.error(request, "没有日期的网页，请填写一个已经过去的日期，或者留空。")
    elif mode not in ("", "proactive"):
        messages.error(request, "请选择公开属性。")
    elif not selectors.summary(found).looked:
        messages.error(request, "还没有看完，请稍候。")
    else:
        actor = audit_of(request).actor
        enqueue(bring_in_site, found.pk, actor, mode or "none", day or "none", key=f"cms.bring:{found.pk}")
        messages.success(request, "已交后台迁入，请稍候刷新本页。")
    return HttpResponseRedirect(reverse("migration", args=[key]))


@require_GET
@needs(LOOK)
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The report as a workbook."""
    found = _migration(request, key)
    return xlsx.answer(workbook(found), f"{found.name.rpartition('.')[0] or found.name}迁入报告")

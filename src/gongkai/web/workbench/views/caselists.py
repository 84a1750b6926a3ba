"""What waits for me, and the lists of cases with their filters, saved views and export."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.onrequest.applicants import APPLICANT_KINDS, CHANNELS, ApplicantKind
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.progress import STATES, State
from gongkai.web.annual.selectors import lists as report_lists
from gongkai.web.facts import Refused
from gongkai.web.onrequest import policies
from gongkai.web.onrequest.selectors import cases as case_selectors
from gongkai.web.onrequest.selectors import lists
from gongkai.web.onrequest.selectors.waiting import Waiting, in_order
from gongkai.web.onrequest.services import records, views
from gongkai.web.organs.selectors import living_organs
from gongkai.web.people.policies import can_some, needs
from gongkai.web.people.selectors import people_at
from gongkai.web.rules.selectors import calendar_of
from gongkai.web.typed import key_asked, keys_asked, page_asked, words_asked, year_asked
from gongkai.web.workbench import issuing, publishing
from gongkai.web.workbench.context import audit_of, county_of, person_of
from gongkai.web.workbench.views.assessing import waiting as assessment_waiting
from gongkai.web.workbench.views.january import waiting as january_waiting
from gongkai.web.workbench.views.oversight import waiting as oversight_waiting
from gongkai.web.workbench.views.patrol import waiting as patrol_waiting

REPORTS_SHOWN = 8
LINES = 50
"""Lines of a start page: nobody does more in a day; the rest is in the list."""

EXPORT_LIMIT = 50_000
KEPT = ("group", "organ", "state", "channel", "kind", "decision", "year", "words", "order", "handler")


def filters_of(request: HttpRequest) -> lists.Filters:
    """The filters that an address asks for; what it says wrongly is left out."""
    person = person_of(request)
    today = timezone.localdate()
    said = request.GET
    group = said.get("group", "open")
    return lists.Filters(
        county=person.county,
        organs=policies.organs_seen(person),
        today=today,
        soon=calendar_of(person.county).soon(today, lists.SOON_DAYS),
        group=group if group in lists.GROUPS else "open",
        organ=key_asked(said.get("organ", "")),
        handler=person.pk if said.get("handler") == "me" else key_asked(said.get("handler", "")),
        state=said.get("state", ""),
        channel=said.get("channel", ""),
        kind=said.get("kind", ""),
        decision=said.get("decision", ""),
        year=year_asked(said.get("year", "")),
        words=words_asked(said),
        order=said.get("order", ""),
    )


def _address(request: HttpRequest, **change: str) -> str:
    """The list's address with some filters changed; empty ones fall away."""
    kept = {k: request.GET[k] for k in KEPT if request.GET.get(k)} | change
    return "?" + urlencode({k: v for k, v in kept.items() if v})


@require_GET
@needs("onrequest.look")
def listing(request: HttpRequest) -> HttpResponse:
    """The list of cases."""
    person = person_of(request)
    filters = filters_of(request)
    counts = lists.counts(filters)
    page = lists.page(filters, page_asked(request.GET), counts)
    calendar = calendar_of(person.county)
    rows = [(case, calendar.left(filters.today, case.due_on) if case.open == 1 else None) for case in page.rows]
    organs = living_organs(person.county) if filters.organs is None else []
    context: dict[str, Any] = {
        "page": page,
        "rows": [(case, left, abs(left or 0), STATES[State(case.state)]) for case, left in rows],
        "filters": filters,
        "groups": [
            (key, said, n, _address(request, group=key, page=""))
            for (key, said), n in zip(lists.GROUPS.items(), counts.values(), strict=True)
        ],
        "organs": organs,
        "channels": [(rule.channel.value, rule.zh) for rule in CHANNELS.values()],
        "kinds": [(kind.value, zh) for kind, zh in APPLICANT_KINDS.items()],
        "decisions": [(code, found.zh) for code, found in decisions().items()],
        "years": range(filters.today.year, filters.today.year - 8, -1),
        "orders": [("due", "到期先后"), ("newest", "最新收到"), ("oldest", "最早收到")],
        "colleagues": people_at(person.organ_id) if person.organ_id else [],
        "saved": views.views_of(person),
        "can": {name: can_some(person, f"onrequest.{name}") for name in ("register", "assign", "export")},
        "previous": _address(request, page=str(page.number - 1)) if page.number > 1 else "",
        "next": _address(request, page=str(page.number + 1)) if page.more else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "cases/list.html", context)


@require_POST
@needs("onrequest.assign")
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases to one person; all of them or, when one may not be given, none."""
    person = person_of(request)
    handler = key_asked(request.POST.get("handler", ""))
    known = {p.pk: p for p in people_at(person.organ_id)} if person.organ_id else {}
    keys = keys_asked(request.POST.getlist("case")[:500])
    back = reverse("cases") + "?" + request.POST.get("query", "")
    if handler not in known or not keys:
        messages.error(request, "请勾选申请，并选择一名承办人。")
        return HttpResponseRedirect(back)
    with transaction.atomic():
        for key in keys:
            application = case_selectors.application_of(person.county, key)
            if application is None:
                raise Http404("没有这件申请")
            policies.check_case(person, "onrequest.assign", application)
            records.assign(audit=audit_of(request), application=application, handler=known[handler].pk)
    messages.success(request, f"已将{len(keys)}件申请分给{known[handler].name}办理。")
    return HttpResponseRedirect(back)


@require_http_methods(["POST"])
@needs("onrequest.look")
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list under a name, or forget a kept one."""
    person = person_of(request)
    try:
        if request.POST.get("forget"):
            views.forget(audit=audit_of(request), person=person, key=key_asked(request.POST["forget"]))
            messages.success(request, "已删去这个视图。")
        else:
            name = views.save(
                audit=audit_of(request),
                person=person,
                name=request.POST.get("name", ""),
                query=request.POST.get("query", ""),
            ).name
            messages.success(request, f"已保存视图“{name}”。")
    except Refused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("cases") + "?" + request.POST.get("query", ""))


HEADS = (
    "登记编号",
    "收到机关",
    "事项",
    "申请人类型",
    "提交方式",
    "收到日期",
    "答复期限",
    "状态",
    "处理决定",
    "签发日期",
    "送达日期",
)


@require_GET
@needs("onrequest.export")
def export(request: HttpRequest) -> HttpResponse:
    """The list as XLSX, without personal data; that it was exported is on record."""
    import xlsxwriter

    person = person_of(request)
    filters = replace(filters_of(request), organs=policies.organs_seen(person, "onrequest.export"))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("申请")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, HEADS, bold)
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 48)
    sheet.set_column(3, 10, 14)
    count = 0
    for case in lists.cases(filters).select_related("organ")[:EXPORT_LIMIT].iterator(chunk_size=2000):
        count += 1
        told = (
            case.number,
            case.organ.name,
            case.subject,
            APPLICANT_KINDS[ApplicantKind(case.applicant_kind)],
            CHANNEL_NAMES.get(case.channel, ""),
        )
        for column, words in enumerate(told):
            sheet.write_string(count, column, words)
        for column, day in ((5, case.received_on), (6, case.due_on), (9, case.decided_on), (10, case.delivered_on)):
            if day:
                sheet.write_datetime(count, column, day)
        sheet.write_string(count, 7, STATES[State(case.state)])
        sheet.write_string(count, 8, decisions()[case.decision].zh if case.decision else "")
    book.close()
    with transaction.atomic():
        views.exported(audit=audit_of(request), person=person, count=count, query=request.GET.urlencode())
    response = HttpResponse(
        out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{timezone.localdate():%Y%m%d}-%E7%94%B3%E8%AF%B7%E6%B8%85%E5%8D%95.xlsx"
    )
    return response


CHANNEL_NAMES = {rule.channel.value: rule.zh for rule in CHANNELS.values()}


@require_GET
@needs("people.own_account")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, the day that falls due first on top."""
    person = person_of(request)
    waiting = Waiting(person, timezone.localdate())
    above = (patrol_waiting, oversight_waiting, assessment_waiting, january_waiting)
    lines = sorted([*waiting.lines(), *(line for more in above for line in more(person, waiting.today))], key=in_order)
    own = [line for line in lines if line.kind != "county"]
    county = [line for line in lines if line.kind == "county"]
    context = {
        "lines": own[:LINES],
        "waiting": len(own),
        "more": waiting.cut,
        "county_lines": county[:LINES],
        "publishing": publishing.waits(person, timezone.localdate()),
        "letters": publishing.letters_wait(person),
        "yearly": issuing.waits(person),
        "today": timezone.localdate(),
        "overdue": sum(1 for line in own if line.level == "overdue"),
        "soon": sum(1 for line in own if line.level in ("today", "soon")),
        "can_register": can_some(person, "onrequest.register"),
        "can_look": can_some(person, "onrequest.look"),
        "can_hand_in": can_some(person, "annual.hand_in"),
        "reports": report_lists.rows_of(county_of(request), newest=REPORTS_SHOWN)
        if can_some(person, "annual.hand_in")
        else [],
        "file_limit": settings.GONGKAI_FILE_LIMIT // 1024 // 1024,
        "batch_limit": settings.GONGKAI_BATCH_LIMIT // 1024 // 1024,
        "files_limit": settings.GONGKAI_BATCH_FILES,
    }
    return render(request, "cases/home.html", context)

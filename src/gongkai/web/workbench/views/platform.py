"""Applications from a province's platform, as a file: looked at first, brought in when it is right."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.onrequest.applicants import APPLICANT_KINDS
from gongkai.web.exchange.bundle import COLUMNS
from gongkai.web.exchange.importing import Done, bring_in, read_file
from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.people.policies import needs
from gongkai.web.workbench import looked
from gongkai.web.workbench.asked import file_sent, organs_offered
from gongkai.web.workbench.context import audit_of, person_of

ACT = "onrequest.import_ledger"
LIMIT = 50 * 1024 * 1024
SALT = "gongkai.platform"
SHOWN = 200


def _done(request: HttpRequest, name: str, data: bytes, organ: str, *, dry_run: bool) -> Done:
    organs = organs_offered(person_of(request), ACT)
    usual = next((o for o in organs if str(o.pk) == organ), organs[0] if len(organs) == 1 else None)
    return bring_in(
        audit=audit_of(request),
        bundle=read_file(name, data),
        organs={o.name: o for o in organs},
        usual=usual,
        dry_run=dry_run,
    )


@require_http_methods(["GET", "POST"])
@needs(ACT)
def look(request: HttpRequest) -> HttpResponse:
    """See what a file would bring. Nothing is stored but the file itself, sealed, until it is brought in."""
    person = person_of(request)
    context: dict[str, Any] = {"organs": organs_offered(person, ACT), "refused": ""}
    status = 200
    if request.method == "POST":
        organ = request.POST.get("organ", "")
        try:
            name, data = file_sent(request, "文件", LIMIT, "较大的请分成几个。")
            done = _done(request, name, data, organ, dry_run=True)
            ticket = looked.keep(request, data, name, SALT, name=name, organ=organ)
        except Refused as error:
            context |= {"refused": str(error), "organ": organ}
            status = 422
        else:
            context |= {"done": done, "doubts": done.doubts[:SHOWN], "ticket": ticket}
    return render(request, "outside/platform.html", context, status=status)


@require_POST
@needs(ACT)
def bring(request: HttpRequest) -> HttpResponse:
    """Register what the looked-at file holds."""
    try:
        file, told = looked.shown(request, SALT)
        done = _done(request, told["name"], file_services.read(file), told["organ"], dry_run=False)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("platform"))
    said = f"已登记{done.taken}件"
    said += f"；{done.known}件以前导入过，没有重复登记" if done.known else ""
    said += f"；{len(done.doubts)}件存疑，没有登记" if done.doubts else ""
    messages.success(request, said + "。")
    for doubt in (*done.doubts[:5], *done.warnings[:5]):
        messages.warning(request, doubt)
    return HttpResponseRedirect(reverse("cases"))


@require_GET
@needs(ACT)
def form(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in: its head, every column as text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("申请")
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    sheet.set_column(0, len(COLUMNS) - 1, 16, text)
    sheet.write_row(0, 0, list(COLUMNS.values()), head)
    sheet.freeze_panes(1, 0)
    column = list(COLUMNS).index("kind")
    choices = {"validate": "list", "source": [zh[:30] for zh in APPLICANT_KINDS.values()]}
    sheet.data_validation(1, column, 3000, column, choices)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(out.getvalue(), content_type=kind)
    response.headers["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E7%94%B3%E8%AF%B7%E5%AF%BC%E5%85%A5%E8%A1%A8.xlsx"
    )
    return response

"""An existing ledger: paste or upload it, see what is due at once, bring it in when it is right."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.onrequest.applicants import APPLICANT_KINDS
from gongkai.readers.ledger.compiling import without_delivery
from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.onrequest.selectors.duelist import due_lines
from gongkai.web.onrequest.services.ledger import bring_in, row_of
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.workbench import looked
from gongkai.web.workbench.asked import organs_offered, table_sent
from gongkai.web.workbench.context import audit_of, person_of

LIMIT = 20 * 1024 * 1024
SHOWN = 300
SALT = "gongkai.ledger"


def _read(name: str, data: bytes) -> dict[str, Any]:
    """The ledger as the reading process tells it. Refused in a sentence when it cannot be read."""
    today = timezone.localdate().isoformat()
    try:
        found, _ = pool().call("ledger", data, seconds=settings.GONGKAI_READING_SECONDS, name=name, today=today)
    except WorkerFailed as error:
        raise Refused("这份台账读不了：文件太大、已损坏，或者读取超时。请另存为XLSX，或者复制表格粘贴进来。") from error
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    return found


def _rows(found: dict[str, Any]) -> tuple[list[Any], tuple[str, ...]]:
    """The rows that were read for certain, and what was assumed about all of them."""
    return without_delivery(map(row_of, found["rows"]), (column["meaning"] for column in found["columns"]))


@require_http_methods(["GET", "POST"])
@needs("onrequest.import_ledger")
def ledger(request: HttpRequest) -> HttpResponse:
    """Show when each row of a ledger falls due. Nothing is stored but the file itself, until it is brought in."""
    person = person_of(request)
    context: dict[str, Any] = {"organs": organs_offered(person, "onrequest.import_ledger"), "refused": ""}
    status = 200
    if request.method == "POST":
        try:
            name, data = table_sent(request, LIMIT)
            found = _read(name, data)
            ticket = looked.keep(request, data, name or "粘贴的台账.txt", SALT, name=name)
        except Refused as error:
            context |= {"refused": str(error), "text": request.POST.get("text", "")}
            status = 422
        else:
            rows, remarks = _rows(found)
            found["remarks"] += remarks
            lines = due_lines(person.county, rows, timezone.localdate())
            context |= {
                "found": found,
                "read": len(rows),
                "lines": lines[:SHOWN],
                "more": max(len(lines) - SHOWN, 0),
                "overdue": sum(1 for line in lines if line.left is not None and line.left < 0),
                "soon": sum(1 for line in lines if line.left is not None and 0 <= line.left <= 5),
                "kindless": sum(1 for row in rows if not row.applicant_kind),
                "kinds": [(kind.value, zh) for kind, zh in APPLICANT_KINDS.items()],
                "ticket": ticket,
            }
    return render(request, "cases/ledger.html", context, status=status)


@require_POST
@needs("onrequest.import_ledger")
def bring(request: HttpRequest) -> HttpResponse:
    """Bring the looked-at ledger in for one organ."""
    person = person_of(request)
    try:
        file, told = looked.shown(request, SALT)
        organs = {str(o.pk): o for o in organs_offered(person, "onrequest.import_ledger")}
        organ = organs.get(request.POST.get("organ", ""))
        if organ is None:
            raise Refused("请选择台账是哪个机关的。")
        check_act(person, "onrequest.import_ledger", whose(person, organ.pk))
        data = file_services.read(file)
        found = _read(told["name"], data)
        done = bring_in(
            audit=audit_of(request),
            organ=organ,
            rows=_rows(found)[0],
            sha256=hashlib.sha256(data).hexdigest(),
            left_out=found["doubtful"],
            kind=request.POST.get("kind", ""),
        )
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("ledger"))
    said = f"已导入{done.taken}件"
    said += f"；{done.known}件以前导入过，没有重复导入" if done.known else ""
    said += f"；{found['doubtful'] + done.kindless}行存疑，没有导入" if found["doubtful"] + done.kindless else ""
    messages.success(request, said + "。")
    return HttpResponseRedirect(reverse("cases"))

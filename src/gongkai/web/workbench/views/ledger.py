"""An existing ledger: paste or upload it, see what is due at once, bring it in when it is right."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
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
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.intake import organs_for

LIMIT = 20 * 1024 * 1024
SHOWN = 300
SALT = "gongkai.ledger"
KEEP_SECONDS = 12 * 3600
PASTED = "粘贴的台账.txt"


def _read(name: str, data: bytes) -> dict[str, Any]:
    """The ledger as the reading process tells it. Refused in a sentence when it cannot be read."""
    today = timezone.localdate().isoformat()
    try:
        found, _ = pool().call(
            "ledger", data, seconds=settings.GONGKAI_READING_SECONDS, name="" if name == PASTED else name, today=today
        )
    except WorkerFailed as error:
        raise Refused("这份台账读不了：文件太大、已损坏，或者读取超时。请另存为XLSX，或者复制表格粘贴进来。") from error
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    return found


def _arrived(request: HttpRequest) -> tuple[str, bytes]:
    """What was pasted or uploaded, with its name."""
    file = request.FILES.get("file")
    if file:
        if (file.size or 0) > LIMIT:
            raise Refused(f"台账文件不超过{LIMIT // 1024 // 1024}MB。较大的请按年度分开导入。")
        return file.name or "台账", file.read()
    text = request.POST.get("text", "")
    if not text.strip():
        raise Refused("请选择台账文件，或者把表格（连同表头）复制粘贴到框里。")
    return PASTED, text.encode()


def _rows(found: dict[str, Any]) -> tuple[list[Any], tuple[str, ...]]:
    """The rows that were read for certain, and what was assumed about all of them."""
    return without_delivery(map(row_of, found["rows"]), (column["meaning"] for column in found["columns"]))


@require_http_methods(["GET", "POST"])
@needs("onrequest.import_ledger")
def ledger(request: HttpRequest) -> HttpResponse:
    """Show when each row of a ledger falls due. Nothing is stored but the file itself, until it is brought in."""
    person = person_of(request)
    context: dict[str, Any] = {"organs": organs_for(person, "onrequest.import_ledger"), "refused": ""}
    status = 200
    if request.method == "POST":
        try:
            name, data = _arrived(request)
            found = _read(name, data)
            with transaction.atomic():
                stored = file_services.store(audit=audit_of(request), name=name, data=data)
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
                "ticket": signing.dumps({"file": str(stored.pk), "by": str(person.pk), "name": name}, salt=SALT),
            }
    return render(request, "cases/ledger.html", context, status=status)


@require_POST
@needs("onrequest.import_ledger")
def bring(request: HttpRequest) -> HttpResponse:
    """Bring the looked-at ledger in for one organ."""
    person = person_of(request)
    try:
        ticket = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=KEEP_SECONDS)
        if ticket["by"] != str(person.pk):
            raise Refused("请重新上传台账后再导入。")
        organs = {str(o.pk): o for o in organs_for(person, "onrequest.import_ledger")}
        organ = organs.get(request.POST.get("organ", ""))
        if organ is None:
            raise Refused("请选择台账是哪个机关的。")
        check_act(person, "onrequest.import_ledger", whose(person, organ.pk))
        data = file_services.read(uuid.UUID(ticket["file"]))
        found = _read(ticket["name"], data)
        done = bring_in(
            audit=audit_of(request),
            organ=organ,
            rows=_rows(found)[0],
            sha256=hashlib.sha256(data).hexdigest(),
            left_out=found["doubtful"],
            kind=request.POST.get("kind", ""),
        )
    except signing.BadSignature:
        messages.error(request, "这份台账已经过期，请重新上传后再导入。")
        return HttpResponseRedirect(reverse("ledger"))
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("ledger"))
    said = f"已导入{done.taken}件"
    said += f"；{done.known}件以前导入过，没有重复导入" if done.known else ""
    said += f"；{found['doubtful'] + done.kindless}行存疑，没有导入" if found["doubtful"] + done.kindless else ""
    messages.success(request, said + "。")
    return HttpResponseRedirect(reverse("cases"))

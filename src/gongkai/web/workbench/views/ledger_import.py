"""Bringing an office's own table into a register: looked at line by line first, then taken in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.registers.services import bringing
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.ledgers import ENTER, organ_asked, organs_for, register_or_404

SALT = "gongkai.registers.import"
KEEP_SECONDS = 12 * 3600
SHOWN = 300


def _arrived(request: HttpRequest) -> tuple[str, bytes]:
    """What was uploaded or pasted, with its name (none for what was pasted)."""
    file = request.FILES.get("file")
    if file:
        if (file.size or 0) > bringing.LIMIT:
            raise Refused(f"文件不超过{bringing.LIMIT // 1024 // 1024}MB，较大的请按年度分开导入。")
        return file.name or "台账", file.read()
    text = request.POST.get("text", "")
    if not text.strip():
        raise Refused("请选择文件，或者把表格（连同表头）复制粘贴到框里。")
    return "", text.encode()


def _ticket(request: HttpRequest) -> tuple[str, bytes]:
    """The table that was looked at. Refused when it is not this person's or too old."""
    try:
        found = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=KEEP_SECONDS)
    except signing.BadSignature:
        raise Refused("这份表格已经过期，请重新上传后再导入。") from None
    if found["by"] != str(person_of(request).pk):
        raise Refused("请重新上传后再导入。")
    return found["name"], file_services.read(uuid.UUID(found["file"]))


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def bring(request: HttpRequest, register: str) -> HttpResponse:
    """The form; sent, each line with what becomes of it; then taken in."""
    of = register_or_404(register)
    person, organ = person_of(request), organ_asked(request)
    if organ is None:
        raise Http404("还没有机关，请先在“机关设置”中登记")
    check_act(person, ENTER, whose(person, organ.pk))
    context: dict[str, Any] = {"of": of, "organ": organ, "organs": organs_for(person), "refused": ""}
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("ticket"):
                name, data = _ticket(request)
                made, _ = bringing.bring(
                    audit=audit_of(request), organ=organ, register=of.key, name=name, data=data,
                    alike_too=request.POST.get("alike") == "1",
                )  # fmt: skip
                said = f"已导入{made.taken}行"
                said += f"；{made.known}行以前导入过，没有重复导入" if made.known else ""
                said += f"；{made.refused}行不能导入" if made.refused else ""
                messages.success(request, f"{said}。")
                return HttpResponseRedirect(reverse("ledger-list", args=[of.key]))
            name, data = _arrived(request)
            found = bringing.look(organ=organ, register=of.key, name=name, data=data)
            with transaction.atomic():
                stored = file_services.store(audit=audit_of(request), name=name or "粘贴的表格.txt", data=data)
        except Refused as error:
            context |= {"refused": str(error), "text": request.POST.get("text", "")}
            status = 422
        else:
            troubled = [line for line in found.lines if line.state != "new"]
            fine = [line for line in found.lines if line.state == "new"]
            context |= {
                "found": found,
                "counts": found.counts,
                "troubled": troubled[:SHOWN],
                "fine": fine[: SHOWN // 3],
                "more": max(len(troubled) - SHOWN, 0) + max(len(fine) - SHOWN // 3, 0),
                "takes": len(fine),
                "alike": found.count("alike"),
                "ticket": signing.dumps({"file": str(stored.pk), "by": str(person.pk), "name": name}, salt=SALT),
            }
    return render(request, "ledgers/import.html", context, status=status)


@require_GET
@needs(ENTER)
def template(request: HttpRequest, register: str) -> HttpResponse:
    """An empty table to fill in."""
    of = register_or_404(register)
    return xlsx.answer(xlsx.table(of.zh, bringing.template_heads(of), []), f"{of.zh}导入模板")

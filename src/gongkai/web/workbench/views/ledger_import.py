"""Bringing an office's own table into a register: looked at line by line first, then taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.people.policies import check_act, needs, whose
from gongkai.web.registers.services import bringing
from gongkai.web.workbench import looked, xlsx
from gongkai.web.workbench.asked import organ_asked, organs_offered, table_sent
from gongkai.web.workbench.context import audit_of, person_of
from gongkai.web.workbench.views.ledgers import ENTER, register_or_404

SALT = "gongkai.registers.import"
SHOWN = 300


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def bring(request: HttpRequest, register: str) -> HttpResponse:
    """The form; sent, each line with what becomes of it; then taken in."""
    of = register_or_404(register)
    person, organ = person_of(request), organ_asked(request, ENTER)
    if organ is None:
        raise Http404("还没有机关，请先在“机关设置”中登记")
    check_act(person, ENTER, whose(person, organ.pk))
    context: dict[str, Any] = {"of": of, "organ": organ, "organs": organs_offered(person, ENTER), "refused": ""}
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("ticket"):
                file, told = looked.shown(request, SALT)
                made, _ = bringing.bring(
                    audit=audit_of(request), organ=organ, register=of.key, name=told["name"],
                    data=file_services.read(file),
                    alike_too=request.POST.get("alike") == "1",
                )  # fmt: skip
                said = f"已导入{made.taken}行"
                said += f"；{made.known}行以前导入过，没有重复导入" if made.known else ""
                said += f"；{made.refused}行不能导入" if made.refused else ""
                messages.success(request, f"{said}。")
                return HttpResponseRedirect(reverse("ledger-list", args=[of.key]))
            name, data = table_sent(request, bringing.LIMIT)
            found = bringing.look(organ=organ, register=of.key, name=name, data=data)
            ticket = looked.keep(request, data, name or "粘贴的表格.txt", SALT, name=name)
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
                "ticket": ticket,
            }
    return render(request, "ledgers/import.html", context, status=status)


@require_GET
@needs(ENTER)
def template(request: HttpRequest, register: str) -> HttpResponse:
    """An empty table to fill in."""
    of = register_or_404(register)
    return xlsx.answer(xlsx.table(of.zh, bringing.template_heads(of), []), f"{of.zh}导入模板")

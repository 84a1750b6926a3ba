"""What stands beside an entry: what other organs are asked, links, the life of a document, paper."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.documents.approval import review_sheet
from gongkai.documents.sheets import sheet_docx, sheet_pdf
from gongkai.proactive.stages import STAGES
from gongkai.proactive.validity import ChangeKind
from gongkai.scope.modes import words as mode_words
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.proactive.selectors import entries as selectors
from gongkai.web.proactive.selectors import relations as beside
from gongkai.web.proactive.selectors import validity as lives
from gongkai.web.proactive.selectors.facts import files_of, newest_version
from gongkai.web.proactive.services import drafting, relations
from gongkai.web.workbench.asked import day_of
from gongkai.web.workbench.context import audit_of
from gongkai.web.workbench.deskfiles import SCANS, file_answer
from gongkai.web.workbench.views.entry import item_or_404, page

LOOK, COORDINATE, DRAFT = "proactive.look", "proactive.coordinate", "proactive.draft"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _back(key: uuid.UUID, where: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("entry", args=[key]) + f"#{where}")


@require_POST
@needs(LOOK)
def matter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask another organ, or note its answer with the paper on which it came."""
    item = item_or_404(request, key, COORDINATE)
    said = request.POST
    try:
        answered = beside.matter(item, said.get("matter", ""))
        day = day_of(request, "on")
        if answered:
            sent = request.FILES.get("scan")
            scan = drafting.look_through(sent.name or "复函", sent.read(), "original") if sent else None
            relations.settle_matter(
                audit=audit_of(request),
                matter=answered,
                outcome=said.get("outcome", ""),
                words=said.get("words", ""),
                on=day,
                scan=scan,
            )
        else:
            relations.open_matter(
                audit=audit_of(request),
                item=item,
                kind=said.get("kind", ""),
                organ=said.get("organ", ""),
                words=said.get("words", ""),
                on=day,
            )
    except Refused as error:
        return page(request, item, refused=str(error), status=409)
    messages.success(request, "已登记。")
    return _back(key, "matters")


def other_entry(item: Any, words: str) -> Any:
    """The entry that was named by its index number or by the address of its page. Refused when there is none."""
    other = beside.named(item.county, words)
    if other is None:
        raise Refused("没有找到这一条目，请填写索引号，或者条目页面的地址。")
    return other


@require_POST
@needs(LOOK)
def link(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say that this entry belongs with another, or that it does no longer."""
    item = item_or_404(request, key, DRAFT)
    said = request.POST
    try:
        if said.get("end"):
            found = beside.link_of(item, said["end"])
            if found is None:
                raise Refused("这一关联已经解除。")
            relations.unlink(audit=audit_of(request), link=found)
        else:
            other = other_entry(item, said.get("other", ""))
            relations.link(audit=audit_of(request), item=item, other=other, kind=said.get("kind", ""))
    except Refused as error:
        return page(request, item, refused=str(error), status=409)
    messages.success(request, "已解除关联。" if said.get("end") else "已关联。")
    return _back(key, "links")


@require_POST
@needs(LOOK)
def validity(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that the document was amended, lapsed, was repealed, prolonged or confirmed; or that a note was a mistake."""
    item = item_or_404(request, key, COORDINATE)
    said = request.POST
    try:
        if said.get("void"):
            found = _change(item, said["void"])
            relations.void_validity(audit=audit_of(request), key=found.pk)
        else:
            if said.get("kind") not in set(ChangeKind):
                raise Refused("请选择修改、废止、失效或者延长。")
            by = said.get("by_item", "").strip()
            relations.change_validity(
                audit=audit_of(request),
                item=item,
                kind=ChangeKind(said["kind"]),
                on=day_of(request, "on", needed="生效日期") or timezone.localdate(),
                basis=said.get("basis", ""),
                until=day_of(request, "until"),
                by_item=other_entry(item, by) if by else None,
            )
    except Refused as error:
        return page(request, item, refused=str(error), status=409)
    messages.success(
        request, "这一记录已经作废，两条都留存。" if said.get("void") else "已登记，有效性按日期自动变化。"
    )
    return _back(key, "validity")


def _change(item: Any, said: str) -> Any:
    try:
        found = lives.change(item, uuid.UUID(said))
    except ValueError:
        found = None
    if found is None:
        raise Refused("没有这一条有效性记录。")
    return found


@require_GET
@needs(LOOK)
def paper(request: HttpRequest, key: uuid.UUID, paper: uuid.UUID) -> HttpResponse:
    """The scan of a signed review sheet or of another organ's answer."""
    item = item_or_404(request, key)
    found = beside.paper_of(item, paper)
    if found is None:
        raise Http404("没有这份扫描件")
    return file_answer(found.pk, found.plain_name or "扫描件", found.media_type, SCANS)


@require_GET
@needs(LOOK)
def sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The review sheet on the screen: what is to be published, and a place for each stage to sign."""
    item = item_or_404(request, key)
    version = newest_version(item)
    assert version is not None
    plan = selectors.plan_of_entry(item)
    context = {
        "item": item,
        "written": version,
        "table": selectors.metadata_table(version),
        "files": files_of(version),
        "stages": [(STAGES[stage].zh, STAGES[stage].asks) for stage in plan.stages],
        "today": timezone.localdate(),
    }
    return render(request, "entries/sheet.html", context)


@require_GET
@needs(LOOK)
def sheet_document(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """The review sheet as PDF or Word, to be printed and signed; the code on it finds the entry again."""
    item = item_or_404(request, key)
    version = newest_version(item)
    if version is None or form not in ("pdf", "docx"):
        raise Http404("没有这种表单")
    said, plan = version.metadata, selectors.plan_of_entry(item)
    draft = f"第{version.number}稿 {version.digest[:16]}"
    made = review_sheet(
        item.organ.name,
        title=version.title,
        number=str(said.get("document_number", "")),
        source=str(said.get("duty_unit", "")) or item.organ.name,
        written_on=version.formed_on,
        mode=mode_words(version.choice),
        reason=version.mode_reason,
        files=tuple(row.name for row in files_of(version)),
        stages=tuple(f"{STAGES[stage].zh}意见" for stage in plan.stages),
        asks=tuple(STAGES[stage].asks for stage in plan.stages),
        draft=draft,
        printed_on=timezone.localdate(),
        code=draft,
    )
    data, kind = (sheet_docx(made), DOCX) if form == "docx" else (sheet_pdf(made).data, "application/pdf")
    response = HttpResponse(data, content_type=kind)
    name = quote(f"政府信息公开审查表 {version.title[:40]}.{form}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response

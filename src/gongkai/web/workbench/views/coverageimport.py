"""Bringing a county's own standard catalogue in: template, preview with every refused line, and only then kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.proactive.coverage import COLUMNS, OF_FIELDS, Line, fields
from gongkai.web.coverage import policies
from gongkai.web.coverage.services import catalogues as keeping
from gongkai.web.facts import Refused
from gongkai.web.people.policies import needs
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.context import audit_of

KEEP = policies.KEEP
SALT = "coverage.preview"
SHOWN = 30
WIDTHS = (6, 16, 20, 40, 30, 34, 22, 24, 14, 14, 14)


@require_GET
@needs(KEEP)
def template(request: HttpRequest) -> HttpResponse:
    """An empty catalogue to fill in, with one line that shows how."""
    example = (
        "1", "示例：招生管理", "示例：入学政策", "招生范围、招生计划、报名条件（请删去本行）", "条例第二十一条",
        "自信息形成或者变更之日起20个工作日内", "县教育局", "政府网站", "全社会", "主动公开", "县级",
    )  # fmt: skip
    heads = tuple(zip(COLUMNS.values(), WIDTHS, strict=True))
    return xlsx.answer(xlsx.table("标准目录", heads, [example]), "标准目录模板")


def _form(request: HttpRequest, refused: str = "", **more: Any) -> HttpResponse:
    context = {
        "fields": fields().values(),
        "refused": refused,
        "of_fields": OF_FIELDS,
        "typed": request.POST if refused else request.GET,
        **more,
    }
    return render(request, "coverage/import.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def bring(request: HttpRequest) -> HttpResponse:
    """The form; what was sent is read and shown, and nothing of it is kept yet."""
    if request.method != "POST":
        return _form(request)
    said, file = request.POST, request.FILES.get("file")
    try:
        if file is None:
            raise Refused("请选择文件。")
        data = file.read()
        tables = keeping.read(file.name or "目录.xlsx", data)
        sure = said.get("field", "")
        if sure and len(tables) > 1:
            raise Refused(f"文件里有{len(tables)}张目录，请选择“按标题识别”，或者只留一张。")
        shown = [_preview(table, sure or table["field"]) for table in tables]
    except Refused as error:
        return _form(request, str(error))
    kept = [{"field": t["field"], "title": t["title"], "lines": t["lines"]} for t in shown if t["field"] and t["lines"]]
    packed = signing.dumps(
        {"name": file.name, "sha256": keeping.digest(data), "source": said.get("source", ""), "tables": kept},
        salt=SALT,
        compress=True,
    )
    return _form(request, tables=shown, packed=packed if kept else "", source=said.get("source", ""))


def _preview(table: dict[str, Any], field: str) -> dict[str, Any]:
    known = fields().get(field)
    return {
        **table,
        "field": field if known else "",
        "field_zh": known.zh if known else "",
        "first_lines": [Line(**line) for line in table["lines"][:SHOWN]],
        "more": max(len(table["lines"]) - SHOWN, 0),
    }


@require_POST
@needs(KEEP)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what the preview showed, each field as its newest version."""
    try:
        said = signing.loads(request.POST.get("packed", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return _form(request, "预览已经过期，请重新上传文件。")
    try:
        with transaction.atomic():
            done = [
                keeping.keep(
                    audit=audit_of(request),
                    field=table["field"],
                    lines=[Line(**line) for line in table["lines"]],
                    source=request.POST.get("source", ""),
                    title=table["title"],
                    name=said["name"],
                    sha256=said["sha256"],
                )
                for table in said["tables"]
            ]
    except Refused as error:
        return _form(request, f"{error}没有保存。")
    messages.success(request, f"已保存：{'、'.join(f'{fields()[row.field].zh}{row.lines}行' for row in done)}。")
    return HttpResponseRedirect(reverse("coverage"))

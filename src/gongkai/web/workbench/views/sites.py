"""Sites to export to: what went there, where it stands on line, what is to be taken down, and how they are set up."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.readers.sites.labels import day_of
from gongkai.web.cms.adapters.interface import FIELDS
from gongkai.web.cms.adapters.network import NETWORKS
from gongkai.web.cms.selectors import standing
from gongkai.web.cms.services import exporting, reconciling, targets
from gongkai.web.cms.services.lists import form_bytes
from gongkai.web.cms.tasks import export_one, export_waiting
from gongkai.web.facts import Refused
from gongkai.web.jobs.services import enqueue
from gongkai.web.people.policies import can_some, needs
from gongkai.web.typed import key_asked, page_asked
from gongkai.web.workbench import xlsx
from gongkai.web.workbench.context import audit_of, county_of, person_of

LOOK, EXPORT, KEEP = "cms.look", "cms.export", "cms.keep"
PAGE = 50
HTTP_FIELDS = (
    ("base", "接口地址", "https://cms.example.gov.cn/api"),
    ("put_method", "发送的方法", "POST"),
    ("put_path", "发送的路径", "/articles"),
    ("update_method", "更新的方法", "PUT"),
    ("update_path", "更新的路径（没有的留空）", ""),
    ("remove_method", "撤下的方法", "DELETE"),
    ("remove_path", "撤下的路径", "/articles/{place}"),
    ("header", "带密钥的请求头（没有的留空）", ""),
    ("header_value", "请求头的值", "Bearer {secret}"),
    ("place_at", "答复中对方编号的位置", "data.id"),
    ("address_at", "答复中网址的位置", "data.url"),
    ("day_at", "答复中上线日期的位置（没有的留空）", ""),
    ("success_at", "答复中成功的标志（没有的留空）", ""),
    ("seconds", "等待答复的秒数", "20"),
)
USUAL_FIELDS = "title=title\nhtml=html\nindex_number=index_number\npublished_on=published_on\nsource=issuing_organ"


def _site(request: HttpRequest, key: uuid.UUID) -> Any:
    found = standing.target(county_of(request).pk, key)
    if found is None:
        raise Http404("没有这个网站")
    return found


@require_GET
@needs(LOOK)
def sites(request: HttpRequest) -> HttpResponse:
    """Every site with its counts."""
    county = county_of(request)
    cards = [standing.card(each) for each in standing.targets(county.pk)]
    return render(request, "cms/sites.html", {"cards": cards, "may_keep": can_some(person_of(request), KEEP)})


def _filled(request: HttpRequest, settings: dict[str, Any] | None = None) -> list[tuple[str, str, str]]:
    """The fields of an interface as (name, words, value): what was sent, else what is set, else what is usual."""
    told = []
    for name, words, usual in HTTP_FIELDS:
        value = request.POST.get(name)
        if value is None:
            value = usual if settings is None else str(settings.get(name, ""))
            value = value.removesuffix(".0") if name == "seconds" else value
        told.append((name, words, value))
    return told


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in (*(f[0] for f in HTTP_FIELDS), "fields", "folder")}


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Set up a site."""
    refused = ""
    if request.method == "POST":
        try:
            made = targets.add_target(
                audit=audit_of(request),
                name=request.POST.get("name", ""),
                kind=request.POST.get("kind", ""),
                settings=_given(request),
                secret=request.POST.get("secret", "").strip(),
                everything=request.POST.get("begin") != "now",
            )
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, f"已设置“{made.name}”，后台随即开始导出。")
            return HttpResponseRedirect(reverse("site", args=[made.pk]))
    context = {
        "refused": refused,
        "fields": _filled(request),
        "mapping": request.POST.get("fields", USUAL_FIELDS),
        "ours": FIELDS,
        "networks": NETWORKS,
        "said": request.POST,
    }
    return render(request, "cms/site_new.html", context, status=422 if refused else 200)


def _page(request: HttpRequest, found: Any, status: int = 200, **more: Any) -> HttpResponse:
    person = person_of(request)
    number = page_asked(request.GET)
    rows = standing.exported(found, PAGE + 1, PAGE * (number - 1))
    context = {
        "card": standing.card(found),
        "site": found,
        "place": str(exporting.folder_of(found)) if found.kind == "folder" else found.settings.get("base", ""),
        "rows": rows[:PAGE],
        "more": number + 1 if len(rows) > PAGE else None,
        "less": number - 1 if number > 1 else None,
        "removals": standing.pending_removals(found),
        "refusals": standing.refused_at(found)[:PAGE],
        "attempts": standing.last_attempts(found, 5),
        "may_keep": can_some(person, KEEP),
        "may_export": can_some(person, EXPORT),
        "today": timezone.localdate(),
        "fields": _filled(request, found.settings) if found.kind == "http" else [],
        "mapping": "\n".join(f"{theirs}={ours}" for theirs, ours in found.settings.get("fields", {}).items()),
        "ours": FIELDS,
        **more,
    }
    return render(request, "cms/site.html", context, status=status)


@require_GET
@needs(LOOK)
def site(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One site: what went there and what is to be done."""
    return _page(request, _site(request, key))


def _do(request: HttpRequest, key: uuid.UUID, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("site", args=[key]))


@require_POST
@needs(KEEP)
def change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Set a site up anew."""
    found = _site(request, key)
    try:
        targets.change_target(
            audit=audit_of(request),
            target=found,
            settings=_given(request),
            secret=request.POST.get("secret", "").strip(),
        )
    except Refused as error:
        return _page(request, found, 422, refused=str(error), mapping=request.POST.get("fields", ""))
    messages.success(request, "设置已保存。")
    return HttpResponseRedirect(reverse("site", args=[key]))


@require_POST
@needs(KEEP)
def end(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Nothing goes there any more."""
    found = _site(request, key)
    said = "已停用。已经在网站上的条目不受影响，需要撤下的请人工处理。"
    return _do(request, key, lambda: targets.end_target(audit=audit_of(request), target=found), said)


@require_POST
@needs(EXPORT)
def now(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Export what waits at once, or one entry once more."""
    found = _site(request, key)
    words = request.POST.get("item", "")

    def again() -> None:
        item = _item(words)
        enqueue(export_one, found.pk, item, uuid.uuid4(), key=f"cms.again:{found.pk}:{item}")

    if words:
        return _do(request, key, again, "已交后台重新导出这一条目。")
    return _do(request, key, lambda: enqueue(export_waiting, found.pk, key=f"cms.export:{found.pk}"), "已交后台导出。")


def _item(words: str) -> uuid.UUID:
    key = key_asked(words)
    if key is None:
        raise Refused("没有这一条目。")
    return key


@require_POST
@needs(EXPORT)
def note(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write back where an entry stands on line, or that it is gone from there."""
    found, said = _site(request, key), request.POST

    def write() -> None:
        words = said.get("on", "")
        on = day_of(words) if words else None
        if words and on is None:
            raise Refused("日期应写成2026-03-02这样。")
        if said.get("state") == "gone":
            reconciling.note_gone(audit=audit_of(request), item=_item(said.get("item", "")), target=found, on=on)
            return
        reconciling.note_on_line(
            audit=audit_of(request),
            item=_item(said.get("item", "")),
            address=said.get("address", ""),
            on=on,
            target=found,
        )

    return _do(request, key, write, "已登记撤下。" if said.get("state") == "gone" else "已登记上线的网址。")


@require_POST
@needs(EXPORT)
def table(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The form of addresses as it comes back."""
    found = _site(request, key)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused("请选择填好的上线登记表。")
        noted = reconciling.note_table(audit=audit_of(request), target=found, name=file.name or "表", data=file.read())
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"登记上线{noted.on}条，撤下{noted.gone}条；{noted.same}条与以前登记的相同。")
        if noted.unknown:
            shown = "、".join(noted.unknown[:5]) + ("等" if len(noted.unknown) > 5 else "")
            messages.warning(request, f"有{len(noted.unknown)}行没有对上条目：{shown}。请核对索引号。")
    return HttpResponseRedirect(reverse("site", args=[key]))


@require_GET
@needs(LOOK)
def form(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The form to fill in: every entry at the site with the address that is known."""
    found = _site(request, key)
    rows = [row for row in standing.latest(found) if row.act == "put"]
    known = standing.addresses(found.county, [row.item for row in rows], found)
    told = [(row.index_number, row.title, known[row.item].address if row.item in known else "", "") for row in rows]
    return xlsx.answer(form_bytes(told), f"{found.name}上线登记表")

"""What is published, for other systems: no token is asked for, since everybody may read it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router

from gongkai.proactive.catalogue import kinds
from gongkai.web.api.errors import CODES, ApiError
from gongkai.web.api.schemas import ErrorOut, OrganOut
from gongkai.web.api.schemas_published import (
    ChangeOut,
    EntriesOut,
    EntryOut,
    FileOut,
    LinkOut,
    ValidityOut,
    WholeEntryOut,
)
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import home_county
from gongkai.web.proactive.selectors import listing, outside
from gongkai.web.proactive.selectors.public import public_item
from gongkai.web.typed import in_reach

PAGE = 100
router = Router(tags=["已公开的信息"])


def _errors(*codes: str) -> dict[int, Any]:
    return dict.fromkeys(sorted({CODES[code][0] for code in ("failure", *codes)}), ErrorOut)


def _county() -> Any:
    county = home_county()
    if county is None:
        raise Http404("本系统尚未初始化")
    return county


def _address(request: HttpRequest, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


def _told(request: HttpRequest, entry: listing.Entry) -> dict[str, Any]:
    return {
        "id": entry.key,
        "index_number": entry.index_number,
        "title": entry.title,
        "kind": entry.kind,
        "kind_words": entry.kind_words,
        "organ": OrganOut(id=entry.organ, name=entry.organ_name),
        "issuer": entry.issuer,
        "number": entry.number,
        "written_on": entry.written_on,
        "published_at": entry.published_at,
        "effective_on": entry.effective_on,
        "expires_on": entry.expires_on,
        "public_until": entry.public_until,
        "validity": entry.validity or None,
        "validity_words": entry.validity_words,
        "theme": entry.theme,
        "items": list(entry.items),
        "columns": list(entry.columns),
        "topics": list(entry.topics),
        "keywords": entry.keywords,
        "summary": entry.summary,
        "url": _address(request, "portal-item", entry.key),
    }


def _release(key: uuid.UUID) -> Any:
    found = public_item(_county().pk, key)
    if found is None:
        raise ApiError("not_found", "没有这一条公开的信息，或者它已经不再公开。")
    return found


def _place(cursor: str) -> listing.Place | None:
    if not cursor:
        return None
    moment, _, key = cursor.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        if not in_reach(at):
            raise ValueError
        return (at if timezone.is_aware(at) else timezone.make_aware(at)), uuid.UUID(key)
    except (ValueError, OverflowError):
        raise Refused("游标不是本接口给出的，请从头读取。") from None


@router.get(
    "",
    auth=None,
    response={200: EntriesOut, **_errors("invalid")},
    url_name="api-entries",
    operation_id="entries",
    summary="逐页读取已公开的信息",
)
def entries(
    request: HttpRequest,
    organ: uuid.UUID | None = Query(None, description="只要一个机关的"),
    kind: str = Query("", max_length=20, description="种类的代码：" + "、".join(kinds())),
    column: str = Query("", max_length=60, description="栏目的代码"),
    item: str = Query("", max_length=60, description="法定主动公开事项的代码"),
    theme: str = Query("", max_length=60, description="主题分类，例如 06 或者 06/水利"),
    topic: str = Query("", max_length=60, description="专题的代码"),
    since: date | None = Query(None, description="发布日期不早于（含）"),
    until: date | None = Query(None, description="发布日期不晚于（含）"),
    cursor: str = Query("", max_length=120, description="上一页返回的游标；不填从最新的读起"),
    limit: int = Query(PAGE, ge=1, le=PAGE, description="一页最多几条"),
) -> Any:
    """按发布时间从新到旧逐页读取，给出的条件须同时符合。撤回、期满的从那一刻起不再给出。"""
    asked = {"organ": str(organ or ""), "kind": kind, "column": column, "item": item, "theme": theme, "topic": topic}
    if any(day is not None and not in_reach(day) for day in (since, until)):
        raise Refused("日期的年份有误，请核对。")
    rows = listing.filtered(_county().pk, {key: value for key, value in asked.items() if value}, since, until)
    found = listing.piece_after(rows, _place(cursor), limit + 1)
    shown = found[:limit]
    told = [EntryOut(**_told(request, entry)) for entry in listing.entries_of(shown, timezone.localdate())]
    more = len(found) > limit
    last = f"{shown[-1].from_at.isoformat()}~{shown[-1].pk}" if more else ""
    return EntriesOut(entries=told, cursor=last, more=more)


@router.get(
    "/{uuid:key}",
    auth=None,
    response={200: WholeEntryOut, **_errors("not_found")},
    url_name="api-entry",
    operation_id="entry",
    summary="读取一条信息的全文",
)
def entry(request: HttpRequest, key: uuid.UUID) -> Any:
    """元数据、正文（经过净化的 HTML 和纯文字）和与它有关的其他信息。"""
    release = _release(key)
    found = outside.shown_of(release, address=_address(request, "portal-item", key) + "/files")
    [line] = listing.entries_of([release], timezone.localdate())
    links = [
        LinkOut(kind=group.kind, says=group.says, id=near.key, title=near.title, url=_address(request, "portal-item", near.key))
        for group in found.groups
        for near in group.entries
    ]  # fmt: skip
    return WholeEntryOut(
        **_told(request, line), edition=release.edition, body=found.body, text=release.version.text, links=links
    )


@router.get(
    "/{uuid:key}/files",
    auth=None,
    response={200: list[FileOut], **_errors("not_found")},
    url_name="api-entry-files",
    operation_id="entry-files",
    summary="一条信息的附件和图片",
)
def files(request: HttpRequest, key: uuid.UUID) -> Any:
    """文件本身从 url 下载。"""
    return [
        FileOut(
            id=row.file_id, role=row.role, name=row.name, media_type=row.media_type, size=row.size, alt=row.alt,
            url=_address(request, "portal-item-file", key, row.file_id),
        )
        for row in listing.files_of(_release(key))
    ]  # fmt: skip


@router.get(
    "/{uuid:key}/validity",
    auth=None,
    response={200: ValidityOut, **_errors("not_found", "invalid")},
    url_name="api-entry-validity",
    operation_id="entry-validity",
    summary="一件公文在某一天是否有效",
)
def validity(
    request: HttpRequest, key: uuid.UUID, on: date | None = Query(None, description="哪一天；不填为今天")
) -> Any:
    """有效性由登记的实施日期、有效期和历次变动推算；不是公文的，validity 为空。"""
    day = on or timezone.localdate()
    found = outside.shown_of(_release(key), address="", on=day)
    stands = found.then
    return ValidityOut(
        on=day,
        validity=stands.validity.value if stands else None,
        words=stands.zh if stands else "",
        says=stands.says if stands else "",
        since=stands.since if stands else None,
        changes=[
            ChangeOut(on=each.on, says=each.says, basis=each.basis, by=each.by.key if each.by else None)
            for each in found.changes
        ],
    )

"""The pages of an old site, or the rows of its spreadsheet, each read in the bounded process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from gongkai.readers.errors import Unreadable
from gongkai.readers.sites import SavedSite, open_saved
from gongkai.text.sameness import bare
from gongkai.web.cms.models import Migration
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import read


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of one page or row, before it is judged whether it can be brought in."""

    name: str
    data: bytes
    said: dict[str, Any]
    files: tuple[tuple[str, str, bool], ...] = ()
    """The files beside it: path in the site, its words on the page, whether it is a picture."""


def _asked(op: str, name: str, data: bytes) -> dict[str, Any]:
    try:
        found, _ = pool().call(op, data, seconds=settings.GONGKAI_READING_SECONDS, name=name)
    except WorkerFailed:
        return {"error": {"message": "在限定的时间和内存内没有读完。"}}
    return found


def _site_pages(site: SavedSite) -> Iterator[Page]:
    for name in site.pages():
        try:
            data = site.read(name)
        except Unreadable as error:
            yield Page(name, b"", {"error": error.to_json()})
            continue
        said = _asked("sitepage", name, data)
        beside: list[tuple[str, str, bool]] = []
        without = []
        for link in said.get("files", ()):
            path = site.beside(name, link["href"])
            if path:
                beside.append((path, link["words"], link["picture"]))
            else:
                without.append(link["words"] or link["href"].rpartition("/")[2])
        if without:
            shown = "、".join(each[:40] for each in without[:5]) + ("等" if len(without) > 5 else "")
            said["said"] = [*said.get("said", ()), f"{len(without)}个附件、图片没有一起保存：{shown}"]
        yield Page(name, data, said, tuple(dict.fromkeys(beside)))


def _sheet_pages(name: str, data: bytes) -> tuple[list[Page], list[str]]:
    found = _asked("siterows", name, data)
    if "error" in found:
        raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
    pages = []
    for row in found["entries"]:
        said = row | {"files": [], "said": [] if row["html"] else ["没有正文"]}
        if row["files"]:
            said["said"] = [*said["said"], f"{len(row['files'])}个附件没有随表格提供"]
        pages.append(Page(row["place"], json.dumps(row, sort_keys=True).encode(), said))
    strange = found["strange"]
    return pages, [f"没有认出的栏：{'、'.join(strange[:20])}"] if strange else []


def pages_of(migration: Migration, site: SavedSite | None) -> tuple[Iterator[Page], list[str]]:
    if migration.kind == "sheet":
        assert migration.file_id is not None
        pages, said = _sheet_pages(migration.name, read(migration.file_id))
        return iter(pages), said
    return _site_pages(site or site_of(migration)), []


def site_of(migration: Migration) -> SavedSite:
    """The saved site behind a migration that was handed in as a file."""
    assert migration.file_id is not None
    try:
        return open_saved(read(migration.file_id))
    except Unreadable as error:
        raise Refused(f"{error.message}{error.advice}") from error


def digest_of(page: Page) -> str:
    """What a page says, whatever the file around it: the same text with the same title and number comes once."""
    if "error" in page.said:
        return hashlib.sha256(page.data or page.name.encode()).hexdigest()
    told = [
        bare(page.said["title"]),
        bare(page.said.get("text") or page.said["html"]),
        page.said["metadata"].get("index_number", ""),
        page.said["metadata"].get("document_number", ""),
        page.said["written_on"],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

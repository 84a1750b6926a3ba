"""The page of a public entry as it leaves: clean HTML that needs no style and no script, its metadata, its files."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.utils import timezone

from gongkai.text.sameness import digest as words_digest
from gongkai.web import sealed
from gongkai.web.facts import Refused
from gongkai.web.files.services import read
from gongkai.web.proactive.body import shown
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.selectors.outside import issuer_of, kind_words, published_on, standings, table_of
from gongkai.web.proactive.selectors.public import public_files

SCHEMA = "gongkai.export/1"
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]+")


class NoFile(Exception):
    """A file of an entry cannot be opened: lost, changed, or set apart since."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file of an entry: where it lies beside the page, and what it is called there."""

    path: str
    name: str
    media_type: str
    size: int
    sha256: str
    key: uuid.UUID
    picture: bool

    @property
    def data(self) -> bytes:
        """Its bytes. NoFile when they cannot be had."""
        try:
            return read(self.key)
        except (OSError, Refused, sealed.Tampered, sealed.KeysMissing) as error:
            raise NoFile(f"附件“{self.name[:60]}”打不开，没有导出") from error


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything of one entry that leaves. `digest` covers all of it; `slug` names its folder."""

    item: uuid.UUID
    release: uuid.UUID
    version: uuid.UUID
    organ: uuid.UUID
    index_number: str
    title: str
    slug: str
    html: str
    text: str
    metadata: dict[str, Any]
    files: tuple[OutFile, ...]
    digest: str


def slug_of(index_number: str, item: uuid.UUID) -> str:
    """The name of an entry's folder: its index number as a path has it, and of its key what tells it from any other."""
    return f"{_UNSAFE.sub('-', index_number).strip('-')}-{item.hex[-8:]}".lstrip("-")


def _files(release: Any) -> tuple[OutFile, ...]:
    found = []
    for place, row in enumerate(public_files(release), start=1):
        met = _ENDING.search(row.name)
        path = f"files/{place:02d}-{row.file.sha256[:12]}{'.' + met[1].lower() if met else ''}"
        picture = row.role == "picture"
        found.append(OutFile(path, row.name, row.media_type, row.size, row.file.sha256, row.file_id, picture))
    return tuple(found)


def compose(release: Any, now: datetime | None = None) -> Outgoing:
    """The page of a release that `selectors.public` gave out a moment ago."""
    version = release.version
    standing = standings([release], timezone.localdate(now)).get(release.item_id)
    table = [(told.key, told.zh, told.value) for told in table_of(release, standing)]
    files = _files(release)
    by_key = {each.key: each.path for each in files}
    body = shown(version.body, lambda key: by_key.get(key, ""))
    names = column_names(release.county)
    columns = [names.get(key, key) for key in version.metadata.get("columns") or ()]
    metadata: dict[str, Any] = {
        "schema": SCHEMA,
        "key": str(release.item_id),
        "index_number": release.index_number,
        "title": release.title,
        "kind": kind_words(release.kind),
        "issuing_organ": issuer_of(release),
        "document_number": str(version.metadata.get("document_number") or ""),
        "written_on": str(version.metadata.get("written_on") or ""),
        "published_on": published_on(release).isoformat(),
        "columns": columns,
        "validity": standing.zh if standing else "",
        "public_until": version.public_until.isoformat() if version.public_until else "",
        "text_digest": words_digest(version.text),
        "table": [{"key": key, "name": zh, "value": value} for key, zh, value in table],
        "files": [
            {"path": f.path, "name": f.name, "media_type": f.media_type, "size": f.size, "sha256": f.sha256}
            for f in files
        ],
    }
    html = _page(metadata, body, table, files)
    said = json.dumps([html, metadata], ensure_ascii=False, sort_keys=True).encode()
    return Outgoing(
        release.item_id, release.pk, version.pk, release.organ_id, release.index_number, release.title,
        slug_of(release.index_number, release.item_id), html, version.text, metadata, files,
        hashlib.sha256(said).hexdigest(),
    )  # fmt: skip


def _page(said: dict[str, Any], body: str, table: list[tuple[str, str, str]], files: tuple[OutFile, ...]) -> str:
    meta = {
        "ArticleTitle": said["title"],
        "PubDate": said["published_on"],
        "ContentSource": said["issuing_organ"],
        "ColumnName": "、".join(said["columns"]),
        "IndexNumber": said["index_number"],
        "DocumentNumber": said["document_number"],
    }
    head = "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in meta.items() if value)
    rows = "\n".join(f"<tr><th>{escape(zh)}</th><td>{escape(value)}</td></tr>" for _, zh, value in table)
    ended = said["validity"] and any(word in said["validity"] for word in ("废止", "失效"))
    banner = f'<p class="validity"><strong>本文件{escape(said["validity"])}</strong></p>\n' if ended else ""
    loose = [each for each in files if not (each.picture and each.path in body)]
    links = "\n".join(f'<li><a href="{escape(f.path)}">{escape(f.name)}</a></li>' for f in loose)
    listed = f'<h2>附件</h2>\n<ul class="attachments">\n{links}\n</ul>\n' if loose else ""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{escape(said["title"])}</title>\n'
        f'{head}\n</head>\n<body>\n<h1>{escape(said["title"])}</h1>\n<table class="metadata">\n{rows}\n</table>\n'
        f'{banner}<div id="zoom" class="article">\n{body}\n</div>\n{listed}</body>\n</html>\n'
    )

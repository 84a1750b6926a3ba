"""Drafting: an entry and its versions with their files. A version is never changed; a change is a further one."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.proactive.catalogue import kinds
from gongkai.proactive.limits import LIMITS
from gongkai.proactive.procedure import Act
from gongkai.text.signature import signature
from gongkai.web.audit.services import Audit, canonical
from gongkai.web.facts import Refused, new_key
from gongkai.web.files import kinds as media
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.models import StoredFile
from gongkai.web.files.services import check_file, plain_name, store
from gongkai.web.organs.models import Organ
from gongkai.web.proactive import body as bodies
from gongkai.web.proactive.models import Attachment, Item, Standing, Version
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services.facts import asked, hands_of, locked, renew, write_act
from gongkai.web.typed import check_come

_KEY = b"gongkai.proactive.likeness"
MOST_FILES = 60
MOST_TEXT = 2_000_000
"""Characters kept of a file's words for search."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was looked through and may be kept. `text` are its words, `unread` why there are none."""

    name: str
    data: bytes
    media_type: str
    role: str = "attachment"
    alt: str = ""
    text: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the version before had, and what it is called now."""

    file: uuid.UUID
    role: str = "attachment"
    name: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What somebody wrote: everything a version says. `metadata` holds elements by key, several values as a list."""

    kind: str
    title: str
    formed_on: date
    metadata: dict[str, Any] = field(default_factory=dict)
    mode: str = ""
    ground: str = ""
    mode_reason: str = ""
    limit: str = "publish"
    public_until: date | None = None
    body: str = ""
    files: tuple[NewFile | KeptFile, ...] = ()


def look_through(name: str, data: bytes, role: str = "attachment", alt: str = "") -> NewFile:
    """Look through a file as it was uploaded, in the bounded process, before anything is written.

    Refused for what is not taken; a file with a classification mark is not kept at all, in no copy.
    """
    if role not in dict(Attachment.ROLES):
        raise Refused("请选择文件的用途。")
    check_file(name=name, data=data, limit=settings.GONGKAI_FILE_LIMIT)
    said = plain_name(name)
    kind = media.detect(data)
    if role == "picture" and not kind.startswith("image/"):
        raise Refused(f"“{said}”不是图片，不能放在正文里，请作为附件上传。")
    try:
        found, _ = pool().call("inspect", data, seconds=settings.GONGKAI_READING_SECONDS, name=said)
        if "error" in found:
            raise Refused(f"{found['error']['message']}{found['error'].get('advice') or ''}")
        if found["marked"]:
            raise Refused(
                f"“{said}”带有国家秘密标志，不得存入本系统，没有留存副本。请立即按保密规定处理原件并报告保密工作机构。"
            )
        words, _ = pool().call("words", data, seconds=settings.GONGKAI_READING_SECONDS, name=said)
    except WorkerFailed as error:
        raise Refused(f"“{said}”在限定的时间和内存内没有查验完，不能接收。请拆分或者另存为PDF后再上传。") from error
    text = str(words.get("text", "")).strip()[:MOST_TEXT]
    unread = "" if text.strip() or kind.startswith("image/") else str(words.get("unread") or "没有读出文字")[:200]
    return NewFile(said, data, kind, role, alt.strip()[:300], text, unread)


def read_article(name: str, data: bytes) -> dict[str, Any]:
    """A Word file as an article: its title, its text as safe HTML, what was left out. Refused with a sentence.

    Nothing is kept of the file.
    """
    said = plain_name(name)
    if len(data) > settings.GONGKAI_FILE_LIMIT:
        raise Refused(f"“{said}”超过{settings.GONGKAI_FILE_LIMIT // 1024 // 1024}MB，请把图片另行上传。")
    try:
        looked, _ = pool().call("inspect", data, seconds=settings.GONGKAI_READING_SECONDS, name=said)
        if looked.get("marked"):
            raise Refused(f"“{said}”带有国家秘密标志，不得存入本系统，没有留存副本。")
        found, _ = pool().call("article", data, seconds=settings.GONGKAI_READING_SECONDS, name=said)
    except WorkerFailed as error:
        raise Refused(f"“{said}”在限定的时间和内存内没有读完，请拆分后再导入。") from error
    for answer in (looked, found):
        if "error" in answer:
            raise Refused(f"{answer['error']['message']}{answer['error'].get('advice') or ''}")
    return {**found, "html": bodies.clean(found["html"]).html}


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def draft(
    *, audit: Audit, organ: Organ, content: Content, once: str = "", origin: str = "desk", key: uuid.UUID | None = None
) -> Item:
    """Begin an entry with its first version. What was begun before under the same `once` is given back."""
    once = once or f"{origin}:{uuid.uuid4()}"
    with transaction.atomic():
        found = Item.objects.filter(county=audit.county, once=once).first()
        if found:
            return found
        item = Item.objects.create(
            id=key or new_key(), county=audit.county, organ=organ, origin=origin, once=once, by=audit.actor
        )
        audit.record("proactive.begin", item, {"organ": str(organ.pk), "origin": origin})
        _write(audit, item, content, number=1)
    return item


def edit(*, audit: Audit, item: Item, content: Content, seen: int | None = None) -> Version:
    """Keep a further version. Refused while it is under review or public, Overtaken when someone else wrote first."""
    with transaction.atomic():
        locked(item, seen)
        now = timezone.now()
        allowed = asked(item, Act.EDIT, now, hands_of(audit))
        if not allowed.allowed:
            raise Refused(allowed.reason)
        last = newest_version(item)
        assert last is not None
        return _write(audit, item, content, number=last.number + 1)


def _write(audit: Audit, item: Item, content: Content, number: int) -> Version:
    version, files = made_version(audit, item, content, number)
    version.save(force_insert=True)
    for row in files:
        row.save(force_insert=True)
    audit.record("proactive.write_version", version, said_of(version))
    now = timezone.now()
    write_act(audit, item, Act.EDIT, now, version=version, hands=hands_of(audit))
    renew(item, now)
    return version


def said_of(version: Version) -> dict[str, Any]:
    """What the audit keeps of a version."""
    return {"number": version.number, "digest": version.digest, "mode": version.mode}


def made_version(audit: Audit, item: Item, content: Content, number: int) -> tuple[Version, list[Attachment]]:
    """A version and the rows of its files, checked and not yet saved; the bytes of new files are kept now."""
    made = bodies.clean(content.body)
    _check(content, made)
    key = new_key()
    version = Version(
        id=key,
        county=item.county,
        item=item,
        number=number,
        kind=content.kind,
        title=" ".join(content.title.split()),
        metadata=_metadata(content.metadata),
        mode=content.mode,
        ground=content.ground if content.mode == "not_disclosed" else "",
        mode_reason=content.mode_reason.strip()[:1000],
        formed_on=content.formed_on,
        limit=content.limit,
        public_until=content.public_until,
        body=made.html,
        text=made.text,
        likeness=signature(made.text, _KEY),
        by=audit.actor,
    )
    stored = [_stored(audit, each, item) for each in content.files]
    version.digest = digest(version, [row for row, _ in stored])
    for position, (row, old) in enumerate(stored):
        row.version, row.position = version, position
        row.text, row.unread = (old.text, old.unread) if old else (row.text, row.unread)
    return version, [row for row, _ in stored]


def _check(content: Content, made: bodies.Body) -> None:
    if content.kind not in kinds():
        raise Refused("请选择条目的种类。")
    if not content.title.strip():
        raise Refused("请填写名称。")
    if len(content.title) > 200:
        raise Refused("名称最多200字。")
    if content.limit not in LIMITS:
        raise Refused("请选择公开期限。")
    check_come(content.formed_on, "信息形成或者变更的日期")
    if len(content.files) > MOST_FILES:
        raise Refused(f"一个条目最多{MOST_FILES}个文件。")
    known = {each.file for each in content.files if isinstance(each, KeptFile)}
    if any(key not in known for key in made.pictures):
        raise Refused("正文里有一幅图片不在本条目的文件之中，请重新插入。")


def _metadata(given: dict[str, Any]) -> dict[str, Any]:
    """The metadata without what is empty; words trimmed, several values in order and each once."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        if isinstance(value, str):
            found[key] = value.strip()
        else:
            found[key] = list(dict.fromkeys(str(part).strip() for part in value if str(part).strip()))
    return {key: value for key, value in found.items() if value}


def _stored(audit: Audit, each: NewFile | KeptFile, item: Item) -> tuple[Attachment, Attachment | None]:
    """The row of a file, not yet saved: its bytes kept now, or those of a version before."""
    if isinstance(each, NewFile):
        stored: StoredFile = store(audit=audit, name=each.name, data=each.data)
        row = Attachment(
            county=audit.county, file=stored, name=each.name, role=each.role, alt=each.alt, text=each.text,
            unread=each.unread, media_type=each.media_type, size=len(each.data), by=audit.actor,
        )  # fmt: skip
        return row, None
    old = Attachment.objects.filter(version__item=item, file=each.file).order_by("-id").first()
    if old is None:
        raise Refused("有一个文件不是本条目的，请重新上传。")
    row = Attachment(
        county=audit.county, file_id=old.file_id, name=plain_name(each.name or old.name), role=each.role,
        alt=each.alt.strip()[:300], media_type=old.media_type, size=old.size, by=audit.actor,
    )  # fmt: skip
    return row, old


def digest(version: Version, files: Iterable[Attachment]) -> str:
    """The SHA-256 of everything a version says, its files by their own."""
    said = {
        "kind": version.kind,
        "title": version.title,
        "metadata": version.metadata,
        "mode": [version.mode, version.ground, version.mode_reason],
        "formed_on": str(version.formed_on),
        "limit": version.limit,
        "public_until": str(version.public_until or ""),
        "body": version.body,
        "files": [[row.file.sha256, row.name, row.role, row.alt] for row in files],
    }
    return hashlib.sha256(canonical(json.loads(json.dumps(said)))).hexdigest()


def content_of(version: Version) -> Content:
    """A version as it was written: what a form is filled from, and a correction begins with."""
    files = tuple(
        KeptFile(row.file_id, row.role, row.name, row.alt)
        for row in Attachment.objects.filter(version=version).order_by("position", "id")
    )
    return Content(
        kind=version.kind,
        title=version.title,
        formed_on=version.formed_on,
        metadata=dict(version.metadata),
        mode=version.mode,
        ground=version.ground,
        mode_reason=version.mode_reason,
        limit=version.limit,
        public_until=version.public_until,
        body=version.body,
        files=files,
    )


def correct(*, audit: Audit, item: Item, reason: str, mode: str = "", seen: int | None = None) -> Version:
    """Begin a correction: a new version, equal to the last released one, while that one stays as it is.

    `mode` is another disclosure mode that the new version is to have.
    """
    with transaction.atomic():
        locked(item, seen)
        now = timezone.now()
        allowed = asked(item, Act.CORRECT, now, hands_of(audit), reason=reason)
        if not allowed.allowed:
            raise Refused(allowed.reason)
        write_act(audit, item, Act.CORRECT, now, reason=reason)
        last = newest_version(item)
        assert last is not None
        base = _released_before(item) or last
        said = content_of(base)
        if mode:
            said = replace(said, mode=mode, ground="", mode_reason="")
        return _write(audit, item, said, number=last.number + 1)


def _released_before(item: Item) -> Version | None:
    release = item.releases.order_by("-edition").select_related("version").first()
    return release.version if release else None


def abandon(*, audit: Audit, item: Item, reason: str, seen: int | None = None) -> Standing:
    """Give a draft up; what is public stays as it is."""
    from gongkai.web.proactive.services.facts import perform

    perform(audit=audit, item=item, act=Act.ABANDON, reason=reason, seen=seen)
    return Standing.objects.get(item=item)

"""Bringing in an old site: every page is looked through first, and what was understood becomes drafts afterwards.

Nothing that is brought in is public: it goes through every stage like any draft. The same page comes once, however
often and under whatever name it is handed in.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.proactive.catalogue import themes
from gongkai.readers.errors import Unreadable
from gongkai.readers.sites import SavedSite, open_saved
from gongkai.text.sameness import bare
from gongkai.web.audit.services import Audit
from gongkai.web.cms.models import Brought, MigratedPage, Migration, MigrationStep
from gongkai.web.cms.services.sitepages import Page, digest_of, pages_of, site_of
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.files.services import plain_name, store
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import county_with, living_organs, recognise
from gongkai.web.proactive.body import clean
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.services import numbers
from gongkai.web.proactive.services.drafting import MOST_FILES, Content, NewFile, draft, look_through

LIMIT = 500 * 1024 * 1024
_WORDS = ("summary", "genre", "issuing_organ", "document_number", "keywords", "open_form", "open_scope", "duty_unit")
_DOCUMENT_ENDS = ("通知", "意见", "办法", "规定", "决定", "方案", "批复", "通告", "细则", "规划", "通报", "报告", "函")
REASON = "迁入的旧网站信息，原已公开"
MOST_SAID = 100
"""So many pages that were left are named."""


def kind_of(name: str, data: bytes) -> str:
    """Whether a file is a saved site or a spreadsheet. Refused for what is neither."""
    ending = name.rpartition(".")[2].lower()
    if data.startswith(b"PK\x03\x04") and ending == "zip":
        return "site"
    if ending in ("xlsx", "xls", "csv", "et", "txt"):
        return "sheet"
    raise Refused("请选择保存的网页打成的ZIP包，或者元数据的表格（XLSX、XLS、CSV）。")


def hand_in(*, audit: Audit, name: str, data: bytes) -> Migration:
    """Keep what was handed in; a worker looks through it."""
    if len(data) > LIMIT:
        raise Refused(f"文件超过{LIMIT // 1024 // 1024}MB，请分成几个。")
    if not data:
        raise Refused("文件是空的，请核对。")
    kind = kind_of(name, data)
    if kind == "site":
        try:
            first = next(open_saved(data).pages(), "")
        except Unreadable as error:
            raise Refused(f"{error.message}{error.advice}") from error
        if not first:
            raise Refused("压缩包里没有网页（.html、.htm、.shtml）。")
    with transaction.atomic():
        stored = store(audit=audit, name=name, data=data)
        return _begin(audit, plain_name(name), kind, hashlib.sha256(data).hexdigest(), stored)


def _begin(audit: Audit, name: str, kind: str, sha256: str, stored: Any = None) -> Migration:
    migration = Migration.objects.create(
        county=audit.county, name=name[:200], kind=kind, sha256=sha256, file=stored, by=audit.actor
    )
    audit.record("cms.hand_in_site", migration, {"kind": kind, "sha256": sha256})
    return migration


def begin_folder(*, audit: Audit, folder: Path) -> Migration:
    """A folder on this machine, for the command line; its files stay where they are."""
    with transaction.atomic():
        return _begin(audit, folder.name, "site", "")


# ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Judging:
    """What decides over a page: the organs, who else brought it, what came before it in this file."""

    county: uuid.UUID
    organs: dict[str, Organ]
    usual: Organ | None
    allowed: frozenset[uuid.UUID] | None
    seen: set[str] = field(default_factory=set)
    by_name: dict[str, Organ | None] = field(default_factory=dict)

    def organ(self, name: str) -> Organ | None:
        """The organ that a printed name means, where exactly one is meant."""
        if name not in self.by_name:
            county = county_with(self.county)
            found = recognise(county, name) if county and name else None
            exact = self.organs.get(name.replace(" ", ""))
            sure = found is not None and found.way != "likeness"
            meant = next((o for o in self.organs.values() if found and sure and str(o.pk) == found.key), None)
            self.by_name[name] = exact or meant
        return self.by_name[name]

    def row(self, migration: Migration, number: int, page: Page) -> MigratedPage:
        """The fact of one page."""
        digest = digest_of(page)
        row = MigratedPage(
            county=migration.county, migration=migration, number=number, name=page.name[-400:], digest=digest,
            state="unread", files=len(page.files),
        )  # fmt: skip
        if "error" in page.said:
            row.said = [str(page.said["error"]["message"])]
            return row
        said = list(page.said["said"])
        metadata = page.said["metadata"]
        named = metadata.get("issuing_organ", "")
        organ = self.organ(named) or self.usual
        if named and self.organ(named) is None:
            said.append(f"发布机构“{named[:40]}”不在机关名录里" + ("，记到选定的机关" if self.usual else ""))
        row.title, row.hints = page.said["title"], int(page.said["hints"])
        row.characters = len(bare(page.said.get("text") or page.said["html"]))
        row.organ = organ.pk if organ else None
        row.understood = {
            "metadata": metadata,
            "written_on": page.said["written_on"],
            "published_on": page.said["published_on"],
            "kind": kind_guess(page.said["title"], metadata),
        }
        if not row.understood["kind"]:
            said.append("种类没有把握，暂记为“其他信息”")
        too_much = _refused(page.said["html"])
        said += [too_much] if too_much else []
        row.state = "unread" if too_much else self._state(row, organ)
        if row.state == "no_organ" and organ is not None:
            said.append("您不能为这个机关迁入")
        self.seen.add(digest)
        row.said = said
        return row

    def _state(self, row: MigratedPage, organ: Organ | None) -> str:
        if not row.title or (not row.characters and not row.files):
            return "unread"
        if row.digest in self.seen:
            return "again"
        if Brought.objects.filter(page__digest=row.digest, county=self.county).exists():
            return "known"
        if organ is None or (self.allowed is not None and organ.pk not in self.allowed):
            return "no_organ"
        return "ready" if row.understood["written_on"] or row.understood["published_on"] else "undated"


def _refused(html: str) -> str:
    """Why no entry takes a text; empty where one does."""
    try:
        clean(html)
    except Refused as error:
        return str(error)
    return ""


def kind_guess(title: str, metadata: dict[str, str]) -> str:
    """The kind of an entry where it is sure; empty where a person must say."""
    if title.endswith(("解读", "图解")) or title.startswith(("一图读懂", "图解")):
        return "interpretation"
    if metadata.get("document_number") and title.removesuffix("》").endswith(_DOCUMENT_ENDS):
        return "official"
    return ""


def look(
    *, audit: Audit, migration: Migration, site: SavedSite | None = None, usual: Organ | None = None,
    allowed: frozenset[uuid.UUID] | None = None,
) -> int:  # fmt: skip
    """Look through everything; how many pages there are. Begun again, it goes on behind the last page noted."""
    if MigrationStep.objects.filter(migration=migration, step="looked").exists():
        return MigratedPage.objects.filter(migration=migration).count()
    organs = {organ.name: organ for organ in living_organs(audit.county)}
    judging = _Judging(audit.county, organs, usual, allowed)
    noted = dict(MigratedPage.objects.filter(migration=migration).values_list("number", "digest"))
    judging.seen |= set(noted.values())
    said: list[str] = []
    number = 0
    try:
        pages, said = pages_of(migration, site)
        for number, page in enumerate(pages, start=1):
            if number in noted:
                continue
            judging.row(migration, number, page).save(force_insert=True)
            failpoint("cms.page_noted")
    except Refused as error:
        said = [str(error)]
    with transaction.atomic():
        step = MigrationStep.objects.create(
            county=audit.county, migration=migration, step="looked", said=said, by=audit.actor
        )
        audit.record("cms.look_through_site", step, {"migration": str(migration.pk), "pages": number})
    return number


# ── bringing in ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Done:
    """What was brought in, what was left where it is, and why."""

    brought: int = 0
    left: int = 0
    said: list[str] = field(default_factory=list)


def bring(
    *, audit: Audit, migration: Migration, site: SavedSite | None = None, undated_on: date | None = None, mode: str = ""
) -> Done:
    """Make drafts of what can be brought in; of undated pages only with a day that a person names for them.

    Begun again, it goes on behind what was brought in before.
    """
    if mode not in ("", "proactive"):
        raise Refused("公开属性请选“主动公开”，或者留待起草人逐条确定。")
    if not MigrationStep.objects.filter(migration=migration, step="looked").exists():
        raise Refused("还没有看完，请稍候。")
    wanted = ["ready", "undated"] if undated_on else ["ready"]
    todo = MigratedPage.objects.filter(migration=migration, state__in=wanted, brought=None)
    rows = {row.number: row for row in todo}
    site = site or (site_of(migration) if migration.kind == "site" else None)
    done, changed = Done(), 0
    pages, _ = pages_of(migration, site) if rows else (iter(()), [])
    for number, page in enumerate(pages, start=1):
        row = rows.get(number)
        if row is None:
            continue
        if digest_of(page) != row.digest:
            changed += 1
            continue
        try:
            _bring_one(audit, row, page, site, undated_on, mode)
        except Refused as error:  # one page holds up no other
            done.said.append(f"“{row.name}”没有迁入：{error}")
        else:
            done.brought += 1
    done.left = changed + len(done.said)
    if changed:
        done.said.insert(0, f"{changed}个文件在看过之后有改动，没有迁入")
    with transaction.atomic():
        step = MigrationStep.objects.create(
            county=audit.county, migration=migration, step="brought", by=audit.actor,
            said=done.said[:MOST_SAID],
        )  # fmt: skip
        audit.record("cms.bring_in_site", step, {"migration": str(migration.pk), "brought": done.brought})
    return done


def _files(page: Page, site: SavedSite | None, said: list[str]) -> tuple[NewFile, ...]:
    found: list[NewFile] = []
    for path, words, picture in page.files:
        if len(found) >= MOST_FILES or site is None:
            said.append(f"文件超过{MOST_FILES}个，其余没有带入")
            break
        last = path.rpartition("/")[2]
        ending = f".{last.rpartition('.')[2]}"
        name = f"{words.removesuffix(ending)}{ending}" if words and not picture else last
        try:
            data = site.read(path)
            role = "picture" if picture else "attachment"
            found.append(look_through(name, data, role, words if picture else ""))
        except Unreadable as error:
            said.append(f"“{last}”没有带入：{error.message}")
        except Refused as error:
            said.append(f"“{last}”没有带入：{error}")
    if any(each.role == "picture" for each in found):
        said.append("图片已作为文件带入，请在正文中重新插入")
    return tuple(found)


def content_of(
    row: MigratedPage, page: Page, day: date, files: tuple[NewFile, ...], mode: str, said: list[str]
) -> Content:
    """The draft of a page: only what is sure is filled in, the rest is left to who drafts."""
    told = page.said["metadata"]
    metadata: dict[str, Any] = {key: told[key][:300] for key in _WORDS if told.get(key)}
    written = page.said["written_on"] or page.said["published_on"]
    if written:
        metadata["written_on"] = written
    theme = {each.zh: each.key for each in themes().values()}.get(told.get("theme", ""))
    if theme:
        metadata["theme"] = theme
    columns = {zh: key for key, zh in column_names(row.county).items()}
    if told.get("column") in columns:
        metadata["columns"] = [columns[told["column"]]]
    else:
        said.append("栏目没有把握，请选择")
    return Content(
        kind=row.understood["kind"] or "general",
        title=row.title,
        formed_on=min(day, timezone.localdate()),
        metadata=metadata,
        mode=mode,
        mode_reason=REASON if mode else "",
        body=page.said["html"],
        files=files,
    )


def _bring_one(
    audit: Audit, row: MigratedPage, page: Page, site: SavedSite | None, undated_on: date | None, mode: str
) -> None:
    said: list[str] = []
    files = _files(page, site, said)
    words = row.understood["written_on"] or row.understood["published_on"]
    day = date.fromisoformat(words) if words else undated_on
    assert day is not None
    assert row.organ is not None
    organ = Organ.objects.get(pk=row.organ)
    try:
        content = content_of(row, page, day, files, mode, said)
        with transaction.atomic():
            item = draft(audit=audit, organ=organ, content=content, once=f"import:{row.digest}", origin="import")
            number = row.understood["metadata"].get("index_number", "")
            if number and not numbers.of(item):
                said += _bring_number(audit, item, number)
            brought = Brought.objects.create(county=row.county, page=row, item=item.pk, said=said, by=audit.actor)
            audit.record("cms.bring_page", brought, {"item": str(item.pk)})
    except IntegrityError:
        return  # another process brought it in this moment
    failpoint("cms.page_brought")


def _bring_number(audit: Audit, item: Any, number: str) -> list[str]:
    try:
        with transaction.atomic():
            numbers.bring(audit=audit, item=item, text=number)
    except Refused as error:
        return [f"原索引号没有沿用：{error}"]
    return []

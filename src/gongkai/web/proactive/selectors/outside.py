"""What a page outside tells of one public entry: its metadata, how it stands, what belongs to it, its editions.

Everything begins with a release that `selectors.public` gave out. Only the elements named here are ever told: what is
internal (who is responsible, who reviewed, why) is not left out one by one, it is never asked for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongkai.calendar import in_chinese
from gongkai.proactive.catalogue import LONG, elements, kinds, theme_words
from gongkai.proactive.items import items as statutory_items
from gongkai.proactive.validity import CHANGES, ChangeKind, Standing, Validity, standing
from gongkai.scope.modes import MODES, DisclosureMode
from gongkai.web.prepared import Prepared, columns
from gongkai.web.proactive.body import shown
from gongkai.web.proactive.models import Attachment, Link, Release, ValidityChange, Version
from gongkai.web.proactive.selectors.facts import standing_links
from gongkai.web.proactive.selectors.public import heads_among
from gongkai.web.proactive.selectors.validity import holding_changes, life_from

TOLD = (
    *("index_number", "title", "summary", "theme", "genre", "issuing_organ", "document_number", "written_on"),
    *("published_on", "effective_on", "validity", "expires_on", "disclosure_mode", "items", "public_until"),
    *("keywords", "open_form", "open_scope", "language"),
)
"""The elements of the metadata that everybody may read, in the order of the table."""

_DAYS = frozenset({"written_on", "effective_on", "expires_on", "public_until"})


@dataclass(frozen=True, slots=True)
class Told:
    """An element of the metadata as the table says it."""

    key: str
    zh: str
    value: str


@dataclass(frozen=True, slots=True)
class Near:
    """Another public entry that belongs to this one."""

    key: uuid.UUID
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong to this one in one way."""

    says: str
    kind: str
    forth: bool
    entries: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to the document on a day, by which document; that one is linked where it is public."""

    on: date
    says: str
    basis: str
    by: Near | None


@dataclass(frozen=True, slots=True)
class Edition:
    """One time for which a version was public, and what the next one changed. The old words are not told again."""

    number: int
    from_at: datetime
    until_at: datetime | None
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page of an entry tells. `then` is how it stood on the day that was asked for."""

    release: Release
    table: tuple[Told, ...]
    standing: Standing | None
    then: Standing | None
    asked_on: date | None
    body: str
    files: tuple[Attachment, ...]
    groups: tuple[Group, ...]
    changes: tuple[Changed, ...]
    editions: tuple[Edition, ...]

    @property
    def version(self) -> Version:
        """The version that is public."""
        return self.release.version

    @property
    def kind(self) -> str:
        """The kind of entry in words."""
        return kind_words(self.release.kind)

    @property
    def issuer(self) -> str:
        """Who issued it, as its metadata say, else whose catalogue it stands in."""
        return issuer_of(self.release)

    def told(self, key: str) -> str:
        """An element of the table by its key; empty where it is not told."""
        return next((row.value for row in self.table if row.key == key), "")


def kind_words(key: str) -> str:
    """A kind of entry in words."""
    return kinds()[key].zh if key in kinds() else key


def is_document(key: str) -> bool:
    """Whether an entry of this kind is a document, which can be in force or not."""
    return key in kinds() and kinds()[key].document


def issuer_of(release: Release) -> str:
    """Who issued an entry."""
    return str(release.version.metadata.get("issuing_organ") or release.organ.name)


def published_on(release: Release) -> date:
    """The day on which a release became public."""
    return timezone.localdate(release.from_at)


def gone(county: uuid.UUID, item: uuid.UUID, at: datetime | None = None) -> str:
    """Why an entry that was public once is no longer: `withdrawn` or `expired`; empty for what is or never was public."""
    now = at or timezone.now()
    rows = Release.objects.filter(county=county, item=item, from_at__lte=now)
    rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("from_at")))
    last = rows.filter(Q(until_at=None) | Q(until_at__gt=F("from_at"))).order_by("-from_at", "-edition").first()
    if last is None:
        return ""
    if last.withdrawn_at:
        return "withdrawn"
    return "expired" if last.until_at and last.until_at <= now else ""


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value or ()]


def _day(value: str) -> str:
    try:
        return in_chinese(date.fromisoformat(value))
    except ValueError:
        return value


def _values(release: Release, now: Standing | None) -> dict[str, str]:
    said = release.version.metadata
    known = statutory_items()
    values: dict[str, str] = {
        "index_number": release.index_number,
        "title": release.title,
        "theme": theme_words(str(said.get("theme") or "")),
        "items": "；".join(
            f"{known[k].name}（条例{known[k].article}）" for k in _several(said.get("items")) if k in known
        ),
        "issuing_organ": issuer_of(release),
        "published_on": in_chinese(published_on(release)),
        "validity": now.zh if now else "",
        "disclosure_mode": MODES[DisclosureMode.PROACTIVE] if release.version.mode == DisclosureMode.PROACTIVE else "",
        "expires_on": "长期有效" if said.get("expires_on") == LONG else _day(str(said.get("expires_on") or "")),
        "public_until": in_chinese(release.version.public_until) if release.version.public_until else "",
    }
    for key in TOLD:
        if key not in values:
            value = "、".join(_several(said.get(key)))
            values[key] = _day(value) if key in _DAYS else value
    return values


def table_of(release: Release, now: Standing | None) -> tuple[Told, ...]:
    """The metadata in words; what is empty is left out."""
    values, names = _values(release, now), elements()
    return tuple(Told(key, names[key].zh, values[key]) for key in TOLD if values[key].strip())


# ── how it stands ────────────────────────────────────────────────────────────────────────────────────────────────────


def _changes(rows: list[ValidityChange], among: dict[uuid.UUID, Near]) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            row.on,
            CHANGES[ChangeKind(row.kind)] + (f"至{in_chinese(row.until)}" if row.until else ""),
            row.basis,
            among.get(row.by_item_id) if row.by_item_id else None,
        )
        for row in rows
    )


def standings(releases: Iterable[Release], on: date) -> dict[uuid.UUID, Standing]:
    """How the documents among some releases stand on a day, by entry; what is no document has no standing."""
    documents = [release for release in releases if is_document(release.kind)]
    rows = holding_changes().filter(item__in=[r.item_id for r in documents])
    by_item: dict[uuid.UUID, list[ValidityChange]] = {}
    for row in rows if documents else ():
        by_item.setdefault(row.item_id, []).append(row)
    found = {r.item_id: standing(life_from(r.version, by_item.get(r.item_id, ())), on) for r in documents}
    return {key: each for key, each in found.items() if each.validity is not Validity.UNKNOWN}


# ── what belongs to it ───────────────────────────────────────────────────────────────────────────────────────────────

_SAYS = {
    ("interprets", False): "政策解读",
    ("interprets", True): "解读的文件",
    ("amends", False): "修改本文件的文件",
    ("amends", True): "本文件修改的文件",
    ("repeals", False): "废止本文件的文件",
    ("repeals", True): "本文件废止的文件",
    ("responds", False): "有关回应",
    ("responds", True): "回应的事项",
}
"""How a page names what belongs to it, by the kind of link and its direction; duplicates are the desk's own matter."""


def _near_among(county: uuid.UUID, keys: Iterable[uuid.UUID], at: datetime | None = None) -> dict[uuid.UUID, Near]:
    """Those of some entries that are public."""
    heads = heads_among(county, keys, at)
    return {key: Near(key, title, timezone.localdate(from_at)) for key, (title, from_at) in heads.items()}


class _Tie(NamedTuple):
    """A link that stands."""

    item_id: uuid.UUID
    other_id: uuid.UUID
    kind: str


def _ties(either: Q) -> QuerySet[Link, tuple[Any, ...]]:
    rows = standing_links().filter(either).exclude(kind="same")
    return rows.order_by("on", "id").values_list("item", "other", "kind")


_ties_of = Prepared(lambda item: _ties(Q(item=item) | Q(other=item)), item=uuid.UUID)


def _links(keys: Iterable[uuid.UUID]) -> list[_Tie]:
    wanted = list(keys)
    rows = _ties_of(item=wanted[0]) if len(wanted) == 1 else _ties(Q(item__in=wanted) | Q(other__in=wanted))
    return [_Tie(*row) for row in rows]


def _groups(item: uuid.UUID, links: list[_Tie], among: dict[uuid.UUID, Near]) -> tuple[Group, ...]:
    found: dict[tuple[str, bool], dict[uuid.UUID, Near]] = {}
    for link in links:
        forth = link.item_id == item
        other = link.other_id if forth else link.item_id
        if other in among and other != item:
            found.setdefault((link.kind, forth), {})[other] = among[other]
    return tuple(
        Group(says, kind, forth, tuple(found[kind, forth].values()))
        for (kind, forth), says in _SAYS.items()
        if (kind, forth) in found
    )


def interpretations(county: uuid.UUID, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[tuple[bool, Near]]]:
    """For each of some entries its public interpretations (False), or the documents that it interprets (True)."""
    wanted = set(keys)
    links = [link for link in _links(wanted) if link.kind == "interprets"]
    among = _near_among(county, {key for link in links for key in (link.item_id, link.other_id)})
    found: dict[uuid.UUID, list[tuple[bool, Near]]] = {}
    for link in links:
        for here, there, forth in ((link.item_id, link.other_id, True), (link.other_id, link.item_id, False)):
            if here in wanted and there in among:
                found.setdefault(here, []).append((forth, among[there]))
    return found


# ── editions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _differences(old: Version, new: Version, files: dict[uuid.UUID, list[tuple[Any, ...]]]) -> tuple[str, ...]:
    names, found = elements(), []
    if old.title != new.title:
        found.append(names["title"].zh)
    found += [
        names[key].zh
        for key in TOLD
        if key not in ("title", "public_until") and old.metadata.get(key) != new.metadata.get(key)
    ]
    if old.body != new.body:
        found.append("正文")
    if old.public_until != new.public_until:
        found.append(names["public_until"].zh)
    if files.get(old.pk) != files.get(new.pk):
        found.append("附件")
    return tuple(found)


def _editions(release: Release, now: datetime) -> tuple[Edition, ...]:
    if release.edition < 2:
        return ()
    rows = list(
        Release.objects.filter(item=release.item_id, from_at__lte=now, edition__lte=release.edition)
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("from_at")))
        .filter(Q(until_at=None) | Q(until_at__gt=F("from_at")))
        .select_related("version")
        .order_by("edition")
    )
    if len(rows) < 2:
        return ()
    files: dict[uuid.UUID, list[tuple[Any, ...]]] = {}
    held = Attachment.objects.filter(version__in=[row.version_id for row in rows]).order_by("position", "id")
    for version, *what in held.values_list("version", "file", "name", "alt"):
        files.setdefault(version, []).append(tuple(what))
    found = [
        Edition(
            number,
            row.from_at,
            min((at for at in (row.until_at, row.withdrawn_at) if at), default=None),
            _differences(rows[number - 2].version, row.version, files) if number > 1 else (),
        )
        for number, row in enumerate(rows, start=1)
    ]
    return tuple(reversed(found))


_CHANGE, _FILE = columns(ValidityChange), columns(Attachment, without=("text",))
_changes_of = Prepared(
    lambda item: holding_changes().filter(item=item).order_by("on", "id").values_list(*_CHANGE.names),
    item=uuid.UUID,
)
_files_of = Prepared(
    lambda version: Attachment.objects.filter(version=version).order_by("position", "id").values_list(*_FILE.names),
    version=uuid.UUID,
)


# ── the whole ────────────────────────────────────────────────────────────────────────────────────────────────────────


def shown_of(release: Release, *, address: str, on: date | None = None, now: datetime | None = None) -> Shown:
    """What the page of a public release tells; `address` is where its files lie, `on` a day its validity is asked for."""
    at = now or timezone.now()
    item, county = release.item_id, release.county
    document = is_document(release.kind)
    rows = [_CHANGE.made(row) for row in _changes_of(item=item)] if document else []
    links = _links([item])
    ends = {key for link in links for key in (link.item_id, link.other_id)} - {item}
    ends |= {row.by_item_id for row in rows if row.by_item_id}
    among = _near_among(county, ends, at)
    life = life_from(release.version, rows)
    stands = standing(life, timezone.localdate(at)) if document else None
    if stands is not None and stands.validity is Validity.UNKNOWN:
        stands = None
    return Shown(
        release=release,
        table=table_of(release, stands),
        standing=stands,
        then=standing(life, on) if on and stands else None,
        asked_on=on,
        body=shown(release.version.body, lambda key: f"{address}/{key}"),
        files=tuple(_FILE.made(row) for row in _files_of(version=release.version_id)),
        groups=_groups(item, links, among),
        changes=_changes(rows, among),
        editions=_editions(release, at),
    )

"""The facts of an entry as the core asks for them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from gongkai.proactive.catalogue import elements, faults
from gongkai.proactive.events import Event
from gongkai.proactive.guards import INTERPRETATION, POLICY, Companion, Facts
from gongkai.proactive.limits import OwnLimit
from gongkai.proactive.procedure import Act, Possibility, may, progress_of, what_may_be_done
from gongkai.proactive.progress import Progress
from gongkai.web.facts import Refused
from gongkai.web.prepared import Apart
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.body import Body
from gongkai.web.proactive.models import Attachment, Item, ItemAct, Link, Version
from gongkai.web.review.selectors import looked_at, open_hints
from gongkai.web.rules.selectors import setting


def act_rows(item: Item) -> list[ItemAct]:
    """The acts on an entry in their order, with the versions they are about."""
    return list(ItemAct.objects.filter(item=item).select_related("version").order_by("seq"))


def events_of(item: Item) -> tuple[Event, ...]:
    """The acts as the core knows them."""
    return tuple(row.event() for row in act_rows(item))


def progress(item: Item, now: datetime | None = None) -> Progress:
    """How far an entry has come, as it stands at a moment."""
    return progress_of(events_of(item), now or timezone.now())


def newest_version(item: Item) -> Version | None:
    """The newest text of an entry."""
    return Version.objects.filter(item=item).order_by("-number").first()


def standing_links() -> QuerySet[Link]:
    """The links that hold; whoever asks says of which entries."""
    return Link.objects.alias(closes=Apart(F("ends"))).filter(closes__isnull=True, ended_by=None)


def linked(item: Item) -> list[Link]:
    """The links of an entry that hold, from it and to it."""
    found = standing_links().select_related("item", "other")
    return [*found.filter(item=item), *found.filter(other=item)]


def _companions(item: Item, now: datetime) -> list[tuple[Item, str]]:
    return [
        (link.other, POLICY) if link.item_id == item.pk else (link.item, INTERPRETATION)
        for link in linked(item)
        if link.kind == "interprets"
    ]


def companions(item: Item, now: datetime) -> list[tuple[Item, Companion]]:
    """The entries that go with this one: the interpretations of a policy, the policy that is interpreted."""
    found = []
    for other, role in _companions(item, now):
        then = progress(other, now)
        version = newest_version(other)
        title = version.title if version else ""
        found.append((other, Companion(title, role, then.state, then.public(now) is not None)))
    return found


def index_code(item: Item, now: datetime) -> str:
    """The first part of the index numbers of the entry's organ; empty where nobody set it."""
    day = timezone.localdate(now)
    return str(setting(item.county, rulekeys.INDEX_CODE, organ=item.organ_id, on=day) or "")


def own_limit(county: uuid.UUID, organ: uuid.UUID, limit: str, on: Any) -> OwnLimit | None:
    """The limit that an organ (or the county for all) set for itself beside the law's."""
    found = setting(county, f"{rulekeys.OWN_LIMIT}:{limit}", organ=organ, on=on)
    found = found or setting(county, rulekeys.OWN_LIMIT, organ=organ, on=on)
    return OwnLimit(int(found["amount"]), found.get("unit", "workday")) if found else None


def lacks_of(version: Version, files: Collection[Attachment] | None = None) -> tuple[str, ...]:
    """What the metadata and the text of a version lack, in sentences; `files` where they are known already."""
    rows = list(Attachment.objects.filter(version=version)) if files is None else files
    values = {"title": version.title, **version.metadata}
    if version.public_until:
        values["public_until"] = version.public_until.isoformat()
    found = [fault.says for fault in faults(version.kind, values)]
    if not version.text.strip() and not rows:
        found.append("正文和附件都是空的。")
    missing = Body(version.body, version.text).without_words
    missing += sum(row.role == "picture" and not row.alt for row in rows) if not missing else 0
    if missing:
        found.append(f"有{missing}幅图片没有替代文字。")
    return tuple(found)


_TYPED = ("summary", "keywords", "genre", "issuing_organ", "document_number")
"""The elements of the metadata that are typed freely and that everybody may read."""


def files_of(version: Version) -> list[Attachment]:
    """The files of a version, in order; the check before publication looks through each, a picture for where it was taken."""
    return list(Attachment.objects.filter(version=version).order_by("position", "id"))


def words_to_check(version: Version, files: Iterable[Attachment]) -> str:
    """What the check before publication looks through beside the files: all the words that would be read, each with
    where it stands.
    """
    names = elements()
    lines = [version.title, version.text]
    lines += [f"{names[key].zh}：{said}" for key in _TYPED if (said := str(version.metadata.get(key) or ""))]
    for row in files:
        lines.append(f"附件名称：{row.name}")
        lines += [f"“{row.name}”的替代文字：{row.alt}"] if row.alt else []
    return "\n".join(lines)


def was_checked(version: Version) -> bool:
    """Whether the words and every file of a version were looked through before publication."""
    return {None, *(row.file_id for row in files_of(version))} <= looked_at(version.pk)


def facts_of(item: Item, now: datetime, *, actor: frozenset[str] = frozenset(), **more: Any) -> Facts:
    """All that the procedure asks about an entry, as it stands at a moment. Refused for one without any text."""
    version = newest_version(item)
    if version is None:
        raise Refused("这一条目还没有内容。")
    return Facts(
        events=events_of(item),
        now=now,
        kind=version.kind,
        choice=version.choice,
        actor=actor,
        lacks=lacks_of(version),
        checked=was_checked(version),
        open_hints=open_hints(version.pk),
        companions=tuple(companion for _, companion in companions(item, now)),
        waived=str(version.metadata.get("no_interpretation", "")),
        public_until=version.public_until,
        index_code=index_code(item, now),
        **more,
    )


def possible(item: Item, act: Act, now: datetime | None = None, **more: Any) -> Possibility:
    """Whether the procedure lets an act be done now."""
    return may(facts_of(item, now or timezone.now(), **more), act)


def possibilities(item: Item, now: datetime | None = None, **more: Any) -> dict[Act, Possibility]:
    """Every act with whether it may be done now and, if not, why."""
    return {each.act: each for each in what_may_be_done(facts_of(item, now or timezone.now(), **more))}

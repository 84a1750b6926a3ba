"""An entry as a batch holds it: all that the procedure asks about it, read for many entries with a few questions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongkai.proactive.guards import INTERPRETATION, POLICY
from gongkai.proactive.procedure import step
from gongkai.proactive.progress import Progress
from gongkai.web.proactive.models import Attachment, IndexNumber, Item, ItemAct, Release, Standing, Version
from gongkai.web.proactive.selectors.facts import standing_links
from gongkai.web.review.models import CheckRun
from gongkai.web.review.selectors import open_hints


@dataclass(slots=True)
class Held:
    """An entry in the book: what is known of it, and what was done to it here."""

    item: Item
    version: Version
    standing: Standing
    files: list[Attachment] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    seq: int = 0
    number: str = ""
    looked: set[uuid.UUID | None] = field(default_factory=set)
    open_hints: int = 0
    released: list[tuple[ItemAct, Release]] = field(default_factory=list)
    moved: dict[uuid.UUID, Release] = field(default_factory=dict)
    last_at: datetime | None = None
    links: list[tuple[uuid.UUID, str]] = field(default_factory=list)

    @property
    def checked(self) -> bool:
        """Whether the words and every file were looked through before publication."""
        return {None, *(row.file_id for row in self.files)} <= self.looked


def read(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Held]:
    """These entries, locked until the caller's transaction ends."""
    held_by: dict[uuid.UUID, Held] = {}
    locked = Standing.objects.select_for_update(of=("self",)).filter(item__in=keys).select_related("item")
    standings = list(locked.order_by("item"))  # before anything else is read
    versions = {v.item_id: v for v in Version.objects.filter(item__in=keys).order_by("item", "number")}
    for standing in standings:
        held_by[standing.item_id] = Held(standing.item, versions[standing.item_id], standing)
    by_version = {held.version.pk: held for held in held_by.values()}
    for row in Attachment.objects.filter(version__in=list(by_version)).order_by("position", "id"):
        by_version[row.version_id].files.append(row)
    releases = {row.pk: row for row in Release.objects.filter(item__in=keys).select_related("version")}
    for act in ItemAct.objects.filter(item__in=keys).select_related("version").order_by("item", "seq"):
        held = held_by[act.item_id]
        held.events.append(act.event())
        held.progress, held.seq = step(held.progress, act.event()), act.seq
        if act.kind == "released":
            held.released.append((act, releases[act.pk]))
    for item, text in IndexNumber.objects.filter(item__in=keys).values_list("item", "text"):
        held_by[item].number = text
    for run in CheckRun.objects.filter(subject__in=list(by_version)):
        held = by_version[run.subject]
        held.looked.add(run.file)
        if (run.hits or run.failed) and not held.open_hints:
            held.open_hints = open_hints(run.subject)
    interprets = standing_links().filter(kind="interprets")
    for item, other in interprets.filter(item__in=keys).values_list("item", "other"):
        held_by[item].links.append((other, POLICY))
    for item, other in interprets.filter(other__in=keys).values_list("item", "other"):
        held_by[other].links.append((item, INTERPRETATION))
    return held_by

"""Reading the guides: what each organ has written and published, what is missing or no longer true; what leads a topic."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.proactive.guide import Field, Stale, missing, stale
from gongkai.web.guide.models import Guide, GuideText, TopicLead
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import Item, Release
from gongkai.web.proactive.selectors.public import public, public_item

COLUMN = "guide"
"""The board on which guides stand."""


def guide_of(organ: Organ) -> Guide | None:
    """The parts of an organ's guide as they were left last."""
    return Guide.objects.filter(organ=organ).order_by("-number").first()


def entry_of(organ: Organ) -> Item | None:
    """The entry by which an organ publishes its guide; None before one was begun."""
    found = GuideText.objects.filter(guide__organ=organ).select_related("item__standing").order_by("-id").first()
    return found.item if found else None


def begins_with(organ: Organ) -> dict[str, str]:
    """What the list of organs already knows of the parts of a guide."""
    return {"address": organ.address, "hours": organ.hours, "phone": organ.phone}


@dataclass(frozen=True, slots=True)
class State:
    """How an organ's guide stands. `shown` is the number of the guide that is public, `entry` the entry it goes by."""

    organ: Organ
    number: int
    written_at: datetime | None
    shown: int
    public: bool
    entry: uuid.UUID | None
    entry_state: str
    missing: tuple[Field, ...]
    stale: tuple[Stale, ...]

    @property
    def behind(self) -> bool:
        """Whether what is public is older than what was written."""
        return self.public and self.shown < self.number

    @property
    def wrong(self) -> int:
        """How many things are to be put right."""
        return len(self.missing) + len(self.stale) + (not self.public) + self.behind


def states(organs: Iterable[Organ]) -> list[State]:
    """How the guides of these organs stand, in their order."""
    wanted = list(organs)
    newest: dict[uuid.UUID, Guide] = {}
    for row in Guide.objects.filter(organ__in=wanted).order_by("number"):
        newest[row.organ_id] = row
    texts: dict[uuid.UUID, GuideText] = {}
    by_version: dict[uuid.UUID, int] = {}
    rows = GuideText.objects.filter(guide__organ__in=wanted).select_related("guide", "item__standing").order_by("id")
    for text in rows:
        texts[text.guide.organ_id] = text
        by_version[text.version_id] = text.guide.number
    county = wanted[0].county if wanted else None
    shown: dict[uuid.UUID, Release] = {}
    if county is not None:
        items = [text.item_id for text in texts.values()]
        shown = {row.item_id: row for row in public(county).filter(item__in=items)}
    return [_state(organ, newest.get(organ.pk), texts.get(organ.pk), shown, by_version) for organ in wanted]


def _state(
    organ: Organ,
    guide: Guide | None,
    text: GuideText | None,
    shown: dict[uuid.UUID, Release],
    by_version: dict[uuid.UUID, int],
) -> State:
    values: dict[str, Any] = guide.values if guide else {}
    release = shown.get(text.item_id) if text else None
    return State(
        organ=organ,
        number=guide.number if guide else 0,
        written_at=guide.recorded_at if guide else None,
        shown=by_version.get(release.version_id, 0) if release else 0,
        public=release is not None,
        entry=text.item_id if text else None,
        entry_state=text.item.standing.state if text else "",
        missing=missing(values),
        stale=stale(values, begins_with(organ)),
    )


def lead_of(county: uuid.UUID, topic: str) -> Release | None:
    """The public release of the entry that leads a topic in; None when there is none or it is not public."""
    found = TopicLead.objects.filter(county=county, topic=topic).order_by("-id").values_list("item", flat=True).first()
    return public_item(county, found) if found else None


def leads(county: uuid.UUID) -> dict[str, tuple[uuid.UUID, str]]:
    """For each topic the entry that was chosen to lead it in, with its title as the desk knows it."""
    found: dict[str, tuple[uuid.UUID, str]] = {}
    for row in TopicLead.objects.filter(county=county).select_related("item__standing").order_by("id"):
        found.pop(row.topic, None)
        if row.item is not None:
            found[row.topic] = (row.item.pk, row.item.standing.title)
    return found

"""Reading what stands beside an entry: links both ways, what other organs were asked, clarifications."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date

from gongkai.web.files.models import StoredFile
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.proactive.models import Clarification, Item, ItemAct, Link, Matter, ReEvaluation, Standing
from gongkai.web.proactive.selectors.facts import linked

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_BACK = {
    "interprets": "解读本文件",
    "amends": "修改本文件",
    "repeals": "废止本文件",
    "responds": "回应",
    "same": "重复",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """Another entry as one's own page names it."""

    key: uuid.UUID
    other: uuid.UUID
    title: str
    says: str
    public: bool


def links_of(item: Item) -> list[Linked]:
    """The entries that belong with this one, either way."""
    rows = linked(item)
    ends = {row.other_id if row.item_id == item.pk else row.item_id for row in rows}
    standings = {row.pk: row for row in Standing.objects.filter(pk__in=ends)}
    names = dict(Link.KINDS)
    found = []
    for row in rows:
        forth = row.item_id == item.pk
        standing = standings[row.other_id if forth else row.item_id]
        says = names[row.kind] if forth else _BACK[row.kind]
        found.append(Linked(row.pk, standing.pk, standing.title, says, standing.public))
    return found


def named(county: uuid.UUID, words: str) -> Item | None:
    """The entry that an index number or the address of a page names."""
    met = _KEY.search(words)
    if met:
        return Item.objects.filter(county=county, pk=met[0]).first()
    row = Standing.objects.filter(county=county, index_number=words.strip()).exclude(index_number="").first()
    return row.item if row else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What another organ was asked, and its answer if there is one."""

    key: uuid.UUID
    kind: str
    organ: str
    words: str
    on: date
    answer: str
    answer_words: str
    answered_on: date | None
    open: bool
    paper: uuid.UUID | None = None


def matters_of(item: Item) -> list[Asked]:
    """What other organs were asked about an entry, newest first."""
    rows = list(Matter.objects.filter(item=item).order_by("id"))
    last = {row.opens_id: row for row in rows if row.opens_id}
    found = []
    for row in rows:
        if row.opens_id:
            continue
        answer = last.get(row.pk)
        found.append(
            Asked(
                row.pk,
                row.get_kind_display(),
                row.organ,
                row.words,
                row.on,
                answer.get_outcome_display() if answer else "",
                answer.words if answer else "",
                answer.on if answer else None,
                answer is None or answer.outcome == "objected",
                answer.paper_id if answer else None,
            )
        )
    return found[::-1]


def matter(item: Item, key: str) -> Matter | None:
    """What was asked, by its key; None for no key. Of another entry none is found."""
    return Matter.objects.filter(item=item, pk=key, opens=None).first() if _KEY.fullmatch(key) else None


@dataclass(frozen=True, slots=True)
class Clarified:
    """False or incomplete information that was met, as its last row says, and the entry that sets it right."""

    row: Clarification
    first: Clarification
    title: str
    public: bool

    @property
    def open(self) -> bool:
        """Whether nothing that sets it right is public yet."""
        return not self.public


def clarifications(county: uuid.UUID, organs: Organs = None, limit: int = 200) -> list[Clarified]:
    """What false or incomplete information was met, open ones first, then newest first; each as its last row says."""
    rows = Clarification.objects.filter(county=county, followed_by=None).select_related("organ", "item", "follows")
    rows = of_organs(rows, organs)
    found = list(rows.order_by("-met_on", "-id")[:limit])
    standings = {row.pk: row for row in Standing.objects.filter(pk__in=[r.item_id for r in found if r.item_id])}
    told = []
    for row in found:
        first = row
        while first.follows is not None:
            first = first.follows
        standing = standings.get(row.item_id) if row.item_id else None
        told.append(Clarified(row, first, standing.title if standing else "", bool(standing and standing.public)))
    return sorted(told, key=lambda each: not each.open)


def clarification(county: uuid.UUID, key: uuid.UUID) -> Clarification | None:
    """One note of false or incomplete information."""
    return Clarification.objects.filter(county=county, pk=key).select_related("organ", "item").first()


def link_of(item: Item, key: str) -> Link | None:
    """A link of an entry, either way, that holds."""
    return next((row for row in linked(item) if str(row.pk) == key), None)


def paper_of(item: Item, key: uuid.UUID) -> StoredFile | None:
    """A scan that lies with an act on an entry, or with what another organ answered about it."""
    act = ItemAct.objects.filter(item=item, paper=key).select_related("paper").first()
    answer = Matter.objects.filter(item=item, paper=key).select_related("paper").first()
    found = act or answer
    return found.paper if found else None


def reevaluations_of(item: Item) -> list[ReEvaluation]:
    """The looks at an entry that is withheld, newest first."""
    return list(ReEvaluation.objects.filter(item=item).order_by("-on", "-id"))

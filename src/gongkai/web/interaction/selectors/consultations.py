"""Reading consultations: which are open, how many opinions came, and what became of them, with the base of every count."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.files.selectors import about
from gongkai.web.interaction.models import Consultation, Feedback, Opinion, OpinionFile, OpinionGroup, Placed
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.proactive.selectors.public import public_among, public_item
from gongkai.web.typed import key_asked

OUTCOMES = OpinionGroup.OUTCOMES
_COUNTED = ("adopted", "partly", "not_adopted")


def consultation(county: uuid.UUID, item: uuid.UUID) -> Consultation | None:
    """The period that holds for an entry, if it takes opinions."""
    rows = Consultation.objects.filter(county=county, item=item, followed_by=None).select_related("organ")
    return rows.first()


def takes_opinions(asked: Consultation, today: date) -> bool:
    """Whether opinions are taken on line on a day: the period runs and the entry is public."""
    running = asked.opens_on <= today <= asked.closes_on
    return running and public_item(asked.county, asked.item) is not None


def feedback_of(item: uuid.UUID) -> uuid.UUID | None:
    """The entry in which the office says what became of the opinions on an entry."""
    return Feedback.objects.filter(item=item).values_list("entry", flat=True).first()


@dataclass(frozen=True, slots=True)
class Group:
    """Opinions that say the same. `key` is the newest row, `members` the opinions in it."""

    key: uuid.UUID
    summary: str
    outcome: str
    outcome_zh: str
    reason: str
    members: tuple[uuid.UUID, ...]

    @property
    def count(self) -> int:
        """How many opinions."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class SummedUp:
    """What became of the opinions on an entry; every count with what it is counted of."""

    received: int
    origins: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]

    @property
    def placed(self) -> int:
        """Opinions in a group."""
        return sum(group.count for group in self.groups)

    @property
    def unplaced(self) -> int:
        """Opinions that nobody has put into a group."""
        return self.received - self.placed

    @property
    def aside(self) -> int:
        """Opinions that have nothing to do with the matter."""
        return sum(group.count for group in self.groups if group.outcome == "aside")

    @property
    def outcomes(self) -> tuple[tuple[str, int], ...]:
        """How many opinions were adopted, in part, not."""
        names = dict(OpinionGroup.OUTCOMES)
        return tuple((names[key], sum(g.count for g in self.groups if g.outcome == key)) for key in _COUNTED)


def _roots(item: uuid.UUID) -> tuple[dict[uuid.UUID, uuid.UUID], list[OpinionGroup]]:
    """Each row of a chain with its newest, and the newest ones in the order of their first."""
    rows = list(OpinionGroup.objects.filter(item=item).order_by("id"))
    root: dict[uuid.UUID, uuid.UUID] = {}
    newest: dict[uuid.UUID, OpinionGroup] = {}
    for row in rows:
        root[row.pk] = root[row.follows_id] if row.follows_id else row.pk
        newest[root[row.pk]] = row
    return {key: newest[first].pk for key, first in root.items()}, list(newest.values())


def places(item: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """The group (its newest row) of each opinion that is in one."""
    newest, _ = _roots(item)
    found = Placed.objects.filter(opinion__item=item).order_by("id").values_list("opinion", "group")
    return {opinion: newest[group] for opinion, group in found}


def groups_of(item: uuid.UUID) -> tuple[Group, ...]:
    """The groups of the opinions on an entry."""
    members: dict[uuid.UUID, list[uuid.UUID]] = {}
    for opinion, group in places(item).items():
        members.setdefault(group, []).append(opinion)
    return tuple(
        Group(
            row.pk,
            row.summary,
            row.outcome,
            row.get_outcome_display(),
            row.reason,
            tuple(members.get(row.pk, ())),
        )
        for row in _roots(item)[1]
    )


def summed_up(asked: Consultation) -> SummedUp:
    """What became of the opinions."""
    came = list(Opinion.objects.filter(county=asked.county, item=asked.item).values_list("origin", flat=True))
    origins = tuple((zh, came.count(key)) for key, zh in Opinion.ORIGINS if key in came)
    return SummedUp(len(came), origins, groups_of(asked.item))


# ── the portal ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Shown:
    """A consultation as anyone may see it. `entry`: the draft while it is public; `feedback`: once that is public.

    `told`: what became of the opinions, where the public feedback says the same of them.
    """

    item: uuid.UUID
    title: str
    organ: str
    opens_on: date
    closes_on: date
    state: str
    received: int
    entry: Any
    feedback: Any
    told: SummedUp | None

    @property
    def state_zh(self) -> str:
        """Where it stands."""
        return {"coming": "即将开始", "open": "正在征集", "closed": "已经结束", "answered": "已经反馈"}[self.state]


def _state(asked: Consultation, today: date, entry: Any, feedback: Any) -> str:
    if feedback is not None:
        return "answered"
    if today < asked.opens_on:
        return "coming"
    return "open" if entry is not None and today <= asked.closes_on else "closed"


def _says(text: str, told: SummedUp) -> bool:
    """Whether a text holds the words of every group, but of those beside the matter, which no feedback names.

    The groups are the office's own notes; what was reviewed is the feedback, in which a reviewer may have had them
    corrected.
    """
    said = "".join(text.split())
    groups = (group for group in told.groups if group.outcome != "aside")
    return all("".join(words.split()) in said for group in groups for words in (group.summary, group.reason))


def _shown(rows: list[Consultation], today: date) -> list[Shown]:
    """Those of which the draft or the feedback is public at this moment; the rest nobody outside sees."""
    if not rows:
        return []
    county = rows[0].county
    answers = dict(Feedback.objects.filter(item__in=[row.item for row in rows]).values_list("item", "entry"))
    public = public_among(county, [*(row.item for row in rows), *answers.values()])
    found = []
    for row in rows:
        entry, feedback = public.get(row.item), public.get(answers.get(row.item, row.item))
        feedback = feedback if row.item in answers else None
        if entry is None and feedback is None:
            continue
        summed = summed_up(row) if feedback else None
        told = summed if feedback and summed and _says(feedback.version.text, summed) else None
        received = summed.received if summed else Opinion.objects.filter(county=county, item=row.item).count()
        title = entry.title if entry else feedback.title if feedback else ""
        state = _state(row, today, entry, feedback)
        found.append(
            Shown(row.item, title, row.organ.name, row.opens_on, row.closes_on, state, received, entry, feedback, told)
        )
    return found


def shown(county: uuid.UUID, limit: int = 200) -> list[Shown]:
    """The consultations of a county that anyone may see, those that close first on top, then the newest."""
    rows = Consultation.objects.filter(county=county, followed_by=None).select_related("organ")
    found = _shown(list(rows.order_by("-closes_on", "-id")[:limit]), timezone.localdate())
    running = sorted((each for each in found if each.state in ("open", "coming")), key=lambda each: each.closes_on)
    return [*running, *(each for each in found if each not in running)]


def shown_one(county: uuid.UUID, item: uuid.UUID) -> Shown | None:
    """One of them."""
    asked = consultation(county, item)
    return next(iter(_shown([asked], timezone.localdate())), None) if asked else None


# ── the desk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line:
    """A consultation in the desk's list."""

    item: uuid.UUID
    title: str
    organ: str
    opens_on: date
    closes_on: date
    major: bool
    received: int
    placed: int
    public: bool
    feedback: uuid.UUID | None
    left: int


def lines(county: uuid.UUID, organs: Organs, today: date, limit: int = 200) -> list[Line]:
    """The consultations of these organs, those that close last first."""
    rows = Consultation.objects.filter(county=county, followed_by=None).select_related("organ")
    rows = of_organs(rows, organs)
    held = list(rows.order_by("-closes_on", "-id")[:limit])
    public = public_among(county, [row.item for row in held])
    found = []
    for row in held:
        told = summed_up(row)
        found.append(
            Line(
                row.item,
                row.title,
                row.organ.name,
                row.opens_on,
                row.closes_on,
                row.major,
                told.received,
                told.placed,
                row.item in public,
                feedback_of(row.item),
                (row.closes_on - today).days,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An opinion at the desk; `words` opened for who may see them."""

    key: uuid.UUID
    number: str
    origin: str
    received_on: date
    words: str
    name: str
    contact: str
    files: tuple[tuple[uuid.UUID, str, bool], ...]
    group: uuid.UUID | None


def opinions(asked: Consultation, audit: Audit, limit: int = 500) -> list[OpinionLine]:
    """The opinions on an entry, oldest first; that they were seen is written before."""
    rows = list(Opinion.objects.filter(county=asked.county, item=asked.item).order_by("id")[:limit])
    if rows:
        audit.record("interaction.see_personal", asked, {"rows": len(rows), "columns": ["contact", "name", "words"]})
    placed = places(asked.item)
    files: dict[uuid.UUID, list[tuple[uuid.UUID, str, bool]]] = {}
    for kept in OpinionFile.objects.filter(opinion__in=rows).select_related("file"):
        name = "" if kept.file.isolated else about(kept.file_id).name
        files.setdefault(kept.opinion_id, []).append((kept.pk, name, kept.file.isolated))
    return [
        OpinionLine(
            row.pk,
            row.number,
            row.get_origin_display(),
            row.received_on,
            **personal.revealed(row, "words", "name", "contact"),
            files=tuple(files.get(row.pk, ())),
            group=placed.get(row.pk),
        )
        for row in rows
    ]


def opinion_file(county: uuid.UUID, item: uuid.UUID, key: uuid.UUID) -> OpinionFile | None:
    """A file of an opinion on an entry."""
    rows = OpinionFile.objects.filter(county=county, opinion__item=item, pk=key, file__isolated=False)
    return rows.select_related("file").first()


def group(county: uuid.UUID, item: uuid.UUID, key: str) -> OpinionGroup | None:
    """A group by its key; None where there is none."""
    known = key_asked(key)
    return OpinionGroup.objects.filter(county=county, item=item, pk=known).first() if known else None

"""The desk's lists of entries and the page of one: drafts, what waits for whom, the ledger of releases, versions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.proactive.catalogue import INTERPRETATION_FORMS, elements, kinds, theme_words
from gongkai.proactive.items import items as statutory_items
from gongkai.proactive.procedure import ACTS
from gongkai.proactive.progress import IN_REVIEW, STAGE_OF, STATES, Progress, State
from gongkai.proactive.stages import STAGES, Plan, Stage, plan_of
from gongkai.scope.modes import words as mode_words
from gongkai.text.signature import likeness
from gongkai.web.memo import while_it_stands
from gongkai.web.organs.selectors import Organs, of_organs
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import names_of
from gongkai.web.proactive.body import shown
from gongkai.web.proactive.models import Attachment, Item, ItemAct, Release, Standing, Version
from gongkai.web.proactive.selectors.facts import act_rows
from gongkai.web.review.policies import can_stage
from gongkai.web.review.selectors import plan_for

LIKE = 0.7
"""Share of character pairs from which another entry is shown as nearly the same."""
LOOKED_AT = 2000
_BROUGHT_LATE = Q(item__origin="import", due_on__lt=TruncDate("item__recorded_at"))
"""What came from an old site when its day here had long passed: nobody was late with it here."""
_KIND_ACT = {info.event.value: act for act, info in ACTS.items() if info.event}


def entry(county: uuid.UUID, key: uuid.UUID) -> Item | None:
    """One entry of the county."""
    return Item.objects.filter(county=county, pk=key).select_related("organ", "standing").first()


def version_at(item: Item, number: int) -> Version | None:
    """A version of an entry by its number."""
    return Version.objects.filter(item=item, number=number).first()


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list. `left`: days until the day the organ works to, below zero when it has passed."""

    key: uuid.UUID
    title: str
    kind: str
    organ: str
    mode: str
    state: str
    state_zh: str
    public: bool
    urgent: bool
    index_number: str
    formed_on: date
    due_on: date | None
    own_due_on: date | None
    first_public_at: datetime | None
    changed_at: datetime
    drafter: str
    revision: int = 0
    brought: bool = False

    @property
    def late(self) -> bool:
        """Whether the law's day passed before anything was public; of what was brought in after it, nobody can say."""
        if self.due_on is None or self.mode != "proactive" or self.brought:
            return False
        day = timezone.localdate(self.first_public_at) if self.first_public_at else timezone.localdate()
        return day > self.due_on


def _lines(rows: Sequence[Standing]) -> list[Line]:
    names = names_of(row.drafter for row in rows)
    known = kinds()
    brought = set(Standing.objects.filter(_BROUGHT_LATE, pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        Line(
            key=row.item_id,
            title=row.title,
            kind=known[row.kind].zh if row.kind in known else row.kind,
            organ=row.organ.name,
            mode=row.mode,
            state=row.state,
            state_zh=STATES[State(row.state)],
            public=row.public,
            urgent=row.urgent,
            index_number=row.index_number,
            formed_on=row.formed_on,
            due_on=row.due_on,
            own_due_on=row.own_due_on,
            first_public_at=row.first_public_at,
            changed_at=row.changed_at,
            drafter=names.get(row.drafter, ""),
            revision=row.revision,
            brought=row.pk in brought,
        )
        for row in rows
    ]


def _standings(county: uuid.UUID, organs: Organs) -> QuerySet[Standing]:
    rows = Standing.objects.filter(county=county).select_related("organ")
    return of_organs(rows, organs)


GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "drafts": ("草稿和退回", (State.DRAFT, State.RETURNED)),
    "review": ("审查中", tuple(state.value for state in State if state in IN_REVIEW)),
    "approved": ("待发布", (State.APPROVED, State.SCHEDULED)),
    "public": ("已发布", (State.PUBLISHED,)),
    "ended": ("期满和撤回", (State.EXPIRED, State.WITHDRAWN)),
    "kept": ("不主动公开", (State.KEPT,)),
    "abandoned": ("作废", (State.ABANDONED,)),
}
"""The tabs of the list of entries."""


def entries(
    county: uuid.UUID, organs: Organs, group: str, *, words: str = "", kind: str = "", limit: int = 50, offset: int = 0
) -> list[Line]:
    """The entries of a group, newest first."""
    rows = _standings(county, organs).filter(state__in=GROUPS[group][1])
    if words:
        rows = rows.filter(Q(title__contains=words) | Q(index_number__contains=words))
    if kind:
        rows = rows.filter(kind=kind)
    return _lines(list(rows.order_by("-changed_at")[offset : offset + limit]))


def group_counts(county: uuid.UUID, organs: Organs) -> dict[str, int]:
    """How many entries stand in each group."""
    return {group: _standings(county, organs).filter(state__in=states).count() for group, (_, states) in GROUPS.items()}


def queue(person: Person) -> list[tuple[Line, str]]:
    """What waits for this person's review, urgent first, then by the day it is due: each with its stage in words."""
    mine = reviewed_by(person)
    order = sorted(mine, key=lambda row: (not row.urgent, row.own_due_on or row.due_on or date.max, row.changed_at))
    return list(zip(_lines(order), (STAGES[STAGE_OF[State(row.state)]].zh for row in order), strict=True))


def in_review(county: uuid.UUID) -> QuerySet[Standing]:
    """What waits for a review of whichever stage."""
    return _standings(county, None).filter(state__in=GROUPS["review"][1])


def reviewed_by(person: Person) -> list[Standing]:
    """What waits for a review that is this person's to do."""
    rows = list(in_review(person.county).order_by("changed_at")[:500])
    plans = _plans([row.item_id for row in rows])
    mine = []
    for row in rows:
        stage, plan = STAGE_OF[State(row.state)], plans.get(row.item_id)
        if plan and can_stage(person, row.organ_id, stage, plan):
            mine.append(row)
    return mine


def _plans(keys: list[uuid.UUID]) -> dict[uuid.UUID, Plan]:
    found: dict[uuid.UUID, Plan] = {}
    for row in ItemAct.objects.filter(item__in=keys, kind="submitted").order_by("seq"):
        if plan := plan_of(row.plan):
            found[row.item_id] = plan
    return found


def plan_of_entry(item: Item) -> Plan:
    """The stages of the entry's way: those it was sent in with, else those that hold today."""
    found = _plans([item.pk]).get(item.pk)
    return found or plan_for(item.county, item.organ_id, item.standing.kind, timezone.localdate())


def may_review(person: Person, item: Item, then: Progress) -> bool:
    """Whether the stage that an entry waits for is this person's to do."""
    stage = then.next_stage
    return bool(then.plan and stage and can_stage(person, item.organ_id, stage, then.plan))


# ── one entry ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Moment:
    """An act as the page of an entry tells it."""

    at: datetime
    on: date
    act: str
    who: str
    version: int
    words: str
    exception: str
    paper: uuid.UUID | None
    more: str = ""


def story(item: Item) -> list[Moment]:
    """What happened to an entry, newest first."""
    rows = act_rows(item)
    names = names_of(key for row in rows for key in (row.by, row.in_stead_of) if key)
    return [_moment(row, _who(row, names)) for row in reversed(rows)]


def _who(row: ItemAct, names: dict[uuid.UUID, str]) -> str:
    name = names.get(row.by, "")
    return f"{name}（代{names.get(row.in_stead_of, '')}）" if row.in_stead_of else name


def _moment(row: ItemAct, name: str) -> Moment:
    act = ACTS[_KIND_ACT[row.kind]].zh
    if row.stage and row.kind == "passed":
        act = f"{STAGES[Stage(row.stage)].zh}通过"
    elif row.stage and row.kind == "returned":
        act = f"{STAGES[Stage(row.stage)].zh}退回"
    elif row.lacking:
        act = "送审，自动退回"
    elif row.urgent:
        act = "送审（紧急）"
    parts = []
    if row.from_at:
        parts.append(f"自{timezone.localtime(row.from_at):%Y年%-m月%-d日 %H:%M}起公开")
    if row.until_at:
        parts.append(f"至{timezone.localtime(row.until_at):%Y年%-m月%-d日 %H:%M}止")
    who = f"{row.signer}（纸质签批，{name}登记）" if row.signer else name
    return Moment(
        row.recorded_at, row.on, act, who, row.version.number if row.version else 0, row.reason, row.exception,
        row.paper_id, "，".join(parts),
    )  # fmt: skip


def release_ledger(
    county: uuid.UUID, organs: Organs, first: date, last: date, limit: int = 500
) -> list[tuple[Release, list[ItemAct]]]:
    """信息发布登记: what was released between two days, each with the reviews that its version passed."""
    begins = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    ends = timezone.make_aware(datetime.combine(last, datetime.max.time()))
    rows = Release.objects.filter(county=county, from_at__gte=begins, from_at__lte=ends)
    rows = of_organs(rows, organs)
    found = list(rows.select_related("organ", "version").order_by("-from_at", "-id")[:limit])
    acts: dict[uuid.UUID | None, list[ItemAct]] = {}
    passed = ItemAct.objects.filter(version__in=[row.version_id for row in found], kind="passed")
    for act in passed.order_by("seq"):
        acts.setdefault(act.version_id, []).append(act)
    return [(row, acts.get(row.version_id, [])[-5:]) for row in found]


def metadata_table(version: Version) -> list[tuple[str, str]]:
    """The metadata of a version in words, as a table shows it; what is empty is left out."""
    said = version.metadata
    shown: list[tuple[str, str]] = [("名称", version.title), ("种类", kinds()[version.kind].zh)]
    for key, element in elements().items():
        value = said.get(key, "")
        if key == "title" or not value:
            continue
        if key == "theme":
            value = theme_words(str(value))
        elif key == "items":
            value = "；".join(statutory_items()[k].name for k in value if k in statutory_items())
        elif key == "columns":
            value = "、".join(column_names(version.county).get(k, k) for k in value)
        elif key == "interpretation_form":
            value = "、".join(INTERPRETATION_FORMS.get(k, k) for k in value)
        elif not isinstance(value, str):
            value = "、".join(value)
        shown.append((element.zh, "长期有效" if value == "long" else str(value)))
    shown.append(("信息形成或者变更日期", version.formed_on.isoformat()))
    if version.public_until:
        shown.append(("公示截止日", version.public_until.isoformat()))
    shown.append(("公开属性", mode_words(version.choice)))
    if version.mode_reason:
        shown.append(("理由", version.mode_reason))
    return shown


@while_it_stands
def column_names(county: uuid.UUID, known_at: datetime | None = None) -> dict[str, str]:
    """The columns of the county by key, in their order: those set here (by a moment), else the usual ones."""
    from gongkai.proactive.catalogue import columns
    from gongkai.web.proactive import rulekeys
    from gongkai.web.rules.selectors import setting

    own = setting(county, rulekeys.COLUMNS, on=timezone.localdate(known_at), known_at=known_at)
    usual = {key: column.zh for key, column in columns().items() if not column.board or key in ("statutory", "system")}
    return usual | dict(own) if own else usual


@while_it_stands
def topic_names(county: uuid.UUID) -> dict[str, str]:
    """The topics of the county by key; none until the county sets some."""
    from gongkai.web.proactive import rulekeys
    from gongkai.web.rules.selectors import setting

    return dict(setting(county, rulekeys.TOPICS, on=timezone.localdate()) or {})


def desk_file(item: Item, file: uuid.UUID) -> Attachment | None:
    """A file of any version of an entry, for the desk."""
    return Attachment.objects.filter(version__item=item, file=file).select_related("file").order_by("-id").first()


def near_duplicates(version: Version, limit: int = 5) -> list[tuple[Standing, int]]:
    """Other entries of the organ that say nearly the same, likest first: a hint, a person decides."""
    mine = bytes(version.likeness)
    if not mine:
        return []
    rows = Standing.objects.filter(organ=version.item.organ_id).exclude(item=version.item_id)
    rows = rows.exclude(state=State.ABANDONED).order_by("-changed_at")
    pairs = rows.values_list("pk", "version__likeness")[:LOOKED_AT]
    scored = sorted(
        ((likeness(mine, bytes(other)), key) for key, other in pairs if other), reverse=True, key=lambda p: p[0]
    )
    best = {key: share for share, key in scored[:limit] if share >= LIKE}
    found = {row.pk: row for row in Standing.objects.filter(pk__in=best)}
    return [(found[key], round(share * 100)) for key, share in best.items()]


def overdue(county: uuid.UUID, organs: Organs, today: date, limit: int = 200) -> list[Line]:
    """What should have been public by now and never was, first due first; by the law's day alone."""
    rows = overdue_rows(county, organs, today)
    return _lines(list(rows.order_by("due_on")[:limit]))


def overdue_rows(county: uuid.UUID, organs: Organs, today: date) -> QuerySet[Standing]:
    """What is past the law's day and was never public."""
    return _past(county, organs, today).exclude(_BROUGHT_LATE)


def _past(county: uuid.UUID, organs: Organs, today: date) -> QuerySet[Standing]:
    rows = _standings(county, organs).filter(first_public_at=None, due_on__lt=today, mode="proactive")
    return rows.exclude(state=State.ABANDONED)


def brought(county: uuid.UUID, organs: Organs, today: date) -> int:
    """How many drafts from an old site wait, whose day had passed before they came here."""
    return _past(county, organs, today).filter(_BROUGHT_LATE).count()


def due_soon(county: uuid.UUID, organs: Organs, today: date, until: date, limit: int = 200) -> list[Line]:
    """What is to be public by a day, by the law's day or the organ's own."""
    rows = _standings(county, organs).filter(first_public_at=None, mode="proactive").exclude(state=State.ABANDONED)
    rows = rows.exclude(_BROUGHT_LATE).filter(Q(due_on__range=(today, until)) | Q(own_due_on__range=(today, until)))
    return _lines(list(rows.order_by("due_on")[:limit]))


def to_evaluate(county: uuid.UUID, organs: Organs, today: date, limit: int = 200) -> list[Line]:
    """What is withheld and due to be looked at again."""
    return _lines(list(rows_to_evaluate(county, organs, today).order_by("evaluate_on")[:limit]))


def rows_to_evaluate(county: uuid.UUID, organs: Organs, today: date) -> QuerySet[Standing]:
    """What is withheld and due to be looked at again."""
    return _standings(county, organs).filter(evaluate_on__lte=today, state=State.KEPT)


def versions_of(item: Item) -> list[Version]:
    """The versions of an entry, newest first."""
    return list(Version.objects.filter(item=item).order_by("-number"))


def body_shown(item: Item, version: Version) -> str:
    """The text of a version with the desk's own addresses of its pictures."""
    return shown(version.body, lambda key: f"/entries/{item.pk}/files/{key}")


body_for_desk = body_shown


def stage_name(act: ItemAct) -> str:
    """The stage of an act in words."""
    return STAGES[Stage(act.stage)].zh if act.stage else ""

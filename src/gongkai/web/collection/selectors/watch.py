"""Which organs' figures may have changed: told by the acts on record since the last look.

Every act leaves its audit row in the transaction that makes it. An act on a row of one organ makes that organ's figures
stale, an act that concerns all (a setting, the list of organs), or whose organ cannot be told, makes all of them stale.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ForeignKey, Q

from gongkai.web.annual.models import Placement
from gongkai.web.audit.models import Entry
from gongkai.web.collection.models import Contribution, Watch
from gongkai.web.organs.models import Organ

FIGURES = frozenset(
    ("annual", "collection", "compilation", "exchange", "issuing", "onrequest", "proactive", "registers")
)
"""The apps whose acts may change a figure of the organ they are about."""
ALL = frozenset(("organs", "rules"))
"""The apps whose acts may change anyone's figures."""
NOTHING = frozenset(
    (
        "collection.remind",
        "collection.state_public",
        "collection.add_template",
        "collection.place",
        "collection.renew_template",
        "collection.end_template",
    )
)
"""Acts of these apps that change nobody's figures."""
OVERLAP = 10 * 60 * 1000
"""How long a transaction may stay open, in milliseconds: so far back acts are compared one by one."""
LEFT_UNREAD = 300
"""So many acts that change nothing are looked at again before the mark is moved past them."""

Organs = set[uuid.UUID] | None
"""None: all of them."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found: whose figures are stale, and at which turn of the watch that is known."""

    turn: int
    stale: Organs


def _start(mark: uuid.UUID) -> uuid.UUID:
    """The least key that an act so long before another could have."""
    return uuid.UUID(int=max((mark.int >> 80) - OVERLAP, 0) << 80)


def _acts_after(key: uuid.UUID | None) -> list[tuple[uuid.UUID, uuid.UUID, str, str, uuid.UUID]]:
    rows = Entry.objects.order_by("id") if key is None else Entry.objects.filter(id__gt=key).order_by("id")
    return list(rows.values_list("id", "county", "act", "object_kind", "object_id"))


def look(county: uuid.UUID) -> Look:
    """Throw away the cached figures that acts since the last look made stale. Writes nothing when there were none."""
    watch = Watch.objects.filter(pk=county).first()
    if watch is None or watch.mark is None:
        return _begin(county)
    told = _acts_after(_start(watch.mark))
    seen = set(watch.seen)
    fresh = [act for act in told if str(act[0]) not in seen]
    stale = whose((act, kind, key) for _, home, act, kind, key in fresh if home == county)
    if stale == set() and len(fresh) < LEFT_UNREAD:
        return Look(watch.turn, stale)
    with transaction.atomic():
        held = Watch.objects.select_for_update().get(pk=county)
        if held.turn != watch.turn:
            return look(county)
        if stale != set():
            rows = Contribution.objects.filter(county=county)
            (rows if stale is None else rows.filter(organ__in=stale)).delete()
            held.turn += 1
        held.mark = max(watch.mark, told[-1][0])
        since = _start(held.mark)
        held.seen = [str(act[0]) for act in told if act[0] > since]
        held.save(update_fields=["turn", "mark", "seen"])
    return Look(held.turn, stale)


def _begin(county: uuid.UUID) -> Look:
    with transaction.atomic():
        held, _ = Watch.objects.select_for_update().get_or_create(county=county)
        newest = Entry.objects.order_by("-id").values_list("id", flat=True).first()
        if newest is not None:
            held.mark = newest
            held.seen = [str(act[0]) for act in _acts_after(_start(newest))]
        held.turn += 1
        held.save(update_fields=["turn", "mark", "seen"])
        Contribution.objects.filter(county=county).delete()
    return Look(held.turn, None)


def whose(acts: Iterable[tuple[str, str, uuid.UUID]]) -> Organs:
    """The organs whose figures these acts (act, kind of row, row) may have changed, with those that took them over."""
    rows: dict[str, set[uuid.UUID]] = {}
    for act, kind, key in acts:
        app = act.partition(".")[0]
        if app in ALL:
            return None
        if app in FIGURES and act not in NOTHING:
            rows.setdefault(kind, set()).add(key)
    found: set[uuid.UUID] = set()
    for kind, keys in rows.items():
        organs = _organs_of(kind, keys)
        if organs is None:
            return None
        found |= organs
    return _with_successors(found)


def _path(kind: str) -> str:
    """From a row to its organ; empty where nothing leads there."""
    model = apps.get_model(kind)
    for each in _links(model):
        if each.name == "organ":
            return "organ"
    for each in _links(model):
        if any(of.name == "organ" for of in _links(each.related_model)):
            return f"{each.name}__organ"
    return ""


def _links(model: Any) -> list[Any]:
    return [each for each in model._meta.get_fields() if isinstance(each, ForeignKey)]


def _organs_of(kind: str, keys: set[uuid.UUID]) -> Organs:
    if kind == "annual.batch":
        return set()
    if kind == "organs.organ":
        return set(keys)
    path = _path(kind)
    if not path:
        return None
    found = set(apps.get_model(kind)._default_manager.filter(pk__in=keys).values_list(path, flat=True))
    if kind == "annual.submission":
        # A report that was placed elsewhere leaves where it was.
        found |= set(Placement.objects.filter(submission__in=keys).values_list("organ", flat=True))
        return {key for key in found if key is not None}
    return None if None in found else found


def _with_successors(organs: set[uuid.UUID]) -> set[uuid.UUID]:
    ahead = set(organs)
    while ahead:
        after = Organ.objects.filter(Q(predecessors__in=ahead)).values_list("pk", flat=True)
        ahead = set(after) - organs
        organs |= ahead
    return organs

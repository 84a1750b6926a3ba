"""Writing the facts of an entry: each act locks it, writes its fact, renews what follows, and leaves its audit row."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.law.errors import LawGap
from gongkai.proactive.limits import due
from gongkai.proactive.procedure import ACTS, Act, Possibility, may, progress_of
from gongkai.proactive.progress import Progress, Window
from gongkai.proactive.reevaluation import DEFAULT_MONTHS, next_evaluation
from gongkai.scope.modes import DisclosureMode
from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import Change, await_moment, put_many
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.models import Item, ItemAct, Release, Shelf, Standing, Version
from gongkai.web.proactive.selectors.facts import act_rows, facts_of, newest_version, own_limit
from gongkai.web.proactive.selectors.public import fresh_until
from gongkai.web.proactive.services import numbers
from gongkai.web.proactive.services.searching import find_again, keep_found
from gongkai.web.review.policies import exception_at
from gongkai.web.rules.selectors import calendar_of, setting
from gongkai.web.search.services import remove as forget


class Overtaken(Refused):
    """Someone else acted on the entry since this person looked at it."""


def locked(item: Item, seen: int | None = None) -> Standing:
    """The entry's standing, locked until the transaction ends. Overtaken when someone acted in between."""
    row = Standing.objects.select_for_update().get(item=item)
    if seen is not None and row.revision != seen:
        raise Overtaken("这一条目刚刚有人改过或者办理过。请核对最新内容后再办；您填写的内容仍保留在页面上。")
    return row


ON_PAPER = "name:"


def signed_as(name: str) -> str:
    """The hand of who signs on paper."""
    return ON_PAPER + "".join(name.split())


def hands_of(audit: Audit, signer: str = "") -> frozenset[str]:
    """Whose hand an act is: who is at the desk, or who signed on paper."""
    return frozenset({signed_as(signer) if signer.strip() else str(audit.actor)})


def asked(item: Item, act: Act, now: datetime, hands: frozenset[str], **more: Any) -> Possibility:
    """Whether the procedure lets an act be done, with the recorded exception of the organ if there is one."""
    facts = facts_of(item, now, actor=hands, exception=exception_at(item.organ_id), **more)
    return may(facts, act)


def perform(
    *,
    audit: Audit,
    item: Item,
    act: Act,
    now: datetime | None = None,
    seen: int | None = None,
    reason: str = "",
    signer: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    in_stead_of: uuid.UUID | None = None,
    hands: frozenset[str] = frozenset(),
    **columns: Any,
) -> ItemAct:
    """Do an act of the procedure and leave its fact, in one transaction. Refused with the sentence of the procedure.

    `signer` names who decided on paper, `in_stead_of` for whom a deputy decides, `hands` whose hands it is where more is
    known of them than that; `columns` are further columns.
    """
    with transaction.atomic():
        locked(item, seen)
        at = now or timezone.now()
        hands = hands or hands_of(audit, signer) | ({str(in_stead_of)} if in_stead_of else set())
        allowed = asked(item, act, at, hands, reason=reason, from_at=from_at, until_at=until_at)
        if not allowed.allowed:
            raise Refused(allowed.reason)
        row = write_act(
            audit,
            item,
            act,
            at,
            reason=reason,
            signer=signer,
            hands=hands,
            from_at=from_at,
            until_at=until_at,
            in_stead_of=in_stead_of,
            **columns,
        )
        renew(item, at)
    return row


def write_act(
    audit: Audit,
    item: Item,
    act: Act,
    at: datetime,
    *,
    version: Version | None = None,
    reason: str = "",
    hands: frozenset[str] = frozenset(),
    **columns: Any,
) -> ItemAct:
    """One fact and its audit row; inside the caller's transaction, which holds the entry."""
    before = ItemAct.objects.filter(item=item).order_by("-seq").values_list("seq", flat=True).first() or 0
    version = version or newest_version(item)
    row = made_act(audit, item, act, at, seq=before + 1, version=version, reason=reason, hands=hands, **columns)
    row.save(force_insert=True)
    audit.record(f"proactive.{row.kind}", row, said_of(row))
    failpoint("proactive.act_written")
    return row


def made_act(
    audit: Audit,
    item: Item,
    act: Act,
    at: datetime,
    *,
    seq: int,
    version: Version | None,
    reason: str = "",
    hands: frozenset[str] = frozenset(),
    **columns: Any,
) -> ItemAct:
    """The fact of an act, not yet saved."""
    kind = ACTS[act].event
    assert kind is not None
    return ItemAct(
        county=item.county,
        recorded_at=at,
        item=item,
        seq=seq,
        kind=kind.value,
        version=version,
        on=columns.pop("on", None) or timezone.localdate(at),
        reason=masked(reason.strip())[:1000],
        hands=sorted(hands),
        by=audit.actor,
        **columns,
    )


def said_of(row: ItemAct) -> dict[str, Any]:
    """What the audit keeps of an act."""
    said = {"version": row.version.number if row.version else 0, "stage": row.stage, "exception": bool(row.exception)}
    return said | {name: str(getattr(row, name)) for name in ("from_at", "until_at") if getattr(row, name)}


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────────


def renew(item: Item, now: datetime, *, told: bool = True) -> Standing:
    """Compute again what follows from the facts, count the act, and tell the outbox what changed outside.

    Inside the caller's transaction. Not `told`: the caches are made anew, and nobody outside is told of it.
    """
    rows = act_rows(item)
    progress = progress_of((row.event() for row in rows), now)
    _renew_releases(item, rows, progress, now, told=told)
    failpoint("proactive.releases_written")
    version = newest_version(item)
    assert version is not None
    standing = Standing.objects.select_for_update().filter(item=item).first()
    if standing is None:
        standing = Standing(item=item, county=item.county, organ_id=item.organ_id, drafter=item.by)
    copy_to(standing, item, version, progress, now, numbers.of(item))
    standing.revision += 1
    standing.changed_at = now
    standing.save()
    return standing


def copy_to(standing: Standing, item: Item, version: Version, progress: Progress, now: datetime, number: str) -> None:
    """Write into a standing what the facts of its entry add up to."""
    standing.kind, standing.title, standing.mode = version.kind, version.title, version.mode
    standing.state, standing.version = progress.state.value, version
    standing.public = progress.public(now) is not None
    standing.urgent = progress.urgent
    standing.index_number = number
    standing.formed_on = version.formed_on
    begun = [w.from_at for w in progress.windows if w.from_at <= now and (not w.until_at or w.until_at > w.from_at)]
    standing.first_public_at = min(begun, default=None)
    standing.due_on = standing.own_due_on = standing.evaluate_on = None
    standing.provisional = False
    if version.mode == DisclosureMode.PROACTIVE:
        _count(standing, item, version)
    if progress.kept and progress.reevaluated_at:
        day = timezone.localdate(progress.reevaluated_at)
        months = setting(item.county, rulekeys.EVALUATION_MONTHS, organ=item.organ_id, on=day) or DEFAULT_MONTHS
        standing.evaluate_on = next_evaluation(day, int(months)).due_on


def _count(standing: Standing, item: Item, version: Version) -> None:
    """The days by which the entry is to be public; none where the calendar or the law is silent."""
    try:
        own = own_limit(item.county, item.organ_id, version.limit, version.formed_on)
        found = due(version.limit, version.formed_on, calendar_of(item.county), own)
    except LawGap:
        return
    standing.due_on, standing.provisional = found.law.due_on, found.law.provisional
    standing.own_due_on = found.own.due_on if found.own else None


def count_again(item: Item) -> None:
    """Count an entry's due days again by the calendar as it stands; that is no act and changes nothing else."""
    with transaction.atomic():
        standing = Standing.objects.select_for_update().select_related("version").get(item=item)
        before = (standing.due_on, standing.own_due_on, standing.provisional)
        if standing.version is None or standing.version.mode != DisclosureMode.PROACTIVE:
            return
        _count(standing, item, standing.version)
        if (standing.due_on, standing.own_due_on, standing.provisional) != before:
            standing.save(update_fields=["due_on", "own_due_on", "provisional"])


def _renew_releases(item: Item, rows: list[ItemAct], progress: Progress, now: datetime, *, told: bool) -> None:
    acts = [row for row in rows if row.kind == "released"]
    versions = {row.version.number: row.version for row in acts if row.version}
    moved: list[Release] = []
    for act, window in zip(acts, progress.windows, strict=True):
        version = versions[window.version]
        row = Release.objects.filter(pk=act.pk).first()
        old = row.phase if row else ""
        then = (row.from_at, row.until_at, row.withdrawn_at) if row else None
        row = row or Release(pk=act.pk, county=item.county, item=item, organ_id=item.organ_id, edition=window.edition)
        write_window(row, window, act, version, now)
        row.index_number = numbers.of(item)
        fresh = row._state.adding
        row.save()
        if fresh:
            Shelf.objects.bulk_create(shelf_rows(row, version))
        if row.phase != old or then != (row.from_at, row.until_at, row.withdrawn_at):
            moved.append(row)
        if row.phase != old and told:
            put_many(county=row.county, changes=changes_of(row, old))
    if moved:
        keep_found(moved, now)
    if moved or not told:
        await_moment(county=item.county, next_at=fresh_until(item.county, now))


def write_window(row: Release, window: Window, act: ItemAct, version: Version, now: datetime) -> None:
    """Write into a release what the acts say of it at a moment; its number is another's business."""
    row.version, row.kind, row.title = version, version.kind, version.title
    row.from_at, row.until_at, row.withdrawn_at = window.from_at, window.until_at, window.withdrawn_at
    row.phase, row.because = _phase(window, act, now)


def _phase(window: Window, act: ItemAct, now: datetime) -> tuple[str, str]:
    """Whether a release waits, is on or off; and why it is off."""
    if window.public(now):
        return "on", ""
    if window.withdrawn_at is not None:
        return "off", "withdrawn"
    if window.open(now):
        return "waiting", ""
    return "off", "expired" if act.until_at == window.until_at else "superseded"


_SAYS = {"waiting": "schedule", "on": "begin", "off": "end"}


def changes_of(row: Release, old: str) -> list[Change]:
    """The change for who waits for news. What began and ended unseen is told as both."""
    kinds = [_SAYS[row.phase]]
    if row.phase == "off" and old in ("", "waiting") and row.because == "expired":
        kinds.insert(0, "begin")
    return [Change(kind, row.item_id, row.version_id, row.pk, row.because if kind == "end" else "") for kind in kinds]


def shelves_of(version: Version) -> dict[str, list[str]]:
    """Where a version is listed, by facet."""
    said = version.metadata

    def several(key: str) -> list[str]:
        value = said.get(key) or []
        return [value] if isinstance(value, str) else list(value)

    theme = str(said.get("theme", ""))
    themes = [theme, theme.partition("/")[0]] if "/" in theme else [theme]
    return {
        "column": several("columns"),
        "item": several("items"),
        "theme": [key for key in themes if key],
        "kind": [version.kind],
        "topic": several("topics"),
    }


def shelf_rows(release: Release, version: Version) -> list[Shelf]:
    """Where a release is listed, as rows not yet saved."""
    wanted = {"organ": [str(release.organ_id)], **shelves_of(version)}
    return [
        Shelf(county=release.county, release=release, facet=facet, key=key[:60], from_at=release.from_at)
        for facet, keys in wanted.items()
        for key in dict.fromkeys(keys)
    ]


def stale(now: datetime) -> list[Item]:
    """The entries of which time has changed what is public since it was last noted."""
    begun = Q(phase="waiting", from_at__lte=now)
    ended = Q(phase="on", until_at__lte=now)
    keys = Release.objects.filter(begun | ended).order_by("item").values_list("item", flat=True).distinct()
    return list(Item.objects.filter(pk__in=list(keys[:500])))


def rebuild(item: Item, now: datetime | None = None) -> Standing:
    """Make the caches of an entry anew from its facts; nobody outside is told of it."""
    with transaction.atomic():
        at = now or timezone.now()
        Standing.objects.select_for_update().filter(item=item).first()
        acts = ItemAct.objects.filter(item=item, kind="released").values("pk")
        Shelf.objects.filter(release__item=item).delete()
        gone = Release.objects.filter(item=item).exclude(pk__in=acts)
        for key in gone.values_list("pk", flat=True):
            forget(key)
        gone.delete()
        standing = renew(item, at, told=False)
        for release in Release.objects.filter(item=item).select_related("version"):
            Shelf.objects.filter(release=release).delete()
            Shelf.objects.bulk_create(shelf_rows(release, release.version))
        find_again(item, at)
    return standing

"""What stands beside an entry: links, what other organs are asked, clarifications, and the life of a document."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.procedure import Act
from gongkai.proactive.validity import ChangeKind
from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused, new_key
from gongkai.web.files.services import store
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import Clarification, Item, Link, Matter, ValidityChange
from gongkai.web.proactive.selectors.facts import linked, newest_version
from gongkai.web.proactive.services.drafting import NewFile
from gongkai.web.proactive.services.facts import locked, perform, renew
from gongkai.web.proactive.services.searching import find_again
from gongkai.web.typed import check_come

_INTERPRETS = "interprets"


def link(*, audit: Audit, item: Item, other: Item, kind: str) -> Link:
    """Say that two entries belong together; an interpretation with the policy that it interprets."""
    if kind not in dict(Link.KINDS):
        raise Refused("请选择两个条目的关系。")
    if item.pk == other.pk or item.county != other.county:
        raise Refused("请选择本县的另一个条目。")
    mine = newest_version(item)
    if kind == _INTERPRETS and (mine is None or mine.kind != "interpretation"):
        raise Refused("只有“政策解读”可以解读文件，请先把条目的种类改为“政策解读”。")
    with transaction.atomic():
        for each in sorted((item, other), key=lambda each: each.pk):
            locked(each)
        if any(row.item_id == item.pk and row.other_id == other.pk and row.kind == kind for row in linked(item)):
            raise Refused("这两个条目已经这样关联。")
        row = Link.objects.create(
            county=item.county, item=item, other=other, kind=kind, on=timezone.localdate(), by=audit.actor
        )
        audit.record("proactive.link", row, {"kind": kind, "other": str(other.pk)})
        touch(county=item.county)
    return row


def unlink(*, audit: Audit, link: Link) -> Link:
    """Say that two entries do not belong together; both rows stay."""
    with transaction.atomic():
        for each in sorted((link.item, link.other), key=lambda each: each.pk):
            locked(each)
        if link.ends_id or Link.objects.filter(ends=link).exists():
            raise Refused("这一关联已经解除。")
        row = Link.objects.create(
            county=link.county,
            item=link.item,
            other=link.other,
            kind=link.kind,
            on=timezone.localdate(),
            ends=link,
            by=audit.actor,
        )
        audit.record("proactive.unlink", row, {"kind": link.kind})
        touch(county=link.county)
    return row


def open_matter(*, audit: Audit, item: Item, kind: str, organ: str, words: str = "", on: date | None = None) -> Matter:
    """Ask another organ to agree (art. 11(1)), to approve (11(2)), or to determine what may be disclosed (17(3))."""
    if kind not in dict(Matter.KINDS):
        raise Refused("请选择协商确认、报请批准或者报请确定。")
    if not organ.strip():
        raise Refused("请写明是哪一个机关。")
    key = new_key()
    with transaction.atomic():
        perform(audit=audit, item=item, act=Act.OPEN_MATTER, matter=str(key))
        row = Matter.objects.create(
            id=key,
            county=item.county,
            item=item,
            kind=kind,
            organ=organ.strip()[:120],
            words=masked(words.strip())[:1000],
            on=on or timezone.localdate(),
            by=audit.actor,
        )
        audit.record("proactive.open_matter", row, {"kind": kind})
    return row


def settle_matter(
    *, audit: Audit, matter: Matter, outcome: str, words: str = "", on: date | None = None, scan: NewFile | None = None
) -> Matter:
    """Note the answer. What was objected to stays open: it is settled by agreement, or dropped with a reason."""
    if outcome not in dict(Matter.OUTCOMES):
        raise Refused("请选择同意、不同意或者不再需要。")
    if outcome != "agreed" and not words.strip():
        raise Refused("请写明不同意的意见，或者不再需要的原因。")
    with transaction.atomic():
        locked(matter.item)
        answered = Matter.objects.filter(opens=matter).order_by("-id").first()
        if matter.opens_id or (answered and answered.outcome != "objected"):
            raise Refused("这一事项已经有结果。")
        paper = store(audit=audit, name=scan.name, data=scan.data) if scan else None
        row = Matter.objects.create(
            county=matter.county,
            item=matter.item,
            opens=matter,
            kind=matter.kind,
            organ=matter.organ,
            words=masked(words.strip())[:1000],
            outcome=outcome,
            on=on or timezone.localdate(),
            paper=paper,
            by=audit.actor,
        )
        audit.record("proactive.settle_matter", row, {"outcome": outcome})
        if outcome != "objected":
            perform(audit=audit, item=matter.item, act=Act.SETTLE_MATTER, matter=str(matter.pk))
    return row


def clarify(
    *,
    audit: Audit,
    organ: Organ,
    met_on: date,
    where: str,
    words: str,
    item: Item | None = None,
    follows: Clarification | None = None,
) -> Clarification:
    """Note false or incomplete information that was met, and the entry that sets it right, once there is one."""
    if not where.strip() or not words.strip():
        raise Refused("请写明在哪里发现、内容是什么。")
    check_come(met_on, "发现的日期")
    if item is not None and item.county != audit.county:
        raise Refused("请选择本县的条目。")
    with transaction.atomic():
        if follows is not None and Clarification.objects.filter(follows=follows).exists():
            raise Refused("这一记录已经有更新的一条，请在最新的一条上办理。")
        row = Clarification.objects.create(
            county=audit.county,
            organ=organ,
            item=item,
            met_on=met_on,
            where=where.strip()[:200],
            words=masked(words.strip())[:1000],
            follows=follows,
            by=audit.actor,
        )
        audit.record("proactive.clarify", row, {"item": str(item.pk) if item else ""})
    return row


def change_validity(
    *,
    audit: Audit,
    item: Item,
    kind: ChangeKind,
    on: date,
    basis: str,
    until: date | None = None,
    by_item: Item | None = None,
) -> ValidityChange:
    """Note that a document was amended, lapsed, was repealed, extended, or confirmed, and on what that rests."""
    if not basis.strip() and by_item is None:
        raise Refused("请写明依据，例如修改或者废止它的文件。")
    if kind is ChangeKind.EXTENDED and (until is None or until < on):
        raise Refused("延长有效期的，请写明新的截止日。")
    with transaction.atomic():
        locked(item)
        row = ValidityChange.objects.create(
            county=item.county,
            item=item,
            kind=kind.value,
            on=on,
            until=until if kind is ChangeKind.EXTENDED else None,
            basis=masked(basis.strip())[:300],
            by_item=by_item,
            by=audit.actor,
        )
        audit.record("proactive.change_validity", row, {"kind": kind.value, "on": str(on)})
        renew(item, timezone.now())
        _tell_again(item)
    return row


def void_validity(*, audit: Audit, key: uuid.UUID) -> ValidityChange:
    """Say that a change was noted by mistake; both rows stay."""
    with transaction.atomic():
        old = ValidityChange.objects.select_related("item").get(pk=key, county=audit.county)
        locked(old.item)
        if old.voids_id or ValidityChange.objects.filter(voids=old).exists():
            raise Refused("这一记录已经作废。")
        row = ValidityChange.objects.create(
            county=old.county, item=old.item, kind=old.kind, on=old.on, basis=old.basis, voids=old, by=audit.actor
        )
        audit.record("proactive.void_validity", row, {"kind": old.kind})
        renew(old.item, timezone.now())
        _tell_again(old.item)
    return row


def _tell_again(item: Item) -> None:
    """What is public of an entry reads differently now: pages kept are out of date, exports are told."""
    from gongkai.web.changes.services import put
    from gongkai.web.proactive.selectors.public import public_item

    find_again(item, timezone.now())
    found = public_item(item.county, item.pk)
    if found:
        put(
            county=item.county,
            kind="begin",
            subject=item.pk,
            version=found.version_id,
            release=found.pk,
            because="validity",
        )

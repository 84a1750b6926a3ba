"""Placing entries on the lines of catalogues, and declaring that an organ has nothing to do with a line."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.coverage.models import CatalogueLine, Declaration, Placement
from gongkai.web.coverage.selectors.catalogues import current
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.entries import entry as entry_of
from gongkai.web.proactive.selectors.public import listed_among


def _line(county: uuid.UUID, key: str) -> CatalogueLine:
    """The line that holds. Refused when the catalogue has none such any more."""
    row = CatalogueLine.objects.filter(catalogue__in=current(county).values(), key=key).select_related("catalogue")
    found = row.first()
    if found is None:
        raise Refused("现行的标准目录里没有这一行，请核对。")
    return found


def _standing(entry: uuid.UUID) -> dict[str, Placement]:
    return {row.line: row for row in Placement.objects.filter(entry=entry, ends=None, ended_by=None)}


def _shown(county: uuid.UUID, entry: uuid.UUID) -> None:
    """Let public pages be made anew where an entry that anyone may read is placed or taken off."""
    if listed_among(county, [entry]):
        touch(county=county)


def place(*, audit: Audit, entry: uuid.UUID, line: str, found: str = "desk") -> Placement:
    """Say that an entry stands on a line, for the organ whose entry it is."""
    if found not in dict(Placement.FOUND):
        raise Refused("请说明怎样对应的。")
    item = entry_of(audit.county, entry)
    if item is None:
        raise Refused("没有找到这一条目，请填写索引号，或者条目页面的地址。")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=item.organ_id)
        row = _line(audit.county, line)
        if line in _standing(entry):
            raise Refused("这一条目已经对应到这一行。")
        made = Placement.objects.create(
            county=audit.county,
            line=line,
            field=row.catalogue.field,
            entry=entry,
            organ=item.organ,
            found=found,
            by=audit.actor,
        )
        audit.record("coverage.place", made, {"line": line, "entry": str(entry), "found": found})
        _shown(audit.county, entry)
    return made


def take_off(*, audit: Audit, entry: uuid.UUID, line: str) -> Placement:
    """Say that an entry does not stand on a line; both rows stay."""
    with transaction.atomic():
        old = _standing(entry).get(line)
        if old is None or old.county != audit.county:
            raise Refused("这一条目没有对应到这一行。")
        Organ.objects.select_for_update().get(pk=old.organ_id)
        if Placement.objects.filter(ends=old).exists():
            raise Refused("这一条目没有对应到这一行。")
        made = Placement.objects.create(
            county=old.county,
            line=line,
            field=old.field,
            entry=entry,
            organ=old.organ,
            found=old.found,
            ends=old,
            by=audit.actor,
        )
        audit.record("coverage.take_off", made, {"line": line, "entry": str(entry)})
        _shown(audit.county, entry)
    return made


def set_lines(*, audit: Audit, entry: uuid.UUID, lines: Iterable[str]) -> int:
    """Let an entry stand on exactly these lines, as its drafter chose; how many changes that was."""
    with transaction.atomic():
        wanted, there = dict.fromkeys(lines), _standing(entry)
        kept = set(
            CatalogueLine.objects.filter(catalogue__in=current(audit.county).values()).values_list("key", flat=True)
        )
        for line in wanted:
            if line not in there:
                place(audit=audit, entry=entry, line=line, found="drafting")
        gone = [line for line in there if line not in wanted and line in kept]
        for line in gone:
            take_off(audit=audit, entry=entry, line=line)
    return len(gone) + sum(line not in there for line in wanted)


def declare(*, audit: Audit, organ: Organ, line: str, reason: str, on: date | None = None) -> Declaration:
    """Declare that an organ has nothing to do with a line, and why. Refused while an entry stands there."""
    if not reason.strip():
        raise Refused("请写明不涉及的理由。")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        row = _line(audit.county, line)
        if Placement.objects.filter(line=line, organ=organ, ends=None, ended_by=None).exists():
            raise Refused("已经有条目对应到这一行，不能说明为不涉及。")
        return _declared(audit, organ, row, reason, on)


def take_back(*, audit: Audit, organ: Organ, line: str) -> Declaration:
    """Take back that an organ has nothing to do with a line."""
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        row = _line(audit.county, line)
        last = Declaration.objects.filter(line=line, organ=organ).order_by("-id").first()
        if last is None or not last.reason:
            raise Refused("这一行没有说明过不涉及。")
        return _declared(audit, organ, row, "", None)


def _declared(audit: Audit, organ: Organ, row: CatalogueLine, reason: str, on: date | None) -> Declaration:
    made = Declaration.objects.create(
        county=audit.county,
        line=row.key,
        field=row.catalogue.field,
        organ=organ,
        on=on or timezone.localdate(),
        reason=masked(reason.strip())[:300],
        by=audit.actor,
    )
    audit.record("coverage.declare", made, {"line": row.key, "organ": str(organ.pk), "applies": not reason})
    return made

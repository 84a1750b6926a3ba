"""Writing the county and its list of organs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused, new_key
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.names import guessed_form
from gongkai.web.organs.selectors import home_county

LIST_LIMIT = 2000
HOME_NAME = "本县"
LISTED, STRUCK = "organs.list_organ", "organs.strike_organ"
"""The acts that put an organ on the list, or change its kind there, and take it off."""


def ensure_county() -> County:
    """The county of this desk, made at first start under a name that says nothing yet."""
    found = home_county()
    if found:
        return found
    key = new_key()
    with transaction.atomic():
        county = County.objects.create(id=key, county=key, name=HOME_NAME)
        Audit(actor=key, county=key).record("organs.create_county", county, {"name": county.name})
    return county


def name_county(*, audit: Audit, county: County, name: str) -> County:
    """Say what the county is called. Refused for an empty or overlong name."""
    plain = name.strip()
    if not 2 <= len(plain) <= 30:
        raise Refused("请填写本县（市、区）的全称，2至30个字，例如“云岭县”。")
    with transaction.atomic():
        audit.record("organs.name_county", county, {"before": county.name, "after": plain})
        county.name = plain
        county.save(update_fields=["name"])
        touch(county=county.pk)
    return county


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a pasted or imported list changed."""

    added: int
    kept: int
    struck: int


def keep_list(*, audit: Audit, county: County, organs: list[tuple[str, str]], replace: bool = False) -> ListChange:
    """Add organs (name, kind) to the list; with `replace` strike those that the new list does not name.

    Refused when the list is empty or too long. Nothing is deleted: reports hang on organs.
    """
    if not organs:
        raise Refused("没有读到机关名称。请每行写一个机关，例如“云岭县教育局”。")
    if len(organs) > LIST_LIMIT:
        raise Refused(f"一次最多导入{LIST_LIMIT}个机关，这份名录有{len(organs)}个。")
    with transaction.atomic():
        known = {o.name: o for o in Organ.objects.filter(county=county.pk, valid_until__isnull=True)}
        added = kept = struck = 0
        last = max((o.position for o in known.values()), default=0)
        for name, kind in organs:
            found = known.get(name)
            if found is None:
                last += 1
                row = Organ.objects.create(
                    county=county.pk, name=name, kind=kind, form=guessed_form(name, kind), position=last
                )
                audit.record(LISTED, row, {"name": name, "kind": kind, "listed": False})
                added += 1
            elif not found.listed or (kind and found.kind != kind):
                audit.record(LISTED, found, {"name": name, "kind": kind or found.kind, "listed": found.listed})
                found.listed, found.kind = True, kind or found.kind
                found.save(update_fields=["listed", "kind"])
                kept += 1
            else:
                kept += 1
        if replace:
            names = {name for name, _ in organs}
            for row in known.values():
                if row.listed and row.name not in names:
                    struck += _strike(audit, row)
        touch(county=county.pk)
    return ListChange(added, kept, struck)


def _strike(audit: Audit, row: Organ) -> int:
    audit.record(STRUCK, row, {"name": row.name})
    row.listed = False
    row.save(update_fields=["listed"])
    return 1


def strike(*, audit: Audit, county: County, key: uuid.UUID) -> Organ:
    """Take one organ off the list. Refused when it is not on it."""
    row = Organ.objects.filter(county=county.pk, pk=key, listed=True).first()
    if row is None:
        raise Refused("名录中没有这个机关，可能已经移出。")
    with transaction.atomic():
        _strike(audit, row)
        touch(county=county.pk)
    return row

"""Lists that a person keeps under a name, and the record of lists that left the system."""

from __future__ import annotations

import uuid
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.db import transaction

from gongkai.web import sealed
from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest.models import SavedView
from gongkai.web.people.models import Person

MOST = 20
_TABLE, _KEPT = SavedView._meta.db_table, 500


def views_of(person: Person) -> list[SavedView]:
    """The kept lists of a person, in the order of keeping."""
    rows = list(SavedView.objects.filter(person=person.pk).order_by("position", "id"))
    for row in rows:
        row.query = _opened(row)
    return rows


def _sealed(query: str, row: uuid.UUID) -> str:
    """Filters as they are kept: people search for names. Refused when too long."""
    blob = sealed.seal_bytes(zlib.compress(query.encode(), 9), table=_TABLE, column="query", row=row)
    kept = urlsafe_b64encode(blob).decode()
    if len(kept) > _KEPT:
        raise Refused("筛选条件太长，请减少后再保存。")
    return kept


def _opened(row: SavedView) -> str:
    blob = urlsafe_b64decode(row.query)
    return zlib.decompress(sealed.unseal_bytes(blob, table=_TABLE, column="query", row=row.pk)).decode()


def save(*, audit: Audit, person: Person, name: str, query: str) -> SavedView:
    """Keep the filters of a list under a name; the same name again takes the place of the old one."""
    plain = name.strip()
    if not 1 <= len(plain) <= 20:
        raise Refused("请给视图起一个20字以内的名称，例如“本周到期”。")
    with transaction.atomic():
        known = SavedView.objects.filter(person=person.pk, name=plain).first()
        if known is None and SavedView.objects.filter(person=person.pk).count() >= MOST:
            raise Refused(f"最多保存{MOST}个视图，请先删去不用的。")
        row = known or SavedView(id=new_key(), county=person.county, person=person.pk, name=plain)
        row.query = _sealed(query, row.pk)
        row.save()
        audit.record("onrequest.save_view", row, {"name": salted(plain)})
    return row


def forget(*, audit: Audit, person: Person, key: uuid.UUID | None) -> None:
    """Forget a kept list of one's own."""
    row = SavedView.objects.filter(person=person.pk, pk=key).first() if key else None
    if row is None:
        raise Refused("没有这个视图，可能已经删去。")
    with transaction.atomic():
        audit.record("onrequest.forget_view", row)
        row.delete()


def exported(*, audit: Audit, person: Person, count: int, query: str) -> None:
    """Write down that a list was exported: by whom, how many rows, with which filters."""
    audit.record("onrequest.export", person, {"rows": count, "filters": salted(query)})

"""Lists that a person keeps under a name, and the record of lists that left the system."""

from __future__ import annotations

import uuid

from django.db import transaction

from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import SavedView
from gongkai.web.people.models import Person

MOST = 20


def views_of(person: Person) -> list[SavedView]:
    """The kept lists of a person, in the order of keeping."""
    return list(SavedView.objects.filter(person=person.pk).order_by("position", "id"))


def save(*, audit: Audit, person: Person, name: str, query: str) -> SavedView:
    """Keep the filters of a list under a name; the same name again takes the place of the old one."""
    plain = name.strip()
    if not 1 <= len(plain) <= 20:
        raise Refused("请给视图起一个20字以内的名称，例如“本周到期”。")
    if len(query) > 500:
        raise Refused("筛选条件太长，请减少后再保存。")
    with transaction.atomic():
        known = SavedView.objects.filter(person=person.pk, name=plain).first()
        if known is None and SavedView.objects.filter(person=person.pk).count() >= MOST:
            raise Refused(f"最多保存{MOST}个视图，请先删去不用的。")
        row, _ = SavedView.objects.update_or_create(
            person=person.pk, name=plain, defaults={"county": person.county, "query": query}
        )
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

"""Index numbers: given at the first release, one by one under a lock, for good."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence

from django.db.models import Q

from gongkai.proactive.numbers import code_fault, index_number
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.proactive.models import IndexCounter, IndexNumber, Item

_BROUGHT = re.compile(r"(?P<code>[0-9A-Z-]{8,30})/(?P<year>(?:19|20)\d{2})\d{0,2}-(?P<serial>\d{1,7})")


def _counter(item: Item, code: str, year: int) -> IndexCounter:
    IndexCounter.objects.get_or_create(county=item.county, code=code, year=year)
    return IndexCounter.objects.select_for_update().get(county=item.county, code=code, year=year)


def of(item: Item) -> str:
    """The index number of an entry; empty before its first release."""
    return IndexNumber.objects.filter(item=item).values_list("text", flat=True).first() or ""


def give(*, audit: Audit, item: Item, code: str, year: int) -> IndexNumber:
    """The entry's index number: the one it has, or the next of the code in the year. Inside the caller's transaction."""
    found = IndexNumber.objects.filter(item=item).first()
    if found:
        return found
    code = code.replace("-", "")
    if wrong := code_fault(code):
        raise Refused(wrong)
    counter = _counter(item, code, year)
    serial = counter.last + 1
    while _taken(item, code, year, serial, index_number(code, year, serial)):
        serial += 1
    counter.last = serial
    counter.save(update_fields=["last"])
    row = _write(audit, item, code, year, serial, index_number(code, year, serial), "system")
    failpoint("proactive.number_taken")
    return row


def give_many(rows: Sequence[IndexNumber]) -> list[IndexNumber]:
    """Give each of these, made and not yet saved, the next number of its code in its year, in their order.

    Inside the caller's transaction, which holds the entries; none of them has a number.
    """
    groups: dict[tuple[uuid.UUID, str, int], list[IndexNumber]] = {}
    for row in rows:
        groups.setdefault((row.county, row.code, row.year), []).append(row)
    for (county, code, year), some in sorted(groups.items()):
        counter = _counter(some[0].item, code, year)
        same = Q(code=code, year=year) | Q(text__startswith=f"{code}/")
        taken = IndexNumber.objects.filter(same, county=county).values_list("code", "year", "serial", "text")
        serials = {serial for of, in_year, serial, _ in taken if (of, in_year) == (code, year)}
        texts = {text for *_, text in taken}
        for row in some:
            counter.last += 1
            while counter.last in serials or index_number(code, year, counter.last) in texts:
                counter.last += 1
            row.serial, row.text = counter.last, index_number(code, year, counter.last)
        counter.save(update_fields=["last"])
    return list(rows)


def bring(*, audit: Audit, item: Item, text: str) -> IndexNumber:
    """Take over the number that an entry had where it was published before; inside the caller's transaction.

    Refused when it is another's, or the entry has one.
    """
    met = _BROUGHT.fullmatch(text.strip())
    if met is None:
        raise Refused(f"“{text}”不像索引号，应当像12620600MB0523338C/2026-00001。")
    if IndexNumber.objects.filter(item=item).exists():
        raise Refused("这一条目已经有索引号，不能改变。")
    code, year, serial = met["code"].replace("-", ""), int(met["year"]), int(met["serial"])
    _counter(item, code, year)
    if _taken(item, code, year, serial, text.strip()):
        raise Refused(f"索引号“{text.strip()}”已经用过，请核对。")
    return _write(audit, item, code, year, serial, text.strip(), "brought")


def _taken(item: Item, code: str, year: int, serial: int, text: str) -> bool:
    """Whether a number is anybody's, under whatever form it was written."""
    same = Q(text=text) | Q(code=code, year=year, serial=serial)
    return IndexNumber.objects.filter(same, county=item.county).exists()


def _write(audit: Audit, item: Item, code: str, year: int, serial: int, text: str, given: str) -> IndexNumber:
    row = IndexNumber.objects.create(
        county=item.county, item=item, code=code, year=year, serial=serial, text=text, given=given, by=audit.actor
    )
    audit.record("proactive.give_number", row, {"text": text, "given": given})
    return row

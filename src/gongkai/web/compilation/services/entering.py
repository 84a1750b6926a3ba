"""Entering figures that no register tells, changing what is brought forward, and saying that there was nothing."""

from __future__ import annotations

import uuid
from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction

from gongkai.annual.compiling import BROUGHT
from gongkai.annual.forms import FormCell, edition_for, form
from gongkai.web.audit.services import Audit, salted
from gongkai.web.compilation.models import Entered, NoneThisYear
from gongkai.web.compilation.selectors.facts import newest_entries, said_none
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.typed import said

NONE_WORDS = NoneThisYear.TABLES
"""The tables of which it can be said that there was nothing, in words."""
LONGEST = 300
LARGEST = Decimal(10) ** 11
COUNTED_HERE = "这一格由登记的申请和复议诉讼计出，不能填数。请登记申请、导入台账，或者更正办理记录。"
OVERTAKEN = "这一格刚刚有人填过，您看到的已不是最新的数。请核对后再填；您填写的内容仍保留在页面上。"


def may_be_entered(cell: FormCell) -> bool:
    """Whether a person may put a figure into a cell: table 二, and what is brought forward, its sum apart."""
    return cell.table == 2 or (cell.address.startswith(BROUGHT) and not cell.column.sum_of)


def cell_of(year: int, address: str) -> FormCell:
    """The cell of a year's form. Refused for another."""
    edition = edition_for(year)
    if edition is None or address not in form(edition).by_address:
        raise Refused("本年度的表中没有这一格。")
    return form(edition).by_address[address]


def read_value(cell: FormCell, words: str) -> Decimal:
    """The number that a person typed. Refused for what this cell cannot hold."""
    plain = "".join(words.split()).replace(",", "").replace("，", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused("请填写数字，例如 12。") from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused("数字过大，请核对。")
    if cell.kind != "change" and value < 0:
        raise Refused("这一格的数不能小于0。")
    if cell.kind != "amount" and value != value.to_integral_value():
        raise Refused("这一格是件数，请填写整数。")
    if -value.as_tuple().exponent > 6:  # type: ignore[operator]
        raise Refused("最多保留6位小数。")
    return value


def _said(words: str, what: str) -> str:
    return said(" ".join(words.split()), what, LONGEST)


def enter(
    *,
    audit: Audit,
    organ: Organ,
    year: int,
    address: str,
    words: str,
    note: str,
    reason: str = "",
    seen: uuid.UUID | None = None,
) -> Entered:
    """Enter a figure with a note of its source, or change one with a reason.

    For what is brought forward the note is the reason for which it departs from last year's report. `seen` is the entry
    that the person looked at, None where there was none.
    """
    cell = cell_of(year, address)
    if not may_be_entered(cell):
        raise Refused(COUNTED_HERE)
    value = read_value(cell, words)
    brought = address.startswith(BROUGHT)
    source = _said(note, "更改的理由" if brought else "数据的来源，例如“行政许可系统，2026年1月8日导出”")
    return _write(audit, organ, year, address, value, source, reason, seen)


def take_back(*, audit: Audit, organ: Organ, year: int, address: str, reason: str, seen: uuid.UUID | None) -> Entered:
    """Take an entered figure back: what the registers or last year's report tell stands again."""
    cell_of(year, address)
    standing = newest_entries(organ.pk, year).get(address)
    if standing is None or standing.value is None:
        raise Refused("这一格没有填报的数。")
    return _write(audit, organ, year, address, None, "收回", reason, seen)


def _write(
    audit: Audit,
    organ: Organ,
    year: int,
    address: str,
    value: Decimal | None,
    note: str,
    reason: str,
    seen: uuid.UUID | None,
) -> Entered:
    try:
        with transaction.atomic():
            before = newest_entries(organ.pk, year).get(address)
            if (before.pk if before else None) != seen:
                raise Refused(OVERTAKEN)
            why = _said(reason, "修改的理由") if before is not None and before.value is not None else ""
            row = Entered.objects.create(
                county=organ.county,
                organ=organ,
                year=year,
                address=address,
                value=value,
                note=note,
                reason=why,
                follows=before,
                by=audit.actor,
            )
            said = {"organ": str(organ.pk), "year": year, "cell": address, "note": salted(note), "reason": salted(why)}
            act = "compilation.take_back" if value is None else "compilation.enter"
            audit.record(act, row, {**said, "value": None if value is None else str(value)})
    except IntegrityError:
        raise Refused(OVERTAKEN) from None
    return row


def say_none(*, audit: Audit, organ: Organ, year: int, table: int, reason: str = "") -> NoneThisYear:
    """Say that there was nothing in a year for table 三 or 四. Refused where something was registered."""
    if table not in dict(NoneThisYear.TABLES):
        raise Refused("请选择表三或者表四。")
    note = " ".join(reason.split())[:LONGEST]
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        if table in said_none(organ.pk, year):
            raise Refused("已经说明过，不必重复。")
        made = worked(organ, year).tally
        prefix = "applications." if table == 3 else "disputes."
        if made is None or any(members for a, members in made.members.items() if a.startswith(prefix)):
            raise Refused("系统中有本年度的登记，不能说明没有。")
        row = NoneThisYear.objects.create(
            county=organ.county, organ=organ, year=year, table=table, reason=note, by=audit.actor
        )
        audit.record("compilation.say_none", row, {"organ": str(organ.pk), "year": year, "table": table})
    return row


def take_back_none(*, audit: Audit, organ: Organ, year: int, table: int, reason: str) -> NoneThisYear:
    """Take back that there was nothing."""
    note = _said(reason, "收回的理由")
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=organ.pk)
        standing = said_none(organ.pk, year).get(table)
        if standing is None:
            raise Refused("没有这样的说明。")
        row = NoneThisYear.objects.create(
            county=organ.county, organ=organ, year=year, table=table, reason=note, voids=standing, by=audit.actor
        )
        audit.record("compilation.take_back_none", row, {"organ": str(organ.pk), "year": year, "table": table})
    return row

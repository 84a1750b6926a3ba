"""Monthly reports and quarterly statistics: any days of a year, and the year up to them, by organ and by category."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.annual.compiling import plain
from gongkai.annual.forms import edition_for, form
from gongkai.annual.period import Span, period_tally
from gongkai.annual.shares import shares
from gongkai.onrequest.disputes import RESULTS
from gongkai.proactive.registers import cell_of, registers, weight
from gongkai.web.collection.models import Contribution
from gongkai.web.collection.selectors.rollup import keep, reporting
from gongkai.web.collection.selectors.watch import look
from gongkai.web.compilation.selectors.covered import covered, name_of
from gongkai.web.memo import page_memory
from gongkai.web.onrequest.selectors.tallied import counted, kept_since, policy_of
from gongkai.web.organs.models import County, Organ
from gongkai.web.registers.selectors.known import versions_known

ROWS = {
    "received": "收到",
    "brought_forward": "上期结转",
    "concluded": "办结",
    "carried_forward": "结转下期",
}
"""What the list of organs shows of table 三."""
CLASSES = {
    "disclosed": "予以公开",
    "disclosed_in_part": "部分公开",
    "withheld": "不予公开",
    "unavailable": "无法提供",
    "not_processed": "不予处理",
    "otherwise_closed": "其他处理",
}
Figures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OrganLine:
    """An organ in a span and in the year so far. `kept` false: nothing is registered here, so nothing is known."""

    organ: Organ
    name: str
    kept: bool
    here: Figures
    so_far: Figures

    def row(self, key: str) -> tuple[int, int]:
        """A row of table 三, in the span and so far."""
        address = f"applications.{key}.total"
        return self.here.get(address, 0), self.so_far.get(address, 0)

    @property
    def rows(self) -> list[tuple[int, int]]:
        """What the list shows."""
        return [self.row(key) for key in ROWS]


@dataclass(frozen=True, slots=True)
class Category:
    """One category: how many in the span and so far, with shares that add up to a hundred each."""

    zh: str
    here: int
    share: Decimal | None
    so_far: int
    share_so_far: Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """Categories with their sum."""

    zh: str
    lines: tuple[Category, ...]
    here: int
    so_far: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """A span of a county: every organ, the categories, and the items of table 二 that are entered with their day."""

    span: Span
    organs: tuple[OrganLine, ...]
    tables: tuple[Table, ...]
    items: tuple[tuple[str, str, Decimal, Decimal], ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The organs of which nothing is known here."""
        return tuple(line.name for line in self.organs if not line.kept)

    @property
    def known(self) -> bool:
        """Whether any organ's applications are registered here: only then is a nought one."""
        return any(line.kept for line in self.organs)

    def sums(self) -> list[tuple[int, int]]:
        """The row of the county."""
        return [
            (sum(line.row(key)[0] for line in self.organs), sum(line.row(key)[1] for line in self.organs))
            for key in ROWS
        ]


def statistics(county: County, days: Span) -> Statistics:
    """The figures of a span. KeyError for a year without a form."""
    if edition_for(days.year) is None:
        raise KeyError(f"没有{days.year}年度的年度报告格式")
    organs = reporting(county.pk, days.year)
    turn = look(county.pk).turn
    key = f"{days.first}~{days.last}"
    kept = dict(Contribution.objects.filter(county=county.pk, year=days.year, span=key).values_list("organ", "told"))
    fresh = {organ.pk: _told(organ, days) for organ in organs if organ.pk not in kept}
    if fresh:
        keep(county.pk, days.year, key, fresh, turn)
    told = {**kept, **fresh}
    lines = tuple(OrganLine(o, *(told[o.pk][name] for name in ("name", "kept", "here", "so_far"))) for o in organs)
    tables = (_by_applicant(lines, days), _by_result(lines, days), *_by_dispute(lines))
    return Statistics(days, lines, tables, _items(organs, days, county.pk))


def _told(organ: Organ, days: Span) -> dict[str, Any]:
    with page_memory():
        of, name = covered(organ, days.year), name_of(organ, days.year)
        known = kept_since(of.organs, days.last)
        told = counted(of.organs, name)
        policy = policy_of(organ.county, days.year)
        made = [
            period_tally(told.cases, name, each, policy=policy, disputes=told.loose) for each in (days, days.so_far)
        ]
    here, so_far = ({a: len(m) for a, m in each.members.items() if m} for each in made)
    return {"name": name, "kept": known, "here": here, "so_far": so_far}


def _sum(lines: Sequence[OrganLine], addresses: Sequence[str]) -> tuple[int, int]:
    here = sum(line.here.get(a, 0) for line in lines for a in addresses)
    return here, sum(line.so_far.get(a, 0) for line in lines for a in addresses)


def _table(zh: str, lines: Sequence[OrganLine], categories: Sequence[tuple[str, Sequence[str]]]) -> Table:
    counts = [_sum(lines, addresses) for _, addresses in categories]
    here, so_far = [n for n, _ in counts], [n for _, n in counts]
    nothing: tuple[None, ...] = (None,) * len(counts)
    found = zip(categories, counts, shares(here) or nothing, shares(so_far) or nothing, strict=True)
    of = tuple(Category(words, a, share, b, share_so_far) for (words, _), (a, b), share, share_so_far in found)
    return Table(zh, of, sum(here), sum(so_far))


def _by_applicant(lines: Sequence[OrganLine], days: Span) -> Table:
    columns = [c for c in form(edition_for(days.year) or "").columns if not c.sum_of]
    return _table("收到申请，按申请人", lines, [(c.label, [f"applications.received.{c.key}"]) for c in columns])


def _by_result(lines: Sequence[OrganLine], days: Span) -> Table:
    rows = [row.key for row in form(edition_for(days.year) or "").rows]
    return _table(
        "办结申请，按办理结果",
        lines,
        [
            (zh, [f"applications.{row}.total" for row in rows if row.partition(".")[0] == key])
            for key, zh in CLASSES.items()
        ],
    )


def _by_dispute(lines: Sequence[OrganLine]) -> list[Table]:
    kinds = {
        "reconsideration": "行政复议，按结果",
        "direct_litigation": "未经复议直接起诉，按结果",
        "litigation_after_reconsideration": "复议后起诉，按结果",
    }
    made = [
        _table(zh, lines, [(words, [f"disputes.{kind}.{result.value}"]) for result, words in RESULTS.items()])
        for kind, zh in kinds.items()
    ]
    return [table for table in made if table.here or table.so_far]


def _items(organs: Sequence[Organ], days: Span, county: uuid.UUID) -> tuple[tuple[str, str, Decimal, Decimal], ...]:
    """The items of table 二 whose rows have a day: in the span and so far."""
    edition = edition_for(days.year) or ""
    keys = {organ.pk for organ in organs} | {each.pk for organ in organs for each in covered(organ, days.year).organs}
    found = []
    for of in registers().values():
        for cell in of.cells:
            if cell.edition != edition:
                continue
            rule = cell_of(of, cell.address, edition)
            assert rule is not None
            rows = versions_known(county, of.key, None, None, date(days.year, 1, 1), days.last)
            mine = [row for row in rows if row.row.organ_id in keys]
            here = sum((weight(rule, r.values) for r in mine if r.on and r.on >= days.first), Decimal(0))
            so_far = sum((weight(rule, r.values) for r in mine), Decimal(0))
            where = form(edition).by_address[cell.address]
            found.append((where.row.label, where.column.unit or "件", Decimal(plain(here)), Decimal(plain(so_far))))
    return tuple(found)

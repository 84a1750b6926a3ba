"""Numbers of the words against the cells: what may each stand for, and is any of it in the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add

from gongkai.annual.findings import Finding, Grade
from gongkai.annual.passages import found_in
from gongkai.annual.rules import Rule
from gongkai.annual.words import registry, scope
from gongkai.annual.words.cells import Amount, Table, less
from gongkai.annual.words.claims import Claim
from gongkai.annual.words.making import clause_start, named
from gongkai.annual.words.mentions import Mention, Page
from gongkai.annual.words.readings import Reading, about_applications

_GROUPS = {
    "withheld": "不予公开",
    "unavailable": "无法提供",
    "not_processed": "不予处理",
    "otherwise_closed": "其他处理",
}
_SAID_OTHERWISE = {
    "no_such_information": ("unavailable", "otherwise_closed", "not_processed"),
    "of_another_organ": ("unavailable", "otherwise_closed", "not_processed"),
    "no_government_information": ("otherwise_closed", "unavailable", "not_processed", "withheld"),
}
"""Groups in which organs count what the form has no row for, the likeliest first."""
_NAMES = {
    "received": "本年新收",
    "brought_forward": "上年结转",
    "concluded": "办理结果总计",
    "carried_forward": "结转下年度继续办理",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a number may stand for: the first of `amounts` is the plain reading, the others are accepted too."""

    rule: Rule
    concept: str
    amounts: tuple[Amount, ...]
    firm: bool
    at_most: bool = False


class Procedure:
    """The amounts of table 三 that sentences on the procedure may mean, in one column."""

    def __init__(self, table: Table, column: str = "total") -> None:
        self.table, self.column = table, column
        self.received = table.row("received", column, _NAMES["received"])
        self.brought = table.row("brought_forward", column, _NAMES["brought_forward"])
        self.concluded = table.row("concluded", column, _NAMES["concluded"])
        self.carried = table.row("carried_forward", column, _NAMES["carried_forward"])
        self.otherwise = table.group("otherwise_closed", column, "其他处理")
        self.leaves = table.rows(
            [k for k in table.keys if k not in ("received", "brought_forward", "concluded", "carried_forward")],
            column,
            "各项办理结果之和",
        )

    def taken_in(self) -> tuple[Amount, ...]:
        """收到, 受理, 收办: new, new and carried over, decided, decided and still open."""
        return (self.received, self.received + self.brought, self.concluded, self.concluded + self.carried)

    def handled(self) -> tuple[Amount, ...]:
        """办理, 处理: what was taken in, or what was answered of it."""
        return (
            *self.taken_in(),
            less(self.concluded, self.otherwise, "办理结果总计减其他处理"),
            less(self.received, self.carried, "本年新收减结转下年度"),
        )

    def decided(self) -> tuple[Amount, ...]:
        """办结, 答复: all outcomes, or those that are answers."""
        refused = self.table.group("not_processed", self.column, "不予处理")
        return (
            self.concluded,
            self.leaves,
            less(self.concluded, self.otherwise, "办理结果总计减其他处理"),
            less(self.concluded, self.otherwise + refused, "办理结果总计减不予处理、其他处理"),
            less(self.concluded, self.brought, "办理结果总计减上年结转"),
        )


def amount_of(table: Table, key: str, name: str, column: str) -> Amount:
    """The amount of an outcome, a group of them or two joined by +."""
    first, _, second = key.partition("+")
    found = table.group(first, column, name) if first in _GROUPS else table.row(first, column, name)
    if second:
        joined = found + table.row(second, column, name)
        return Amount(name, joined.ranges, joined.cells)
    return found


def comparison(
    page: Page, mention: Mention, table: Table, readings: dict[int, Reading], procedures: dict[str, Procedure]
) -> Comparison | None:
    """What a number is compared with; None when nothing in the tables answers to it."""
    read = readings[mention.index]
    column = _column(mention, readings)
    procedure = procedures.get(column) or procedures.setdefault(column, Procedure(table, column))
    subject = read.subject
    if subject in ("received", "handled", "named"):
        firm = read.firm and read.plain and subject != "named"
        amounts = procedure.taken_in() if subject == "received" else procedure.handled()
        return Comparison(registry.RECEIVED, subject, amounts, firm, not read.firm and subject != "named")
    if subject == "new":
        return Comparison(registry.RECEIVED, subject, procedure.taken_in()[:2], read.firm)
    if subject == "decided":
        return Comparison(registry.DECIDED, subject, procedure.decided(), read.firm, not read.firm)
    if subject == "pending":
        return Comparison(registry.CARRIED, subject, (procedure.carried,), read.firm)
    if subject == "brought_forward":
        return Comparison(registry.CARRIED, subject, (procedure.brought,), read.firm)
    return _of_term(page, mention, read, table, procedure, readings)


def _column(mention: Mention, readings: dict[int, Reading]) -> str:
    parent = mention.parent
    while parent is not None:
        read = readings.get(parent.index)
        if read and read.term and read.term.family == "applicant":
            return read.term.key
        parent = parent.parent
    return "total"


def _of_term(
    page: Page, mention: Mention, read: Reading, table: Table, procedure: Procedure, readings: dict[int, Reading]
) -> Comparison | None:
    term = read.term
    if term is None or term.family not in ("outcome", "ground", "applicant"):
        return None
    if not about_applications(page, mention):
        return None
    if term.family == "applicant":
        amounts = tuple(table.row(r, term.key, f"{_NAMES[r]}·{term.name}") for r in ("received", "concluded"))
        both = amounts[0] + table.row("brought_forward", term.key, f"上年结转·{term.name}")
        firm = mention.parent is None or _applications(mention.parent, readings)
        return Comparison(registry.APPLICANT, term.key, (*amounts, both), firm)
    if term.key in _SAID_OTHERWISE:
        return _otherwise(table, term.key, procedure.column)
    amount = amount_of(table, term.key, term.name, procedure.column)
    more: tuple[Amount, ...] = ()
    if procedure.column != "total":
        more = (amount_of(table, term.key, term.name, "total"),)
    firm = mention.parent is None or _applications(mention.parent, readings)
    return Comparison(registry.OUTCOME, term.key, (amount, *more), firm and term.family == "outcome", False)


def _otherwise(table: Table, key: str, column: str) -> Comparison:
    """At most what all groups hold that such an answer may be counted in."""
    groups = [table.group(prefix, column, _GROUPS[prefix]) for prefix in _SAID_OTHERWISE[key]]
    together = reduce(add, groups)
    named_together = Amount("、".join(g.name for g in groups) + "合计", together.ranges, together.cells)
    return Comparison(registry.OUTCOME, key, (named_together,), False, True)


def _applications(mention: Mention, readings: dict[int, Reading]) -> bool:
    return mention.index in readings


def judge(page: Page, mention: Mention, found: Comparison, scoped: bool) -> tuple[Claim, Finding | None]:
    """The claim with what it matched, and a finding when nothing in the table can be meant."""
    quote, at, where = page.passage.place(clause_start(page, mention), mention.end)
    value = mention.quantity.value
    primary = found.amounts[0]
    matched = tuple(a.name for a in found.amounts if a.bounded and a.holds(value))
    cells = tuple(dict.fromkeys(c for a in found.amounts[:1] for c in a.cells))
    claim = Claim(found.concept, value, mention.unit, quote, at, where, matched, cells)
    if matched or not primary.bounded or not all(_excluded(a, value, a is primary) for a in found.amounts):
        return claim, None
    if found.at_most and value <= max(a.first.low for a in found.amounts if a.bounded):
        return claim, None
    grade: Grade = "conflict" if found.firm and not scoped and found.rule.grade == "conflict" else "doubt"
    said = primary.first
    advice = (
        found.rule.advice if grade == "conflict" else "请核实文字与表格的统计口径是否相同；口径不同的，建议在文中注明。"
    )
    verb = "为" if said.known else ""
    message = f"文字称“{named(mention)}”，表格中{primary.name}{verb}{said}，两处不一致，请核实。"
    return claim, found_in(
        page.passage,
        found.rule,
        clause_start(page, mention),
        mention.end,
        message,
        grade=grade,
        met=mention.said,
        expected=f"{primary.name} {said}",
        cells=cells,
        advice=advice,
    )


def _excluded(amount: Amount, value: object, primary: bool) -> bool:
    # Readings nobody can check do not save a number that the plain one excludes.
    return primary or not amount.known or not amount.holds(value)  # type: ignore[arg-type]


def table_findings(page: Page, readings: dict[int, Reading], table: Table) -> Iterator[tuple[Claim, Finding | None]]:
    """Claims of a page, judged. A part of a number that already differs in scope is not said twice."""
    strange: set[int] = set()
    procedures: dict[str, Procedure] = {}
    for mention in page.mentions:
        read = readings.get(mention.index)
        if read is None or not mention.exact or mention.delta or mention.plan:
            continue
        if scope.other_time(page, mention, table.report):
            continue
        if mention.parent is not None and mention.parent.index in strange:
            strange.add(mention.index)
            continue
        found = comparison(page, mention, table, readings, procedures)
        if found is None:
            continue
        claim, result = judge(page, mention, found, scope.differs(page, mention, table.report))
        if result is not None and result.grade == "doubt":
            strange.add(mention.index)
        yield claim, result

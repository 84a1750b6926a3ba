"""Relations between cells as values: an expression on each side, three verdicts, one truth table.

Only `+` and `-` are overloaded; left and right are named, so `==` keeps its meaning. A value evaluates on one report
(`Relation.verdict`) and over many as a column expression (`Relation.sql`), knows its cells and prints itself as
the form prints it. Blank is not zero: a cell without a certain value makes the verdict *unknown*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from gongkai.annual.findings import Grade
from gongkai.annual.findings import Kind as FindingKind
from gongkai.annual.forms import Form, all_rows, cell
from gongkai.annual.report import Number

Verdict = Literal["holds", "broken", "unknown"]
Operator = Literal["=", ">=", "<="]
Each = Literal["column", "row", "kind", "document", "item", "cell"]

_COMPARE: dict[str, Callable[[Number, Number], bool]] = {
    "=": lambda left, right: left == right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A signed key of an expression; `last_year` takes it from the report of the year before."""

    key: str
    sign: int = 1
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum of signed terms. Built with `row`, `column`, `at`, `last_year`, `+` and `-`."""

    terms: tuple[Term, ...]

    def __add__(self, other: Expression) -> Expression:
        return Expression(self.terms + other.terms)

    def __sub__(self, other: Expression) -> Expression:
        return Expression(self.terms + tuple(replace(t, sign=-t.sign) for t in other.terms))


def row(key: str) -> Expression:
    """A row of the table, in each column (or a column in each row, a result in each kind of dispute)."""
    return Expression((Term(key),))


column = result = at = row


def total_of(keys: tuple[str, ...]) -> Expression:
    """The sum of several rows or columns."""
    return Expression(tuple(Term(key) for key in keys))


def last_year(expression: Expression) -> Expression:
    """The same cells of the report of the year before."""
    return Expression(tuple(replace(t, last_year=True) for t in expression.terms))


NOTHING = Expression(())


@dataclass(frozen=True, slots=True)
class Ref:
    """A signed cell in a relation."""

    address: str
    sign: int = 1
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """An identity at one column, row or cell: the cells on both sides and how they must compare."""

    id: str
    left: tuple[Ref, ...]
    right: tuple[Ref, ...]
    operator: Operator
    grade: Grade
    kind: FindingKind
    says: str
    place: str
    citation: str | None
    identity: str
    each: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Addresses of this year's report, left then right."""
        return tuple(dict.fromkeys(r.address for r in (*self.left, *self.right) if not r.last_year))

    @property
    def needs_last_year(self) -> bool:
        """Whether some cell is of the year before."""
        return any(r.last_year for r in (*self.left, *self.right))

    def sides(
        self, values: Mapping[str, Number], previous: Mapping[str, Number] | None = None
    ) -> tuple[Number, Number] | None:
        """Both sums, or None when some cell has no value."""
        sums: list[Number] = []
        for side in (self.left, self.right):
            total: Number = 0
            for ref in side:
                source = previous if ref.last_year else values
                value = source.get(ref.address) if source is not None else None
                if value is None:
                    return None
                total = total + ref.sign * value
            sums.append(total)
        return sums[0], sums[1]

    def verdict(self, values: Mapping[str, Number], previous: Mapping[str, Number] | None = None) -> Verdict:
        """*holds*, *broken* or *unknown* (some cell has no certain value)."""
        sides = self.sides(values, previous)
        if sides is None:
            return "unknown"
        return "holds" if _COMPARE[self.operator](*sides) else "broken"

    def sql(self, this: str = "this", previous: str = "previous") -> str:
        """The verdict as a portable SQL expression over wide tables with one column a cell.

        `this` and `previous` are the table names or aliases; columns carry the cell's address, quoted. The same
        CASE runs on SQLite, PostgreSQL, DuckDB and Spark; NULL means blank and gives 'unknown'.
        """

        def column_of(ref: Ref) -> str:
            return f'{previous if ref.last_year else this}."{ref.address}"'

        def side(refs: tuple[Ref, ...]) -> str:
            if not refs:
                return "0"
            return " ".join(f"{'+' if r.sign > 0 else '-'} {column_of(r)}" for r in refs).removeprefix("+ ")

        left, right = side(self.left), side(self.right)
        return (
            f"CASE WHEN ({left}) IS NULL OR ({right}) IS NULL THEN 'unknown' "
            f"WHEN ({left}) {self.operator} ({right}) THEN 'holds' ELSE 'broken' END"
        )

    def met(self, values: Mapping[str, Number], previous: Mapping[str, Number] | None = None) -> tuple[str, str]:
        """Both sides with their numbers, as “7 + 2” and “10”; zero terms of long sums are left out."""

        def side(refs: tuple[Ref, ...]) -> str:
            numbers = [
                (ref.sign, (previous or {}).get(ref.address) if ref.last_year else values.get(ref.address))
                for ref in refs
            ]
            shown = [(s, n) for s, n in numbers if n] if len(numbers) > 2 else numbers
            words = " ".join(f"{'+' if s > 0 else '−'} {'空' if n is None else n}" for s, n in shown)
            return words.removeprefix("+ ") or "0"

        return side(self.left), side(self.right)


@dataclass(frozen=True, slots=True)
class Identity:
    """A relation of the form: two expressions compared in each column, row, kind of dispute or single place."""

    id: str
    left: Expression
    right: Expression
    each: Each
    grade: Grade
    says: str
    operator: Operator = "="
    kind: FindingKind = "relation"
    citation: str | None = None
    only: tuple[str, ...] = ()
    """The columns (rows, kinds) it is for; empty means all."""

    def at(self, form: Form) -> tuple[Relation, ...]:
        """The relations of one form: one for each place whose cells the form has."""
        relations = []
        for place, address_of in self._places(form):
            refs = [
                tuple(Ref(address_of(t.key), t.sign, t.last_year) for t in side.terms)
                for side in (self.left, self.right)
            ]
            relations.append(
                Relation(
                    self.id,
                    refs[0],
                    refs[1],
                    self.operator,
                    self.grade,
                    self.kind,
                    self.says,
                    place,
                    self.citation,
                    self.id,
                    self.each,
                )
            )
        return tuple(relations)

    def _places(self, form: Form) -> list[tuple[str, Callable[[str], str]]]:
        if self.each == "column":
            return [
                (c.label, lambda key, c=c: f"applications.{key}.{c.key}")  # type: ignore[misc]
                for c in form.columns
                if not self.only or c.key in self.only
            ]
        if self.each == "row":
            labels = {r.key: r.label for r in (*all_rows(), *form.rows)}
            return [
                (labels[r], lambda key, r=r: f"applications.{r}.{key}")  # type: ignore[misc]
                for r in self.only or tuple(labels)
            ]
        if self.each == "kind":
            return [(k.label, lambda key, k=k: f"disputes.{k.key}.{key}") for k in form.kinds]  # type: ignore[misc]
        if self.each in ("document", "item"):
            rows = {r.key: r for block in form.blocks for r in block.rows}
            return [
                (rows[key].label, lambda k, key=key: f"proactive.{key}.{k}")  # type: ignore[misc]
                for key in self.only
                if key in rows
            ]
        return [("", lambda key: key)]


def names(addresses: tuple[str, ...]) -> str:
    """Cells as a person names them, joined with 、."""
    return "、".join(cell(a).label for a in addresses)

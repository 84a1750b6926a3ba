"""Invented reports: consistent by construction, of offices of every size, in both editions.

Nothing here is taken from a real report: the names are of no place, the sentences are ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from gongkai.annual.forms import form

Number = int | Decimal

COUNTIES = ("青禾县", "临沅县", "望岫区", "石杨县", "东陂市")
TOWNSHIPS = ("柳湾镇", "白杨乡", "双槐镇", "枫桥街道办事处", "河口镇")
DEPARTMENTS = ("财政局", "教育局", "自然资源局", "民政局", "农业农村局", "审计局", "司法局", "林业局")
SIZES = ("zero", "small", "office", "county")


@dataclass(frozen=True)
class Fault:
    """A true contradiction of a report: what kind, where in the form, what was printed and what it should be."""

    kind: str
    addresses: tuple[str, ...]
    says: str
    quote: str | None = None


@dataclass(frozen=True)
class Invented:
    """A report as its office meant to print it: each address has a number, or None where the form is left blank."""

    edition: str
    year: int
    organ: str
    size: str
    cells: dict[str, Number | None]
    chapters: dict[int, tuple[str, ...]] = field(default_factory=dict)
    preface: str = ""
    faults: tuple[Fault, ...] = ()
    units: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title line of the report."""
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"

    def with_cells(self, changed: dict[str, Number | None]) -> Invented:
        """The same report with some cells printed otherwise."""
        return replace(self, cells={**self.cells, **changed})


def _spread(rng: Random, whole: int, parts: int, focus: int = 3) -> list[int]:
    """`whole` thrown into `parts` places, most of it into `focus` of them."""
    result = [0] * parts
    if not whole:
        return result
    likely = [rng.randrange(parts) for _ in range(focus)]
    left = whole
    while left:
        step = min(left, rng.randint(1, max(1, whole // 4)))
        place = rng.choice(likely) if rng.random() < 0.8 else rng.randrange(parts)
        result[place] += step
        left -= step
    return result


def leaf_rows(edition: str) -> tuple[str, ...]:
    """The rows of table 三 whose sum is （七）总计."""
    return form(edition).row("concluded").sum_of


def person_columns(edition: str) -> tuple[str, ...]:
    """The six columns of table 三 whose sum is 总计."""
    return next(c.sum_of for c in form(edition).columns if c.key == "total")


def _received(rng: Random, size: str) -> list[int]:
    if size == "zero":
        return [0] * 6
    high = {"small": 9, "office": 120, "county": 4000}[size]
    people = rng.randint(1, high)
    firms = rng.choice((0, 0, rng.randint(0, max(1, high // 12))))
    others = [rng.choice((0, 0, 0, rng.randint(0, max(1, high // 40)))) for _ in range(4)]
    return [people, firms, *others]


def _applications(rng: Random, edition: str, size: str) -> dict[str, Number | None]:
    columns, leaves = person_columns(edition), leaf_rows(edition)
    values: dict[str, int] = {}
    received = _received(rng, size)
    for column, new in zip(columns, received, strict=True):
        old = rng.choice((0, 0, rng.randint(0, new // 8 + 1))) if size != "zero" else 0
        carried = rng.choice((0, 0, rng.randint(0, (new + old) // 8))) if new + old else 0
        values[f"received.{column}"], values[f"brought_forward.{column}"] = new, old
        values[f"carried_forward.{column}"] = carried
        concluded = new + old - carried
        values[f"concluded.{column}"] = concluded
        focus = 8 if size == "county" else 3
        for leaf, count in zip(leaves, _spread(rng, concluded, len(leaves), focus), strict=True):
            values[f"{leaf}.{column}"] = count
    for row in form(edition).rows:
        values[f"{row.key}.total"] = sum(values[f"{row.key}.{column}"] for column in columns)
    return {f"applications.{key}": value for key, value in values.items()}


def _disputes(rng: Random, edition: str, size: str) -> dict[str, Number | None]:
    high = {"zero": 0, "small": 1, "office": 6, "county": 180}[size]
    cells: dict[str, Number | None] = {}
    for kind in form(edition).kinds:
        parts = [rng.choice((0, rng.randint(0, high))) for _ in range(4)]
        for result, value in zip(form(edition).results, [*parts, sum(parts)], strict=True):
            cells[f"disputes.{kind.key}.{result.key}"] = value
    return cells


def _money(rng: Random, size: str) -> Number:
    if size == "zero" or rng.random() < 0.3:
        return 0
    whole = rng.randint(1, {"small": 90, "office": 3000, "county": 320000}[size])
    digits = rng.choice((0, 1, 2, 2, 4, 6))
    value = Decimal(whole) + Decimal(rng.randint(0, 10**digits - 1)).scaleb(-digits) if digits else Decimal(whole)
    return int(value) if value == value.to_integral_value() else value.normalize()


def _many(rng: Random, size: str) -> int:
    high = {"zero": 0, "small": 60, "office": 3000, "county": 700000}[size]
    return rng.choice((0, rng.randint(0, high), rng.randint(0, max(1, high // 50)) if high else 0))


def _proactive_2021(rng: Random, size: str) -> dict[str, Number | None]:
    cells: dict[str, Number | None] = {}
    for row, chance in (("government_rules", 0.1 if size == "county" else 0.0), ("normative_documents", 0.7)):
        some = size != "zero" and rng.random() < chance
        before, issued = (rng.randint(0, 90), rng.randint(0, 30)) if some else (0, 0)
        repealed = rng.randint(0, before) if some else 0
        cells[f"proactive.{row}.issued"], cells[f"proactive.{row}.repealed"] = issued, repealed
        cells[f"proactive.{row}.in_force"] = before + issued - repealed
    for row in ("licences", "penalties", "compulsory_measures"):
        cells[f"proactive.{row}.decisions"] = _many(rng, size)
    cells["proactive.charges.amount"] = _money(rng, size)
    return cells


def _proactive_2019(rng: Random, size: str) -> dict[str, Number | None]:
    cells: dict[str, Number | None] = {}
    for row in ("government_rules", "normative_documents"):
        made = rng.randint(0, 20) if size != "zero" and row == "normative_documents" else 0
        disclosed = rng.randint(0, made)
        total = disclosed + (rng.randint(0, 200) if made else 0)
        for column, value in (("made", made), ("disclosed", disclosed), ("disclosed_total", total)):
            cells[f"proactive.{row}.{column}"] = value
    for row in ("licences", "other_services", "penalties", "compulsory_measures", "charges"):
        previous = 0 if size == "zero" else rng.randint(0, 400)
        cells[f"proactive.{row}.previous"] = previous
        cells[f"proactive.{row}.change"] = rng.choice((0, 0, rng.randint(-previous, 60))) if size != "zero" else 0
        if row != "charges":
            cells[f"proactive.{row}.decisions"] = _many(rng, size)
    cells["proactive.procurement.projects"] = 0 if size == "zero" else rng.randint(0, 40)
    cells["proactive.procurement.amount"] = _money(rng, size)
    return cells


def _organ(rng: Random, size: str) -> str:
    county = rng.choice(COUNTIES)
    if size == "county":
        return f"{county}人民政府"
    if size == "zero" or rng.random() < 0.4:
        township = rng.choice(TOWNSHIPS)
        return f"{county}{township}" + ("" if township.endswith("办事处") else "人民政府")
    return f"{county}{rng.choice(DEPARTMENTS)}"


def invent(rng: Random, edition: str, *, faults: bool) -> Invented:
    """A realistic report of an edition; with `faults` one to three true contradictions stand in it."""
    from tests.mess.faults import spoil
    from tests.mess.words import write

    size = rng.choices(SIZES, weights=(2, 3, 3, 2))[0]
    year = rng.randint(2021, 2025) if edition == "2021" else rng.choice((2019, 2020))
    table2 = _proactive_2021(rng, size) if edition == "2021" else _proactive_2019(rng, size)
    cells = {**table2, **_applications(rng, edition, size), **_disputes(rng, edition, size)}
    ordered = {address: cells[address] for address in form(edition).addresses}
    report = write(rng, Invented(edition, year, _organ(rng, size), size, ordered))
    return spoil(rng, report) if faults else report

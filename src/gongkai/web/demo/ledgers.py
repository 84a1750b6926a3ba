"""Three years of ledgers of the demonstration, brought in as the tables that offices have. All invented.

The decisions of the two earlier years add up to the reports of `earlier`: table 二 of those is counted from these rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import MERGED, PAST, YEARS
from gongkai.web.demo.held import content
from gongkai.web.demo.houses import HOUSES, OFFICE, House
from gongkai.web.demo.reports import report_of
from gongkai.web.organs.models import County, Organ
from gongkai.web.registers.models import Line
from gongkai.web.registers.services.bringing import Look, Looked, take
from gongkai.web.registers.services.nothing import declare_nothing
from gongkai.web.registers.services.rows import checked, register_named

ONE_BY_ONE = 60
"""Up to so many decisions of a year are entered one by one, more as totals of the month."""
DECISIONS = {
    "licences": "proactive.licences.decisions",
    "penalties": "proactive.penalties.decisions",
    "compulsory_measures": "proactive.compulsory_measures.decisions",
    "charges": "proactive.charges.amount",
}
_SUBJECT = {"licences": ("matter", "许"), "penalties": ("offence", "罚"), "compulsory_measures": ("measure", "强")}
_APART = {("云岭县教育局", 2024): {"charges": Decimal("286.5")}}
"""What the records have otherwise than the file that was handed in."""
_GROWTH = Decimal("1.05")
_SHARES = (58, 27, 15)
_PEOPLE = ("陈大明", "赵小芳", "欧阳文", "孙立国", "周春生")
_PROGRESS = ("完成前期手续，确定施工单位。", "进场施工，完成投资三成。", "主体工程完成七成。", "全部完成，通过验收。")


@transaction.atomic
def load_ledgers(county: County, audit: Audit, year: int, last: date) -> None:
    """What the offices entered of a year up to a day; without those whose ledgers of this year are told elsewhere."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    brought = _Brought(audit, year)
    for place, house in enumerate(HOUSES):
        organ = organs.get(house.name)
        if organ is None or (house.past_only and year > YEARS[-1]):
            continue
        tables: dict[str, list[dict[str, str]]] = {}
        for register, row in content(house, year, last, place):
            tables.setdefault(register, []).append(row)
        for register, rows in tables.items():
            brought.take(organ, register, rows)
        for register, count in _told(house, year, last).items():
            by_month = dict(_decisions(house, register, year, last.month, count))
            brought.take(organ, register, [row for rows in by_month.values() for row in rows])
            brought.nothing(organ, register, [month for month, rows in by_month.items() if not rows])
        if house.documents:
            brought.documents(house, organ)
        if house is OFFICE:
            brought.progress(organ)
    if MERGED in organs and year in YEARS:
        for register in DECISIONS:
            declare_nothing(audit=audit, organ=organs[MERGED], register=register, every="year", day=date(year, 1, 1))


def load_ledgers_since(county: County, audit: Audit, today: date) -> None:
    """The ledgers of the years after the two earlier ones, up to the end of last month."""
    end = today.replace(day=1) - timedelta(days=1)
    for year in range(YEARS[-1] + 1, end.year + 1):
        load_ledgers(county, audit, year, min(end, date(year, 12, 31)))


class _Brought:
    """Tables of a year that are brought in, each as one act."""

    def __init__(self, audit: Audit, year: int) -> None:
        self.audit, self.year = audit, year

    def take(self, organ: Organ, register: str, rows: Sequence[Mapping[str, str]]) -> None:
        """A table with these rows."""
        if not rows:
            return
        of = register_named(register)
        lines = [Looked("", n, "new", checked(organ, of, row)) for n, row in enumerate(rows, start=2)]
        seal = hashlib.sha256(f"{organ.name}{register}{self.year}".encode()).hexdigest()
        take(audit=self.audit, organ=organ, register=register, found=Look(lines, [], (), seal))

    def nothing(self, organ: Organ, register: str, months: list[int]) -> None:
        """That there was nothing in these months."""
        for month in months:
            day = date(self.year, month, 1)
            declare_nothing(audit=self.audit, organ=organ, register=register, every="month", day=day)

    def documents(self, house: House, organ: Organ) -> None:
        """The normative documents that were made in a year, in the first year also all before; and one that ended."""
        past = {year: PAST[house.name, year].documents for year in YEARS}
        first, (issued, ended, there) = YEARS[0], past[YEARS[0]]
        old = there + ended - issued
        made = {year: past[year][0] for year in YEARS}
        until = old + sum(count for year, count in made.items() if year <= self.year)
        since = 0 if self.year == first else until - made.get(self.year, 0)
        days = [(n, date(2017 + n % 7, 2 + n % 9, 6 + n)) for n in range(old)]
        days += [(n, date(self.year, 4 + n % 5, 9 + n % 12)) for n in range(old, len(house.documents))]
        rows = [self._document(house, n, day) for n, day in days[since:until]]
        self.take(organ, "normative_documents", rows)
        gone = sum(past[year][1] for year in YEARS if year < self.year)
        for _ in range(past.get(self.year, (0, 0, 0))[1]):
            oldest = Line.objects.filter(organ=organ, register="normative_documents").order_by("on", "title")[gone]
            change = {
                "document": str(oldest.pk), "change": "repealed", "on": f"{self.year}-09-10",
                "basis": f"{house.word}发〔{self.year}〕{27 + gone}号", "batch": f"{self.year}年清理",
            }  # fmt: skip
            self.take(organ, "document_changes", [change])

    def _document(self, house: House, n: int, day: date) -> dict[str, str]:
        effective = day + timedelta(days=30)
        return {
            "name": house.documents[n], "document_number": f"{house.word}规〔{day.year}〕{1 + n % 4}号",
            "issued_on": str(day), "effective_on": str(effective), "public_on": str(day + timedelta(days=5)),
            "drafted_by": ("办公室", "政策法规股", "业务股室")[n % 3],
        }  # fmt: skip

    def progress(self, organ: Organ) -> None:
        """Each quarter how far the works of the year have come."""
        points = Line.objects.filter(organ=organ, register="work_points", on__year=self.year).order_by("title")
        rows = [
            {
                "point": str(point.pk), "on": str(date(self.year, quarter * 3, 20 + n)), "progress": words,
                "percent": str(min(100, (10, 35, 70, 100)[quarter - 1] + 3 * n)),
            }
            for n, point in enumerate(points)
            for quarter, words in enumerate(_PROGRESS, start=1)
        ]  # fmt: skip
        self.take(organ, "work_progress", rows)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _told(house: House, year: int, last: date) -> dict[str, Decimal]:
    """How many decisions there were by register: as the year's report says, later a little more each year."""
    if house.past_only and year > YEARS[0]:
        return {}
    known = min(year, YEARS[-1])
    told = {key: Decimal(report_of(PAST[house.name, known]).cells[cell].value) for key, cell in DECISIONS.items()}
    if year > known:
        part = _GROWTH ** (year - known) * last.month / 12
        told = {key: (n * part).quantize(Decimal("0.01" if key == "charges" else 1)) for key, n in told.items()}
    told |= _APART.get((house.name, year), {})
    return {key: n for key, n in told.items() if n and house.names(key)}


def _decisions(
    house: House, register: str, year: int, months: int, count: Decimal
) -> Iterator[tuple[int, list[dict[str, str]]]]:
    """The rows of each month."""
    rng, done = Random(f"{house.name}{register}{year}"), 0  # noqa: S311 - an invented county, the same each time
    for month, n in enumerate(_spread(int(count * 100) if register == "charges" else int(count), months, rng), start=1):
        if register == "charges" or count > ONE_BY_ONE:
            yield month, list(_totals(house, register, f"{year}-{month:02}", n))
        else:
            yield month, [_single(house, register, year, month, done + k + 1, rng) for k in range(n)]
            done += n


def _spread(count: int, parts: int, rng: Random) -> list[int]:
    """A number as a sum of so many parts that are not alike."""
    weights = [0.75 + rng.random() / 2 for _ in range(parts)]
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    marks = [round(count * mark / sums[-1]) for mark in sums]
    return [after - before for before, after in pairwise(marks)]


def _totals(house: House, register: str, month: str, n: int) -> Iterator[dict[str, str]]:
    names = house.names(register)
    shares = _SHARES[: len(names)]
    left = n
    for place, (name, share) in enumerate(zip(names, shares, strict=False)):
        part = left if place == len(shares) - 1 else n * share // sum(shares)
        left -= part
        said = {"entered_as": "total", "month": month}
        if register == "charges":
            yield {**said, "name": name, "amount": f"{Decimal(part) / 100:.2f}"}
        elif register == "penalties":
            yield {**said, "offence": name, "number": str(part)}
        else:
            yield {**said, _SUBJECT[register][0]: name, "number": str(part)}


def _single(house: House, register: str, year: int, month: int, number: int, rng: Random) -> dict[str, str]:
    natural = house.natural and rng.random() < 0.4
    field, sign = _SUBJECT[register]
    names = house.names(register)
    chosen = rng.randrange(len(names))
    row = {
        "entered_as": "single", "decided_on": str(date(year, month, 3 + rng.randrange(25))), field: names[chosen],
        "document_number": f"{house.word}{sign}〔{year}〕{number}号",
        "party_kind": "natural_person" if natural else "organisation",
        "party": rng.choice(_PEOPLE if natural else house.parties),
    }  # fmt: skip
    if register == "licences":
        row["outcome"] = "refused" if rng.random() < 0.08 else "granted"
    if register == "penalties":
        penalty = house.offences[chosen][1]
        row |= {"penalty": penalty} | ({"fine": f"{rng.randrange(2, 60) / 10:g}"} if "罚款" in penalty else {})
    return row

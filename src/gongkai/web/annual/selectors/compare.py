"""Two reports side by side: cells with their change and its base, and how alike the words are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual.forms import EDITIONS, form
from gongkai.annual.report import Number, Report
from gongkai.text.likeness import likeness
from gongkai.web.annual.selectors.reports import label_of

OTHER_ROWS = ("supplement_not_made", "fee_not_paid", "other")
TABLES = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class Side:
    """What one report says at a place: a value, or the word for why there is none."""

    value: Number | None
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell in both reports. `percent` is the change in percent of the left value, None without a base."""

    address: str
    label: str
    left: Side
    right: Side
    difference: Number | None
    percent: str
    summed: bool = False

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.left.words == self.right.words


@dataclass(frozen=True, slots=True)
class Chapter:
    """How alike the words of a chapter are."""

    number: int
    heading: str
    left_length: int
    right_length: int
    percent: int | None
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both reports compared."""

    tables: list[tuple[int, str, list[Pair]]]
    chapters: list[Chapter]
    changed: int
    total: int


def _side(report: Report, address: str, placed: dict[str, str]) -> Side:
    found = report.cells.get(address)
    if found is not None:
        return Side(found.value, _plain(found.value))
    if address in placed:
        return Side(None, placed[address])
    own = report.edition and address in form(report.edition).by_address
    return Side(None, "缺" if own else "该版无此格")


def _plain(value: Number) -> str:
    return str(value) if isinstance(value, int) else format(value, "f")


def _placed(report: Report) -> dict[str, str]:
    return dict.fromkeys(report.blank, "空白") | {u.address: "读不准" for u in report.unsure}


def _other_row(report: Report, column: str) -> Side | None:
    """（六）其他处理 as one number: its own row, else the sum of its three sub-rows, else nothing certain."""
    own = report.cells.get(f"applications.otherwise_closed.{column}")
    if own is not None:
        return Side(own.value, _plain(own.value))
    parts = [report.cells.get(f"applications.otherwise_closed.{row}.{column}") for row in OTHER_ROWS]
    if any(p is None for p in parts):
        return None
    total = sum((p.value for p in parts if p is not None), 0)
    return Side(total, _plain(total))


def _pair(address: str, label: str, left: Side, right: Side, summed: bool = False) -> Pair:
    difference, percent = None, ""
    if left.value is not None and right.value is not None:
        difference = right.value - left.value
        if left.value:
            share = Decimal(100) * Decimal(difference) / Decimal(left.value)
            percent = f"{share:+.1f}%"
    return Pair(address, label, left, right, difference, percent, summed)


def _addresses(left: Report, right: Report) -> list[str]:
    found: dict[str, None] = {}
    for report in (left, right):
        for address in report.addresses if report.edition else form(EDITIONS[-1]).addresses:
            found.setdefault(address)
    return list(found)


def compare(left: Report, right: Report) -> Comparison:
    """Compare; `left` is the earlier year and the base of every percentage."""
    placed = _placed(left), _placed(right)
    lists: dict[int, list[Pair]] = {2: [], 3: [], 4: []}
    uneven = left.edition != right.edition
    columns_done: set[str] = set()
    for address in _addresses(left, right):
        table = {"proactive": 2, "applications": 3, "disputes": 4}[address.split(".")[0]]
        if uneven and address.startswith("applications.otherwise_closed."):
            column = address.rsplit(".", 1)[1]
            if column not in columns_done:
                columns_done.add(column)
                sides = _other_row(left, column), _other_row(right, column)
                unknown = Side(None, "不能确定")
                label = f"（六）其他处理（合计）·{label_of(address).rsplit('·', 1)[-1]}"
                lists[3].append(_pair(address, label, sides[0] or unknown, sides[1] or unknown, summed=True))
            continue
        lists[table].append(
            _pair(address, label_of(address), _side(left, address, placed[0]), _side(right, address, placed[1]))
        )
    pairs = [p for each in lists.values() for p in each]
    return Comparison(
        tables=[(n, TABLES[n], lists[n]) for n in (2, 3, 4)],
        chapters=_chapters(left, right),
        changed=sum(not p.same for p in pairs),
        total=len(pairs),
    )


def _chapters(left: Report, right: Report) -> list[Chapter]:
    done = []
    headings = {s.number: s.heading for s in form(EDITIONS[-1]).sections}
    for number in (1, 5, 6):
        a = left.sections[number].text if number in left.sections else ""
        b = right.sections[number].text if number in right.sections else ""
        percent: int | None = None
        shared: tuple[str, ...] = ()
        if a.strip() and b.strip():
            percent, shared = _likeness(a, b)
        done.append(Chapter(number, headings[number], len(a.strip()), len(b.strip()), percent, shared))
    return done


def _likeness(left: str, right: str) -> tuple[int, tuple[str, ...]]:
    """Percent of the later words that stand in the earlier ones, and the longest passages they share."""
    found = likeness(right, left)
    shared = tuple(right[a:b] for a, b in found.stretches[:3] if b - a >= 20)
    return round(100 * found.share), shared

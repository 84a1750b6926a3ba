"""Where the facts of a year come from, table by table: of one organ with those merged into it, or of many together.

All of it as known now or at an earlier moment: what is read is append-only, or worked out as it stood then.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from gongkai.annual.narrative.facts import NEVER, Definition, Fact, Number, definitions
from gongkai.onrequest.applicants import CHANNELS
from gongkai.proactive.catalogue import INTERPRETATION_FORMS
from gongkai.proactive.registers import registers
from gongkai.web.narrative.suppliers import Opens, Told
from gongkai.web.onrequest.selectors import fees
from gongkai.web.onrequest.selectors.yearly import handled_in
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.selectors.yearly import published_in, reviewed_in
from gongkai.web.registers.models import Nothing, Version
from gongkai.web.registers.selectors.known import versions_of
from gongkai.web.registers.selectors.nothing import holding_by_register

_WITHHELD = ("withheld", "unavailable", "not_processed", "otherwise_closed")
_LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
_DATED = (
    "meetings", "proposals", "press_conferences", "gazettes", "rules_issued", "transfers", "work_meetings", "trainings",
    "notice_boards",
)  # fmt: skip
_STANDING = ("new_media", "service_areas", "places")
"""The registers whose rows of the year are counted, and those of which what stood on its last day."""
_CATALOGUE = "主动公开目录"
_CASES = "申请办理记录"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose year is asked for, and as known when. `page` is the organ whose records the pages show; None: of all."""

    county: uuid.UUID
    organs: tuple[uuid.UUID, ...]
    year: int
    known_at: datetime | None = None
    page: uuid.UUID | None = None

    @property
    def first(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    def query(self, *said: str) -> str:
        """What a page is asked: `said`, and the organ where it is one."""
        return "&".join((*said, f"organ={self.page}") if self.page else said)


@dataclass(frozen=True, slots=True)
class Figured:
    """A cell of the tables: its figure, None with why, and the table that it is from in words."""

    value: Number | None
    why: str = ""


def of(key: str) -> Definition:
    """The fact with a fixed name."""
    return definitions()[key]


# ── the catalogue ────────────────────────────────────────────────────────────────────────────────────────────────────


def published(asked: Asked) -> Iterator[Told]:
    """What became public, by kind, column, form and channel."""
    found = published_in(asked.county, asked.organs, asked.first, asked.last, asked.known_at)
    ledger = Opens("release-ledger", (), asked.query(f"since={asked.first}", f"until={asked.last}"))
    counted = {
        "published.total": found.total,
        "published.interpretations": found.kinds["interpretation"],
        "published.responses": found.kinds["response"] + found.kinds["clarification"],
        "published.consultations": found.kinds["consultation"],
    }
    for key, value in counted.items():
        yield Told(of(key).fact(value, _CATALOGUE), ledger)
    columns = column_names(asked.county, asked.known_at)
    often = Counter(columns.values())
    for key, name in columns.items():
        if NEVER.search(name):
            continue
        zh = name if often[name] == 1 else f"{name}（{key}）"  # a name is an address: no two columns share it
        yield Told(_part("published.column", key, "栏目", zh, found.columns[key], "条", "column"), ledger)
    for key, zh in INTERPRETATION_FORMS.items():
        part = _part("interpretations", key, "解读形式", zh, found.forms[key], "条", "interpretation_form")
        yield Told(part, ledger)
    yield Told(_part("channel", "portal", "渠道", "政府信息公开平台", found.total, "条", "channel"), ledger)


def _part(
    stem: str, key: str, head: str, zh: str, value: Number | None, unit: str, family: str, source: str = _CATALOGUE,
    why: str = "",
) -> Fact:  # fmt: skip
    """One of several that a sentence lists."""
    group = "onrequest" if source == _CASES else "proactive"
    name = f"{head}·{zh}".translate(str.maketrans("", "", "{}｛｝\n"))
    return Fact(f"{stem}.{key}", name, unit, group, value, source, why, family, zh)


def reviewed(asked: Asked) -> Iterator[Told]:
    """Entries that were reviewed, and looked at again."""
    found = reviewed_in(asked.organs, asked.first, asked.last, asked.known_at)
    opens = Opens("entries", (), asked.query())
    for key, value in (("passed", found.passed), ("returned", found.returned), ("again", found.again)):
        yield Told(of(f"reviews.{key}").fact(value, "公开审查记录"), opens)


# ── the registers ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a register in a year; none and nothing said of it is not known."""

    values: tuple[Mapping[str, str], ...]
    told: bool

    def count(self, **wanted: tuple[str, ...]) -> int | None:
        """The rows with one of these values."""
        if not self.told:
            return None
        return sum(all(row.get(key, "") in among for key, among in wanted.items()) for row in self.values)

    def sum(self, field: str) -> int | None:
        """A field of numbers added up."""
        return sum(int(Decimal(row.get(field) or 0)) for row in self.values) if self.told else None


def _dated(asked: Asked, rows: list[Version], said: Iterable[Nothing]) -> _Rows:
    """The rows that count by a day of the year."""
    none = any(each.first <= asked.last and each.last >= asked.first for each in said)
    return _Rows(tuple(row.values for row in rows), bool(rows) or none)


def _standing(asked: Asked, versions: list[Version], said: Iterable[Nothing]) -> _Rows:
    """What was there on the last day: begun by then and not closed."""
    last = asked.last
    until = min(last, timezone.localdate(asked.known_at))
    rows = [row.values for row in versions if row.on is None or row.on <= until]
    kept = [row for row in rows if not row.get("closed_on") or row["closed_on"] > last.isoformat()]
    return _Rows(tuple(kept), bool(rows) or any(said))


def _read(asked: Asked) -> dict[str, _Rows]:
    """The registers of which something is told, each kind of them read at once."""
    of_year = versions_of(asked.county, _DATED, asked.organs, asked.known_at, asked.first, asked.last)
    ever = versions_of(asked.county, _STANDING, asked.organs, asked.known_at)
    said = holding_by_register(asked.organs, asked.known_at)
    dated = {key: _dated(asked, rows, said.get(key, ())) for key, rows in of_year.items()}
    return dated | {key: _standing(asked, rows, said.get(key, ())) for key, rows in ever.items()}


def of_registers(asked: Asked) -> Iterator[Told]:
    """What stands in the registers."""

    def told(key: str, register: str, value: int | None) -> Told:
        zh = registers()[register].zh
        return Told(of(key).fact(value, f"台账“{zh}”", _untold(value, zh)), _ledger(asked, register))

    rows = _read(asked)
    opened = ("result", "invited", "live", "media")
    yield told("meetings.total", "meetings", rows["meetings"].count(opened=opened))
    yield from _meetings(asked, rows["meetings"], opened)
    yield told("proposals.total", "proposals", rows["proposals"].count(published=("full", "summary")))
    yield told("press.total", "press_conferences", rows["press_conferences"].count(role=("held",)))
    yield told("rules_issued.total", "rules_issued", rows["rules_issued"].count(act=("made", "amended")))
    for key in _STANDING:
        yield told(f"{key}.total", key, rows[key].count())
    yield told("gazettes.total", "gazettes", rows["gazettes"].count())
    yield told("transfers.total", "transfers", rows["transfers"].sum("pieces"))
    yield told("work_meetings.total", "work_meetings", rows["work_meetings"].count())
    yield told("trainings.total", "trainings", rows["trainings"].count())
    yield told("trainings.people", "trainings", rows["trainings"].sum("people"))
    for register, zh, value, unit in (
        ("gazettes", "政府公报刊登文件", rows["gazettes"].sum("documents"), "件"),
        ("notice_boards", "公告栏", rows["notice_boards"].count(), "条"),
    ):
        zh_of = registers()[register].zh
        part = _part("channel", register, "渠道", zh, value, unit, "channel", f"台账“{zh_of}”", _untold(value, zh_of))
        yield Told(part, _ledger(asked, register))


def _ledger(asked: Asked, register: str, *said: str) -> Opens:
    return Opens("ledger-list", (register,), asked.query(f"year={asked.year}", *said))


def _untold(value: Number | None, register: str) -> str:
    return "" if value is not None else f"台账“{register}”没有登记，也没有说明没有。"


def _meetings(asked: Asked, rows: _Rows, opened: tuple[str, ...]) -> Iterator[Told]:
    for key, zh in registers()["meetings"].field("meeting").choices.items():
        value, register = rows.count(meeting=(key,), opened=opened), registers()["meetings"].zh
        opens = _ledger(asked, "meetings", f"meeting={key}")
        source = f"台账“{register}”"
        part = _part("meetings", key, "会议", zh, value, "次", "meeting", source, _untold(value, register))
        yield Told(part, opens)


# ── the tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def tables(
    cells: Mapping[str, Figured], source: str, page: Callable[[tuple[str, ...]], Opens | None]
) -> Iterator[Told]:
    """The cells that have a name, and sums of rows that the form does not sum; `page` shows where they are from."""
    for key, named in definitions().items():
        parts = cells_of(key, cells)
        if not parts:
            continue
        values = [cells[address].value for address in parts]
        unknown = [cells[address] for address in parts if cells[address].value is None]
        value = None if unknown else _whole(sum((Decimal(v) for v in values if v is not None), Decimal(0)))
        table = {"proactive": "表二", "applications": "表三", "disputes": "表四"}[key.partition(".")[0]]
        why = unknown[0].why or "表中是空白。" if unknown else ""
        yield Told(named.fact(value, f"{source}{table}", why), page(parts))


def cells_of(key: str, cells: Mapping[str, Figured]) -> tuple[str, ...]:
    """The cells whose sum a fact is; none for a fact that is no cell."""
    head, _, rest = key.partition(".")
    if key in cells:
        return (key,)
    if head == "applications" and rest in _WITHHELD:
        stem = f"{key}."
        return tuple(a for a in cells if a.startswith(stem) and a.endswith(".total"))
    if head == "disputes" and rest.startswith("litigation."):
        column = rest.partition(".")[2]
        return tuple(f"disputes.{kind}.{column}" for kind in _LITIGATION)
    return ()


def _whole(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


# ── the cases ────────────────────────────────────────────────────────────────────────────────────────────────────────


def handled(asked: Asked, received: Figured) -> Iterator[Told]:
    """Channels, answers in time and fees; unknown where table 三 knows nothing of applications (`received`) either."""
    known = received.value is not None
    why = "" if known else received.why or "没有登记申请。"
    found = handled_in(asked.county, asked.organs, asked.first, asked.last, asked.known_at)
    opens = Opens("figures", (), asked.query(f"year={asked.year}"))
    whole = found.channels.total() == received.value  # else the sentence would not add up
    for channel, rule in CHANNELS.items():
        family, value = "application_channel" if whole else "", found.channels[channel.value] if known else None
        part = _part("channels", channel.value, "申请渠道", rule.zh, value, "件", family, _CASES, why)
        yield Told(part, opens)
    yield Told(of("applications.with_due_day").fact(found.due if known else None, _CASES, why), opens)
    yield Told(of("applications.on_time").fact(found.kept if known else None, _CASES, why), opens)
    yield from _fees(asked, why)


def _fees(asked: Asked, why: str) -> Iterator[Told]:
    told = fees.told_in(asked.county, asked.organs, asked.year, asked.known_at)
    values: tuple[tuple[str, Number], ...] = (
        ("notices", told.notices), ("amount", _whole(told.amount)), ("paid", _whole(told.paid)),
    )  # fmt: skip
    for key, value in values:
        opens = Opens("fees", (), f"year={asked.year}")
        yield Told(of(f"fees.{key}").fact(None if why else value, "收费登记", why), opens)

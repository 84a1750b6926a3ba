"""The facts of an organ's year, gathered from where they are kept, each with the page that shows where it is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongkai.annual.compiling import Compiled
from gongkai.annual.narrative.facts import NEVER, Definition, Fact, Number, definitions, named
from gongkai.onrequest.applicants import CHANNELS
from gongkai.proactive.catalogue import INTERPRETATION_FORMS
from gongkai.proactive.registers import registers
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.memo import once_a_page
from gongkai.web.narrative.suppliers import Opens, Told, supplied
from gongkai.web.onrequest.selectors import fees
from gongkai.web.onrequest.selectors.figures import figures, span_of
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.entries import column_names
from gongkai.web.proactive.selectors.yearly import published_in, reviewed_in
from gongkai.web.registers.selectors.known import state_at, versions_known
from gongkai.web.registers.selectors.nothing import holding

_WITHHELD = ("withheld", "unavailable", "not_processed", "otherwise_closed")
_LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
_CATALOGUE = "主动公开目录"
_CASES = "申请办理记录"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of a year. `by_name` finds a fact by what a slot calls it."""

    told: tuple[Told, ...]
    by_name: Mapping[str, Fact]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts alone."""
        return tuple(each.fact for each in self.told)

    def opens(self, key: str) -> Opens | None:
        """The page behind a fact."""
        return next((each.opens for each in self.told if each.fact.key == key), None)


@once_a_page
def gathered(organ: Organ, year: int) -> Gathered:
    """Every fact of an organ's year as it is known now. KeyError for a year that has no form."""
    found: dict[str, Told] = {}
    names: dict[str, str] = {}
    for told in _all(organ, year):
        found[told.fact.key] = _alone(told, names)
    return Gathered(tuple(found.values()), named(told.fact for told in found.values()))


def _alone(told: Told, names: dict[str, str]) -> Told:
    """A fact under a name that no other fact has: what a slot calls must be one."""
    fact = told.fact
    if names.setdefault(fact.zh, fact.key) == fact.key:
        return told
    return replace(told, fact=replace(fact, zh=f"{fact.zh}（{fact.key}）"))


def _all(organ: Organ, year: int) -> Iterator[Told]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    figured = compiled(organ, year)
    yield Told(_of("year").fact(year, "报告年度"))
    yield from _published(organ, first, last)
    yield from _of_registers(organ, first, last)
    yield from _tables(organ, year, figured)
    yield from _handled(organ, year, figured)
    yield from _reviewed(organ, first, last)
    yield from supplied(organ, year)


def _of(key: str) -> Definition:
    return definitions()[key]


# ── the catalogue ────────────────────────────────────────────────────────────────────────────────────────────────────


def _published(organ: Organ, first: date, last: date) -> Iterator[Told]:
    found = published_in(organ, first, last)
    ledger = Opens("release-ledger", (), f"since={first}&until={last}&organ={organ.pk}")
    counted = {
        "published.total": found.total,
        "published.interpretations": found.kinds["interpretation"],
        "published.responses": found.kinds["response"] + found.kinds["clarification"],
        "published.consultations": found.kinds["consultation"],
    }
    for key, value in counted.items():
        yield Told(_of(key).fact(value, _CATALOGUE), ledger)
    columns = column_names(organ.county)
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


def _reviewed(organ: Organ, first: date, last: date) -> Iterator[Told]:
    found = reviewed_in(organ, first, last)
    opens = Opens("entries", (), f"organ={organ.pk}")
    for key, value in (("passed", found.passed), ("returned", found.returned), ("again", found.again)):
        yield Told(_of(f"reviews.{key}").fact(value, "公开审查记录"), opens)


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


def _rows(organ: Organ, register: str, first: date, last: date) -> _Rows:
    rows = versions_known(organ.county, register, (organ.pk,), None, first, last)
    none = any(each.first <= last and each.last >= first for each in holding(organ.pk, register))
    return _Rows(tuple(row.values for row in rows), bool(rows) or none)


def _standing(organ: Organ, register: str, last: date) -> _Rows:
    """What was there on the last day: begun by then and not closed."""
    rows = [row.values for row in state_at(organ.county, register, organ.pk, min(last, timezone.localdate()))]
    kept = [row for row in rows if not row.get("closed_on") or row["closed_on"] > last.isoformat()]
    return _Rows(tuple(kept), bool(rows) or bool(holding(organ.pk, register)))


def _of_registers(organ: Organ, first: date, last: date) -> Iterator[Told]:
    def told(key: str, register: str, value: int | None) -> Told:
        zh = registers()[register].zh
        opens = Opens("ledger-list", (register,), f"year={first.year}&organ={organ.pk}")
        return Told(_of(key).fact(value, f"台账“{zh}”", _untold(value, zh)), opens)

    rows = {
        key: _rows(organ, key, first, last)
        for key in ("meetings", "proposals", "press_conferences", "gazettes", "rules_issued", "transfers",
                    "work_meetings", "trainings", "notice_boards")
    }  # fmt: skip
    opened = ("result", "invited", "live", "media")
    yield told("meetings.total", "meetings", rows["meetings"].count(opened=opened))
    yield from _meetings(organ, rows["meetings"], first.year, opened)
    yield told("proposals.total", "proposals", rows["proposals"].count(published=("full", "summary")))
    yield told("press.total", "press_conferences", rows["press_conferences"].count(role=("held",)))
    yield told("rules_issued.total", "rules_issued", rows["rules_issued"].count(act=("made", "amended")))
    for key in ("new_media", "service_areas", "places"):
        yield told(f"{key}.total", key, _standing(organ, key, last).count())
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
        yield Told(part, Opens("ledger-list", (register,), f"year={first.year}&organ={organ.pk}"))


def _untold(value: Number | None, register: str) -> str:
    return "" if value is not None else f"台账“{register}”没有登记，也没有说明没有。"


def _meetings(organ: Organ, rows: _Rows, year: int, opened: tuple[str, ...]) -> Iterator[Told]:
    for key, zh in registers()["meetings"].field("meeting").choices.items():
        value, register = rows.count(meeting=(key,), opened=opened), registers()["meetings"].zh
        opens = Opens("ledger-list", ("meetings",), f"year={year}&organ={organ.pk}&meeting={key}")
        source = f"台账“{register}”"
        part = _part("meetings", key, "会议", zh, value, "次", "meeting", source, _untold(value, register))
        yield Told(part, opens)


# ── the tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _tables(organ: Organ, year: int, figured: Compiled) -> Iterator[Told]:
    """The cells that have a name, and sums of rows that the form does not sum."""
    for key, of in definitions().items():
        parts = _cells(key, figured)
        if not parts:
            continue
        values = [figured.figures[address].value for address in parts]
        unknown = [figured.figures[address] for address in parts if figured.figures[address].value is None]
        value = None if unknown else _whole(sum((Decimal(v) for v in values if v is not None), Decimal(0)))
        table = {"proactive": "表二", "applications": "表三", "disputes": "表四"}[key.partition(".")[0]]
        opens = _cell_page(organ, year, parts)
        yield Told(of.fact(value, f"本报告{table}", unknown[0].why or "表中是空白。" if unknown else ""), opens)


def _cells(key: str, figured: Compiled) -> tuple[str, ...]:
    """The cells whose sum a fact is; none for a fact that is no cell."""
    head, _, rest = key.partition(".")
    if key in figured.figures:
        return (key,)
    if head == "applications" and rest in _WITHHELD:
        stem = f"{key}."
        return tuple(a for a in figured.figures if a.startswith(stem) and a.endswith(".total"))
    if head == "disputes" and rest.startswith("litigation."):
        column = rest.partition(".")[2]
        return tuple(f"disputes.{kind}.{column}" for kind in _LITIGATION)
    return ()


def _whole(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


def _cell_page(organ: Organ, year: int, parts: tuple[str, ...]) -> Opens:
    return (
        Opens("year-cell", (str(organ.pk), str(year), parts[0]))
        if len(parts) == 1
        else Opens("year-report", (str(organ.pk), str(year)))
    )


# ── the cases ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _handled(organ: Organ, year: int, figured: Compiled) -> Iterator[Told]:
    """Channels, answers in time and fees; unknown where table 三 knows nothing of the organ's applications either."""
    known = figured.figures["applications.received.total"].value is not None
    why = "" if known else figured.figures["applications.received.total"].why or "没有登记申请。"
    found = figures(organ.county, (organ.pk,), span_of(year, ""), timezone.localdate())
    opens = Opens("figures", (), f"year={year}&organ={organ.pk}")
    keys = {rule.zh: channel.value for channel, rule in CHANNELS.items()}
    received = figured.figures["applications.received.total"].value
    whole = sum(share.n for share in found.channels) == received  # else the sentence would not add up
    for share in found.channels:
        family, value = "application_channel" if whole else "", share.n if known else None
        part = _part("channels", keys[share.words], "申请渠道", share.words, value, "件", family, _CASES, why)
        yield Told(part, opens)
    yield Told(_of("applications.with_due_day").fact(found.on_time.of if known else None, _CASES, why), opens)
    yield Told(_of("applications.on_time").fact(found.on_time.n if known else None, _CASES, why), opens)
    yield from _fees(organ, year, why)


def _fees(organ: Organ, year: int, why: str) -> Iterator[Told]:
    lines = fees.notices(organ.county, (organ.pk,), timezone.localdate(), year=year)
    of = fees.figures(lines)
    values: Iterable[tuple[str, Any]] = (("notices", of.notices), ("amount", of.amount), ("paid", of.paid))
    for key, value in values:
        given = None if why else value if isinstance(value, int) else _whole(value)
        yield Told(_of(f"fees.{key}").fact(given, "收费登记", why), Opens("fees", (), f"year={year}"))

"""What one organ adds to the county's table of a year: from its records, or from the file that it handed in."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils import timezone

from gongkai.annual.forms import cell, form
from gongkai.annual.reconcile import reconcile
from gongkai.annual.relations import has_one_row_other
from gongkai.annual.report import COUNTY, OWN, Number, Report
from gongkai.annual.rollup import Member, Reporter, Shared, SharedKind, State, same_number
from gongkai.web.collection.models import Choice
from gongkai.web.collection.selectors.days import days_of
from gongkai.web.collection.selectors.handed import Handed, handed
from gongkai.web.compilation.selectors.covered import name_of
from gongkai.web.compilation.selectors.working import Year, worked
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.selectors.assembled import report_of
from gongkai.web.memo import page_memory
from gongkai.web.onrequest.models import Dispute
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import as_known
from gongkai.web.registers.selectors.documents import NORMATIVE, RULES, held

From = Literal["records", "file", ""]
FROM: dict[From, str] = {"records": "系统内的登记", "file": "交来的文件", "": "没有数据"}
GOVERNMENT = "county_government"
UNCLEAR = "没有写明是本机关的还是全县汇总的，没有计入。请打开这份报告，指定统计范围。"
"""What is said, of a file of a government, where nobody said which of its two reports it is."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Told:
    """An organ's figures for a year with where they are from. `file` is the submission that it handed in, if any.

    `version` says what was counted: a fingerprint of the figures with the records behind each, or of the file.
    """

    name: str
    source: From = ""
    cells: Mapping[str, Number] = field(default_factory=dict)
    blank: Mapping[str, str] = field(default_factory=dict)
    shared: tuple[Shared, ...] = ()
    states: tuple[State, ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""
    way: str = "usual"
    version: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "name": self.name,
            "source": self.source,
            "cells": {a: v if isinstance(v, int) else str(v) for a, v in self.cells.items()},
            "blank": dict(self.blank),
            "shared": [[s.kind, s.number, s.address, s.title, s.leads, s.amount, s.record] for s in self.shared],
            "states": [state.value for state in self.states],
            "notes": list(self.notes),
            "file": self.file,
            "way": self.way,
            "version": self.version,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Told:
        """The inverse of `to_json`."""
        return cls(
            data["name"],
            data["source"],
            {a: v if isinstance(v, int) else Decimal(v) for a, v in data["cells"].items()},
            data["blank"],
            tuple(Shared(*each) for each in data["shared"]),
            tuple(State(each) for each in data["states"]),
            tuple(data["notes"]),
            data["file"],
            data["way"],
            data["version"],
        )

    def reporter(self, key: uuid.UUID) -> Reporter:
        """As the county adds it up."""
        member = Member(str(key), self.name, self.cells, self.blank, self.shared, self.source or "records")
        return Reporter(str(key), self.name, (member,), self.states, self.notes)


def chosen(organ: Organ, year: int, known_at: datetime | None = None) -> Choice | None:
    """What a person decided about an organ and year, the newest word; None where nobody did or it was taken back."""
    rows = Choice.objects.filter(organ=organ, year=year)
    rows = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    found = rows.order_by("-id").first()
    return None if found is None or found.way == "usual" else found


def last_day(organ: Organ, year: int, known_at: datetime | None = None) -> date | None:
    """The day until which an organ's report for a year is to be there: the county's own, else that of the law."""
    return days_of(organ.county, year, known_at).of(as_known(organ, known_at).form).first


def told_of(organ: Organ, year: int, known_at: datetime | None = None) -> Told:
    """What an organ adds, reckoned from the facts. KeyError for a year without a form.

    It has a memory of its own: in that of a page the records of sixty organs would stay.
    """
    with page_memory():
        of = worked(organ, year, known_at)
        file = handed(organ, year, known_at)
        choice = chosen(organ, year, known_at)
        name = name_of(organ, year, known_at)
        told = _told(of, file, choice, known_at)
        return replace(told, name=name, way=choice.way if choice else "usual")


def _told(of: Year, file: Handed | None, choice: Choice | None, known_at: datetime | None) -> Told:
    notes = list(of.compiled.notes)
    way = choice.way if choice else "usual"
    key = str(file.submission) if file else ""
    if choice:
        notes.append(f"人工指定：{choice.get_way_display()}。理由：{choice.reason}")
    if way == "out":
        return Told("", states=(State.MISSING,), notes=tuple(notes), file=key, way=way)
    if way == "file" or (way == "usual" and not keeps(of) and file is not None):
        return _from_file(of, file, notes, known_at)
    if not keeps(of):
        return Told("", states=(State.MISSING,), notes=tuple(notes), file=key)
    cells = {a: f.value for a, f in of.compiled.figures.items() if f.value is not None}
    blank = {a: f.why for a, f in of.compiled.figures.items() if f.value is None}
    report = of.compiled.report()
    states = _conflicts(report, notes)
    if file is not None and file.report is not None and file.scope == OWN:
        states += _beside(cells, file.report, "交来的文件", notes)
    states += _frozen(of, cells, known_at, notes)
    if of.compiled.left_out:
        notes.append(f"有{len(of.compiled.left_out)}件登记没有能够计入，见该机关的年报数据。")
    states = tuple(dict.fromkeys((*states, *_blank(blank))))
    version = report.source.sha256
    return Told("", "records", cells, blank, _shared(of, known_at), states, tuple(notes), key, version=version)


def keeps(of: Year) -> bool:
    """Whether an organ's year is told here: any figure but the nought of those who make no rules."""
    return any(
        figure.value is not None and (figure.records or not address.startswith(f"proactive.{RULES}."))
        for address, figure in of.compiled.figures.items()
    )


def _blank(blank: Mapping[str, str]) -> tuple[State, ...]:
    return (State.BLANK,) if blank else ()


def _conflicts(report: Report, notes: list[str]) -> tuple[State, ...]:
    found = [each.message for each in reconcile(report)[0] if each.grade == "conflict"]
    if not found:
        return ()
    notes += found[:_SHOWN]
    if len(found) > _SHOWN:
        notes.append(f"另有{len(found) - _SHOWN}处不一致。")
    return (State.CONFLICT,)


def _beside(cells: Mapping[str, Number], report: Report, what: str, notes: list[str]) -> tuple[State, ...]:
    other = {a: c.value for a, c in report.cells.items() if a in cells and c.value != cells[a]}
    if not other:
        return ()
    said = [f"{cell(a).label}：登记{_shown(cells[a])}，{what}{_shown(v)}" for a, v in list(other.items())[:_SHOWN]]
    notes.append(f"系统内的登记与{what}有{len(other)}格不同（{'；'.join(said)}），按登记计入。")
    return (State.DIFFERS,)


def _frozen(of: Year, cells: Mapping[str, Number], known_at: datetime | None, notes: list[str]) -> tuple[State, ...]:
    """Whether the report that the organ signed and froze says otherwise by now, or came late."""
    rows = Frozen.objects.filter(organ=of.organ, year=of.year, scope=OWN)
    rows = rows if known_at is None else rows.filter(recorded_at__lte=known_at)
    told = rows.order_by("version").values_list("recorded_at", flat=True).first()
    kept = rows.order_by("-version").values_list("draft__report", flat=True).first()
    if told is None or kept is None:
        return ()
    states = _beside(cells, report_of(kept), "已定稿的报告", notes)
    limit, day = last_day(of.organ, of.year, known_at), timezone.localdate(told)
    if limit is not None and day > limit:
        notes.append(f"{day:%Y-%m-%d}定稿，期限是{limit:%Y-%m-%d}。")
        return (*states, State.LATE)
    return states


def _shown(value: Number) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _from_file(of: Year, file: Handed | None, notes: list[str], known_at: datetime | None) -> Told:
    if file is None:
        notes.append("指定按交来的文件计入，但还没有收到文件。")
        return Told("", states=(State.MISSING,), notes=tuple(notes))
    key = str(file.submission)
    if file.report is None:
        notes.append(f"“{file.name}”：{file.says}")
        return Told("", states=(State.UNREADABLE,), notes=tuple(notes), file=key)
    report, addresses = file.report, form(of.compiled.edition).by_address
    if not file.scope:
        notes.append(f"“{file.name}”{UNCLEAR}")
        return Told("", states=(State.MISSING,), notes=tuple(notes), file=key)
    if file.scope == COUNTY:
        then = as_known(of.organ, known_at)
        if then.form == GOVERNMENT or then.competent:
            notes.append(f"“{file.name}”是汇总的报告，不是本机关自己的，没有计入。")
            return Told("", states=(State.MISSING,), notes=tuple(notes), file=key)
        notes.append(f"“{file.name}”写明是汇总口径。所属单位另行填报的，会重复计算，请核对。")
    cells = {a: c.value for a, c in report.cells.items() if a in addresses}
    unsure = {u.address: f"文件中这一格读不准（{u.text or '空'}）" for u in report.unsure if u.address in addresses}
    nothing = (
        "交来的文件没有这一格" if report.edition == of.compiled.edition else "交来的文件用的是另一版表，没有这一格"
    )
    blank = {
        a: unsure.get(a) or ("文件中这一格是空白" if a in report.blank else nothing)
        for a in addresses
        if a not in cells
    }
    states: list[State] = []
    if not cells:
        states.append(State.MISSING)
        notes.append(f"“{file.name}”里没有读出年度报告的数据。")
    limit = last_day(of.organ, of.year, known_at)
    if limit is not None and file.first_on > limit:
        states.append(State.LATE)
        notes.append(f"{file.first_on:%Y-%m-%d}收到，期限是{limit:%Y-%m-%d}。")
    states += _conflicts(report, notes)
    notes += _in_one_row(report, of.compiled.edition)
    if unsure:
        states.append(State.UNSURE)
    every = (*states, *_blank(blank))
    return Told("", "file" if cells else "", cells, blank, (), every, tuple(notes), key, version=_of_file(file, cells))


def _in_one_row(report: Report, edition: str) -> list[str]:
    """What is said of a file whose 其他处理 is one row where the edition has three: the county's rows lack its number."""
    if edition == "2019" or not has_one_row_other(report):
        return []
    total = report.value("applications.otherwise_closed.total")
    if total == 0:
        return []
    many = f"（总计{_shown(total)}件）" if total is not None else ""
    return [
        f"交来的文件“（六）其他处理”只有一行{many}，没有分成现行格式的三行：计入了办理结果的总计，没有计入这三行，"
        "全县的表因此对不上。请该机关按三行重新报送。"
    ]


def _of_file(file: Handed, cells: Mapping[str, Number]) -> str:
    """What was counted of a file: its own hash, with what people corrected in its figures."""
    told = hashlib.sha256(repr(sorted((a, str(v)) for a, v in cells.items())).encode()).hexdigest()
    return f"{file.sha256}:{told[:16]}"


# ── what others may have too ─────────────────────────────────────────────────────────────────────────────────────────


def _shared(of: Year, known_at: datetime | None) -> tuple[Shared, ...]:
    return (*_disputes(of, known_at), *_documents(of, known_at))


def _disputes(of: Year, known_at: datetime | None) -> tuple[Shared, ...]:
    """The lawsuits and reconsiderations by their case number, in the cells where they stand; sums among them."""
    keys = of.told.dispute_keys
    rows = {
        row.pk: row
        for row in Dispute.objects.filter(pk__in=list(keys.values())).only("case_number", "co_defendant", "organ_id")
    }
    forms = {organ.pk: as_known(organ, known_at).form for organ in of.covered.organs}
    found = []
    for number, key in keys.items():
        row = rows[key]
        if not row.case_number:
            continue
        leads = False if forms.get(row.organ_id) == GOVERNMENT else True if row.co_defendant else None
        found += [
            Shared("dispute", row.case_number, address, "", leads, record=number)
            for address in of.where.get(number, ())
            if address.startswith("disputes.")
        ]
    return tuple(found)


def _documents(of: Year, known_at: datetime | None) -> tuple[Shared, ...]:
    """The documents by their number, in the cells where they stand; those that an organ has twice count as often."""
    kind: SharedKind = "document"
    words = {organ.pk: as_known(organ, known_at).word for organ in of.covered.organs}
    found = []
    for register in (RULES, NORMATIVE):
        prefix = f"proactive.{register}."
        cells = {a: behind for a, behind in of.sources.items() if a.startswith(prefix) and behind}
        if not cells:
            continue
        numbers = {
            each.key: (each.number, each.title, words[each.organ])
            for each in held(of.organ.county, tuple(words), register, known_at)
            if each.number
        }
        for address in cells:
            for key in of.compiled.figures[address].records:
                if key in numbers:
                    number, title, word = numbers[key]
                    leads = bool(word) and same_number(number).startswith(same_number(word))
                    found.append(Shared(kind, number, address, title, leads or None, record=key))
    return tuple(found)

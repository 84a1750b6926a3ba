"""A kept report as a page shows it, and the sheet on which it is signed."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from gongkai.annual.forms import cell
from gongkai.annual.report import Report
from gongkai.documents.approval import report_sheet
from gongkai.documents.sheets import Sheet
from gongkai.documents.values import Filled, filled, form_of
from gongkai.web.annual.selectors.formtable import form_tables
from gongkai.web.annual.selectors.published import Chapter, chapters_of
from gongkai.web.compilation.selectors.figures import Member, compiled, members
from gongkai.web.issuing.models import Draft
from gongkai.web.issuing.packing import unpack
from gongkai.web.issuing.selectors.assembled import report_of, title_of
from gongkai.web.memo import page_memory
from gongkai.web.organs.models import Organ
from gongkai.web.people.selectors import names_of

PAGES = {"application": "case", "dispute": "dispute", "row": "ledger-row", "item": "entry", "file": "report"}
"""The page of a record, by its kind."""
KINDS = {
    "application": "申请", "dispute": "复议诉讼", "row": "台账", "item": "目录条目", "organ": "机关的登记", "file": "交来的文件",
}  # fmt: skip
WHOLE = ("organ", "file")
"""Of these a whole table stands behind the county's, not a record."""
NAMED = ("application", "dispute", *WHOLE)
"""The kinds that a page calls by their number or name."""
MAIN = (
    ("新收申请", "applications.received.total"),
    ("上年结转", "applications.brought_forward.total"),
    ("本年办结", "applications.concluded.total"),
    ("结转下年", "applications.carried_forward.total"),
    ("行政复议", "disputes.reconsideration.total"),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure in a table of the page: its address and what it says."""

    address: str
    text: str

    @property
    def label(self) -> str:
        """What the form calls it."""
        return cell(self.address).label


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as a page shows it."""

    title: str
    preface: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.split("\n") if line.strip())


def paper(data: bytes) -> Paper:
    """The pages of a kept report."""
    report: Report = report_of(data)
    said = filled(report)
    of = form_of(report)
    cells = {a: Seen(a, said.get(a, Filled()).text) for a in of.addresses}
    chapters = chapters_of(report, form_tables(report, cells), _lines)
    return Paper(report.title or "", _lines(report.preface.text) if report.preface else (), chapters)


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a figure of a kept report."""

    kind: str
    number: str
    page: str


def behind(draft: Draft, address: str) -> list[Behind] | None:
    """The records behind a cell as they were kept; None for a cell that the report has not."""
    found = unpack(draft.members)
    if address not in found:
        return None
    return [_behind(kind, key, number) for kind, key, _, number in found[address]]


def page_of(kind: str, key: str) -> str:
    """The page of a record; empty where it has none of its own."""
    try:
        uuid.UUID(key)
        return reverse(PAGES[kind], args=[key])
    except (ValueError, KeyError, NoReverseMatch):
        return ""


def name_of(kind: str, number: str) -> str:
    """What a page calls a record."""
    return number if kind in NAMED else KINDS.get(kind, kind)


def _behind(kind: str, key: str, number: str) -> Behind:
    return Behind(KINDS.get(kind, kind), name_of(kind, number), page_of(kind, key))


@dataclass(frozen=True, slots=True)
class Part:
    """What an organ has in a cell of the county's report, and how much of it counts with another.

    `organ` is whose records they are, `page` the page of the file that it handed in; one of them is empty.
    """

    name: str
    kind: str
    value: str
    once: int
    version: str
    organ: str
    page: str


def parts_of(draft: Draft, address: str) -> list[Part]:
    """The organs behind a cell of the county's report, each with what it had there when that was kept."""
    found = json.loads(bytes(draft.figures))["cells"].get(address, {})
    had, once = found.get("organs", {}), found.get("once", {})
    return [
        Part(
            name,
            KINDS.get(kind, kind),
            had.get(name, ""),
            once.get(name, 0),
            version,
            key if kind == "organ" else "",
            page_of(kind, key),
        )
        for kind, key, version, name in unpack(draft.members).get(address, ())
    ]


@dataclass(frozen=True, slots=True)
class Opened:
    """The records of one organ behind a cell of the county's report, as they were known when it was kept.

    `same`: they are what was counted then, as its fingerprint says.
    """

    name: str
    records: tuple[Member, ...]
    same: bool


def opened(draft: Draft, address: str, organ: Organ) -> Opened | None:
    """One organ's records behind a cell, compiled as known at the draft's moment; None where it is not in the cell."""
    rows = unpack(draft.members).get(address, ())
    row = next((each for each in rows if each[:2] == ("organ", str(organ.pk))), None)
    if row is None:
        return None
    with page_memory():
        version = compiled(organ, draft.year, draft.known_at).digest
        return Opened(row[3], tuple(members(organ, draft.year, address, draft.known_at)), version == row[2])


def figures_of(data: bytes) -> list[tuple[str, str]]:
    """The main figures of a report with their words; blank ones say so."""
    report = report_of(data)
    return [(words, _shown(report, address)) for words, address in MAIN]


def _shown(report: Report, address: str) -> str:
    found = report.cells.get(address)
    return found.text if found else "空白"


def sheet_of(draft: Draft, printed_on: date) -> Sheet:
    """The sheet on which a draft is signed on paper, named by its hash."""
    grades = [each["grade"] for each in draft.findings]
    reasons = {each["fingerprint"]: each["reason"] for each in draft.answers}
    answered = tuple(
        f"{_short(each['message'])}　答复：{reasons[each['fingerprint']]}"
        for each in draft.findings
        if each["grade"] == "doubt" and each["fingerprint"] in reasons
    )
    name = f"第{draft.number}稿 {draft.seal[:16]}"
    checked = f"不一致{grades.count('conflict')}处，存疑{grades.count('doubt')}处，均已答复"
    told = "；".join(
        f"{words}{text}件" if text != "空白" else f"{words}空白" for words, text in figures_of(bytes(draft.report))
    )
    return report_sheet(
        draft.organ.name,
        title=title_of(draft.organ.name, draft.year, draft.scope),
        draft=name,
        figures=told + "。",
        checked=checked + "。",
        answers=answered,
        reason=draft.reason,
        handler=names_of([draft.by]).get(draft.by, ""),
        handed_on=timezone.localtime(draft.recorded_at).date(),
        known_at=timezone.localtime(draft.known_at).strftime("%Y-%m-%d %H:%M:%S"),
        printed_on=printed_on,
        code=name,
    )


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"

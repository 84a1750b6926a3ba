"""One report as its page shows it: the form, its verdicts, the findings with what people decided."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gongkai.annual.findings import GRADES, KINDS
from gongkai.annual.forms import cell as form_cell
from gongkai.annual.report import Report
from gongkai.web.annual.models import CellCorrection, Checking, JudgementOfFinding, Reading, Submission
from gongkai.web.annual.selectors.readings import Read, newest_reading, previous_of, read_of
from gongkai.web.annual.services.checking import checked
from gongkai.web.people.selectors import names_of

Mark = Literal["conflict", "doubt", "unsure", "absent", "blank", "person", "arithmetic", "proved", "quiet"]
MARKS: dict[Mark, tuple[str, str]] = {
    "conflict": ("≠", "不一致"),
    "doubt": ("？", "存疑"),
    "unsure": ("读不准", "读不准，没有采用"),
    "absent": ("缺", "原文没有这一格"),
    "blank": ("空", "原文空白"),
    "person": ("改", "人工更正"),
    "arithmetic": ("推", "由勾稽关系推定"),
    "proved": ("", "勾稽关系成立"),
    "quiet": ("", "没有可核对的勾稽关系"),
}
"""The sign printed beside a value and the words for it; colour comes on top, never alone."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a finding."""

    verdict: str
    words: str
    reason: str
    by: str
    on: date
    other_rule: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the list shows it."""

    fingerprint: str
    id: str
    grade: str
    grade_words: str
    kind_words: str
    message: str
    cells: tuple[str, ...]
    quote: str
    at: dict[str, Any]
    where: str
    met: str
    expected: str
    citation: str
    advice: str
    judgement: Judgement | None = None
    history: tuple[Judgement, ...] = ()

    @property
    def dismissed(self) -> bool:
        """Whether a person dismissed it."""
        return self.judgement is not None and self.judgement.verdict == "dismissed"

    @property
    def chars(self) -> str:
        """Its characters in the flow text as `120-121`; empty where unknown."""
        chars = self.at.get("chars")
        return f"{chars[0]}-{chars[1]}" if chars else ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the form as the page shows it."""

    address: str
    label: str
    shown: str
    mark: Mark
    at: dict[str, Any]
    where: str
    says: tuple[str, ...]
    relations: tuple[dict[str, Any], ...]
    note: str = ""
    original: str = ""
    correction: CellCorrection | None = None
    corrected_by: str = ""
    findings: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """The sign beside the value."""
        return MARKS[self.mark][0]

    @property
    def mark_words(self) -> str:
        """The words of the mark."""
        return MARKS[self.mark][1]

    @property
    def chars(self) -> str:
        """Its characters in the flow text as `120-121`; empty where unknown."""
        chars = self.at.get("chars")
        return f"{chars[0]}-{chars[1]}" if chars else ""


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the report page shows."""

    submission: Submission
    reading: Reading
    read: Read
    report: Report
    checking: Checking
    findings: list[FindingView]
    cells: dict[str, CellView]
    previous: Submission | None
    stale: list[Judgement] = field(default_factory=list)

    @property
    def open_findings(self) -> list[FindingView]:
        """Findings that nobody dismissed."""
        return [f for f in self.findings if not f.dismissed]


def _judgements(submission: Submission) -> dict[str, list[JudgementOfFinding]]:
    found: dict[str, list[JudgementOfFinding]] = {}
    for row in JudgementOfFinding.objects.filter(submission=submission).order_by("id"):
        found.setdefault(row.fingerprint, []).append(row)
    return found


def _judgement(row: JudgementOfFinding, names: dict[uuid.UUID, str], version: str) -> Judgement:
    words = dict(JudgementOfFinding.VERDICTS)[row.verdict]
    return Judgement(
        row.verdict, words, row.reason, names.get(row.by, "（未知）"), row.judged_on, row.rule_version != version
    )


def label_of(address: str) -> str:
    """A cell as a person names it; the address itself when no edition has it."""
    try:
        return form_cell(address).label
    except KeyError:
        return address


def _finding(data: dict[str, Any], rows: list[JudgementOfFinding], names: dict[uuid.UUID, str]) -> FindingView:
    history = tuple(_judgement(r, names, data["rule_version"]) for r in rows)
    newest = history[-1] if history and history[-1].verdict != "withdrawn" else None
    return FindingView(
        fingerprint=data["fingerprint"],
        id=data["id"],
        grade=data["grade"],
        grade_words=GRADES.get(data["grade"], data["grade"]),
        kind_words=KINDS.get(data["kind"], data["kind"]),
        message=data["message"],
        cells=tuple(data["cells"]),
        quote=data["quote"] or "",
        at=data["at"] or {},
        where=data["where"],
        met=data["met"],
        expected=data["expected"],
        citation=data["citation"] or "",
        advice=data["advice"],
        judgement=newest,
        history=history,
    )


def findings_of(submission: Submission, checking: Checking) -> list[FindingView]:
    """The findings of a check with what people decided about each; the dismissed ones stand last."""
    judgements = _judgements(submission)
    names = names_of(r.by for rows in judgements.values() for r in rows)
    found = [_finding(f, judgements.get(f["fingerprint"], []), names) for f in checking.findings]
    return sorted(found, key=lambda f: f.dismissed)


def report_view(submission: Submission) -> ReportView | None:
    """The report page's data; None while nothing was read or the file is unreadable."""
    reading = newest_reading(submission)
    checking = checked(submission)
    if reading is None or checking is None:
        return None
    read = read_of(submission, reading)
    report = read.report
    assert report is not None
    findings = findings_of(submission, checking)
    return ReportView(
        submission=submission,
        reading=reading,
        read=read,
        report=report,
        checking=checking,
        findings=findings,
        cells=_cells(read, report, checking, findings),
        previous=previous_of(submission),
    )


def _cells(read: Read, report: Report, checking: Checking, findings: list[FindingView]) -> dict[str, CellView]:
    by_cell: dict[str, list[FindingView]] = {}
    for finding in findings:
        if not finding.dismissed:
            for address in finding.cells:
                by_cell.setdefault(address, []).append(finding)
    relations: dict[str, list[dict[str, Any]]] = {}
    for relation in checking.relations:
        for address in relation.get("cells", ()):
            relations.setdefault(address, []).append(relation)
    notes: dict[str, str] = {}
    for note in report.notes:
        notes[note.address] = notes.get(note.address, "") + note.text
    names = names_of(c.by for c in read.corrections.values())
    unsure = {u.address: u for u in report.unsure}
    blank = set(report.blank)
    done = {}
    for address in report.addresses:
        own, mine = by_cell.get(address, []), relations.get(address, [])
        correction = read.corrections.get(address)
        found = report.cells.get(address)
        refused = unsure.get(address)
        at = found.at if found else refused.at if refused else None
        says = found.says if found else (refused.why, *(f"可能是：{x}" for x in refused.could_be)) if refused else ()
        done[address] = CellView(
            address=address,
            label=label_of(address),
            shown=_shown(found.value) if found else "",
            mark=_mark(address, report, own, mine, unsure, blank),
            at=at.to_json() if at else {},
            where=found.where if found else refused.where if refused else "",
            says=tuple(s for s in says if s),
            relations=tuple(mine),
            note=notes.get(address, ""),
            original=correction.original if correction else refused.text if refused else found.text if found else "",
            correction=correction,
            corrected_by=names.get(correction.by, "") if correction else "",
            findings=tuple(f.fingerprint for f in own),
        )
    return done


def _shown(value: object) -> str:
    return str(value) if isinstance(value, int) else format(value, "f")


def _mark(
    address: str,
    report: Report,
    findings: list[FindingView],
    relations: list[dict[str, Any]],
    unsure: dict[str, Any],
    blank: set[str],
) -> Mark:
    grades = {f.grade for f in findings}
    if "conflict" in grades:
        return "conflict"
    if address in unsure:
        return "unsure"
    if "doubt" in grades:
        return "doubt"
    found = report.cells.get(address)
    if found is None:
        return "blank" if address in blank else "absent"
    if found.proof == "person":
        return "person"
    if found.proof == "arithmetic":
        return "arithmetic"
    return "proved" if any(r.get("verdict") == "holds" for r in relations) else "quiet"

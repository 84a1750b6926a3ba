"""The checker: relations, words, frame, names and last year's report, each finding once, the gravest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.annual import labels, legal, names, presence, previous, reconcile, structure, wording, years
from gongkai.annual.findings import Finding, in_order
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule
from gongkai.annual.words import RULES as WORD_RULES
from gongkai.annual.words import check_words

RULES_VERSION = "2"
"""Rises when any rule decides otherwise; desks check again what was checked under an older one."""

_CHECKERS: tuple[Callable[[Report], list[Finding]], ...] = (
    structure.check_chapters,
    structure.check_edition,
    structure.check_document_number,
    structure.check_numbering,
    structure.check_headings,
    labels.check_labels,
    labels.check_other_row,
    labels.check_units,
    presence.check_blank,
    presence.check_fee,
    presence.check_last_chapter,
    presence.check_improvement,
    names.check_places,
    wording.check_residue,
    wording.check_repeats,
    wording.check_ordinals,
    wording.check_lost_numbers,
    years.check_years,
    years.check_period,
    years.check_dates,
    legal.check_law,
    legal.check_rules,
    check_words,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with what a careful reader would ask about it."""

    report: Report
    findings: tuple[Finding, ...]
    verdicts: dict[str, int]
    relations: tuple[reconcile.Judged, ...]

    @property
    def conflicts(self) -> int:
        """How many findings cannot both be true."""
        return sum(f.grade == "conflict" for f in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The object of `gongkai check --json`."""
        return {
            **self.report.to_json(),
            "verdicts": self.verdicts,
            "findings": [f.to_json() for f in self.findings],
        }


def check(report: Report, previous_report: Report | None = None) -> Checked:
    """Everything the rules say about a report; with last year's also what does not follow from it."""
    follows = previous_report is not None and not previous.not_comparable(report, previous_report)
    findings, judged = reconcile.reconcile(report, previous_report if follows else None)
    for checker in _CHECKERS:
        findings.extend(checker(report))
    if previous_report is not None:
        findings.extend(previous.check_previous(report, previous_report))
    counts = Counter(j.verdict for j in judged)
    return Checked(
        report, tuple(in_order(_once(findings))), {v: counts[v] for v in ("holds", "broken", "unknown")}, tuple(judged)
    )


def _once(findings: list[Finding]) -> list[Finding]:
    return list({f.fingerprint: f for f in reversed(findings)}.values())[::-1]


def all_rules() -> dict[str, Rule]:
    """Every rule by its id, for the manual and the desk."""
    modules = (structure, labels, presence, names, wording, years, legal, previous)
    rules = (*reconcile.rules(), *(r for module in modules for r in module.RULES), *WORD_RULES)
    return {rule.id: rule for rule in rules}

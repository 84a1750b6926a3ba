"""What the checker compares, rule by rule: a registry that the documentation and the desk are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from gongkai.annual.findings import Finding, Grade, Kind
from gongkai.annual.report import At


class Told(TypedDict, total=False):
    """What a finding tells beside its message; left out, `grade` and `advice` are the rule's own."""

    grade: Grade
    cells: tuple[str, ...]
    met: str
    expected: str
    advice: str


class Shown(Told, total=False):
    """The same with the words it speaks of, where these are known."""

    quote: str | None
    at: At
    where: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One comparison. `says` is one Chinese sentence; `grade` the gravest the rule gives; `citation` only settled law.

    `version` rises when the rule decides otherwise, so that a person's judgement can be shown with what it judged.
    """

    id: str
    kind: Kind
    grade: Grade
    says: str
    citation: str | None = None
    version: str = "1"
    advice: str = ""

    def finding(self, message: str, **shown: Unpack[Shown]) -> Finding:
        """A finding of this rule; id, kind, citation and version are the rule's."""
        told: Shown = {"grade": self.grade, "advice": self.advice, **shown}
        return Finding(self.id, self.kind, message=message, citation=self.citation, rule_version=self.version, **told)

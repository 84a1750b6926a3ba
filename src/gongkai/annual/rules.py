"""What the checker compares, rule by rule: a registry that the documentation and the desk are made from."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.findings import Grade, Kind


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

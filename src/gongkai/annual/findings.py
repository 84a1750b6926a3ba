"""Findings: what a careful reader would ask about a report. A finding is data, never an exception."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongkai.annual.report import NOWHERE, At

Grade = Literal["conflict", "doubt", "note"]
Kind = Literal[
    "relation",
    "narrative_vs_table",
    "narrative_sum",
    "percent",
    "same_quantity",
    "copy_paste",
    "missing_section",
    "missing_cell",
    "unit",
    "structure",
    "wording",
    "legal",
    "previous_year",
    "deadline",
]
GRADES: dict[Grade, str] = {"conflict": "不一致", "doubt": "存疑", "note": "提示"}
KINDS: dict[Kind, str] = {
    "relation": "勾稽关系",
    "narrative_vs_table": "文字与表格",
    "narrative_sum": "文字中的合计",
    "percent": "百分比",
    "same_quantity": "同一数量两个值",
    "copy_paste": "疑似沿用他文",
    "missing_section": "缺少章节",
    "missing_cell": "缺少数据",
    "unit": "计量单位",
    "structure": "结构与格式",
    "wording": "用语",
    "legal": "与规定不符",
    "previous_year": "与上年衔接",
    "deadline": "期限",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, said once: what was met, what was expected, the provision, what to do.

    `id` is the rule (`T3-BALANCE`); `rule_version` rises when the rule decides otherwise; `quote` is verbatim.
    """

    id: str
    kind: Kind
    grade: Grade
    message: str
    cells: tuple[str, ...] = ()
    quote: str | None = None
    at: At = NOWHERE
    where: str = ""
    met: str = ""
    expected: str = ""
    citation: str | None = None
    advice: str = ""
    rule_version: str = "1"

    @property
    def fingerprint(self) -> str:
        """Stable over re-runs of any version: the rule, the cells and the words it speaks of, not their place."""
        words = "".join((self.quote or "").split())
        key = "\x1f".join((self.id, *sorted(self.cells), words, "" if (self.cells or words) else self.met))
        return hashlib.sha256(key.encode()).hexdigest()[:20]

    def to_json(self) -> dict[str, Any]:
        """The object of `findings` in `gongkai check --json`."""
        return {
            "id": self.id,
            "fingerprint": self.fingerprint,
            "rule_version": self.rule_version,
            "kind": self.kind,
            "grade": self.grade,
            "cells": list(self.cells),
            "quote": self.quote,
            "at": self.at.to_json(),
            "where": self.where,
            "met": self.met,
            "expected": self.expected,
            "message": self.message,
            "citation": self.citation,
            "advice": self.advice,
        }


_ORDER = {"conflict": 0, "doubt": 1, "note": 2}


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Conflicts first, then doubts, then notes; within a grade as they stand in the document."""
    return sorted(findings, key=lambda f: (_ORDER[f.grade], f.at.chars or (1 << 60, 0), f.id, f.cells))

"""Judging one reading against the truth of a messed sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual.report import Report
from tests.mess.sheet import Truth


@dataclass
class Verdict:
    """How one reading stands: wrong values, cells owed and missed, cells owed and read."""

    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    read: int = 0
    owed: int = 0


def judge(truth: dict[str, Truth], report: Report) -> Verdict:
    """Compare a report with the truth: `must` has to be read, `may` has to be right if read, `none` not to be read."""
    verdict = Verdict()
    for address, owed in truth.items():
        met = report.cells.get(address)
        right = met is not None and owed.duty != "none" and Decimal(str(met.value)) == Decimal(str(owed.value))
        if met is not None and not right:
            expected = "nothing" if owed.duty == "none" else str(owed.value)
            verdict.wrong.append(f"{address}: met {met.value} ({met.text!r}, {met.proof}), expected {expected}")
        if right and met is not None and owed.unit and met.unit != owed.unit:
            verdict.wrong.append(f"{address}: met unit {met.unit}, expected {owed.unit}")
        if owed.duty == "must":
            verdict.owed += 1
            if right:
                verdict.read += 1
            elif met is None:
                verdict.missed.append(address)
    return verdict

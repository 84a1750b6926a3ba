"""Of what a report is: an organ's own year, or the sum of its county; and who supplies the figures of each.

The county's sum is reckoned above this app, which names nobody there: whoever can reckon the figures of a scope has them
offered here when it is ready. Everything after the figures is the same for all: words, check, signature, freezing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.annual.report import SCOPES, Report
from gongkai.web.facts import Refused
from gongkai.web.issuing.packing import Members
from gongkai.web.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a report before its words.

    `report` has the tables without any record; `kept` is the object that is kept with a draft; `beside` says of a cell
    why it is blank or what is to be known; `asked` are findings beside the checker's; `opening` stands before the
    preface and states the scope where that is not the organ's own.
    """

    report: Report
    kept: Mapping[str, Any]
    members: Members
    beside: Mapping[str, str]
    asked: tuple[dict[str, Any], ...] = ()
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who knows the figures of a scope. `why_not` says why an organ does not report in it; empty when it does.

    `carries`: whether what is frozen hands on to the organ's own next year what it carried forward.
    """

    figures: Callable[[Organ, int, datetime | None], Figures]
    why_not: Callable[[Organ, int], str]
    carries: bool = False


_SUPPLIERS: dict[str, Supplier] = {}


def supply(scope: str, supplier: Supplier) -> None:
    """Have the figures of a scope from `supplier`."""
    _SUPPLIERS[scope] = supplier


def supplier_of(scope: str) -> Supplier:
    """Who knows the figures of a scope. Refused for a scope of which nobody does."""
    found = _SUPPLIERS.get(scope)
    if found is None:
        raise Refused("请选择统计范围：本机关或者全县汇总。")
    return found


def scopes_of(organ: Organ, year: int) -> list[str]:
    """The scopes in which an organ reports, its own first."""
    return [each for each in SCOPES if each in _SUPPLIERS and not _SUPPLIERS[each].why_not(organ, year)]

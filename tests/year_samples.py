"""The samples' tables as what an office would have had to register: applications, and what they must add up to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongkai.annual.forms import Form, form
from gongkai.annual.tally import rows_fed
from tests.corpus_score import CORPUS

ABOUT_003 = {"received": 7, "disclosed": 6, "concluded": 6, "carried_forward": 1}
"""What is used of 003, whose printed table does not balance: all of natural persons."""


@dataclass(frozen=True)
class Application:
    """An application as a ledger tells it."""

    number: str
    column: str
    received: date
    decision: str = ""
    delivered: date | None = None


def gold(name: str) -> tuple[dict[str, Any], Form]:
    """The cells that a sample is known to have, those of 003 as they should have been, and its form."""
    told = json.loads(next(CORPUS.glob(f"{name}_*.gold.json")).read_text("utf-8"))
    of = form(told["edition"])
    cells = {**(told.get("optional") or {}), **told["cells"]}
    if name == "003":
        for address in cells:
            if address.startswith("applications."):
                row, column = address.removeprefix("applications.").rsplit(".", 1)
                cells[address] = ABOUT_003.get(row, 0) if column in ("natural_person", "total") else 0
    return cells, of


def applications(cells: dict[str, Any], of: Form, year: int) -> list[Application]:
    """Applications that must yield these cells; what a cut table does not tell was told not to be held."""
    fed = rows_fed(of.edition)
    rows = [row.key for row in of.rows if row.key in fed]
    found = []
    for column in (c.key for c in of.columns if not c.sum_of):

        def at(row: str, column: str = column) -> int:
            return int(cells.get(f"applications.{row}.{column}", 0))

        before, came = at("brought_forward"), at("received")
        ends = [fed[row][0] for row in rows for _ in range(at(row))]
        left = before + came - len(ends) - at("carried_forward")
        ends += [fed["unavailable.not_held"][0]] * left
        for n in range(before + came):
            received = date(year - 1, 12, 20) if n < before else date(year, 3, 1) + timedelta(n)
            code = ends[n] if n < len(ends) else ""
            on = date(year, 5, 1) + timedelta(n) if code else None
            found.append(Application(f"{column}-{n + 1}", column, received, code, on))
    return found


def number(value: Any) -> Decimal:
    """A gold value exactly."""
    return Decimal(str(value))

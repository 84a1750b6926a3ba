"""The compiled figures of an organ's year and the records behind each, as known now or at an earlier moment.

The same moment gives the same figures whenever it is asked: all that is read is append-only.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gongkai.annual.compiling import Compiled, plain
from gongkai.annual.placing import Placed, place_case, place_dispute
from gongkai.calendar import in_chinese
from gongkai.web.compilation.selectors.working import Record, Year, worked
from gongkai.web.onrequest.selectors.tallied import subjects
from gongkai.web.organs.models import Organ

URLS = {"application": "case", "dispute": "dispute", "row": "ledger-row", "item": "entry"}
"""The page of a record, by its kind."""
DOCUMENTS = ("government_rules", "normative_documents")
"""The rows of table 二 that count documents by their lives, not by one day."""
KINDS = {"application": "申请", "dispute": "复议诉讼", "row": "台账", "item": "目录条目"}


@dataclass(frozen=True, slots=True)
class Member:
    """A record behind a figure; `why` in a sentence. `key` is empty where the record has no page of its own."""

    kind: str
    key: str
    version: str
    number: str
    title: str
    url_name: str
    why: str
    adds: Decimal | int = 1


def compiled(organ: Organ, year: int, known_at: datetime | None = None) -> Compiled:
    """The figures of an organ's report for a year, as they were known at a moment (now). KeyError for no form."""
    return worked(organ, year, known_at).compiled


def membership(organ: Organ, year: int, known_at: datetime | None = None) -> dict[str, list[tuple[str, str, str]]]:
    """Kind, key and version of every record of every cell: what a frozen report keeps."""
    return worked(organ, year, known_at).membership()


def members(organ: Organ, year: int, address: str, known_at: datetime | None = None) -> list[Member]:
    """The records behind a cell, as many as its figure says. KeyError for a cell that the edition has not."""
    of = worked(organ, year, known_at)
    found = of.members(address)
    titles = subjects([uuid.UUID(each.key) for each in found if each.kind == "application" and each.key])
    return [_member(of, address, each, titles.get(each.key, each.title)) for each in found]


def _member(of: Year, address: str, record: Record, title: str) -> Member:
    if record.kind == "dispute":
        title = of.disputes[record.number].received_on.strftime("%Y-%m-%d") + "收到"
    return Member(
        record.kind,
        record.key,
        record.version,
        record.number if record.kind in ("application", "dispute") else "",
        title,
        URLS[record.kind] if record.key else "",
        _why(of, address, record),
        plain(record.adds),
    )


def _why(of: Year, address: str, record: Record) -> str:
    if record.kind not in ("row", "item"):
        return "".join(placed_in(of, record.kind, record.number).why)
    on = of.sources[address][record.number].on
    day = in_chinese(on) if on else ""
    if address.rpartition(".")[0].endswith(DOCUMENTS):
        return day and f"{day}成文。"
    return f"{day}，计{plain(record.adds)}。" if day else f"计{plain(record.adds)}。"


def placed_in(of: Year, kind: str, number: str) -> Placed:
    """Where a record stands in a year that was worked out, and why not elsewhere. KeyError for a number not known."""
    if of.tally is None:
        return Placed(number, (), (), (), of.compiled.notes)
    if kind == "dispute":
        return place_dispute(of.tally, of.disputes[number], of.where)
    if number not in of.cases and number not in of.papers:
        raise KeyError(number)
    return place_case(of.tally, number, of.cases, of.policy, of.carried, of.where)

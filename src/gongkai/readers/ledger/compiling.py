"""Table 三 of a year from an office's own ledger alone, without a database: each figure with the rows behind it.

What the ledger does not tell stays blank. A row that was left out for a doubt, or that does not say who applied, is
named with what is to be done; it is counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from gongkai.annual.compiling import TO_DO, Compiled, Figure, LeftOut, Material, compile_year
from gongkai.annual.forms import edition_for, form
from gongkai.annual.tally import Case, tally
from gongkai.law.citations import OUR_RULE
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.readers.ledger.values import Doubt, Ledger, LedgerRow, to_events

ONLY_APPLICATIONS = "台账只记依申请公开，没有这一格的登记。"
NO_YEAR = "台账中没有{}年及以前收到的申请，不能当作0件。"
NO_DELIVERY_COLUMN = "台账没有“送达日期”一列，以答复日期作为送达日期；不是同一天的，请补上这一列再导入。"
UNDELIVERED = "有{}件写了答复日期而没有送达日期，按没有办结计：{}。"
_NAMED = 5


def without_delivery(rows: Iterable[LedgerRow], meanings: Iterable[str]) -> tuple[list[LedgerRow], tuple[str, ...]]:
    """Rows of a ledger that keeps no day of delivery: the day of the answer stands for it, and that is said.

    A ledger that has the column and leaves it empty says that the answer was not delivered.
    """
    rows = list(rows)
    if "delivered_on" in set(meanings) or not any(row.replied_on for row in rows):
        return rows, ()
    return [replace(row, delivered_on=row.replied_on) for row in rows], (NO_DELIVERY_COLUMN,)


def name_of(row: LedgerRow) -> str:
    """What a row is called: its number, else where it stands."""
    return row.number or _place(row.sheet, row.line)


def _place(sheet: str, line: int) -> str:
    return f"{sheet}第{line}行"


def compile_ledger(ledger: Ledger, organ: str, year: int, *, kind: str = "") -> Compiled:
    """The figures of an organ's year. `kind` is what a person decided for rows that do not say who applied.

    KeyError for a year without a form.
    """
    edition = edition_for(year)
    if edition is None:
        raise KeyError(f"没有{year}年度的年度报告格式（{OUR_RULE}）。")
    rows, remarks = without_delivery(ledger.rows, (column.meaning for column in ledger.columns))
    rows, elsewhere = _of_organ(rows, organ)
    kindless = [row for row in rows if not (row.applicant_kind or kind)]
    left_out = [*_doubtful(ledger.doubts), *(_kindless(row) for row in kindless)]
    cases = [_case(row, organ, kind) for row in rows if row.applicant_kind or kind]
    remarks = (*ledger.remarks, *remarks, *elsewhere, *_undelivered(rows))
    known = any(row.received_on <= date(year, 12, 31) for row in rows)
    unknown = {4: ONLY_APPLICATIONS} | ({} if known else {3: NO_YEAR.format(year)})
    two = {c.address: Figure(c.address, None, why=ONLY_APPLICATIONS) for c in form(edition).cells if c.table == 2}
    material = Material(tally(cases, organ, year), two, unknown=unknown)
    return compile_year(material, organ, year, edition, scope="own_body", left_out=left_out, notes=remarks)


def _case(row: LedgerRow, organ: str, kind: str) -> Case:
    return Case(name_of(row), organ, ApplicantKind(row.applicant_kind or kind), to_events(row))


def _of_organ(rows: list[LedgerRow], organ: str) -> tuple[list[LedgerRow], tuple[str, ...]]:
    """The rows of one organ, when the ledger has several; a column of sections within the organ tells nothing."""
    own = [row for row in rows if "".join(row.organ.split()) == organ]
    if not own:
        return rows, ()
    out = len(rows) - len(own)
    return own, (f"台账中另有{out}件属于其他单位或者没有写明单位，没有计入。",) if out else ()


def _kindless(row: LedgerRow) -> LeftOut:
    return LeftOut(name_of(row), "台账没有写申请人类型，未计入。", TO_DO["no_kind"])


def _doubtful(doubts: Iterable[Doubt]) -> list[LeftOut]:
    places: dict[str, list[str]] = {}
    for doubt in doubts:
        places.setdefault(_place(doubt.sheet, doubt.line), []).append(doubt.message)
    return [LeftOut(place, "".join(said), TO_DO["doubtful"]) for place, said in places.items()]


def _undelivered(rows: Iterable[LedgerRow]) -> tuple[str, ...]:
    found = [name_of(row) for row in rows if row.replied_on and not row.delivered_on]
    if not found:
        return ()
    more = f"等{len(found)}件" if len(found) > _NAMED else ""
    return (UNDELIVERED.format(len(found), "、".join(found[:_NAMED]) + more),)

"""The relations of the yearly report: sums derived from the form, and the few the form or practice says in words.

Grades: what the form prints and exact sums are *conflict*; stock and carry-over between years are *doubt*, since
mergers, expiry and recounts break them rightly.
"""

from __future__ import annotations

from functools import cache

from gongkai.annual.forms import Form, form
from gongkai.annual.identities import NOTHING, Identity, Relation, column, last_year, result, row, total_of
from gongkai.annual.report import Report

_OTHER = "otherwise_closed"

BALANCE_SAYS = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"


def _sums(of: Form, *, one_row_other: bool) -> tuple[Identity, ...]:
    """What the form sums: said once in its TOML, written nowhere else."""
    identities = []
    for c in of.columns:
        if c.sum_of:
            identities.append(
                Identity(
                    "T3-ROW",
                    total_of(c.sum_of),
                    column(c.key),
                    "row",
                    "conflict",
                    "各类申请人之和等于总计",
                    citation=f"{of.document_number}附表三",
                    only=tuple(r.key for r in rows_of(of, one_row_other=one_row_other)),
                )
            )
    for r in of.rows:
        if r.sum_of:
            leaves = tuple(dict.fromkeys(_OTHER if one_row_other and k.startswith(_OTHER) else k for k in r.sum_of))
            identities.append(
                Identity(
                    "T3-SUM",
                    total_of(leaves),
                    row(r.key),
                    "column",
                    "conflict",
                    "办理结果各项之和等于（七）总计",
                    citation=f"{of.document_number}附表三",
                )
            )
    for c in of.results:
        if c.sum_of:
            identities.append(
                Identity(
                    "T4-SUM",
                    total_of(c.sum_of),
                    result(c.key),
                    "kind",
                    "conflict",
                    "维持、纠正、其他、尚未审结之和等于总计",
                    citation=f"{of.document_number}附表四",
                )
            )
    return tuple(identities)


def rows_of(of: Form, *, one_row_other: bool = False) -> tuple:  # type: ignore[type-arg]
    """The rows of table 三; with `one_row_other` the three sub-rows of 其他处理 are one, as in the 2019 form."""
    if not one_row_other or of.edition == "2019":
        return of.rows
    kept = [r for r in of.rows if not r.key.startswith(_OTHER)]
    single = form("2019").row(_OTHER)
    where = next(i for i, r in enumerate(kept) if r.key == "concluded")
    return (*kept[:where], single, *kept[where:])


def _balance(of: Form) -> Identity:
    return Identity(
        "T3-BALANCE",
        row("received") + row("brought_forward"),
        row("concluded") + row("carried_forward"),
        "column",
        "conflict",
        BALANCE_SAYS,
        citation=f"{of.document_number}附表三（表内注明）",
    )


_DOCUMENTS = ("government_rules", "normative_documents")
_ITEMS = ("licences", "other_services", "penalties", "compulsory_measures", "charges")

_STOCK_2021 = (
    Identity(
        "T2-STOCK",
        column("in_force"),
        column("issued") - column("repealed"),
        "document",
        "doubt",
        "现行有效件数不少于本年制发减本年废止",
        operator=">=",
        only=_DOCUMENTS,
    ),
)
_STOCK_2019 = (
    Identity(
        "T2-DISCLOSED",
        column("disclosed"),
        column("made"),
        "document",
        "doubt",
        "本年新公开数量一般不多于本年新制作数量",
        operator="<=",
        only=_DOCUMENTS,
    ),
    Identity(
        "T2-TOTAL",
        column("disclosed_total"),
        column("disclosed"),
        "document",
        "doubt",
        "对外公开总数量不少于本年新公开数量",
        operator=">=",
        only=_DOCUMENTS,
    ),
    Identity(
        "T2-ITEMS",
        column("previous") + column("change"),
        NOTHING,
        "item",
        "doubt",
        "上一年项目数量加本年增减不为负数",
        operator=">=",
        only=_ITEMS,
    ),
)

_CARRIED = Identity(
    "X-CARRIED",
    row("brought_forward"),
    last_year(row("carried_forward")),
    "column",
    "doubt",
    "本年的上年结转等于上年报告的结转下年度继续办理",
    kind="previous_year",
)
_STOCK_YEARS = Identity(
    "X-STOCK",
    column("in_force"),
    last_year(column("in_force")) + column("issued") - column("repealed"),
    "document",
    "doubt",
    "现行有效件数等于上年现行有效加本年制发减本年废止",
    kind="previous_year",
    only=_DOCUMENTS,
)
_ITEMS_YEARS = Identity(
    "X-ITEMS",
    column("previous"),
    last_year(column("previous") + column("change")),
    "item",
    "doubt",
    "上一年项目数量等于上年报告的项目数量加增减",
    kind="previous_year",
    only=_ITEMS,
)
_TOTAL_YEARS = Identity(
    "X-TOTAL",
    column("disclosed_total"),
    last_year(column("disclosed_total")) + column("disclosed"),
    "document",
    "doubt",
    "对外公开总数量不少于上年总数量加本年新公开数量",
    operator=">=",
    kind="previous_year",
    only=_DOCUMENTS,
)
_PENDING_YEARS = Identity(
    "X-PENDING",
    result("total"),
    last_year(result("pending")),
    "kind",
    "note",
    "上年尚未审结的案件本年一般应有结果或继续计入",
    operator=">=",
    kind="previous_year",
)


@cache
def identities(edition: str, *, one_row_other: bool = False) -> tuple[Identity, ...]:
    """The relations that need one report of this edition."""
    of = form(edition)
    stock = _STOCK_2021 if edition == "2021" else _STOCK_2019
    return (
        _sums(of, one_row_other=one_row_other)[0],
        *_sums(of, one_row_other=one_row_other)[1:],
        _balance(of),
        *stock,
    )


@cache
def identities_between_years(edition: str, previous_edition: str) -> tuple[Identity, ...]:
    """The relations between a report and the one of the year before, of the editions given."""
    both: tuple[Identity, ...] = (_CARRIED, _PENDING_YEARS)
    if edition == previous_edition == "2021":
        return (*both, _STOCK_YEARS)
    if edition == previous_edition == "2019":
        return (*both, _ITEMS_YEARS, _TOTAL_YEARS)
    return both


@cache
def relations(edition: str, *, one_row_other: bool = False) -> tuple[Relation, ...]:
    """Every relation of an edition, place by place."""
    of = form(edition)
    return tuple(r for i in identities(edition, one_row_other=one_row_other) for r in i.at(of))


@cache
def relations_between_years(edition: str, previous_edition: str) -> tuple[Relation, ...]:
    """Every relation between two years, place by place."""
    of = form(edition)
    return tuple(r for i in identities_between_years(edition, previous_edition) for r in i.at(of))


def has_one_row_other(report: Report) -> bool:
    """Whether 其他处理 stands as one row, as in the 2019 form, whatever the edition."""
    placed = (*report.cells, *report.blank, *(u.address for u in report.unsure))
    return any(a.startswith(f"applications.{_OTHER}.") and a.count(".") == 2 for a in placed)


def relations_of(report: Report) -> tuple[Relation, ...]:
    """The relations that apply to a report; none when its edition is unknown."""
    if report.edition is None:
        return ()
    return relations(report.edition, one_row_other=has_one_row_other(report))

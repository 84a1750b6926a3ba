"""Broken relations become findings: one cause is one finding, and the likeliest single repair is named.

A relation is broken only if every cell of it is certain without that relation: a cell proved by arithmetic makes the
relations it rests on unknown, so that no relation both repairs a cell and is reported on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual.findings import Finding
from gongkai.annual.forms import cell
from gongkai.annual.identities import Relation, Verdict
from gongkai.annual.relations import identities, identities_between_years, relations_between_years, relations_of
from gongkai.annual.report import NOWHERE, Cell, Number, Report
from gongkai.annual.rules import Rule

_ADVICE = "两处不一致，请对照登记台账核实后更正。"
_ADVICE_YEARS = "请与上年报告核对；如因机构调整、清理失效等原因不能衔接，请在报告中说明。"
_ADVICE_DOUBT = "请核实；如确属实际情况，可不改。"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation with its verdict."""

    relation: Relation
    verdict: Verdict


def _values(report: Report) -> dict[str, Number]:
    return {a: c.value for a, c in report.cells.items()}


def judge(report: Report, previous: Report | None = None) -> list[Judged]:
    """Every relation of the report, and with last year's report those between the years, with its verdict."""
    values = _values(report)
    judged = [Judged(r, _verdict(r, report, values, None)) for r in relations_of(report)]
    if previous is not None and report.edition and previous.edition and _follows(report, previous):
        before = _values(previous)
        judged += [
            Judged(r, _verdict(r, report, values, before))
            for r in relations_between_years(report.edition, previous.edition)
        ]
    return judged


def _follows(report: Report, previous: Report) -> bool:
    return report.year is None or previous.year is None or report.year == previous.year + 1


def _verdict(
    relation: Relation, report: Report, values: Mapping[str, Number], before: Mapping[str, Number] | None
) -> Verdict:
    if any(relation.id in report.cells[a].uses for a in relation.cells if a in report.cells):
        return "unknown"
    return relation.verdict(values, before)


# ---- one cause, one finding -----------------------------------------------------------------------


def reconcile(report: Report, previous: Report | None = None) -> tuple[list[Finding], list[Judged]]:
    """The findings of the relations, and every verdict behind them."""
    judged = judge(report, previous)
    broken = [j.relation for j in judged if j.verdict == "broken"]
    values, before = _values(report), _values(previous) if previous else {}
    within = [r for r in broken if not r.needs_last_year]
    between = [r for r in broken if r.needs_last_year]
    certain = [j.relation for j in judged if j.verdict != "unknown" and not j.relation.needs_last_year]
    findings = [_finding(group, certain, values, report) for group in _causes(within, values)]
    findings += [_between(group, values, before, report) for group in _by_id(between)]
    return findings, judged


def _by_id(relations: Iterable[Relation]) -> list[list[Relation]]:
    groups: dict[str, list[Relation]] = {}
    for relation in relations:
        groups.setdefault(relation.id, []).append(relation)
    return list(groups.values())


def _difference(relation: Relation, values: Mapping[str, Number]) -> Number:
    left, right = relation.sides(values) or (0, 0)
    return left - right


def _causes(broken: Sequence[Relation], values: Mapping[str, Number]) -> list[list[Relation]]:
    """Broken relations that share a cell that is not zero, or say the same in the columns and in their total."""
    groups: list[list[Relation]] = []
    through = _all_through(broken, values)
    for relation in broken:
        near = [g for g in groups if any(_linked(relation, other, values, through) for other in g)]
        for g in near:
            groups.remove(g)
        groups.append([r for g in near for r in g] + [relation])
    return groups


def _all_through(broken: Sequence[Relation], values: Mapping[str, Number]) -> frozenset[str]:
    """The ids whose total is off by what its columns are off: one wrong row breaks all of them."""
    columns = [[r for r in group if r.each == "column"] for group in _by_id(broken)]
    return frozenset(
        group[0].id
        for group in columns
        if sum(_difference(r, values) * (-1 if r.place == "总计" else 1) for r in group) == 0 and group
    )


def _linked(one: Relation, other: Relation, values: Mapping[str, Number], through: frozenset[str]) -> bool:
    if one.grade != other.grade:
        return False
    if set(one.cells) & set(other.cells):
        return True
    mirrored = one.id == other.id and one.each == "column" and "总计" in (one.place, other.place)
    return mirrored and (one.id in through or _difference(one, values) == _difference(other, values))


def _finding(
    group: Sequence[Relation], certain: Sequence[Relation], values: Mapping[str, Number], report: Report
) -> Finding:
    ordered = sorted(group, key=lambda r: (_RANK.get(r.id, 9), r.place != "总计"))
    first = ordered[0]
    repair = likeliest_repair(group, certain, values)
    left, right = first.met(values)
    anchor = _anchor(first, report)
    doubt = first.grade != "conflict"
    return Finding(
        id=first.id,
        kind="relation",
        grade=first.grade,
        cells=_telling(group, values),
        at=anchor.at if anchor else NOWHERE,
        where=anchor.where if anchor else "",
        met=f"{left} {_OPPOSITE[first.operator]} {right}",
        expected=_expected(first, values),
        message=_story(ordered, values) + "。" + (f"{repair}。" if repair else ""),
        citation=first.citation,
        advice=_ADVICE_DOUBT if doubt else _ADVICE,
    )


_RANK = {"T3-SUM": 0, "T3-BALANCE": 1, "T3-ROW": 2, "T4-SUM": 3}
_OPPOSITE = {"=": "≠", ">=": "<", "<=": ">"}


def _expected(relation: Relation, values: Mapping[str, Number]) -> str:
    left, right = relation.sides(values) or (0, 0)
    sign = {"=": "", ">=": "不少于", "<=": "不多于"}[relation.operator]
    return f"{sign}{left if len(relation.right) == 1 and relation.operator == '=' else right}"


def _story(ordered: Sequence[Relation], values: Mapping[str, Number]) -> str:
    """One sentence of fact for the whole cause: the telling relation in full, the others by their two sums."""
    first = ordered[0]
    clauses = [_sentence(first, values)]
    same = [r for r in ordered[1:] if r.id == first.id]
    if same:
        told = "、".join(f"“{r.place}”（{_two(r, values)}）" for r in same[:_SHOWN])
        more = f"等{len(same)}处" if len(same) > _SHOWN else ""
        clauses.append(f"{told}{more}同样不符")
    for identity in dict.fromkeys(r.id for r in ordered if r.id != first.id):
        other = next(r for r in ordered if r.id == identity)
        clauses.append(f"{_WHAT.get(identity, other.says)}也不相等（{_two(other, values)}）")
    return "；".join(clauses)


_WHAT = {
    "T3-SUM": "办理结果各项之和与（七）总计",
    "T3-BALANCE": "第一项、第二项之和与第三项、第四项之和",
    "T3-ROW": "各类申请人之和与总计",
}


def _two(relation: Relation, values: Mapping[str, Number]) -> str:
    left, right = relation.sides(values) or (0, 0)
    return f"{left}与{right}"


def _sentence(relation: Relation, values: Mapping[str, Number]) -> str:
    left, right = relation.met(values)
    sums = relation.sides(values) or (0, 0)
    total = f"{left} = {sums[0]}" if " " in left else left
    other = f"{right} = {sums[1]}" if " " in right else right
    place = f"“{relation.place}”" if relation.place else ""
    if relation.operator != "=":
        return f"{place}{relation.says}：{total}，对照为{other}"
    if relation.id == "T3-BALANCE":
        return f"{place}列第一项加第二项为{total}，第三项加第四项为{other}"
    if relation.id == "T3-SUM":
        return f"{place}列办理结果各项相加为{total}，（七）总计为{other}"
    if relation.id == "T3-ROW":
        return f"{place}各类申请人相加为{total}，总计为{other}"
    return f"{place}各项相加为{total}，总计为{other}"


def _anchor(relation: Relation, report: Report) -> Cell | None:
    addresses = [ref.address for ref in (*relation.right, *relation.left) if not ref.last_year]
    return next((report.cells[a] for a in addresses if a in report.cells), None)


def _telling(group: Sequence[Relation], values: Mapping[str, Number]) -> tuple[str, ...]:
    """The cells of the relations that carry something: zeros of long sums say nothing."""
    cells = dict.fromkeys(a for r in group for a in r.cells)
    totals = {ref.address for r in group for ref in r.right}
    often = {a for a in cells if sum(a in r.cells for r in group) > 1}
    return tuple(a for a in cells if values.get(a) or a in totals or a in often or len(cells) <= 6)


# ---- the likeliest single repair -------------------------------------------------------------------


def likeliest_repair(
    group: Sequence[Relation], certain: Sequence[Relation], values: Mapping[str, Number]
) -> str | None:
    """The one cell (with its total where both moved alike) whose change makes every relation of the cause hold.

    None when there is none or more than one: then the figures stand side by side and nothing is proposed.
    """
    if any(r.operator != "=" for r in group):
        return None
    found: dict[tuple[str, Number], int] = {}
    for relation in group:
        gap = _difference(relation, values)
        for side, direction in ((relation.left, -1), (relation.right, 1)):
            for ref in side:
                change = direction * ref.sign * gap
                new = values[ref.address] + change
                if new >= 0 and _mends(_moves(ref.address, change, group), group, certain, values):
                    found[ref.address, new] = sum(1 for r in certain if ref.address in r.cells)
    if not found:
        return None
    most = max(found.values())
    best = [move for move, count in found.items() if count == most]
    if len(best) != 1:
        return None
    address, new = best[0]
    agreeing = sum(1 for r in group if address in r.cells)
    reason = f"{_chinese(agreeing)}处合计均如此" if agreeing > 1 else "其余各项关系均成立"
    both = [(a, values[a], values[a] + c) for a, c in _moves(address, new - values[address], group).items()]
    what = "，".join(f"“{cell(a).label}”的{old}可能应为{to}" for a, old, to in both)
    return f"{what}：改后{reason}，请核实"


def _moves(address: str, change: Number, group: Sequence[Relation]) -> dict[str, Number]:
    """The change itself, and the same change of the row's total where the total column is broken alike."""
    moves = {address: change}
    table, _, column = address.rpartition(".")
    if (
        address.startswith("applications.")
        and column != "total"
        and any(r.each == "column" and r.place == "总计" for r in group)
    ):
        moves[f"{table}.total"] = change
    return moves


def _mends(
    moves: Mapping[str, Number], group: Sequence[Relation], certain: Sequence[Relation], values: Mapping[str, Number]
) -> bool:
    changed = {**values, **{a: values.get(a, 0) + change for a, change in moves.items()}}
    touched = (r for r in certain if r.operator == "=" and set(r.cells) & set(moves))
    return all(r.verdict(changed) == "holds" for r in (*group, *touched))


def _chinese(number: int) -> str:
    return "〇一两三四五六七八九"[number] if number < 10 else str(number)


def _between(
    group: Sequence[Relation], values: Mapping[str, Number], before: Mapping[str, Number], report: Report
) -> Finding:
    first = next((r for r in group if r.place == "总计"), group[0])
    said = []
    for relation in group[:_SHOWN]:
        left, right = relation.met(values, before)
        said.append(f"“{relation.place}”本年{left}，按上年报告为{right}")
    anchor = _anchor(first, report)
    left, right = first.met(values, before)
    return Finding(
        id=first.id,
        kind=first.kind,
        grade=first.grade,
        cells=tuple(dict.fromkeys(a for r in group for a in r.cells)),
        at=anchor.at if anchor else NOWHERE,
        where=anchor.where if anchor else "",
        met=left,
        expected=right,
        message=f"{first.says}：{'；'.join(said)}。",
        citation=first.citation,
        advice=_ADVICE_YEARS,
    )


def rules() -> tuple[Rule, ...]:
    """The relations as rules, for the manual."""
    found: dict[str, Rule] = {}
    for edition in ("2021", "2019"):
        for identity in (*identities(edition), *identities_between_years(edition, edition)):
            found.setdefault(
                identity.id, Rule(identity.id, identity.kind, identity.grade, identity.says, identity.citation)
            )
    return tuple(found.values())

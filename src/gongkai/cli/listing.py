"""`gongkai forms`, `relations` and `rules`: the form, its relations and all that is checked, as the program knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gongkai.annual.findings import GRADES, KINDS
from gongkai.annual.forms import EDITIONS, form
from gongkai.annual.relations import identities, identities_between_years
from gongkai.cli.naming import TABLES, name
from gongkai.cli.terminal import pad, table, width_of


def forms_json(edition: str | None) -> list[dict[str, Any]]:
    """Every cell of an edition (of all editions) as data."""
    chosen = [edition] if edition else list(EDITIONS)
    return [
        {"edition": e, "address": c.address, "table": c.table, "name": name(c.address), "kind": c.kind}
        for e in chosen
        for c in form(e).cells
    ]


def forms_lines(edition: str | None) -> Iterator[str]:
    """The editions, or the cells of one, for a person."""
    if edition is None:
        rows = [[e, form(e).document_number, _years(e), *(str(_count(e, n)) for n in TABLES)] for e in EDITIONS]
        head = ["版本", "文号", "适用年度", *(f"{label}格数" for label in TABLES.values())]
        yield from table(head, rows, ["left", "left", "left", "right", "right", "right"], None, [])
        yield ""
        yield f"gongkai forms {EDITIONS[-1]} 列出该版每一格的名称和地址。"
        return
    cells = form(edition).cells
    left = max(width_of(c.address) for c in cells)
    for number, label in TABLES.items():
        yield label
        yield from (f"  {pad(c.address, left)}  {name(c.address)}" for c in cells if c.table == number)


def _years(edition: str) -> str:
    known = form(edition)
    return f"{known.first_year}年度起" if known.last_year is None else f"{known.first_year}至{known.last_year}年度"


def _count(edition: str, number: int) -> int:
    return sum(c.table == number for c in form(edition).cells)


def relations_json(edition: str | None) -> list[dict[str, Any]]:
    """The relations of an edition, those with the year before among them, as data."""
    return [
        {
            "id": i.id,
            "says": i.says,
            "grade": i.grade,
            "kind": i.kind,
            "citation": i.citation,
            "needs_previous_year": i.kind == "previous_year",
        }
        for e in (edition or EDITIONS[-1],)
        for i in (*identities(e), *identities_between_years(e, e))
    ]


def relations_lines(edition: str | None) -> Iterator[str]:
    """The relations of an edition for a person."""
    rows = [
        [r["id"], GRADES[r["grade"]], f"{r['says']}{'（须有上年报告）' if r['needs_previous_year'] else ''}"]
        for r in relations_json(edition)
    ]
    yield from table(["编号", "程度", "关系"], rows, ["left", "left", "left"], None, [])


def rules_json(_edition: str | None = None) -> list[dict[str, Any]]:
    """Every rule of the checker as data."""
    from gongkai.annual.check import all_rules

    return [
        {"id": r.id, "kind": r.kind, "grade": r.grade, "says": r.says, "citation": r.citation, "version": r.version}
        for r in all_rules().values()
    ]


def rules_lines(_edition: str | None = None) -> Iterator[str]:
    """Every rule of the checker for a person."""
    rows = [[r["id"], GRADES[r["grade"]], KINDS[r["kind"]], r["says"].rstrip("。")] for r in rules_json()]
    yield from table(["编号", "程度", "种类", "核对什么"], rows, ["left"] * 4, None, [])


LISTS: dict[str, tuple[Callable[[str | None], list[dict[str, Any]]], Callable[[str | None], Iterator[str]]]] = {
    "forms": (forms_json, forms_lines),
    "relations": (relations_json, relations_lines),
    "rules": (rules_json, rules_lines),
}

"""The form as data has the words of the official form, all of them, in its order, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.annual.forms import Row, form

LAW = Path(__file__).resolve().parents[3].parent / "shared" / "reference" / "law.md"
PARTS = {"2019": ("form_a:", "table2:"), "2021": ("form_b:", "table2:")}


def official(edition: str, part: str) -> str:
    """The lines of the law's reference between the heads of one table and the next."""
    if not LAW.exists():
        pytest.skip("旁边没有 shared/reference/law.md")
    text = LAW.read_text("utf-8")
    start = text.index("form_a:" if edition == "2019" else "form_b:")
    body = text[start : text.index("```", start)]
    begin = body.index(f"  {part}:")
    following = re.search(r"\n  table\d", body[begin + 1 :])
    return body[begin : begin + 1 + following.start()] if following else body[begin:]


def labels(lines: str) -> list[str]:
    """Every label in order, but for the heads of label columns, which hold no number."""
    return list(re.findall(r"label: ([^,}\n]+)(?=[,}])(?!, type: label)", lines))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_table_two_has_the_official_words(edition: str) -> None:
    words: list[str] = []
    for block in form(edition).blocks:
        words += [block.head, *(c.label for c in block.columns), *(r.label for r in block.rows)]
    assert words == labels(official(edition, "table2"))


def with_groups(rows: tuple[Row, ...]) -> Iterator[str]:
    open_groups: tuple[str, ...] = ()
    for row in rows:
        for depth, group in enumerate(row.groups):
            if open_groups[: depth + 1] != row.groups[: depth + 1]:
                yield group
        open_groups = row.groups
        yield row.label


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_table_three_has_the_official_words(edition: str) -> None:
    assert list(with_groups(form(edition).rows)) == labels(official(edition, "table3"))


def test_table_four_has_the_official_words() -> None:
    of = form("2021")
    words = ["/".join((*k.groups, k.label, r.label)) for k in of.kinds for r in of.results]
    listed = official("2021", "table4")
    assert words == labels(listed[listed.index("columns:") :])


@pytest.mark.parametrize(("edition", "leaves"), [("2019", 19), ("2021", 21)])
def test_the_total_of_results_sums_every_result(edition: str, leaves: int) -> None:
    assert len(form(edition).row("concluded").sum_of) == leaves


@pytest.mark.parametrize(("edition", "two", "three", "four"), [("2019", 22, 161, 15), ("2021", 10, 175, 15)])
def test_each_table_has_its_number_of_cells(edition: str, two: int, three: int, four: int) -> None:
    cells = form(edition).cells
    assert [sum(c.table == number for c in cells) for number in (2, 3, 4)] == [two, three, four]


def test_no_address_is_used_twice() -> None:
    for edition in ("2019", "2021"):
        addresses = form(edition).addresses
        assert len(set(addresses)) == len(addresses)

"""Two reports side by side: changes with their base, editions aligned, words compared."""

from __future__ import annotations

import pytest

from gongkai.annual.report import Cell, Report, SectionText, Source
from gongkai.web.annual.selectors.compare import compare


def report(edition: str, cells: dict[str, int], words: str = "", blank: tuple[str, ...] = ()) -> Report:
    return Report(
        Source("a", "txt"),
        edition=edition,
        cells={a: Cell(v, str(v)) for a, v in cells.items()},
        blank=blank,
        sections={1: SectionText(words)} if words else {},
    )


def pair(left: Report, right: Report, address: str):
    return next(p for _, _, pairs in compare(left, right).tables for p in pairs if p.address == address)


CHANGES = [
    # 前一份  后一份  增减   幅度
    (4, 6, 2, "+50.0%"),
    (3, 2, -1, "-33.3%"),
    (5, 5, 0, "+0.0%"),
    (0, 7, 7, ""),
]


@pytest.mark.parametrize(("before", "now", "difference", "percent"), CHANGES)
def test_a_change_is_told_with_its_base(before, now, difference, percent):
    address = "applications.received.total"
    found = pair(report("2021", {address: before}), report("2021", {address: now}), address)
    assert (found.difference, found.percent) == (difference, percent)


def test_a_blank_is_no_zero():
    address = "applications.received.total"
    found = pair(report("2021", {}, blank=(address,)), report("2021", {address: 0}), address)
    assert (found.left.words, found.right.words, found.difference, found.same) == ("空白", "0", None, False)
    assert pair(report("2021", {}), report("2021", {address: 0}), address).left.words == "缺"


def test_editions_are_aligned():
    old = report("2019", {"applications.otherwise_closed.total": 3, "proactive.procurement.projects": 2})
    new = report(
        "2021",
        {
            f"applications.otherwise_closed.{row}.total": n
            for row, n in (("supplement_not_made", 1), ("fee_not_paid", 0), ("other", 3))
        },
    )
    comparison = compare(old, new)
    rows = [p for _, _, pairs in comparison.tables for p in pairs if p.summed]
    assert len(rows) == 7, "one row for each column"
    total = next(p for p in rows if p.label.endswith("总计"))
    assert (total.left.words, total.right.words, total.difference) == ("3", "4", 1)
    assert next(p for p in rows if p.label.endswith("自然人")).right.words == "不能确定"
    assert pair(old, new, "proactive.procurement.projects").right.words == "该版无此格"


def test_words_are_compared_by_what_the_later_one_took_over():
    words = "本机关全年召开新闻发布会四场，邀请群众代表走进办事大厅体验办理流程并听取意见建议。"
    same = compare(report("2021", {}, words), report("2021", {}, words)).chapters[0]
    other = compare(
        report("2021", {}, words), report("2021", {}, "另行撰写的一段完全不同的文字，没有沿用上年表述。")
    ).chapters[0]
    none = compare(report("2021", {}), report("2021", {}, words)).chapters[0]
    assert (same.percent, other.percent, none.percent) == (100, 0, None)
    assert same.shared[0].startswith("本机关全年召开新闻发布会")

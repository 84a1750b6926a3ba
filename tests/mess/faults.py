"""True contradictions put into an invented report. What is printed stays the truth of reading; checking must object."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from gongkai.annual.forms import form
from tests.mess.invent import Fault, Invented, leaf_rows, person_columns


def _value(report: Invented, address: str) -> int:
    return int(report.cells[address] or 0)


def _other(rng: Random, value: int) -> int:
    near = [value + step for step in (-3, -2, -1, 1, 2, 3) if value + step >= 0]
    return rng.choice(near)


def wrong_row_total(rng: Random, report: Invented) -> Invented | None:
    """One 总计 of a row of table 三 is not the sum of its row."""
    row = rng.choice(("received", *leaf_rows(report.edition)))
    address = f"applications.{row}.total"
    return _changed(report, "wrong_row_total", address, _other(rng, _value(report, address)))


def wrong_concluded(rng: Random, report: Invented) -> Invented | None:
    """One （七）总计 is not the sum of the results."""
    address = f"applications.concluded.{rng.choice(person_columns(report.edition))}"
    return _changed(report, "wrong_concluded", address, _other(rng, _value(report, address)))


def swapped_digits(rng: Random, report: Invented) -> Invented | None:
    """Two digits of a cell of table 三 changed places."""
    long = [
        address
        for address, value in report.cells.items()
        if address.startswith("applications.")
        and value
        and len(str(value)) > 1
        and str(value)[0] != str(value)[1]
        and str(value)[1] != "0"
    ]
    if not long:
        return None
    address = rng.choice(long)
    digits = str(report.cells[address])
    return _changed(report, "swapped_digits", address, int(digits[1] + digits[0] + digits[2:]))


def wrong_balance(rng: Random, report: Invented) -> Invented | None:
    """结转 of a person column is changed together with its row total: only the balance breaks."""
    column = rng.choice(person_columns(report.edition))
    own, total = f"applications.carried_forward.{column}", "applications.carried_forward.total"
    more = rng.randint(1, 4)
    spoiled = report.with_cells({own: _value(report, own) + more, total: _value(report, total) + more})
    return _noted(spoiled, Fault("wrong_balance", (own, total), f"结转多了{more}"))


def wrong_dispute_total(rng: Random, report: Invented) -> Invented | None:
    """One 总计 of table 四 is not its sum."""
    kind = rng.choice(form(report.edition).kinds).key
    address = f"disputes.{kind}.total"
    return _changed(report, "wrong_dispute_total", address, _other(rng, _value(report, address)))


def words_against_table(rng: Random, report: Invented) -> Invented | None:
    """The words give another number of applications received than the table."""
    match = re.search(r"共收到政府信息公开申请(\d+)件", "".join(report.chapters[1]))
    if not match:
        return None
    said = int(match[1]) + 40 + rng.randint(1, 9)
    quote = f"共收到政府信息公开申请{said}件"
    return _noted(
        _reworded(report, match[0], quote),
        Fault("words_against_table", ("applications.received.total",), f"文字{said}，表格{match[1]}", quote),
    )


def parts_against_whole(rng: Random, report: Invented) -> Invented | None:
    """The parts of a list in the words are together more than its whole (less would be allowed after 其中)."""
    match = re.search(r"主动公开信息(\d+)条，其中机构职能", "".join(report.chapters[1]))
    if not match:
        return None
    quote = f"主动公开信息{int(match[1]) - rng.randint(2, 9)}条，其中机构职能"
    return _noted(_reworded(report, match[0], quote), Fault("parts_against_whole", (), "分项与合计不符", quote))


def _changed(report: Invented, kind: str, address: str, value: int) -> Invented:
    fault = Fault(kind, (address,), f"{address} 应为 {report.cells[address]}，印作 {value}")
    return _noted(report.with_cells({address: value}), fault)


def _noted(report: Invented, fault: Fault) -> Invented:
    return replace(report, faults=(*report.faults, fault))


def _reworded(report: Invented, old: str, new: str) -> Invented:
    words = tuple(text.replace(old, new) for text in report.chapters[1])
    return replace(report, chapters={**report.chapters, 1: words})


CELL_FAULTS: tuple[Callable[[Random, Invented], Invented | None], ...] = (
    wrong_row_total,
    wrong_concluded,
    swapped_digits,
    wrong_balance,
    wrong_dispute_total,
)
WORD_FAULTS: tuple[Callable[[Random, Invented], Invented | None], ...] = (words_against_table, parts_against_whole)


def spoil(rng: Random, report: Invented) -> Invented:
    """The report with one to three true faults; at least one of them in the cells."""
    for fault in rng.sample((*CELL_FAULTS, *WORD_FAULTS), rng.randint(0, 2)):
        report = fault(rng, report) or report
    if not any(f.addresses and not f.quote for f in report.faults):
        report = rng.choice((wrong_row_total, wrong_concluded, wrong_balance))(rng, report) or report
    return report

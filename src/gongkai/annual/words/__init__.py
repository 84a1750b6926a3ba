"""What the words of a report say in numbers, held against its tables and against itself.

Words become running text (`text.flow`), numbers with their nouns (`mentions`), readings (`readings`), lists of
parts (`lists`), and at last comparisons. A finding is a conflict only when no reading of the sentence can be true
together with the table; where the circle of organs or the counting may differ it is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.findings import Finding, in_order
from gongkai.annual.passages import passages
from gongkai.annual.report import Report
from gongkai.annual.words import changes, compare, disputes, documents, lists, nones, shares, sums, twice
from gongkai.annual.words.cells import Table
from gongkai.annual.words.claims import Claim
from gongkai.annual.words.mentions import Page, read
from gongkai.annual.words.readings import Reading, reading
from gongkai.annual.words.registry import RULES
from gongkai.text.flow import running

__all__ = ["RULES", "Claim", "check_words", "claims"]


def check_words(report: Report) -> list[Finding]:
    """Every finding about numbers in the words, conflicts first; one cause is told once."""
    pages = _pages(report)
    table = Table(report)
    found: list[Finding] = []
    for page in pages:
        readings = _readings(page)
        found.extend(_within(page, readings))
        found.extend(changes.change_findings(page, report.year))
        found.extend(f for _, f in _against(page, table, readings) if f)
    found.extend(twice.same_findings(pages, report))
    found.extend(twice.column_findings(pages, report))
    return in_order(_once(found))


def claims(report: Report) -> list[Claim]:
    """Every number of the words that speaks of a matter of the form, with the readings that the tables bear out."""
    table = Table(report)
    found: list[Claim] = []
    for page in _pages(report):
        # Lists give each part its whole, without which an applicant's outcomes would be taken for everyone's.
        lists.enumerations(page, lists.attach_shares(page))
        found.extend(claim for claim, _ in _against(page, table, _readings(page)))
    return found


def _pages(report: Report) -> list[Page]:
    return [read(passage) for passage in passages(report, running)]


def _within(page: Page, readings: dict[int, Reading]) -> Iterator[Finding]:
    counts = lists.attach_shares(page)
    opened = lists.enumerations(page, counts)
    taken = {m.index for parts in opened for m in parts.items}
    complete = list(sums.outcome_lists(page, counts, readings, taken))
    shared = list(shares.share_lists(page, counts, opened + complete))
    found = [*opened, *shared]
    yield from sums.sum_findings(page, found)
    yield from sums.trailing_findings(page, lists.trailing_totals(page, counts, opened))
    yield from sums.complete_findings(page, complete, readings)
    yield from sums.repeat_findings(page, [*found, *complete])
    yield from shares.plain_findings(page, counts)
    every = [*found, *complete]
    wrong = [(parts, list(shares.percent_findings(page, [parts], counts))) for parts in every]
    for _, told in wrong:
        yield from told
    yield from shares.lone_findings(page, counts, every)
    yield from shares.hundred_findings(page, [parts for parts, told in wrong if not told])


def _readings(page: Page) -> dict[int, Reading]:
    return {m.index: r for m in page.mentions if (r := reading(page, m))}


def _against(page: Page, table: Table, readings: dict[int, Reading]) -> Iterator[tuple[Claim, Finding | None]]:
    yield from compare.table_findings(page, readings, table)
    yield from disputes.dispute_findings(page, table)
    yield from nones.none_findings(page, table, readings)
    yield from documents.document_findings(page, table)


def _once(found: list[Finding]) -> list[Finding]:
    """The same words under the same rule once."""
    return list({(one.id, one.at.chars or one.quote): one for one in reversed(found)}.values())

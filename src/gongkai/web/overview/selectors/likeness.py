"""How alike the words of two reports are, chapter by chapter."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.forms import EDITIONS, form
from gongkai.annual.report import Report
from gongkai.text.likeness import likeness
from gongkai.web.annual.models import Submission
from gongkai.web.annual.selectors.readings import newest_reading, read_of

CHAPTERS = (1, 5, 6)
_SHORTEST = 20


@dataclass(frozen=True, slots=True)
class Chapter:
    """How alike the words of a chapter are. `percent` None: one of the two has none."""

    number: int
    heading: str
    left_length: int
    right_length: int
    percent: int | None
    shared: tuple[str, ...]


def words_of(submission: Submission) -> Report | None:
    """The report of a file with its words; None where nothing was read."""
    return read_of(submission).report if newest_reading(submission) else None


def chapters(left: Report, right: Report) -> list[Chapter]:
    """The chapters of words in both; `left` is the earlier report."""
    done = []
    headings = {s.number: s.heading for s in form(EDITIONS[-1]).sections}
    for number in CHAPTERS:
        a, b = (report.sections[number].text.strip() if number in report.sections else "" for report in (left, right))
        percent, shared = _likeness(a, b) if a and b else (None, ())
        done.append(Chapter(number, headings[number], len(a), len(b), percent, shared))
    return done


def _likeness(left: str, right: str) -> tuple[int, tuple[str, ...]]:
    """Percent of the later words that stand in the earlier ones, and the longest passages they share."""
    found = likeness(right, left)
    shared = tuple(right[a:b] for a, b in found.stretches[:3] if b - a >= _SHORTEST)
    return round(100 * found.share), shared

"""The course over the years as the reports tell it; a year without reports is a gap, never 0."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.annual.report import Number
from gongkai.web.collection.selectors.rollup import reporting
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import Organs
from gongkai.web.overview.selectors import reports
from gongkai.web.overview.selectors.reports import Headline

SHOWN = 6
FIRST_YEAR = 2019


@dataclass(frozen=True, slots=True)
class Point:
    """A year: each figure with how many reports say it, of how many organs. None: nobody says it."""

    year: int
    values: dict[str, tuple[Number | None, int]]
    there: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether everyone's report is in every figure."""
        return self.of > 0 and all(n == self.of for _, n in self.values.values())


def trend(county: uuid.UUID, organ: Organ | None, last: int, frozen_of: Organs, keys: Sequence[str]) -> list[Point]:
    """The last years, of one organ or summed over the county's organs.

    A report in which the county government drew its organs together is left out of the sum: they are in it already.
    """
    years = range(max(FIRST_YEAR, last - SHOWN + 1), last + 1)
    found = reports.sources(county, frozen_of, (organ.pk,) if organ else None)
    wanted = [each for (_, year), each in found.items() if year in years]
    told = reports.headlines(county, wanted)
    points = []
    for year in years:
        whole = [told[e.key] for e in wanted if e.year == year and e.key in told]
        mine = whole if organ else [each for each in whole if not each.consolidated]
        of = 1 if organ else max(len(reporting(county, year)), len(mine))
        points.append(Point(year, {key: _sum(mine, key) for key in keys}, len(mine), of))
    first = next((n for n, point in enumerate(points) if point.there), len(points))
    return points[first:]


def spans(points: Iterable[Point]) -> Iterator[tuple[str, Point]]:
    """The years in words, each with its point; years on end of which there is no report are one."""
    for there, some in groupby(points, key=lambda point: bool(point.there)):
        run = list(some)
        if there or len(run) == 1:
            yield from ((f"{point.year}年", point) for point in run)
        else:
            yield f"{run[0].year}年至{run[-1].year}年", run[-1]


def _sum(told: Sequence[Headline], key: str) -> tuple[Number | None, int]:
    known = [value for each in told if (value := each.values[key]) is not None]
    return (sum(known) if known else None), len(known)

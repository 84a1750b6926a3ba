"""The facts of an organ's year, gathered from where they are kept, each with the page that shows where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from gongkai.annual.narrative.facts import Fact, named
from gongkai.web.compilation.selectors.covered import covered
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.memo import in_one_look, once_a_page
from gongkai.web.narrative.selectors import sources
from gongkai.web.narrative.selectors.sources import Asked, Figured
from gongkai.web.narrative.suppliers import Opens, Told, supplied
from gongkai.web.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of a year. `by_name` finds a fact by what a slot calls it."""

    told: tuple[Told, ...]
    by_name: Mapping[str, Fact]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts alone."""
        return tuple(each.fact for each in self.told)

    def opens(self, key: str) -> Opens | None:
        """The page behind a fact."""
        return next((each.opens for each in self.told if each.fact.key == key), None)


@in_one_look
@once_a_page
def gathered(organ: Organ, year: int, known_at: datetime | None = None, words: str | None = None) -> Gathered:
    """Every fact of an organ's year as it is known now, or was at a moment. KeyError for a year that has no form.

    With `words` the facts that are dear to reckon are left out where these words do not name them.
    """
    found: dict[str, Told] = {}
    names: dict[str, str] = {}
    for told in _all(organ, year, known_at, words):
        found[told.fact.key] = _alone(told, names)
    return Gathered(tuple(found.values()), named(told.fact for told in found.values()))


def _alone(told: Told, names: dict[str, str]) -> Told:
    """A fact under a name that no other fact has: what a slot calls must be one."""
    fact = told.fact
    if names.setdefault(fact.zh, fact.key) == fact.key:
        return told
    return replace(told, fact=replace(fact, zh=f"{fact.zh}（{fact.key}）"))


def _all(organ: Organ, year: int, known_at: datetime | None, words: str | None) -> Iterator[Told]:
    """The organ's own, with the records of those that were merged into it, as its tables have them."""
    figures = compiled(organ, year, known_at).figures
    cells = {address: Figured(figure.value, figure.why) for address, figure in figures.items()}
    keys = tuple(each.pk for each in covered(organ, year, known_at).organs)
    asked = Asked(organ.county, keys, year, known_at, organ.pk)

    def page(parts: tuple[str, ...]) -> Opens:
        args = (str(organ.pk), str(year))
        return Opens("year-cell", (*args, parts[0])) if len(parts) == 1 else Opens("year-report", args)

    yield Told(sources.of("year").fact(year, "报告年度"))
    yield from sources.published(asked)
    yield from sources.of_registers(asked)
    yield from sources.tables(cells, "本报告", page)
    yield from sources.handled(asked, cells["applications.received.total"])
    yield from sources.reviewed(asked)
    yield from supplied(organ, year, known_at, words)

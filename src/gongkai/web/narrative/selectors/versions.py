"""The versions of a part of a report: which stands, which stand beside it, and what became of each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.annual.narrative.facts import SECTIONS
from gongkai.annual.report import OWN
from gongkai.web.narrative.models import Text
from gongkai.web.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Line:
    """Every version of one part of an organ's report on its own year, or of that of its county; oldest first."""

    organ: Organ
    year: int
    section: str
    versions: tuple[Text, ...]
    scope: str = OWN

    def version(self, key: uuid.UUID | None) -> Text | None:
        """The version with this key; None when this part has none such."""
        return next((each for each in self.versions if each.pk == key), None)

    def numbered(self, number: int) -> Text | None:
        """The version with this number."""
        return next((each for each in self.versions if each.number == number), None)

    def over(self, base: Text | None) -> list[Text]:
        """The versions that were written over one, or joined it; over None: first ones."""
        if base is None:
            return [each for each in self.versions if each.base_id is None]
        return [each for each in self.versions if base.pk in (each.base_id, each.joins_id)]

    @property
    def heads(self) -> list[Text]:
        """The versions that nobody went on from: one, or two and more where people wrote at once."""
        taken = {key for each in self.versions for key in (each.base_id, each.joins_id)}
        return [each for each in self.versions if each.pk not in taken]

    @property
    def current(self) -> Text | None:
        """The version that stands: the end of the way on which each step was saved first. None: nothing was written."""
        here: Text | None = None
        while after := self.over(here):
            here = after[0]
        return here

    @property
    def beside(self) -> list[Text]:
        """The versions that wait to be joined with the one that stands."""
        current = self.current
        return [each for each in self.heads if current is None or each.pk != current.pk]

    def common(self, one: Text, other: Text) -> Text | None:
        """The newest version from which both came; None where both began anew."""
        by_key = {each.pk: each for each in self.versions}

        def before(start: Text) -> dict[uuid.UUID, Text]:
            found: dict[uuid.UUID, Text] = {}
            todo: list[uuid.UUID | None] = [start.pk]
            while todo:
                key = todo.pop()
                if key is not None and key not in found:
                    found[key] = by_key[key]
                    todo += [by_key[key].base_id, by_key[key].joins_id]
            return found

        shared = before(one).keys() & before(other).keys()
        return max((by_key[key] for key in shared), key=lambda each: each.number, default=None)


def line_of(organ: Organ, year: int, section: str, scope: str = OWN) -> Line:
    """The versions of one part."""
    rows = Text.objects.filter(organ=organ, year=year, scope=scope, section=section).order_by("number")
    return Line(organ, year, section, tuple(rows), scope)


def lines_of(organ: Organ, year: int, known_at: datetime | None = None, scope: str = OWN) -> dict[str, Line]:
    """The versions of every part, in the order of the report; with `known_at` those that were saved by then."""
    saved = Text.objects.filter(organ=organ, year=year, scope=scope)
    rows = list((saved if known_at is None else saved.filter(recorded_at__lte=known_at)).order_by("number"))
    return {
        section: Line(organ, year, section, tuple(each for each in rows if each.section == section), scope)
        for section in SECTIONS
    }


def lines_of_county(
    county: uuid.UUID, year: int, organs: Iterable[Organ], scope: str = OWN
) -> dict[uuid.UUID, dict[str, Line]]:
    """The same for several organs of a county, asked together and without the words themselves."""
    wanted = {organ.pk: organ for organ in organs}
    rows: dict[tuple[uuid.UUID, str], list[Text]] = {}
    of = Text.objects.filter(county=county, year=year, scope=scope, organ__in=list(wanted))
    for row in of.defer("words").order_by("number"):
        rows.setdefault((row.organ_id, row.section), []).append(row)
    return {
        key: {section: Line(organ, year, section, tuple(rows.get((key, section), ())), scope) for section in SECTIONS}
        for key, organ in wanted.items()
    }


def words_of(versions: Iterable[Text]) -> dict[uuid.UUID, str]:
    """The words of these versions, by the key of the version."""
    return dict(Text.objects.filter(pk__in=[each.pk for each in versions]).values_list("pk", "words"))

"""The catalogues that hold, their lines, and whose lines they are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from gongkai.proactive.coverage import Bearer, bearers
from gongkai.web.coverage.models import Bearing, Catalogue, CatalogueLine
from gongkai.web.memo import once_a_page
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import county_with, living_organs


def current(county: uuid.UUID) -> dict[str, Catalogue]:
    """The newest catalogue of each field; a field whose catalogue was taken back has none."""
    newest = {row.field: row for row in Catalogue.objects.filter(county=county).order_by("number")}
    return {field: row for field, row in newest.items() if row.lines}


def history(county: uuid.UUID, field: str) -> list[Catalogue]:
    """Every version of a field's catalogue, newest first."""
    return list(Catalogue.objects.filter(county=county, field=field).order_by("-number"))


@once_a_page
def lines(county: uuid.UUID) -> list[CatalogueLine]:
    """The lines of every catalogue that holds, in order."""
    keys = [row.pk for row in current(county).values()]
    found = CatalogueLine.objects.filter(catalogue__in=keys).select_related("catalogue")
    return list(found.order_by("catalogue__field", "position"))


def line(county: uuid.UUID, key: str) -> CatalogueLine | None:
    """A line that holds, by its key."""
    return next((row for row in lines(county) if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Borne:
    """Whose lines some words of 公开主体 make: by a person's word, by the words themselves, or not plain."""

    duty: str
    organs: tuple[uuid.UUID, ...]
    said: bool


class Bearings:
    """Whose lines the words of 公开主体 make, read once for as many lines as a page asks about."""

    def __init__(self, county: uuid.UUID) -> None:
        rows = Bearing.objects.filter(county=county).order_by("id")
        self._said = {(row.field, row.duty): list(row.organs) for row in rows}
        self._organs = [Bearer(str(o.pk), o.name, o.form) for o in living_organs(county)]
        found = county_with(county)
        self._county = found.name if found else ""
        self._told: dict[tuple[str, str], Borne] = {}

    def of(self, field: str, duty: str) -> Borne:
        """The organs that some words mean in a field; none where nobody said and it is not plain."""
        key = (field, duty)
        if key not in self._told:
            said = self._said.get(key)
            keys = bearers(duty, self._organs, self._county) if said is None else tuple(said)
            living = {each.key for each in self._organs}
            self._told[key] = Borne(duty, tuple(uuid.UUID(k) for k in keys if k in living), said is not None)
        return self._told[key]


@once_a_page
def bearings(county: uuid.UUID) -> Bearings:
    """Whose lines they are, for one page."""
    return Bearings(county)


def duties(county: uuid.UUID, field: str) -> list[tuple[Borne, list[Organ]]]:
    """The words of 公开主体 in a field with the organs that they mean; those not plain come first."""
    words = dict.fromkeys(row.duty for row in lines(county) if row.catalogue.field == field)
    organs = {organ.pk: organ for organ in living_organs(county)}
    whose = bearings(county)
    found = [whose.of(field, duty) for duty in words]
    told = [(each, [organs[key] for key in each.organs]) for each in found]
    return sorted(told, key=lambda each: bool(each[1]) or each[0].said)

"""What the room says of organs that were merged or renamed since a report year began."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from gongkai.calendar import in_chinese
from gongkai.web.organs.models import Organ, OrganVersion
from gongkai.web.organs.succession import Succession, succession


@dataclass(frozen=True)
class Changes:
    """The merged and renamed organs of a county, for the reports on a year."""

    county: uuid.UUID
    year: int
    line: Succession

    @cached_property
    def names(self) -> dict[uuid.UUID, list[tuple[date, str]]]:
        """Since when each organ has had which name."""
        names: dict[uuid.UUID, list[tuple[date, str]]] = {}
        rows = OrganVersion.objects.filter(county=self.county).order_by("from_on", "id")
        for organ, name, on in rows.values_list("organ", "name", "from_on"):
            names.setdefault(organ, []).append((on, name))
        return names

    def now(self, organ: Organ) -> Organ | None:
        """Who answers for an organ's report today."""
        return self.line.now(organ)

    def notes(self, organ: Organ) -> list[str]:
        """What became of an organ, and of those whose figures or reports it has."""
        found = [note.replace("继续办理", f"报送{self.year}年度报告") for note in [self.line.note(organ.pk)] if note]
        end = date(self.year, 12, 31)
        for each in self.line.organs.values():
            on = each.valid_until
            if on is None or each.pk == organ.pk or on > self.line.today:
                continue
            if on.year == self.year and self.line.taker(each.pk, end) == organ.pk:
                found.append(f"{each.name}于{in_chinese(on)}并入，其{self.year}年度的数一并计入")
            elif on > end and self.line.taker(each.pk) == organ.pk:
                found.append(f"{each.name}于{in_chinese(on)}并入，其{self.year}年度报告由本机关报送")
        names = self.names.get(organ.pk, [])
        for (_, before), (on, after) in pairwise(names):
            if before != after and on.year >= self.year:
                found.append(f"原名{before}，{in_chinese(on)}更名")
        return found


def changes(county: uuid.UUID, year: int) -> Changes:
    """The merged and renamed organs of a county."""
    return Changes(county, year, succession(county))

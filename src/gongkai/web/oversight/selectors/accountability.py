"""The register of accountability, and what followed complaints."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from gongkai.web.onrequest.models import ComplaintStep
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.services.complaints import FOUND
from gongkai.web.oversight.models import Accountability, Duty, Notice
from gongkai.web.oversight.selectors import notices
from gongkai.web.oversight.selectors.duties import taken_over

KINDS = dict(Accountability.KINDS)
OUTCOMES = {step: zh for step, zh in ComplaintStep.STEPS if step in FOUND}


def entries(county: uuid.UUID, year: int | None = None) -> list[Accountability]:
    """The register as it stands now, newest first; voided entries stay, struck through."""
    rows: dict[uuid.UUID, Accountability] = {}
    for row in Accountability.objects.filter(county=county).select_related("organ").order_by("id"):
        rows[row.stem] = row
    found = [row for row in rows.values() if year is None or row.on.year == year]
    return sorted(found, key=lambda row: (row.on, row.pk), reverse=True)


def entry(county: uuid.UUID, stem: uuid.UUID) -> Accountability | None:
    """An entry as it stands now."""
    rows = Accountability.objects.filter(county=county, stem=stem)
    return rows.select_related("organ").order_by("-id").first()


def life(county: uuid.UUID, stem: uuid.UUID) -> list[Accountability]:
    """Everything an entry said, newest first."""
    return list(Accountability.objects.filter(county=county, stem=stem).order_by("-id"))


def counted(county: uuid.UUID, year: int) -> int | None:
    """How many decisions of a year were entered; None, and never 0, where nobody entered any."""
    return sum(not row.void for row in entries(county, year)) or None


@dataclass(frozen=True, slots=True)
class Followed:
    """A complaint with what was found of it and what followed. Who complained is not in it."""

    matter: matters.Matter
    outcome: str
    outcome_zh: str
    duties: tuple[Duty, ...]
    notices: tuple[Notice, ...]
    entries: tuple[Accountability, ...]

    @property
    def nothing_followed(self) -> bool:
        """Whether it was found to be justified and nothing followed yet."""
        return self.outcome in FOUND[1:] and not (self.duties or self.notices or self.entries)


def complaints(county: uuid.UUID, today: date, limit: int = 300) -> list[Followed]:
    """The complaints with what followed them, newest first."""
    found = sorted(matters.complaints(county, None, today, limit), key=lambda m: m.received_on, reverse=True)
    keys = [each.key for each in found]
    outcomes: dict[uuid.UUID, str] = {}
    for step in ComplaintStep.objects.filter(complaint__in=keys, step__in=FOUND).order_by("on", "id"):
        outcomes[step.complaint_id] = step.step
    duties, told = taken_over(county, "complaint", keys), notices.about_each(county, "complaint", keys)
    entered = [row for row in entries(county) if row.complaint in outcomes and not row.void]
    return [
        Followed(
            each,
            outcomes.get(each.key, ""),
            OUTCOMES.get(outcomes.get(each.key, ""), ""),
            tuple(duties.get(each.key, ())),
            tuple(told.get(each.key, ())),
            tuple(row for row in entered if row.complaint == each.key),
        )
        for each in found
    ]

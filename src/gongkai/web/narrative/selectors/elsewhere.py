"""What stands in the same part of other reports: this organ's of the year before, other organs' of the same year.

Texts written here come first; for who did not write here, what was read from the report that was handed in.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from gongkai.annual.report import OWN, Report
from gongkai.web.annual.models import Reading, Submission
from gongkai.web.annual.selectors.readings import of_scope
from gongkai.web.narrative.selectors.versions import lines_of_county, words_of
from gongkai.web.organs.models import Organ


def words_in(
    county: uuid.UUID, organs: Iterable[Organ], year: int, section: str, scope: str = OWN
) -> dict[uuid.UUID, str]:
    """The words of a part in the reports of these organs; organs of whom nothing is known are left out."""
    wanted = {organ.pk: organ for organ in organs}
    lines = lines_of_county(county, year, wanted.values(), scope)
    current = {key: standing for key, of in lines.items() if (standing := of[section].current)}
    words = words_of(current.values())
    found = {key: words[each.pk] for key, each in current.items() if words[each.pk].strip()}
    return {**_handed_in(county, [key for key in wanted if key not in found], year, section, scope), **found}


def _handed_in(county: uuid.UUID, organs: list[uuid.UUID], year: int, section: str, scope: str) -> dict[uuid.UUID, str]:
    rows = Submission.objects.filter(county=county, organ__in=organs, year=year, aside=False)
    rows = of_scope(rows, scope).order_by("id")
    newest = {row.organ_id: row.pk for row in rows.only("pk", "organ_id") if row.organ_id is not None}
    read = Reading.objects.filter(submission__in=newest.values(), report__isnull=False).order_by("id")
    readings = dict(read.values_list("submission_id", "pk"))
    told = dict(Reading.objects.filter(pk__in=readings.values()).values_list("submission_id", "report"))
    said = {organ: _section(told[key], section) for organ, key in newest.items() if key in told}
    return {organ: words for organ, words in said.items() if words.strip()}


def _section(data: dict[str, Any] | None, section: str) -> str:
    report = Report.from_json(data or {})
    part = report.preface if section == "preface" else report.sections.get(int(section))
    return part.text if part else ""

"""`gongkai compile`: an organ's yearly report from what is in the data folder, figures and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from gongkai.web.operate.prepare import prepare_store

if TYPE_CHECKING:
    from gongkai.annual.report import Report
    from gongkai.web.organs.models import Organ


NAMED = 10
"""So many organs are named in a remark under a table."""


def compile_office(
    name: str, year: int, *, consolidated: bool = False, as_known_at: date | None = None
) -> tuple[Report, dict[str, Any]]:
    """The report of an organ and year with its object for JSON; as known at the end of a day. Refused in one sentence.

    With the words that the organ's desk keeps for the year; what about them is unfinished stands among the remarks.
    """
    prepare_store()
    from django.utils import timezone

    from gongkai.web.compilation.selectors.figures import compiled
    from gongkai.web.facts import Refused
    from gongkai.web.memo import page_memory
    from gongkai.web.organs.selectors import ever_named, home_county

    county = home_county()
    organ = ever_named(county.pk, name) if county else None
    if organ is None:
        raise Refused(f"没有登记过“{name}”，请写机关名录中的全称")
    known_at: datetime | None = None
    if as_known_at is not None:
        known_at = timezone.make_aware(datetime.combine(as_known_at, time.max))
    try:
        with page_memory():
            if consolidated:
                return _worded(*_consolidated(organ, year, known_at), organ, known_at)
            done = compiled(organ, year, known_at)
            return _worded(done.report(), done.to_json(), organ, known_at)
    except KeyError as error:
        raise Refused(str(error.args[0])) from None


def _consolidated(organ: Organ, year: int, known_at: datetime | None) -> tuple[Report, dict[str, Any]]:
    """The county's report as the sum of its organs, under the name of the organ that was asked for."""
    from gongkai.annual.forms import form
    from gongkai.annual.opening import opening
    from gongkai.annual.report import SectionText
    from gongkai.web.collection.selectors import pages
    from gongkai.web.collection.selectors.rollup import consolidated, reporting
    from gongkai.web.organs.selectors import county_with

    county = county_with(organ.county)
    assert county is not None
    rolled = consolidated(county, year, known_at)
    records = pages.records_behind(rolled, reporting(county.pk, year, known_at), known_at)
    report, data = pages.to_json(rolled, records, organ.name)
    blank: dict[int, dict[str, None]] = {}
    for address, cell in rolled.cells.items():
        found = blank.setdefault(form(rolled.edition).by_address[address].table, {})
        found.update(dict.fromkeys(part.name for part in cell.blank))
    said = {table: SectionText(_blank_at(tuple(names))) for table, names in blank.items() if names}
    # In the file the names stand under the table: in the cells there is no room for them.
    return replace(report, notes=(), preface=SectionText(opening(rolled)), sections=said), data


def _blank_at(names: tuple[str, ...]) -> str:
    """The remark under a table in which some organs have blanks."""
    more = f"等{len(names)}个机关" if len(names) > NAMED else ""
    return f"注：{'、'.join(names[:NAMED])}{more}有空白的格，空白的没有计入。"


def _worded(
    report: Report, data: dict[str, Any], organ: Organ, known_at: datetime | None
) -> tuple[Report, dict[str, Any]]:
    """The same with the words of the year, each with its numbers, in the file and in the object."""
    from gongkai.annual.narrative.facts import SECTIONS
    from gongkai.annual.report import OWN, SectionText
    from gongkai.web.narrative.selectors.texts import sections

    year = report.year or 0
    words = sections(organ, year, known_at, report.scope or OWN)
    found = {key: part for key, part in words.items() if part.text.strip()}
    opening = report.preface.text if report.preface else ""
    preface = "\n".join(text for text in (opening, found["preface"].text if "preface" in found else "") if text)
    report = replace(
        report,
        preface=SectionText(preface) if preface else None,
        sections=report.sections | {int(key): SectionText(part.text) for key, part in found.items() if key.isdecimal()},
    )
    told = report.to_json()
    remarks = [
        f"“{zh}”还没有写。" for key, zh in SECTIONS.items() if key not in found and (key.isdecimal() or not found)
    ]
    for key, part in found.items():
        if part.beside:
            remarks.append(f"“{SECTIONS[key]}”有{part.beside + 1}稿还没有合并，写入的是现在的一稿。")
        remarks += [f"“{SECTIONS[key]}”中绑定断开：{each.why}" for each in part.broken]
    data |= {"preface": told["preface"], "sections": told["sections"], "remarks": [*data["remarks"], *remarks]}
    return report, data

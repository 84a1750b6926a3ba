"""The January room of the demonstration: days of the county's own, whom it reminded, and where reports are public."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit.services import Audit
from gongkai.web.collection.selectors.january import room
from gongkai.web.collection.services.choosing import set_internal_day, set_local_day
from gongkai.web.collection.services.elsewhere import state
from gongkai.web.collection.services.reminding import record
from gongkai.web.collection.wording import for_all
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.then import then
from gongkai.web.facts import new_key
from gongkai.web.organs.models import County, Organ

INTERNAL, TOWN = "01-23", "01-28"
DESK = "何静"
"""Who works at the competent department."""
OFFICE = "云岭县人民政府办公室"
PLACE = "云岭县人民政府门户网站政府信息公开年报栏目"
ELSEWHERE: dict[int, dict[str, str]] = {
    2019: {OFFICE: "01-19"},
    2020: {OFFICE: "01-22"},
    2024: {
        OFFICE: "01-22", "云岭县教育局": "02-10", "云岭县自然资源局": "01-21", "云岭县卫生健康局": "01-26",
        "云岭县云岭街道办事处": "01-23",
    },
    2025: {
        OFFICE: "01-22", "云岭县发展和改革局": "01-26", "云岭县教育局": "01-27", "云岭县公安局": "01-23",
        "云岭县自然资源局": "02-06", "云岭县卫生健康局": "01-29", "云岭县云岭街道办事处": "01-27",
    },
}  # fmt: skip
"""On which day of the year after it the report of an organ was public, of those that were not issued here: one of a year
late, the others in time. The report of 云岭县民政局 on the second year was frozen here and is public nowhere."""


def set_days(county: County, desk: Audit) -> None:
    """The county's own days, set in the first week of the year in which they first hold."""
    january = date(YEARS[-1] + 1, 1, 1)
    with then(date(january.year, 1, 5)):
        set_internal_day(audit=desk, day=INTERNAL, valid_from=january)
        for form in ("township", "subdistrict"):
            set_local_day(audit=desk, form=form, day=TOWN, valid_from=january)


def remind(county: County, desk: Audit, year: int, on: date) -> None:
    """Remind whoever of them is to be reminded of a year on a day."""
    with then(on):
        found = room(county, year, on)
        words = for_all(found, found.outstanding, OFFICE)
        record(audit=desk, year=year, lines=found.outstanding, words=words, once=new_key())


def state_public(county: County, desk: Audit, year: int, on: date) -> None:
    """State on a day where the reports that organs handed in are public, since when, once it is known whose they are."""
    organs = Organ.objects.filter(county=county.pk, successor=None)
    named = {organ.name: organ for organ in organs}
    with then(on):
        for name, day in ELSEWHERE[year].items():
            since = date.fromisoformat(f"{year + 1}-{day}")
            state(audit=desk, organ=named[name], year=year, on=since, place=PLACE)

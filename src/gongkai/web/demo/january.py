"""The January room of the demonstration: days of the county's own, whom it reminded, and where reports are public."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.collection.selectors.days import days_of
from gongkai.web.collection.selectors.january import Room, of_organ
from gongkai.web.collection.services.choosing import set_internal_day, set_local_day
from gongkai.web.collection.services.elsewhere import state
from gongkai.web.collection.services.reminding import record
from gongkai.web.collection.wording import for_all
from gongkai.web.facts import new_key
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person

INTERNAL, TOWN = "01-23", "01-28"
DESK = "何静"
"""Who works at the competent department."""
OFFICE = "云岭县人民政府办公室"
CHASED = ("云岭县民政局", "云岭县石桥镇人民政府", "云岭县青禾乡人民政府")
"""Those of whom no report of last year is handed in."""
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


def load_january(county: County) -> None:
    """Load the room of last year's reports. Only into an empty house."""
    person = Person.objects.filter(county=county.pk, name=DESK).first()
    if person is None:
        return
    desk, today = Audit(person.pk, county.pk), timezone.localdate()
    january = date(today.year, 1, 1)
    set_internal_day(audit=desk, day=INTERNAL, valid_from=january)
    for form in ("township", "subdistrict"):
        set_local_day(audit=desk, form=form, day=TOWN, valid_from=january)
    organs = Organ.objects.filter(county=county.pk, name__in=CHASED).order_by("position", "id")
    year = today.year - 1
    lines = [line for organ in organs for line in of_organ(organ, year, today) if line.outstanding]
    if lines:
        words = for_all(Room(year, today, days_of(county.pk, year), tuple(lines), None), lines, OFFICE)
        record(audit=desk, year=year, lines=lines, words=words, once=new_key())


def load_public(county: County) -> None:
    """State where the reports that organs handed in are public, since when. Only into an empty house, once they are read."""
    person = Person.objects.filter(county=county.pk, name=DESK).first()
    if person is None:
        return
    desk, organs = Audit(person.pk, county.pk), Organ.objects.filter(county=county.pk, successor=None)
    named = {organ.name: organ for organ in organs}
    for year, days in ELSEWHERE.items():
        for name, day in days.items():
            on = date.fromisoformat(f"{year + 1}-{day}")
            state(audit=desk, organ=named[name], year=year, on=on, place=PLACE)

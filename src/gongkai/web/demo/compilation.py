"""Figures of the demonstration that other systems hold: entered with their source, one changed, some left blank."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit.services import Audit
from gongkai.web.compilation.models import Entered
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.compilation.services.entering import enter
from gongkai.web.demo.earlier import OUTSIDE, PAST
from gongkai.web.demo.registers import EDUCATION, LAND
from gongkai.web.demo.reports import report_of
from gongkai.web.organs.models import County, Organ
from gongkai.web.registers.models import Row

_TOLD = {
    "licences": ("decisions", "行政审批系统，{}年1月6日导出"),
    "penalties": ("decisions", "行政执法办案系统，{}年1月7日导出"),
    "compulsory_measures": ("decisions", "行政执法办案系统，{}年1月7日导出"),
    "charges": ("amount", "非税收入管理系统，{}年1月8日导出"),
}
_FIGURES = {EDUCATION: ("36", "2", "0", "1284.6"), LAND: ("327", "28", "4", "2106.4")}
"""Licences, penalties, compulsory measures and charges of a year, of what these keep in no register here."""
_OWN = {(EDUCATION, 2024), (EDUCATION, 2025), (LAND, 2025)}
"""Whose figures of a year are not those of their file: it is for the demonstration that they are not the same."""


def load_compilation(county: County, audit: Audit, today: date) -> None:
    """Enter what other systems told two organs of the last two years: what their files have otherwise."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    kept = set(Row.objects.filter(county=county.pk).values_list("organ", "register").distinct())
    there = set(Entered.objects.filter(county=county.pk).values_list("organ", "year"))
    for name, figures in _FIGURES.items():
        organ = organs.get(name)
        for year in (today.year - 2, today.year - 1):
            if organ is None or (organ.pk, year) in there:
                continue
            for (register, (column, source)), words in zip(_TOLD.items(), figures, strict=True):
                if (organ.pk, register) in kept:
                    continue
                address, note = f"proactive.{register}.{column}", source.format(year + 1)
                first = enter(audit=audit, organ=organ, year=year, address=address, words=words, note=note)
                if (name, register, year) == (EDUCATION, "penalties", today.year - 1):
                    again = source.format(year + 1).replace("7日", "13日")
                    enter(
                        audit=audit, organ=organ, year=year, address=address, words="3", note=again,
                        reason="补录12月31日作出的1件", seen=first.pk,
                    )  # fmt: skip


def enter_as_reported(audit: Audit, organs: dict[str, Organ], year: int) -> None:
    """Enter what no register here tells of a year, for all who compile their report here."""
    for (name, of), sample in PAST.items():
        if of != year or name not in organs or name in OUTSIDE or (name, of) in _OWN:
            continue
        kept = compiled(organs[name], year).figures
        for address, found in report_of(sample).cells.items():
            if address.startswith("proactive.") and kept[address].value != found.value:
                note = f"业务科室核报，{year + 1}年1月8日"
                enter(audit=audit, organ=organs[name], year=year, address=address, words=str(found.value), note=note)

"""Figures of the demonstration that other systems hold: entered with their source, one changed, some left blank."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit.services import Audit
from gongkai.web.compilation.services.entering import enter
from gongkai.web.demo.registers import EDUCATION, LAND
from gongkai.web.organs.models import County, Organ
from gongkai.web.registers.models import Row

_TOLD = {
    "licences": ("decisions", "行政审批系统，{}年1月6日导出"),
    "penalties": ("decisions", "行政执法办案系统，{}年1月7日导出"),
    "compulsory_measures": ("decisions", "行政执法办案系统，{}年1月7日导出"),
    "charges": ("amount", "非税收入管理系统，{}年1月8日导出"),
}
_FIGURES = {
    "云岭县发展和改革局": ("214", "0", "0", "0"),
    EDUCATION: ("36", "2", "0", "1284.6"),
    "云岭县公安局": ("1863", "942", "57", "318.25"),
    "云岭县民政局": ("41", "3", "0", "0"),
    LAND: ("327", "28", "4", "2106.4"),
    "云岭县卫生健康局": ("186", "54", "1", "0"),
}
"""Licences, penalties, compulsory measures and charges of a year; the office and the townships have not entered any."""


def load_compilation(county: County, audit: Audit, today: date) -> None:
    """Enter what other systems told of the last two years, of what these organs keep in no register here."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    kept = set(Row.objects.filter(county=county.pk).values_list("organ", "register").distinct())
    for name, figures in _FIGURES.items():
        organ = organs.get(name)
        if organ is None:
            continue
        for year in (today.year - 2, today.year - 1):
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

"""Standard catalogues for a few fields of the demonstration, in words of our own, with some lines already matched."""

from __future__ import annotations

import contextlib
import re
import uuid
from datetime import date, timedelta

from django.utils import timezone

from gongkai.proactive.coverage import Line
from gongkai.web.audit.services import Audit
from gongkai.web.coverage.models import CatalogueLine
from gongkai.web.coverage.selectors.catalogues import bearings, lines
from gongkai.web.coverage.selectors.suggest import entries_for, placed_on
from gongkai.web.coverage.services.catalogues import keep
from gongkai.web.coverage.services.placing import declare, place
from gongkai.web.facts import Refused
from gongkai.web.organs.models import County, Organ
from gongkai.web.proactive.services.relations import clarify

SOURCE = "云岭县基层政务公开标准目录（演示，本系统自拟）"
EACH = 2
"""On how many lines an entry of the demonstration stands."""

FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "education": ("县教育局", ("义务教育招生", "学生营养改善", "校外培训机构监管", "家庭经济困难学生资助")),
    "land_compensation": ("县自然资源局", ("土地征收", "不动产登记", "地质灾害防治")),
    "social_assistance": ("县民政局、云岭县石桥镇人民政府", ("城乡居民最低生活保障", "临时救助", "特困人员供养")),
    "safety": ("县级有关监管部门", ("安全生产执法", "危险化学品监管")),
    "rural_housing": (
        "县住房和城乡建设局、云岭县石桥镇人民政府、云岭县青禾乡人民政府、云岭县云岭街道办事处",
        ("农村危房改造",),
    ),
}
_ELEMENTS = (
    (
        "政策文件",
        "{}的政策文件、实施细则和解读",
        "自信息形成或者变更之日起20个工作日内公开",
        "办法|细则|规定|规程|解读|意见",
    ),
    ("办事指南", "{}的对象、条件、材料、流程和联系方式", "长期公开", "指南|流程|条件|问答"),
    ("进展情况", "{}的进展、数量和资金使用情况", "按季度公开", "进展|情况|通报|统计"),
    ("结果公示", "{}的名单、结果和公示期限", "实时公开", "公示|结果|名单|公告"),
    ("年度总结", "{}的年度工作总结", "每年公开一次", "总结|年度|计划"),
)
"""An element, what it holds, its limit, and by which words of a title the demonstration takes an entry for it."""


def of_field(duty: str, matters: tuple[str, ...]) -> list[Line]:
    """The lines of a field: each matter with its elements."""
    found: list[Line] = []
    for matter in matters:
        for element, content, limit, _ in _ELEMENTS:
            line = Line(
                matter,
                f"{matter}{element}",
                content.format(matter),
                number=str(len(found) + 1),
                basis="《中华人民共和国政府信息公开条例》",
                limit=limit,
                duty=duty,
                channels="政府网站、公开查阅点",
                audience="全社会",
                manner="主动公开",
                level="县级、乡级" if "乡镇" in duty else "县级",
            )
            found.append(line)
    return found


def _plainly(row: CatalogueLine, title: str) -> bool:
    words = next((said for element, _, _, said in _ELEMENTS if row.second.endswith(element)), "")
    return row.first in title and re.search(words, title) is not None


def load_coverage(county: County, audit: Audit, today: date | None = None) -> None:
    """The catalogues, what plainly stands on their lines, what does not concern an organ, and what was set right."""
    day = today or timezone.localdate()
    for field, (duty, matters) in FIELDS.items():
        keep(audit=audit, field=field, lines=of_field(duty, matters), source=SOURCE)
    organs = {organ.pk: organ for organ in Organ.objects.filter(county=county.pk, valid_until=None)}
    bears = bearings(county.pk)
    for row in lines(county.pk):
        for key in bears.of(row.catalogue.field, row.duty).organs:
            for found in entries_for(row, key):
                entry = uuid.UUID(found.key)
                if _plainly(row, found.words) and len(placed_on(entry)) < EACH:
                    place(audit=audit, entry=entry, line=row.key, found="suggested")
    town = next((organ for organ in organs.values() if organ.form == "subdistrict"), None)
    homes = [row for row in lines(county.pk) if row.catalogue.field == "rural_housing"]
    if town is not None:
        for row in homes:
            with contextlib.suppress(Refused):
                declare(audit=audit, organ=town, line=row.key, reason="本街道没有农村居民点", on=day)
    office = next((organ for organ in organs.values() if organ.competent), None)
    if office:
        words = "有帖子称县城区将停水一周，与实际的检修安排不符"
        clarify(audit=audit, organ=office, met_on=day - timedelta(days=3), where="本地网络论坛", words=words)

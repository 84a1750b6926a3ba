"""The entries of the demonstration: what each of some thousand says, when it came about, and how far it has come.

The same numbers give the same entries. Number 0 is the newest; the days go back over seven years, closer together the
newer they are. Nobody and nothing in them exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from gongkai.web.demo.articles import DEPARTMENT, TOWNSHIP, Article, normative, policy, setting
from gongkai.web.demo.earlier import SETTLED, YEARS
from gongkai.web.demo.offices import OFFICES, Office
from gongkai.web.demo.people import WORDS
from gongkai.web.proactive.services.drafting import Content

AT_ONCE = 60
"""Entries that are there when the desk opens for the first time; the others come in the background."""
_YEARS = 7 * 365
_SEED = 20260302

LIVES: dict[int, str] = {
    0: "draft", 1: "review:0", 2: "review:1", 3: "review:2", 4: "review:3", 5: "lacking", 6: "returned", 7: "approved",
    8: "scheduled", 9: "withheld", 10: "on_request", 11: "withdrawn", 12: "corrected", 13: "repealed", 14: "amended",
    15: "review:1", 16: "review:0", 17: "scheduled", 18: "corrected", 19: "review:2", 20: "draft",
}  # fmt: skip
"""How far the newest have come, one by one, so that the desk has every state; all the others are public or were."""
_LATER = ((97, 13, "withdrawn"), (83, 11, "withheld"), (89, 17, "on_request"), (41, 5, "repealed"), (47, 9, "amended"))
AT_HOME = tuple(office for office in OFFICES if office.name in WORDS)
"""The organs whose people the desk shows: theirs are the newest entries, so that each has something to do."""
FIRST = (*AT_HOME, *OFFICES[8:24:2])
"""The organs of what is there at once."""
TOPICS = {
    "minsheng": "民生实事",
    "yingshang": "优化营商环境",
    "xiangcun": "乡村全面振兴",
    "jiuye": "稳就业促增收",
    "anquan": "安全生产和防灾减灾",
}
_OF_TOPICS = {
    "minsheng": ("老旧小区", "保障", "养老", "供水", "医保", "资助", "救助"),
    "yingshang": ("营商", "审批", "企业", "一件事", "税费", "个体工商户"),
    "xiangcun": ("农", "乡村", "村级", "土地经营权", "宅基地"),
    "jiuye": ("就业", "培训", "招聘", "欠薪"),
    "anquan": ("安全", "防汛", "防火", "地质灾害", "消防", "危险化学品"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry that is to be: whose it is, what it says, when it came about, and its life."""

    number: int
    office: Office
    article: Article
    day: date
    life: str
    before: Planned | None = None

    @property
    def once(self) -> str:
        """What makes it arrive once."""
        return f"demo:entry:{self.number}{'a' if self.before is None and self.life == 'before' else ''}"

    def content(self) -> Content:
        """What is drafted."""
        article, mode = self.article, {"withheld": "not_disclosed", "on_request": "onrequest", "lacking": ""}
        reason = {"withheld": "属于内部工作安排，不对外产生影响", "on_request": "涉及面窄，由申请人按需获取"}
        return Content(
            kind=article.kind,
            title=article.title[:200],
            formed_on=self.day,
            metadata=self.metadata(),
            mode=mode.get(self.life, "proactive"),
            ground="internal_affairs" if self.life == "withheld" else "",
            mode_reason=reason.get(self.life, ""),
            public_until=self.day + timedelta(days=article.days + 6) if article.days else None,
            body=article.body,
        )

    def metadata(self) -> dict[str, Any]:
        """The metadata of the entry."""
        topics = [key for key, words in _OF_TOPICS.items() if any(word in self.article.title for word in words)]
        return {
            "theme": self.office.theme,
            "issuing_organ": self.office.name,
            "written_on": self.day.isoformat(),
            "duty_unit": self.office.name,
            "items": list(self.article.items),
            "columns": list(self.article.columns),
            "topics": topics,
            "language": "中文",
            **self.article.meta,
        }


def _day(number: int, count: int, today: date) -> date:
    """When the n-th entry came about: the newest ten are of these days, then ever further apart, and on workdays."""
    back = number // 6 if number < len(LIVES) else 4 + int((number / count) ** 1.5 * _YEARS)
    day = today - timedelta(days=back)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _life(number: int) -> str:
    if number in LIVES:
        return LIVES[number]
    return next((life for of, rest, life in _LATER if number % of == rest), "public")


def planned(number: int, count: int, today: date) -> Planned:
    """The n-th entry."""
    rng = Random(_SEED + number)  # noqa: S311 - an invented county, the same each time
    life = _life(number)
    offices = AT_HOME if number < len(LIVES) else FIRST if number < AT_ONCE else OFFICES
    if life in ("repealed", "amended"):
        offices = tuple(office for office in offices if not office.township and office.name not in SETTLED)
    office = offices[number * 7 % len(offices)]
    day = _day(number, count, today)
    sorts = TOWNSHIP if office.township else DEPARTMENT
    write = sorts[(number // len(OFFICES) + number) % len(sorts)]
    if write is normative and office.name in SETTLED and day.year <= YEARS[-1]:
        write = policy
    if life not in ("repealed", "amended"):
        article = write(setting(rng, office, day, number % 97 + 1))
        return Planned(number, office, article, day, life)
    earlier = day - timedelta(days=rng.randint(400, 900))
    old = normative(setting(rng, office, earlier, number % 97 + 1))
    before = Planned(number, office, old, earlier, "before")
    verb = "废止" if life == "repealed" else "修改"
    name = old.title.partition("关于印发")[2].removesuffix("的通知")
    new = normative(setting(rng, office, day, number % 97 + 2))
    title = f"{office.name}关于{verb}{name}的决定"
    return Planned(number, office, _decision(new, title, name, verb), day, life, before)


def _decision(new: Article, title: str, name: str, verb: str) -> Article:
    lines = [
        f"经清理评估，决定{verb}{name}。",
        "施行之前已经受理的事项，按照原有文件办理完毕；原有文件规定的待遇标准与现行规定不一致的，以现行规定为准。",
        f"本机关在施行后三十日内更新办事指南和有关栏目，{verb}前后的文本均可在政府信息公开目录中查到。",
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    meta = new.meta | {"no_interpretation": f"只{verb}原有文件，不另作解读", "summary": f"{verb}{name}。"}
    return Article("normative", title, body, new.items, new.columns, meta)


def entries(first: int, last: int, count: int, today: date) -> Iterator[Planned]:
    """The entries from a number up to another, the older ones first."""
    for number in range(last - 1, first - 1, -1):
        yield planned(number, count, today)

"""What the offices of the demonstration held, answered and posted in a year: the rows of their other ledgers. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gongkai.proactive.registers import counting_day, registers
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.houses import OFFICE, House

Row = tuple[str, dict[str, str]]
FIRST_MEETING = 14
"""The number of the county government's executive meeting of January of the first year."""
_TOPICS = (
    "听取安全生产和信访工作汇报，审议年度重点工作分工。", "研究一季度经济运行和春耕生产。", "审议农村供水管护办法。",
    "听取防汛准备情况，研究地质灾害防治。", "审议义务教育招生方案，研究校园安全。", "听取财政预算执行和审计情况。",
    "研究优化营商环境措施。", "审议公立医院改革方案。", "听取民生实事进展，研究秋收秋种。", "审议城市更新计划。",
    "研究冬季取暖和燃气安全。", "听取全年工作总结，研究根治欠薪。",
)  # fmt: skip
_TRAINED = (
    "依申请公开答复文书写法",
    "政府信息公开审查要点",
    "政策解读和回应关切",
    "年度报告填报",
    "公开目录和栏目维护",
)


def content(house: House, year: int, last: date, place: int) -> Iterator[Row]:
    """The rows of a year up to a day."""
    rng = Random(f"{house.name}{year}")  # noqa: S311 - an invented county, the same each time
    for register, row in (*_meetings(house, year, rng), *_answered(house, year, last, rng), *_told(house, year, place, rng),
                          *_places(house, year, rng), *_work(house, year, place, rng)):  # fmt: skip
        day = counting_day(registers()[register], row)
        if day is not None and day <= last:
            yield register, row


def _weekday(year: int, month: int, day: int) -> date:
    """A day, or the Friday before where it is none on which offices work."""
    found = date(year, month, day)
    return found - timedelta(days=max(0, found.weekday() - 4))


def executive_number(month: date) -> int:
    """The number of the executive meeting of a month."""
    return FIRST_MEETING + (month.year - YEARS[0]) * 12 + month.month - 1


def _meetings(house: House, year: int, rng: Random) -> Iterator[Row]:
    if house is OFFICE:
        for month in range(1, 13):
            day = _weekday(year, month, 10)
            opened = (
                {"opened": "invited", "invited": "市民代表2名、县政协委员1名"}
                if month % 4 == 2
                else {"opened": "result"}
            )
            yield "meetings", {
                "name": f"县政府第{executive_number(day)}次常务会议", "meeting": "executive", "held_on": str(day),
                "topics": _TOPICS[(month - 1 + year) % 12], **opened,
            }  # fmt: skip
        yield "meetings", {
            "name": f"县政府第{year - 2021}次全体会议", "meeting": "plenary", "held_on": str(_weekday(year, 2, 20)),
            "topics": "部署全年工作。", "opened": "live",
        }  # fmt: skip
        return
    for n in range(4):
        how = {"opened": "not_opened", "reason": "研究人事事项，属于内部事务信息。"} if rng.random() < 0.2 else (
            {"opened": "media"} if rng.random() < 0.2 else {"opened": "result"}
        )  # fmt: skip
        yield "meetings", {
            "name": f"{house.short}{year}年第{n + 1}次{house.meeting}", "meeting": "office",
            "held_on": str(_weekday(year, 2 + 3 * n, 5 + rng.randrange(20))),
            "topics": house.topics[(n + year) % len(house.topics)], **how,
        }  # fmt: skip


def _answered(house: House, year: int, last: date, rng: Random) -> Iterator[Row]:
    """Proposals of deputies and members: half of what the office has to answer comes each year."""
    session, count = ("三", "四", "五", "六", "七")[min(year - YEARS[0], 4)], max(1, (len(house.proposals) + 1) // 3)
    for n in range(count):
        subject = house.proposals[((year - YEARS[0]) * count + n) % len(house.proposals)]
        member = subject.endswith("提案")
        received = _weekday(year, 3, 12 + n)
        answered = received + timedelta(days=58 + rng.randrange(36))
        row = {
            "proposal": "member" if member else "deputy", "number": str(11 + 7 * n + rng.randrange(7)), "subject": subject,
            "session": f"县政协十届{session}次会议" if member else f"县十八届人大{session}次会议",
            "role": "joint" if rng.random() < 0.25 else "lead", "received_on": str(received),
        }  # fmt: skip
        if answered <= last:
            published = rng.choice(("full", "full", "summary", "not_published"))
            reason = {"reason": "建议人不同意公开。"} if published == "not_published" else {}
            row |= {"answered_on": str(answered), "published": published, **reason}
        yield "proposals", row


def _told(house: House, year: int, place: int, rng: Random) -> Iterator[Row]:
    """What the office told the public, and what the public said."""
    for n, subject in enumerate(house.press):
        if n % 2 == year % 2:
            yield "press_conferences", {
                "subject": subject, "held_on": str(_weekday(year, 4 + 2 * n, 15)), "role": "held" if house is OFFICE else "joined",
                "speaker": f"{house.short}主要负责人" if n % 3 == 0 else f"{house.short}分管负责人",
                **({"head_present": "yes"} if n % 3 == 0 else {}),
            }  # fmt: skip
    for n, (subject, where) in enumerate(house.opinions):
        if (n + year + place) % 2:
            met = _weekday(year, 3 + 4 * (n % 3), 8 + rng.randrange(18))
            handled = rng.random() < 0.75
            yield "public_opinion", {
                "subject": subject, "met_on": str(met), "where": where, "grade": "common", "reported_on": str(met),
                "handling": "responded" if handled else "no_need",
                **({"responded_on": str(met + timedelta(days=1 + rng.randrange(3)))} if handled
                   else {"reason": "经核实为个别误传，发帖人已删除。"}),
            }  # fmt: skip
    if house is OFFICE:
        for issue in range(1, 5):
            yield "gazettes", {
                "issue": f"{year}年第{issue}期", "issued_on": str(_weekday(year, issue * 3, 22)),
                "documents": str(9 + rng.randrange(7)), "copies": "600",
            }  # fmt: skip
        points = house.points[: len(house.points) // 2] if year % 2 == 0 else house.points[len(house.points) // 2 :]
        for name, work, duty in points:
            yield "work_points", {
                "name": f"{year}年{name}", "work": work, "from_on": f"{year}-02-20", "due_on": f"{year}-12-25", "duty": duty,
                "finished_on": f"{year}-12-{20 + rng.randrange(5)}",
            }  # fmt: skip
    for n, unit in enumerate(house.units):
        for quarter in range(1, 5):
            pieces = 4 + rng.randrange(9)
            yield "section_reports", {
                "unit": unit, "reported_on": str(_weekday(year, quarter * 3, 19 + n)), "pieces": str(pieces),
                "content": ("财务收支和补贴发放", "村务事项和工程进展", "救助对象动态调整", "年度决算和民主评议")[quarter - 1],
                "published": str(pieces - rng.randrange(3)),
            }  # fmt: skip


def _places(house: House, year: int, rng: Random) -> Iterator[Row]:
    for n, (title, where) in enumerate(house.boards):
        posted = _weekday(year, 2 + (n * 2 + year) % 10, 4 + rng.randrange(20))
        until = posted + timedelta(days=(7, 10, 20)[n % 3])
        late = timedelta(days=2 if rng.random() < 0.15 else 0)
        yield "notice_boards", {
            "title": f"{year}年{title}公示", "where": where, "posted_on": str(posted), "until_on": str(until),
            "removed_on": str(until + late),
        }  # fmt: skip
    if house is OFFICE:
        for month, to in ((6, "both"), (12, "archive" if year % 2 else "both")):
            yield "transfers", {
                "on": str(_weekday(year, month, 12)), "to": to, "form": "both", "pieces": str(60 + rng.randrange(50)),
            }  # fmt: skip


def _work(house: House, year: int, place: int, rng: Random) -> Iterator[Row]:
    who = "常务副县长" if house is OFFICE else "分管负责人"
    meetings = ((3, "部署年度政务公开工作要点。"), (9, "通报上半年检查情况，研究整改。"))
    for month, topics in meetings if house is OFFICE or not house.past_only else ():
        yield "work_meetings", {
            "name": "全县政务公开工作会议" if house is OFFICE else f"{house.short}政务公开工作会议",
            "held_on": str(_weekday(year, month, 8 + place)), "chaired_by": who, "topics": topics,
        }  # fmt: skip
    held = house is OFFICE or house.powers > 0
    yield "trainings", {
        "subject": _TRAINED[(year + place) % len(_TRAINED)], "held_on": str(_weekday(year, 5 + place % 3, 16)),
        "people": str((48 if house is OFFICE else 18) + rng.randrange(16) if held else 2 + place % 3),
        "hours": "4" if held else "8", "role": "held" if held else "sent",
    }  # fmt: skip
    if house is OFFICE and year == YEARS[0]:
        yield "rules_issued", {
            "name": "云岭县政府信息公开申请办理规程", "document_number": f"{house.word}发〔{year}〕17号",
            "issued_on": f"{year}-06-18", "act": "amended",
        }  # fmt: skip
    if house.powers:
        more = house.powers + 2 * (year - YEARS[0])
        yield "powers_lists", {
            "version": f"{year}年版", "from_on": str(_weekday(year, 10, 20)), "powers": str(more),
            "changes": ("新增2项，调整名称1项。", "新增3项，取消1项。", "新增2项，下放1项，承接1项。")[year % 3],
        }  # fmt: skip
    for kind, of, approved, public in (("budget", year, (2, 8), (2, 24)), ("final_account", year - 1, (8, 22), (9, 5))):
        yield "budgets", {
            "year": str(of), "budget": kind, "state": "public", "approved_on": str(date(year, *approved)),
            "public_on": str(_weekday(year, *public)), "where": "县政府门户网站财政预决算专栏",
        }  # fmt: skip

"""The registers of the demonstration: what some offices entered in the last years. All of it invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction

from gongkai.proactive.rhythm import span_of
from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.held import executive_number
from gongkai.web.demo.publishing import staff_of
from gongkai.web.organs.models import County, Organ
from gongkai.web.proactive.selectors.documents import item_of
from gongkai.web.proactive.selectors.facts import progress
from gongkai.web.proactive.services import release, review
from gongkai.web.registers.models import Line, Row
from gongkai.web.registers.services.nothing import declare_nothing
from gongkai.web.registers.services.publishing import draft_list
from gongkai.web.registers.services.rows import correct, enter

OFFICE, EDUCATION, LAND, TOWN = (
    "云岭县人民政府办公室", "云岭县教育局", "云岭县自然资源局", "云岭县石桥镇人民政府",
)  # fmt: skip
Given = tuple[str, str, dict[str, str]]
_FIRMS = ("云岭绿源建材有限公司", "石桥镇永兴采石场", "云岭县宏达置业有限公司", "青松岭林场", "云岭县育才培训学校")
_PEOPLE = ("陈大明", "赵小芳", "欧阳文", "孙立国")


def _months(today: date, count: int) -> list[date]:
    """The first days of the months before this one, newest last."""
    found, day = [], today.replace(day=1)
    for _ in range(count):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found[::-1]


def _since(year: int, today: date) -> list[date]:
    """The first days of the months from a January to the one before this."""
    return _months(today, (today.year - year) * 12 + today.month - 1)


def _single(n: int, day: date) -> dict[str, str]:
    """What a decision on one case has in common."""
    natural = n % 3 == 2
    names = _PEOPLE if natural else _FIRMS
    return {
        "entered_as": "single",
        "decided_on": day.isoformat(),
        "party_kind": "natural_person" if natural else "organisation",
        "party": names[n % len(names)],
    }


def _decisions(today: date) -> Iterator[Given]:
    matters = cycle(("建设用地规划许可", "采矿许可变更", "临时用地审批", "乡村建设规划许可"))
    offences = cycle(("未经批准占用土地", "超越批准的矿区范围采矿", "破坏耕地"))
    months = _since(YEARS[-1], today)
    for n, month in enumerate(months[:-1]):
        for k in range(2 + n % 3):
            day, number = month + timedelta(days=4 + 6 * k), n * 5 + k + 1
            yield LAND, "licences", {
                **_single(n + k, day), "matter": next(matters), "outcome": "granted" if number % 7 else "refused",
                "document_number": f"云自然资许〔{day.year}〕{number}号",
            }  # fmt: skip
        if n % 2 == 0:
            day = month + timedelta(days=11)
            yield LAND, "penalties", {
                **_single(n, day), "offence": next(offences), "penalty": "责令退还土地，并处罚款",
                "document_number": f"云自然资罚〔{day.year}〕{n + 1}号", "fine": f"{1 + n * 0.25:g}",
                "basis": "《中华人民共和国土地管理法》",
            }  # fmt: skip
        said = {"entered_as": "total", "month": f"{month:%Y-%m}"}
        yield LAND, "charges", {**said, "name": "不动产登记费", "amount": f"{0.4 + n % 5 * 0.13:.2f}"}
        yield EDUCATION, "licences", {**said, "matter": "民办学校设立、变更", "number": str(n % 4)}
        yield EDUCATION, "charges", {**said, "name": "普通高中学费、住宿费", "amount": f"{18 + n % 6 * 2.5:g}"}


def _documents(today: date) -> Iterator[Given]:
    year = today.year
    for number, (name, made, holds) in enumerate(
        (
            ("云岭县义务教育阶段招生办法", date(year - 4, 3, 20), 5),
            ("云岭县普惠性民办幼儿园认定办法", date(year - 5, 12, 1), 5),
            ("云岭县校外培训机构管理暂行办法", date(year - 2, 6, 8), 2),
            ("云岭县学校食堂管理规定", date(year - 1, 9, 2), 5),
        ),
        start=3,
    ):
        effective = made + timedelta(days=30)
        yield EDUCATION, "normative_documents", {
            "name": name, "document_number": f"云教规〔{made.year}〕{number}号", "issued_on": made.isoformat(),
            "effective_on": effective.isoformat(), "public_on": (made + timedelta(days=6)).isoformat(),
            "expires_on": (effective.replace(year=effective.year + holds) - timedelta(days=1)).isoformat(),
        }  # fmt: skip


def _content(today: date) -> Iterator[Given]:
    for n, month in enumerate(_since(YEARS[-1] + 1, today)):
        yield OFFICE, "meetings", {
            "name": f"县政府第{executive_number(month)}次常务会议", "meeting": "executive", "held_on": str(month + timedelta(days=9)),
            "topics": "听取安全生产、农村供水和教育工作汇报，审议有关文件。",
            **({"opened": "invited", "invited": "群众代表3名、县人大代表1名"} if n % 4 == 1 else {"opened": "result"}),
        }  # fmt: skip
    yield EDUCATION, "meetings", {
        "name": "县教育局第6次局长办公会", "meeting": "office", "held_on": str(today - timedelta(days=40)),
        "opened": "not_opened", "reason": "研究人事事项，属于内部事务信息。",
    }  # fmt: skip
    spring = date(today.year, 3, 18) if today >= date(today.year, 3, 18) else date(today.year - 1, 3, 18)
    for n, subject in enumerate(
        ("关于增加公办幼儿园学位的建议", "关于规范校园周边停车的提案", "关于加强乡村教师培训的建议")
    ):
        yield EDUCATION, "proposals", {
            "proposal": "member" if n == 1 else "deputy", "session": f"县十八届人大{n + 3}次会议", "number": str(17 + n),
            "subject": subject, "role": "lead", "received_on": str(spring),
            "answered_on": str(spring + timedelta(days=70 + n)), "published": "full" if n else "summary",
        }  # fmt: skip
    for n, (subject, days) in enumerate((("农村供水改造进展", 35), ("义务教育招生政策", 150))):
        yield OFFICE, "press_conferences", {
            "subject": subject, "held_on": str(today - timedelta(days=days)), "role": "held",
            "speaker": "县教育局局长" if n else "县水务局局长", "head_present": "yes",
        }  # fmt: skip
    yield OFFICE, "public_opinion", {
        "subject": "网传石桥镇自来水浑浊", "met_on": str(today - timedelta(days=26)), "where": "微博", "grade": "common",
        "reported_on": str(today - timedelta(days=26)), "handling": "responded",
        "responded_on": str(today - timedelta(days=25)),
    }  # fmt: skip
    quarter = span_of("quarter", today)
    for n, issue in enumerate((3, 2, 1)):
        day = quarter.first - timedelta(days=10 + 91 * n)
        yield OFFICE, "gazettes", {
            "issue": f"{day.year}年第{issue}期", "issued_on": str(day), "documents": str(12 + n), "copies": "600",
        }  # fmt: skip
        yield TOWN, "section_reports", {
            "unit": ("石桥村", "河西村", "民政所")[n], "reported_on": str(day), "content": "村务和惠民补贴公开信息",
            "pieces": str(6 + n), "published": str(5 + n),
        }  # fmt: skip
    yield EDUCATION, "powers_lists", {
        "version": f"{today.year - 1}年版", "from_on": f"{today.year - 1}-10-20", "powers": "46", "changes": "取消2项，调整3项。",
    }  # fmt: skip
    yield EDUCATION, "budgets", {
        "year": str(today.year), "budget": "budget", "state": "public", "approved_on": f"{today.year}-02-10",
        "public_on": f"{today.year}-02-25", "where": "县政府门户网站财政预决算专栏",
    }  # fmt: skip


def _places(today: date) -> Iterator[Given]:
    for kind, name, address in (
        ("archive", "云岭县档案馆政府信息查阅室", "县城文昌路12号"),
        ("library", "云岭县图书馆政府信息查阅点", "县城人民路3号"),
        ("service_hall", "云岭县政务服务中心公开专区", "县城迎宾路66号"),
    ):
        yield OFFICE, "places", {
            "name": name, "place": kind, "address": address, "hours": "工作日8:30至17:30", "phone": "0871-6000123",
            "equipment": "查询电脑2台、资料架、打印机", "from_on": "2019-05-15",
        }  # fmt: skip
    for n, day in enumerate((today - timedelta(days=300), today - timedelta(days=120))):
        yield OFFICE, "transfers", {"on": str(day), "to": "both", "form": "both", "pieces": str(84 + 17 * n)}
    for n, (title, back, keeps) in enumerate(
        (("农村低保对象名单", 12, 7), ("村级财务收支", 40, 30), ("惠农补贴发放", 3, 10))
    ):
        posted = today - timedelta(days=back)
        until = posted + timedelta(days=keeps)
        removed = {"removed_on": str(until)} if n == 1 else {}
        yield TOWN, "notice_boards", {
            "title": f"{title}公示", "where": "石桥村委会公告栏", "posted_on": str(posted), "until_on": str(until), **removed,
        }  # fmt: skip


def _work(today: date) -> Iterator[Given]:
    for office, duty in (
        ("县人民政府县长", "leader"), ("县人民政府常务副县长", "deputy"),
        ("县政府办公室主任", "office_head"), ("县教育局局长", "member"), ("县自然资源局局长", "member"),
    ):  # fmt: skip
        yield OFFICE, "leading_group", {
            "office": office, "duty": duty, "from_on": "2024-03-01", "document": "云政办发〔2024〕8号",
        }  # fmt: skip
    for n, day in enumerate((today - timedelta(days=330), today - timedelta(days=150))):
        yield OFFICE, "work_meetings", {
            "name": "全县政务公开工作会议", "held_on": str(day), "chaired_by": "常务副县长", "topics": "部署年度政务公开工作要点。",
        }  # fmt: skip
        yield OFFICE, "trainings", {
            "subject": "依申请公开答复规范", "held_on": str(day + timedelta(days=20)), "people": str(62 + 5 * n),
            "hours": "4", "role": "held",
        }  # fmt: skip
    yield OFFICE, "rules_issued", {
        "name": "云岭县政府信息公开审查办法", "document_number": f"云政办发〔{today.year - 1}〕21号",
        "issued_on": f"{today.year - 1}-05-12", "act": "made",
    }  # fmt: skip


class _Loader:
    def __init__(self, county: County, audit: Audit) -> None:
        self.audit = audit
        self.organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}

    def give(self, organ: str, register: str, values: dict[str, str]) -> Row | None:
        """Enter one row; nothing for an organ that the county does not have."""
        found = self.organs.get(organ)
        if found is None:
            return None
        return enter(audit=self.audit, organ=found, register=register, values=values)


def load_registers(county: County, audit: Audit, today: date) -> None:
    """Enter the rows of the demonstration."""
    loader = _Loader(county, audit)
    with transaction.atomic():
        for each in (*_decisions(today), *_documents(today), *_content(today), *_places(today), *_work(today)):
            loader.give(*each)
        _followed(loader, today)
        _beside(loader, audit, today)
    if LAND in loader.organs:
        for register, title in (("penalties", "行政处罚决定公开清单"), ("licences", "行政许可结果公开清单")):
            _publish(audit, loader.organs[LAND], register, f"{LAND}{today.year}年{title}", today)


def _publish(audit: Audit, organ: Organ, register: str, title: str, today: date) -> None:
    """A list of the last half-year, led through every stage by the people of the organ, and released."""
    staff = staff_of(audit, [organ])[organ.name]
    since = today - timedelta(days=183)
    rows = Line.objects.filter(organ=organ, register=register, voided=False, on__gte=since).order_by("-on")
    key = draft_list(
        audit=staff.clerk, organ=organ, register=register, rows=[row.pk for row in rows], title=title, theme="05/土地"
    )
    item = item_of(organ.county, key)
    if item is None:
        return
    review.submit(audit=staff.clerk, item=item)
    while (then := progress(item)).next_stage and then.plan:
        review.pass_stage(audit=staff.of(then.next_stage, then.plan), item=item, opinion="同意公开")
    release.release(audit=staff.clerk, item=item)


def _followed(loader: _Loader, today: date) -> None:
    for name, duty in (("石桥镇农村供水管网改造", "县水务局"), ("县第二中学迁建", "县教育局")):
        begun = today - timedelta(days=260)
        point = loader.give(
            OFFICE, "work_points",
            {"name": name, "work": "project", "from_on": str(begun), "due_on": str(today + timedelta(days=200)), "duty": duty},
        )  # fmt: skip
        for n in range(2 if "中学" in name else 3):
            if point:
                loader.give(
                    OFFICE, "work_progress",
                    {
                        "point": str(point.pk), "on": str(begun + timedelta(days=80 * (n + 1))), "percent": str(20 + 25 * n),
                        "progress": ("完成招标，进场施工。", "主体工程完成六成。", "主体完工，进入调试。")[n],
                    },
                )  # fmt: skip
    for name, platform, last in (("云岭发布", "wechat", 2), ("云岭教育", "wechat", 19)):
        account = loader.give(
            OFFICE if last < 10 else EDUCATION, "new_media",
            {"name": name, "platform": platform, "opened_on": "2020-06-01", "filed_on": "2020-06-10", "duty": "办公室"},
        )  # fmt: skip
        if account:
            loader.give(
                account.organ.name, "new_media_reviews",
                {
                    "account": str(account.pk), "on": str(today - timedelta(days=max(1, last - 12))),
                    "last_post_on": str(today - timedelta(days=last)), "unanswered": "0",
                    "result": "fine" if last < 10 else "stale",
                },
            )  # fmt: skip
    area = loader.give(
        TOWN, "service_areas",
        {
            "name": "石桥镇便民服务中心政务公开专区", "address": "石桥镇振兴路1号", "from_on": "2023-09-01",
            "functions": "search,apply,consult",
        },
    )  # fmt: skip
    if area:
        loader.give(
            TOWN, "service_area_checks",
            {
                "area": str(area.pk), "on": str(today - timedelta(days=45)), "result": "fault", "items": "staff,terminal",
                "words": "公开资料还是去年的，已通知更换。",
            },
        )  # fmt: skip


def _beside(loader: _Loader, audit: Audit, today: date) -> None:
    """A correction, a decision of the clean-up, and months in which there was nothing."""
    education, land = loader.organs.get(EDUCATION), loader.organs.get(LAND)
    old = Row.objects.filter(organ=education, register="normative_documents").order_by("id").first()
    if old:
        loader.give(
            EDUCATION, "document_changes",
            {
                "document": str(old.pk), "change": "to_amend", "on": str(today - timedelta(days=20)),
                "basis": f"云教〔{today.year}〕30号", "batch": f"{today.year}年清理",
            },
        )  # fmt: skip
    charge = Row.objects.filter(organ=education, register="charges").order_by("-id").first()
    if charge:
        correct(audit=audit, row=charge, values={**charge.line.values, "amount": "21.75"}, reason="财政对账后更正")
    if land is None:
        return
    for month in _since(YEARS[-1], today)[1:-1:2]:
        declare_nothing(audit=audit, organ=land, register="penalties", every="month", day=month)

"""The entries of the demonstration led through the procedure: each stage by another of the invented people, day by day."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from gongkai.proactive.stages import BY_COUNTY, DEFAULT, DEFAULT_NORMATIVE, Plan, Stage
from gongkai.proactive.validity import ChangeKind
from gongkai.web.audit.services import Audit
from gongkai.web.demo.articles import Table
from gongkai.web.demo.entries import LIVES, TOPICS, Planned, entries
from gongkai.web.demo.offices import OFFICES, code_of, listed
from gongkai.web.demo.people import OFFICE
from gongkai.web.memo import page_memory
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.tree import change_organ, found_organ
from gongkai.web.people.models import Person
from gongkai.web.people.services import add_person, appoint
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import newest_version, progress
from gongkai.web.proactive.services import drafting, relations, release, review
from gongkai.web.proactive.services.book import Book
from gongkai.web.proactive.services.bookhints import keep_hints
from gongkai.web.proactive.services.drafting import NewFile, content_of
from gongkai.web.proactive.services.settings import set_index_code, set_topics
from gongkai.web.review.services import set_plan

SINCE = date(2014, 1, 1)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = listed("""
志远 海燕 建国 晓梅 国栋 丽娟 永强 春兰 文涛 雪梅
立军 秀云 少华 月英 庆丰 玉洁 卫东 慧敏 家栋 彩霞
""")
ROLES = ("clerk", "secrecy", "reviewer", "leader")
_STAGE_OF = {Stage.SECRECY: "secrecy", Stage.FIRST: "reviewer", Stage.FINAL: "leader"}
_OPINIONS = {
    Stage.SECRECY: (
        "不涉及国家秘密和工作秘密，可以公开",
        "经逐项审查，没有不宜公开的内容",
        "已核对数据汇聚风险，同意公开",
    ),
    Stage.FIRST: ("内容与底稿一致，元数据齐全", "已核对数字和日期，同意", "表述准确，同意送下一环节"),
    Stage.SECOND: ("公开属性正确，同意", "栏目和时机适当，同意", "已统一表述，同意"),
    Stage.LEGALITY: ("制定权限和程序合法，同意", "未见违反上位规定的内容，同意"),
    Stage.FINAL: ("同意公开", "同意发布"),
}


# ── the house ────────────────────────────────────────────────────────────────────────────────────────────────────────


def open_house(county: County, audit: Audit) -> None:
    """The organs that publish, their codes, the topics of the county and the stages that its office does for all."""
    known = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, valid_until__isnull=True)}
    for number, office in enumerate(OFFICES, start=1):
        organ = known.get(office.name)
        if organ is None:
            organ = found_organ(
                audit=audit, county=county.pk, name=office.name, form=office.form, word=office.word, listed=False
            )
        elif not organ.word:
            change_organ(audit=audit, organ=organ, word=office.word)
        set_index_code(audit=audit, organ=organ.pk, code=code_of(number), valid_from=SINCE)
    set_topics(audit=audit, topics=TOPICS, valid_from=SINCE)
    set_plan(audit=audit, stages=DEFAULT.stages, county=(Stage.SECOND,), valid_from=SINCE, reason="县政府办代为复审")
    set_plan(
        audit=audit,
        stages=DEFAULT_NORMATIVE.stages,
        county=(Stage.SECOND, Stage.LEGALITY),
        valid_from=SINCE,
        kind="normative",
        reason="县政府办代为复审和合法性审核",
    )


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what for an organ, as auditors of their own acts."""

    own: dict[str, Audit]
    county: dict[Stage, Audit]

    @property
    def clerk(self) -> Audit:
        """Who drafts and releases."""
        return self.own["clerk"]

    def of(self, stage: Stage, plan: Plan) -> Audit:
        """Who does a stage."""
        return self.county[stage] if plan.by(stage) == BY_COUNTY else self.own[_STAGE_OF[stage]]


def _name(number: int) -> str:
    return _SURNAMES[number * 11 % len(_SURNAMES)] + _GIVEN[number * 7 // 3 % len(_GIVEN)]


def _person(audit: Audit, name: str, role: str, organ: Organ) -> Person:
    person = add_person(audit=audit, name=name)
    appoint(audit=audit, person=person, role=role, organ=organ)
    return person


def staff_of(audit: Audit, organs: Iterable[Organ]) -> dict[str, Staff]:
    """The people of these organs by the organ's name; who is not there yet is taken on now."""
    wanted = {organ.name: organ for organ in organs}
    office = Organ.objects.get(county=audit.county, name=OFFICE)
    rows = Person.objects.filter(county=audit.county, organ__in=[*(o.pk for o in wanted.values()), office.pk])
    found: dict[tuple[str, str], list[Person]] = {}
    for person in rows.select_related("organ").order_by("id"):
        found.setdefault((person.organ.name if person.organ else "", person.role), []).append(person)
    competent = found.get((OFFICE, "competent"), [])
    while len(competent) < 2:
        competent.append(_person(audit, _name(len(competent) + 900), "competent", office))
    county = {
        stage: Audit(who.pk, audit.county)
        for stage, who in zip((Stage.SECOND, Stage.LEGALITY), competent, strict=False)
    }
    numbers = {each.name: n for n, each in enumerate(OFFICES)}
    done = {}
    for name, organ in wanted.items():
        own = {}
        for n, role in enumerate(ROLES):
            there = found.get((name, role)) or [_person(audit, _name(numbers[name] * 4 + n), role, organ)]
            own[role] = Audit(there[0].pk, audit.county)
        done[name] = Staff(own, county)
    return done


# ── an entry's way ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Way:
    """The moments of an entry's life, none of them after now."""

    def __init__(self, plan: Planned, now: datetime) -> None:
        self.plan, self.now, self.rng = plan, now, Random(plan.number)  # noqa: S311 - invented days
        self.recent = plan.number < len(LIVES) and plan.life != "before"

    def at(self, step: int) -> datetime:
        """When the n-th step was done: the newest within hours, the others within days."""
        if self.recent:
            return self.now - timedelta(minutes=(9 - step) * 31 + self.plan.number)
        day = self.plan.day + timedelta(days=(0, 0, 1, 1, 2, 2, 2, 3)[step])
        if step == 7 and self.plan.number % 29 == 3 and not self.plan.article.days:
            day = min(self.plan.day + timedelta(days=44), timezone.localdate(self.now) - timedelta(days=1))
        minute = 9 * 60 + step * 55 + self.rng.randrange(40)
        return min(timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60))), self.now)


def publish(county: County, audit: Audit, first: int, last: int, *, count: int, now: datetime | None = None) -> int:
    """Lead the entries from a number up to another through the procedure, as far as each has come; how many are new."""
    at = now or timezone.now()
    wanted = list(entries(first, last, count, timezone.localdate(at)))
    wanted = [each for plan in wanted for each in ((plan.before, plan) if plan.before else (plan,))]
    known = set(Item.objects.filter(county=county.pk, once__in=[p.once for p in wanted]).values_list("once", flat=True))
    wanted = [plan for plan in wanted if plan.once not in known]
    names = {plan.office.name for plan in wanted}
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, name__in=names)}
    staff = staff_of(audit, organs.values())
    book = Book()
    with page_memory():
        desk = _Desk(book, organs, staff, at)
        begun = [(plan, desk.begin(plan)) for plan in wanted]
        book.check(desk.checkers)
        for plan, item in begun:
            desk.lead(plan, item)
    book.write()
    _afterwards(begun, staff)
    return len(begun)


class _Desk:
    """The entries of one batch on their way."""

    def __init__(self, book: Book, organs: dict[str, Organ], staff: dict[str, Staff], now: datetime) -> None:
        self.book, self.organs, self.staff, self.now = book, organs, staff, now
        self.checkers: dict[uuid.UUID, Audit] = {}
        self.readings: dict[uuid.UUID, Item] = {}

    def begin(self, plan: Planned) -> Item:
        """Draft an entry with its interpretation, and send it in unless it is to stay a draft."""
        staff, way = self.staff[plan.office.name], _Way(plan, self.now)
        organ, content = self.organs[plan.office.name], plan.content()
        if plan.article.sheet and plan.number % 3 == 0:
            content = replace(content, files=(_sheet(plan.article.sheet, f"{plan.article.title[:40]}.xlsx"),))
        item = self.book.draft(staff.clerk, organ, content, way.at(0), plan.once)
        if plan.article.reading:
            said = replace(
                content,
                kind="interpretation",
                title=f"《{_name_of(plan.article.title)}》政策解读",
                body=plan.article.reading,
                metadata={k: v for k, v in plan.metadata().items() if k in _KEPT} | {"columns": ["interpretations"]},
                files=(),
            )
            reading = self.book.draft(staff.clerk, organ, said, way.at(0), f"{plan.once}r")
            self.book.link(staff.clerk, reading, item, "interprets", way.at(0))
            self.readings[item.pk] = reading
        if plan.life != "draft":
            self.book.submit(staff.clerk, item, way.at(1))
            for each in (item, self.readings.get(item.pk)):
                if each is not None:
                    self.checkers[each.pk] = staff.clerk
        return item

    def lead(self, plan: Planned, item: Item) -> None:
        """Lead an entry and its interpretation as far as they have come."""
        if plan.life in ("draft", "lacking"):
            return
        staff, way = self.staff[plan.office.name], _Way(plan, self.now)
        together = [each for each in (item, self.readings.get(item.pk)) if each is not None]
        stages = [self._stages(each) for each in together]
        for each in together:
            if self.book.held[each.pk].open_hints and not way.recent:
                keep_hints(self.book, staff.own["reviewer"], each, "是机关、村（社区）的名称，不是个人住址")
        if any(self.book.held[each.pk].open_hints for each in together):
            return
        if plan.life == "returned":
            self.book.send_back(staff.own["secrecy"], item, way.at(2), "请补充数据来源，并核对第二段的日期。")
            return
        many = int(plan.life.partition(":")[2]) if plan.life.startswith("review:") else 9
        for each, found in zip(together, stages, strict=True):
            for n, stage in enumerate(found.stages[:many]):
                who = staff.of(stage, found)
                opinion = way.rng.choice(_OPINIONS[stage])
                self.book.pass_stage(who, each, way.at(2 + n), opinion=opinion)
        self._end(plan, item, staff, way)

    def _stages(self, item: Item) -> Plan:
        found = self.book.held[item.pk].progress.plan
        assert found is not None
        return found

    def _end(self, plan: Planned, item: Item, staff: Staff, way: _Way) -> None:
        if plan.life == "approved" or plan.life.startswith("review:"):
            return
        if plan.life in ("withheld", "on_request"):
            self.book.keep(staff.clerk, item, way.at(7))
            return
        if plan.life == "scheduled":
            later = timezone.localdate(self.now) + timedelta(days=2 + plan.number % 5)
            self.book.release(
                staff.clerk, item, way.at(7), from_at=timezone.make_aware(datetime.combine(later, time(9)))
            )
            return
        until = plan.content().public_until
        if until and release.end_of(until) <= way.at(7):
            return  # it was approved too late, and its period was over
        self.book.release(staff.clerk, item, way.at(7))
        when = min(way.at(7) + timedelta(days=9, hours=1), self.now)
        if plan.life == "withdrawn" and (until is None or release.end_of(until) > when):
            self.book.withdraw(staff.own["leader"], item, when, "发布后发现附表数字有误，撤回核对。")
        elif until and release.end_of(until) <= self.now:
            self.book.note_time(staff.clerk, item, release.end_of(until) + timedelta(minutes=1))


_KEPT = ("theme", "issuing_organ", "written_on", "items", "topics", "duty_unit", "language")


def _name_of(title: str) -> str:
    return title.partition("《")[2].partition("》的通知")[0] or title


def _sheet(rows: Table, name: str) -> NewFile:
    """Rows as a workbook, with its words for search."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    text = "\n".join(" ".join(map(str, row)) for row in rows)
    return NewFile(name, out.getvalue(), WORKBOOK, text=text)


def _afterwards(begun: list[tuple[Planned, Item]], staff: dict[str, Staff]) -> None:
    """What is done one by one: a document repealed or amended by a later one, a correction."""
    by_number = {plan.number: item for plan, item in begun if plan.life == "before"}
    for plan, item in begun:
        team = staff[plan.office.name]
        if plan.life in ("repealed", "amended") and plan.number in by_number:
            old = by_number[plan.number]
            repealed = plan.life == "repealed"
            relations.link(audit=team.clerk, item=item, other=old, kind="repeals" if repealed else "amends")
            relations.change_validity(
                audit=team.clerk,
                item=old,
                kind=ChangeKind.REPEALED if repealed else ChangeKind.AMENDED,
                on=plan.day,
                basis=str(plan.article.meta.get("document_number", "")),
                by_item=item,
            )
        elif plan.life == "corrected" and progress(item).windows:
            _correct(item, team)


def _correct(item: Item, team: Staff) -> None:
    drafting.correct(audit=team.clerk, item=item, reason="正文第二段一处数字录入有误")
    last = newest_version(item)
    assert last is not None
    body = last.body + "<p>更正说明：原文第二段一处数字录入有误，已经改正，其余内容不变。</p>"
    drafting.edit(audit=team.clerk, item=item, content=replace(content_of(last), body=body))
    review.submit(audit=team.clerk, item=item)
    while (then := progress(item)).next_stage and then.plan:
        review.pass_stage(audit=team.of(then.next_stage, then.plan), item=item, opinion="已核对更正之处，同意")
    release.release(audit=team.clerk, item=item)

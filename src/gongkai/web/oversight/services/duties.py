"""Points, the tasks split from them, problems given to organs, and everything that is done about these."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused, new_key
from gongkai.web.onrequest.services import numbers
from gongkai.web.organs.models import Organ
from gongkai.web.organs.selectors import competent_department, living_organs
from gongkai.web.organs.succession import succession
from gongkai.web.oversight.kinds import ACTS, STATES
from gongkai.web.oversight.models import Duty, DutyAct, Point
from gongkai.web.oversight.progress import MAY, Event, Name, standing
from gongkai.web.oversight.services.evidence import Sent, keep
from gongkai.web.oversight.services.words import said
from gongkai.web.people.selectors import local_operator

FARTHEST = timedelta(days=3 * 366)
SERIES = {"task": "任务", "problem": "问题"}
YEARS = range(2008, 2100)


@dataclass(frozen=True, slots=True)
class Found:
    """A problem as somebody found it. `key` names what it was taken over from."""

    organ: uuid.UUID
    title: str
    measure: str = ""
    basis: str = ""
    source: str = "hand"
    key: uuid.UUID | None = None


def keep_point(
    *, audit: Audit, year: int, title: str, words: str = "", source: str = "", stem: uuid.UUID | None = None,
    seen: uuid.UUID | None = None,
) -> Point:  # fmt: skip
    """Write a work point, or (`stem`) put it in other words. Tasks that were split from it stay as they are.

    Refused when it does not stand any more as the person saw it (`seen`: the key of those words).
    """
    if year not in YEARS:
        raise Refused("请填写年度。")
    name = said(title, "要点", 120)
    with transaction.atomic():
        if stem:  # two who reword it wait for one another
            list(Point.objects.select_for_update().filter(pk=stem))
        before = Point.objects.filter(county=audit.county, stem=stem).order_by("-id").first() if stem else None
        if stem and before is None:
            raise Refused("没有这条要点，请刷新后核对。")
        if before is not None and seen is not None and before.pk != seen:
            raise Refused("另有一人刚刚修改了这条要点，您的修改没有保存。请对照现在的文字再改。")
        last = Point.objects.filter(county=audit.county, year=year).order_by("-position").first()
        key = new_key()
        row = Point.objects.create(
            id=key,
            county=audit.county,
            stem=stem or key,
            year=before.year if before else year,
            position=before.position if before else (last.position + 1 if last else 1),
            title=name,
            words=said(words, "要点的内容", 4000, needed=False),
            source=said(source, "出处", 200, needed=False),
            by=audit.actor,
        )
        audit.record("oversight.keep_point", row, {"year": row.year, "stem": str(row.stem)})
    return row


def _organs(audit: Audit, keys: Iterable[uuid.UUID]) -> list[Organ]:
    living = {organ.pk: organ for organ in living_organs(audit.county)}
    wanted = succession(audit.county).holders(keys)
    if not wanted or any(key not in living for key in wanted):
        raise Refused("请选择责任单位。")
    return [living[key] for key in wanted]


def _check_day(due_on: date | None, begun_on: date | None = None) -> date:
    """The day by which something is to be done. `begun_on`: the day it was given out, on paper before it was entered."""
    if due_on is None:
        raise Refused("请填写期限。")
    today = timezone.localdate()
    if begun_on is not None and begun_on > today:
        raise Refused("交办日期还没有到，请核对。")
    first = begun_on or today
    if not first <= due_on <= first + FARTHEST:
        raise Refused(f"期限应当在{'交办日期' if begun_on else '今天'}以后、三年以内。")
    return due_on


def split(
    *,
    audit: Audit,
    point: Point,
    organs: Sequence[uuid.UUID],
    title: str,
    measure: str,
    due_on: date | None,
    begun_on: date | None = None,
) -> list[Duty]:
    """Split a point: one task for each of these organs, with a measure and a day."""
    day, chosen = _check_day(due_on, begun_on), _organs(audit, organs)
    name, what = said(title, "任务", 200), said(measure, "措施", 1000)
    with transaction.atomic():
        return [
            _begin(audit, "task", organ, name, what, point.source, "point", point.stem, (begun_on, day), point.year)
            for organ in chosen
        ]


def find(*, audit: Audit, problems: Sequence[Found], due_on: date | None, begun_on: date | None = None) -> list[Duty]:
    """Give problems to organs to put right by a day. Refused for one that was taken over before."""
    days = begun_on, _check_day(due_on, begun_on)
    _organs(audit, [each.organ for each in problems])
    heirs = succession(audit.county)
    problems = [replace(each, organ=heirs.taker(each.organ) or each.organ) for each in problems]
    try:
        with transaction.atomic():
            return [_found(audit, each, days) for each in problems]
    except IntegrityError as error:
        raise Refused("这个问题已经列入问题清单，不需要再次列入。") from error


def _found(audit: Audit, each: Found, days: tuple[date | None, date]) -> Duty:
    organ = Organ.objects.get(pk=each.organ, county=audit.county)
    title, measure = said(each.title, "问题", 200), said(each.measure, "整改要求", 1000, needed=False)
    basis = said(each.basis, "依据", 200, needed=False)
    year = (days[0] or timezone.localdate()).year
    return _begin(audit, "problem", organ, title, measure, basis, each.source, each.key, days, year)


def _begin(
    audit: Audit, kind: str, organ: Organ, title: str, measure: str, basis: str, source: str, key: uuid.UUID | None,
    days: tuple[date | None, date], year: int,
) -> Duty:  # fmt: skip
    begun, day = days[0] or timezone.localdate(), days[1]
    if source not in dict(Duty.SOURCES):
        raise Refused("请选择来源。")
    number = numbers.take(
        audit=audit,
        organ=competent_department(audit.county) or organ,
        series=SERIES[kind],
        year=year,
        text=f"{SERIES[kind]}-{year}-{{n:04d}}",
    )
    duty = Duty.objects.create(
        county=audit.county, kind=kind, year=year, number=number.text, organ=organ, title=title, measure=measure,
        basis=basis, source=source, source_key=key, begun_on=begun, by=audit.actor, due_on=day,
    )  # fmt: skip
    act = DutyAct.objects.create(county=audit.county, duty=duty, act="assign", on=begun, due_on=day, by=audit.actor)
    audit.record("oversight.duty_assign", act, {"duty": str(duty.pk), "number": duty.number, "organ": str(organ.pk)})
    return duty


def act_on(
    *,
    audit: Audit,
    duty: Duty,
    act: str,
    words: str = "",
    due_on: date | None = None,
    files: Sequence[Sent] = (),
) -> DutyAct:
    """Do something about a duty, with what bears it out.

    Refused where its state does not let it, for an answer to a problem without a file, for a person who would confirm
    their own answer, and for a change without a new day.
    """
    if act not in MAY:
        raise Refused("请选择怎样办理。")
    with transaction.atomic():
        held = Duty.objects.select_for_update().get(pk=duty.pk, county=audit.county)
        if held.state not in MAY[act]:
            raise Refused(
                f"“{held.number}”现在是“{STATES[held.kind][held.state]}”，不能{ACTS[held.kind][act]}。请刷新后核对。"
            )
        plain = said(words, _ASKED[act], 1000)
        if act == "answer" and held.kind == "problem" and not files:
            raise Refused("请附上整改的证明材料，例如照片、截图或者文件。")
        if act in ("close", "return") and audit.actor == held.answered_by and not _single(audit):
            raise Refused("报告结果的人不能自己复核，请由其他人复核。")
        day = _check_day(due_on) if act in ("change", "reopen") or due_on else None
        row = DutyAct.objects.create(
            county=audit.county, duty=held, act=act, on=timezone.localdate(), due_on=day, words=plain, by=audit.actor
        )
        keep(audit=audit, kind="duty", of=row.pk, files=files)
        follow([held.pk])
        audit.record(f"oversight.duty_{act}", row, {"duty": str(held.pk), "number": held.number})
    return row


_ASKED = {
    "report": "进展情况",
    "answer": "办理结果",
    "return": "退回的理由",
    "close": "怎样核对的",
    "change": "改期的理由",
    "withdraw": "撤销的理由",
    "reopen": "重新办理的理由",
}


def _single(audit: Audit) -> bool:
    """Whether this is a desk of one person, who does everything."""
    operator = local_operator()
    return operator is not None and operator.pk == audit.actor


def follow(keys: Iterable[uuid.UUID]) -> None:
    """Bring the caches of duties in line with their acts."""
    wanted = list(keys)
    events: dict[uuid.UUID, list[Event]] = defaultdict(list)
    for row in DutyAct.objects.filter(duty__in=wanted).order_by("id"):
        events[row.duty_id].append(Event(cast(Name, row.act), row.on, row.by, row.due_on))
    duties = list(Duty.objects.filter(pk__in=wanted))
    for duty in duties:
        now = standing(events[duty.pk])
        assert now is not None
        duty.state, duty.due_on, duty.closed_on, duty.late = now.state, now.due_on, now.closed_on, now.late
        duty.answered_on, duty.answered_by, duty.returned = now.answered_on, now.answered_by, now.returned
    Duty.objects.bulk_update(duties, ["state", "due_on", "closed_on", "late", "answered_on", "answered_by", "returned"])

"""The January room: where the yearly report of each organ stands, read from what each app keeps. Nothing is kept here.

However many organs a county has, it asks the database the same number of questions, once the county's table is known.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gongkai.annual.january import GOVERNMENT, STATES, Due, Late, Seen, State, urgency
from gongkai.annual.reconcile import reconcile
from gongkai.annual.rollup import RolledUp
from gongkai.annual.rollup import State as Told_State
from gongkai.calendar import in_chinese
from gongkai.web.collection.models import Reminded
from gongkai.web.collection.selectors import rollup
from gongkai.web.collection.selectors.contributions import Told
from gongkai.web.collection.selectors.countyreport import county_organ
from gongkai.web.collection.selectors.days import Days
from gongkai.web.collection.selectors.reports import Known, known
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.selectors import county_with
from gongkai.web.organs.succession import succession

WAYS_ON = {
    "none": "还没有送签",
    "waiting": "已送签，等候签发",
    "returned": "签发人退回，正在修改",
    "signed": "已签发，还没有定稿",
}
"""What a draft waits for, by where it stands in `issuing`."""
NOT_STATED = "交来的文件没有写明是本机关的还是全县汇总的，没有计入，请打开它指定统计范围"


@dataclass(frozen=True, slots=True)
class Line:
    """One organ's report. `to` is who answers for it now: the organ, or who took its duties over; None: nobody does."""

    organ: Organ
    to: Organ | None
    due: Due
    seen: Seen
    today: date
    lacks: tuple[str, ...]
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    file: str = ""
    unwritten: tuple[str, ...] = ()
    reminded: Reminded | None = None
    times: int = 0

    @property
    def state(self) -> State:
        """Where the report stands."""
        return self.seen.state

    @property
    def state_zh(self) -> str:
        """The same in words, with what else was done where the figures contradict each other."""
        words = STATES[self.state]
        if self.state is State.CONFLICT and self.seen.public_on:
            return f"{words}（已公布）"
        if self.state is State.CONFLICT and self.seen.handed_on:
            return f"{words}（已报送）"
        return words

    @property
    def done(self) -> bool:
        """Whether what the day asks for was done."""
        return self.due.done_on(self.seen) is not None

    @property
    def outstanding(self) -> bool:
        """Whether somebody is to be reminded: what was asked for is not there, or cannot be used as it is."""
        return not self.done or self.state in (State.CONFLICT, State.UNREADABLE)

    @property
    def late(self) -> Late:
        """Which day has passed."""
        return self.due.late(self.seen, self.today)

    @property
    def overdue(self) -> Late:
        """Which day has passed while what it asks for is not done."""
        return self.due.overdue(self.seen, self.today)

    @property
    def late_zh(self) -> str:
        """What has passed, in words: late by law, or past the county's own day; done late, or not at all."""
        if not self.late:
            return ""
        law = self.late is Late.LAW
        words, day = ("法定期限", self.due.law) if law else ("本县规定的日期", self.due.county)
        if self.overdue:
            return f"已过{words}，{self.due.missing(self.seen)}"
        handed = None if self.due.form == GOVERNMENT else self.due.handed_on(self.seen)
        done = ((handed, "收到"), (self.seen.public_on if law else None, "公布"))
        said = [f"{in_chinese(on)}{what}" for on, what in done if on and day and on > day]
        return f"{'、'.join(said)}，晚于{words}"

    @property
    def late_beside(self) -> str:
        """The same where the state stands beside it, whose words are not said twice."""
        return self.late_zh.removesuffix(f"，{self.state_zh}")

    @property
    def next_on(self) -> date | None:
        """The day that counts down."""
        return self.due.next(self.seen, self.today)

    @property
    def left(self) -> int | None:
        """Days left until then; negative once it has passed."""
        return None if self.next_on is None else (self.next_on - self.today).days

    @property
    def over(self) -> int:
        """Days since the last of the days."""
        return (self.today - self.due.last).days if self.due.last else 0

    @property
    def lacking(self) -> str:
        """What is missing, in words."""
        return "，".join(self.lacks)


@dataclass(frozen=True, slots=True)
class Room:
    """Every organ of a county, who is to be chased first on top, and the county's own report."""

    year: int
    today: date
    days: Days
    lines: tuple[Line, ...]
    own: Line | None

    @property
    def counts(self) -> list[tuple[State, str, int, int]]:
        """The states in their order: how many organs are in each, and how many of these are past a day."""
        every = Counter(line.state for line in self.lines)
        late = Counter(line.state for line in self.lines if line.overdue)
        return [(state, zh, every[state], late[state]) for state, zh in STATES.items()]

    def group(self, name: str) -> list[Line]:
        """The organs of a filter; all of them for a name that is none."""
        return [line for line in self.lines if _in(line, name)]

    @property
    def outstanding(self) -> list[Line]:
        """Those who are to be reminded."""
        return self.group("outstanding")


GROUPS: dict[str, str] = {
    "outstanding": "要催的",
    "law": "已过法定期限",
    "county": "已过本县规定的日期",
    **{state.value: zh for state, zh in STATES.items()},
}
"""What the list may be narrowed to."""


def _in(line: Line, name: str) -> bool:
    if name == "outstanding":
        return line.outstanding
    if name in ("law", "county"):
        return line.overdue == name
    return line.state == name if name in GROUPS else True


def room(county: County, year: int, today: date) -> Room:
    """The room of a year. KeyError for a year without a form."""
    found = rollup.lines(county, year)
    organs, government = [line.organ for line in found], county_organ(county.pk, year)
    if government is not None and government.form == GOVERNMENT and government not in organs:
        organs.append(government)  # its own year is not asked for, the county's is
    of = _with_county(known(county.pk, year, organs), rollup.summed(county, year, found))
    lines = _lines(of, {line.organ.pk: line.told for line in found if line.organ.pk not in of.whole}, today)
    own = next((line for line in lines if line.organ.form == GOVERNMENT), None)
    office = rollup.government_with(county.pk, year)
    with_office = next((line for line in lines if str(line.organ.pk) == office), None)
    if own is not None and with_office is not None:
        own = replace(own, notes=(f"本机关的数由{with_office.organ.name}一并填报", *own.notes))
    others = [line for line in lines if line.organ.form != GOVERNMENT]
    others.sort(key=lambda line: (urgency(line.seen, line.due, today), line.organ.position, line.organ.pk))
    return Room(year, today, of.days, tuple(others), own)


def of_organ(organ: Organ, year: int, today: date) -> list[Line]:
    """The reports for which an organ answers: its own, and those of organs that it took over since that year ended.

    It is asked on every start page: a few questions of its own, and without the notes of the room.
    """
    taken = succession(organ.county).organs.values()
    passed = [each for each in taken if each.successor_id == organ.pk and _after(each, year)]
    organs = [
        each for each in (organ, *passed) if each.listed and not (each.valid_from and each.valid_from.year > year)
    ]
    of = known(organ.county, year, organs)
    told = {each.pk: rollup.line(each, year) for each in organs if of.begun(each.pk) and each.pk not in of.whole}
    if any(of.begun(key) for key in of.whole) and (county := county_with(organ.county)) is not None:
        of = _with_county(of, rollup.consolidated(county, year))
    return _lines(of, told, today, noted=False)


def reminded_since(organ: uuid.UUID, year: int, since: date) -> bool:
    """Whether an organ was reminded of its report from a day on."""
    return Reminded.objects.filter(organ=organ, reminding__year=year, recorded_at__date__gte=since).exists()


def _after(organ: Organ, year: int) -> bool:
    return organ.valid_until is not None and organ.valid_until.year > year


def _with_county(of: Known, rolled: RolledUp) -> Known:
    """The same with what contradicts itself in the county's table, which is what its report has."""
    found = reconcile(rolled.report())[0] if of.whole else []
    return replace(of, in_county=tuple(each.message for each in found if each.grade == "conflict"))


def _lines(of: Known, told: Mapping[uuid.UUID, Told], today: date, *, noted: bool = True) -> list[Line]:
    return [_line(of, organ, told.get(organ.pk), today, noted=noted) for organ in of.organs]


def _line(of: Known, organ: Organ, told: Told | None, today: date, *, noted: bool) -> Line:
    key, conflicts = organ.pk, of.conflicts(organ.pk, told)
    seen, reminded, unwritten = of.seen(key, len(conflicts)), of.reminded.get(key, []), of.unwritten(key)
    lacks = _lacks(seen, told, unwritten, of.waits_for(key), kept=key in of.frozen)
    unclear = of.unclear.get(key) if seen.handed_on is None else None
    return Line(
        organ=organ,
        to=of.changes.now(organ),
        due=of.days.of(organ.form),
        seen=seen,
        today=today,
        lacks=(NOT_STATED,) if unclear and seen.state is State.NONE else lacks,
        conflicts=conflicts if seen.state is State.CONFLICT else (),
        notes=(
            *((NOT_STATED,) if unclear and seen.state is not State.NONE else ()),
            *of.changes.notes(organ),
            *of.elsewhere_said(key),
            *_doubts(told),
        )
        if noted
        else (),
        file=told.file if told else str(unclear or ""),
        unwritten=tuple(unwritten),
        reminded=reminded[-1] if reminded else None,
        times=len(reminded),
    )


def _doubts(told: Told | None) -> tuple[str, ...]:
    if told is None or Told_State.DIFFERS not in told.states:
        return ()
    return ("登记的数与交来的文件或者定稿的报告不同，见汇总",)


def _lacks(seen: Seen, told: Told | None, unwritten: list[str], standing: str, *, kept: bool) -> tuple[str, ...]:
    """What is still to be done, in words for everybody: no figure and no name of anyone stands in it."""
    said = [f"报告有{seen.conflicts}处不一致"] if seen.state is State.CONFLICT else []
    match seen.state:
        case State.NONE:
            return ("还没有开始编写",)
        case State.UNREADABLE:
            return ("交来的文件打不开，请重新报送",)
        case State.HANDED_IN:
            return ("本系统中没有公布记录，请公布或者说明在哪里公布",)
        case State.PUBLISHED:
            return ()
        case _ if seen.handed_on:
            said.append("请更正后重新定稿" if kept else "请更正后重新报送")
        case State.SIGNED:
            said.append("已签发，还没有定稿报送")
        case _:
            if unwritten:
                said.append(f"{'、'.join(unwritten)}还没有写")
            if told is not None and told.source == "records" and told.blank:
                said.append(f"表格有{len(told.blank)}格没有数")
            said.append(WAYS_ON[standing])
    return tuple(said)
